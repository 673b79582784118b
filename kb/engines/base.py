"""What an engine must do: find the passages that match a query, by their number, with a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.query import Query

FIELDS = ("text", "headings", "section", "speakers")
"""What of a passage is searched; see `Entry`."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one field in order: `terms` (folded lemmas) and `forms` (folded, as printed), side by side."""

    terms: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as an engine sees it; every field is analysed already."""

    text: Words
    headings: Words = Words()
    section: Words = Words()
    speakers: Words = Words()


@dataclass(frozen=True)
class Matches:
    """All matching passages: `numbers` ascending (int64), `scores` beside them (float64), higher is better."""

    numbers: NDArray[np.int64]
    scores: NDArray[np.float64]


class Engine(Protocol):
    """Searches one written index; safe to call from several threads."""

    @property
    def passages(self) -> int:
        """How many passages the index holds."""

    def search(self, query: Query, *, at_least: int | None = None) -> Matches:
        """Return the passages with all of the wanted clauses and none of the excluded.

        With `at_least`, so many of the bare words will do; exact clauses are never let off. A query that wants
        nothing matches every passage with score 0.
        """

    def close(self) -> None:
        """Let go of the files."""


class EngineModule(Protocol):
    """What the module of an engine offers."""

    NAME: str

    def write(self, folder: Path, entries: Iterable[Entry]) -> None:
        """Write the index of `entries` into `folder`; the first entry is passage number 0."""

    def open_engine(self, folder: Path) -> Engine:
        """Return the engine over an index that `write` wrote.

        Raises:
            EngineUnreadable: there is no such index in `folder`, or it is damaged.
        """


class EngineUnreadable(Exception):
    """The files of an engine cannot be used; the message says why."""

"""What an engine must do: find the passages that match a query, by their number, with a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kb.query import Field, Query
from kb.ranking import SHIPPED, Mask, Matches, Occurrences, Weighing

FIELDS = ("text", "headings", "section", "speakers", "office")
"""What of a passage is searched; see `Entry`."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one field in order: `terms` (folded lemmas), `forms` (folded, as printed), `parts` (of compounds)
    and `stems` (of the term, then of its parts).

    They stand side by side: the parts of a word have its place.
    """

    terms: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    stems: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as an engine sees it; every field is analysed already."""

    text: Words
    headings: Words = Words()
    section: Words = Words()
    speakers: Words = Words()
    office: Words = Words()


class Engine(Occurrences, Protocol):
    """Searches one written index; safe to call from several threads."""

    @property
    def passages(self) -> int:
        """How many passages the index holds."""

    def search(
        self, query: Query, conditions: Mapping[Field, Mask] | None = None, weighing: Weighing = SHIPPED
    ) -> Matches:
        """Return the passages that hold enough of what is wanted and nothing that is excluded; see `kb.ranking`.

        `conditions` tells for every field of the query which passages meet it.

        A query that wants nothing matches every passage with score 0.
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

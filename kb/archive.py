"""Where passages of today and the histories of all locators are looked up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

from kb.corpus import edition_folders
from kb.edition import load_edition
from kb.errors import CorpusError, CorpusInvalid
from kb.histories import Histories
from kb.ledger import Ledger
from kb.locator import Locator
from kb.model import Passage, Speaker
from kb.people import load_people


class Archive(Protocol):
    """What knows the passages of today and their histories: a corpus folder or an index."""

    def passage(self, locator: Locator) -> Passage | None:
        """Return the passage at `locator` today."""

    def ledger(self, edition: str) -> Ledger:
        """Return the ledger of an edition; an empty one if there is none."""

    def name(self, speaker: str) -> str:
        """Return the name of a person; the id if nobody knows it."""


class CorpusArchive:
    """The passages and ledgers of a corpus folder; only the editions asked for are read.

    Raises:
        CorpusInvalid: an edition that is asked for has problems.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.editions = frozenset(path.name for path in edition_folders(folder))
        self._histories = Histories(folder)
        self._passages: dict[str, dict[Locator, Passage]] = {}

    @cached_property
    def _speakers(self) -> Mapping[str, Speaker]:
        return load_people(self.folder / "people.toml")

    def name(self, speaker: str) -> str:
        """Return the name of a person; the id if nobody knows it."""
        return self._speakers[speaker].name if speaker in self._speakers else speaker

    def passage(self, locator: Locator) -> Passage | None:
        """Return the passage at `locator` today."""
        self._read(locator.edition)
        return self._passages.get(locator.edition, {}).get(locator)

    def ledger(self, edition: str) -> Ledger:
        """Return the ledger of an edition; an empty one if there is none."""
        return self._histories.ledger(edition) if edition in self.editions else Ledger()

    def _read(self, edition: str) -> None:
        if edition in self._passages or edition not in self.editions:
            return
        problems: list[CorpusError] = []
        found = load_edition(self.folder / edition, self._speakers, problems)
        if problems:
            raise CorpusInvalid(problems)
        self._passages[edition] = {passage.locator: passage for passage in found.passages} if found else {}

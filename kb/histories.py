"""The ledgers of a folder laid out like a corpus, each read when it is first asked for."""

from __future__ import annotations

from pathlib import Path

from kb.errors import CorpusError, CorpusInvalid
from kb.ledger import Ledger
from kb.ledger_file import read_ledger
from kb.releases import FILE_NAME as RELEASES
from kb.releases import Release, broken_seals, read_releases


class Histories:
    """What happened to the passages of each edition. Safe to use from several threads.

    Raises:
        CorpusInvalid: a ledger that is asked for cannot be read, or is not as it was released.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ledgers: dict[str, Ledger] = {}

    def ledger(self, edition: str) -> Ledger:
        """Return the ledger of an edition; an empty one if it was never released."""
        if edition not in self._ledgers:
            problems: list[CorpusError] = []
            ledger = read_ledger(self.folder / edition, problems)
            problems.extend(broken_seals(self.folder / edition, read_releases(self.folder, problems)))
            if problems:
                raise CorpusInvalid(problems)
            self._ledgers[edition] = ledger
        return self._ledgers[edition]

    def releases(self) -> list[Release]:
        """Return the releases of the corpus, oldest first."""
        problems: list[CorpusError] = []
        releases = read_releases(self.folder, problems)
        if problems:
            raise CorpusInvalid(problems)
        return releases

    def stamp(self) -> bytes:
        """Return what tells one state of all ledgers from another: the releases, which seal them."""
        path = self.folder / RELEASES
        return path.read_bytes() if path.exists() else b""

"""Whether a corpus keeps what it has promised: ledgers are only added to, and no locator is ever given again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.errors import CorpusError
from kb.ledger import Ledger
from kb.ledger_file import read_ledger
from kb.model import Edition
from kb.releases import check_releases
from kb.review import attribute_lines


def check_permanence(folder: Path, editions: Iterable[Edition], problems: list[CorpusError]) -> None:
    """Put every way in which the corpus in `folder` breaks its promise into `problems`."""
    editions = list(editions)
    check_releases(folder, [edition.id for edition in editions], problems)
    for edition in editions:
        ledger = read_ledger(folder / edition.id, problems)
        problems.extend(_given_again(edition, ledger, folder / edition.id))


def _given_again(edition: Edition, ledger: Ledger, folder: Path) -> Iterator[CorpusError]:
    """Yield the passages that stand under a locator whose life has ended."""
    ended = ledger.ended
    again = [passage for passage in edition.passages if passage.locator in ended]
    lines = attribute_lines(edition, folder) if again else {}
    for passage in again:
        end = ended[passage.locator]
        given = (*ledger.lives, *(other.locator for other in edition.passages))
        free = 1 + max(other.ordinal for other in given if other.section == passage.section)
        told = (
            f"{passage.locator} was {end.kind} on {end.day}{f': {end.reason}' if end.reason else ''}; "
            f"a number is never given again: take one that is free, {free} or above"
        )
        path, line = lines.get(passage.locator, (folder, 0))
        yield CorpusError(told, path, line)

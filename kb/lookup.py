"""A passage by its locator, with its neighbours, straight from the corpus; no index needed."""

from __future__ import annotations

from pathlib import Path

from kb.errors import Ended, NotFound
from kb.histories import Histories
from kb.ledger import Ledger
from kb.locator import Locator
from kb.model import Corpus, Edition, Passage


def find_edition(corpus: Corpus, edition_id: str) -> Edition:
    """Return the edition with this id.

    Raises:
        NotFound: there is none; the message lists those there are.
    """
    edition = corpus.edition(edition_id)
    if edition is None:
        known = ", ".join(edition.id for edition in corpus.editions) or "none"
        raise NotFound("edition", edition_id, f"editions here: {known}")
    return edition


def find_passage(corpus: Corpus, locator: Locator) -> Passage:
    """Return the passage at `locator`.

    Raises:
        NotFound: edition, section or passage is missing; the message says which.
    """
    edition = find_edition(corpus, locator.edition)
    if edition.section(locator.section) is None:
        known = ", ".join(section.id for section in edition.sections)
        raise NotFound("section", f"{edition.id}/{locator.section}", f"sections here: {known}")
    found = next((passage for passage in edition.passages if passage.locator == locator), None)
    if found is None:
        numbers = [passage.locator.ordinal for passage in edition.passages if passage.section == locator.section]
        hint = f"numbers here run to {max(numbers)}" if numbers else "the section has no words of its own"
        raise NotFound("passage", str(locator), hint)
    return found


def refuse_ended(corpus_folder: Path, locator: Locator) -> None:
    """Say what became of a passage that is no more.

    Raises:
        Ended: it was withdrawn, or went into others; the message says when, why and where to.
    """
    refuse_ended_in(Histories(corpus_folder).ledger(locator.edition), locator)


def refuse_ended_in(ledger: Ledger, locator: Locator) -> None:
    """Say what became of a passage that is no more, by the ledger of its edition.

    Raises:
        Ended: as `refuse_ended`.
    """
    fate = ledger.fate(locator)
    if fate:
        told = "; ".join(f"{end.kind} on {end.day}" + (f": {end.reason}" if end.reason else "") for end in fate)
        places = ", ".join(map(str, ledger.successors(locator)))
        raise Ended(str(locator), told + (f"; its words stand at {places}" if places else ""))


def neighbours(edition: Edition, passage: Passage, *, around: int) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Return up to `around` passages before and after `passage` in reading order."""
    before = edition.passages[max(0, passage.order - around) : passage.order]
    return before, edition.passages[passage.order + 1 : passage.order + 1 + around]

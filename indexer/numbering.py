"""Giving passages their numbers: from 1 in printed order at the first import, and for ever the same after it.

When a source is imported again each passage is looked for among those that already have a number: by its words, by the
place it was read from, and last by likeness within its section. What is new gets a number never used before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from indexer.assembly import Written
from kb.evidence import EvidenceFile
from kb.locator import Locator, fingerprint

_LIKE = 75
"""Likeness (per cent of equal letters) from which a reworded passage is still the same one."""


@dataclass(frozen=True)
class KnownPassage:
    """A passage that has its number already: its words as they stand in the corpus, and where it was read from."""

    locator: Locator
    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass
class Numbers:
    """The highest number ever given, per section."""

    highest: dict[str, int] = field(default_factory=dict)

    def next(self, section: str) -> int:
        """Return a number that was never given in this section."""
        self.highest[section] = self.highest.get(section, 0) + 1
        return self.highest[section]


def number_passages(
    passages: Sequence[Written],
    edition: str,
    known: Sequence[KnownPassage],
    evidence: EvidenceFile,
    *,
    same_source: bool,
) -> tuple[list[Locator], Numbers]:
    """Return a locator per passage, and the numbers given so far."""
    numbers = Numbers(dict(evidence.numbers))
    for passage in known:
        section = passage.locator.section
        numbers.highest[section] = max(numbers.highest.get(section, 0), passage.locator.ordinal)
    matched = _match(passages, known, same_source=same_source)
    locators = [
        matched.get(index) or Locator(edition, passage.section, numbers.next(passage.section))
        for index, passage in enumerate(passages)
    ]
    return locators, numbers


def _match(passages: Sequence[Written], known: Sequence[KnownPassage], *, same_source: bool) -> dict[int, Locator]:
    """Return the locators of passages that were there before, by index; each locator is handed out once."""
    free: dict[str, list[KnownPassage]] = {}
    for passage in known:
        free.setdefault(passage.locator.section, []).append(passage)
    matched: dict[int, Locator] = {}
    for is_same in (_same_words, _same_place if same_source else None, _alike):
        if is_same is None:
            continue
        for index, written in enumerate(passages):
            candidates = free.get(written.section, [])
            if index in matched or not candidates:
                continue
            found = next((candidate for candidate in candidates if is_same(written, candidate)), None)
            if found is not None:
                matched[index] = found.locator
                candidates.remove(found)
    return matched


def _same_words(written: Written, known: KnownPassage) -> bool:
    return len(written.text) == len(known.text) and fingerprint(written.text) == fingerprint(known.text)


def _same_place(written: Written, known: KnownPassage) -> bool:
    return bool(known.spans) and written.spans[0][0] == known.spans[0][0]


def _alike(written: Written, known: KnownPassage) -> bool:
    return fuzz.ratio(written.text, known.text) >= _LIKE

"""Giving passages their numbers: from 1 in printed order at the first import, and for ever the same after it.

When a source is imported again each passage is looked for among those that already have a number: by its words, by the
place it was read from, and last by likeness within its section. What is new gets a number never used before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from indexer.assembly import Written
from kb.evidence import EvidenceFile
from kb.locator import Locator, fingerprint

_LIKE = 75
"""Likeness (per cent of equal letters) from which a reworded passage is still the same one."""


@dataclass(frozen=True)
class KnownPassage:
    """A passage that has its number already: fingerprint and words as they stand in the corpus, and where it was read.

    One that was taken out by hand has no `text` any more, but keeps its number.
    """

    locator: Locator
    fingerprint: str
    text: str = ""
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
    sections: dict[str, tuple[list[int], list[KnownPassage]]] = {}
    for index, written in enumerate(passages):
        sections.setdefault(written.section, ([], []))[0].append(index)
    for passage in known:
        if passage.locator.section in sections:
            sections[passage.locator.section][1].append(passage)
    matched: dict[int, Locator] = {}
    for indices, candidates in sections.values():
        for pairs in (_same_words, _same_place if same_source else None, _likest):
            if pairs is not None:
                left = [index for index in indices if index not in matched]
                taken = set(matched.values())
                free = [candidate for candidate in candidates if candidate.locator not in taken]
                matched |= _first_come(pairs(passages, left, free))
    return matched


_Pairs = Iterable[tuple[int, KnownPassage]]


def _first_come(pairs: _Pairs) -> dict[int, Locator]:
    """Return the pairs as a matching: who comes first has the number."""
    matched: dict[int, Locator] = {}
    for index, candidate in pairs:
        if index not in matched and candidate.locator not in matched.values():
            matched[index] = candidate.locator
    return matched


def _same_words(passages: Sequence[Written], indices: list[int], free: list[KnownPassage]) -> _Pairs:
    by_words: dict[str, list[KnownPassage]] = {}
    for candidate in free:
        by_words.setdefault(candidate.fingerprint, []).append(candidate)
    return [(i, candidate) for i in indices for candidate in by_words.get(fingerprint(passages[i].text), [])]


def _same_place(passages: Sequence[Written], indices: list[int], free: list[KnownPassage]) -> _Pairs:
    by_start = {candidate.spans[0][0]: candidate for candidate in free if candidate.spans}
    return [(i, by_start[passages[i].spans[0][0]]) for i in indices if passages[i].spans[0][0] in by_start]


def _likest(passages: Sequence[Written], indices: list[int], free: list[KnownPassage]) -> _Pairs:
    """Return the pairs that are like enough, the likest first."""
    scored = [
        (likeness, i, candidate)
        for i in indices
        for candidate in free
        if candidate.text and (likeness := fuzz.ratio(passages[i].text, candidate.text, score_cutoff=_LIKE))
    ]
    return [(i, candidate) for _, i, candidate in sorted(scored, key=lambda entry: -entry[0])]

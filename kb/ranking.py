"""How well a passage answers a query: BM25F over its fields, times the share of the query that it holds.

An engine says how often words stand where; the arithmetic is here, so that all engines rank alike. Every passage with
all words comes before those with some: `Matches.complete` tells them apart.

BM25F: Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields (CIKM 2004).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.query import Clause, Positions, Query

Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]
Counts = tuple[NDArray[np.int64], NDArray[np.float64]]
"""The passages, ascending, and beside them how often something stands in each."""

K1, B = 0.9, 0.3
WEIGHTS = {"text": 1.0, "headings": 0.6, "section": 0.3, "speakers": 4.0, "office": 0.3}
"""How much a word counts where it stands. A section's title stands over all its passages, so it weighs least; the
name of the speaker weighs more than any number of mentions."""

PART = 0.5
"""What a part of a compound counts beside the word itself, on either side."""

ENOUGH = 0.2
"""The share of the query a passage must hold to be found at all, where not all of its words are there."""

_OWN_WORDS = ("text", "speakers", "office")


@dataclass(frozen=True)
class Matches:
    """All matching passages: `numbers` ascending, `scores` beside them, higher is better.

    `complete` tells beside them which hold all that is wanted; `frequencies` how many passages hold each clause.
    """

    numbers: NDArray[np.int64]
    scores: Scores
    complete: Mask
    frequencies: tuple[int, ...] = ()


class Occurrences(Protocol):
    """What an engine tells of the words of its index."""

    @property
    def lengths(self) -> Scores:
        """How many words the text of each passage has."""

    def count(self, field: str, positions: Positions) -> Counts:
        """Return where words stand in a row in a field, any of the terms at each position, and how often."""


@dataclass(frozen=True)
class _Row:
    """Words in a row, scored: `idf` says how telling they are."""

    scores: Scores
    idf: float

    @property
    def present(self) -> Mask:
        return self.scores > 0


@dataclass(frozen=True)
class _Held:
    """A clause, scored: which passages hold it, and how much of it (1 is all)."""

    scores: Scores
    present: Mask
    share: Scores
    weight: float


def rank(query: Query, occurrences: Occurrences) -> Matches:
    """Return the passages that hold enough of what `query` wants, and nothing it excludes; all if it wants nothing."""
    scorer = _Scorer(occurrences)
    held = [scorer.clause(clause) for clause in query.wanted]
    scores, complete, matching = scorer.zeros(), scorer.zeros() == 0, scorer.zeros() == 0
    for clause, one in zip(query.wanted, held, strict=True):
        scores += one.scores
        complete &= one.present
        if clause.exact:
            matching &= one.present
    share = _share(held)
    if query.bare_words:
        matching &= complete | ((share >= ENOUGH) & _any(one.present for one in held))
    for clause in query.excluded:
        matching &= ~scorer.clause(clause).present
    numbers = np.flatnonzero(matching)
    scores *= np.sqrt(share)
    return Matches(numbers, scores[numbers], complete[numbers], tuple(int(one.present.sum()) for one in held))


def _share(held: list[_Held]) -> Scores | float:
    """Return how much of the weight of the query every passage holds; what nobody holds weighs nothing."""
    known = [one for one in held if one.present.any()]
    if not known:
        return 1.0
    shares: Scores = np.sum([one.weight * one.share for one in known], axis=0)
    return shares / sum(one.weight for one in known)


def _any(masks: Iterable[Mask]) -> Mask:
    found: Mask = np.logical_or.reduce(list(masks))
    return found


class _Scorer:
    def __init__(self, occurrences: Occurrences) -> None:
        self._occurrences = occurrences
        lengths = occurrences.lengths
        self._passages = len(lengths)
        self._norm = 1 - B + B * lengths / max(1.0, float(lengths.mean()) if len(lengths) else 1.0)

    def zeros(self) -> Scores:
        return np.zeros(self._passages)

    def clause(self, clause: Clause) -> _Held:
        """Return the best that can be said for each passage: the words typed, others for them, the parts of a word."""
        own = self._row(clause.positions, exact=clause.exact)
        others = [(row.weight, self._row(row.positions)) for row in clause.others]
        present = own.present | _any([own.present, *(row.present for _, row in others)])
        telling = own.idf if own.present.any() else self._idf(int(present.sum()))
        scores, share = own.scores, own.present.astype(np.float64)
        for weight, row in others:
            scores = np.maximum(scores, weight * row.scores * min(1.0, telling / row.idf))
            share = np.maximum(share, weight * row.present)
        if clause.parts:
            scores, share, present = self._with_parts(clause, scores, share, present)
        return _Held(scores, present, share, self._idf(int(present.sum())))

    def _with_parts(self, clause: Clause, scores: Scores, share: Scores, present: Mask) -> tuple[Scores, Scores, Mask]:
        """Return scores, shares and presence with what the parts of the typed word add; all of them make it present."""
        parts = [self._row(((part,),)) for part in clause.parts]
        whole = sum(part.idf for part in parts)
        telling = min(1.0, self._idf(int(present.sum())) / whole)
        sums: Scores = np.sum([part.scores for part in parts], axis=0)
        shares: Scores = np.sum([part.idf * part.present for part in parts], axis=0) / whole
        together = np.logical_and.reduce([part.present for part in parts])
        return np.maximum(scores, PART * telling * sums), np.maximum(share, PART * shares), present | together

    def _row(self, positions: Positions, *, exact: bool = False) -> _Row:
        """Return the score of words in a row: how often they stand in each field, saturated, times how rare they are.

        How rare is read off the words of the passages themselves: a section's title is no sign of it.
        """
        often, own = self.zeros(), np.zeros(self._passages, dtype=np.bool_)
        for field, weight in WEIGHTS.items():
            kinds = ((f"{field}_forms", 1.0),) if exact else ((field, 1.0), (f"{field}_parts", PART))
            for name, kind_weight in kinds:
                numbers, counts = self._occurrences.count(name, positions)
                norm = self._norm[numbers] if field == "text" else 1.0
                often[numbers] += weight * kind_weight * counts / norm
                if field in _OWN_WORDS:
                    own[numbers] = True
        idf = self._idf(int(own.sum()))
        return _Row(idf * often * (K1 + 1) / (K1 + often), idf)

    def _idf(self, frequency: int) -> float:
        return float(np.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5)))

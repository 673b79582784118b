"""How well a passage answers a query: BM25F over its fields, times the share of the query that it holds.

An engine says how often words stand where; the arithmetic is here, so that all engines rank alike. Every passage with
all words comes before those with some: `Matches.complete` tells them apart.

BM25F: Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields (CIKM 2004).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.query import AllOf, AnyOf, Clause, Field, Node, Positions, Query, is_required

Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]
Counts = tuple[NDArray[np.int64], NDArray[np.float64]]
"""The passages, ascending, and beside them how often something stands in each."""

K1, B = 0.9, 0.3
WEIGHTS = {"text": 1.0, "headings": 0.6, "section": 0.3, "speakers": 4.0, "office": 0.3}
"""How much a word counts where it stands. A section's title stands over all its passages, so it weighs least; the
name of the speaker weighs more than any number of mentions."""

PART = 0.7
"""What a part of a compound counts beside the word itself, on either side."""

STEM = 0.5
"""What a word counts that only has the stem of the one typed: "Apotheker" for "Apotheke"."""

ENOUGH = 0.2
"""The share of the query a passage must hold to be found at all, where not all of its words are there."""

_KINDS = {"terms": (("", 1.0), ("_parts", PART)), "forms": (("_forms", 1.0),), "stems": (("_stems", 1.0),)}
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

    def count(self, field: str, positions: Positions, *, near: int = 0) -> Counts:
        """Return where words stand in a row in a field, any of the terms at each position, and how often.

        With `near`, so many other words may stand between them, in any order.
        """


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


def rank(query: Query, occurrences: Occurrences, conditions: Mapping[Field, Mask]) -> Matches:
    """Return the passages that hold enough of what `query` wants, and nothing it excludes; all if it wants nothing.

    `conditions` tells for every field of the query which passages meet it.
    """
    scorer = _Scorer(occurrences, conditions)
    held = [scorer.node(node) for node in query.wanted]
    scores, complete, matching = scorer.zeros(), scorer.zeros() == 0, scorer.zeros() == 0
    for node, one in zip(query.wanted, held, strict=True):
        scores += one.scores
        complete &= one.present
        if is_required(node):
            matching &= one.present
    bare = [one for node, one in zip(query.wanted, held, strict=True) if not is_required(node)]
    share = _share(held)
    if bare:
        has_words = _any(one.present for one in held if one.weight)
        matching &= complete | ((share >= ENOUGH) & has_words)
    in_words = matching & scorer.said
    if in_words.any() and not any(isinstance(node, AnyOf | AllOf) for node in query.wanted):
        matching = in_words  # a title stands over all its passages: alone it finds none of them
    for node in query.excluded:
        matching &= ~scorer.node(node).present
    numbers = np.flatnonzero(matching)
    scores *= np.sqrt(share)
    return Matches(numbers, scores[numbers], complete[numbers], tuple(int(one.present.sum()) for one in held))


def _share(held: list[_Held]) -> Scores | float:
    """Return how much of the weight of the query every passage holds; what nobody holds weighs nothing."""
    known = [one for one in held if one.weight and one.present.any()]
    if not known:
        return 1.0
    shares: Scores = np.sum([one.weight * one.share for one in known], axis=0)
    return shares / sum(one.weight for one in known)


def _any(masks: Iterable[Mask]) -> Mask:
    found: Mask = np.logical_or.reduce(list(masks))
    return found


class _Scorer:
    def __init__(self, occurrences: Occurrences, conditions: Mapping[Field, Mask]) -> None:
        self._conditions = conditions
        self._occurrences = occurrences
        lengths = occurrences.lengths
        self._passages = len(lengths)
        self.said: Mask = np.zeros(len(lengths), dtype=np.bool_)
        """Which passages hold any of the words looked for in what is said or in who says it."""
        self._norm = 1 - B + B * lengths / max(1.0, float(lengths.mean()) if len(lengths) else 1.0)

    def zeros(self) -> Scores:
        return np.zeros(self._passages)

    def node(self, node: Node) -> _Held:
        """Return what is said for each passage about one node of the query."""
        if isinstance(node, Clause):
            return self._clause(node)
        if isinstance(node, Field):
            present = self._conditions[node]
            return _Held(self.zeros(), present, present.astype(np.float64), 0.0)
        return self._any_of(node) if isinstance(node, AnyOf) else self._all_of(node)

    def _any_of(self, node: AnyOf) -> _Held:
        held = [self.node(option) for option in node.options]
        present = _any(one.present for one in held)
        scores = np.max([one.scores for one in held], axis=0)
        return _Held(scores, present, present.astype(np.float64), max(one.weight for one in held))

    def _all_of(self, node: AllOf) -> _Held:
        held = [self.node(wanted) for wanted in node.wanted]
        present = self.zeros() == 0
        for one in held:
            present &= one.present
        for excluded in node.excluded:
            present &= ~self.node(excluded).present
        scores = np.sum([one.scores for one in held], axis=0) * present if held else self.zeros()
        return _Held(scores, present, present.astype(np.float64), sum(one.weight for one in held))

    def _clause(self, clause: Clause) -> _Held:
        """Return the best that can be said for each passage: the words typed, others for them, the parts of a word."""
        own = self._row(clause.positions, exact=clause.exact, near=clause.near)
        others = [(row.weight, self._row(row.positions)) for row in clause.others]
        present = own.present | _any([own.present, *(row.present for _, row in others)])
        telling = own.idf if own.present.any() else self._idf(int(present.sum()))
        scores, share = own.scores, own.present.astype(np.float64)
        for weight, row in others:
            scores = np.maximum(scores, weight * row.scores * min(1.0, telling / row.idf))
            share = np.maximum(share, weight * row.present)
        if clause.stems:
            akin = self._row((clause.stems,), stems=True)
            scores = np.maximum(scores, STEM * akin.scores * min(1.0, telling / akin.idf))
            share = np.maximum(share, STEM * akin.present)
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

    def _row(self, positions: Positions, *, exact: bool = False, stems: bool = False, near: int = 0) -> _Row:
        """Return the score of words in a row: how often they stand in each field, saturated, times how rare they are.

        How rare is read off the words of the passages themselves: a section's title is no sign of it.
        """
        often, own = self.zeros(), np.zeros(self._passages, dtype=np.bool_)
        for field, weight in WEIGHTS.items():
            kinds = _KINDS["forms" if exact else "stems" if stems else "terms"]
            for kind, kind_weight in kinds:
                numbers, counts = self._occurrences.count(f"{field}{kind}", positions, near=near)
                norm = self._norm[numbers] if field == "text" else 1.0
                often[numbers] += weight * kind_weight * counts / norm
                if field in _OWN_WORDS:
                    own[numbers] = True
        self.said |= own
        idf = self._idf(int(own.sum()))
        return _Row(idf * often * (K1 + 1) / (K1 + often), idf)

    def _idf(self, frequency: int) -> float:
        return float(np.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5)))

"""How well a passage answers a query: BM25F over its fields, more where words stand together, less for half of it.

An engine says how often words stand where; the arithmetic is here, so that all engines rank alike. Every passage with
all words comes before those with some: `Matches.complete` tells them apart.

BM25F: Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields (CIKM 2004).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeGuard

import numpy as np
from numpy.typing import NDArray

from kb.query import AllOf, AnyOf, Clause, Field, Node, Positions, Query, is_required

Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]
Counts = tuple[NDArray[np.int64], NDArray[np.float64]]
"""The passages, ascending, and beside them how often something stands in each."""

Kinds = tuple[tuple[str, float], ...]
"""Which words of each field are looked at (`_forms`, `_parts`, `_stems`, `_part_stems`, or terms); what they count."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The numbers of the ranking; the defaults are what ships.

    `k1` says how soon more of a word tells nothing more, `b` how much longer texts are held against them; `fields` how
    much a word counts where it stands: a section's title stands over all its passages, so it weighs least; the name of
    the speaker weighs more than any number of mentions. `kinds` are the words looked at in each field with what they
    count: the parts of a compound beside the word itself.
    """

    k1: float = 0.9
    b: float = 0.3
    fields: tuple[tuple[str, float], ...] = (
        ("text", 1.0),
        ("headings", 0.6),
        ("section", 0.3),
        ("speakers", 4.0),
        ("office", 0.3),
    )
    kinds: Kinds = (("", 1.0), ("_parts", 0.7))
    part: float = 0.7
    """What a part of a typed compound counts beside the word itself."""
    stem: float = 0.7
    """What a word counts that only has the stem of the one typed: "Apotheker" for "Apotheke"."""
    coordination: float = 0.5
    """The power to which the share of the query is raised that a passage holds."""
    together: float = 0.6
    """What two words in a row of the query count more where they stand together: this share of the less telling one.

    Only passages with all words are told apart by it.
    """
    enough: float = 0.2
    """The share of the query a passage must hold to be found at all, where not all of its words are there."""


SHIPPED = Weighing()
TOGETHER = 2
"""So many other words may stand between two words that stand together."""

_MOST_TOGETHER = 4000
"""Words that more passages hold are not looked for together: that takes longer than all the rest, and tells little."""

_EXACT: Kinds = (("_forms", 1.0),)
_WHOLE: Kinds = (("", 1.0),)
_STEMS: Kinds = (("_stems", 1.0), ("_part_stems", 1.0))
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
class Row:
    """Words in a row, scored: `idf` says how telling they are, `often` how often they count in each field."""

    scores: Scores
    idf: float
    often: tuple[tuple[str, Counts], ...] = ()

    @property
    def present(self) -> Mask:
        """Which passages hold them."""
        return self.scores > 0


@dataclass(frozen=True)
class Way:
    """One way for passages to hold a clause: by the `word` itself, a `synonym`, its `stem` or its `parts`.

    `weight` is what it counts beside the word itself; `scores` and `share` (of the clause) are weighted already.
    """

    kind: str
    words: str
    weight: float
    scores: Scores
    share: Scores
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Held:
    """A node of the query, scored: which passages hold it, and how much of it (1 is all).

    `weight` is what it counts in the share of the query. A clause has `ways`, of which the best counts for each
    passage; what is joined of several nodes has them in `inner`.
    """

    scores: Scores
    present: Mask
    share: Scores
    weight: float
    ways: tuple[Way, ...] = ()
    inner: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Together:
    """Two words of the query that stand together in the passages `numbers`, and what that adds to their scores."""

    words: str
    numbers: NDArray[np.int64]
    score: float


@dataclass(frozen=True)
class Scored:
    """What is wanted, scored for every passage.

    The score is the sum of what is `held` and what stands `together`, times what the share of the query makes of it:
    `factor`.
    """

    held: tuple[Held, ...]
    together: tuple[Together, ...]
    share: Scores
    factor: Scores
    scores: Scores
    said: Mask
    """Which passages hold any of the words looked for in what is said or in who says it."""


def rank(
    query: Query, occurrences: Occurrences, conditions: Mapping[Field, Mask], weighing: Weighing = SHIPPED
) -> Matches:
    """Return the passages that hold enough of what `query` wants, and nothing it excludes; all if it wants nothing.

    `conditions` tells for every field of the query which passages meet it.
    """
    scorer = _Scorer(occurrences, conditions, weighing)
    scored = scorer.score(query)
    complete, matching = scorer.zeros() == 0, scorer.zeros() == 0
    for node, one in zip(query.wanted, scored.held, strict=True):
        complete &= one.present
        if is_required(node):
            matching &= one.present
    if not all(map(is_required, query.wanted)):
        has_words = _any(one.present for one in scored.held if one.weight)
        matching &= complete | ((scored.share >= weighing.enough) & has_words)
    in_words = matching & scored.said
    if in_words.any() and not any(isinstance(node, AnyOf | AllOf) for node in query.wanted):
        matching = in_words  # a title stands over all its passages: alone it finds none of them
    for node in query.excluded:
        matching &= ~scorer.node(node).present
    numbers = np.flatnonzero(matching)
    frequencies = tuple(int(one.present.sum()) for one in scored.held)
    return Matches(numbers, scored.scores[numbers], complete[numbers], frequencies)


def score(
    query: Query, occurrences: Occurrences, conditions: Mapping[Field, Mask], weighing: Weighing = SHIPPED
) -> Scored:
    """Return how well every passage answers `query`, with all that the score is made of."""
    return _Scorer(occurrences, conditions, weighing).score(query)


def _is_one_word(node: Node) -> TypeGuard[Clause]:
    return isinstance(node, Clause) and len(node.positions) == 1 and not node.exact


def _any(masks: Iterable[Mask]) -> Mask:
    found: Mask = np.logical_or.reduce(list(masks))
    return found


class _Scorer:
    def __init__(self, occurrences: Occurrences, conditions: Mapping[Field, Mask], weighing: Weighing) -> None:
        self._conditions = conditions
        self._occurrences = occurrences
        self._weighing = weighing
        lengths = occurrences.lengths
        self._passages = len(lengths)
        self._said: Mask = np.zeros(len(lengths), dtype=np.bool_)
        mean = max(1.0, float(lengths.mean()) if len(lengths) else 1.0)
        self._norm = 1 - weighing.b + weighing.b * lengths / mean

    def zeros(self) -> Scores:
        return np.zeros(self._passages)

    def score(self, query: Query) -> Scored:
        """Return all that is wanted, scored."""
        held = tuple(self.node(node) for node in query.wanted)
        share = self._share(held)
        factor: Scores = share**self._weighing.coordination
        sums = np.sum([one.scores for one in held], axis=0) if held else self.zeros()
        together = tuple(self._together(query, held))
        for pair in together:
            sums[pair.numbers] += pair.score
        return Scored(held, together, share, factor, sums * factor, self._said.copy())

    def _together(self, query: Query, held: Sequence[Held]) -> Iterator[Together]:
        """Yield which of the bare words that follow each other in the query stand together in passages with all words.

        Among others, one more word tells more than two that stand together.
        """
        complete = np.logical_and.reduce([one.present for one in held]) if held else self.zeros() == 0
        for (one, first), (other, second) in pairwise(zip(query.wanted, held, strict=True)):
            if not (_is_one_word(one) and _is_one_word(other) and self._weighing.together):
                continue
            rows = first.ways[0].rows[0], second.ways[0].rows[0]
            if (
                complete.any()
                and all(row.present.any() for row in rows)
                and sum(row.present.sum() for row in rows) <= _MOST_TOGETHER
            ):
                positions = (one.positions[0], other.positions[0])
                numbers, _ = self._occurrences.count("text", positions, near=TOGETHER)
                numbers = numbers[complete[numbers]]
                score = self._weighing.together * min(row.idf for row in rows)
                yield Together(f"{one.printed} {other.printed}", numbers, score)

    def _share(self, held: Sequence[Held]) -> Scores:
        """Return how much of the weight of the query every passage holds; what nobody holds weighs nothing."""
        known = [one for one in held if one.weight and one.present.any()]
        if not known:
            return self.zeros() + 1.0
        shares: Scores = np.sum([one.weight * one.share for one in known], axis=0)
        return shares / sum(one.weight for one in known)

    def node(self, node: Node) -> Held:
        """Return what is said for each passage about one node of the query."""
        if isinstance(node, Clause):
            return self._clause(node)
        if isinstance(node, Field):
            present = self._conditions[node]
            return Held(self.zeros(), present, present.astype(np.float64), 0.0)
        return self._any_of(node) if isinstance(node, AnyOf) else self._all_of(node)

    def _any_of(self, node: AnyOf) -> Held:
        held = tuple(self.node(option) for option in node.options)
        present = _any(one.present for one in held)
        scores = np.max([one.scores for one in held], axis=0)
        return Held(scores, present, present.astype(np.float64), max(one.weight for one in held), inner=held)

    def _all_of(self, node: AllOf) -> Held:
        held = tuple(self.node(wanted) for wanted in node.wanted)
        present = self.zeros() == 0
        for one in held:
            present &= one.present
        for excluded in node.excluded:
            present &= ~self.node(excluded).present
        scores = np.sum([one.scores for one in held], axis=0) * present if held else self.zeros()
        return Held(scores, present, present.astype(np.float64), sum(one.weight for one in held), inner=held)

    def _clause(self, clause: Clause) -> Held:
        """Return the best that can be said for each passage: the words typed, others for them, the parts of a word."""
        kinds = _EXACT if clause.exact else _WHOLE if clause.whole else self._weighing.kinds
        own = self._row(clause.positions, kinds, near=clause.near)
        others = [(other, self._row(other.positions, kinds)) for other in clause.others]
        present = _any([own.present, *(row.present for _, row in others)])
        telling = own.idf if own.present.any() else self._idf(int(present.sum()))
        ways = [Way("word", clause.printed, 1.0, own.scores, own.present.astype(np.float64), (own,))]
        ways += [self._instead("synonym", other.positions, other.weight, row, telling) for other, row in others]
        if clause.stems and self._weighing.stem:
            akin = self._row((clause.stems,), _STEMS)
            ways.append(self._instead("stem", (clause.stems,), self._weighing.stem, akin, telling))
        if clause.parts and self._weighing.part:
            parts = [self._row(((part,),), kinds) for part in clause.parts]
            ways.append(self._parts(clause, parts, self._idf(int(present.sum()))))
            present = present | np.logical_and.reduce([part.present for part in parts])
        scores = np.max([way.scores for way in ways], axis=0)
        share = np.max([way.share for way in ways], axis=0)
        return Held(scores, present, share, self._idf(int(present.sum())), tuple(ways))

    def _instead(self, kind: str, positions: Positions, weight: float, row: Row, telling: float) -> Way:
        """Return what words count that stand for others; they tell no more than those."""
        words = " ".join("/".join(terms) for terms in positions)
        factor = weight * min(1.0, telling / row.idf)
        return Way(kind, words, factor, factor * row.scores, weight * row.present.astype(np.float64), (row,))

    def _parts(self, clause: Clause, parts: Sequence[Row], telling: float) -> Way:
        """Return what the parts of the typed word count; all of them make it present."""
        whole = sum(part.idf for part in parts)
        factor = self._weighing.part * min(1.0, telling / whole)
        sums: Scores = np.sum([part.scores for part in parts], axis=0)
        shares: Scores = np.sum([part.idf * part.present for part in parts], axis=0) * (self._weighing.part / whole)
        words = " + ".join(clause.parts)
        return Way("parts", words, factor, factor * sums, shares, tuple(parts))

    def _row(self, positions: Positions, kinds: Kinds, *, near: int = 0) -> Row:
        """Return the score of words in a row: how often they stand in each field, saturated, times how rare they are.

        How rare is read off the words of the passages themselves: a section's title is no sign of it.
        """
        often, own = self.zeros(), np.zeros(self._passages, dtype=np.bool_)
        places = []
        for field, weight in self._weighing.fields:
            for kind, kind_weight in kinds:
                numbers, counts = self._occurrences.count(f"{field}{kind}", positions, near=near)
                norm = self._norm[numbers] if field == "text" else 1.0
                weighted = weight * kind_weight * counts / norm
                often[numbers] += weighted
                places.append((f"{field}{kind}", (numbers, weighted)))
                if field in _OWN_WORDS:
                    own[numbers] = True
        self._said |= own
        idf = self._idf(int(own.sum()))
        k1 = self._weighing.k1
        return Row(idf * often * (k1 + 1) / (k1 + often), idf, tuple(places))

    def _idf(self, frequency: int) -> float:
        return float(np.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5)))

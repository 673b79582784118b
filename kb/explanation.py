"""Why a passage stands where it stands: what its score is made of, clause by clause."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kb.finding import Found, conditions_of
from kb.generation import Generation
from kb.query import Clause, Node
from kb.ranking import Held, Row, Way, score


@dataclass(frozen=True, slots=True)
class Occurrence:
    """How much the occurrences of a word in one field count: their number, weighted by field and length."""

    field: str
    often: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One way in which a passage holds a clause: by the `word` itself, a `synonym`, its `stem` or its `parts`.

    `words` are the terms met, `weight` is what they count beside the word typed, `idf` how telling they are; `score`
    and `share` (how much of the clause is held so) are weighted already.
    """

    kind: str
    words: str
    weight: float
    idf: float
    occurrences: tuple[Occurrence, ...]
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class ClauseScore:
    """What one wanted thing adds: the `score` of the best of its `evidence`, the most telling first.

    `weight` is what it counts in the share of the query. What joins several, in brackets, has them in `inner`: the
    best of them counts if they are joined by ODER, else their sum.
    """

    words: str
    weight: float
    score: float
    share: float
    evidence: tuple[Evidence, ...] = ()
    inner: tuple[ClauseScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The score of one passage: the sum of its clauses and of what words add that stand together, times
    `coordination`, times `prior`.

    `together` has pairs of words with what they add. `share` is how much of the query the passage holds,
    `coordination` what that makes of the score, `prior` what it counts because of what kind of passage it is.
    """

    clauses: tuple[ClauseScore, ...]
    together: tuple[tuple[str, float], ...]
    share: float
    coordination: float
    prior: float

    @property
    def total(self) -> float:
        """The score, as the hit has it."""
        scores = (*(clause.score for clause in self.clauses), *(score for _, score in self.together))
        return math.fsum(scores) * self.coordination * self.prior


def explain(generation: Generation, found: Found, number: int) -> Explanation:
    """Return what the score of the passage `number` is made of; it must be one that was found."""
    query = found.query
    scored = score(query, generation.engine, conditions_of(generation, query), generation.weighing)
    return Explanation(
        tuple(_clause(node, held, number) for node, held in zip(query.wanted, scored.held, strict=True)),
        together=tuple((pair.words, pair.score) for pair in scored.together if number in pair.numbers),
        share=float(scored.share[number]),
        coordination=float(scored.factor[number]),
        prior=float(generation.priors[number]),
    )


def _clause(node: Node, held: Held, number: int) -> ClauseScore:
    evidence = [_evidence(way, number) for way in held.ways if way.scores[number] > 0]
    nodes = () if isinstance(node, Clause) else getattr(node, "options", ()) or getattr(node, "wanted", ())
    return ClauseScore(
        words=node.words,
        weight=held.weight,
        score=float(held.scores[number]),
        share=float(held.share[number]),
        evidence=tuple(sorted(evidence, key=lambda one: -one.score)),
        inner=tuple(_clause(inner, one, number) for inner, one in zip(nodes, held.inner, strict=True)),
    )


def _evidence(way: Way, number: int) -> Evidence:
    return Evidence(
        kind=way.kind,
        words=way.words,
        weight=way.weight,
        idf=math.fsum(row.idf for row in way.rows),
        occurrences=tuple(occurrence for row in way.rows for occurrence in _occurrences(row, number)),
        score=float(way.scores[number]),
        share=float(way.share[number]),
    )


def _occurrences(row: Row, number: int) -> Iterator[Occurrence]:
    for field, (numbers, often) in row.often:
        at = int(numbers.searchsorted(number))
        if at < len(numbers) and numbers[at] == number:
            yield Occurrence(field, float(often[at]))

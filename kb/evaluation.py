"""How well a search finds what people judged relevant: queries with judgements, and the usual measures.

Relevance is yes or no. S@k is the share of queries with a relevant passage among the first k hits, MRR@10 the mean of
1/rank of the first one (0 behind the tenth), nDCG@10 sets the gain 1/log2(rank + 1) of all relevant hits against that
of the best order there could be (Järvelin and Kekäläinen 2002). Queries without an answer are counted apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from kb.index import Index
from kb.model import Passage
from kb.results import Search

DEPTH = 10
"""So many hits are looked at."""

AS_A_READER = Search(limit=DEPTH)


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and what answers it: passage ids (or ids the source gives), or stretches of the source in characters.

    `source` is the SHA-256 of the file the stretches are of, `group` the kind or tier of the query, "" if it has none.
    Without ids and stretches, nothing should be found.
    """

    text: str
    id: str = ""
    group: str = ""
    ids: frozenset[str] = frozenset()
    spans: tuple[tuple[int, int], ...] = ()
    source: str = ""

    @property
    def has_answer(self) -> bool:
        """Whether something in the collection answers the query."""
        return bool(self.ids or self.spans)

    def is_answered_by(self, passage: Passage) -> bool:
        """Return whether a passage was judged relevant."""
        if passage.id in self.ids or (passage.source_id and passage.source_id in self.ids):
            return True
        if passage.source is None or passage.source.sha256 != self.source:
            return False
        return any(start < b and a < end for a, b in self.spans for start, end in passage.spans)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gave for one query: its first hits in order, and whether they were given with a reservation.

    A reservation is said to the reader ("no passage has all the words"); what comes without one passes for an answer.
    """

    hits: tuple[Passage, ...]
    with_reservation: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The measures over some queries, each from 0 to 1."""

    queries: int
    s1: float
    s10: float
    mrr: float
    ndcg: float


MEASURES = ("s1", "s10", "mrr", "ndcg")
"""The measures by the names of the fields of `Score`."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """One query with the ranks (from 1) of the relevant hits among the first ten; `relevant` passages there are."""

    query: JudgedQuery
    ranks: tuple[int, ...]
    relevant: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a search did: overall, per group, on the queries without an answer, and query by query."""

    overall: Score
    groups: Mapping[str, Score]
    unanswerable: int
    """Queries that nothing answers."""
    falsely_answered: int
    """Those of them for which hits were given without a reservation."""
    ranks: tuple[Ranks, ...]
    unknown: tuple[str, ...] = ()
    """Ids of queries whose answers are not in the collection at all; they count as not found."""


def evaluate(
    queries: Sequence[JudgedQuery], search: Callable[[str], Answer], passages: Iterable[Passage]
) -> Evaluation:
    """Return how `search` does on `queries` over a collection of `passages`."""
    answerable = [query for query in queries if query.has_answer]
    relevant = _count_relevant(answerable, passages)
    ranks = tuple(
        Ranks(query, tuple(_ranks(query, search(query.text))), count)
        for query, count in zip(answerable, relevant, strict=True)
    )
    without = [search(query.text) for query in queries if not query.has_answer]
    names = dict.fromkeys(query.group for query in answerable if query.group)
    return Evaluation(
        overall=score(ranks),
        groups={name: score([entry for entry in ranks if entry.query.group == name]) for name in names},
        unanswerable=len(without),
        falsely_answered=sum(1 for answer in without if answer.hits and not answer.with_reservation),
        ranks=ranks,
        unknown=tuple(entry.query.id or entry.query.text for entry in ranks if not entry.relevant),
    )


def evaluate_index(queries: Sequence[JudgedQuery], index: Index, asked: Search = AS_A_READER) -> Evaluation:
    """Return how an index does, the queries `asked` as a reader asks: no filters, the first ten hits."""

    def answer(text: str) -> Answer:
        results = index.search(replace(asked, text=text))
        return Answer(tuple(hit.passage for hit in results.hits), with_reservation=bool(results.understood.notes))

    passages = (passage for edition in index.editions for passage in index.passages_in(edition))
    return evaluate(queries, answer, passages)


def _count_relevant(queries: Sequence[JudgedQuery], passages: Iterable[Passage]) -> list[int]:
    """Return how many passages answer each query."""
    by_id: dict[str, list[int]] = {}
    with_spans = [number for number, query in enumerate(queries) if query.spans]
    for number, query in enumerate(queries):
        for wanted in query.ids:
            by_id.setdefault(wanted, []).append(number)
    counts = [0] * len(queries)
    for passage in passages:
        found = {*by_id.get(passage.id, ()), *by_id.get(passage.source_id, ())}
        found |= {number for number in with_spans if queries[number].is_answered_by(passage)}
        for number in found:
            counts[number] += 1
    return counts


def _ranks(query: JudgedQuery, answer: Answer) -> Iterable[int]:
    return (rank for rank, hit in enumerate(answer.hits[:DEPTH], start=1) if query.is_answered_by(hit))


def measures(entry: Ranks) -> tuple[float, float, float, float]:
    """Return S@1, S@10, MRR@10 and nDCG@10 of one query, in the order of `MEASURES`."""
    best = _gain(range(1, min(max(entry.relevant, 1), DEPTH) + 1))
    first = 1 / entry.ranks[0] if entry.ranks else 0.0
    return float(1 in entry.ranks), float(bool(entry.ranks)), first, _gain(entry.ranks) / best


def score(ranks: Sequence[Ranks]) -> Score:
    """Return the measures over some queries; all 0 if there are none.

    >>> score([Ranks(JudgedQuery("a"), (1, 2), relevant=2), Ranks(JudgedQuery("b"), (), relevant=1)])
    Score(queries=2, s1=0.5, s10=0.5, mrr=0.5, ndcg=0.5)
    """
    columns = zip(*map(measures, ranks), strict=True) if ranks else ((),) * 4
    return Score(len(ranks), *map(_mean, columns))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _gain(ranks: Iterable[int]) -> float:
    return sum(1 / math.log2(rank + 1) for rank in ranks)


HEADING = f"{'':<20} {'queries':>7} {'S@1':>6} {'S@10':>6} {'MRR@10':>7} {'nDCG@10':>8}"


def score_line(name: str, row: Score) -> str:
    """Return one row of the table under `HEADING`."""
    return f"{name:<20} {row.queries:>7} {row.s1:>6.3f} {row.s10:>6.3f} {row.mrr:>7.3f} {row.ndcg:>8.3f}"


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield the measures as a table for a terminal, then what is to be known beside them."""
    yield HEADING
    for name, row in {"all": evaluation.overall, **evaluation.groups}.items():
        yield score_line(name, row)
    if evaluation.unanswerable:
        so_many = f"{evaluation.falsely_answered} of {evaluation.unanswerable}"
        yield f"without an answer: {so_many} were given hits without a reservation"
    if evaluation.unknown:
        yield f"nothing in the index answers: {', '.join(evaluation.unknown)} (counted as not found)"


def evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the measures and the ranks query by query, ready for `json.dumps`."""
    return {
        "overall": asdict(evaluation.overall),
        "groups": {name: asdict(row) for name, row in evaluation.groups.items()},
        "unanswerable": evaluation.unanswerable,
        "falsely_answered": evaluation.falsely_answered,
        "unknown": list(evaluation.unknown),
        "queries": [
            {
                "id": entry.query.id,
                "query": entry.query.text,
                "group": entry.query.group,
                "ranks": list(entry.ranks),
                "relevant": entry.relevant,
            }
            for entry in evaluation.ranks
        ],
    }

"""Two settings of the search side by side on the same judged queries, and whether chance alone could tell them apart.

p is that of a paired randomisation test: how often a difference at least this large comes about if it is thrown anew
for each query which setting gave which ranks (Smucker, Allan, Carterette: A comparison of statistical significance
tests for information retrieval evaluation, CIKM 2007).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from kb.evaluation import (
    AS_A_READER,
    HEADING,
    MEASURES,
    Evaluation,
    JudgedQuery,
    Ranks,
    evaluate_index,
    evaluation_json,
    measures,
    score_line,
)
from kb.index import Index, open_index
from kb.ranking import SHIPPED, Weighing
from kb.results import SORTS

CHANGES = f"no-synonyms, sort={'|'.join(SORTS[1:])}, index=DIR or NUMBER=VALUE of the ranking"
FIELDS = tuple(name for name, _ in SHIPPED.fields)
PARTS = "parts"
NUMBERS = ("k1", "b", *FIELDS, PARTS, "part", "stem", "coordination", "enough")
"""What can be changed in the ranking: numbers of `Weighing`, its fields by name, and what an indexed part counts."""

_EXACT, _DRAWS, _SEED = 12, 10_000, 1
"""Up to so many queries that differ, all ways to throw are gone through; else so many throws are drawn."""

_LEVEL = 0.05
_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Setting:
    """How an index is asked: which one, with or without synonyms, in which order, with which numbers of the ranking."""

    index: Path
    synonyms: bool = True
    sort: str = SORTS[0]
    weighing: Weighing = SHIPPED


def changed(setting: Setting, change: str) -> Setting:
    """Return a setting with one change: "no-synonyms", "sort=newest", "index=DIR" or a number of the ranking: "k1=1.2".

    Raises:
        ValueError: there is no such change; the message names those there are.
    """
    name, _, value = change.partition("=")
    if change == "no-synonyms":
        return replace(setting, synonyms=False)
    if name == "sort" and value in SORTS:
        return replace(setting, sort=value)
    if name == "index" and value:
        return replace(setting, index=Path(value))
    if name in NUMBERS:
        return replace(setting, weighing=_weighing(setting.weighing, name, _number(name, value)))
    raise ValueError(f"{change!r} is none of {CHANGES}: {', '.join(NUMBERS)}")


def _weighing(weighing: Weighing, name: str, number: float) -> Weighing:
    """Return the numbers of the ranking with one of them changed."""
    if name in FIELDS:
        return replace(weighing, fields=tuple((f, number if f == name else weight) for f, weight in weighing.fields))
    if name == PARTS:
        return replace(weighing, kinds=tuple((kind, number if kind else 1.0) for kind, _ in weighing.kinds))
    return replace(weighing, **{name: number})  # type: ignore[arg-type]  # the names are those of numbers


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf") or (name in ("b", "enough") and number > 1) or (name == "k1" and not number):
        limits = {"b": "from 0 to 1", "enough": "from 0 to 1", "k1": "above 0"}
        raise ValueError(f"{name} is a number {limits.get(name, 'of 0 or more')}, not {value!r}")
    return number


def evaluate_setting(queries: Sequence[JudgedQuery], setting: Setting) -> Evaluation:
    """Return how the search does on `queries` with a setting.

    Raises:
        IndexUnusable: its index cannot be read.
    """
    with closing(open_index(setting.index)) as index:
        weighed = Index(setting.index, replace(index.generation, weighing=setting.weighing))
        return evaluate_index(queries, weighed, replace(AS_A_READER, sort=setting.sort, synonyms=setting.synonyms))


@dataclass(frozen=True, slots=True)
class Change:
    """A query with the ranks of its relevant hits under the first and the second setting."""

    query: JudgedQuery
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two evaluations of the same queries; `p` tells for every measure how easily chance makes the difference.

    `better` and `worse` hold the queries whose nDCG@10 differs, the largest differences first.
    """

    first: Evaluation
    second: Evaluation
    difference: Mapping[str, float]
    p: Mapping[str, float]
    better: tuple[Change, ...]
    worse: tuple[Change, ...]


def compare(first: Evaluation, second: Evaluation) -> Comparison:
    """Return what the second setting does better and worse than the first on the same queries."""
    pairs = list(zip(first.ranks, second.ranks, strict=True))
    gains = [_gains(before, after) for before, after in pairs]
    moved = sorted(
        (
            (gain["ndcg"], Change(before.query, before.ranks, after.ranks))
            for gain, (before, after) in zip(gains, pairs, strict=True)
        ),
        key=lambda entry: -abs(entry[0]),
    )
    return Comparison(
        first,
        second,
        difference={name: getattr(second.overall, name) - getattr(first.overall, name) for name in MEASURES},
        p={name: chance([gain[name] for gain in gains]) for name in MEASURES},
        better=tuple(change for gain, change in moved if gain > _SAME),
        worse=tuple(change for gain, change in moved if gain < -_SAME),
    )


def _gains(before: Ranks, after: Ranks) -> dict[str, float]:
    """Return by how much each measure of one query is higher after than before."""
    return {name: b - a for name, a, b in zip(MEASURES, measures(before), measures(after), strict=True)}


def chance(differences: Sequence[float]) -> float:
    """Return how often the sum of `differences` is as far from 0 if every sign is thrown anew: p, two-sided.

    >>> chance([1.0] * 5), chance([1.0, -1.0, 0.0]), chance([])
    (0.0625, 1.0, 1.0)
    """
    moved = np.array([difference for difference in differences if abs(difference) > _SAME])
    if len(moved) <= _EXACT:
        signs = np.array(list(product((-1, 1), repeat=len(moved))))
        return float(np.mean(np.abs(signs @ moved) >= abs(moved.sum()) - _SAME))
    signs = np.random.default_rng(_SEED).choice((-1, 1), size=(_DRAWS, len(moved)))
    return float((np.sum(np.abs(signs @ moved) >= abs(moved.sum()) - _SAME) + 1) / (_DRAWS + 1))


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield both rows of measures, what the second has more, p, and the queries that moved, for a terminal."""
    first, second = comparison.first, comparison.second
    yield HEADING
    yield score_line("all, before", first.overall)
    yield score_line("all, after", second.overall)
    yield _row("difference", comparison.difference, "+")
    yield _row("p", comparison.p)
    for name, before in first.groups.items():
        after = second.groups[name]
        yield from (
            [score_line(name, before)]
            if before == after
            else [
                score_line(f"{name}, before", before),
                score_line(f"{name}, after", after),
            ]
        )
    if first.unanswerable:
        counts = f"{first.falsely_answered} → {second.falsely_answered} of {first.unanswerable}"
        yield f"without an answer: {counts} were given hits without a reservation"
    for side, evaluation in (("before", first), ("after", second)):
        if evaluation.unknown:
            yield f"nothing in the index answers, {side}: {', '.join(evaluation.unknown)} (counted as not found)"
    for name, changes in (("better", comparison.better), ("worse", comparison.worse)):
        yield f"{name}: {len(changes)}"
        for change in changes:
            yield f"  {_ranks(change.before):>8} → {_ranks(change.after):<8} {change.query.id} {change.query.text}"
    yield _verdict(comparison.p["ndcg"])


def _row(name: str, row: Mapping[str, float], sign: str = "-") -> str:
    s1, s10, mrr, ndcg = (row[measure] for measure in MEASURES)
    return f"{name:<20} {'':>7} {s1:>{sign}6.3f} {s10:>{sign}6.3f} {mrr:>{sign}7.3f} {ndcg:>{sign}8.3f}"


def _ranks(ranks: Sequence[int]) -> str:
    return ", ".join(map(str, ranks)) or "none"


def _verdict(p: float) -> str:
    if p < _LEVEL:
        return f"chance alone hardly makes such a difference in nDCG@10 (p = {p:.3f})"
    return f"chance alone may well make such a difference in nDCG@10 (p = {p:.3f}): no proof that one is better"


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return both evaluations, the difference, p and the queries that moved, ready for `json.dumps`."""
    return {
        "before": evaluation_json(comparison.first),
        "after": evaluation_json(comparison.second),
        "difference": dict(comparison.difference),
        "p": dict(comparison.p),
        "better": [_change_json(change) for change in comparison.better],
        "worse": [_change_json(change) for change in comparison.worse],
    }


def _change_json(change: Change) -> dict[str, Any]:
    query = change.query
    return {"id": query.id, "query": query.text, "before": list(change.before), "after": list(change.after)}

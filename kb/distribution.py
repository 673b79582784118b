"""How often the words of a query stand in each section, year, edition and speaker's words: figures for a chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.columns import Column, Mask, apply_masks
from kb.finding import Found, conditions_of
from kb.generation import Generation
from kb.grouping import group_column
from kb.occurrences import occurrences
from kb.query import Field
from kb.results import Search, Understood

FIELDS = ("section", "year", "edition", "speaker")
"""What occurrences are counted by."""

_PER = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """What falls to one value of a field: `occurrences` in `passages`, among all `words` it has under the filters."""

    value: str
    label: str
    occurrences: int
    passages: int
    words: int

    @property
    def per_10000(self) -> float:
        """Occurrences per 10,000 words."""
        return _PER * self.occurrences / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Distribution:
    """The occurrences in all, and by each of `FIELDS`.

    Sections and editions stand in reading order, years from the first to the last, those without occurrences too, and
    speakers with the most first.
    """

    search: Search
    understood: Understood
    whole: Share
    fields: Mapping[str, tuple[Share, ...]]


def distribution(generation: Generation, search: Search) -> Distribution:
    """Return how the occurrences of the words of `search` are spread over what its filters let through.

    Where some passages hold all words, occurrences are counted in these only. A passage of two speakers counts for
    both.
    """
    looked_at = occurrences(generation, search)
    passages = looked_at.spans(generation).passages
    often = np.bincount(passages, minlength=len(generation.store)).astype(np.float64)
    words = generation.engine.lengths * _read(generation, looked_at.found)
    whole = Share("", "", int(often.sum()), int((often > 0).sum()), int(words.sum()))
    fields = {name: _shares(group_column(generation, name), name, often, words) for name in FIELDS}
    return Distribution(search, looked_at.understood, whole, fields)


def _read(generation: Generation, found: Found) -> Mask:
    """Return which passages could have held the words: all that pass the filters and fields of the query."""
    conditions = conditions_of(generation, found.query)
    read = apply_masks(generation.searched, found.masks)
    for node in found.query.wanted:
        read = read & conditions[node] if isinstance(node, Field) else read
    for node in found.query.excluded:
        read = read & ~conditions[node] if isinstance(node, Field) else read
    return read


def _shares(column: Column, name: str, often: NDArray[np.float64], words: NDArray[np.float64]) -> tuple[Share, ...]:
    shares = list(_all_shares(column, often, words))
    if name == "year":
        return tuple(sorted((share for share in shares if share.words), key=lambda share: share.value))
    shares = [share for share in shares if share.occurrences]
    if name == "speaker":
        return tuple(sorted(shares, key=lambda share: (-share.occurrences, share.label)))
    first = dict(zip(column.values, _first_numbers(column), strict=True))
    return tuple(sorted(shares, key=lambda share: first[share.value]))


def _all_shares(column: Column, often: NDArray[np.float64], words: NDArray[np.float64]) -> Iterator[Share]:
    sums = [
        np.bincount(column.ordinals, weights=counts[column.numbers], minlength=len(column.values)).astype(int).tolist()
        for counts in (often, (often > 0).astype(np.float64), words)
    ]
    for value, label, *counted in zip(column.values, column.labels, *sums, strict=True):
        yield Share(value, label, *counted)


def _first_numbers(column: Column) -> list[int]:
    """Return for each value of a column the first passage that has it."""
    first = np.full(len(column.values), column.passages)
    np.minimum.at(first, column.ordinals, column.numbers)
    return list(map(int, first))

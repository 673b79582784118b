"""The passages found, grouped by who speaks or by section: the group with the best hit first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb import labels
from kb.columns import Column
from kb.generation import Generation
from kb.model import Edition, Section
from kb.results import NONE

_BETWEEN = " › "


@dataclass(frozen=True)
class Grouped:
    """One value of a column and the numbers of the passages found that have it, in the order found."""

    value: str
    label: str
    numbers: NDArray[np.int64]


def group_column(generation: Generation, name: str) -> Column:
    """Return the column to group by, with labels a reader knows: `name` is "speaker", "section" or another facet."""
    if name == "section":
        column, editions = generation.sections, generation.facts.editions
        return replace(column, labels=tuple(section_label(value, editions) for value in column.values))
    column = generation.columns[name]
    known = zip(column.values, column.labels, strict=True)
    return replace(column, labels=tuple(labels.value_word(name, value) or label for value, label in known))


def section_label(value: str, editions: Mapping[str, Edition]) -> str:
    """Return how a list names the section `edition/section`: with those around it, and the year if editions differ."""
    edition_id, _, path = value.partition("/")
    edition = editions.get(edition_id)
    if edition is None:
        return labels.none_word() if value == NONE else value
    steps = path.split("/")
    around = (edition.section("/".join(steps[:length])) for length in range(1, len(steps) + 1))
    label = _BETWEEN.join(_label(section) for section in around if section) or value
    return label if len(editions) == 1 else f"{label} ({edition.year or edition.title})"


def _label(section: Section) -> str:
    return section.label or section.id


def group(column: Column, numbers: NDArray[np.int64]) -> list[Grouped]:
    """Return `numbers`, in the order given, parted by the values of a column; one of two values stands in both."""
    rank = np.full(column.passages, -1, dtype=np.int64)
    rank[numbers] = np.arange(len(numbers))
    ranks = rank[column.numbers]
    found = ranks >= 0
    ranks, ordinals = ranks[found], np.asarray(column.ordinals)[found]
    order = np.lexsort((ranks, ordinals))
    ranks, ordinals = ranks[order], ordinals[order]
    starts = np.flatnonzero(np.diff(ordinals, prepend=-1))
    groups = [
        (inside[0], Grouped(column.values[ordinal], column.labels[ordinal], numbers[inside]))
        for ordinal, inside in zip(ordinals[starts], np.split(ranks, starts)[1:], strict=True)
    ]
    return [one for _, one in sorted(groups, key=lambda entry: int(entry[0]))]

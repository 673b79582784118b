"""Columns beside an index: which passage has which values, as NumPy arrays that are mapped, not read.

A column holds pairs (passage number, value number), so a passage may have several values; one that has none has the
value `none`. Filters and counts are exact and know nothing of an engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.labels import value_word
from kb.results import FACETS, NONE, FacetValue

Mask = NDArray[np.bool_]
"""One truth value for every passage of the index."""


@dataclass(frozen=True)
class Column:
    """One field of all passages: passage `numbers[i]` has `values[ordinals[i]]`; `labels` run beside `values`."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    numbers: NDArray[np.int32]
    ordinals: NDArray[np.int32]
    passages: int

    @cached_property
    def _ordinal_of(self) -> Mapping[str, int]:
        return {value: ordinal for ordinal, value in enumerate(self.values)}

    def mask(self, values: Iterable[str]) -> Mask:
        """Return which passages have any of `values`; a value nobody has matches nothing."""
        wanted = np.zeros(len(self.values), dtype=np.bool_)
        wanted[[self._ordinal_of[value] for value in values if value in self._ordinal_of]] = True
        mask = np.zeros(self.passages, dtype=np.bool_)
        mask[self.numbers[wanted[self.ordinals]]] = True
        return mask

    def counts(self, among: Mask) -> NDArray[np.int64]:
        """Return for each value how many of the passages `among` have it."""
        return np.bincount(self.ordinals[among[self.numbers]], minlength=len(self.values)).astype(np.int64)

    def label(self, value: str) -> str:
        """Return the label of a value; the value itself if no passage has it."""
        return self.labels[self._ordinal_of[value]] if value in self._ordinal_of else value


def make_column(rows: Sequence[Sequence[str]], labels: Mapping[str, str]) -> Column:
    """Return the column of `rows`, the values of each passage in turn; a value without a label is its own."""
    filled = [tuple(dict.fromkeys(row)) or (NONE,) for row in rows]
    values = tuple(sorted({value for row in filled for value in row}))
    ordinal_of = {value: ordinal for ordinal, value in enumerate(values)}
    return Column(
        values=values,
        labels=tuple(labels.get(value, value) for value in values),
        numbers=np.array([number for number, row in enumerate(filled) for _ in row], dtype=np.int32),
        ordinals=np.array([ordinal_of[value] for row in filled for value in row], dtype=np.int32),
        passages=len(filled),
    )


def save_column(column: Column, folder: Path, name: str) -> None:
    """Write a column into `folder` under `name`."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / f"{name}.npy", np.stack([column.numbers, column.ordinals]))
    facts = {"values": column.values, "labels": column.labels, "passages": column.passages}
    (folder / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def load_column(folder: Path, name: str) -> Column:
    """Return the column written under `name`, its arrays memory-mapped."""
    facts = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    pairs = np.load(folder / f"{name}.npy", mmap_mode="r")
    return Column(tuple(facts["values"]), tuple(facts["labels"]), pairs[0], pairs[1], facts["passages"])


@dataclass(frozen=True)
class Filters:
    """The chosen values of one facet, parted: passages must have one of `chosen` and none of `barred`."""

    chosen: frozenset[str]
    barred: frozenset[str]


def part_filters(asked: Iterable[str]) -> Filters:
    """Return the values of a facet as asked, parted by their leading `-`."""
    values = frozenset(asked)
    barred = frozenset(value[1:] for value in values if value.startswith("-"))
    return Filters(frozenset(value for value in values if value and not value.startswith("-")), barred - {""})


def facet_masks(columns: Mapping[str, Column], asked: Mapping[str, tuple[str, ...]]) -> dict[str, Mask]:
    """Return for every facet that is filtered which passages its filter lets through."""
    masks = {}
    for facet, values in asked.items():
        filters = part_filters(values)
        if facet not in columns or not (filters.chosen or filters.barred):
            continue
        column = columns[facet]
        passed = column.mask(filters.chosen) if filters.chosen else np.ones(column.passages, dtype=np.bool_)
        masks[facet] = passed & ~column.mask(filters.barred)
    return masks


def apply_masks(matching: Mask, masks: Mapping[str, Mask], *, but: str = "") -> Mask:
    """Return which of the `matching` passages pass all filters, except that of the facet `but`."""
    for facet, mask in masks.items():
        if facet != but:
            matching = matching & mask
    return matching


def count_facets(
    columns: Mapping[str, Column], matching: Mask, masks: Mapping[str, Mask], asked: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[FacetValue, ...]]:
    """Return every facet with its values counted under all other filters, most frequent first, then by label.

    `masks` are the `facet_masks` of what is `asked`. Chosen values are listed even when nothing has them.
    """
    return {
        facet: _facet(
            facet, columns[facet], apply_masks(matching, masks, but=facet), part_filters(asked.get(facet, ()))
        )
        for facet in FACETS
        if facet in columns
    }


def _facet(facet: str, column: Column, among: Mask, filters: Filters) -> tuple[FacetValue, ...]:
    counts = column.counts(among)
    counted = {column.values[ordinal]: int(counts[ordinal]) for ordinal in np.flatnonzero(counts)}
    shown = set(counted) | filters.chosen | filters.barred
    values = [
        FacetValue(
            value,
            value_word(facet, value) or column.label(value),
            counted.get(value, 0),
            value in filters.chosen,
            value in filters.barred,
        )
        for value in shown
    ]
    return tuple(sorted(values, key=lambda facet_value: (-facet_value.count, facet_value.label, facet_value.value)))

"""What a collection has on a theme: whose words, how many; the passages that tell most; the themes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kb.columns import Column, Mask
from kb.generation import Generation
from kb.model import Passage, Voice
from kb.results import NONE

_EDITORIAL = 0.5


@dataclass(frozen=True, slots=True)
class Share:
    """How many passages on a theme somebody has: printed as their own words, and told by a report."""

    speaker: str
    verbatim: int
    reported: int


@dataclass(frozen=True, slots=True)
class ThemeProfile:
    """All there is on a theme. `total` counts its passages, `voices` those of each voice that has any.

    `people` come with most passages first, `telling` are the passages that speak of it most clearly, `neighbours` the
    themes given to the same passages, with the number of these.
    """

    total: int
    voices: tuple[tuple[Voice, int], ...]
    people: tuple[Share, ...]
    telling: tuple[Passage, ...]
    neighbours: tuple[tuple[str, int], ...]


def theme_profile(generation: Generation, theme: str, *, most: int) -> ThemeProfile:
    """Return what there is on a theme, with so many telling passages at most."""
    columns = generation.columns
    among = columns["theme"].mask([theme]) & generation.searched
    voices = dict(_counted(columns["voice"], among))
    neighbours = [(other, count) for other, count in _counted(columns["theme"], among) if other not in (theme, NONE)]
    return ThemeProfile(
        total=int(among.sum()),
        voices=tuple((voice, voices[voice]) for voice in Voice if voice in voices),
        people=tuple(_people(generation, among)),
        telling=_telling(generation, theme, among, most),
        neighbours=tuple(neighbours),
    )


def _counted(column: Column, among: Mask) -> Iterator[tuple[str, int]]:
    """Yield the values that passages `among` all have, the most frequent first."""
    counts = column.counts(among)
    for ordinal in sorted(np.flatnonzero(counts), key=lambda one: (-counts[one], column.labels[one])):
        yield column.values[ordinal], int(counts[ordinal])


def _people(generation: Generation, among: Mask) -> Iterator[Share]:
    speakers, voices = generation.columns["speaker"], generation.columns["voice"]
    own = speakers.counts(among & voices.mask([Voice.VERBATIM]))
    told = speakers.counts(among & voices.mask([Voice.REPORTED]))
    order = sorted(np.flatnonzero(own + told), key=lambda one: (-own[one] - told[one], speakers.labels[one]))
    for ordinal in order:
        if speakers.values[ordinal] != NONE:
            yield Share(speakers.values[ordinal], int(own[ordinal]), int(told[ordinal]))


def _telling(generation: Generation, theme: str, among: Mask, most: int) -> tuple[Passage, ...]:
    """Return the passages whose words earn the theme most; apparatus and one-liners count less, as in a search.

    So do guiding questions: they ask about the theme and say nothing of it.
    """
    column, editorial = generation.columns["theme"], generation.columns["voice"].mask([Voice.EDITORIAL])
    given = np.flatnonzero(column.ordinals == (column.values.index(theme) if theme in column.values else -1))
    weights = {int(column.numbers[at]): float(generation.theme_weights[at]) for at in given}
    found = [int(number) for number in np.flatnonzero(among)]
    counts = generation.priors * np.where(editorial, _EDITORIAL, 1.0)
    strongest = sorted(found, key=lambda number: (-weights[number] * counts[number], number))
    return generation.passages(strongest[:most])

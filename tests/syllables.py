"""Where a typesetter may divide a German word: a small rule, sure rather than complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_NUCLEUS = re.compile(r"ei|ai|au|eu|äu|ie|aa|ee|oo|[aeiouyäöü]", re.IGNORECASE)
_ONE_SOUND = ("sch", "ch", "ck", "ph")
_ONSETS = ("bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kn", "kr", "pfl", "pl", "pr", "schl", "schw", "tr")
_UNSURE = re.compile(r"[^aeiouyäöü](st|sp|str|spr)$|(ng|t|tt|ht|ft)s$|ngl$|th$|qu?$", re.IGNORECASE)
_PREFIX = re.compile(r"ver(?=[aeiouäöü])|^(er|zer|über|unter|vor)(?=[aeiouäöü])", re.IGNORECASE)
_PARTICIPLE = re.compile(r"(?:^|auf|aus|an|ein)[gb]e$", re.IGNORECASE)
_SEAMS = {"Hausärztinnen": (4, 7, 10), "Hausärzte": (4, 7)}
"""Words the rule would divide wrongly, with the offsets where they may be divided."""


def break_points(word: str) -> list[int]:
    """Return the offsets at which a hyphen may divide `word`, at least two letters before and three behind it.

    >>> [f"{'Verwaltung'[:point]}-{'Verwaltung'[point:]}" for point in break_points("Verwaltung")]
    ['Ver-waltung', 'Verwal-tung']
    """
    points: set[int] = set()
    for part in re.finditer(r"[^\W\d_]{6,}", word):
        points.update(part.start() + point for point in _in_letters(part.group()))
    return sorted(points)


def _in_letters(letters: str) -> Iterator[int]:
    if letters in _SEAMS:
        yield from _SEAMS[letters]
        return
    prefixes = [match.end() for match in _PREFIX.finditer(letters)]
    nuclei = list(_NUCLEUS.finditer(letters))
    for left, right in pairwise(nuclei):
        after_prefix = [end for end in prefixes if left.end() <= end <= right.start()]
        point = after_prefix[0] if after_prefix else _between(letters, left.end(), right.start())
        if point is not None and 2 <= point <= len(letters) - 3:
            yield point


def _between(letters: str, start: int, end: int) -> int | None:
    """Return where the consonants between two vowels are divided; None if that is unsure."""
    consonants = letters[start:end].lower()
    if not consonants or _UNSURE.search(consonants) or consonants in _ONSETS:
        return None
    if consonants.startswith(("st", "sp", "pf")) and _PARTICIPLE.search(letters[:start]):
        return None
    for onset in (*_ONE_SOUND, *_ONSETS):
        if consonants.endswith(onset):
            return end - len(onset)
    return end - 1

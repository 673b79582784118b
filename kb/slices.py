"""Which stretch of a printed compound is one of its parts, told from the words alone: no dictionary is asked."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.folding import fold

_DOTS = re.compile("(?<=[aou])e")
_SHORTEST = 3
"""A part must agree in so many letters, and in half of its own, to be told apart."""


@lru_cache(maxsize=50_000)
def part_slice(word: str, part: str, parts: tuple[str, ...]) -> tuple[int, int] | None:
    """Return where in `word` its `part` stands, `[start, end)` with its ending or linking element; None if unclear.

    `parts` are all terms the compound is made of: a part reaches as far as the next one.

    >>> parts = ("wohnung", "bau", "gesellschaft", "wohnungsbau", "baugesellschaft")
    >>> [part_slice("Wohnungsbaugesellschaften", part, parts) for part in parts]
    [(0, 8), (8, 11), (11, 25), (0, 11), (8, 25)]
    >>> part_slice("Häuserkampf", "haus", ("haus", "kampf"))
    (0, 6)
    """
    letters = [(letter, offset) for offset, sign in enumerate(word) for letter in fold(sign)]
    folded = "".join(letter for letter, _ in letters)
    places = {term: _place(folded, term) for term in {part, *parts}}
    own = places[part]
    if own is None:
        return None
    following = (place[0] for place in places.values() if place and place[0] >= own[1])
    end = min(following, default=len(letters))
    return letters[own[0]][1], letters[end][1] if end < len(letters) else len(word)


def _place(folded: str, term: str) -> tuple[int, int] | None:
    """Return where most of the beginning of `term` stands, `[start, end)`; None if too few letters agree.

    An umlaut is as good as its vowel: "haus" begins "Häuser".
    """
    wanted = _DOTS.sub("", term)
    least = min(max(_SHORTEST, (len(wanted) + 1) // 2), len(wanted))
    for length in range(len(wanted), least - 1, -1):
        pattern = "".join(f"{letter}e??" if letter in "aou" else re.escape(letter) for letter in wanted[:length])
        if match := re.search(pattern, folded):
            return match.span()
    return None

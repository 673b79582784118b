"""Which words of a German text are nouns, and which of them are mere courtesy?

Only the capital tells, and where a sentence begins every word has one.
"""

from __future__ import annotations

COURTESY = frozenset({"frau", "herr", "dame", "prof", "dank"})
"""Terms of the words by which people are addressed and thanked: nouns that tell nothing of what is talked about."""

_ENDS = ".!?:…\n"
_OPENING = ' „"»(-–'


def begins_sentence(text: str, start: int) -> bool:
    """Return whether the word at `start` is the first of a sentence.

    >>> [begins_sentence("Zwei Bäume. „Deshalb", start) for start in (0, 5, 13)]
    [True, False, True]
    """
    before = text[:start].rstrip(_OPENING)
    return not before or before[-1] in _ENDS


def is_noun_inside(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` is surely a noun: a capital tells so inside a sentence, but of no abbreviation.

    >>> text = "Zwei Bäume der BVG stehen."
    >>> [is_noun_inside(text, *place) for place in ((0, 4), (5, 10), (15, 18), (19, 25))]
    [False, True, False, False]
    """
    word = text[start:end]
    return word[0].isupper() and not word.isupper() and not begins_sentence(text, start)

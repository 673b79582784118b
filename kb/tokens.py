"""Where the words of a text stand, and what each says: numbers, gendered forms, words cut short before "und".

Nothing here knows a dictionary; a word is given back as it must be looked up, beside the place it is printed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.folding import SOFT_HYPHENS, normalise

_LETTER = r"[^\W_]"
_MORE = rf"(?:{_LETTER}|[\u0300-\u036f{SOFT_HYPHENS}])*"
_PLAIN = rf"{_LETTER}{_MORE}"
_NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\d]|[.,]\d|[^\W_])|(?<![^\W_])\d+,\d+(?![^\W_])"
_GENDERED = rf"[A-ZÄÖÜ]{_MORE}(?:[:*·_]in(?:nen)?{_MORE}|/-?innen{_MORE}|\(innen\)|/-in\b|(?<=er)/in\b|(?<=or)/in\b)"
_SYMBOL = "§+|[%€]"
WORD = re.compile(rf"{_GENDERED}|{_NUMBER}|{_PLAIN}|{_SYMBOL}")

SYMBOLS = {"§": "Paragraph", "%": "Prozent", "€": "Euro"}
_GENDER_SIGN = re.compile(r"[:*·_]|/-?|[()]")
_INNER_CAPITAL = re.compile(r"(?<=[a-zäöüß])In(?=nen|\b)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
HYPHENS = "-‐‑"
_SUSPENDING = frozenset(HYPHENS)
_BETWEEN = re.compile(rf"[{HYPHENS}]?\.?[\s,/()]*")
_BINDING = frozenset({"und", "oder", "bzw", "beziehungsweise", "sowie", "wie", "als", "auch", "statt", "bis", "noch"})
_REACH = 12
"""So many words may stand between a word cut short and the one that completes it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word as it stands in a text at `[start, end)`.

    `partner` is the word that completes one cut short: "Klein-" by "Mittelstädte"; `before` tells that the missing
    piece stands at its end; without a partner the word is complete.
    """

    start: int
    end: int
    word: str
    partner: str = ""
    before: bool = True


def plain_word(printed: str) -> str:
    """Return a printed word as it is looked up: gender signs and the dots of thousands gone, symbols as words.

    >>> [plain_word(word) for word in ("Bürger:innen", "BürgerInnen", "Bürger/-innen", "50.000", "1,5", "§")]
    ['Bürgerinnen', 'Bürgerinnen', 'Bürgerinnen', '50000', '1,5', 'Paragraph']
    """
    word = normalise(printed)
    if word[0] in SYMBOLS:
        return SYMBOLS[word[0]]
    if word[0].isdigit():
        return word.replace(".", "") if _THOUSANDS.fullmatch(word) else word
    return _INNER_CAPITAL.sub("in", _GENDER_SIGN.sub("", word))


def places(text: str) -> tuple[Place, ...]:
    """Return the words of `text` in order, those cut short with the word that completes them.

    >>> [(place.word, place.partner) for place in places("Klein- und Mittelstädte")]
    [('Klein', 'Mittelstädte'), ('und', ''), ('Mittelstädte', '')]
    """
    matches = list(WORD.finditer(text))
    found = [Place(match.start(), match.end(), match.group()) for match in matches]
    if not any(hyphen in text for hyphen in HYPHENS):
        return tuple(found)
    return tuple(_completed(text, found, at) for at in range(len(found)))


def _completed(text: str, found: Sequence[Place], at: int) -> Place:
    place = found[at]
    if _is_cut_after(text, place):
        partner = next(_partners(text, found, at, step=1), "")
        return Place(place.start, place.end, place.word, partner)
    if _is_cut_before(text, place):
        partner = next(_partners(text, found, at, step=-1), "")
        return Place(place.start, place.end, place.word, partner, before=False)
    return place


def _is_cut_after(text: str, place: Place) -> bool:
    """Return whether a hyphen ends the word: "Klein- und"."""
    return text[place.end : place.end + 1] in tuple(HYPHENS) and not text[place.end + 1 : place.end + 2].isalnum()


def _is_cut_before(text: str, place: Place) -> bool:
    """Return whether a hyphen begins the word: "und -bewohner"."""
    before = text[max(0, place.start - 2) : place.start]
    return len(before) == 2 and before[1] in HYPHENS and (before[0].isspace() or before[0] in "/(")


def _partners(text: str, found: Sequence[Place], at: int, *, step: int) -> Iterator[str]:
    """Yield the complete words reached from `found[at]` over "und", "oder", commas and others cut short."""
    bound = False
    for reached in range(at + step, at + step * _REACH, step):
        if not 0 <= reached < len(found):
            return
        left, right = found[min(reached, reached - step)], found[max(reached, reached - step)]
        between = text[left.end : right.start]
        if not _BETWEEN.fullmatch(between.strip(HYPHENS) if step < 0 else between):
            return
        bound = bound or "/" in between
        place = found[reached]
        if place.word.lower() in _BINDING:
            bound = True
        elif not (_is_cut_after(text, place) or _is_cut_before(text, place)):
            if bound:
                yield place.word
            return


def as_printed(text: str, start: int, end: int) -> str:
    """Return the word at `[start, end)` as printed: a suspended one with the hyphen that says so.

    >>> as_printed("Wohnungs- und Stadtpolitik", 0, 8), as_printed("Klein-Linden", 0, 5)
    ('Wohnungs-', 'Klein')
    """
    hyphen, after = text[end : end + 1], text[end + 1 : end + 2]
    return text[start:end] + (hyphen if hyphen in _SUSPENDING and not after.isalnum() else "")

"""Mending line ends: printed lines become running text, letter for letter.

The rule was measured on 805 line-end hyphens of a real report: ask the dictionary for the joined word first, then
decide by what follows the hyphen. A hyphen before "und", "oder" … stands for a left-out word part and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import simplemma

from kb.model import Mark

COORDINATORS = frozenset(
    [
        "und",
        "oder",
        "bzw.",
        "bzw",
        "beziehungsweise",
        "sowie",
        "als",
        "bis",
        "statt",
        "noch",
        "wie",
        "sondern",
        "aber",
        "and",
        "or",
    ]
)
"""Words that follow a suspended hyphen ("Klein- und Mittelstädte", "sowohl Informations- als auch …")."""

FUNCTION_WORDS = frozenset(
    [
        "zum",
        "zur",
        "zu",
        "in",
        "im",
        "an",
        "am",
        "auf",
        "aus",
        "bei",
        "beim",
        "mit",
        "nach",
        "von",
        "vom",
        "vor",
        "für",
        "durch",
        "über",
        "unter",
        "um",
        "ohne",
        "gegen",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "ist",
        "sind",
        "war",
        "wird",
        "werden",
        "hat",
        "haben",
        "nicht",
        "auch",
    ]
)
"""Words no noun is ever joined to; a divided word before one of them was two words run together in print."""

_WORD_START = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 200


@dataclass(frozen=True)
class Mended:
    """Running text with the marks inside it; `doubts` names line ends that could be read in two ways."""

    text: str
    marks: tuple[Mark, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """The words of one line as they enter a paragraph: list mark and footnote calls already cut away.

    `page` is the label of the page that begins with this line, if one does; `notes` are the footnotes called in it,
    each with the number of characters before the call.
    """

    text: str
    page: str = ""
    notes: tuple[tuple[int, str], ...] = ()


@lru_cache(maxsize=100_000)
def is_word(text: str) -> bool:
    """Return whether the German dictionary knows `text`."""
    return bool(simplemma.is_known(text, lang="de"))


def mend(pieces: Iterable[Piece], *, known: Callable[[str], bool] = is_word) -> Mended:
    """Return the lines of one paragraph as running text, hyphens at line ends resolved.

    >>> mend([Piece("Klein-"), Piece("und Mittel-"), Piece("städte", page="12")]).text
    'Klein- und Mittelstädte'
    """
    text = ""
    marks: list[Mark] = []
    doubts: list[str] = []
    for piece in pieces:
        if not piece.text and not piece.page and not piece.notes:
            continue
        text, doubt = _joined(text, piece.text, known=known)
        if doubt:
            doubts.append(doubt)
        if piece.page:
            marks.append(Mark(len(text) - len(piece.text), "page", piece.page))
        marks += [Mark(len(text) - len(piece.text) + at, "note", note) for at, note in piece.notes]
    return Mended(text, tuple(marks), tuple(doubts))


def _joined(text: str, following: str, *, known: Callable[[str], bool]) -> tuple[str, str]:
    """Return `text` and the line after it as one text, and a doubt in words if there is one."""
    if not text or not following:
        return text + following, ""
    if following[0] in ".,;:!?)" and not following.startswith("..."):
        return text + following, ""
    if not text.endswith("-"):
        return f"{text} {following}", ""
    return _over_hyphen(text, following, known=known)


def _over_hyphen(text: str, following: str, *, known: Callable[[str], bool]) -> tuple[str, str]:
    left = text[-_LONGEST_WORD:].rsplit(None, 1)[-1]
    word = _WORD_START.match(following)
    right = word.group() if word else ""
    if left == "-" or not right:  # "und -" + "entwicklung": the hyphen stands for a left-out beginning
        return text + following, ""
    stem = _letters_before(left)
    if right.lower() in COORDINATORS and not known(stem + right):
        return f"{text} {following}", ""
    if known(stem + right) and right[0].islower():
        return text[:-1] + following, ""
    if right[0].isupper() or stem[-1:].isdigit() or _is_acronym(stem):
        return text + following, ""
    if right in FUNCTION_WORDS and known(stem):
        return f"{text[:-1]} {following}", f"Trennstrich ohne Wort dahinter: „{left} | {right}“"
    return text[:-1] + following, ""


def _letters_before(left: str) -> str:
    """Return the letters and digits just before the hyphen at the end of `left`: "(Forschungs-" gives "Forschungs"."""
    match = re.search(r"\w+(?=-$)", left)
    return match.group() if match else ""


def _is_acronym(stem: str) -> bool:
    return len(stem) > 1 and stem.isupper()

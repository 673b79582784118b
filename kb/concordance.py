"""A concordance: every occurrence of the words of a query on a line of its own, with the words around it (KWIC)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.generation import Generation
from kb.model import Passage
from kb.occurrences import occurrences
from kb.results import Search, Understood
from kb.text import fold

CONTEXTS = ("left", "right")
"""The contexts that lines may be sorted by; else they stand in the order of the passages."""

WIDTH = 40
"""How many signs of the context stand on either side unless somebody says otherwise."""

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_REACH = 200
"""Signs of the context that lines are sorted by."""


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence: `left`, `match` and `right` are the text as printed, white space as one blank.

    `page` is the printed page the match begins on.
    """

    left: str
    match: str
    right: str
    passage: Passage
    page: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines asked for, of so many `occurrences` in so many `passages`."""

    search: Search
    understood: Understood
    by: str
    lines: tuple[Line, ...]
    occurrences: int
    passages: int


def concordance(generation: Generation, search: Search, *, by: str = "", width: int = WIDTH) -> Concordance:
    """Return the occurrences of the words of `search`; its limit and offset cut the lines.

    They are sorted `by` the words on the right, or those on the left read backwards; else as the passages are, in the
    order of the search. Where some passages hold all words, only these are looked at.
    """
    looked_at = occurrences(generation, search)
    places: list[tuple[tuple[str, ...], int, int, int]] = []
    passages = 0
    for number, text, matches in looked_at.matches(generation):
        passages += 1
        places += [(_key(text, match.start, match.end, by), number, match.start, match.end) for match in matches]
    if by:
        places.sort(key=lambda place: place[0])
    first = max(0, search.offset)
    lines = [
        _line(generation.store[number], start, end, width)
        for _, number, start, end in places[first : first + max(0, search.limit)]
    ]
    return Concordance(search, looked_at.understood, by, tuple(lines), len(places), passages)


def _key(text: str, start: int, end: int, by: str) -> tuple[str, ...]:
    if by == "right":
        return tuple(map(fold, _WORD.findall(text[end : end + _REACH])))
    if by == "left":
        return tuple(map(fold, reversed(_WORD.findall(text[max(0, start - _REACH) : start]))))
    return ()


def _line(passage: Passage, start: int, end: int, width: int) -> Line:
    text = passage.text
    return Line(
        left=_last(_SPACE.sub(" ", text[:start]).lstrip(), width),
        match=_SPACE.sub(" ", text[start:end]),
        right=_first(_SPACE.sub(" ", text[end:]).rstrip(), width),
        passage=passage,
        page=page_at(passage, start),
    )


def _last(context: str, width: int) -> str:
    """Return the end of `context`, at most `width` signs, from the beginning of a word on.

    >>> _last("Wir bauen neue ", 10)
    'neue '
    """
    if len(context) <= width:
        return context
    cut = context[len(context) - width :]
    return cut if context[len(context) - width - 1] == " " else cut.partition(" ")[2]


def _first(context: str, width: int) -> str:
    """Return the beginning of `context`, at most `width` signs, to the end of a word."""
    if len(context) <= width:
        return context
    cut = context[:width]
    return cut if context[width] == " " else cut.rpartition(" ")[0]


def page_at(passage: Passage, offset: int) -> str:
    """Return the label of the printed page that the sign at `offset` of a passage stands on."""
    begun = [mark for mark in passage.marks if mark.kind == "page" and mark.offset <= offset]
    return max(begun, key=lambda mark: mark.offset).label if begun else passage.page_first

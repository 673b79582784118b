"""A concordance: every occurrence of the words of a query on a line of its own, with the words around it (KWIC)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.generation import Generation
from kb.model import Passage
from kb.occurrences import Spans, occurrences
from kb.results import Search, Understood

CONTEXTS = ("left", "right")
"""The contexts that lines may be sorted by; else they stand in the order of the passages."""

WIDTH = 40
"""How many signs of the context stand on either side unless somebody says otherwise."""

_SPACE = re.compile(r"\s+")
_REACH = 12
"""Words of the context that lines are sorted by."""


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
    spans = looked_at.spans(generation)
    first = max(0, search.offset)
    shown = _order(generation, spans, by)[first : first + max(0, search.limit)]
    return Concordance(
        search=search,
        understood=looked_at.understood,
        by=by,
        lines=tuple(_line(*_place(generation, spans, at), width) for at in map(int, shown)),
        occurrences=len(spans.firsts),
        passages=len(np.unique(spans.passages)),
    )


def _order(generation: Generation, spans: Spans, by: str) -> NDArray[np.int64]:
    """Return the matches in the order of the lines."""
    if not by:
        return np.arange(len(spans.firsts))
    ranks = generation.rows.ranks
    before = (ranks(spans.firsts, -step) for step in range(1, _REACH + 1))
    after = (ranks(spans.firsts, spans.lengths + step) for step in range(_REACH))
    keys = list(before if by == "left" else after)
    return np.lexsort(keys[::-1]) if len(spans.firsts) else np.arange(0)


def _place(generation: Generation, spans: Spans, at: int) -> tuple[Passage, int, int]:
    """Return the passage a match stands in, and where in its text."""
    number = int(spans.passages[at])
    passage = generation.store[number]
    tokens = generation.words_of(passage).tokens
    first = int(spans.firsts[at]) - generation.rows.first(number)
    return passage, tokens[first].start, tokens[first + int(spans.lengths[at]) - 1].end


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

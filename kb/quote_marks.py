"""Quotation marks: what stands between them in a text, whichever style it is set in.

The mark that closes a German quotation (“) opens an English one; which it is follows from what was opened before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLOSERS = {
    "„": '“”"',
    "“": "”",
    "”": "”",
    "»": "«",
    "«": "»",
    "‚": "‘’'",
    "‘": "’",
    "›": "‹",
    "‹": "›",
    '"': '"',
    "'": "'",
}
_MARK = re.compile("[„“”»«‚‘’›‹\"']")
_SINGLE = frozenset("‚‘’›‹'")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between quotation marks: `text[start:end]` without the marks, `depth` 0 for outermost ones."""

    start: int
    end: int
    depth: int
    is_single: bool = False


def marked_stretches(text: str) -> tuple[Marked, ...]:
    """Return what stands between quotation marks in `text`, inner ones too, by where it begins.

    A mark nobody closes opens nothing, unless it is the low German one: that quotation runs to the end.

    >>> text = "Er sagte: „Das „Wir“ zählt.“ – »Gut.«"
    >>> [text[one.start : one.end] for one in marked_stretches(text)]
    ['Das „Wir“ zählt.', 'Wir', 'Gut.']
    """
    opened: list[tuple[str, int]] = []
    found: list[Marked] = []
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if _is_apostrophe(text, at):
            continue
        closes = next((depth for depth in range(len(opened) - 1, -1, -1) if mark in _CLOSERS[opened[depth][0]]), None)
        if closes is not None and not (mark in _CLOSERS and _opens_here(text, at, opened[-1][0])):
            opener, start = opened[closes]
            found.append(Marked(start, at, closes, opener in _SINGLE))
            del opened[closes:]
        elif mark in _CLOSERS and _may_open(text, at):
            opened.append((mark, match.end()))
    found += [Marked(start, len(text), depth) for depth, (mark, start) in enumerate(opened) if mark == "„"]
    return tuple(sorted(found, key=lambda one: (one.start, one.depth)))


def outermost(text: str) -> Iterator[Marked]:
    """Yield the quotations of `text` that do not stand inside another one."""
    reached = -1
    for one in marked_stretches(text):
        if one.start >= reached:
            reached = one.end
            yield one


def _is_apostrophe(text: str, at: int) -> bool:
    """Return whether the mark stands between letters: "geht’s"."""
    return text[at] in "’'‘" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()


def _may_open(text: str, at: int) -> bool:
    """Return whether words begin behind the mark and none end before it."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and not before.isalnum()


def _opens_here(text: str, at: int, innermost: str) -> bool:
    """Return whether a mark that might close opens an inner quotation: the same „ is opened, and words begin."""
    return text[at] == "“" and innermost == "„" and text[at - 1 : at] in ("(", "„") and _may_open(text, at)

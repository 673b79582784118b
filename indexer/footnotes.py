"""Footnotes: bodies at the foot of a page, and the small digits in the text that call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.document import Line
from indexer.pages import Paged

_LONGEST_PAGE = 200
_RULE = re.compile(r"[_\-—–=]{5,}")
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_BODY = re.compile(r"(?:\[(\d{1,2})\]|([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})|(\d{1,2}))[.)]?\s+(?=\S)")


@dataclass(frozen=True)
class Footnote:
    """The body of a footnote: its mark and its lines as positions in the paged text."""

    mark: str
    positions: tuple[int, ...]


@dataclass(frozen=True)
class Call:
    """A footnote mark in the text: in the line at `position`, from character `start` to `end` of its text."""

    mark: str
    position: int
    start: int
    end: int


@dataclass(frozen=True)
class Footnotes:
    """All footnotes of a text; `rules` are the lines that part them from the text."""

    bodies: tuple[Footnote, ...]
    calls: tuple[Call, ...]
    rules: tuple[int, ...]

    @property
    def pairs(self) -> list[tuple[Call, Footnote]]:
        """Each call with the body it calls."""
        return list(zip(self.calls, self.bodies, strict=True))

    @property
    def taken(self) -> frozenset[int]:
        """Positions that are no running text: bodies, rules, and lines that hold nothing but a call."""
        bodies = {position for body in self.bodies for position in body.positions}
        return frozenset(bodies | set(self.rules))


def find_footnotes(paged: Paged) -> Footnotes:
    """Return the footnotes of a text. A body counts only if its mark is called on the same page, above it."""
    rules = tuple(i for i, line in enumerate(paged.lines) if _RULE.fullmatch(line.text))
    first_rule = {paged.page_of[rule]: rule for rule in reversed(rules)}
    bodies: list[Footnote] = []
    calls: list[Call] = []
    position = 0
    while position < len(paged.lines):
        mark = _body_mark(paged, position, first_rule)
        call = _find_call(paged, mark, position) if mark else None
        if mark and call:
            body = _body(paged, position, mark)
            bodies.append(Footnote(mark, body))
            calls.append(call)
            position = body[-1]
        position += 1
    return Footnotes(tuple(bodies), tuple(calls), rules)


def body_text(line: Line) -> str:
    """Return the first line of a footnote body without its mark."""
    return _BODY.sub("", line.text, count=1)


def _body_mark(paged: Paged, position: int, first_rule: Mapping[int, int]) -> str:
    """Return the mark of the footnote body that begins here, "" if none does.

    A body begins behind a rule, is set denser than the text, or is the last thing on its page.
    """
    match = _BODY.match(paged.lines[position].text)
    if not match:
        return ""
    dense = paged.line_gap > 0 and position + 1 < len(paged.lines) and paged.lines[position + 1].gap == 0
    dense = dense and not paged.opens(position + 1)
    behind_rule = first_rule.get(paged.page_of[position], position) < position
    if not (dense or behind_rule or _ends_page(paged, position)):
        return ""
    return _mark_of(match)


def _ends_page(paged: Paged, position: int) -> bool:
    """Return whether no larger gap parts this line from the end of its page, and one stands before it."""
    if paged.lines[position].gap <= paged.line_gap or len(paged.pages) < 2:
        return False
    after = position + 1
    while after < len(paged.lines) and not paged.opens(after):
        if paged.lines[after].gap > paged.line_gap and not _BODY.match(paged.lines[after].text):
            return False
        after += 1
    return True


def _opens_next(text: str, mark: str) -> bool:
    """Return whether a line opens the footnote after `mark`; any other number at its beginning is a figure."""
    match = _BODY.match(text)
    return match is not None and int(_mark_of(match)) == int(mark) + 1


def _mark_of(match: re.Match[str]) -> str:
    return (match.group(1) or match.group(2) or match.group(3)).translate(_SUPERSCRIPTS)


def _body(paged: Paged, first: int, mark: str) -> tuple[int, ...]:
    """Return the positions of a footnote body: up to the next mark, a gap, or the end of the page."""
    dense = paged.line_gap > 0
    last = first
    while last + 1 < len(paged.lines) and not paged.opens(last + 1):
        line = paged.lines[last + 1]
        if line.gap > (0 if dense else paged.line_gap) or _opens_next(line.text, mark):
            break
        last += 1
    return tuple(range(first, last + 1))


def _find_call(paged: Paged, mark: str, body: int) -> Call | None:
    """Return where `mark` is called on the page of its body: a lone digit, or one glued to a word."""
    position = body - 1
    glued = re.compile(rf"(?<=[^\W\d_.])(?:{mark}|{_superscript(mark)})(?!\w)|(?<=[.,;:!?“”»«\")]){mark}(?!\w)")
    while position >= max(0, body - _LONGEST_PAGE) and paged.page_of[position] == paged.page_of[body]:
        text = paged.lines[position].text
        if text.translate(_SUPERSCRIPTS) == mark:
            return Call(mark, position, 0, len(text))
        found = glued.search(text)
        if found and not _BODY.match(text):
            return Call(mark, position, found.start(), found.end())
        position -= 1
    return None


def _superscript(mark: str) -> str:
    return mark.translate(str.maketrans("1234567890", "¹²³⁴⁵⁶⁷⁸⁹⁰"))

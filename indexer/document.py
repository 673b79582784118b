"""What a reader hands on: the source as lines with offsets, nothing interpreted."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import SourceFile


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    `start` and `end` are code points of the decoded source around the printed characters (no outer white space);
    `text` is the same in NFC, ligatures resolved, private-use bullets as "•". `gap` counts the blank lines before
    it, `indent` the blanks at its beginning. `feed` tells that a form feed stands between it and the line above.
    """

    number: int
    start: int
    end: int
    text: str
    gap: int = 0
    indent: int = 0
    feed: bool = False

    @property
    def span(self) -> tuple[int, int]:
        return (self.start, self.end)


@dataclass(frozen=True)
class Document:
    """A source file as read: its non-blank lines in order, and where it came from."""

    source: SourceFile
    lines: tuple[Line, ...]

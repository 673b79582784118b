"""What the views of a search are made of, as frozen dataclasses: lines of context, charts, entries of a feed."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.parts import Link


@dataclass(frozen=True, slots=True)
class ContextLine:
    """One occurrence of the words of a search on a line: what stands before and after, who says it, where.

    `kind` is the word for a text of which nobody is named.
    """

    left: str
    match: str
    right: str
    path: str
    names: str
    kind: str
    voice: str
    page: str
    code: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """What falls to one value: `link` leads to the passages; figures as printed; `length` of the bar in percent."""

    link: Link
    occurrences: int
    passages: int
    relative: str
    length: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The values of one field as bars, `title` says what they are; of many the first are drawn, `left_out` others."""

    name: str
    title: str
    head: str
    bars: tuple[Bar, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A passage in a feed; `updated` is an ISO time in UTC."""

    title: str
    link: str
    updated: str
    author: str
    voice: str
    place: str
    snippet: tuple[tuple[str, bool], ...]
    language: str = ""

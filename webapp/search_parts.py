"""What the pages of a search are made of, as frozen dataclasses: hits, filters, lines of context, charts, its feed."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Passage
from webapp.parts import Link, ThemeNote


@dataclass(frozen=True, slots=True)
class HitEntry:
    """A hit on the search page; `language` is that of its edition.

    `in_forum` leads to the same search in the forum it stands in, unless this is it.
    """

    passage: Passage
    path: str
    section_path: str
    names: tuple[Link, ...]
    office: str
    role: str
    voice: str
    kind: str
    pages: str
    event: str
    snippet: tuple[tuple[str, bool], ...]
    themes: tuple[ThemeNote, ...]
    in_forum: Link | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one person or section: how many there are, the first of them, and the way to all (`more`).

    `path` leads to the page of the person or section; it is empty for hits that have none.
    """

    label: str
    path: str
    count: int
    hits: tuple[HitEntry, ...]
    more: Link
    language: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet value with its toggles as addresses; `language` as for a link."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    toggle: str
    exclude: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet on the search page: the choices shown at once and those behind „mehr …“.

    `hidden` counts all that are not shown at once; of very many, `more` has the first, `all_path` leads to the rest.
    """

    name: str
    label: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    active: bool
    hidden: int = 0
    all_path: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen facet value with the address of the search without it."""

    facet: str
    label: str
    excluded: bool
    path: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """A person of the programme of whom no statement is here.

    `silent_at` are events that print none, `missing` events whose words are not in this collection.
    """

    name: str
    path: str
    silent_at: tuple[Link, ...]
    missing: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a search is kept: the files it can be had as, its feed, and the link that remembers the corpus.

    `files` is empty where there is nothing to write or too much; `limit` says the latter.
    """

    files: tuple[Link, ...]
    feed: str
    link: str
    fingerprint: str
    release: str
    limit: str = ""


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

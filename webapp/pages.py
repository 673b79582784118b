"""What each template prints: one frozen dataclass a template, and the small ones they are made of.

A page is finished when it gets here: templates choose no words out of codes, count nothing and look nothing up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from flask import render_template

from kb.model import Edition, Section, Theme
from kb.results import Results
from webapp.parts import (
    AdditionRow,
    AlikeRow,
    CitationBox,
    ContentsLine,
    CorpusNote,
    EditionCard,
    Entry,
    HistoryRow,
    Link,
    OutlineNode,
    PersonRow,
    Proof,
    ThemeNote,
    Verdict,
)
from webapp.quoting import QuotationBox
from webapp.search_parts import (
    Absence,
    Chart,
    Chip,
    Choice,
    ContextLine,
    FacetGroup,
    FeedEntry,
    HitEntry,
    HitGroup,
    Keeping,
)
from webapp.section_find import SectionFind
from webapp.turns import TurnLine
from webapp.urls import Paging


@dataclass(frozen=True)
class Page:
    """A page: `template` names the file, the fields are its variables."""

    template: ClassVar[str]

    def render(self) -> str:
        """Return the page as HTML."""
        return render_template(self.template, **{entry.name: getattr(self, entry.name) for entry in fields(self)})


@dataclass(frozen=True)
class StartPage(Page):
    template = "start.html"
    editions: tuple[EditionCard, ...]
    corpus: CorpusNote
    examples: tuple[Link, ...]
    themes: tuple[Link, ...]
    theme_count: int
    people: tuple[Link, ...]
    people_count: int
    additions: tuple[AdditionRow, ...]


@dataclass(frozen=True)
class SearchPage(Page):
    template = "search.html"
    results: Results
    hits: tuple[HitEntry, ...]
    facets: tuple[FacetGroup, ...]
    chips: tuple[Chip, ...]
    groups: tuple[HitGroup, ...]
    sorts: tuple[tuple[Link, bool], ...]
    groupings: tuple[tuple[Link, bool], ...]
    views: tuple[tuple[Link, bool], ...]
    paging: Paging
    hidden: tuple[tuple[str, str], ...]
    without_filters: str
    json_path: str
    corpus: CorpusNote
    absent: tuple[Absence, ...]
    notes: tuple[str, ...]
    suggestion: Link | None
    synonyms: Link | None
    listed: tuple[str, int]
    keeping: Keeping


@dataclass(frozen=True)
class EditionPage(Page):
    template = "edition.html"
    edition: Edition
    date: str
    outline: tuple[OutlineNode, ...]
    passage_count: int
    people_count: int
    printed_in: str
    addresses: tuple[Link, ...]
    people: tuple[Link, ...]
    silent: tuple[Link, ...]
    search_path: str
    linked: Mapping[str, Any]


@dataclass(frozen=True)
class SectionPage(Page):
    template = "section.html"
    edition: Edition
    section: Section
    crumbs: tuple[Link, ...]
    pages: str
    people: tuple[tuple[str, tuple[Link, ...]], ...]
    in_forum: Link | None
    entries: tuple[Entry, ...]
    footnotes: tuple[Entry, ...]
    previous: Link | None
    next: Link | None
    contents: tuple[ContentsLine, ...]
    turns: TurnLine | None
    search: SectionFind
    path: str
    reference: str
    example: Link | None
    tags: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PassagePage(Page):
    template = "passage.html"
    edition: Edition
    crumbs: tuple[Link, ...]
    entry: Entry
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]
    question: Entry | None
    question_label: str
    views: tuple[tuple[Link, bool], ...]
    in_section: str
    kind: str
    meaning: str
    printed: str
    proof: Proof | None
    themes: tuple[ThemeNote, ...]
    citation: CitationBox
    verdicts: tuple[Verdict, ...]
    history: tuple[HistoryRow, ...]
    event_date: str
    quoting: QuotationBox
    alike: tuple[AlikeRow, ...]
    report: str


@dataclass(frozen=True)
class PeoplePage(Page):
    template = "people.html"
    people: tuple[PersonRow, ...]
    silent: tuple[PersonRow, ...]
    missing: tuple[PersonRow, ...]


@dataclass(frozen=True)
class ThemesPage(Page):
    template = "themes.html"
    themes: tuple[tuple[Theme, Link], ...]


@dataclass(frozen=True)
class EndedPage(Page):
    template = "ended.html"
    locator: str
    language: str
    verdict: Verdict
    history: tuple[HistoryRow, ...]
    section: Link | None


@dataclass(frozen=True)
class ErrorPage(Page):
    template = "error.html"
    status: int
    title: str
    message: str
    hints: Sequence[Link]
    command: str = ""


@dataclass(frozen=True)
class ContextPage(Page):
    template = "context.html"
    text: str
    understood: str
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    hidden: tuple[tuple[str, str], ...]
    without_filters: str
    views: tuple[tuple[Link, bool], ...]
    orders: tuple[tuple[Link, bool], ...]
    lines: tuple[ContextLine, ...]
    occurrences: int
    passages: int
    paging: Paging
    json_path: str


@dataclass(frozen=True)
class DistributionPage(Page):
    template = "distribution.html"
    text: str
    understood: str
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    hidden: tuple[tuple[str, str], ...]
    without_filters: str
    views: tuple[tuple[Link, bool], ...]
    measures: tuple[tuple[Link, bool], ...]
    charts: tuple[Chart, ...]
    occurrences: int
    passages: int
    relative: str
    json_path: str


@dataclass(frozen=True)
class Feed(Page):
    template = "feed.xml"
    title: str
    link: str
    self_link: str
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True)
class ChoicePage(Page):
    template = "choice.html"
    facet: str
    label: str
    understood: str
    written: str
    choices: tuple[Choice, ...]
    total: int
    hidden: tuple[tuple[str, str], ...]
    back: str

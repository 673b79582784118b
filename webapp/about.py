"""The pages about the application itself: how to search, and what the collection is, how it was made, its limits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import current_app

from webapp.examples import help_examples
from webapp.facets import corpus_note
from webapp.library import Library, event_link
from webapp.pages import Page
from webapp.parts import CorpusNote, Link
from webapp.typography import long_date


@dataclass(frozen=True)
class HelpPage(Page):
    template = "help.html"
    examples: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AboutEdition:
    """An edition as the page about the collection names it."""

    link: Link
    date: str
    people: int
    rights: str
    fictional: bool


@dataclass(frozen=True)
class AboutPage(Page):
    template = "about.html"
    editions: tuple[AboutEdition, ...]
    corpus: CorpusNote
    people: int
    report: str


def help_page(here: Library) -> HelpPage:
    """Return the help on searching, with examples that find something in this collection."""
    return HelpPage(examples=help_examples(here))


def about_page(here: Library) -> AboutPage:
    """Return what is in the collection, how it was made, what it cannot say and how accessible the pages are."""
    return AboutPage(
        editions=_editions(here),
        corpus=corpus_note(here),
        people=len(set(here.counts("speaker")) & set(here.speakers)),
        report=current_app.config["REPORT"],
    )


def _editions(here: Library) -> tuple[AboutEdition, ...]:
    counts = here.counts("edition")
    newest_first = sorted(here.editions.values(), key=lambda edition: -(edition.year or 0))
    return tuple(
        AboutEdition(
            link=replace(event_link(edition), count=counts.get(edition.id, 0)),
            date=long_date(edition.event.date),
            people=len(here.statements(edition.id)),
            rights=edition.publication.rights,
            fictional=edition.fictional,
        )
        for edition in newest_first
    )

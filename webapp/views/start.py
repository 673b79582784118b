"""The start page: what is in here, what was added last, and searches that find something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Blueprint

from webapp import urls
from webapp.additions import Addition, additions
from webapp.entries import person_link
from webapp.examples import start_examples
from webapp.facets import corpus_note
from webapp.library import Library, event_name, library
from webapp.pages import StartPage
from webapp.parts import AdditionRow, EditionCard, Link
from webapp.typography import long_date

blueprint = Blueprint("start", __name__)
_MOST = 12
"""So many themes and people are named here; the lists have all."""


@blueprint.get("/")
def start() -> str:
    """Return the start page."""
    here = library()
    themes, people = _most(here.counts("theme"), here.themes), _most(here.counts("speaker"), here.speakers)
    page = StartPage(
        editions=tuple(_cards(here)),
        corpus=corpus_note(here),
        examples=tuple(start_examples(here)),
        themes=tuple(Link(here.label("theme", one), urls.theme_path(one), count=themes[one]) for one in themes),
        theme_count=len(here.themes),
        people=tuple(person_link(here, one, count=people[one]) for one in people),
        people_count=len(here.heard),
        additions=tuple(_addition_row(here, one) for one in additions(here)),
    )
    return page.render()


def _most(counts: Mapping[str, int], known: Mapping[str, object]) -> dict[str, int]:
    """Return the known values that most passages have, with their counts."""
    found = sorted((one for one in counts if one in known and counts[one]), key=lambda one: -counts[one])
    return {one: counts[one] for one in found[:_MOST]}


def _addition_row(here: Library, one: Addition) -> AdditionRow:
    return AdditionRow(
        day=long_date(one.day),
        new=_event_links(here, one.new),
        revised=_event_links(here, one.revised),
        passages=one.passages,
        version=one.version,
    )


def _event_links(here: Library, editions: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(
        Link(event_name(here.editions[one]), urls.edition_path(one)) for one in editions if one in here.editions
    )


def _cards(here: Library) -> Iterator[EditionCard]:
    counts = here.counts("edition")
    for edition in here.newest_first():
        yield EditionCard(
            edition=edition,
            path=urls.edition_path(edition.id),
            date=long_date(edition.event.date),
            passages=counts.get(edition.id, 0),
            people=len(here.statements(edition.id)),
        )

"""The start page: what is in here, and searches that find something."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint

from webapp import urls
from webapp.examples import start_examples
from webapp.facets import corpus_note
from webapp.library import Library, library
from webapp.pages import StartPage
from webapp.parts import EditionCard
from webapp.typography import long_date

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def start() -> str:
    """Return the start page."""
    here = library()
    people = set(here.counts("speaker")) & set(here.speakers)
    page = StartPage(
        editions=tuple(_cards(here)),
        corpus=corpus_note(here),
        people_count=len(people),
        examples=tuple(start_examples(here)),
    )
    return page.render()


def _cards(here: Library) -> Iterator[EditionCard]:
    counts = here.counts("edition")
    for edition in sorted(here.editions.values(), key=lambda edition: -(edition.year or 0)):
        yield EditionCard(
            edition=edition,
            path=urls.edition_path(edition.id),
            date=long_date(edition.event.date),
            passages=counts.get(edition.id, 0),
            people=len(here.statements(edition.id)),
        )

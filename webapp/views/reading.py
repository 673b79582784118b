"""Reading pages: an edition, a section of it, one passage."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kb.errors import LocatorError
from kb.locator import parse_locator
from webapp import urls
from webapp.entries import (
    outline,
    person_link,
)
from webapp.library import library, programme_people
from webapp.pages import EditionPage
from webapp.passage_page import passage_page
from webapp.section_page import section_page
from webapp.typography import long_date

blueprint = Blueprint("reading", __name__)
_AROUND = 1


@blueprint.get("/<edition_id>")
def edition(edition_id: str) -> str:
    """Return the page of an event: what it was, its outline, its people."""
    here = library()
    found = here.edition(edition_id)
    statements = here.statements(edition_id)
    known = statements if here.has_words(edition_id) else programme_people(found)
    people = sorted(known, key=lambda person: here.speaker(person).surname)
    page = EditionPage(
        edition=found,
        date=long_date(found.event.date),
        outline=outline(here, found, here.sections_with_words(edition_id)),
        passage_count=here.counts("edition").get(edition_id, 0),
        people=tuple(person_link(here, one, edition_id=edition_id, count=statements.get(one)) for one in people),
        silent=tuple(person_link(here, one, edition_id=edition_id) for one in here.silent(found)),
        search_path=urls.search_path(urls.filtered("edition", edition_id)),
    )
    return page.render()


@blueprint.get("/<edition_id>/<path:place>")
def place(edition_id: str, place: str) -> str | Response:
    """Return the reading page of a section or, where the address ends in a number, the page of a passage."""
    if place.endswith("/"):
        return redirect(request.path.rstrip("/"), code=308)
    here = library()
    try:
        locator, fingerprint = parse_locator(f"{edition_id}/{place}")
    except LocatorError:
        return section_page(here, here.edition(edition_id), here.section(edition_id, place)).render()
    return passage_page(here, locator, fingerprint or "").render()

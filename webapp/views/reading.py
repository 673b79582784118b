"""Reading pages: an edition, a section of it, one passage."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kb.errors import LocatorError
from kb.locator import parse_locator
from kb.model import Edition, Kind, Section
from webapp import urls
from webapp.entries import (
    crumbs,
    outline,
    person_link,
    reading_entries,
    section_people,
)
from webapp.library import Library, library, programme_people
from webapp.pages import EditionPage, SectionPage
from webapp.parts import Link
from webapp.passage_page import passage_page
from webapp.typography import long_date, printed_pages

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
        return _section_page(here, here.edition(edition_id), here.section(edition_id, place)).render()
    return passage_page(here, locator, fingerprint or "").render()


def _section_page(here: Library, found: Edition, section: Section) -> SectionPage:
    passages = here.index.passages_in(found.id, section.id)
    entries = reading_entries(here, found, section, passages)
    previous, following = _beside(found, section)
    return SectionPage(
        edition=found,
        section=section,
        crumbs=crumbs(found, section.id, include_last=False),
        pages=printed_pages(section.page_first, section.page_last),
        people=section_people(here, section),
        entries=tuple(one for one in entries if one.passage.kind is not Kind.FOOTNOTE),
        footnotes=tuple(one for one in entries if one.passage.kind is Kind.FOOTNOTE),
        previous=previous,
        next=following,
    )


def _beside(found: Edition, section: Section) -> tuple[Link | None, Link | None]:
    """Return the sections before and after one on the same level, in reading order."""
    depth = section.id.count("/")
    level = [one for one in found.sections if one.id.count("/") == depth]
    here = level.index(section)
    links = [Link(one.label, urls.section_path(found.id, one.id)) for one in level]
    return (links[here - 1] if here else None), (links[here + 1] if here + 1 < len(links) else None)

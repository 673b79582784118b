"""Reading pages: an edition, a section of it, one passage."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from kb.errors import LocatorError
from kb.locator import parse_locator
from webapp.event_page import event_page
from webapp.library import library
from webapp.passage_page import passage_page
from webapp.section_page import section_page
from webapp.signposting import passage_links, section_links

blueprint = Blueprint("reading", __name__)


@blueprint.get("/<edition_id>")
def edition(edition_id: str) -> str:
    """Return the page of an event: what it was, its outline, its people."""
    here = library()
    return event_page(here, here.edition(edition_id)).render()


@blueprint.get("/<edition_id>/<path:place>")
def place(edition_id: str, place: str) -> Response:
    """Return the reading page of a section or, where the address ends in a number, the page of a passage."""
    if place.endswith("/"):
        return redirect(request.path.rstrip("/"), code=308)
    try:
        locator, fingerprint = parse_locator(f"{edition_id}/{place}")
    except LocatorError:
        return _section(edition_id, place)
    page = passage_page(library(), locator, fingerprint or "")
    return _linked(page.render(), passage_links(page))


def _section(edition_id: str, section_id: str) -> Response:
    here = library()
    page = section_page(here, here.edition(edition_id), here.section(edition_id, section_id))
    return _linked(page.render(), section_links(page))


def _linked(html: str, links: str) -> Response:
    answer = make_response(html)
    answer.headers["Link"] = links
    return answer

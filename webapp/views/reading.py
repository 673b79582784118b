"""Reading pages: an edition, a section of it, one passage."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kb.errors import LocatorError
from kb.locator import parse_locator
from webapp.event_page import event_page
from webapp.library import library
from webapp.passage_page import passage_page
from webapp.section_page import section_page

blueprint = Blueprint("reading", __name__)


@blueprint.get("/<edition_id>")
def edition(edition_id: str) -> str:
    """Return the page of an event: what it was, its outline, its people."""
    here = library()
    return event_page(here, here.edition(edition_id)).render()


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

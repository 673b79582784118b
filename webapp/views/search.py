"""The search page."""

from __future__ import annotations

from flask import Blueprint, request

from webapp import urls
from webapp.keeping import state_note
from webapp.library import library
from webapp.search_page import search_page

blueprint = Blueprint("search", __name__)


@blueprint.get("/suche")
def search() -> str:
    """Return the page of results for the search in the address."""
    here = library()
    results = here.search(urls.page_search(request.args))
    return search_page(here, results, state_note(here, urls.remembered_state(request.args))).render()

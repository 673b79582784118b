"""The search page."""

from __future__ import annotations

from flask import Blueprint, request

from kb.results import Results, Search
from webapp import urls
from webapp.entries import hit_entry
from webapp.facets import absences, chips, corpus_note, facet_groups, hidden_fields, sort_links
from webapp.library import Library, library
from webapp.offers import suggestion_link, synonyms_link
from webapp.pages import SearchPage

blueprint = Blueprint("search", __name__)


@blueprint.get("/suche")
def search() -> str:
    """Return the page of results for the search in the address."""
    here = library()
    results = here.search(urls.page_search(request.args))
    return _page(here, results).render()


def _page(here: Library, results: Results) -> SearchPage:
    asked = results.search
    return SearchPage(
        results=results,
        hits=tuple(hit_entry(here, hit) for hit in results.hits),
        facets=facet_groups(here, results),
        chips=chips(here, asked),
        sorts=sort_links(asked),
        paging=urls.paging(asked, results.total),
        hidden=hidden_fields(asked),
        without_filters=urls.search_path(Search(asked.text)) if asked.filters else "",
        json_path=urls.api_search_path(asked),
        corpus=corpus_note(here),
        absent=tuple(absences(here, asked)),
        notes=tuple(note for note in results.understood.notes if note != results.understood.offer),
        suggestion=suggestion_link(results),
        synonyms=synonyms_link(results),
    )

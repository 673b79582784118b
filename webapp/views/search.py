"""The search page."""

from __future__ import annotations

from flask import Blueprint, request

from kb.results import Results, Search
from kb.translation import gettext as _
from webapp import urls
from webapp.entries import hit_entry
from webapp.facets import absences, chips, corpus_note, facet_groups, group_links, hidden_fields, sort_links
from webapp.keeping import hit_groups, keeping, state_note, view_links
from webapp.library import Library, library
from webapp.offers import suggestion_link, synonyms_link
from webapp.pages import SearchPage
from webapp.views.export import MAX_PASSAGES
from webapp.wording import LISTED

blueprint = Blueprint("search", __name__)


@blueprint.get("/suche")
def search() -> str:
    """Return the page of results for the search in the address."""
    here = library()
    results = here.search(urls.page_search(request.args))
    return _page(here, results, state_note(here, urls.remembered_state(request.args))).render()


def _page(here: Library, results: Results, notes: tuple[str, ...]) -> SearchPage:
    asked = results.search
    told = (note for note in results.understood.notes if note != results.understood.offer)
    return SearchPage(
        results=results,
        hits=() if asked.group else tuple(hit_entry(here, hit, asked) for hit in results.hits),
        groups=hit_groups(here, results),
        facets=facet_groups(here, results),
        chips=chips(here, asked),
        sorts=sort_links(asked),
        groupings=group_links(asked),
        views=view_links(asked, 0),
        paging=urls.paging(asked, results.group_count if asked.group else results.total),
        hidden=hidden_fields(asked),
        without_filters=urls.search_path(Search(asked.text)) if asked.filters else "",
        json_path=urls.api_search_path(asked),
        corpus=corpus_note(here),
        absent=tuple(absences(here, asked)),
        notes=(*notes, *told),
        suggestion=suggestion_link(results),
        synonyms=synonyms_link(results),
        listed=_listed(results),
        keeping=keeping(here, results, most=MAX_PASSAGES),
    )


def _listed(results: Results) -> tuple[str, int]:
    """Return what the list counts, hits or groups, and how many of it there are."""
    group = results.search.group
    return _(LISTED[group]), results.group_count if group else results.total

"""The search page: the hits or groups, what narrows them, how the query was understood, how the search is kept."""

from __future__ import annotations

from kb.results import Results, Search
from kb.translation import gettext as _
from webapp import urls
from webapp.entries import hit_entry
from webapp.facets import absences, chips, corpus_note, facet_groups, group_links, hidden_fields, sort_links
from webapp.keeping import hit_groups, keeping, view_links
from webapp.library import Library
from webapp.offers import suggestion_link, synonyms_link
from webapp.pages import SearchPage
from webapp.wording import LISTED


def search_page(here: Library, results: Results, notes: tuple[str, ...]) -> SearchPage:
    """Return the page of the results of a search; `notes` are told before those on how it was understood."""
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
        keeping=keeping(here, results),
    )


def _listed(results: Results) -> tuple[str, int]:
    """Return what the list counts, hits or groups, and how many of it there are."""
    group = results.search.group
    return _(LISTED[group]), results.group_count if group else results.total

"""Other views of a search: its words in their contexts, in figures, and as a feed."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Blueprint, Response, request

from kb.concordance import concordance
from kb.distribution import distribution
from kb.errors import NotFound
from kb.export.found import found_by
from kb.labels import FACETS, facet_word
from kb.results import Results, Search
from kb.search_arguments import BadArgument
from webapp import urls
from webapp.citing import base_url
from webapp.facets import chips, containing, facet_choices, hidden_fields
from webapp.findings import charts, context_lines, context_orders, feed_entries, measure_links, per_10000
from webapp.keeping import view_links
from webapp.library import Library, library
from webapp.pages import ChoicePage, ContextPage, DistributionPage, Feed

FEED_ENTRIES = 30
_WIDTH = 55
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
blueprint = Blueprint("findings", __name__, url_prefix="/suche")


@blueprint.get("/kontext")
def context() -> str:
    """Return the page with each occurrence of the words of a search on a line of its own."""
    here = library()
    wanted, by = urls.context_search(request.args)
    asked, notes = here.resolved(wanted)
    return _context_page(here, asked, by, notes).render()


def _context_page(here: Library, asked: Search, by: str, notes: tuple[str, ...]) -> ContextPage:
    found = concordance(here.index.generation, asked, by=by, width=_WIDTH)
    bare = replace(asked, sort="relevance")
    return ContextPage(
        text=asked.text,
        understood=found.understood.words,
        notes=(*found.understood.notes, *notes),
        chips=chips(here, bare, address=lambda search: urls.context_path(search, by)),
        hidden=(*hidden_fields(bare), *((("by", by),) if by else ())),
        without_filters=urls.context_path(Search(asked.text), by) if asked.filters else "",
        views=view_links(bare, 1),
        orders=context_orders(bare, by),
        lines=context_lines(here, found),
        occurrences=found.occurrences,
        passages=found.passages,
        paging=urls.paging(
            bare,
            found.occurrences,
            per_page=urls.LINES_PER_PAGE,
            address=lambda search: urls.context_path(search, by),
        ),
        json_path=urls.api_path("concordance", bare, *((("by", by),) if by else ())),
    )


@blueprint.get("/verteilung")
def spread() -> str:
    """Return the page that tells who says the words of a search how often, where in the programme and when."""
    here = library()
    asked, notes = here.resolved(replace(urls.page_search(request.args), sort="relevance", group="", offset=0))
    return _distribution_page(here, asked, _is_relative(), notes).render()


def _is_relative() -> bool:
    measure = request.args.get("measure", "")
    if measure not in ("", "relative"):
        raise BadArgument("measure", measure, "relative")
    return measure == "relative"


def _distribution_page(here: Library, asked: Search, relative: bool, notes: tuple[str, ...]) -> DistributionPage:
    found = distribution(here.index.generation, asked)
    measure = (("measure", "relative"),) if relative else ()
    return DistributionPage(
        text=asked.text,
        understood=found.understood.words,
        notes=(*found.understood.notes, *notes),
        chips=chips(here, asked, address=lambda search: urls.distribution_path(search, relative=relative)),
        hidden=(*hidden_fields(asked), *measure),
        without_filters=urls.distribution_path(Search(asked.text), relative=relative) if asked.filters else "",
        views=view_links(asked, 2),
        measures=measure_links(asked, relative=relative),
        charts=charts(here, found, relative=relative) if found.whole.occurrences else (),
        occurrences=found.whole.occurrences,
        passages=found.whole.passages,
        relative=per_10000(found.whole),
        json_path=urls.api_path("distribution", asked),
    )


@blueprint.get("/auswahl/<facet>")
def choice(facet: str) -> str:
    """Return the page with all values of a facet that the search in the address may be narrowed to.

    Raises:
        NotFound: there is no such facet.
    """
    here = library()
    if facet not in FACETS:
        raise NotFound("address", request.path)
    results = here.search(replace(urls.page_search(request.args), offset=0))
    return _choice_page(here, results, facet, request.args.get("enthaelt", "")).render()


def _choice_page(here: Library, results: Results, facet: str, written: str) -> ChoicePage:
    choices = facet_choices(here, results, facet)
    asked = results.search
    return ChoicePage(
        facet=facet,
        label=facet_word(facet),
        understood=results.understood.words,
        written=written,
        choices=containing(choices, written),
        total=len(choices),
        hidden=((("q", asked.text),) if asked.text else ()) + hidden_fields(asked),
        back=urls.search_path(asked),
    )


@blueprint.get("/feed")
def feed() -> Response:
    """Return the passages with all words of a search as an Atom feed, those of the latest events first."""
    here = library()
    asked = replace(urls.page_search(request.args), sort="newest", group="", offset=0, limit=FEED_ENTRIES)
    results = here.search(asked)
    complete = found_by(here.index, results.search, also_partial=False)[1]
    hits = () if results.understood.is_corrected else results.hits[:complete]
    page = Feed(
        title=f"Wortlaut: {results.understood.words}",
        link=base_url() + urls.search_path(replace(asked, sort="relevance")),
        self_link=base_url() + urls.feed_path(asked),
        updated=here.index.manifest.built_at,
        entries=tuple(feed_entries(here, hits)),
    )
    return Response(_NO_XML.sub("", page.render()), content_type="application/atom+xml; charset=utf-8")

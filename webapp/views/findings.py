"""Other views of a search: its words in their contexts, in figures, and as a feed."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Blueprint, Response, request

from kb.errors import NotFound
from kb.export.found import found_by
from kb.labels import FACETS
from kb.search_arguments import BadArgument
from webapp import urls
from webapp.citing import base_url
from webapp.findings import choice_page, context_page, distribution_page, feed_entries
from webapp.library import library
from webapp.pages import Feed

FEED_ENTRIES = 30
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
blueprint = Blueprint("findings", __name__, url_prefix="/suche")


@blueprint.get("/kontext")
def context() -> str:
    """Return the page with each occurrence of the words of a search on a line of its own."""
    here = library()
    wanted, by = urls.context_search(request.args)
    asked, notes = here.resolved(wanted)
    return context_page(here, asked, by, notes).render()


@blueprint.get("/verteilung")
def spread() -> str:
    """Return the page that tells who says the words of a search how often, where in the programme and when."""
    here = library()
    asked, notes = here.resolved(replace(urls.page_search(request.args), sort="relevance", group="", offset=0))
    return distribution_page(here, asked, notes, relative=_is_relative()).render()


def _is_relative() -> bool:
    measure = request.args.get("measure", "")
    if measure not in ("", "relative"):
        raise BadArgument("measure", measure, "relative")
    return measure == "relative"


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
    return choice_page(here, results, facet, request.args.get("enthaelt", "")).render()


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

"""The JSON interface, version 1: the twin of what the pages show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request

from kb.citation_json import citation_json
from kb.completion import completion_json
from kb.concordance import concordance
from kb.distribution import distribution
from kb.errors import NotFound
from kb.findings_json import concordance_json, distribution_json, explanation_json, similar_json
from kb.locator import parse_locator
from kb.model import Passage
from kb.passage_json import passage_json
from kb.results import Search
from kb.results_json import results_json
from kb.similar import similar
from webapp.citing import asked_citation, base_url, citation_file
from webapp.delivery import page_links
from webapp.history import history_json
from webapp.library import library
from webapp.openapi.description import description
from webapp.urls import api_context, api_limit, api_search

_SIMILAR = 5
blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """Return hits, facets and how the query was understood; with `explain=1` what each score is made of."""
    return search_answer(api_search(request.args))


def search_answer(asked: Search) -> Response:
    """Return the answer to a search, with the addresses of its other parts."""
    results = library().search(asked)
    explanations = library().index.explanations(results) if request.args.get("explain") == "1" else ()
    told = tuple(map(explanation_json, explanations))
    total = results.group_count if results.search.group else results.total
    return _part_of(total, results.search, results_json(results, base_url=base_url(), explanations=told))


@blueprint.get("/concordance")
def concordance_lines() -> Response:
    """Return every occurrence of the words of a query with the words around it."""
    return concordance_answer(api_search(request.args, sort="reading"), *api_context(request.args))


def concordance_answer(wanted: Search, by: str, width: int) -> Response:
    """Return the lines of a concordance, with the addresses of its other parts."""
    asked, notes = library().resolved(wanted)
    found = concordance(library().index.generation, asked, by=by, width=width)
    return _part_of(found.occurrences, asked, concordance_json(found, base_url=base_url(), notes=notes))


@blueprint.get("/distribution")
def distribution_counts() -> Response:
    """Return how often the words of a query stand in each section, year, edition and speaker's words."""
    return distribution_answer(api_search(request.args))


def distribution_answer(wanted: Search) -> Response:
    """Return the figures on a search."""
    asked, notes = library().resolved(wanted)
    return jsonify(distribution_json(distribution(library().index.generation, asked), notes=notes))


@blueprint.get("/passages/<path:locator>/similar")
def similar_passages(locator: str) -> Response:
    """Return passages that say something like the one at `locator`, with the words they share."""
    found = similar(library().index.generation, _passage(locator), limit=api_limit(request.args, _SIMILAR))
    return jsonify(similar_json(found, base_url=base_url()))


@blueprint.get("/suggest")
def suggest() -> Response:
    """Return words, people, themes and sections that begin as typed."""
    text = request.args.get("q", "")
    return jsonify(completion_json(text, library().index.complete(text)))


@blueprint.get("/passages/<path:locator>")
def passage(locator: str) -> Response:
    """Return one passage."""
    return jsonify(passage_json(_passage(locator)))


@blueprint.get("/passages/<path:locator>/history")
def history(locator: str) -> Response:
    """Return what became of the words cited with this locator and fingerprint, and all that happened to the passage."""
    return jsonify(history_json(library(), locator))


@blueprint.get("/passages/<path:locator>/citation")
def citation(locator: str) -> Response:
    """Return the citation of a passage, or of a range of one section, in the style asked for."""
    return jsonify(citation_json(asked_citation(locator, request.args)))


@blueprint.get("/passages/<path:locator>/citation/<form>")
def citation_download(locator: str, form: str) -> Response:
    """Return the citation as a file for reference managers: bibtex, biblatex, ris or csl-json."""
    return citation_file(locator, form, request.args)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Return the description of this interface for programs."""
    return jsonify(description(base_url()))


@blueprint.get("/<path:anything>")
def nothing(anything: str) -> Response:
    """Say that the interface has no such address, instead of letting a reading page look for it."""
    raise NotFound("address", f"/api/v1/{anything}")


def _part_of(total: int, asked: Search, shown: Mapping[str, Any]) -> Response:
    """Return the part of an answer that was asked for, with the addresses of the others."""
    answer = jsonify(shown)
    links = page_links(asked, total)
    if links:
        answer.headers["Link"] = links
    return answer


def _passage(written: str) -> Passage:
    locator, _ = parse_locator(written)
    return library().passage(locator)

"""The JSON twin of each page: at the address of the page, with its parameters, under `/api/v1`."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, jsonify, request

from kb.errors import LocatorError, NotFound
from kb.locator import parse_locator
from kb.passage_json import passage_json
from kb.printed_page import PAGE_WORD
from kb.results import FACETS
from webapp import twin_json, urls
from webapp.citing import base_url
from webapp.library import library
from webapp.views.api import concordance_answer, distribution_answer, search_answer
from webapp.views.quoting import page_passages

blueprint = Blueprint("twins", __name__, url_prefix="/api/v1")


@blueprint.get("/")
def start() -> Response:
    """Return what is in the collection, as the start page says it."""
    return jsonify(twin_json.start_json(library(), base_url=base_url()))


@blueprint.get("/suche")
def search() -> Response:
    """Return the page of results the address asks for."""
    return search_answer(urls.page_search(request.args))


@blueprint.get("/suche/kontext")
def context() -> Response:
    """Return the page of contexts the address asks for."""
    asked, by = urls.context_search(request.args)
    return concordance_answer(asked, by, urls.api_context(request.args)[1])


@blueprint.get("/suche/verteilung")
def spread() -> Response:
    """Return the figures on the search in the address."""
    return distribution_answer(urls.page_search(request.args))


@blueprint.get("/suche/auswahl/<facet>")
def choice(facet: str) -> Response:
    """Return all values of a facet that the search in the address may be narrowed to.

    Raises:
        NotFound: there is no such facet.
    """
    if facet not in FACETS:
        raise NotFound("address", request.path)
    here = library()
    results = here.search(replace(urls.page_search(request.args), offset=0))
    return jsonify(twin_json.choices_json(here, results, facet, request.args.get("enthaelt", "")))


@blueprint.get("/personen")
def people() -> Response:
    """Return everybody of the authority file."""
    return jsonify(twin_json.people_json(library(), base_url=base_url()))


@blueprint.get("/personen/<speaker_id>")
def person(speaker_id: str) -> Response:
    """Return one person with the passages the address asks for."""
    here = library()
    speaker = here.speaker(speaker_id)
    return jsonify(twin_json.person_json(here, speaker, urls.voice_page(request.args), base_url=base_url()))


@blueprint.get("/themen")
def themes() -> Response:
    """Return all themes."""
    return jsonify(twin_json.themes_json(library(), base_url=base_url()))


@blueprint.get("/hilfe")
def searching() -> Response:
    """Return queries that find something."""
    return jsonify(twin_json.help_json(library(), base_url=base_url()))


@blueprint.get("/ueber")
def about() -> Response:
    """Return the state and the rights of the collection."""
    return jsonify(twin_json.about_json(library(), base_url=base_url()))


@blueprint.get("/pruefen")
def check_limits() -> Response:
    """Return what may be sent to be checked, and which verdicts there are."""
    return jsonify(twin_json.checking_json(base_url=base_url()))


@blueprint.get(f"/<edition_id>/{PAGE_WORD}/<label>")
def page(edition_id: str, label: str) -> Response:
    """Return the passages on a printed page."""
    return page_passages(edition_id, label)


@blueprint.get("/<edition_id>")
def edition(edition_id: str) -> Response:
    """Return an event: facts, programme, participants."""
    here = library()
    return jsonify(twin_json.event_json(here, here.edition(edition_id), base_url=base_url()))


@blueprint.get("/<edition_id>/<path:place>")
def place(edition_id: str, place: str) -> Response:
    """Return a section with its passages or, where the address ends in a number, the passage."""
    here = library()
    try:
        locator, _ = parse_locator(f"{edition_id}/{place}")
    except LocatorError:
        edition, section = here.edition(edition_id), here.section(edition_id, place)
        return jsonify(twin_json.section_json(here, edition, section, base_url=base_url()))
    return jsonify(passage_json(here.passage(locator)))

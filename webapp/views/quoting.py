"""Printed pages, and the JSON twins of printed pages and of the quotation builder."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, jsonify, request

from kb.citation_wording import LOCALES
from kb.locator import parse_locator
from kb.passage_json import passage_json
from kb.printed_page import PAGE_WORD, page_path, passages_on
from kb.quotation import QuotationRefused
from kb.quotation_links import quotation_citation, quotation_fragment, quotation_json
from kb.selection import SelectionError
from kb.styling import STYLES, styled
from webapp.citing import base_url, chosen
from webapp.library import library
from webapp.printed_page import printed_page
from webapp.problems import problem
from webapp.quoting import asked_quotation

blueprint = Blueprint("quoting", __name__)


@blueprint.get(f"/<edition_id>/{PAGE_WORD}/<label>")
def page(edition_id: str, label: str) -> str:
    """Return what stands on a printed page."""
    here = library()
    return printed_page(here, here.edition(edition_id), label, base_url=base_url()).render()


@blueprint.get("/api/v1/editions/<edition_id>/pages/<label>")
def page_passages(edition_id: str, label: str) -> Response:
    """Return the passages on a printed page."""
    here = library()
    edition = here.edition(edition_id)
    found = passages_on(here.index.passages_in(edition.id), edition.id, label)
    return jsonify(
        {
            "edition": edition.id,
            "page": label,
            "link": f"{base_url()}/{page_path(edition.id, label)}",
            "passages": [passage_json(one) for one in found],
        }
    )


@blueprint.get("/api/v1/passages/<path:locator>/quotation")
def quotation(locator: str) -> Response:
    """Return the quotation built of the words chosen by `w`; with `sentences=1` of whole sentences."""
    place, fingerprint = parse_locator(locator)
    here = library()
    passage = here.passage(place)
    edition, around = here.edition(place.edition), here.around(passage)
    style, locale = chosen(request.args, "style", tuple(STYLES)), chosen(request.args, "locale", LOCALES)
    built = asked_quotation(passage, fingerprint or "", request.args, around, edition)
    citation = quotation_citation(built, edition, base_url=base_url(), accessed=date.today(), locale=locale)
    return jsonify(quotation_json(built, styled(citation, style, locale), quotation_fragment(built, around)))


@blueprint.errorhandler(SelectionError)
def _no_such_words(error: SelectionError) -> Response:
    return problem(409 if error.changed else 400, str(error), reason="changed" if error.changed else "range")


@blueprint.errorhandler(QuotationRefused)
def _refused(error: QuotationRefused) -> Response:
    return problem(400, str(error), reason=error.reason)

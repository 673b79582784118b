"""The quote check: a page for readers, its JSON twin for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, UnsupportedMediaType

from kb.quote_check import QuoteCheck
from kb.quote_json import check_json
from kb.quotes import Checked, NothingToCheck, Quote, TooMuch
from kb.translation import gettext as _
from webapp.checking import MAX_BYTES, SECONDS, Sent, check_page, problem_words
from webapp.citing import base_url
from webapp.library import Library, library

blueprint = Blueprint("checking", __name__)
_KEYS = {"text", "speaker", "page"}
_EXAMPLE = '{"quotes": [{"text": "…", "speaker": "…", "page": "…"}]}'


class TooLarge(HTTPException):
    """More was sent, or more time asked for, than a request gets."""

    code = 413


@blueprint.get("/pruefen")
def form() -> str:
    """Return the page with the empty forms."""
    return check_page(library(), Sent()).render()


@blueprint.post("/pruefen")
def check() -> tuple[str, int]:
    """Return the page with the verdicts on what was typed; with what is wrong if it cannot be checked."""
    _bound_request()
    sent = Sent(*(request.form.get(name, "") for name in ("text", "speaker", "page", "manuscript")))
    here = library()
    try:
        return check_page(here, sent, _checked(here, sent)).render(), 200
    except TooMuch as error:
        return check_page(here, sent, problem=problem_words(error)).render(), 413
    except NothingToCheck as error:
        return check_page(here, sent, problem=problem_words(error)).render(), 400


def _checked(here: Library, sent: Sent) -> tuple[Checked, ...]:
    check = QuoteCheck.of(here.index.generation)
    if sent.manuscript.strip():
        return check.check_manuscript(sent.manuscript, seconds=SECONDS)
    return check.check([Quote(sent.text, sent.speaker, sent.page)], seconds=SECONDS)


@blueprint.route("/api/v1/verify", methods=["OPTIONS", "GET", "PUT", "PATCH", "DELETE"])
def verify_methods() -> Response:
    """Return that quotations are sent; without this, the address below which nothing is would offer `GET`."""
    if request.method != "OPTIONS":
        raise MethodNotAllowed(["POST", "OPTIONS"])
    return Response(headers={"Allow": "POST, OPTIONS"})


@blueprint.post("/api/v1/verify", provide_automatic_options=False)
def verify() -> Response:
    """Return the verdicts on `quotes`, or on the quotations of a `manuscript`."""
    _bound_request()
    asked = _asked()
    check = QuoteCheck.of(library().index.generation)
    try:
        if "manuscript" in asked:
            checks = check.check_manuscript(_text(asked, "manuscript", _("der Anfrage")), seconds=SECONDS)
        else:
            checks = check.check(_quotes(asked), seconds=SECONDS)
    except TooMuch as error:
        raise TooLarge(problem_words(error)) from error
    except NothingToCheck as error:
        raise BadRequest(problem_words(error)) from error
    return jsonify(check_json(checks, base_url=base_url()))


def _bound_request() -> None:
    """Let no more of a request be read than can be checked."""
    request.max_content_length = MAX_BYTES
    request.max_form_memory_size = MAX_BYTES


def _asked() -> Mapping[str, Any]:
    if not request.is_json:
        raise UnsupportedMediaType(_("Bitte JSON schicken: %(example)s", example=_EXAMPLE))
    try:
        asked = request.get_json()
    except RecursionError as error:  # thousands of brackets, one inside the other
        raise BadRequest(_("Das ist kein JSON, das sich lesen lässt")) from error
    if not isinstance(asked, Mapping) or set(asked) not in ({"quotes"}, {"manuscript"}):
        raise BadRequest(_('Geschickt wird ein Objekt mit "quotes" oder "manuscript" und sonst nichts'))
    return asked


def _quotes(asked: Mapping[str, Any]) -> list[Quote]:
    rows = asked["quotes"]
    if not isinstance(rows, list):
        raise BadRequest(_('"quotes" ist eine Liste von Objekten mit "text" und, wenn gewünscht, "speaker" und "page"'))
    return [_quote(row, f"quotes[{at}]") for at, row in enumerate(rows)]


def _quote(row: object, where: str) -> Quote:
    if not isinstance(row, Mapping) or "text" not in row:
        raise BadRequest(_('%(where)s muss ein Objekt mit "text" sein', where=where))
    unknown = sorted(map(str, set(row) - _KEYS))
    if unknown:
        told = _("%(where)s hat einen unbekannten Schlüssel %(key)s; bekannt: text, speaker, page")
        raise BadRequest(told % {"where": where, "key": repr(unknown[0][:40])})
    return Quote(_text(row, "text", where), _text(row, "speaker", where), _text(row, "page", where))


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    """Return a text of a request, a page given as a number too; "" for null or nothing."""
    value = row.get(name)
    if value is None:
        return ""
    if name == "page" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise BadRequest(_('"%(name)s" von %(where)s muss ein Text sein', name=name, where=where))
    return value

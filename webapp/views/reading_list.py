"""The reading list, its JSON twin, and the files made of it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kb.errors import LocatorError
from kb.reading_sheets import SHEET_FORMS, SHEETS, sheet
from kb.search_arguments import BadArgument
from kb.translation import gettext as _
from webapp.language import interface_language
from webapp.library import library
from webapp.reading_list import PATH, asked_list, changed_list, list_json, sheet_entries
from webapp.reading_list_page import reading_list_page

blueprint = Blueprint("reading_list", __name__)

_PRIVATE = "private, no-cache"
"""The notes of a list are for whoever has its address, and for no cache on the way."""


@blueprint.get(PATH)
def reading_list() -> AnyResponse:
    """Return the list in the address; one to which something is to be done leads to the address of what it becomes."""
    here, asked = library(), asked_list(request.args, locale=interface_language())
    try:
        changed, place = changed_list(here, asked, request.args)
    except LocatorError:
        problem = _("Das nennt keine Stelle. Gemeint ist der dauerhafte Link einer Stelle.")
        page = reading_list_page(here, asked, plus=request.args["plus"], plus_problem=problem)
        return _kept_private(make_response(page.render()))
    if sorted(changed.pairs()) != sorted(request.args.items(multi=True)):
        return redirect(changed.path() + (f"#stelle-{place}" if place else ""))
    return _kept_private(make_response(reading_list_page(here, changed).render()))


@blueprint.get(f"/api/v1{PATH}")
def reading_list_entries() -> Response:
    """Return the list in the address with what became of each passage and how it is cited today."""
    return _kept_private(jsonify(list_json(library(), asked_list(request.args))))


@blueprint.get(f"/api/v1{PATH}/<any({', '.join(SHEETS)}):kind>/<form>")
def reading_sheet(kind: str, form: str) -> Response:
    """Return the list in the address as a file: a bibliography, or a quotation sheet with words and notes.

    Raises:
        BadArgument: there is no such format.
    """
    if form not in SHEET_FORMS:
        raise BadArgument("form", form, ", ".join(SHEET_FORMS))
    asked, shape = asked_list(request.args), SHEET_FORMS[form]
    written = sheet(sheet_entries(library(), asked), kind, form, locale=asked.locale)
    charset = "" if shape.media_type.endswith("json") else "; charset=utf-8"
    answer = Response(written, content_type=f"{shape.media_type}{charset}")
    answer.headers["Content-Disposition"] = f'attachment; filename="wortlaut-{kind}.{shape.suffix}"'
    return _kept_private(answer)


def _kept_private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = _PRIVATE
    return answer

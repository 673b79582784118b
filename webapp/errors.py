"""What happens when a request cannot be answered: one handler an error, a page for people, JSON for programs."""

from __future__ import annotations

from flask import Flask, Response, make_response, request
from werkzeug.exceptions import HTTPException

from kb.errors import CitationError, Ended, IndexUnusable, KbError, LocatorError, NotFound
from kb.printed_page import PageNotFound, page_path
from kb.reading_list import ListTooLong
from kb.search_arguments import BadArgument
from kb.translation import N_, whole_number
from kb.translation import gettext as _
from webapp.history import ended_answer
from webapp.language import interface_language
from webapp.library import library
from webapp.near import near_places
from webapp.pages import ErrorPage
from webapp.parts import Link
from webapp.problems import problem

_API = "/api/"
_WHAT = {
    "edition": N_("Diese Veranstaltung gibt es hier nicht."),
    "section": N_("Diesen Abschnitt gibt es hier nicht."),
    "passage": N_("Diese Stelle gibt es hier nicht."),
    "speaker": N_("Diese Person gibt es hier nicht."),
    "page": N_("Eine Seite mit dieser Zahl gibt es hier nicht."),
    "theme": N_("Dieses Thema gibt es hier nicht."),
    "note": N_("Diese Notiz gibt es hier nicht."),
}
_NO_PAGE = N_("Diese Seite gibt es hier nicht.")
_NO_ANSWER = N_("Diese Anfrage kann hier nicht beantwortet werden.")
_HTTP = {
    404: _NO_PAGE,
    413: N_("Bitte in kleineren Teilen schicken."),
    500: N_("Der Fehler liegt bei uns, nicht bei Ihnen."),
}
_MISTAKE = N_("Fehler")
_TITLES = {
    400: N_("Das lässt sich nicht lesen"),
    404: N_("Nicht gefunden"),
    405: N_("So geht es nicht"),
    413: N_("Das ist zu viel auf einmal"),
    414: N_("Die Liste ist zu lang"),
    500: N_("Etwas ist schiefgegangen"),
    503: N_("Noch kein Verzeichnis"),
}


def register(app: Flask) -> None:
    """Attach the error handlers to an application."""
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Ended, _ended)
    app.register_error_handler(LocatorError, _no_locator)
    app.register_error_handler(CitationError, _not_citable)
    app.register_error_handler(BadArgument, _bad_parameter)
    app.register_error_handler(ListTooLong, _list_too_long)
    app.register_error_handler(IndexUnusable, _no_index)
    app.register_error_handler(HTTPException, _http)


def _answer(status: int, message: str, hints: list[Link], *, detail: str = "", command: str = "") -> Response:
    """Return the error as a problem under `/api/`, as a page everywhere else."""
    if request.path.startswith(_API):
        return problem(status, detail or message)
    answer = make_response(ErrorPage(status, _(_TITLES.get(status, _MISTAKE)), message, hints, command).render())
    answer.status_code = status
    return answer


def _as_written(error: KbError) -> str:
    """Return what an error says, to readers of English, in which errors are written; empty to others."""
    return str(error) if interface_language() == "en" else ""


def _not_found(error: NotFound) -> Response:
    message = _(_WHAT.get(error.kind, _NO_PAGE))
    labels = error.near if isinstance(error, PageNotFound) else ()
    edition = error.edition if isinstance(error, PageNotFound) else ""
    near = [Link(_("Seite %(label)s", label=label), f"/{page_path(edition, label)}") for label in labels]
    detail = _("%(message)s Gefragt war nach: %(wanted)s.", message=message, wanted=error.wanted)
    if labels:
        detail += " " + _("Die nächsten Seiten: %(pages)s.", pages=", ".join(labels))
    return _answer(404, message, [*near, *near_places()], detail=detail)


def _ended(error: Ended) -> Response:
    """Lead to what became of a passage: to the one that holds its words, to several, or to the reason."""
    return ended_answer(library(), error.wanted, is_api=request.path.startswith(_API))


def _no_locator(error: LocatorError) -> Response:
    message = _("Diese Adresse nennt keine Stelle.")
    return _answer(404, _("Diese Stelle gibt es hier nicht."), near_places(), detail=_as_written(error) or message)


def _not_citable(error: CitationError) -> Response:
    message = _("Das lässt sich nicht als ein Zitat nachweisen.")
    bounds = _("Ein Nachweis gilt Worten eines Abschnitts, die eine Person sagt oder mehrere gemeinsam.")
    detail = _as_written(error) or f"{message} {bounds}"
    return _answer(400, message, [_new_search()], detail=detail)


def _bad_parameter(error: BadArgument) -> Response:
    message = _(
        "In der Adresse steht %(name)s = „%(value)s“. Möglich ist: %(allowed)s.",
        name=error.name,
        value=error.value,
        allowed=error.allowed,
    )
    return _answer(400, message, [_new_search()])


def _new_search() -> Link:
    return Link(_("Neue Suche"), "/suche")


def _list_too_long(error: ListTooLong) -> Response:
    limits = {
        "passages": _("Eine Merkliste fasst %(most)s Stellen, diese hätte %(count)s."),
        "note": _("Eine Notiz fasst %(most)s Zeichen, diese hat %(count)s."),
        "address": _("Der Link einer Merkliste fasst %(most)s Zeichen, dieser hätte %(count)s."),
    }
    told = limits[error.what] % {"most": whole_number(error.most), "count": whole_number(error.count)}
    advice = _(
        "Nichts ist verloren: Der Weg zurück führt zur Liste, wie sie war. Kürzere Notizen oder zwei Listen helfen."
    )
    return _answer(414, f"{told} {advice}", [Link(_("Merkliste"), "/merkliste")], detail=told)


def _no_index(error: IndexUnusable) -> Response:
    message = _(
        "Die Sammlung ist noch nicht für die Suche aufbereitet oder wurde mit einer anderen Version aufbereitet."
    )
    return _answer(503, message, [], detail=_as_written(error) or f"{message} (kb index)", command="kb index")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    message = _(_HTTP.get(status, _NO_ANSWER))
    is_our_own = error.description != type(error).description
    detail = error.description or "" if is_our_own else ""
    answer = _answer(status, message, near_places() if status == 404 else [], detail=detail)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers.setdefault(name, value)
    return answer

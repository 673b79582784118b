"""What happens when a request cannot be answered: one handler an error, a page for people, JSON for programs."""

from __future__ import annotations

import difflib

from flask import Flask, Response, make_response, request
from werkzeug.exceptions import HTTPException

from kb.errors import CitationError, Ended, IndexUnusable, LocatorError, NotFound
from kb.printed_page import PageNotFound, page_path
from kb.search_arguments import BadArgument
from webapp import urls
from webapp.history import ended_answer
from webapp.library import event_name, library
from webapp.pages import ErrorPage
from webapp.parts import Link
from webapp.problems import problem

_API = "/api/"
_WHAT = {
    "edition": "Diese Veranstaltung gibt es hier nicht.",
    "section": "Diesen Abschnitt gibt es hier nicht.",
    "passage": "Diese Stelle gibt es hier nicht.",
    "speaker": "Diese Person gibt es hier nicht.",
    "page": "Eine Seite mit dieser Zahl gibt es hier nicht.",
    "theme": "Dieses Thema gibt es hier nicht.",
}
_TITLES = {
    400: "Das lässt sich nicht lesen",
    404: "Nicht gefunden",
    405: "So geht es nicht",
    413: "Das ist zu viel auf einmal",
    500: "Etwas ist schiefgegangen",
    503: "Noch kein Verzeichnis",
}


def register(app: Flask) -> None:
    """Attach the error handlers to an application."""
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Ended, _ended)
    app.register_error_handler(LocatorError, _no_locator)
    app.register_error_handler(CitationError, _not_citable)
    app.register_error_handler(BadArgument, _bad_parameter)
    app.register_error_handler(IndexUnusable, _no_index)
    app.register_error_handler(HTTPException, _http)


def _answer(status: int, error: str, message: str, hints: list[Link], command: str = "") -> Response:
    """Return the error as a problem under `/api/`, as a page everywhere else."""
    if request.path.startswith(_API):
        return problem(status, error)
    answer = make_response(ErrorPage(status, _TITLES.get(status, "Fehler"), message, hints, command).render())
    answer.status_code = status
    return answer


def _not_found(error: NotFound) -> Response:
    pages = [(error.edition, one) for one in error.near] if isinstance(error, PageNotFound) else []
    near = [Link(f"Seite {label}", f"/{page_path(edition, label)}") for edition, label in pages]
    return _answer(404, str(error), _WHAT.get(error.kind, "Diese Seite gibt es hier nicht."), [*near, *_hints()])


def _ended(error: Ended) -> Response:
    """Lead to what became of a passage: to the one that holds its words, to several, or to the reason."""
    return ended_answer(library(), error.wanted, is_api=request.path.startswith(_API))


def _no_locator(error: LocatorError) -> Response:
    return _answer(404, str(error), "Diese Stelle gibt es hier nicht.", _hints())


def _not_citable(error: CitationError) -> Response:
    return _answer(400, str(error), "Das lässt sich nicht als ein Zitat nachweisen.", [Link("Neue Suche", "/suche")])


def _bad_parameter(error: BadArgument) -> Response:
    message = f"In der Adresse steht {error.name} = „{error.value}“. Möglich ist: {error.allowed}."
    return _answer(400, str(error), message, [Link("Neue Suche", "/suche")])


def _no_index(error: IndexUnusable) -> Response:
    message = "Die Sammlung ist noch nicht für die Suche aufbereitet oder wurde mit einer anderen Version aufbereitet."
    return _answer(503, str(error), message, [], command="kb index")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    message = {
        404: "Diese Seite gibt es hier nicht.",
        413: "Bitte in kleineren Teilen schicken.",
        500: "Der Fehler liegt bei uns, nicht bei Ihnen.",
    }
    text = message.get(status, "Diese Anfrage kann hier nicht beantwortet werden.")
    answer = _answer(status, error.description or error.name, text, _hints() if status == 404 else [])
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers.setdefault(name, value)
    return answer


def _hints() -> list[Link]:
    """Return the places nearest to the address that was asked for; none if there is no index to ask."""
    try:
        here = library()
    except IndexUnusable:
        return []
    first, _, rest = request.path.strip("/").partition("/")
    edition = here.editions.get(first)
    if edition is None:
        return []
    places = {section.id: section for section in edition.sections}
    near = difflib.get_close_matches(rest[:200], places, n=3, cutoff=0.5)
    inside = [one for one in places if rest.startswith(f"{one}/") and one not in near]
    links = [Link(places[one].label, urls.section_path(first, one)) for one in (*inside, *near)]
    return [*links, Link(event_name(edition), urls.edition_path(first))]

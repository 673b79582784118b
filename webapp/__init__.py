"""From request to page: the web application."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response

from kb import translation
from kb.errors import IndexUnusable
from webapp import delivery, errors, language, operator_pages, typography
from webapp.library import Shelf, library
from webapp.linked_data import canonical_address, json_twin
from webapp.notes import has_notes, notes_on
from webapp.reading_list import MAX_ADDRESS
from webapp.reporting import report_target
from webapp.views import (
    about,
    api,
    checking,
    discovery,
    export,
    findings,
    notes,
    operator,
    people,
    quoting,
    reading,
    reading_list,
    search,
    start,
    themes,
    twins,
    unapi,
)

_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def create_app(index_folder: Path, *, base_url: str = "", report: str = "", pages: Path | None = None) -> Flask:
    """Return the web application that serves the index in `index_folder`.

    The index is opened with the first request and again whenever a new one was swapped in; without a usable one every
    page answers 503 and says what to do. Absolute links start with `base_url`, or with the host of the request.
    Mistakes are reported to `report`, a mail or web address; without one nothing is offered. `pages` is the folder of
    the pages the operator supplies.

    Raises:
        BadReportTarget: `report` is no such address.
        OperatorPagesError: a page of the operator cannot be read.
    """
    app = Flask(__name__)
    app.config["BASE_URL"] = base_url.rstrip("/")
    app.config["REPORT"] = report_target(report)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it, its base class not
    app.json.sort_keys = False  # type: ignore[attr-defined]  # as above
    app.extensions["wortlaut"] = Shelf(index_folder)
    app.extensions[operator_pages.EXTENSION] = operator_pages.read_pages(pages)
    for blueprint in (
        start,
        about,
        operator,
        discovery,
        search,
        findings,
        people,
        themes,
        notes,
        checking,
        export,
        api,
        twins,
        quoting,
        reading_list,
        reading,
        unapi,
    ):
        app.register_blueprint(blueprint.blueprint)
    language.register(app)
    errors.register(app)
    app.after_request(_secured)
    delivery.register(app)
    _prepare_templates(app)
    return app


def _secured(answer: Response) -> Response:
    """Add the headers that keep foreign scripts, frames and guesses out."""
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(number=translation.whole_number, listed=translation.listed, titles=typography.titles)
    app.jinja_env.filters.update(page=typography.printed_pages, unbroken=typography.unbroken)
    app.jinja_env.globals.update(counted=typography.counted, NBSP=typography.NBSP, static_path=_static_paths(app))
    app.jinja_env.globals.update(lang=typography.lang, spoken=typography.spoken, corpus_language=_corpus_language)
    app.jinja_env.globals.update(corpus_release=_corpus_release, canonical_address=canonical_address)
    app.jinja_env.globals.update(notes_on=notes_on, has_notes=has_notes, json_twin=json_twin)
    app.jinja_env.globals.update(operator_links=operator_pages.operator_links, LONGEST_LIST=MAX_ADDRESS - 200)


def _corpus_release() -> str:
    """Return the version of the corpus that is served, as the foot of each page names it; empty if it has none."""
    try:
        return library().index.manifest.release
    except IndexUnusable:
        return ""


def _corpus_language() -> str:
    """Return the language most words of the corpus are in, and its names with them."""
    return library().language


def _static_paths(app: Flask) -> dict[str, str]:
    """Return the address of each static file, with a digest so that a changed file is fetched anew.

    The fonts are left out: the stylesheet names them, and it is no template.
    """
    folder = Path(app.static_folder or "")
    return {
        path.name: f"/static/{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
        for path in sorted(folder.iterdir())
        if path.is_file()
    }

"""The command that serves the web application."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from threading import Thread

import click
from flask import Flask
from waitress import create_server

from kb import settings
from kb.cli import Problem, corpus_option, index_option, tell_of_other_corpus
from kb.generation import other_corpus
from kb.index import open_index
from webapp import create_app
from webapp.library import keep_for_good, library
from webapp.operator_pages import OperatorPagesError
from webapp.reporting import BadReportTarget

THREADS = 8
_NOBODYS_WORD = "Wolkenpflugverordnung"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for any free one."
)
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    envvar=settings.BASE_URL_VARIABLE,
    show_envvar=True,
    help="What permanent links start with; the host of the request if not given.",
)
@click.option(
    "--report",
    metavar="ADDRESS",
    default="",
    envvar=settings.REPORT_VARIABLE,
    show_envvar=True,
    help="Where readers report mistakes: a mail address or the page of a new issue; not offered if not given.",
)
@click.option(
    "--pages",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    default=None,
    envvar=settings.PAGES_VARIABLE,
    show_envvar=True,
    help="Folder with impressum.md, datenschutz.md and kontakt.md, shown at the foot of each page.",
)
@corpus_option
@index_option
def serve(
    host: str,
    port: int,
    base_url: str,
    report: str,
    pages: Path | None,
    corpus_folder: Path,
    index_folder: Path,
) -> None:
    """Serve the web application.

    A new index is taken up without a restart.

    \b
    Example:
      kb serve --port 8000
    """
    open_index(index_folder).close()  # a missing index is told here, not on the first page
    tell_of_other_corpus(other_corpus(index_folder, corpus_folder), index_folder, corpus_folder)
    try:
        app = create_app(index_folder, base_url=base_url, report=report, pages=pages)
    except BadReportTarget as error:
        raise Problem(f"--report: {error}") from error
    except OperatorPagesError as error:
        raise Problem(f"--pages: {error}") from error
    try:
        server = create_server(app, host=host, port=port, threads=THREADS)
    except OSError as error:
        raise Problem(f"cannot listen at {host}:{port}: {error.strerror}; choose another with --port") from error
    click.echo(f"Wortlaut läuft auf http://{host}:{server.effective_port}  (beenden mit Strg+C)")
    Thread(target=_prepare, args=(app, index_folder), daemon=True).start()
    server.run()


def _prepare(app: Flask, index_folder: Path) -> None:
    """Load what the first readers would wait for: the index, and the dictionary, for a word no passage has."""
    with closing(open_index(index_folder)) as index:
        index.analyser.readings(_NOBODYS_WORD)
    with app.app_context():
        library()
    keep_for_good()


COMMANDS: list[click.Command] = [serve]

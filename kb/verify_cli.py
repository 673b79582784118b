"""`kb verify`: do these citations still hold?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.archive import CorpusArchive
from kb.cli import base_url_option, corpus_option, echo_json, echo_rows, format_option, index_option
from kb.errors import KbError, LocatorError
from kb.quotes import Quote
from kb.references import Reference, find_references, references_in
from kb.verification import Finding, verify
from kb.verification_report import finding_json, finding_lines, summary_line

_Function = TypeVar("_Function", bound=Callable[..., Any])


def quote_options(function: _Function) -> _Function:
    """Add what a check of quotations takes beside the corpus and the format."""
    for option in (
        base_url_option,
        index_option,
        click.option("--quotations", is_flag=True, help="Check the quotations of each FILE, not its citations."),
        click.option("--page", default="", help="The printed page the quotations are claimed for, as 12 or 20 f."),
        click.option("--speaker", default="", help="Whom they are claimed for, in any form of the name."),
        click.option("--quote", "quotes", metavar="WORDS", multiple=True, help="Check a quotation; may be repeated."),
    ):
        function = option(function)
    return function


@click.command("verify")
@click.argument("sources", metavar="FILE|LOCATOR~FINGERPRINT|URL...", nargs=-1)
@quote_options
@click.option(
    "--since",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="All citations that name no day of access were made on this day or later.",
)
@corpus_option
@format_option("text", "json", "jsonl")
def verify_command(
    sources: tuple[str, ...],
    quotes: tuple[str, ...],
    speaker: str,
    page: str,
    quotations: bool,
    since: datetime | None,
    corpus_folder: Path,
    index_folder: Path,
    base_url: str,
    form: str,
) -> None:
    """Check whether citations still hold, or whether quotations are the printed words.

    Takes locators with fingerprint, links, bibliographies (.bib, .ris, CSL .json) and manuscripts (.docx, or text such
    as .txt and .md). Says of each citation whether it is unchanged, page moved, reworded, re-attributed, moved, merged,
    split, withdrawn or unknown, and exits 1 if one of them is not unchanged.

    With --quote, or --quotations FILE, quotations are checked against the print: verbatim, other_speaker, reported,
    page_differs, near, polarity, embedded, ambiguous, stitched or not_found, with the place and what differs. Exits 1
    if one of them is not verbatim.

    \b
    Examples:
      kb verify mahlbrueck-2023/gespraechsrunde/7~b88143bb
      kb verify literatur.bib aufsatz.docx
      kb verify --quote "Das war politisch unangenehm" --speaker Stroot --page 9
      kb verify --quotations aufsatz.docx
    """
    if not (quotes or quotations):
        holds = _verify_citations(sources, since, corpus_folder, form)
    elif bool(sources) != quotations:
        raise click.UsageError("--quote takes no FILE, --quotations needs one")
    else:
        # Quotations are looked up in an index, whose libraries take their time to load.
        holds = import_module("kb.quote_check_cli").verify_quotations(
            [Quote(text, speaker, page) for text in quotes],
            [*map(Path, sources)],
            corpus_folder=corpus_folder,
            index_folder=index_folder,
            base_url=base_url,
            form=form,
        )
    if not holds:
        raise SystemExit(1)


def _verify_citations(sources: Sequence[str], since: datetime | None, corpus_folder: Path, form: str) -> bool:
    """Print what became of each citation and return whether all hold."""
    if not sources:
        raise click.UsageError("Missing argument 'FILE|LOCATOR~FINGERPRINT|URL...', or --quote WORDS.")
    archive = CorpusArchive(corpus_folder)
    found = [one for source in sources for one in _references(source, archive.editions)]
    findings = [verify(one, archive, since=since.date() if since else None) for one in found]
    _tell(findings, form)
    return all(finding.holds for finding in findings)


def _references(source: str, editions: Collection[str]) -> list[Reference]:
    path = Path(source)
    if path.is_file():
        return find_references(path, editions=editions)
    try:
        return references_in(source, editions=editions)
    except LocatorError as error:
        raise KbError(
            f"{source}: no such file, and no locator or link of a passage (edition/section/3~9c1e4b2a)"
        ) from error


def _tell(findings: list[Finding], form: str) -> None:
    if form == "json":
        echo_json([finding_json(finding) for finding in findings])
    elif form == "jsonl":
        echo_rows(map(finding_json, findings), form)
    else:
        for finding in findings:
            click.echo("\n".join(finding_lines(finding)))
        click.echo(summary_line(findings), err=bool(findings))


COMMANDS: list[click.Command] = [verify_command]

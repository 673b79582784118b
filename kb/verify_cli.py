"""`kb verify`: do these citations still hold?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import click

from kb.archive import CorpusArchive
from kb.cli import corpus_option, echo_json, echo_rows, format_option
from kb.errors import KbError, LocatorError
from kb.quote_check_cli import quote_options, verify_quotations
from kb.quotes import Quote
from kb.references import Reference, find_references, references_in
from kb.verification import Finding, verify
from kb.verification_report import finding_json, finding_lines, summary_line


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
      kb verify mahlbrueck-2023/gespraechsrunde/7~9c1e4b2a
      kb verify literatur.bib aufsatz.docx
      kb verify literatur.bib --format json
      kb verify --quote "Wir öffnen die Bäche" --speaker Vornholt --page 12
      kb verify --quotations aufsatz.docx
    """
    if quotes or quotations:
        if bool(sources) != quotations:
            raise click.UsageError("--quote takes no FILE, --quotations needs one")
        asked = [Quote(text, speaker, page) for text in quotes]
        folders = {"corpus_folder": corpus_folder, "index_folder": index_folder}
        if not verify_quotations(asked, [*map(Path, sources)], **folders, base_url=base_url, form=form):
            raise SystemExit(1)
        return
    if not sources:
        raise click.UsageError("Missing argument 'FILE|LOCATOR~FINGERPRINT|URL...', or --quote WORDS.")
    archive = CorpusArchive(corpus_folder)
    found = [one for source in sources for one in _references(source, archive.editions)]
    findings = [verify(one, archive, since=since.date() if since else None) for one in found]
    _tell(findings, form)
    if not all(finding.holds for finding in findings):
        raise SystemExit(1)


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

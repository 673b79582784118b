"""`kb verify`: do these citations still hold?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import click

from kb.archive import CorpusArchive
from kb.cli import corpus_option, echo_json, echo_rows, format_option
from kb.errors import KbError, LocatorError
from kb.references import Reference, find_references, reference
from kb.verification import Finding, verify
from kb.verification_report import finding_json, finding_lines, summary_line


@click.command("verify")
@click.argument("sources", metavar="FILE|LOCATOR~FINGERPRINT|URL...", nargs=-1, required=True)
@click.option(
    "--since",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="All citations that name no day of access were made on this day or later.",
)
@corpus_option
@format_option("text", "json", "jsonl")
def verify_command(sources: tuple[str, ...], since: datetime | None, corpus_folder: Path, form: str) -> None:
    """Check whether citations still hold.

    Takes locators with fingerprint, links, bibliographies (.bib, .ris, CSL .json) and manuscripts (.docx, or text such
    as .txt and .md). Says of each citation whether it is unchanged, page moved, reworded, re-attributed, moved, merged,
    split, withdrawn or unknown, and exits 1 if one of them is not unchanged.

    \b
    Examples:
      kb verify mahlbrueck-2023/gespraechsrunde/7~9c1e4b2a
      kb verify literatur.bib aufsatz.docx
      kb verify literatur.bib --format json
    """
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
        return [reference(source, editions=editions)]
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

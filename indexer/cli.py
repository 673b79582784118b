"""Commands that import sources and build the index."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import click

from indexer.build import build_index
from indexer.importer import import_file
from indexer.readers.jsonl import is_json_lines
from indexer.readers.tei import is_tei
from indexer.report import ImportReport, report_text
from indexer.row_importer import import_rows
from indexer.tei_importer import import_tei
from kb.cli import corpus_option, index_option

_STEPS = 5


class _Bar(Protocol):
    """What click's progress bar offers here; its class is private."""

    label: str

    def update(self, n_steps: int) -> None:
        """Move on by some steps."""


def _advance(bar: _Bar, step: str) -> None:
    """Move the progress bar on and say which step comes."""
    bar.label = step
    bar.update(1)


# --- kb import ------------------------------------------------------------------------------------------------------
@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--edition", metavar="ID", default="", help="Id of the edition; by default made from the file name.")
@click.option("--encoding", default="utf-8", show_default=True, help="How the text is encoded, e.g. cp1252.")
@click.option("--replace", is_flag=True, help="Discard corrections made by hand in this edition.")
@click.option("--merge", "merge_corrections", is_flag=True, help="Keep corrections made by hand; conflicts are listed.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@corpus_option
def import_command(
    files: tuple[Path, ...],
    edition: str,
    encoding: str,
    replace: bool,
    merge_corrections: bool,
    output: str,
    corpus_folder: Path,
) -> None:
    """Read proceedings into the corpus: who says what on which page.

    If the corpus has an edition.toml for the edition, its outline and people are used. JSON Lines (.jsonl, .jsonl.gz,
    .jsonl.xz) hold one attributed paragraph a line; each event becomes an edition. TEI (.xml) as `kb export --format
    tei` writes it gives the same passages at the same places.

    \b
    Examples:
      kb import report.txt --edition difu-2018
      kb import sittings.jsonl.gz
    """
    if edition and len(files) > 1:
        raise click.UsageError("--edition names one edition; import the files one by one")
    if replace and merge_corrections:
        raise click.UsageError("--replace discards corrections, --merge keeps them: choose one")
    for path in files:
        importer = _import_rows if is_json_lines(path) else _import_tei if is_tei(path) else _import_print
        reports = importer(
            path,
            corpus_folder,
            edition=edition,
            encoding=encoding,
            replace=replace,
            merge_corrections=merge_corrections,
        )
        for report in reports:
            told = report_text(report, brief=len(reports) > 1)
            click.echo(json.dumps(asdict(report), ensure_ascii=False) if output == "json" else told)
    if output == "text":
        click.echo("next: kb index")


def _import_print(path: Path, corpus_folder: Path, **options: Any) -> list[ImportReport]:
    with click.progressbar(length=_STEPS, label=path.name, hidden=not sys.stderr.isatty(), file=sys.stderr) as bar:
        return [import_file(path, corpus_folder, progress=partial(_advance, bar), **options)]


def _import_rows(path: Path, corpus_folder: Path, **options: Any) -> list[ImportReport]:
    return import_rows(path, corpus_folder, progress=_tell, **options)


def _import_tei(path: Path, corpus_folder: Path, **options: Any) -> list[ImportReport]:
    return import_tei(path, corpus_folder, progress=_tell, **options)


def _tell(edition: str) -> None:
    if sys.stderr.isatty():
        click.echo(edition, err=True)


# --- kb index -------------------------------------------------------------------------------------------------------
@click.command("index")
@click.option("--force", is_flag=True, help="Build even if the index is up to date, or that of another corpus.")
@corpus_option
@index_option
def index_command(force: bool, corpus_folder: Path, index_folder: Path) -> None:
    """Build the index of the corpus.

    The new index is built beside the old one, then put in its place; an index that is up to date is left alone.
    That of another corpus is not replaced unless --force says so.

    \b
    Example:
      kb index --corpus corpus --index var/index
    """
    with click.progressbar(length=1, label="indexing", hidden=not sys.stdout.isatty()) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        report = build_index(corpus_folder, index_folder, force=force, replace_other=force, progress=tell)
    if not report.is_new:
        click.echo(f"{index_folder} is up to date: {report.passages} passages, corpus {report.fingerprint}")
        return
    click.echo(
        f"{index_folder}: {report.passages} passages of {len(report.editions)} editions "
        f"in {report.seconds:.1f} s, corpus {report.fingerprint}"
    )


COMMANDS: list[click.Command] = [import_command, index_command]

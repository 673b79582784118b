"""The command `kb export`: everything, or what a query finds, in the formats of other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import click

from kb.cli import base_url_option, corpus_option, format_option, index_option
from kb.corpus import load_corpus
from kb.export.datapackage import write_datapackage
from kb.export.extract import Extract, whole
from kb.export.formats import FORMS, Chunks, Form
from kb.export.found import found_by
from kb.export.placing import staged, write_chunks, write_file
from kb.export.rows import csv_chunks
from kb.results import Search
from kb.search_cli import filter_options, opened_index, resolved_filters

_PACKAGE = "datapackage"


@click.command()
@click.argument("query", nargs=-1)
@filter_options
@click.option("--partial", "also_partial", is_flag=True, help="Also passages that hold only some of the words.")
@click.option(
    "--output", metavar="FILE|DIR", help="Where to write; a folder (name it with / at the end) gets a file an edition."
)
@click.option("--bom", is_flag=True, help="csv: begin with a byte order mark, by which Excel knows UTF-8.")
@click.option("--guard", is_flag=True, help="csv: an apostrophe before cells a spreadsheet would run as a formula.")
@corpus_option
@index_option
@base_url_option
@format_option(*FORMS, _PACKAGE)
def export(
    query: tuple[str, ...],
    also_partial: bool,
    output: str | None,
    bom: bool,
    guard: bool,
    corpus_folder: Path,
    index_folder: Path,
    base_url: str,
    form: str,
    **chosen: tuple[str, ...],
) -> None:
    """Write passages for other programs.

    Without QUERY and filters all of the corpus, straight from its folder; else what they find in the index, in reading
    order: the passages that hold all words, with --partial those that hold some, too. A data package is a folder of
    tables and needs --output.

    \b
    Examples:
      kb export > passages.jsonl
      kb export Wasser --speaker Vornholt --format csv --output wasser.csv
      kb export --format tei --output tei/
      kb export --format datapackage --output paket
    """
    if (bom or guard) and form != "csv":
        raise click.UsageError("--bom and --guard go with --format csv")
    if form == _PACKAGE and not output:
        raise click.UsageError("a data package is a folder; name it with --output DIR")
    has_themes = form == _PACKAGE or FORMS[form].has_themes
    with _extract(query, chosen, also_partial, corpus_folder, index_folder, has_themes) as extract:
        if form == _PACKAGE:
            write_datapackage(extract, Path(output or ""), base_url=base_url)
        else:
            chunks: Chunks = FORMS[form].chunks
            if form == "csv":
                chunks = partial(csv_chunks, bom=bom, guard=guard)
            _write(extract, FORMS[form], chunks, output, base_url)


@contextmanager
def _extract(
    query: tuple[str, ...],
    chosen: Mapping[str, tuple[str, ...]],
    also_partial: bool,
    corpus_folder: Path,
    index_folder: Path,
    has_themes: bool,
) -> Iterator[Extract]:
    """Give what is to be exported; an index stays open as long as it is read."""
    if not query and not any(chosen.values()):
        yield whole(load_corpus(corpus_folder, tagged=has_themes))
        return
    with closing(opened_index(index_folder, corpus_folder)) as index:
        search = Search(" ".join(query), resolved_filters(index, chosen), sort="reading")
        extract, written, partial_only = found_by(index, search, also_partial=also_partial)
        if partial_only and not also_partial:
            click.echo(
                f"{written} passages hold all words; {partial_only} more hold some: --partial writes them", err=True
            )
        yield extract


def _write(extract: Extract, form: Form, chunks: Chunks, output: str | None, base_url: str) -> None:
    if not output or output == "-":
        stream = sys.stdout.buffer
        for chunk in chunks(extract, base_url=base_url):
            stream.write(chunk.encode())
        stream.flush()
    elif output.endswith(("/", "\\")) or Path(output).is_dir():
        with staged(Path(output)) as stage:
            for edition in extract.apart():
                name = f"{next(iter(edition.editions))}.{form.suffix}"
                write_chunks(stage / name, chunks(edition, base_url=base_url))
    else:
        write_file(Path(output), chunks(extract, base_url=base_url))


COMMANDS: list[click.Command] = [export]

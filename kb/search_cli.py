"""Commands that ask the index; apart from `kb.cli`, as loading an engine takes time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.cli import (
    base_url_option,
    corpus_option,
    echo_json,
    echo_rows,
    format_option,
    index_option,
    tell_of_other_corpus,
)
from kb.completion import MOST, completion_json
from kb.concordance import CONTEXTS, WIDTH, concordance
from kb.distribution import distribution
from kb.errors import IndexUnusable, NotFound
from kb.findings_json import (
    alike_json,
    concordance_json,
    distribution_json,
    distribution_rows,
    explanation_json,
    inquiry_json,
    line_json,
    similar_json,
)
from kb.generation import other_corpus
from kb.index import Index, open_index
from kb.inquiry import Inquiry, inquire
from kb.locator import parse_locator
from kb.plain import results_lines
from kb.plain_findings import (
    concordance_lines,
    distribution_lines,
    explanation_lines,
    inquiry_lines,
    similar_lines,
)
from kb.resolve import resolve_filter
from kb.results import FACETS, GROUPS, SORTS, Search
from kb.results_json import results_json
from kb.search_arguments import CLOSED_FACETS, BadArgument, check_value
from kb.similar import similar
from kb.synonyms import FILE_NAME as SYNONYMS
from kb.synonyms import load_synonyms

_Function = TypeVar("_Function", bound=Callable[..., Any])
_HELP = {
    "speaker": "Person: id, name or surname.",
    "forum": "Section: edition/section, or its id or heading.",
    "theme": "Theme: id or label.",
    "edition": "Edition: id or title.",
    "year": "Year of the event.",
    **{facet: f"One of {', '.join(words)}." for facet, words in CLOSED_FACETS.items()},
}


def _known(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse values that a facet cannot have."""
    try:
        for value in values:
            check_value(parameter.name or "", value)
    except BadArgument as error:
        raise click.BadParameter(f"{error.value!r} is none of {error.expected}", ctx, parameter) from error
    return values


def filter_options(function: _Function) -> _Function:
    """Add one option a facet; each may be given several times (any of them), a leading "-" excludes."""
    for facet in reversed(FACETS):
        function = click.option(
            f"--{facet}", facet, metavar="VALUE", multiple=True, callback=_known, help=_HELP[facet]
        )(function)
    return function


def resolved_filters(index: Index, chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the filters with names and labels resolved to the values of the index."""
    resolved = partial(resolve_filter, speakers=index.speakers, themes=index.themes, editions=index.editions)
    return {facet: tuple(resolved(facet, value) for value in values) for facet, values in chosen.items() if values}


def search_options(function: _Function) -> _Function:
    """Add what every search of the words of a query takes: the query, filters, synonyms, index."""
    for option in (
        format_option("text", "json", "jsonl"),
        index_option,
        corpus_option,
        click.option(
            "--synonyms/--no-synonyms", default=True, help="Also search the synonyms of the corpus (default)."
        ),
        filter_options,
        click.argument("query", nargs=-1),
    ):
        function = option(function)
    return function


@click.command()
@search_options
@click.option(
    "--sort", type=click.Choice([*SORTS, *CONTEXTS]), help="Order of the hits; left and right go with --kwic."
)
@click.option("--limit", type=click.IntRange(0, 1000), default=10, show_default=True, help="How many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many hits to pass over.")
@click.option("--group", type=click.Choice(GROUPS), help="Group the hits, three of each group.")
@click.option("--kwic", is_flag=True, help="Every occurrence on a line, with the words around it.")
@click.option("--width", type=click.IntRange(0, 1000), default=WIDTH, show_default=True, help="Signs around it.")
@click.option("--explain", is_flag=True, help="Tell what the score of each hit is made of.")
@base_url_option
def search(
    query: tuple[str, ...],
    sort: str | None,
    synonyms: bool,
    limit: int,
    offset: int,
    group: str | None,
    kwic: bool,
    width: int,
    explain: bool,
    corpus_folder: Path,
    index_folder: Path,
    base_url: str,
    form: str,
    **chosen: tuple[str, ...],
) -> None:
    """Search the index.

    QUERY: all its words in any form; "in quotation marks" exactly so; -word without it.
    Filters may be given several times (any of them will do); a leading "-" excludes. The JSON is that of the API.

    \b
    Examples:
      kb search Wohnung Miete --voice verbatim
      kb search '"kühle Orte"' --speaker Stroot --format json
      kb search --forum "Forum 1" --sort reading
      kb search Wohnung --kwic --sort right
      kb search Wohnung --group speaker
    """
    if sort in CONTEXTS and not kwic:
        raise click.BadParameter(f"{sort!r} goes with --kwic", param_hint="--sort")
    if sum(map(bool, (kwic, group, explain))) > 1:
        raise click.UsageError("only one of --kwic, --group and --explain")
    with closing(opened_index(index_folder, corpus_folder)) as index:
        wanted = Search(
            " ".join(query), resolved_filters(index, chosen), sort or SORTS[0], limit, offset, synonyms, group or ""
        )
        if kwic:
            _print_concordance(index, wanted, sort, width=width, base_url=base_url, form=form)
        else:
            _print_results(index, wanted, explain=explain, base_url=base_url, form=form)


def _print_results(index: Index, wanted: Search, *, explain: bool, base_url: str, form: str) -> None:
    results = index.search(wanted)
    explanations = index.explanations(results) if explain else ()
    answer = results_json(results, base_url=base_url, explanations=tuple(map(explanation_json, explanations)))
    if form == "json":
        echo_json(answer)
    elif form == "jsonl":
        echo_rows(answer["groups"] if wanted.group else answer["hits"], form)
    else:
        click.echo("\n".join(results_lines(results, [*map(explanation_lines, explanations)])))


def _print_concordance(index: Index, wanted: Search, sort: str | None, *, width: int, base_url: str, form: str) -> None:
    """Print the lines in the order asked for, in reading order if none is."""
    by = sort if sort in CONTEXTS else ""
    wanted = replace(wanted, sort="reading" if by or not sort else sort)
    lines = concordance(index.generation, wanted, by=by, width=width)
    if form == "json":
        echo_json(concordance_json(lines, base_url=base_url))
    elif form == "jsonl":
        echo_rows((line_json(line, base_url=base_url) for line in lines.lines), form)
    else:
        click.echo("\n".join(concordance_lines(lines, width=width)))


@click.command("distribution")
@search_options
def distribution_command(
    query: tuple[str, ...],
    synonyms: bool,
    corpus_folder: Path,
    index_folder: Path,
    form: str,
    **chosen: tuple[str, ...],
) -> None:
    """Count words by section, year and speaker.

    Tells how often the words of QUERY stand in each section, year, edition and speaker's words, also on 10,000 words.

    \b
    Examples:
      kb distribution Wohnung
      kb distribution Klima --speaker Stroot --format jsonl
    """
    with closing(open_index(index_folder)) as index:
        counted = distribution(
            index.generation, Search(" ".join(query), resolved_filters(index, chosen), synonyms=synonyms)
        )
    if form == "json":
        echo_json(distribution_json(counted))
    elif form == "jsonl":
        echo_rows(distribution_rows(counted), form)
    else:
        click.echo("\n".join(distribution_lines(counted)))


@click.command("similar")
@click.argument("locator")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many passages.")
@corpus_option
@index_option
@base_url_option
@format_option("text", "json", "jsonl")
def similar_command(
    locator: str, limit: int, corpus_folder: Path, index_folder: Path, base_url: str, form: str
) -> None:
    """Find passages that say something alike.

    They share the most telling words of the passage at LOCATOR, which are shown.

    \b
    Example:
      kb similar mahlbrueck-2023/gespraechsrunde/7 --limit 3
    """
    place, _ = parse_locator(locator)
    with closing(open_index(index_folder)) as index:
        passage = index.passage(place)
        if passage is None:
            raise NotFound("passage", str(place), "perhaps the index is older than the corpus: kb index")
        alike = similar(index.generation, passage, limit=limit)
    if form == "json":
        echo_json(similar_json(alike, base_url=base_url))
    elif form == "jsonl":
        echo_rows((alike_json(one, base_url=base_url) for one in alike.alike), form)
    else:
        click.echo("\n".join(similar_lines(alike)))


@click.command("analyse")
@click.argument("words", nargs=-1, required=True, metavar="WORD…")
@click.option("--language", default="", help="Language of the words, as de or en; else that of the index.")
@corpus_option
@index_option
@format_option("text", "json", "jsonl")
def analyse_command(words: tuple[str, ...], language: str, corpus_folder: Path, index_folder: Path, form: str) -> None:
    """Explain how words are understood.

    Answers "why did this not match?": lemmas, parts of compounds, spelling as compared, what a search looks for, the
    synonyms of the corpus, and how many passages of the index have the word. Of several words it is told, too, which
    of the others a search for each finds.

    \b
    Examples:
      kb analyse Wohnungsbaugesellschaften
      kb analyse Wohnung Wohnungsnot Geflüchtete --format json
    """
    inquiries = _inquiries(words, language, corpus_folder, index_folder)
    if form != "text":
        echo_rows(map(inquiry_json, inquiries), form)
    else:
        click.echo("\n".join(line for inquiry in inquiries for line in inquiry_lines(inquiry)))


def _inquiries(words: tuple[str, ...], language: str, corpus_folder: Path, index_folder: Path) -> tuple[Inquiry, ...]:
    """Return what the index makes of words; without one in that language what a search would make of them."""
    try:
        index = open_index(index_folder)
    except IndexUnusable:
        return inquire(words, language or "de", load_synonyms(corpus_folder / SYNONYMS))
    with closing(index):
        main = index.manifest.languages[0]
        generation = index.generation if language in ("", main) else None
        return inquire(words, language or main, index.synonyms, generation)


def opened_index(index_folder: Path, corpus_folder: Path) -> Index:
    """Return the index, having told if it is not that of the corpus asked for."""
    index = open_index(index_folder)
    tell_of_other_corpus(other_corpus(index_folder, corpus_folder), index_folder, corpus_folder)
    return index


@click.command()
@click.argument("text", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 100), default=MOST, show_default=True, help="How many at most.")
@index_option
@format_option("text", "json", "jsonl")
def complete(text: tuple[str, ...], limit: int, index_folder: Path, form: str) -> None:
    """Complete what is being typed.

    TEXT: people, themes and sections whose names begin so, and words that begin like its last word.

    \b
    Examples:
      kb complete Wohn
      kb complete "freie Woh" --format json
    """
    typed = " ".join(text)
    with closing(open_index(index_folder)) as index:
        completions = index.complete(typed, most=limit)
    if form == "json":
        echo_json(completion_json(typed, completions))
    elif form == "jsonl":
        echo_rows(map(asdict, completions), form)
    else:
        for one in completions:
            click.echo(f"{one.kind:<8} {one.count:>6}  {one.query}  ({one.label})")


COMMANDS: list[click.Command] = [search, complete, distribution_command, similar_command, analyse_command]

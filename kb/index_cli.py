"""Commands that ask the index or calculate; apart from `kb.cli`, as loading what they need takes time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial, reduce
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
from kb.comparison import (
    CHANGES,
    Setting,
    changed,
    compare,
    comparison_json,
    comparison_lines,
    evaluate_setting,
)
from kb.completion import MOST, completion_json
from kb.corpus import load_corpus
from kb.doctor import diagnose
from kb.evaluation import evaluation_json, evaluation_lines
from kb.generation import other_corpus
from kb.index import Index, open_index
from kb.judgements import load_queries
from kb.model import Passage
from kb.passage_json import passage_json
from kb.plain import results_lines
from kb.resolve import resolve_filter
from kb.results import FACETS, SORTS, Search
from kb.results_json import hit_json, results_json
from kb.search_arguments import CLOSED_FACETS, BadArgument, check_value
from kb.theme_suggestions import GROUPS, suggest_themes

_Function = TypeVar("_Function", bound=Callable[..., Any])
_HELP = {
    "speaker": "Person: id, name or surname.",
    "forum": "Section: edition/section, or its id or heading.",
    "theme": "Theme: id or label.",
    "edition": "Edition: id or title.",
    "year": "Year of the event.",
    **{facet: f"One of {', '.join(words)}." for facet, words in CLOSED_FACETS.items()},
}
_BATCH = 1000


def _known(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse values that a facet cannot have."""
    try:
        for value in values:
            check_value(parameter.name or "", value)
    except BadArgument as error:
        raise click.BadParameter(f"{error.value!r} is none of {error.allowed}", ctx, parameter) from error
    return values


def filter_options(function: _Function) -> _Function:
    """Add one option a facet; each may be given several times (any of them), a leading "-" excludes."""
    for facet in reversed(FACETS):
        function = click.option(
            f"--{facet}", facet, metavar="VALUE", multiple=True, callback=_known, help=_HELP[facet]
        )(function)
    return function


def _opened(index_folder: Path, corpus_folder: Path) -> Index:
    """Return the index, having told if it is not that of the corpus asked for."""
    index = open_index(index_folder)
    tell_of_other_corpus(other_corpus(index_folder, corpus_folder), index_folder, corpus_folder)
    return index


def _filters(index: Index, chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the filters with names and labels resolved to the values of the index."""
    resolved = partial(resolve_filter, speakers=index.speakers, themes=index.themes, editions=index.editions)
    return {facet: tuple(resolved(facet, value) for value in values) for facet, values in chosen.items() if values}


@click.command()
@click.argument("query", nargs=-1)
@filter_options
@click.option("--sort", type=click.Choice(SORTS), default=SORTS[0], show_default=True, help="Order of the hits.")
@click.option("--synonyms/--no-synonyms", default=True, help="Also search the synonyms of the corpus (default).")
@click.option("--limit", type=click.IntRange(0, 1000), default=10, show_default=True, help="How many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many hits to pass over.")
@corpus_option
@index_option
@base_url_option
@format_option("text", "json", "jsonl")
def search(
    query: tuple[str, ...],
    sort: str,
    synonyms: bool,
    limit: int,
    offset: int,
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
    """
    with closing(_opened(index_folder, corpus_folder)) as index:
        results = index.search(Search(" ".join(query), _filters(index, chosen), sort, limit, offset, synonyms))
    if form == "json":
        echo_json(results_json(results, base_url=base_url))
    elif form == "jsonl":
        echo_rows((hit_json(hit, base_url=base_url) for hit in results.hits), form)
    else:
        click.echo("\n".join(results_lines(results)))


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


@click.command()
@click.argument("query", nargs=-1)
@filter_options
@corpus_option
@index_option
@format_option("jsonl", "json")
def export(
    query: tuple[str, ...], corpus_folder: Path, index_folder: Path, form: str, **chosen: tuple[str, ...]
) -> None:
    """Write passages as JSON.

    Without QUERY and filters all of the corpus, straight from its folder; else what they find in the index.

    \b
    Examples:
      kb export > passages.jsonl
      kb export Wasser --speaker Vornholt
    """
    if not query and not any(chosen.values()):
        echo_rows(map(passage_json, load_corpus(corpus_folder).passages), form)
        return
    with closing(_opened(index_folder, corpus_folder)) as index:
        wanted = Search(" ".join(query), _filters(index, chosen), sort="reading", limit=_BATCH)
        echo_rows(map(passage_json, _found(index, wanted)), form)


def _found(index: Index, wanted: Search) -> Iterator[Passage]:
    """Yield every passage a search finds, batch by batch."""
    results = index.search(wanted)
    while results.hits:
        yield from (hit.passage for hit in results.hits)
        wanted = replace(wanted, offset=wanted.offset + _BATCH)
        results = index.search(wanted)


@click.command("eval")
@click.argument("queries", type=click.Path(path_type=Path))
@click.option(
    "--source", type=click.Path(path_type=Path), metavar="FILE", help="Source file whose lines the queries name."
)
@click.option("--compare", "changes", metavar="CHANGE", multiple=True, help=f"Measure once more with {CHANGES}.")
@index_option
@format_option("text", "json")
def evaluate_command(
    queries: Path, source: Path | None, changes: tuple[str, ...], index_folder: Path, form: str
) -> None:
    """Measure how well the index answers judged queries.

    QUERIES: JSON Lines with "query" and "relevant_ids", or "relevant": line ranges of the source file. Each is asked as
    a reader would, without filters; ten hits are looked at. --compare, which may be given several times, sets beside
    that what comes of it with something changed.

    \b
    Examples:
      kb eval queries.jsonl
      kb eval queries.jsonl --source report.txt --format json
      kb eval queries.jsonl --compare no-synonyms
      kb eval queries.jsonl --compare index=var/other --compare k1=1.2
    """
    judged = load_queries(queries, source=source)
    before = Setting(index_folder)
    try:
        after = reduce(changed, changes, before)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--compare") from error
    evaluation = evaluate_setting(judged, before)
    if not changes:
        told, lines = evaluation_json(evaluation), evaluation_lines(evaluation)
    else:
        comparison = compare(evaluation, evaluate_setting(judged, after))
        told, lines = {"changes": changes, **comparison_json(comparison)}, comparison_lines(comparison)
    if form == "json":
        echo_json(told)
    else:
        click.echo("\n".join(lines))


@click.command()
@corpus_option
@index_option
@format_option("text", "json", "jsonl")
def doctor(corpus_folder: Path, index_folder: Path, form: str) -> None:
    """Explain this installation.

    Tells versions, corpus, index and what to do; exits 1 if something is to do.

    \b
    Example:
      kb doctor
    """
    findings = diagnose(corpus_folder, index_folder)
    if form != "text":
        rows: Iterable[dict[str, str]] = (
            {"subject": finding.subject, "state": finding.state, "remedy": finding.remedy} for finding in findings
        )
        echo_rows(rows, form)
    else:
        for finding in findings:
            click.echo(f"{finding.subject:<10} {finding.state}")
            if finding.remedy:
                click.echo(f"{'':<10} → {finding.remedy}")
    if any(finding.remedy for finding in findings):
        raise SystemExit(1)


@click.group()
def themes() -> None:
    """Work on the themes.

    \b
    Example:
      kb themes suggest
    """


@themes.command()
@click.option("--groups", type=click.IntRange(1, 100), default=GROUPS, show_default=True, help="How many at most.")
@corpus_option
def suggest(groups: int, corpus_folder: Path) -> None:
    """Draft the themes of a corpus.

    Prints a themes.toml to edit: nouns that matter in the corpus, grouped by the passages they share.

    \b
    Example:
      kb themes suggest > draft.toml
    """
    click.echo(suggest_themes(load_corpus(corpus_folder), groups=groups), nl=False)


COMMANDS: list[click.Command] = [search, complete, export, evaluate_command, doctor, themes]

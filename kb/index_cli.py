"""Commands that measure, explain and draft; apart from `kb.cli`, as loading what they need takes time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from pathlib import Path

import click

from kb.cli import corpus_option, echo_json, echo_rows, format_option, index_option
from kb.comparison import (
    CHANGES,
    Setting,
    changed,
    compare,
    comparison_json,
    comparison_lines,
    evaluate_setting,
)
from kb.corpus import load_corpus
from kb.doctor import diagnose
from kb.evaluation import evaluation_json, evaluation_lines
from kb.judgements import load_queries
from kb.theme_suggestions import GROUPS, suggest_themes


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


COMMANDS: list[click.Command] = [evaluate_command, doctor, themes]

"""The command `kb`: gathers the commands of all packages, and brings those that work on the corpus alone."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from kb import settings
from kb.corpus import load_corpus, read_corpus
from kb.errors import CorpusError, CorpusInvalid, KbError
from kb.locator import parse_locator
from kb.lookup import find_edition, find_passage, neighbours, refuse_ended
from kb.model import Corpus, Passage
from kb.passage_json import passage_json
from kb.plain import passage_lines, uncertain_lines
from kb.review import Uncertain, uncertain_passages
from kb.scaffold import create_corpus, next_commands

_Function = TypeVar("_Function", bound=Callable[..., Any])
_GROUP = "wortlaut.commands"
_OURS = [
    EntryPoint(name, f"kb.{name}_cli:COMMANDS", _GROUP)
    for name in ("search", "index", "export", "cite", "quote", "release", "verify", "mcp")
]


class Problem(click.ClickException):
    """A problem of input or corpus: shown as it is, so that `file:line:` starts its line; exit code 1."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


class CommandGroup(click.Group):
    """All commands; those that load an engine, an importer or a web server are imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *(name for source in _others() for name in _commands(source))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.commands:
            return self.commands[cmd_name]
        return next((found[cmd_name] for found in map(_commands, _others()) if cmd_name in found), None)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KbError as error:
            raise Problem(str(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            if error.filename is None:
                raise
            raise Problem(f"{error.filename}: {error.strerror}") from error


def _others() -> list[EntryPoint]:
    """Return where further commands come from, in the order they are looked through."""
    return [*_OURS, *sorted(entry_points(group=_GROUP), key=lambda source: source.name)]


def _commands(source: EntryPoint) -> Mapping[str, click.Command]:
    return {command.name: command for command in source.load() if command.name}


def corpus_option(function: _Function) -> _Function:
    """Add the option `--corpus DIR`."""
    return click.option(
        "--corpus",
        "corpus_folder",
        metavar="DIR",
        type=click.Path(path_type=Path),
        default=settings.CORPUS_FOLDER,
        envvar=settings.CORPUS_VARIABLE,
        show_default=True,
        show_envvar=True,
        help="Folder of the corpus.",
    )(function)


def index_option(function: _Function) -> _Function:
    """Add the option `--index DIR`."""
    return click.option(
        "--index",
        "index_folder",
        metavar="DIR",
        type=click.Path(path_type=Path),
        default=settings.INDEX_FOLDER,
        envvar=settings.INDEX_VARIABLE,
        show_default=True,
        show_envvar=True,
        help="Folder of the index.",
    )(function)


def tell_of_other_corpus(built_of: Path | None, index_folder: Path, corpus_folder: Path) -> None:
    """Say on stderr that the answers are not from the corpus asked for; `built_of` is None if they are.

    Whoever names an index and no corpus knows which one is asked.
    """
    context = click.get_current_context()
    corpus_named, index_named = (
        context.get_parameter_source(name) != ParameterSource.DEFAULT for name in ("corpus_folder", "index_folder")
    )
    if built_of is not None and (corpus_named or (not index_named and corpus_folder.is_dir())):
        click.echo(
            f"note: {index_folder} is the index of another corpus, {built_of}, not of {corpus_folder}; "
            "build one of that with: kb index --index DIR (if the corpus was moved: kb index --force)",
            err=True,
        )


def base_url_option(function: _Function) -> _Function:
    """Add the option `--base-url URL`."""
    return click.option(
        "--base-url",
        metavar="URL",
        default=settings.BASE_URL,
        envvar=settings.BASE_URL_VARIABLE,
        show_default=True,
        show_envvar=True,
        help="What permanent links start with.",
    )(function)


def format_option(*formats: str) -> Callable[[_Function], _Function]:
    """Return the option `--format`, the first of `formats` being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Form of the output.",
    )


def echo_json(value: Any) -> None:
    """Print a value as JSON a person can read."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def echo_rows(rows: Iterable[Mapping[str, Any]], form: str) -> None:
    """Print rows as one JSON list ("json") or one JSON object a line ("jsonl")."""
    if form == "json":
        echo_json(list(rows))
        return
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


@click.command()
@corpus_option
@format_option("text", "json", "jsonl")
def check(corpus_folder: Path, form: str) -> None:
    """Validate the corpus.

    Prints every problem as "file:line: message" and exits 1; or prints one line that sums the corpus up.

    \b
    Example:
      kb check --corpus corpus
    """
    problems: list[CorpusError] = []
    corpus = read_corpus(corpus_folder, problems, tagged=False)
    if form != "text":
        echo_rows(map(_problem_json, problems), form)
    elif problems:
        raise CorpusInvalid(problems)
    else:
        click.echo(summary(corpus))
    if problems:
        raise SystemExit(1)


def _problem_json(problem: CorpusError) -> dict[str, Any]:
    return {"file": str(problem.path), "line": problem.line, "message": problem.message}


def summary(corpus: Corpus) -> str:
    """Return how much there is in a corpus: "2 editions, 180 passages, 21 people"."""
    return ", ".join(
        (
            _counted(len(corpus.editions), "edition", "editions"),
            _counted(len(corpus.passages), "passage", "passages"),
            _counted(len(corpus.speakers), "person", "people"),
        )
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@click.command()
@corpus_option
@format_option("text", "json", "jsonl")
def review(corpus_folder: Path, form: str) -> None:
    """List uncertain attributions, worst first.

    Each comes with its evidence and the line where to correct it.

    \b
    Example:
      kb review --format jsonl
    """
    uncertain = uncertain_passages(load_corpus(corpus_folder, tagged=False), corpus_folder)
    if form != "text":
        echo_rows(map(_uncertain_json, uncertain), form)
        return
    for entry in uncertain:
        click.echo("\n".join(uncertain_lines(entry)) + "\n")
    click.echo(_counted(len(uncertain), "uncertain attribution", "uncertain attributions"))


def _uncertain_json(entry: Uncertain) -> dict[str, Any]:
    return {"file": str(entry.path), "line": entry.line, "passage": passage_json(entry.passage)}


@click.command()
@click.argument("locator")
@click.option("--context", "around", metavar="N", type=click.IntRange(0, 50), default=0, help="Passages around it.")
@corpus_option
@format_option("text", "json")
def show(locator: str, around: int, corpus_folder: Path, form: str) -> None:
    """Print a passage.

    LOCATOR is edition/section/number; with ~fingerprint the answer says, too, whether the words are still the same.

    \b
    Example:
      kb show mahlbrueck-2023/gespraechsrunde/7 --context 1
    """
    place, fingerprint = parse_locator(locator)
    corpus = load_corpus(corpus_folder, tagged=form != "text")
    refuse_ended(corpus_folder, place)
    passage = find_passage(corpus, place)
    before, after = neighbours(find_edition(corpus, place.edition), passage, around=around)
    if form == "json":
        echo_json(_shown_json(passage, fingerprint, before, after))
        return
    for neighbour in before:
        click.echo("\n".join(passage_lines(neighbour)) + "\n")
    click.echo("\n".join(passage_lines(passage, mark="▶ " if around else "")))
    if fingerprint:
        click.echo(agreement(passage, fingerprint))
    for neighbour in after:
        click.echo("\n" + "\n".join(passage_lines(neighbour)))


def _shown_json(
    passage: Passage, fingerprint: str | None, before: Iterable[Passage], after: Iterable[Passage]
) -> dict[str, Any]:
    return {
        "passage": passage_json(passage),
        "unchanged": passage.fingerprint == fingerprint if fingerprint else None,
        "before": [passage_json(neighbour) for neighbour in before],
        "after": [passage_json(neighbour) for neighbour in after],
    }


def agreement(passage: Passage, fingerprint: str) -> str:
    """Return in a line whether the words of a passage are still those of the fingerprint."""
    if passage.fingerprint == fingerprint:
        return f"~{fingerprint}: the words are unchanged"
    return f"~{fingerprint}: the words have CHANGED since that link was made; today they are ~{passage.fingerprint}"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Start a corpus of your own.

    DIR must be empty or not there yet.

    \b
    Example:
      kb init meine-sammlung
    """
    for path in create_corpus(folder):
        click.echo(f"wrote {path}")
    click.echo("Next:")
    for line in next_commands(folder):
        click.echo(f"  {line}")


COMMANDS: list[click.Command] = [check, review, show, init]


@click.group(cls=CommandGroup, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wortlaut", prog_name="kb")
def commands() -> None:
    """Find who said what at a conference, in which words, on which page, and cite it.

    Exit codes: 0 done, 1 the input or the corpus has problems, 2 usage.
    """


def main() -> None:
    """Run the command line; output is UTF-8 whatever the terminal's locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    commands(prog_name="kb")

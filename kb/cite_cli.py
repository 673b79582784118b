"""The command `kb cite`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from kb.citable import parse_range, parse_selection, passages_from
from kb.citation import Citation, cite
from kb.citation_json import TEXT_FORMATS, citation_json, in_format
from kb.citation_wording import LOCALES
from kb.cli import agreement, base_url_option, corpus_option, echo_json, format_option
from kb.corpus import load_corpus
from kb.lookup import find_edition, find_passage, refuse_ended
from kb.styling import LONG, STYLES, StyledCitation, styled

_STYLE_NAMES = tuple(STYLES)


@click.command("cite")
@click.argument("locator")
@click.option(
    "--style",
    type=click.Choice(_STYLE_NAMES),
    default=_STYLE_NAMES[0],
    show_default=True,
    help="Style.",
)
@click.option("--locale", type=click.Choice(LOCALES), default=LOCALES[0], show_default=True, help="Language of it.")
@click.option("--chars", metavar="START-END", help="Cite these code points of the passage alone.")
@click.option("--quoted", metavar="NAME", default="", help="Who is quoted there, if a speaker quotes somebody.")
@click.option("--accessed", type=click.DateTime(["%Y-%m-%d"]), help="Day of access; today if not given.")
@corpus_option
@base_url_option
@format_option(*TEXT_FORMATS, "json")
def cite_command(
    locator: str,
    style: str,
    locale: str,
    chars: str | None,
    quoted: str,
    accessed: datetime | None,
    corpus_folder: Path,
    base_url: str,
    form: str,
) -> None:
    """Cite a passage, or several of one section.

    Prints the words at LOCATOR as they may be quoted, and the reference with its permanent link. LOCATOR may be a
    range: edition/section/3-5.

    \b
    Example:
      kb cite mahlbrueck-2023/gespraechsrunde/7 --style autor-jahr
      kb cite mahlbrueck-2023/forum-1/6-8 --format bibtex
    """
    selection = parse_selection(chars) if chars else None
    day = accessed.date() if accessed else date.today()
    citation = _citation(locator, corpus_folder, base_url=base_url, day=day, selection=selection, quoted=quoted)
    _print(styled(citation, style, locale), form)


def _citation(
    locator: str, corpus_folder: Path, *, base_url: str, day: date, selection: tuple[int, int] | None, quoted: str
) -> Citation:
    first, last, fingerprint = parse_range(locator)
    corpus = load_corpus(corpus_folder, tagged=False)
    refuse_ended(corpus_folder, first)
    passage = find_passage(corpus, first)
    edition = find_edition(corpus, first.edition)
    if fingerprint and fingerprint != passage.fingerprint:
        click.echo(agreement(passage, fingerprint), err=True)
    cited = passages_from(edition.passages, first, last) if last != first.ordinal else passage
    return cite(cited, edition, base_url=base_url, accessed=day, selection=selection, quoted=quoted)


def _print(cited: StyledCitation, form: str) -> None:
    if form == "json":
        parts = {"voice": cited.citation.voice.value, "quotation": cited.words, "reference": cited.reference}
        echo_json(citation_json(cited) | parts)
    elif form == "text":
        click.echo(cited.whole if len(cited.quotation) <= LONG and cited.is_said else _apart(cited))
    else:
        click.echo(in_format(cited, form).rstrip("\n"))


def _apart(cited: StyledCitation) -> str:
    return f"{cited.words}\n\n{cited.reference}"


COMMANDS: list[click.Command] = [cite_command]

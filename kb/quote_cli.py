"""The command `kb quote`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kb.citation_wording import LOCALES
from kb.cli import base_url_option, corpus_option, echo_json, format_option
from kb.corpus import load_corpus
from kb.lookup import find_edition, find_passage, refuse_ended
from kb.model import Passage
from kb.quotation import Quotation, build_quotation
from kb.quotation_links import around, quotation_citation, quotation_fragment, quotation_json, sentence_stretches
from kb.selection import Stretch, parse_selection_link, parse_stretches
from kb.styling import STYLES, StyledCitation, styled

_STYLE_NAMES = tuple(STYLES)


@click.command("quote")
@click.argument("locators", metavar="LOCATOR...", nargs=-1, required=True)
@click.option("--words", metavar="FIRST-LAST", multiple=True, help="Words to quote, counted from 1; may be repeated.")
@click.option("--whole-sentences", is_flag=True, help="Begin and end with a sentence.")
@click.option("--style", type=click.Choice(_STYLE_NAMES), default=_STYLE_NAMES[0], show_default=True, help="Style.")
@click.option("--locale", type=click.Choice(LOCALES), default=LOCALES[0], show_default=True, help="Language of it.")
@corpus_option
@base_url_option
@format_option("text", "json")
def quote_command(
    locators: tuple[str, ...],
    words: tuple[str, ...],
    whole_sentences: bool,
    style: str,
    locale: str,
    corpus_folder: Path,
    base_url: str,
    form: str,
) -> None:
    """Put a quotation together from words of a passage.

    LOCATOR may be a link with its words: edition/section/3~9c1e4b2a?w=12-27. What is left out between the words becomes
    […]; what it may hide (a negation, a condition, the speaker's own distance) is told on stderr. Several locators join
    passages of one speaker. Without words, the sentences of the passage are listed with their numbers.

    \b
    Example:
      kb quote mahlbrueck-2023/gespraechsrunde/7
      kb quote mahlbrueck-2023/gespraechsrunde/7 --words 1-9 --words 15-22
    """
    first, fingerprint, stretches = parse_selection_link(locators[0])
    stretches += parse_stretches(words, first, fingerprint)
    for other in locators[1:]:
        stretches += _words_of(other)
    corpus = load_corpus(corpus_folder, tagged=False)
    edition = find_edition(corpus, first.edition)
    for stretch in (*stretches, Stretch(first, 1, 1)):
        refuse_ended(corpus_folder, stretch.locator)
        find_passage(corpus, stretch.locator)
    if not stretches:
        _list_sentences(find_passage(corpus, first), form)
        return
    section = around(edition.passages, first)
    quotation = build_quotation(stretches, section, whole_sentences=whole_sentences, language=edition.language)
    citation = quotation_citation(quotation, edition, base_url=base_url, accessed=date.today(), locale=locale)
    _print(quotation, styled(citation, style, locale), quotation_fragment(quotation, section), form)


def _words_of(link: str) -> tuple[Stretch, ...]:
    """Return the words a further locator names."""
    _, _, stretches = parse_selection_link(link)
    if not stretches:
        raise click.BadParameter(f"{link!r} names no words; write them behind it: ?w=1-9", param_hint="LOCATOR")
    return stretches


def _list_sentences(passage: Passage, form: str) -> None:
    rows = [(f"{stretch.first}-{stretch.last}", text) for stretch, text in sentence_stretches(passage)]
    if form == "json":
        echo_json({"passage": passage.id, "sentences": [{"words": words, "text": text} for words, text in rows]})
        return
    for words, text in rows:
        click.echo(f"{words:>9}  {' '.join(text.split())}")


def _print(quotation: Quotation, cited: StyledCitation, fragment: str, form: str) -> None:
    if form == "json":
        echo_json(quotation_json(quotation, cited, fragment))
        return
    click.echo(f"{cited.words}\n\n{cited.reference}\n\n{cited.citation.link}{fragment}")
    for caution in quotation.cautions:
        click.echo(f"! {caution.sentence}", err=True)


COMMANDS: list[click.Command] = [quote_command]

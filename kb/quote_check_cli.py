"""What `kb verify --quote` and `--quotes` do; apart, as citations are verified without an index."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from kb.citation import pages, permanent_link
from kb.cli import echo_json, echo_rows, tell_of_other_corpus
from kb.generation import other_corpus
from kb.index import open_index
from kb.quote_check import QuoteCheck
from kb.quote_json import check_json, checked_json, quotable, steps
from kb.quote_wording import LABELS
from kb.quotes import Checked, Match, Quote, Verdict

_LINE = 100
_MARKS = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}


def verify_quotes(
    quotes: Sequence[Quote], *, corpus_folder: Path, index_folder: Path, base_url: str, form: str = "text"
) -> bool:
    """Print the verdict on each quotation and return whether all are verbatim.

    Raises:
        KbError: there is no index, or what is asked is too much.
    """
    with closing(open_index(index_folder)) as index:
        tell_of_other_corpus(other_corpus(index_folder, corpus_folder), index_folder, corpus_folder)
        checks = QuoteCheck.of(index.generation).check(quotes)
    tell_checks(checks, base_url=base_url, form=form)
    return all(checked.verdict is Verdict.VERBATIM for checked in checks)


def verify_manuscripts(
    texts: Sequence[str], *, corpus_folder: Path, index_folder: Path, base_url: str, form: str = "text"
) -> bool:
    """Print the verdict on each quotation of some manuscripts and return whether all are verbatim.

    Raises:
        KbError: there is no index, a manuscript is too long, or it has no quotation.
    """
    with closing(open_index(index_folder)) as index:
        tell_of_other_corpus(other_corpus(index_folder, corpus_folder), index_folder, corpus_folder)
        check = QuoteCheck.of(index.generation)
        checks = [checked for text in texts for checked in check.check_manuscript(text)]
    tell_checks(checks, base_url=base_url, form=form)
    return all(checked.verdict is Verdict.VERBATIM for checked in checks)


def tell_checks(checks: Sequence[Checked], *, base_url: str, form: str) -> None:
    """Print verdicts as text, JSON or JSON Lines; the JSON is that of the API."""
    if form == "json":
        echo_json(check_json(checks, base_url=base_url))
    elif form == "jsonl":
        echo_rows((checked_json(checked, base_url=base_url) for checked in checks), form)
    else:
        click.echo("\n\n".join("\n".join(_lines(checked, base_url=base_url)) for checked in checks))


def _lines(checked: Checked, *, base_url: str) -> list[str]:
    words = " ".join(checked.quote.text.split())
    lines = [
        f"{checked.verdict.value}: {LABELS[checked.verdict]}",
        f"  › {words if len(words) < _LINE else words[:_LINE] + ' …'}",
        f"  {checked.sentence}",
        *(f"  {note}" for note in checked.notes),
    ]
    for match in checked.matches:
        where = pages(match.pages[0], match.pages[-1]) if match.pages else "o. S."
        lines.append(f"  {where}: {permanent_link(match.passage, base_url=base_url)}")
        lines.append(f"    {_difference(match)}")
    return [*lines, f"  … {checked.more} more places"] if checked.more else lines


def _difference(match: Match) -> str:
    """Return the printed words; where the quotation differs as print [-lost-] and quotation {+added+}."""
    told = [step for piece in match.pieces for step in steps(piece)]
    if all(step == "equal" for step, _ in told):
        return quotable(match)
    return " ".join(_MARKS[step].format(words) for step, words in told)

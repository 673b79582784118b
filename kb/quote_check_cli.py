"""Checking quotations on the command line: what `kb verify` does with `--quote` and `--quotations`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from kb.citation import pages, permanent_link
from kb.cli import echo_json, echo_rows, tell_of_other_corpus
from kb.docx import docx_paragraphs
from kb.errors import SourceError
from kb.generation import other_corpus
from kb.index import open_index
from kb.quote_check import QuoteCheck
from kb.quote_json import check_json, checked_json, quotable, steps
from kb.quote_wording import verdict_word
from kb.quotes import Checked, Match, Quote, Verdict

_LINE = 100
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def verify_quotations(
    quotes: Sequence[Quote],
    manuscripts: Sequence[Path],
    *,
    corpus_folder: Path,
    index_folder: Path,
    base_url: str,
    form: str,
) -> bool:
    """Print the verdict on quotations and on those of manuscripts; return whether all are verbatim.

    Raises:
        KbError: there is no index, a manuscript cannot be read or quotes nothing, or too much is asked.
    """
    texts = [manuscript_text(path) for path in manuscripts]
    with closing(open_index(index_folder)) as index:
        tell_of_other_corpus(other_corpus(index_folder, corpus_folder), index_folder, corpus_folder)
        check = QuoteCheck.of(index.generation)
        checks = list(check.check(quotes)) if quotes else []
        for text in texts:
            checks += check.check_manuscript(text)
    _tell(checks, base_url=base_url, form=form)
    return all(checked.verdict is Verdict.VERBATIM for checked in checks)


def manuscript_text(path: Path) -> str:
    """Return the text of a manuscript: of a Word document, or of a text file.

    Raises:
        SourceError: it is neither.
    """
    if path.suffix.lower() == ".docx":
        return "\n\n".join(paragraph.text for paragraph in docx_paragraphs(path))
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8 (or as .docx)") from error


def _tell(checks: Sequence[Checked], *, base_url: str, form: str) -> None:
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
        f"{checked.verdict.value}: {verdict_word(checked.verdict)}",
        f"  › {words if len(words) <= _LINE else words[:_LINE] + ' …'}",
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
    if all(step == "same" for step, _ in told):
        return quotable(match)
    return " ".join(_MARKS[step].format(words) for step, words in told)

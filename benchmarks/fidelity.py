"""Whether every passage leaves word for word as it is printed: `python benchmarks/fidelity.py --index var/index`.

Each passage of the index goes through every format of the quotation sheet in both languages, through the embed of a
note, and through the quotation builder as page and as JSON; each output is read back by a reader of its format. The
words must be there, sign for sign; quotation marks inside may change their style, white space its kind. Around words
that are nobody's own no quotation mark may stand. Exit code 1 if something is not so.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import bibtexparser
import rispy
from bs4 import BeautifulSoup
from flask import Flask
from markdown import markdown
from pylatexenc.latex2text import LatexNodes2Text

from kb.index import open_index
from kb.model import Passage, Voice
from kb.notes import Note
from kb.reading_sheets import QUOTATIONS, SHEET_FORMS
from kb.selection import word_spans
from webapp import create_app
from webapp.library import library
from webapp.notes import note_page

_MARKS = re.compile("[„“”»«‚‘’›‹\"']")
_OPENS = "„“”»‚‘›\"'"
_CHUNK = 100

Read = Callable[[str], list[str]]


def main() -> None:
    """Print what was looked at and everything that is not as printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder (default: var/index)")
    folder = parser.parse_args().index
    index = open_index(folder)
    passages = [one for edition in index.editions for one in index.passages_in(edition)]
    wrong = list(_wrong(create_app(folder), passages))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(passages)} passages, {len(wrong)} outputs not as printed")
    sys.exit(bool(wrong))


def _wrong(app: Flask, passages: Sequence[Passage]) -> Iterator[str]:
    for at in range(0, len(passages), _CHUNK):
        some = passages[at : at + _CHUNK]
        for form in SHEET_FORMS:
            for locale in ("de", "en"):
                yield from _compared(f"{form}, {locale}", some, _sheet(app, some, form, locale))
        yield from _compared("note", some, _embedded(app, some))
        yield from _compared("builder, page", some, [_built_page(app, one) for one in some])
        yield from _compared("builder, JSON", some, [_built_json(app, one) for one in some])


def _compared(what: str, passages: Sequence[Passage], outputs: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the outputs of passages: one of each, in their order.

    A quotation that is built ends without a comma or colon: what these lead to is not in it.
    """
    if len(outputs) != len(passages):
        yield f"{what}: {len(outputs)} outputs of {len(passages)} passages"
        return
    for passage, output in zip(passages, outputs, strict=True):
        text = passage.text.rstrip(",;: ") if what.startswith("builder") else passage.text
        if _signs(text) not in _signs(output):
            yield f"{what}: {passage.id}: the words are not those printed"
        elif passage.voice is not Voice.VERBATIM and _is_quoted(passage, output):
            yield f"{what}: {passage.id}: nobody's own words in quotation marks"
        elif passage.voice is Voice.VERBATIM and not _is_quoted(passage, output):
            yield f"{what}: {passage.id}: a person's own words without quotation marks"


def _signs(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())


def _is_quoted(passage: Passage, output: str) -> bool:
    """Return whether a mark of its own stands before the words of a passage."""
    spaced, printed = " ".join(output.split()), " ".join(passage.text.split())
    own = len(printed) - len(printed.lstrip(_OPENS))
    words = _MARKS.sub("\0", printed[own:])[:60]
    at = _MARKS.sub("\0", spaced).find(words)
    before = spaced[:at]
    return len(before) - len(before.rstrip(_OPENS)) > own


def _sheet(app: Flask, passages: Sequence[Passage], form: str, locale: str) -> list[str]:
    asked = [("p", f"{one.id}~{one.fingerprint}") for one in passages] + [("locale", locale)]
    answer = app.test_client().get(f"/api/v1/merkliste/{QUOTATIONS}/{form}?{urlencode(asked)}")
    assert answer.status_code == 200, (answer.status_code, form)
    return _READERS[form](answer.get_data(as_text=True))


def _read_html(text: str) -> list[str]:
    return [one.get_text() for one in BeautifulSoup(text, "html.parser").find_all("p")]


def _read_bibtex(text: str) -> list[str]:
    latex = LatexNodes2Text(keep_comments=True)
    return [latex.latex_to_text(one["abstract"]) for one in bibtexparser.parse_string(text).entries]


_READERS: dict[str, Read] = {
    "text": lambda text: text.strip().split("\n\n")[1:],
    "html": _read_html,
    "markdown": lambda text: _read_html(markdown(text)),
    "bibtex": _read_bibtex,
    "biblatex": _read_bibtex,
    "ris": lambda text: [one["abstract"] for one in rispy.loads(text)],
    "csl-json": lambda text: [one["abstract"] for one in json.loads(text)],
    "csv": lambda text: [one["words"] for one in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))],
}


def _embedded(app: Flask, passages: Sequence[Passage]) -> list[str]:
    note = Note("probe", "Probe", "\n\n".join(f"![[{one.id}~{one.fingerprint}]]" for one in passages))
    with app.test_request_context("/notizen/probe"):
        page = BeautifulSoup(note_page(library(), note).render(), "html.parser")
    return [" ".join(p.get_text() for p in one.find_all("p")) for one in page.select(".shown blockquote")]


def _chosen(passage: Passage) -> str:
    return urlencode({"w": f"1-{len(word_spans(passage.text))}"})


def _built_page(app: Flask, passage: Passage) -> str:
    answer = app.test_client().get(f"/{passage.id}~{passage.fingerprint}?{_chosen(passage)}")
    (told,) = BeautifulSoup(answer.data, "html.parser").select("#auswahl-ganz")
    return told.get_text()


def _built_json(app: Flask, passage: Passage) -> str:
    answer = app.test_client().get(f"/api/v1/passages/{passage.id}~{passage.fingerprint}/quotation?{_chosen(passage)}")
    found: str = answer.get_json()["quotation"]
    return found


if __name__ == "__main__":
    main()

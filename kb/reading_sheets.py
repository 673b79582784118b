"""A reading list to take along: as a bibliography, or as a quotation sheet with words, reference and note.

What a passage's words are handed out as is decided in `kb.citation`: only a person's own come in quotation marks. A
passage that is no more is named at the end with what became of it; one whose words changed says so.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kb.citation_formats import FORMATS, annotated_item
from kb.export.rows import BOM, guarded, table
from kb.reading_list import Collected
from kb.styling import StyledCitation, markdown_text
from kb.verification import Status

BIBLIOGRAPHY, QUOTATIONS = "bibliography", "quotations"
SHEETS = (BIBLIOGRAPHY, QUOTATIONS)
_COLUMNS = ("passage", "status", "speaker", "voice", "event", "page", "words", "reference", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage of a sheet with its citation as it is today; None for a passage that is no more."""

    collected: Collected
    citation: StyledCitation | None


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A format of sheets: what writes it, its media type, how its files end."""

    write: Callable[[Sequence[Entry], str, str], str]
    media_type: str
    suffix: str


@dataclass(frozen=True, slots=True)
class _Words:
    """What a sheet says in one language; `became` tells what became of words since they were kept."""

    titles: Mapping[str, str]
    note: str
    gone: str
    became: Mapping[Status, str]


_GERMAN = _Words(
    titles={BIBLIOGRAPHY: "Nachweise", QUOTATIONS: "Zitate"},
    note="Notiz: ",
    gone="Heute nicht nachzuweisen",
    became={
        Status.PAGE_MOVED: "Die Seitenangabe wurde berichtigt, seit die Stelle gemerkt wurde.",
        Status.REWORDED: "Die Worte wurden berichtigt, seit die Stelle gemerkt wurde.",
        Status.RE_ATTRIBUTED: "Die Worte wurden anders zugeordnet, seit die Stelle gemerkt wurde.",
        Status.MOVED: "Die Stelle steht heute anderswo",
        Status.MERGED: "Die Stelle ging in eine andere ein",
        Status.SPLIT: "Die Stelle wurde geteilt",
        Status.WITHDRAWN: "Die Stelle wurde zurückgezogen",
        Status.UNKNOWN: "Die Worte sind nicht die, die gemerkt wurden.",
    },
)
_ENGLISH = _Words(
    titles={BIBLIOGRAPHY: "References", QUOTATIONS: "Quotations"},
    note="Note: ",
    gone="Cannot be cited today",
    became={
        Status.PAGE_MOVED: "The page was corrected after the passage was kept.",
        Status.REWORDED: "The words were corrected after the passage was kept.",
        Status.RE_ATTRIBUTED: "The words were attributed otherwise after the passage was kept.",
        Status.MOVED: "The passage stands elsewhere today",
        Status.MERGED: "The passage went into another one",
        Status.SPLIT: "The passage was split",
        Status.WITHDRAWN: "The passage was withdrawn",
        Status.UNKNOWN: "The words are not those that were kept.",
    },
)
_UNKNOWN_PLACE = {"de": "Diese Stelle ist hier unbekannt", "en": "This passage is unknown here"}


def _words(locale: str) -> _Words:
    return _ENGLISH if locale == "en" else _GERMAN


def caution(collected: Collected, locale: str) -> str:
    """Return what must be known of a passage that is still there before it is cited; "" if nothing."""
    found = collected.finding
    return "" if found.holds else _words(locale).became[found.status]


def fate(collected: Collected, locale: str) -> str:
    """Return what became of a passage that is no more, on one line: when it ended, why, where its words stand."""
    found = collected.finding
    if found.status is Status.UNKNOWN:
        return _UNKNOWN_PLACE["en" if locale == "en" else "de"]
    reasons = [change.reason for change in found.changes if change.reason]
    days = [f"({change.day.isoformat()})" for change in found.changes[:1] if change.day]
    places = ", ".join(place.id for place in found.places)
    told = " ".join((_words(locale).became[found.status], *days))
    return ": ".join(filter(None, (told, places or (reasons[-1] if reasons else ""))))


def sheet(entries: Sequence[Entry], kind: str, form: str, *, locale: str) -> str:
    """Return a list as one of `SHEETS` in one of `SHEET_FORMS`, in German or English.

    Raises:
        KeyError: there is no such format.
    """
    return SHEET_FORMS[form].write(entries, kind, locale)


def _citable(entries: Sequence[Entry]) -> list[tuple[Collected, StyledCitation]]:
    return [(one.collected, one.citation) for one in entries if one.citation]


def _gone(entries: Sequence[Entry], locale: str) -> list[tuple[str, str]]:
    """Return the passages that are no more: what was kept with what became of it, and the note."""
    gone = [one.collected for one in entries if one.citation is None]
    return [(f"{one.kept.written}: {fate(one, locale)}", one.kept.note) for one in gone]


def _text(entries: Sequence[Entry], kind: str, locale: str) -> str:
    said = _words(locale)
    blocks = [said.titles[kind]]
    for collected, cited in _citable(entries):
        lines = [cited.whole if kind == QUOTATIONS else cited.reference, caution(collected, locale)]
        blocks.append("\n".join(filter(None, (*lines, _noted(collected.kept.note, kind, said)))))
    if gone := _gone(entries, locale):
        told = ["\n".join(filter(None, (line, _noted(note, kind, said)))) for line, note in gone]
        blocks += [f"{said.gone}:", *told]
    return "\n\n".join(blocks) + "\n"


def _noted(note: str, kind: str, said: _Words) -> str:
    return f"{said.note}{note}" if note and kind == QUOTATIONS else ""


def _html(entries: Sequence[Entry], kind: str, locale: str) -> str:
    said = _words(locale)
    title, escape = said.titles[kind], html.escape
    body = [f"<h1>{escape(title)}</h1>"]
    for collected, cited in _citable(entries):
        body.append(f"<p>{cited.whole_html if kind == QUOTATIONS else cited.reference_html}</p>")
        told = (escape(caution(collected, locale)), _html_lines(_noted(collected.kept.note, kind, said)))
        body += [f"<p>{one}</p>" for one in told if one]
    gone = _gone(entries, locale)
    body += [f"<h2>{escape(said.gone)}</h2>"] if gone else []
    body += [f"<p>{_html_lines(line)}</p>" for both in gone for line in (both[0], _noted(both[1], kind, said)) if line]
    head = f'<!doctype html>\n<html lang="{locale}">\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n<body>'
    return "\n".join((head, *body, "</body>", "</html>")) + "\n"


def _html_lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")


def _markdown(entries: Sequence[Entry], kind: str, locale: str) -> str:
    said = _words(locale)
    blocks = [f"# {said.titles[kind]}"]
    for collected, cited in _citable(entries):
        blocks.append(_shielded(cited.whole_markdown if kind == QUOTATIONS else cited.reference_markdown))
        told = (caution(collected, locale), _noted(collected.kept.note, kind, said))
        blocks += [_markdown_lines(one) for one in told if one]
    if gone := _gone(entries, locale):
        blocks.append(f"## {said.gone}")
        blocks += [_markdown_lines(line) for both in gone for line in (both[0], _noted(both[1], kind, said)) if line]
    return "\n\n".join(blocks) + "\n"


def _markdown_lines(text: str) -> str:
    """Return a text as Markdown that keeps its lines and its paragraphs."""
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n\n".join("\\\n".join(map(_shielded, map(markdown_text, one.split("\n")))) for one in paragraphs)


def _shielded(line: str) -> str:
    """Return a line of Markdown that begins no list, no heading and no rule."""
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", line.strip())


def _for_program(form: str, entries: Sequence[Entry], kind: str, locale: str) -> str:
    """Return the citations for a reference manager; in a quotation sheet with words and note."""
    written = FORMATS[form]
    return "\n".join(written(cited.citation, **more) for cited, more in _annotated(entries, kind))


def _csl_json(entries: Sequence[Entry], kind: str, locale: str) -> str:
    items = [
        annotated_item(cited.citation, **{"words": "", "remark": ""} | more)
        for cited, more in _annotated(entries, kind)
    ]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _annotated(entries: Sequence[Entry], kind: str) -> list[tuple[StyledCitation, dict[str, str]]]:
    return [
        (cited, {"words": cited.quotation, "remark": collected.kept.note} if kind == QUOTATIONS else {})
        for collected, cited in _citable(entries)
    ]


def _csv(entries: Sequence[Entry], kind: str, locale: str) -> str:
    """Return a table of all entries, with a byte order mark and no cell that a spreadsheet takes for a formula."""
    rows = (_row(one, locale) for one in entries)
    return BOM + "".join(table(_COLUMNS, rows, cell=guarded))


def _row(entry: Entry, locale: str) -> list[str]:
    collected, cited = entry.collected, entry.citation
    head = [collected.kept.written, collected.finding.status.value]
    if cited is None:
        return [*head, "", "", "", "", "", fate(collected, locale), collected.kept.note]
    passage, edition = cited.citation.passage, cited.citation.edition
    page = "–".join(dict.fromkeys(filter(None, cited.citation.printed_pages)))
    told = ["; ".join(cited.citation.people), passage.voice.value, edition.event.title or edition.title, page]
    return [*head, *told, cited.quotation, cited.reference, collected.kept.note]


SHEET_FORMS: Mapping[str, SheetForm] = {
    "text": SheetForm(_text, "text/plain", "txt"),
    "html": SheetForm(_html, "text/html", "html"),
    "markdown": SheetForm(_markdown, "text/markdown", "md"),
    "bibtex": SheetForm(partial(_for_program, "bibtex"), "application/x-bibtex", "bib"),
    "biblatex": SheetForm(partial(_for_program, "biblatex"), "application/x-bibtex", "bib"),
    "ris": SheetForm(partial(_for_program, "ris"), "application/x-research-info-systems", "ris"),
    "csl-json": SheetForm(_csl_json, "application/vnd.citationstyles.csl+json", "json"),
    "csv": SheetForm(_csv, "text/csv", "csv"),
}
"""The formats a list is written in, by name."""

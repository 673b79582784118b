"""The page of the reading list: passages with notes and references, and what can be taken along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from kb.citation_wording import LOCALES
from kb.reading_list import LONGEST_NOTE, SORTS, Collected
from kb.reading_sheets import BIBLIOGRAPHY, QUOTATIONS, SHEET_FORMS
from kb.styling import STYLES
from kb.translation import N_
from kb.translation import gettext as _
from webapp.citing import base_url
from webapp.entries import entry as printed_entry
from webapp.library import Library, event_name
from webapp.pages import Page
from webapp.parts import Entry, Link, Verdict
from webapp.prose import excerpt
from webapp.reading_list import (
    PATH,
    SORT_LABELS,
    Asked,
    citation_of,
    collected_list,
    numbered,
    offer,
    reference_html,
    told_of,
)

_LONGEST = 600
_LABELS = {
    "text": N_("Text"),
    "html": "HTML",
    "markdown": "Markdown",
    "bibtex": "BibTeX",
    "biblatex": "BibLaTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
    "csv": "CSV",
}
_STYLES = {style.id: style.label for style in STYLES.values()}
_LANGUAGES = {"de": N_("Deutsch"), "en": N_("Englisch")}

Choices = tuple[tuple[Link, bool], ...]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A passage of the list: its `number` there, what was `written`, and what is printed of it today, if it is there.

    `deed` brings it up to today, as `deed_label` says.
    """

    number: int
    written: str
    note: str
    passage: Entry | None
    language: str
    place: str
    event: str
    words: str
    reference: Markup
    verdicts: tuple[Verdict, ...]
    deed: str
    deed_label: str


@dataclass(frozen=True)
class ReadingListPage(Page):
    template = "reading_list.html"
    entries: tuple[ListEntry, ...]
    asked: Asked
    sorts: Choices
    styles: Choices
    locales: Choices
    plus: str
    plus_problem: str
    link: str
    link_without_notes: str
    sheets: tuple[tuple[str, str, tuple[Link, ...]], ...]
    missing: int
    json_path: str
    longest_note: int


def reading_list_page(here: Library, asked: Asked, *, plus: str = "", plus_problem: str = "") -> ReadingListPage:
    """Return the page of a list; `plus` was to be added to it, `plus_problem` says why it could not be.

    Raises:
        ListTooLong: its address would be too long.
    """
    shown = numbered(asked, collected_list(here, asked))
    has_notes = any(kept.note for kept in asked.kept)
    return ReadingListPage(
        entries=tuple(_entry(here, asked, number, one) for number, one in shown),
        asked=asked,
        sorts=_choices(asked, "sort", SORTS, SORT_LABELS),
        styles=_choices(asked, "style", tuple(STYLES), _STYLES),
        locales=_choices(asked, "locale", LOCALES, _LANGUAGES),
        plus=plus,
        plus_problem=plus_problem,
        link=base_url() + asked.path(),
        link_without_notes=base_url() + asked.path(with_notes=False) if has_notes else "",
        sheets=(
            (_("Zitatblatt"), _("Worte, Nachweis und Notiz"), _sheet_links(asked, QUOTATIONS)),
            (_("Literaturverzeichnis"), _("nur die Nachweise"), _sheet_links(asked, BIBLIOGRAPHY)),
        ),
        missing=sum(one.passage is None for _number, one in shown),
        json_path=asked.path(f"/api/v1{PATH}"),
        longest_note=LONGEST_NOTE,
    )


def _entry(here: Library, asked: Asked, number: int, one: Collected) -> ListEntry:
    passage = one.passage
    edition = here.edition(passage.edition) if passage else None
    deed, deed_label = offer(one)
    return ListEntry(
        number=number,
        written=one.kept.written,
        note=one.kept.note,
        passage=printed_entry(here, passage, {}) if passage else None,
        language=edition.language if edition else "",
        place=passage.section_title if passage else "",
        event=event_name(edition) if edition else "",
        words=excerpt(passage.text, length=_LONGEST) if passage else "",
        reference=reference_html(citation_of(here, one, asked)),
        verdicts=told_of(here, one),
        deed=deed,
        deed_label=deed_label,
    )


def _choices(asked: Asked, name: str, values: tuple[str, ...], labels: dict[str, str]) -> Choices:
    """Return the same list with each value of a parameter, each with whether it is the one shown."""
    present = getattr(asked, name)
    return tuple((Link(_(labels[value]), _chosen(asked, {name: value}).path()), value == present) for value in values)


def _chosen(asked: Asked, choice: dict[str, Any]) -> Asked:
    return replace(asked, **choice)


def _sheet_links(asked: Asked, kind: str) -> tuple[Link, ...]:
    path = f"/api/v1{PATH}/{kind}"
    return tuple(Link(_(_LABELS[form]), asked.path(f"{path}/{form}")) for form in SHEET_FORMS)

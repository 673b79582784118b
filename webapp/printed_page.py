"""The page that shows a printed page: the passages on it, section by section."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Edition, Kind, Passage
from kb.printed_page import page_labels, page_path, passages_on
from kb.translation import gettext as _
from webapp.entries import crumbs, reading_entries
from webapp.library import Library
from webapp.pages import Page
from webapp.parts import Entry, Link
from webapp.typography import printed_pages


@dataclass(frozen=True, slots=True)
class SectionOnPage:
    """The part of a section that stands on a printed page."""

    link: Link
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class PrintedPage(Page):
    template = "printed_page.html"
    edition: Edition
    label: str
    shown: str
    crumbs: tuple[Link, ...]
    sections: tuple[SectionOnPage, ...]
    link: str
    previous: Link | None
    next: Link | None


def printed_page(here: Library, edition: Edition, label: str, *, base_url: str) -> PrintedPage:
    """Return the printed page with this label, each passage on it whole.

    Raises:
        PageNotFound: there is none; names the nearest ones.
    """
    passages = here.index.passages_in(edition.id)
    found = passages_on(passages, edition.id, label)
    labels = page_labels(passages)
    at = labels.index(label)
    sections: dict[str, list[Passage]] = {}
    for passage in found:
        if passage.kind is not Kind.CAPTION:
            sections.setdefault(passage.section, []).append(passage)
    return PrintedPage(
        edition=edition,
        label=label,
        shown=printed_pages(label),
        crumbs=crumbs(edition, found[0].section.partition("/")[0], include_last=False),
        sections=tuple(
            SectionOnPage(
                crumbs(edition, section, include_last=True)[-1],
                tuple(reading_entries(here, edition, here.section(edition.id, section), ones)),
            )
            for section, ones in sections.items()
        ),
        link=f"{base_url}/{page_path(edition.id, label)}",
        previous=_page_link(edition.id, labels[at - 1]) if at else None,
        next=_page_link(edition.id, labels[at + 1]) if at + 1 < len(labels) else None,
    )


def _page_link(edition_id: str, label: str) -> Link:
    return Link(_("Seite %(page)s", page=label), f"/{page_path(edition_id, label)}")

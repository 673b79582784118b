"""The reading page of a section: its contents, who speaks when, its words, and how the section as a whole is cited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import request

from kb.citation import permanent_link
from kb.model import CONTENT_KINDS, Edition, Kind, Passage, Section
from kb.translation import gettext as _
from webapp import urls
from webapp.citing import base_url
from webapp.entries import crumbs, forum_search, reading_entries, section_people
from webapp.library import Library
from webapp.linked_data import section_tags
from webapp.pages import SectionPage
from webapp.parts import ContentsLine, Entry, Link
from webapp.section_find import find_in_section, marked
from webapp.turns import turn_line
from webapp.typography import NBSP, long_date, printed_pages

_FEWEST_HEADINGS = 2


def section_page(here: Library, found: Edition, section: Section) -> SectionPage:
    """Return the reading page of a section with all sections below it; `q` in the address marks words on it."""
    passages = here.index.passages_in(found.id, section.id)
    search = find_in_section(here, passages, request.args.get("q", ""))
    entries = marked(reading_entries(here, found, section, passages), search)
    previous, following = _beside(found, section)
    return SectionPage(
        edition=found,
        section=section,
        crumbs=crumbs(found, section.id, include_last=False),
        pages=printed_pages(section.page_first, section.page_last),
        people=section_people(here, section),
        in_forum=forum_search(here, found, section),
        entries=tuple(one for one in entries if one.passage.kind is not Kind.FOOTNOTE),
        footnotes=tuple(one for one in entries if one.passage.kind is Kind.FOOTNOTE),
        previous=previous,
        next=following,
        contents=_contents(entries),
        turns=turn_line(passages),
        search=search,
        path=urls.section_path(found.id, section.id),
        reference=section_reference(found, section, base_url=base_url(), accessed=date.today()),
        example=_example(passages),
        tags=section_tags(found, section),
    )


def _example(passages: Sequence[Passage]) -> Link | None:
    """Return a passage of the section with its permanent link, so that a printout tells what the links look like."""
    said = [one for one in passages if one.kind in CONTENT_KINDS] or list(passages)
    if not said:
        return None
    return Link(f"¶{NBSP}{said[0].locator.ordinal}", permanent_link(said[0], base_url=base_url()))


def _contents(entries: Sequence[Entry]) -> tuple[ContentsLine, ...]:
    """Return the headings inside a section; none where there are too few to need a list."""
    lines = [
        ContentsLine(heading.text, f"#{heading.anchor}", heading.level - 2)
        for entry in entries
        for heading in entry.headings
    ]
    return tuple(lines) if len(lines) >= _FEWEST_HEADINGS else ()


def _beside(found: Edition, section: Section) -> tuple[Link | None, Link | None]:
    """Return the sections before and after one on the same level, in reading order."""
    depth = section.id.count("/")
    level = [one for one in found.sections if one.id.count("/") == depth]
    here = level.index(section)
    links = [Link(one.label, urls.section_path(found.id, one.id)) for one in level]
    return (links[here - 1] if here else None), (links[here + 1] if here + 1 < len(links) else None)


def section_reference(found: Edition, section: Section, *, base_url: str, accessed: date) -> str:
    """Return how a section as a whole is cited, at the end of its printout too. It names nobody as its author."""
    published = found.publication
    title = published.title or ". ".join(filter(None, (found.title, found.subtitle)))
    event = found.event.title if found.event.title not in title else ""
    held = ", ".join(filter(None, (event, found.event.place, long_date(found.event.date))))
    publisher = ": ".join(filter(None, (published.place, published.publisher)))
    imprint = " ".join(filter(None, (publisher, str(published.year or ""))))
    parts = (
        _("%(section)s, in: %(title)s", section=section.label, title=title) + (f" ({held})" if held else ""),
        imprint,
        printed_pages(section.page_first, section.page_last),
        f"{base_url}{urls.section_path(found.id, section.id)}",
    )
    fictional = " – " + _("fiktives Beispiel") if found.fictional else ""
    visited = _("Zugriff am %(day)s", day=long_date(accessed))
    return f"{', '.join(filter(None, parts))} ({visited}){fictional}"

"""Reading pages: an edition, a section of it, one passage."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kb.errors import LocatorError
from kb.labels import KINDS
from kb.locator import Locator, parse_locator
from kb.model import Edition, Evidence, Kind, Passage, Section
from webapp import urls, wording
from webapp.citing import base_url, citation_box
from webapp.entries import (
    crumbs,
    entry,
    note_paths,
    outline,
    person_link,
    reading_entries,
    section_people,
    theme_notes,
)
from webapp.history import history_rows, verdicts
from webapp.library import Library, library, programme_people
from webapp.pages import EditionPage, PassagePage, SectionPage
from webapp.parts import Entry, Link, Proof
from webapp.quoting import QuotationBox, mark_words, quotation_box
from webapp.typography import long_date, printed_pages

blueprint = Blueprint("reading", __name__)
_AROUND = 1


@blueprint.get("/<edition_id>")
def edition(edition_id: str) -> str:
    """Return the page of an event: what it was, its outline, its people."""
    here = library()
    found = here.edition(edition_id)
    statements = here.statements(edition_id)
    known = statements if here.has_words(edition_id) else programme_people(found)
    people = sorted(known, key=lambda person: here.speaker(person).surname)
    page = EditionPage(
        edition=found,
        date=long_date(found.event.date),
        outline=outline(here, found, here.sections_with_words(edition_id)),
        passage_count=here.counts("edition").get(edition_id, 0),
        people=tuple(person_link(here, one, edition_id=edition_id, count=statements.get(one)) for one in people),
        silent=tuple(person_link(here, one, edition_id=edition_id) for one in here.silent(found)),
        search_path=urls.search_path(urls.filtered("edition", edition_id)),
    )
    return page.render()


@blueprint.get("/<edition_id>/<path:place>")
def place(edition_id: str, place: str) -> str | Response:
    """Return the reading page of a section or, where the address ends in a number, the page of a passage."""
    if place.endswith("/"):
        return redirect(request.path.rstrip("/"), code=308)
    here = library()
    try:
        locator, fingerprint = parse_locator(f"{edition_id}/{place}")
    except LocatorError:
        return _section_page(here, here.edition(edition_id), here.section(edition_id, place)).render()
    return _passage_page(here, locator, fingerprint or "").render()


def _section_page(here: Library, found: Edition, section: Section) -> SectionPage:
    passages = here.index.passages_in(found.id, section.id)
    entries = reading_entries(here, found, section, passages)
    previous, following = _beside(found, section)
    return SectionPage(
        edition=found,
        section=section,
        crumbs=crumbs(found, section.id, include_last=False),
        pages=printed_pages(section.page_first, section.page_last),
        people=section_people(here, section),
        entries=tuple(one for one in entries if one.passage.kind is not Kind.FOOTNOTE),
        footnotes=tuple(one for one in entries if one.passage.kind is Kind.FOOTNOTE),
        previous=previous,
        next=following,
    )


def _beside(found: Edition, section: Section) -> tuple[Link | None, Link | None]:
    """Return the sections before and after one on the same level, in reading order."""
    depth = section.id.count("/")
    level = [one for one in found.sections if one.id.count("/") == depth]
    here = level.index(section)
    links = [Link(one.label, urls.section_path(found.id, one.id)) for one in level]
    return (links[here - 1] if here else None), (links[here + 1] if here + 1 < len(links) else None)


def _passage_page(here: Library, locator: Locator, fingerprint: str) -> PassagePage:
    passage = here.passage(locator)
    found = here.edition(locator.edition)
    around = here.around(passage)
    before, after = _context(here, passage)
    box = quotation_box(passage, fingerprint, request.args, around=around, edition=found, base_url=base_url())
    printed = passage.speaker_printed or ""
    return PassagePage(
        edition=found,
        crumbs=crumbs(found, passage.section, include_last=True),
        entry=_marked(entry(here, passage, note_paths(around, on_page=False)), box),
        before=tuple(_marked(one, box) for one in before),
        after=tuple(_marked(one, box) for one in after),
        in_context=urls.reading_path(passage),
        kind=KINDS[passage.kind],
        meaning=wording.VOICE_MEANINGS[passage.voice],
        printed=printed if printed not in passage.speakers else "",
        proof=_proof(passage.evidence) if passage.evidence else None,
        themes=theme_notes(here, passage),
        citation=citation_box(passage, request.args),
        verdicts=verdicts(here, passage, fingerprint, came_from=request.args.get("von", "")),
        history=history_rows(here, passage.locator),
        event_date=long_date(found.event.date),
        quoting=box,
    )


def _marked(one: Entry, box: QuotationBox) -> Entry:
    """Return an entry with the words marked that are selected."""
    return replace(one, paragraphs=mark_words(one.paragraphs, box.spans.get(one.passage.id, ())))


def _context(here: Library, passage: Passage) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the passages just before and after one in its top-level section, without pictures and footnotes."""
    around = here.around(passage)
    apart = (Kind.CAPTION, Kind.FOOTNOTE)
    nearby = [one for one in around if one.id == passage.id or one.kind not in apart]
    position = next(index for index, one in enumerate(nearby) if one.id == passage.id)
    notes = note_paths(around, on_page=False)
    before = nearby[max(0, position - _AROUND) : position]
    after = nearby[position + 1 : position + 1 + _AROUND]
    return tuple(entry(here, one, notes) for one in before), tuple(entry(here, one, notes) for one in after)


def _proof(evidence: Evidence) -> Proof:
    certainty = wording.certainty(evidence.confidence)
    return Proof(wording.rule_words(evidence), certainty, certainty != wording.UNSURE, evidence.doubt)

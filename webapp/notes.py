"""The pages of notes: wiki pages of the corpus, with the passages they show and the notes that lead to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kb.citation import quotable_text
from kb.errors import Ended, IndexUnusable, NotFound
from kb.labels import voice_word
from kb.locator import parse_locator
from kb.model import Voice
from kb.note_html import note_html
from kb.notes import Note, NoteLink, Target, links_of, pieces
from kb.translation import gettext as _
from webapp import urls
from webapp.citing import base_url
from webapp.entries import name_links
from webapp.history import ended_verdict, verdicts
from webapp.library import Library, event_name, library
from webapp.pages import Page
from webapp.parts import Link, Verdict
from webapp.typography import printed_pages


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as a note shows it: whose `words`, in quotation marks only if they are somebody's own, and from where.

    `verdicts` tell what has changed since the note was written. Of a passage that is no more only this is told.
    """

    path: str
    verdicts: tuple[Verdict, ...]
    voice: str = ""
    voice_label: str = ""
    names: tuple[Link, ...] = ()
    pages: str = ""
    words: str = ""
    place: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class NotePart:
    """A stretch of a note: its words as safe HTML, or a passage it shows."""

    html: Markup
    shown: Shown | None = None


@dataclass(frozen=True)
class NotePage(Page):
    template = "note.html"
    note: Note
    parts: tuple[NotePart, ...]
    theme: Link | None


@dataclass(frozen=True)
class NotesPage(Page):
    template = "notes.html"
    notes: tuple[tuple[Note, Link], ...]


def notes_page(here: Library) -> NotesPage:
    """Return the list of all notes, by title."""
    return NotesPage(tuple((note, _link(note)) for note in _by_title(here)))


def note_page(here: Library, note: Note) -> NotePage:
    """Return the page of a note."""
    return NotePage(
        note=note,
        parts=note_parts(here, note),
        theme=Link(here.label("theme", note.theme), urls.theme_path(note.theme)) if note.theme else None,
    )


def note_parts(here: Library, note: Note, *, deeper: int = 0) -> tuple[NotePart, ...]:
    """Return a note as it is printed, its headings `deeper` by so many levels."""

    def address(link: NoteLink) -> tuple[str, str]:
        return _path(link), _name(here, link)

    return tuple(
        NotePart(Markup(note_html(piece, address, deeper=deeper)))  # sanitised by kb.note_html
        if isinstance(piece, str)
        else NotePart(Markup(), _shown(here, piece))
        for piece in pieces(note)
    )


def notes_on(kind: str, target: str) -> tuple[Link, ...]:
    """Return the notes that speak of a passage, a section, a person, a theme, an event or another note."""
    return tuple(map(_link, library().mentions.get((Target(kind), target), ())))


def has_notes() -> bool:
    """Return whether the collection has notes; every page asks, also those that say there is no index."""
    try:
        return bool(library().notes)
    except IndexUnusable:
        return False


def _by_title(here: Library) -> list[Note]:
    return sorted(here.notes.values(), key=lambda note: (note.title.lower(), note.name))


def _link(note: Note) -> Link:
    return Link(note.title, urls.note_path(note.name), language=note.language)


def _path(link: NoteLink) -> str:
    behind = f"~{link.fingerprint}" if link.fingerprint else ""
    paths = {
        Target.NOTE: urls.note_path,
        Target.PERSON: urls.person_path,
        Target.THEME: urls.theme_path,
    }
    return paths[link.kind](link.target) if link.kind in paths else f"/{link.target}{behind}"


def _name(here: Library, link: NoteLink) -> str:
    """Return what a link is called unless the note says so."""
    if link.kind is Target.NOTE:
        return here.notes[link.target].title
    if link.kind in (Target.PERSON, Target.THEME):
        return here.label("speaker" if link.kind is Target.PERSON else "theme", link.target)
    edition, _slash, place = link.target.partition("/")
    if link.kind is Target.EVENT:
        return event_name(here.edition(edition))
    return here.section(edition, place).label if link.kind is Target.SECTION else _passage_name(here, link)


def _passage_name(here: Library, link: NoteLink) -> str:
    """Return who speaks in a passage and on which page; its locator if it is no more."""
    locator, _fingerprint = parse_locator(link.target)
    passage = here.index.passage(locator)
    if passage is None:
        return link.target
    said = (", ".join(passage.speakers) or passage.section_title, printed_pages(passage.page_first, passage.page_last))
    return ", ".join(filter(None, said))


def _shown(here: Library, link: NoteLink) -> Shown:
    locator, _fingerprint = parse_locator(link.target)
    try:
        passage = here.passage(locator)
    except Ended:
        return Shown(_path(link), (ended_verdict(here, locator, link.fingerprint),))
    except NotFound:  # taken out since the last release: no ledger tells of it yet
        gone = _("Diese Stelle ist nicht mehr in der Sammlung.")
        return Shown("", (Verdict(gone, _("Was aus ihr wurde, sagt die nächste Version der Sammlung.")),))
    edition = here.edition(passage.edition)
    told = verdicts(here, passage, link.fingerprint, came_from="")
    is_own = passage.voice is Voice.VERBATIM
    return Shown(
        path=_path(link),
        verdicts=tuple(verdict for verdict in told if verdict.changed),
        voice=passage.voice.value,
        voice_label=voice_word(passage.voice),
        names=name_links(passage),
        pages=printed_pages(passage.page_first, passage.page_last),
        words=quotable_text(passage, passage.text) if is_own else passage.text,
        place=f"{passage.section_title} · {event_name(edition)}",
        language=edition.language,
    )


def note_json(here: Library, note: Note) -> dict[str, Any]:
    """Return a note as JSON: its Markdown, where it links to, and the notes that link to it."""
    return {
        **_head(note),
        "text": note.text.strip(),
        "html": "".join(str(part.html) for part in note_parts(here, note)),
        "links": [_link_json(here, link) for link in links_of(note)],
        "linked_from": [one.name for one in here.mentions.get((Target.NOTE, note.name), ())],
    }


def notes_json(here: Library) -> dict[str, Any]:
    """Return all notes as JSON, by title, without their text."""
    return {"notes": [_head(note) for note in _by_title(here)]}


def _head(note: Note) -> Mapping[str, Any]:
    return {
        "name": note.name,
        "title": note.title,
        "theme": note.theme or None,
        "language": note.language,
        "fictional": note.fictional,
        "url": f"{base_url()}{urls.note_path(note.name)}",
    }


def _link_json(here: Library, link: NoteLink) -> Mapping[str, Any]:
    return {
        "kind": link.kind,
        "id": link.target,
        "fingerprint": link.fingerprint or None,
        "label": link.label or _name(here, link),
        "is_shown": link.is_embed,
        "url": f"{base_url()}{_path(link)}",
    }

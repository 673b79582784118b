"""The page of a theme: what belongs to it, whose words are here, which passages tell most, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.labels import voice_word
from kb.model import Theme, Voice
from kb.notes import Note, Target, theme_notes
from kb.passage_json import passage_json
from kb.theme_profile import ThemeProfile, theme_profile
from webapp import urls
from webapp.citing import base_url
from webapp.entries import row
from webapp.library import Library
from webapp.notes import NotePart, note_parts
from webapp.pages import Page
from webapp.parts import Link, Row

_TELLING = 10
_SHOWN_AT_ONCE = 12
_NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class ThemePerson:
    """Somebody who speaks about a theme, with the passages that are their own words and those that a report tells."""

    person: Link
    verbatim: Link
    reported: Link


@dataclass(frozen=True)
class ThemePage(Page):
    template = "theme.html"
    theme: Theme
    total: int
    search_path: str
    voices: tuple[tuple[str, Link], ...]
    people: tuple[ThemePerson, ...]
    more_people: tuple[ThemePerson, ...]
    rows: tuple[Row, ...]
    neighbours: tuple[Link, ...]
    note: Note | None
    parts: tuple[NotePart, ...]


def theme_page(here: Library, theme: Theme) -> ThemePage:
    """Return the page of a theme."""
    found = _profile(here, theme)
    people = tuple(_people(here, theme, found))
    note = theme_notes(here.notes).get(theme.id)
    return ThemePage(
        theme=theme,
        total=found.total,
        search_path=urls.search_path(urls.filtered("theme", theme.id)),
        voices=tuple(_voices(theme, found)),
        people=people[:_SHOWN_AT_ONCE],
        more_people=people[_SHOWN_AT_ONCE:],
        rows=tuple(row(here, passage, theme=theme.id) for passage in found.telling),
        neighbours=tuple(
            Link(here.label("theme", other), urls.theme_path(other), count=count)
            for other, count in found.neighbours[:_NEIGHBOURS]
        ),
        note=note,
        parts=note_parts(here, note, deeper=1) if note else (),
    )


def _profile(here: Library, theme: Theme) -> ThemeProfile:
    return theme_profile(here.index.generation, theme.id, most=_TELLING)


def _voices(theme: Theme, found: ThemeProfile) -> Iterator[tuple[str, Link]]:
    for voice, count in found.voices:
        asked = urls.toggled(urls.filtered("theme", theme.id), "voice", voice)
        yield voice.value, Link(voice_word(voice), urls.search_path(asked), count=count)


def _people(here: Library, theme: Theme, found: ThemeProfile) -> Iterator[ThemePerson]:
    for share in found.people:
        name = here.label("speaker", share.speaker)
        asked = urls.toggled(urls.filtered("theme", theme.id), "speaker", share.speaker)
        verbatim, reported = (
            Link(voice_word(voice), urls.search_path(urls.toggled(asked, "voice", voice)), count=count)
            for voice, count in ((Voice.VERBATIM, share.verbatim), (Voice.REPORTED, share.reported))
        )
        yield ThemePerson(Link(name, urls.person_path(share.speaker)), verbatim, reported)


def theme_json(here: Library, theme: Theme) -> dict[str, Any]:
    """Return what the page of a theme shows as JSON."""
    found = _profile(here, theme)
    note = theme_notes(here.notes).get(theme.id)
    return {
        "id": theme.id,
        "label_de": theme.label_de,
        "label_en": theme.label_en,
        "scope_note": theme.scope_note,
        "passages": found.total,
        "voices": {voice.value: count for voice, count in found.voices},
        "people": [
            {
                "id": share.speaker,
                "name": here.label("speaker", share.speaker),
                "verbatim": share.verbatim,
                "reported": share.reported,
            }
            for share in found.people
        ],
        "telling": [
            {"passage": passage_json(passage), "reason": tag.reason, "by_hand": tag.by_hand}
            for passage in found.telling
            for tag in passage.themes
            if tag.theme == theme.id
        ],
        "neighbours": [
            {"id": other, "label_de": here.label("theme", other), "passages": count}
            for other, count in found.neighbours
        ],
        "note": note.name if note else None,
        "mentioned_in": [one.name for one in here.mentions.get((Target.THEME, theme.id), ())],
        "url": f"{base_url()}{urls.theme_path(theme.id)}",
    }

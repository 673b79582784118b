"""The page of a person: offices and roles over the years, the name as printed, panels, themes, and all passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kb.labels import role_word, voice_word
from kb.model import Edition, Passage, Role, Speaker, Voice
from kb.translation import gettext as _
from kb.translation import listed
from webapp import urls
from webapp.entries import person_link, row
from webapp.library import Library, event_name
from webapp.linked_data import person_data
from webapp.pages import Page
from webapp.parts import Link, Row
from webapp.profile import Attendance, Panel, Profile, Variant, profile
from webapp.typography import counted, long_date, printed_pages
from webapp.wording import VOICE_MEANINGS

PER_PAGE = 40
"""Passages of one voice on a page."""

_THEMES = 12


@dataclass(frozen=True, slots=True)
class PersonPart:
    """The passages of one voice on a page: page `page` of `pages`, `total` on all."""

    voice: Voice
    total: int
    page: int
    pages: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """What a person was at one event: roles with their passages, the programme's sections, and what is here of it."""

    event: Link
    date: str
    office: str
    roles: tuple[Link, ...]
    named: tuple[Link, ...]
    said: str


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A printed form of a name, where it stands, and why it is a misprint, if it is one."""

    form: str
    places: str
    misprint: str


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A panel with the people who were in it, too."""

    section: Link
    event: str
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SectionRows:
    """Passages of one section, in reading order."""

    section: Link
    event: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class VoiceRows:
    """The passages of one voice by section; `links` lead to its other pages, each with whether it is this one."""

    voice: str
    label: str
    meaning: str
    total: int
    sections: tuple[SectionRows, ...]
    links: tuple[tuple[Link, bool], ...]


@dataclass(frozen=True)
class PersonPage(Page):
    template = "person.html"
    speaker: Speaker
    events: tuple[EventRow, ...]
    roles: tuple[Link, ...]
    themes: tuple[Link, ...]
    variants: tuple[VariantRow, ...]
    panels: tuple[PanelRow, ...]
    voices: tuple[VoiceRows, ...]
    total: int
    absence: str
    search_path: str
    whole_path: str
    shown: str
    linked: Mapping[str, Any]


def person_page(here: Library, speaker: Speaker, shown: urls.VoicePage) -> PersonPage:
    """Return the page of a person with the passages asked for."""
    told = profile(here, speaker)
    return PersonPage(
        speaker=speaker,
        events=tuple(_event_row(here, speaker, one) for one in told.attendances),
        roles=_role_links(speaker, told.roles),
        themes=tuple(_theme_links(here, told)),
        variants=tuple(_variant_row(here, one) for one in told.variants),
        panels=tuple(_panel_row(here, one) for one in told.panels),
        voices=tuple(_voice_rows(here, speaker, part) for part in person_parts(told, shown)),
        total=len(told.passages),
        absence=_absence(here, speaker.id),
        search_path=urls.search_path(urls.filtered("speaker", speaker.id)),
        whole_path=urls.person_path(speaker.id) if shown != urls.VoicePage() else "",
        shown=_shown(shown),
        linked=person_data(here, speaker, told.passages),
    )


def _shown(asked: urls.VoicePage) -> str:
    """Return which part of a person's passages a page shows; empty for the first page, which has some of each voice."""
    voice = [voice_word(asked.voice)] if asked.voice else []
    return ", ".join([*voice, *([_("Seite %(number)s", number=asked.number)] if asked.number > 1 else [])])


def person_parts(told: Profile, shown: urls.VoicePage) -> Iterator[PersonPart]:
    """Yield the passages asked for: a page of one voice, or of each; nothing where there is no such page."""
    for voice in Voice if shown.voice is None else (shown.voice,):
        passages = told.in_voice(voice)
        pages = max(1, -(-len(passages) // PER_PAGE))
        if passages and shown.number <= pages:
            first = (shown.number - 1) * PER_PAGE
            yield PersonPart(voice, len(passages), shown.number, pages, passages[first : first + PER_PAGE])


def _event_row(here: Library, speaker: Speaker, one: Attendance) -> EventRow:
    edition = one.edition
    with_words = here.sections_with_words(edition.id)
    return EventRow(
        event=Link(event_name(edition), urls.edition_path(edition.id)),
        date=long_date(edition.event.date),
        office=here.office(speaker.id, edition.id),
        roles=_role_links(speaker, one.roles, edition),
        named=tuple(
            Link(one.label, urls.section_path(edition.id, one.id) if one.id in with_words else "") for one in one.named
        ),
        said=_said(one),
    )


def _said(one: Attendance) -> str:
    if one.passages:
        return counted(one.passages, "gedruckte Stelle", "gedruckte Stellen")
    if one.has_words:
        return _("keine gedruckte Äußerung")
    return _("Die Worte dieser Veranstaltung sind nicht in dieser Sammlung.")


def _role_links(speaker: Speaker, roles: Mapping[Role, int], edition: Edition | None = None) -> tuple[Link, ...]:
    """Return roles with their number of passages, each leading to the search that finds these."""
    asked = urls.filtered("speaker", speaker.id)
    if edition:
        asked = urls.toggled(asked, "edition", edition.id)
    return tuple(
        Link(role_word(role), urls.search_path(urls.toggled(asked, "role", role.value)), count=count)
        for role, count in roles.items()
    )


def _theme_links(here: Library, told: Profile) -> Iterator[Link]:
    asked = urls.filtered("speaker", told.speaker.id)
    for theme, count in list(told.themes.items())[:_THEMES]:
        yield Link(here.label("theme", theme), urls.search_path(urls.toggled(asked, "theme", theme)), count=count)


def _variant_row(here: Library, one: Variant) -> VariantRow:
    several = len(here.editions) > 1
    places = []
    for edition_id, labels in one.pages.items():
        pages = listed([printed_pages(label) for label in labels])
        year = here.edition(edition_id).year
        places.append(f"{pages} ({year})" if several and pages and year else pages)
    return VariantRow(one.form, "; ".join(filter(None, places)), one.misprint)


def _panel_row(here: Library, one: Panel) -> PanelRow:
    has_words = one.section.id in here.sections_with_words(one.edition.id)
    path = urls.section_path(one.edition.id, one.section.id) if has_words else ""
    return PanelRow(
        Link(one.section.label, path), event_name(one.edition), tuple(person_link(here, other) for other in one.others)
    )


def _absence(here: Library, speaker_id: str) -> str:
    """Return what to say of somebody without a passage: nothing was printed, or the words are not here."""
    if any(speaker_id in here.silent(edition) for edition in here.editions.values()):
        return _("Von dieser Person ist hier keine Äußerung gedruckt.")
    return _("Die Worte dieser Person sind nicht in dieser Sammlung.")


def _voice_rows(here: Library, speaker: Speaker, part: PersonPart) -> VoiceRows:
    links = (
        (Link(str(number), urls.voice_path(speaker.id, part.voice, number)), number == part.page)
        for number in range(1, part.pages + 1)
    )
    return VoiceRows(
        voice=part.voice.value,
        label=voice_word(part.voice),
        meaning=_(VOICE_MEANINGS[part.voice]),
        total=part.total,
        sections=tuple(_by_section(here, part.passages)),
        links=tuple(links) if part.pages > 1 else (),
    )


def _by_section(here: Library, passages: Sequence[Passage]) -> Iterator[SectionRows]:
    """Yield passages section by section, in the order they come in."""
    for (edition_id, section_id), inside in groupby(passages, key=lambda one: (one.edition, one.section)):
        rows = tuple(row(here, one) for one in inside)
        section = Link(rows[0].section, urls.section_path(edition_id, section_id))
        yield SectionRows(section, event_name(here.edition(edition_id)), rows)

"""What the collection knows of a person: events, roles, themes, printed names, and who shared a panel with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kb.model import SEARCHED_KINDS, Edition, Office, Passage, Role, Section, Speaker, Voice
from kb.results import Search
from webapp.library import Library, programme_people

PANELS = frozenset({"panel", "forum", "discussion"})
"""Sections of these kinds bring people into one conversation."""

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Attendance:
    """What a person was and did at one event.

    `named` are the sections the programme names the person for; `roles` counts passages.
    """

    edition: Edition
    office: Office | None
    roles: Mapping[Role, int]
    passages: int
    named: tuple[Section, ...]
    has_words: bool


@dataclass(frozen=True)
class Variant:
    """A form in which a name is printed: the pages it stands on by edition, and why it is a misprint, if it is one."""

    form: str
    pages: Mapping[str, tuple[str, ...]]
    misprint: str = ""


@dataclass(frozen=True)
class Panel:
    """A panel, forum or discussion a person took part in, and the ids of the others."""

    edition: Edition
    section: Section
    others: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """Everything on a person; `passages` run in reading order, counts are those a search for the person gives."""

    speaker: Speaker
    passages: tuple[Passage, ...]
    attendances: tuple[Attendance, ...]
    roles: Mapping[Role, int]
    themes: Mapping[str, int]
    variants: tuple[Variant, ...]
    panels: tuple[Panel, ...]

    def in_voice(self, voice: Voice) -> tuple[Passage, ...]:
        """Return the passages of one voice."""
        return tuple(one for one in self.passages if one.voice is voice)


def profile(here: Library, speaker: Speaker) -> Profile:
    """Return what the collection knows of a person."""
    passages = tuple(one for one in here.index.passages_of(speaker.id) if one.kind in SEARCHED_KINDS)
    return Profile(
        speaker=speaker,
        passages=passages,
        attendances=tuple(_attendances(here, speaker, passages)),
        roles=_counted(one.role for one in passages if one.role),
        themes=_counted(tag.theme for one in passages for tag in one.themes if tag.theme in here.themes),
        variants=tuple(_variants(speaker, passages)),
        panels=tuple(_panels(here, speaker.id, passages)),
    )


def _counted(values: Iterator[_Value]) -> dict[_Value, int]:
    return dict(Counter(values).most_common())


def _attendances(here: Library, speaker: Speaker, passages: Sequence[Passage]) -> Iterator[Attendance]:
    """Yield the events a person spoke at, was announced for or held an office at, the earliest first."""
    for edition in sorted(here.editions.values(), key=held):
        said = [one for one in passages if one.edition == edition.id]
        named = tuple(one for one in edition.sections if speaker.id in one.people and one.kind != "programme")
        office = speaker.office_in(edition.id)
        if said or office or speaker.id in programme_people(edition):
            roles = _counted(one.role for one in said if one.role)
            yield Attendance(edition, office, roles, len(said), named, here.has_words(edition.id))


def held(edition: Edition) -> tuple[int, str, str]:
    """Return what sorts editions by the time of their events."""
    return (edition.year or 0, edition.event.date.isoformat() if edition.event.date else "", edition.id)


def _variants(speaker: Speaker, passages: Sequence[Passage]) -> Iterator[Variant]:
    """Yield the forms of a name other than the name itself, with the pages where passages are printed under them."""
    forms = dict.fromkeys((*speaker.printed, *speaker.misprints))
    found: dict[str, dict[str, dict[str, None]]] = {form: {} for form in forms}
    for one in passages:
        if one.speaker_printed and len(one.speaker_ids) == 1:
            pages = found.setdefault(one.speaker_printed, {}).setdefault(one.edition, {})
            pages |= {one.page_first: None} if one.page_first else {}
    for form, by_edition in found.items():
        if form != speaker.name:
            told = {edition: tuple(pages) for edition, pages in by_edition.items()}
            yield Variant(form, told, speaker.misprints.get(form, ""))


def _panels(here: Library, speaker_id: str, passages: Sequence[Passage]) -> Iterator[Panel]:
    """Yield the panels a person spoke in or was announced for, those of the latest event first."""
    spoke = {one.forum for one in passages}
    for edition in sorted(here.editions.values(), key=held, reverse=True):
        for section in edition.sections:
            is_panel = section.kind in PANELS and "/" not in section.id
            if is_panel and (f"{edition.id}/{section.id}" in spoke or speaker_id in announced(edition, section)):
                others = tuple(one for one in _in_panel(here, edition, section) if one != speaker_id)
                if others:
                    yield Panel(edition, section, others)


def announced(edition: Edition, section: Section) -> tuple[str, ...]:
    """Return the ids of everybody the programme names for a section or those nested in it."""
    inside = (one for one in edition.sections if one.id == section.id or one.id.startswith(f"{section.id}/"))
    return tuple(dict.fromkeys(person for one in inside for person in one.people))


def _in_panel(here: Library, edition: Edition, section: Section) -> tuple[str, ...]:
    """Return who was announced for a panel, and then who else has words in it, most first."""
    results = here.index.search(Search(filters={"forum": (f"{edition.id}/{section.id}",)}, limit=0))
    spoke = (one.value for one in results.facets["speaker"] if one.count and one.value in here.speakers)
    return tuple(dict.fromkeys((*announced(edition, section), *spoke)))

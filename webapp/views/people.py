"""The list of people, and the page of one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint

from kb.labels import role_word, voice_word
from kb.model import CONTENT_KINDS, Passage, Speaker, Voice
from webapp import urls, wording
from webapp.entries import row
from webapp.library import Library, event_name, library, programme_people
from webapp.linked_data import person_data
from webapp.pages import PeoplePage, PersonPage
from webapp.parts import Link, OfficeRow, PersonRow, RowGroup
from webapp.typography import counted, listed

blueprint = Blueprint("people", __name__, url_prefix="/personen")
_AT_MOST = 60


@blueprint.get("", strict_slashes=False)
def people() -> str:
    """Return everybody of the authority file, by surname."""
    here = library()
    counts = here.counts("speaker")
    rows = [_person_row(here, speaker, counts.get(speaker.id, 0)) for speaker in _by_surname(here)]
    silent = {person for edition in here.editions.values() for person in here.silent(edition)}
    page = PeoplePage(
        people=tuple(row for row in rows if row.count),
        silent=tuple(row for row in rows if not row.count and row.speaker.id in silent),
        missing=tuple(row for row in rows if not row.count and row.speaker.id not in silent),
    )
    return page.render()


def _by_surname(here: Library) -> list[Speaker]:
    return sorted(here.speakers.values(), key=lambda speaker: (speaker.surname.casefold(), speaker.name))


def _person_row(here: Library, speaker: Speaker, count: int) -> PersonRow:
    offices = tuple(dict.fromkeys(here.office(speaker.id, office.edition) for office in speaker.offices))
    editions = [here.editions[office.edition] for office in speaker.offices if office.edition in here.editions]
    language = editions[0].language if editions else "de"
    return PersonRow(speaker, urls.person_path(speaker.id), tuple(filter(None, offices)), count, language)


@blueprint.get("/<speaker_id>")
def person(speaker_id: str) -> str:
    """Return one person: offices, printed names, what is printed of and about the person's words."""
    here = library()
    speaker = here.speaker(speaker_id)
    passages = here.index.passages_of(speaker_id)
    page = PersonPage(
        speaker=speaker,
        offices=tuple(_offices(here, speaker, passages)),
        variants=tuple(form for form in speaker.printed if form != speaker.name),
        groups=tuple(_groups(here, speaker_id, passages)),
        absence=_absence(here, speaker_id),
        search_path=urls.search_path(urls.filtered("speaker", speaker_id)),
        linked=person_data(here, speaker, passages),
    )
    return page.render()


def _offices(here: Library, speaker: Speaker, passages: Sequence[Passage]) -> Iterator[OfficeRow]:
    for edition in here.editions.values():
        said = [passage for passage in passages if passage.edition == edition.id]
        if said or speaker.id in programme_people(edition) or speaker.office_in(edition.id):
            roles = dict.fromkeys(role_word(passage.role) for passage in said if passage.role)
            yield OfficeRow(
                event=Link(event_name(edition), urls.edition_path(edition.id)),
                office=here.office(speaker.id, edition.id),
                roles=listed(tuple(roles)),
                said=_said(here, edition.id, len(said)),
            )


def _said(here: Library, edition_id: str, count: int) -> str:
    if count:
        return counted(count, "gedruckte Stelle", "gedruckte Stellen")
    return "keine gedruckte Äußerung" if here.has_words(edition_id) else "Die Worte sind nicht in dieser Sammlung."


def _absence(here: Library, speaker_id: str) -> str:
    """Return what to say of somebody without a passage: nothing was printed, or the words are not here."""
    if any(speaker_id in here.silent(edition) for edition in here.editions.values()):
        return "Von dieser Person ist hier keine Äußerung gedruckt."
    return "Die Worte dieser Person sind nicht in dieser Sammlung."


def _groups(here: Library, speaker_id: str, passages: Sequence[Passage]) -> Iterator[RowGroup]:
    said = [passage for passage in passages if passage.kind in CONTENT_KINDS]
    for voice in Voice:
        rows = [row(here, passage) for passage in said if passage.voice is voice]
        if rows:
            chosen = urls.toggled(urls.filtered("speaker", speaker_id), "voice", voice.value)
            yield RowGroup(
                voice=voice.value,
                label=voice_word(voice),
                meaning=wording.VOICE_MEANINGS[voice],
                rows=tuple(rows[:_AT_MOST]),
                total=len(rows),
                more=urls.search_path(chosen) if len(rows) > _AT_MOST else "",
            )

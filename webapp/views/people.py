"""The list of people, and the page of one person."""

from __future__ import annotations

from flask import Blueprint, request

from kb.model import Speaker
from webapp import urls
from webapp.library import Library, library
from webapp.pages import PeoplePage
from webapp.parts import PersonRow
from webapp.person_page import person_page

blueprint = Blueprint("people", __name__, url_prefix="/personen")


@blueprint.get("", strict_slashes=False)
def people() -> str:
    """Return everybody of the authority file, by surname."""
    here = library()
    counts = here.counts("speaker")
    rows = [_person_row(here, speaker, counts.get(speaker.id, 0)) for speaker in here.by_surname()]
    silent = {person for edition in here.editions.values() for person in here.silent(edition)}
    page = PeoplePage(
        people=tuple(row for row in rows if row.count),
        silent=tuple(row for row in rows if not row.count and row.speaker.id in silent),
        missing=tuple(row for row in rows if not row.count and row.speaker.id not in silent),
    )
    return page.render()


def _person_row(here: Library, speaker: Speaker, count: int) -> PersonRow:
    offices = tuple(dict.fromkeys(here.office(speaker.id, office.edition) for office in speaker.offices))
    editions = [here.editions[office.edition] for office in speaker.offices if office.edition in here.editions]
    language = editions[0].language if editions else "de"
    return PersonRow(speaker, urls.person_path(speaker.id), tuple(filter(None, offices)), count, language)


@blueprint.get("/<speaker_id>")
def person(speaker_id: str) -> str:
    """Return one person: offices, printed names, what is printed of and about the person's words."""
    here = library()
    return person_page(here, here.speaker(speaker_id), urls.voice_page(request.args)).render()

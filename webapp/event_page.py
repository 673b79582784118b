"""The page of an event: what it was, its outline, who speaks in it and who does not."""

from __future__ import annotations

from kb.model import Edition
from webapp import urls
from webapp.entries import outline, person_link
from webapp.library import Library, programme_people
from webapp.linked_data import event_data
from webapp.pages import EditionPage
from webapp.typography import long_date


def event_page(here: Library, edition: Edition) -> EditionPage:
    """Return the page of the event an edition belongs to; where its words are not here, of its programme."""
    statements = here.statements(edition.id)
    known = statements if here.has_words(edition.id) else programme_people(edition)
    people = sorted(known, key=lambda person: here.speaker(person).surname)
    return EditionPage(
        edition=edition,
        date=long_date(edition.event.date),
        outline=outline(here, edition, here.sections_with_words(edition.id)),
        passage_count=here.counts("edition").get(edition.id, 0),
        people=tuple(person_link(here, one, edition_id=edition.id, count=statements.get(one)) for one in people),
        silent=tuple(person_link(here, one, edition_id=edition.id) for one in here.silent(edition)),
        search_path=urls.search_path(urls.filtered("edition", edition.id)),
        linked=event_data(edition),
    )

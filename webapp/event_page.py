"""The page of an event: what it was, its outline, who speaks in it and who does not."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Edition, Publication
from kb.translation import gettext as _
from kb.translation import listed
from webapp import urls
from webapp.entries import outline, person_link
from webapp.library import Library, programme_people
from webapp.linked_data import event_data
from webapp.pages import EditionPage
from webapp.parts import Link
from webapp.typography import NBSP, long_date


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
        people_count=len(statements),
        printed_in=printed_in(edition),
        addresses=tuple(_addresses(edition.publication)),
        people=tuple(person_link(here, one, edition_id=edition.id, count=statements.get(one)) for one in people),
        silent=tuple(person_link(here, one, edition_id=edition.id) for one in here.silent(edition)),
        search_path=urls.search_path(urls.filtered("edition", edition.id)),
        linked=event_data(edition),
    )


def printed_in(edition: Edition) -> str:
    """Return how the proceedings of an event were published; empty if that is not known."""
    published = edition.publication
    if not (published.title or published.publisher):
        return ""
    editors = _("herausgegeben von %(names)s", names=listed(published.editors)) if published.editors else ""
    publisher = ": ".join(filter(None, (published.place, published.publisher)))
    imprint = " ".join(filter(None, (publisher, str(published.year or ""))))
    return ", ".join(filter(None, (published.title or edition.title, editors, imprint)))


def _addresses(published: Publication) -> Iterator[Link]:
    """Yield where the publication is found: links, and numbers that lead nowhere here."""
    if published.doi:
        yield Link(f"DOI{NBSP}{published.doi}", f"https://doi.org/{published.doi}")
    if published.url.startswith(("https://", "http://")):
        yield Link(published.url, published.url)
    if published.isbn:
        yield Link(f"ISBN{NBSP}{published.isbn}", "")

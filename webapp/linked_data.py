"""What programs read on a page: its one address, event and person as schema.org has them, a section as a chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from kb.model import Edition, Passage, Section, Speaker
from kb.translation import N_
from kb.translation import gettext as _
from webapp import urls
from webapp.citing import base_url
from webapp.library import Library

_CONTEXT = "https://schema.org"
_KEPT = "/suche"
"""Below this address the parameters say what is on the page; elsewhere they say only how it is shown."""

_PARTED = "/personen/"
"""Below this address `_PARTS` say which passages are on the page."""

_PARTS = ("voice", "page")
API = "/api/v1"
NOWHERE = "api.nothing"
"""The endpoint that answers what is not there."""

_PASSING = ("stand",)
_INVENTED = N_("Fiktives Beispiel, für dieses Projekt erfunden.")


def canonical_address() -> str:
    """Return the one address of the page asked for, however it was reached."""
    query = urlencode(list(_telling_arguments()), safe="/")
    return f"{base_url()}{quote(request.path, safe='/~')}" + (f"?{query}" if query else "")


def _telling_arguments() -> Iterator[tuple[str, str]]:
    """Yield the parameters that say what is on the page: of a search nearly all, of a person which passages."""
    for name, value in request.args.items(multi=True):
        is_of_search = request.path.startswith(_KEPT) and name not in _PASSING
        is_part = request.path.startswith(_PARTED) and name in _PARTS and (name, value) != ("page", "1")
        if is_of_search or is_part:
            yield name, value


def json_twin() -> str:
    """Return the address of the JSON twin of the page asked for: the same, under `/api/v1`; empty if it has none."""
    path = f"{API}{request.path}"
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return ""
    query = urlencode(list(request.args.items(multi=True)), safe="/")
    return "" if endpoint == NOWHERE else quote(path, safe="/~") + (f"?{query}" if query else "")


def event_data(edition: Edition) -> Mapping[str, Any]:
    """Return the event of an edition as schema.org has it; of an invented one it says so."""
    event = edition.event
    told = {
        "@context": _CONTEXT,
        **_event(edition),
        "description": _(_INVENTED) if edition.fictional else edition.subtitle,
        "location": {"@type": "Place", "name": event.place} if event.place else None,
        "organizer": [{"@type": "Organization", "name": name} for name in event.organisers],
    }
    return {name: value for name, value in told.items() if value}


def person_data(here: Library, speaker: Speaker, passages: Sequence[Passage]) -> Mapping[str, Any]:
    """Return a person as schema.org has it: printed names but no misprints, and the events with words of the person."""
    editions = [here.edition(one) for one in dict.fromkeys(passage.edition for passage in passages)]
    told = {
        "@context": _CONTEXT,
        "@type": "Person",
        "@id": f"{base_url()}{urls.person_path(speaker.id)}",
        "url": f"{base_url()}{urls.person_path(speaker.id)}",
        "name": speaker.name,
        "honorificPrefix": speaker.title,
        "alternateName": [form for form in speaker.printed if form not in {speaker.name, *speaker.misprints}],
        "description": _(_INVENTED) if editions and all(one.fictional for one in editions) else "",
        "performerIn": [_event(one) for one in editions],
    }
    return {name: value for name, value in told.items() if value}


def section_tags(edition: Edition, section: Section) -> tuple[tuple[str, str], ...]:
    """Return name and content of the `<meta>` by which reference managers save a section as a chapter of its book.

    It names no author: a section is by all who speak in it.
    """
    published, event = edition.publication, edition.event
    year = str(published.year or (event.date.year if event.date else ""))
    rows = (
        ("citation_title", section.label),
        ("citation_conference_title", event.title),
        ("citation_inbook_title", published.title or edition.title),
        ("citation_publication_date", year),
        ("citation_publisher", published.publisher),
        ("citation_firstpage", section.page_first),
        ("citation_lastpage", section.page_last if section.page_last != section.page_first else ""),
        ("citation_isbn", published.isbn),
        ("citation_language", edition.language),
        ("citation_public_url", f"{base_url()}{urls.section_path(edition.id, section.id)}"),
    )
    return tuple((name, content) for name, content in rows if content)


def _event(edition: Edition) -> dict[str, Any]:
    address = f"{base_url()}{urls.edition_path(edition.id)}"
    told = {"@type": "Event", "@id": address, "url": address, "name": edition.event.title or edition.title}
    return told | ({"startDate": edition.event.date.isoformat()} if edition.event.date else {})

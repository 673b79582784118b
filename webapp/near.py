"""Which places are near an address that leads nowhere: sections, people, themes, notes, pages spelt alike."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from flask import request

from kb.errors import IndexUnusable
from kb.model import Edition
from kb.people import slug
from kb.translation import N_
from kb.translation import gettext as _
from webapp import urls
from webapp.library import Library, event_link, library
from webapp.parts import Link

_MOST, _LONGEST, _SHORTEST_PART = 3, 200, 3
_ALIKE, _PART_ALIKE, _PART = 0.6, 0.85, 0.9
_LISTS = {
    "personen": N_("Alle Personen"),
    "themen": N_("Alle Themen"),
    "notizen": N_("Alle Notizen"),
    "suche": N_("Suche"),
    "pruefen": N_("Zitate prüfen"),
    "merkliste": N_("Merkliste"),
    "hilfe": N_("Hilfe"),
    "ueber": N_("Über"),
}


def near_places() -> list[Link]:
    """Return the places nearest to the address that was asked for; none if there is no index to ask."""
    try:
        here = library()
    except IndexUnusable:
        return []
    first, _slash, rest = request.path[:_LONGEST].strip("/").partition("/")
    if first in here.editions:
        return [*_sections(here.editions[first], rest), event_link(here.editions[first])]
    if first not in _LISTS:
        return [*_first_words(here, slug(first), rest)]
    named = _named(here, first)
    return [*_nearest(rest, named), Link(_(_LISTS[first]), f"/{first}")] if named else []


def _sections(edition: Edition, rest: str) -> Iterator[Link]:
    places = {section.id: section for section in edition.sections}
    near = difflib.get_close_matches(rest, places, n=_MOST, cutoff=0.5)
    inside = [one for one in places if rest.startswith(f"{one}/") and one not in near]
    for one in (*inside, *near):
        yield Link(places[one].label, urls.section_path(edition.id, one), language=edition.language)


def _first_words(here: Library, first: str, rest: str) -> Iterator[Link]:
    """Yield the lists and the events whose address begins like this one; of a list also what it holds."""
    for name in _alike(first, _LISTS):
        yield from _nearest(rest, _named(here, name))
        yield Link(_(_LISTS[name]), f"/{name}")
    yield from (event_link(here.editions[one]) for one in _alike(first, here.editions)[:_MOST])


def _nearest(rest: str, named: Mapping[str, Link]) -> list[Link]:
    """Return the places whose names are most like the rest of an address, each once."""
    return list(dict.fromkeys(named[one] for one in _alike(slug(rest), named)))[:_MOST]


def _named(here: Library, name: str) -> Mapping[str, Link]:
    """Return what a list holds by the names an address may give it; nothing if it is no list of the collection."""
    if name == "personen":
        people = here.speakers.values()
        return _by_name((one.id, one.name, Link(one.name, urls.person_path(one.id), language="de")) for one in people)
    if name == "themen":
        themes = here.themes.values()
        return _by_name(
            (one.id, one.label_de, Link(one.label_de, urls.theme_path(one.id), language="de")) for one in themes
        )
    notes = here.notes.values() if name == "notizen" else ()
    return _by_name(
        (one.name, one.title, Link(one.title, urls.note_path(one.name), language=one.language)) for one in notes
    )


def _by_name(named: Iterable[tuple[str, str, Link]]) -> Mapping[str, Link]:
    """Return the links by id and by label, both as an address writes them."""
    return {name: link for id_, label, link in named for name in (id_, slug(label)) if name}


def _alike(wanted: str, names: Iterable[str]) -> list[str]:
    """Return the names most like the one wanted, the likest first: spelt alike as a whole, or in a word of it."""
    scored = sorted(((-_likeness(wanted, name), name) for name in names), key=lambda pair: pair[0])
    return [name for score, name in scored if score < 0]


def _likeness(wanted: str, name: str) -> float:
    """Return how like two names are, from 0 to 1: the whole names, or the words of which they are made.

    >>> [round(_likeness(wanted, "walter-siebel"), 2) for wanted in ("walter-siebl", "siebel", "siebl", "keynote")]
    [0.96, 0.9, 0.82, 0]
    """
    mine, theirs = ([word for word in one.split("-") if len(word) >= _SHORTEST_PART] for one in (wanted, name))
    parts = (_ratio(one, other, _PART_ALIKE) for one in mine for other in theirs)
    return max(_ratio(wanted, name, _ALIKE), _PART * max(parts, default=0.0))


def _ratio(one: str, other: str, least: float) -> float:
    """Return how like two words are spelt, 0 if it is less than `least`; the cheap bounds first: names may be many."""
    matcher = difflib.SequenceMatcher(None, one, other)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return matcher.ratio() if all(bound() >= least for bound in bounds) else 0

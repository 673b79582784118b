"""The search page's apparatus: facets with their toggles, chips, orders, and which corpus was searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from kb.folding import fold, without_dots
from kb.labels import facet_word
from kb.results import NONE, FacetValue, Results, Search
from kb.search_arguments import search_arguments
from kb.translation import gettext as _
from webapp import urls
from webapp.library import Library, event_link
from webapp.parts import CorpusNote, Link
from webapp.search_parts import Absence, Chip, Choice, FacetGroup
from webapp.typography import long_date
from webapp.wording import GROUPS, SORTS

_SHOWN = 6
_UNFOLDED = 50
_ORDER = ("speaker", "forum", "theme", "voice", "edition", "year", "role", "kind")


def facet_groups(library: Library, results: Results) -> tuple[FacetGroup, ...]:
    """Return the facets that can still narrow or widen these results, in the order of the page."""
    groups = (_group(library, results, facet) for facet in _ORDER)
    return tuple(group for group in groups if group.shown)


def _group(library: Library, results: Results, facet: str) -> FacetGroup:
    choices = facet_choices(library, results, facet)
    cut = max(_SHOWN, sum(choice.selected or choice.excluded for choice in choices))
    if len(choices) <= cut + 1:
        cut = len(choices)
    active = any(choice.selected or choice.excluded for choice in choices)
    all_path = urls.choice_path(facet, results.search) if len(choices) > cut + _UNFOLDED else ""
    more = tuple(choices[cut : cut + _UNFOLDED])
    return FacetGroup(facet, facet_word(facet), tuple(choices[:cut]), more, active, len(choices) - cut, all_path)


def facet_choices(library: Library, results: Results, facet: str) -> list[Choice]:
    """Return the values of a facet that can narrow or widen these results, the chosen ones first."""
    offered = sorted((value for value in results.facets.get(facet, ()) if _is_offered(value)), key=_rank)
    return [_choice(library, results.search, facet, value) for value in offered]


def containing(choices: Iterable[Choice], written: str) -> tuple[Choice, ...]:
    """Return the choices whose label holds what was written, whatever its case and dots."""
    wanted = {fold(written.strip()), without_dots(written.strip())}
    return tuple(
        choice
        for choice in choices
        if any(part in text for part in wanted for text in (fold(choice.label), without_dots(choice.label)))
    )


def _is_offered(value: FacetValue) -> bool:
    return bool(value.count) or value.selected or value.excluded


def _rank(value: FacetValue) -> tuple[bool, bool]:
    """Return what sorts chosen values first and "none" last; the rest stays as it was counted."""
    return (not (value.selected or value.excluded), value.value == NONE)


def _choice(library: Library, search: Search, facet: str, value: FacetValue) -> Choice:
    away = f"-{value.value}"
    return Choice(
        value=value.value,
        label=library.label(facet, value.value),
        count=value.count,
        selected=value.selected,
        excluded=value.excluded,
        toggle=urls.search_path(urls.toggled(search, facet, away if value.excluded else value.value)),
        exclude=urls.search_path(urls.toggled(search, facet, away)),
        language=library.language_of(facet, value.value),
    )


def chips(library: Library, search: Search, *, address: Callable[[Search], str] = urls.search_path) -> tuple[Chip, ...]:
    """Return one chip for each chosen value, with the search that lacks it; `address` makes it one of a page."""
    return tuple(
        Chip(
            facet=facet_word(facet),
            label=library.label(facet, value.removeprefix("-")),
            language=library.language_of(facet, value.removeprefix("-")),
            excluded=value.startswith("-"),
            path=address(urls.toggled(search, facet, value)),
        )
        for facet in _ORDER
        for value in search.filters.get(facet, ())
    )


def sort_links(search: Search) -> tuple[tuple[Link, bool], ...]:
    """Return the orders to choose from, each with whether it is the present one."""
    return tuple(
        (Link(_(word), urls.search_path(replace(search, sort=sort, offset=0))), sort == search.sort)
        for sort, word in SORTS.items()
    )


def group_links(search: Search) -> tuple[tuple[Link, bool], ...]:
    """Return what hits may be grouped by, each with whether they are so now."""
    return tuple(
        (Link(_(word), urls.search_path(replace(search, group=group, offset=0))), group == search.group)
        for group, word in GROUPS.items()
    )


def hidden_fields(search: Search) -> tuple[tuple[str, str], ...]:
    """Return what the search form carries along besides the words."""
    return tuple(search_arguments(replace(search, text="")))


def corpus_note(library: Library) -> CorpusNote:
    """Return which corpus is searched here."""
    counts = library.counts("edition")
    editions = (replace(event_link(edition), count=counts.get(edition.id, 0)) for edition in library.editions.values())
    return CorpusNote(
        editions=tuple(editions),
        passages=library.overview.total,
        fingerprint=library.overview.corpus_fingerprint,
        built=long_date(datetime.fromisoformat(library.index.manifest.built_at).date()),
    )


def absences(library: Library, search: Search) -> Iterable[Absence]:
    """Return the people of the programme whom the search names and of whom no statement is here, with the reason."""
    for person, editions in library.unheard_named(search).items():
        yield Absence(
            name=library.label("speaker", person),
            path=urls.person_path(person),
            silent_at=tuple(event_link(edition) for edition in editions if library.has_words(edition.id)),
            missing=tuple(event_link(edition) for edition in editions if not library.has_words(edition.id)),
        )

"""How a search is kept: its views, files to take along, its feed, and the link that remembers the corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kb.results import Group, Results, Search
from kb.translation import N_, whole_number
from kb.translation import gettext as _
from webapp import urls
from webapp.citing import base_url
from webapp.entries import hit_entry
from webapp.library import Library
from webapp.parts import Link
from webapp.search_parts import HitGroup, Keeping
from webapp.typography import counted
from webapp.wording import closed_word

MAX_PASSAGES = 10_000
"""Passages one request may export; more is for the command line."""

_FILES = (("csv", "CSV", (("bom", "1"), ("guard", "1"))), ("bibtex", "BibTeX", ()), ("ris", "RIS", ()))
_JSON = ("json", "JSON", ())
_VIEWS: tuple[tuple[str, Callable[[Search], str]], ...] = (
    (N_("Stellen"), urls.search_path),
    (N_("Wörter im Kontext"), urls.context_path),
    (N_("Verteilung"), urls.distribution_path),
)


def keeping(library: Library, results: Results) -> Keeping:
    """Return what the foot of the results offers; of more than `MAX_PASSAGES` no file is made here."""
    asked = results.search
    is_too_much = results.total > MAX_PASSAGES
    return Keeping(
        files=() if is_too_much or not results.total else tuple(_file(asked, *form) for form in (*_FILES, _JSON)),
        feed=urls.feed_path(asked),
        link=base_url() + urls.permanent_path(asked, results.corpus_fingerprint),
        fingerprint=results.corpus_fingerprint,
        release=library.index.manifest.release,
        limit=whole_number(MAX_PASSAGES) if is_too_much else "",
    )


def _file(asked: Search, form: str, label: str, more: tuple[tuple[str, str], ...]) -> Link:
    whole = replace(asked, sort="relevance", group="")
    return Link(label, urls.api_path("export", whole, ("format", form), ("partial", "1"), *more))


def state_note(library: Library, remembered: str) -> tuple[str, ...]:
    """Return what a permanent link is told: whether the corpus is still the one it was made in; nothing without one."""
    if not remembered:
        return ()
    present = library.overview.corpus_fingerprint
    if present == remembered:
        return (_("Die Sammlung ist noch die Fassung %(state)s, in der dieser Link entstand.", state=present),)
    changed = _(
        "Dieser Link entstand in der Fassung %(then)s der Sammlung; durchsucht ist die heutige, %(now)s.",
        then=remembered,
        now=present,
    )
    return changed, _("Treffer können seither hinzugekommen, anders geordnet oder weggefallen sein.")


def view_links(search: Search, present: int) -> tuple[tuple[Link, bool], ...]:
    """Return the ways to look at a search, each with whether it is the one at place `present`."""
    asked = replace(search, offset=0)
    return tuple((Link(_(label), address(asked)), place == present) for place, (label, address) in enumerate(_VIEWS))


def hit_groups(library: Library, results: Results) -> tuple[HitGroup, ...]:
    """Return the groups of a page of results with the first hits of each."""
    return tuple(_group(library, results.search, group) for group in results.groups)


def _group(library: Library, search: Search, group: Group) -> HitGroup:
    return HitGroup(
        label=closed_word(search.group, group.value) or group.label,
        path=_place(library, search.group, group.value),
        count=group.count,
        hits=tuple(hit_entry(library, hit, search) for hit in group.hits),
        more=narrowing(library, search, search.group, group.value, counted(group.count, "Stelle", "Stellen")),
        language=library.language_of(search.group, group.value),
    )


def _place(library: Library, field: str, value: str) -> str:
    if field == "speaker":
        return urls.person_path(value) if value in library.speakers else ""
    return urls.section_path(*value.split("/", 1))


def narrowing(library: Library, search: Search, field: str, value: str, label: str) -> Link:
    """Return the search for one value of a field; of a nested section, for the one around it, and says so."""
    language = library.language_of(field, value)
    if field != "section":
        return Link(label, urls.search_path(urls.narrowed(search, field, value)), language=language)
    forum = "/".join(value.split("/")[:2])
    note = library.label("forum", forum) if forum != value else ""
    return Link(label, urls.search_path(urls.narrowed(search, "forum", forum)), note, language=language)

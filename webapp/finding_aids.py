"""How programs find what is here: the site map, rules for robots, the search box description, records to fetch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.errors import NotFound
from webapp import urls
from webapp.library import Library
from webapp.operator_pages import operator_links
from webapp.pages import Page

MOST = 50_000
"""So many addresses a site map may hold (sitemaps.org)."""

RECORDS = {"ris": "application/x-research-info-systems", "bibtex": "application/x-bibtex"}
"""The records unAPI hands out, with their types. Zotero takes the first it knows by its own list: RIS."""

_PAGES = ("/", "/personen", "/themen", "/hilfe", "/ueber", "/pruefen")


@dataclass(frozen=True)
class SiteMap(Page):
    template = "sitemap.xml"
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class SiteMapIndex(Page):
    template = "sitemap_index.xml"
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Robots(Page):
    template = "robots.txt"
    sitemap: str


@dataclass(frozen=True)
class SearchBox(Page):
    template = "opensearch.xml"
    base: str


@dataclass(frozen=True)
class RecordFormats(Page):
    """The formats in which unAPI hands out the record of a passage, or of any if `place` is empty."""

    template = "unapi.xml"
    place: str
    formats: Mapping[str, str]


def site_map(here: Library, *, base_url: str) -> SiteMap | SiteMapIndex:
    """Return the site map; the list of its parts if one cannot hold all addresses."""
    addresses = _addresses(here, base_url)
    if len(addresses) <= MOST:
        return SiteMap(addresses)
    parts = -(-len(addresses) // MOST)
    return SiteMapIndex(tuple(f"{base_url}/sitemap-{number}.xml" for number in range(1, parts + 1)))


def site_map_part(here: Library, number: int, *, base_url: str) -> SiteMap:
    """Return a part of the site map, counted from 1.

    Raises:
        NotFound: there are fewer.
    """
    addresses = _addresses(here, base_url)[max(0, number - 1) * MOST : number * MOST]
    if not addresses:
        raise NotFound("sitemap", str(number))
    return SiteMap(addresses)


def _addresses(here: Library, base_url: str) -> tuple[str, ...]:
    return tuple(f"{base_url}{path}" for path in (*_PAGES, *_paths(here)))


def _paths(here: Library) -> Iterator[str]:
    """Yield the pages of the operator, of editions, sections that have words, people, themes and notes.

    Passages are linked there: their lasting addresses change with their words.
    """
    yield from (one.path for one in operator_links())
    for edition in here.editions.values():
        yield urls.edition_path(edition.id)
        with_words = here.sections_with_words(edition.id)
        yield from (urls.section_path(edition.id, one.id) for one in edition.sections if one.id in with_words)
    yield from map(urls.person_path, here.speakers)
    yield from map(urls.theme_path, here.themes)
    yield from ("/notizen", *map(urls.note_path, here.notes)) if here.notes else ()

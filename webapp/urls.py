"""Addresses: what a page of search results is called, facet toggles, paging and permalinks. Nothing but functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from werkzeug.datastructures import MultiDict

from kb.concordance import CONTEXTS, WIDTH
from kb.model import Passage
from kb.results import SORTS, Search
from kb.search_arguments import BadArgument, search_arguments, search_from_arguments

PER_PAGE = 10
MAX_LIMIT = 100
MAX_WIDTH = 1000
MAX_OFFSET = 1_000_000
_AROUND = 2


def _whole(args: MultiDict[str, str], name: str, default: int, *, least: int, most: int) -> int:
    written = args.get(name, "").strip()
    if not written:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", written) or not least <= int(written) <= most:
        raise BadArgument(name, written, f"{least} … {most}")
    return int(written)


def page_search(args: MultiDict[str, str]) -> Search:
    """Return the search that the parameters of a search page ask for.

    Raises:
        BadArgument: sort, page or a fixed facet value is none.
    """
    page = _whole(args, "page", 1, least=1, most=MAX_OFFSET // PER_PAGE)
    asked = search_from_arguments(args.items(multi=True))
    return replace(asked, group="", limit=PER_PAGE, offset=(page - 1) * PER_PAGE)


def api_search(args: MultiDict[str, str], *, sort: str = SORTS[0]) -> Search:
    """Return the search that the parameters of `/api/v1/search` ask for; `sort` is the order unless they say one.

    Raises:
        BadArgument: sort, group, limit, offset or a fixed facet value is none.
    """
    limit = _whole(args, "limit", PER_PAGE, least=0, most=MAX_LIMIT)
    offset = _whole(args, "offset", 0, least=0, most=MAX_OFFSET)
    return replace(search_from_arguments(args.items(multi=True), sort=sort), limit=limit, offset=offset)


def api_context(args: MultiDict[str, str]) -> tuple[str, int]:
    """Return which context the lines of a concordance are sorted by, and how many signs of it are shown.

    Raises:
        BadArgument: by or width is none.
    """
    by = args.get("by", "")
    if by and by not in CONTEXTS:
        raise BadArgument("by", by, ", ".join(CONTEXTS))
    return by, _whole(args, "width", WIDTH, least=0, most=MAX_WIDTH)


def api_limit(args: MultiDict[str, str], default: int) -> int:
    """Return how many passages are asked for.

    Raises:
        BadArgument: limit is no such number.
    """
    return _whole(args, "limit", default, least=1, most=MAX_LIMIT)


def search_path(search: Search) -> str:
    """Return the address of the page of results that holds `search`.

    >>> search_path(Search("Wohnen", {"voice": ("-editorial",)}))
    '/suche?q=Wohnen&voice=-editorial'
    """
    pairs = search_arguments(search)
    page = search.offset // PER_PAGE + 1
    if page > 1:
        pairs.append(("page", str(page)))
    return f"/suche?{urlencode(pairs, safe='/')}" if pairs else "/suche"


def api_search_path(search: Search) -> str:
    """Return the address of the JSON twin of a page of results."""
    pairs = [*search_arguments(search), ("offset", str(search.offset))]
    return f"/api/v1/search?{urlencode(pairs, safe='/')}"


def _with(search: Search, facet: str, values: tuple[str, ...]) -> Search:
    filters = {name: chosen for name, chosen in search.filters.items() if name != facet}
    if values:
        filters[facet] = values
    return replace(search, filters=filters, offset=0)


def toggled(search: Search, facet: str, value: str) -> Search:
    """Return the search with a facet value added, or taken out if it was there; from the first page on.

    `value` with a leading `-` excludes; a value is never chosen and excluded at once.
    """
    chosen = search.filters.get(facet, ())
    bare = value.removeprefix("-")
    others = tuple(other for other in chosen if other.removeprefix("-") != bare)
    return _with(search, facet, others if value in chosen else (*others, value))


def filtered(facet: str, value: str, *, text: str = "") -> Search:
    """Return a search for one facet value."""
    return Search(text, {facet: (value,)})


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of results in the pager; `path` is empty for the page one is on and for the gap „…“."""

    label: str
    path: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """Where one is in the results: page `number` of `count`, with links; `first` and `last` number the hits here."""

    number: int
    count: int
    first: int
    last: int
    links: tuple[PageLink, ...]
    previous: str = ""
    next: str = ""
    final: str = ""


def paging(search: Search, total: int) -> Paging:
    """Return the pager for a search with `total` hits."""
    count = max(1, -(-total // PER_PAGE))
    here = search.offset // PER_PAGE + 1

    def path(number: int) -> str:
        return search_path(replace(search, offset=(number - 1) * PER_PAGE))

    return Paging(
        number=here,
        count=count,
        first=min(search.offset + 1, total),
        last=min(search.offset + PER_PAGE, total),
        links=tuple(_page_links(here, count, path)) if count > 1 else (),
        previous=path(here - 1) if 1 < here <= count else "",
        next=path(here + 1) if here < count else "",
        final=path(count),
    )


def _page_links(here: int, count: int, path: Callable[[int], str]) -> Iterator[PageLink]:
    before = 0
    for number in sorted({1, count, *range(max(1, here - _AROUND), min(count, here + _AROUND) + 1)}):
        if number > before + 1:
            yield PageLink("…")
        yield PageLink(str(number), "" if number == here else path(number), number == here)
        before = number


def edition_path(edition_id: str) -> str:
    return f"/{edition_id}"


def section_path(edition_id: str, section_id: str) -> str:
    return f"/{edition_id}/{section_id}"


def passage_path(passage: Passage) -> str:
    """Return the address of a passage's page; not yet a permanent link, which carries the fingerprint too."""
    return f"/{passage.id}"


def reading_path(passage: Passage) -> str:
    """Return the place of a passage on the reading page of its section."""
    return f"{section_path(passage.edition, passage.section)}#{passage.locator.anchor}"


def person_path(speaker_id: str) -> str:
    return f"/personen/{quote(speaker_id, safe='')}"


def theme_path(theme_id: str) -> str:
    return f"/themen/{quote(theme_id, safe='')}"

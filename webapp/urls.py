"""Addresses: what a page of search results is called, facet toggles, paging and permalinks. Nothing but functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from werkzeug.datastructures import MultiDict

from kb.concordance import CONTEXTS, WIDTH
from kb.model import Passage, Voice
from kb.results import SORTS, Search
from kb.search_arguments import BadArgument, search_arguments, search_from_arguments

PER_PAGE = 10
LINES_PER_PAGE = 50
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
    return replace(search_from_arguments(args.items(multi=True)), limit=PER_PAGE, offset=(page - 1) * PER_PAGE)


def context_search(args: MultiDict[str, str]) -> tuple[Search, str]:
    """Return the search that the parameters of a page of contexts ask for, and what its lines are sorted by.

    Raises:
        BadArgument: sort, by, page or a fixed facet value is none.
    """
    page = _whole(args, "page", 1, least=1, most=MAX_OFFSET // LINES_PER_PAGE)
    by, _ = api_context(args)
    asked = search_from_arguments(args.items(multi=True), sort="reading")
    cut = replace(asked, sort="reading", group="", limit=LINES_PER_PAGE, offset=(page - 1) * LINES_PER_PAGE)
    return cut, by


@dataclass(frozen=True, slots=True)
class VoicePage:
    """Which passages of a person are asked for: page `number` of one `voice`, or of every voice that has so many."""

    voice: Voice | None = None
    number: int = 1


def voice_page(args: MultiDict[str, str]) -> VoicePage:
    """Return which passages the parameters of a person's page ask for.

    Raises:
        BadArgument: voice or page is none.
    """
    voice = args.get("voice", "")
    if voice and voice not in list(Voice):
        raise BadArgument("voice", voice, ", ".join(Voice))
    return VoicePage(Voice(voice) if voice else None, _whole(args, "page", 1, least=1, most=MAX_OFFSET))


def voice_path(speaker_id: str, voice: Voice, number: int = 1) -> str:
    """Return the address of one page of the passages of a person in one voice."""
    return f"{person_path(speaker_id)}?voice={voice}" + (f"&page={number}" if number > 1 else "")


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
    return _address("/suche", search, *_page_argument(search, PER_PAGE))


def api_search_path(search: Search) -> str:
    """Return the address of the JSON twin of a page of results."""
    return _address("/api/v1/search", search, ("offset", str(search.offset)))


def api_path(name: str, search: Search, *more: tuple[str, str]) -> str:
    """Return the address of another answer to a search under `/api/v1`."""
    return _address(f"/api/v1/{name}", search, *more)


def context_path(search: Search, by: str = "") -> str:
    """Return the address of the words of a search in their contexts, sorted `by` one of these."""
    return _address("/suche/kontext", search, *([("by", by)] if by else []), *_page_argument(search, LINES_PER_PAGE))


def distribution_path(search: Search, *, relative: bool = False) -> str:
    """Return the address of the figures on a search; `relative` draws them against the number of words."""
    return _address("/suche/verteilung", search, *([("measure", "relative")] if relative else []))


def choice_path(facet: str, search: Search) -> str:
    """Return the address of the page with all values of a facet that a search may be narrowed to."""
    return _address(f"/suche/auswahl/{facet}", replace(search, offset=0))


def feed_path(search: Search) -> str:
    """Return the address of the feed of a search; order, page and groups are nothing to it."""
    return _address("/suche/feed", replace(search, sort=SORTS[0], group=""))


def permanent_path(search: Search, fingerprint: str) -> str:
    """Return the address of a search that remembers which state of the corpus it was made in."""
    return _address("/suche", search, *_page_argument(search, PER_PAGE), ("stand", fingerprint))


def remembered_state(args: MultiDict[str, str]) -> str:
    """Return the fingerprint of the corpus that a permanent link of a search remembers; empty if it has none."""
    written = args.get("stand", "")
    return written if re.fullmatch(r"[0-9a-f]{6,64}", written) else ""


def _page_argument(search: Search, per_page: int) -> list[tuple[str, str]]:
    page = search.offset // per_page + 1
    return [("page", str(page))] if page > 1 else []


def _address(path: str, search: Search, *more: tuple[str, str]) -> str:
    pairs = [*search_arguments(search), *more]
    return f"{path}?{urlencode(pairs, safe='/')}" if pairs else path


def narrowed(search: Search, facet: str, value: str) -> Search:
    """Return the search for one value of a facet alone, ungrouped and from the first page on."""
    return replace(_with(search, facet, (value,)), group="")


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


def paging(
    search: Search, total: int, *, per_page: int = PER_PAGE, address: Callable[[Search], str] = search_path
) -> Paging:
    """Return the pager for a search with `total` hits, or lines, whose pages stand at `address`."""
    count = max(1, -(-total // per_page))
    here = search.offset // per_page + 1

    def path(number: int) -> str:
        return address(replace(search, offset=(number - 1) * per_page))

    return Paging(
        number=here,
        count=count,
        first=min(search.offset + 1, total),
        last=min(search.offset + per_page, total),
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


def note_path(name: str) -> str:
    return f"/notizen/{quote(name, safe='')}"


def theme_path(theme_id: str) -> str:
    return f"/themen/{quote(theme_id, safe='')}"

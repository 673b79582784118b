"""Addresses: facet toggles, paging and what parameters may say."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kb.results import Search
from kb.search_arguments import BadArgument
from webapp import urls

VALUES = st.from_regex(r"-?[a-z]{1,8}(/[a-z]{1,8})?", fullmatch=True)
SEARCHES = st.builds(
    Search,
    text=st.text(max_size=20),
    filters=st.dictionaries(
        st.sampled_from(["speaker", "forum", "theme", "edition"]),
        st.lists(VALUES, min_size=1, max_size=3, unique=True).map(tuple),
    ),
    sort=st.sampled_from(["relevance", "reading", "newest", "oldest"]),
    group=st.sampled_from(["", "speaker", "section"]),
    offset=st.integers(0, 20).map(lambda page: page * urls.PER_PAGE),
)


def _parsed(path: str) -> Search:
    query = parse_qs(urlsplit(path).query, keep_blank_values=True)
    return urls.page_search(MultiDict((name, value) for name, values in query.items() for value in values))


def _as_sets(search: Search) -> dict[str, set[str]]:
    return {facet: set(values) for facet, values in search.filters.items()}


@given(SEARCHES)
def test_the_address_of_a_search_says_all_of_it(search: Search) -> None:
    assert _parsed(urls.search_path(search)) == search


@given(SEARCHES, st.from_regex(r"[a-z]{1,8}", fullmatch=True))
def test_toggling_a_new_value_twice_leads_back(search: Search, value: str) -> None:
    chosen = {other.removeprefix("-") for other in search.filters.get("theme", ())}
    if value not in chosen:
        there = urls.toggled(search, "theme", value)
        assert value in there.filters["theme"]
        assert _as_sets(urls.toggled(there, "theme", value)) == _as_sets(search)


@given(SEARCHES, VALUES)
def test_a_toggle_starts_again_on_the_first_page(search: Search, value: str) -> None:
    assert urls.toggled(search, "speaker", value).offset == 0


def test_choosing_an_excluded_value_ends_its_exclusion() -> None:
    search = urls.toggled(Search(filters={"voice": ("-editorial",)}), "voice", "editorial")
    assert search.filters == {"voice": ("editorial",)}


def test_values_of_one_facet_gather() -> None:
    search = urls.toggled(urls.filtered("speaker", "anna-berg"), "speaker", "jan-tal")
    assert urls.search_path(search) == "/suche?speaker=anna-berg&speaker=jan-tal"


@given(st.integers(0, 30), st.integers(0, 400))
def test_the_pager_links_first_and_last_page_and_never_this_one(page: int, total: int) -> None:
    paging = urls.paging(Search(offset=page * urls.PER_PAGE), total)
    here = [link for link in paging.links if link.current]
    assert paging.count == max(1, (total + urls.PER_PAGE - 1) // urls.PER_PAGE)
    assert all(not link.path for link in here)
    if paging.links:
        assert paging.links[0].label == "1"
        assert str(paging.count) in [link.label for link in paging.links]
    assert bool(paging.next) == (page + 1 < paging.count)


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "zufall"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "zwei"},
        {"page": "²"},
        {"page": "9" * 5000},
        {"voice": "laut"},
        {"voice": "-laut"},
        {"role": "chef"},
        {"kind": "lied"},
    ],
)
def test_a_parameter_nobody_can_use_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(BadArgument, match="must be one of"):
        urls.page_search(MultiDict(query))


@pytest.mark.parametrize("query", [{"limit": "-1"}, {"limit": "101"}, {"offset": "-5"}, {"offset": "1e3"}])
def test_limit_and_offset_of_the_api_are_checked(query: dict[str, str]) -> None:
    with pytest.raises(BadArgument):
        urls.api_search(MultiDict(query))


def test_the_api_counts_from_an_offset() -> None:
    assert urls.api_search(MultiDict({"limit": "0", "offset": "30"})).offset == 30

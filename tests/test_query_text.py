"""There and back: text → tree → text → the same tree, and search → arguments → the same search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.fields import Facts
from kb.model import Speaker, Theme
from kb.parsing import parse_query
from kb.query import Query
from kb.query_text import query_text
from kb.results import FACETS, GROUPS, SORTS, Search
from kb.search_arguments import CLOSED_FACETS, BadArgument, search_arguments, search_from_arguments
from kb.text import Analyser

GERMAN = Analyser("de")
FACTS = Facts(
    speakers={
        "jana-berg": Speaker("jana-berg", "Jana Berg", "Dr."),
        "udo-klein": Speaker("udo-klein", "Udo Klein"),
        "eva-klein": Speaker("eva-klein", "Eva Klein"),
    },
    themes={"wohnen": Theme("wohnen", "Wohnen und Bauen", "Housing", "")},
)
PIECES = (
    *("Stadt", "Land", "die", "Obmann-Modell", "Bürger(innen)", "Wohnungsbau", "26.000", "§ 5", "C++", "x(y)z", "KI"),
    *("UND", "ODER", "NICHT", "AND", ",UND", "und", "(", ")", "-", "=Wort", '"die Stadt"', '"Stadt Land"~4', '"', "„"),
    *("sprecher:klein", 'speaker:"Dr. Berg",udo-klein', "-jahr:2015-2018", "thema:xyz", ",seite:3", "rolle:niemand"),
    *("wohn*", "Wort~", "a*b", "~5", "…", "“", " ", " ", " ", " "),
)


def parsed(text: str) -> Query:
    return parse_query(text, GERMAN, None, FACTS)


def assert_there_and_back(text: str) -> None:
    query = parsed(text)
    again = parsed(query_text(query))
    assert (again.wanted, again.excluded) == (query.wanted, query.excluded)
    assert query_text(again) == query_text(query)


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
@settings(max_examples=400)
def test_the_text_of_a_query_asks_the_same(text: str) -> None:
    assert_there_and_back(text)


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_the_text_of_any_query_asks_the_same(text: str) -> None:
    assert_there_and_back(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Stadt  AND Land", "Stadt UND Land"),
        ("„freie Wohnung“ NOT Berlin", '"freie Wohnung" -Berlin'),
        ("=Wohnung", '"Wohnung"'),
        ("Miete OR Kauf", "Miete ODER Kauf"),
        ("Stadt (Miete OR Kauf)", "Stadt (Miete ODER Kauf)"),
        ("speaker:klein Year:2015-2018", "sprecher:klein jahr:2015-2018"),
        ("Wohn*", "Wohn*"),
        ("UND Stadt", "(UND Stadt)"),
        ("a AND", "a"),
        ("", ""),
    ],
)
def test_one_spelling_for_all_ways_to_ask_the_same(typed: str, text: str) -> None:
    assert query_text(parsed(typed)) == text


VALUES = {
    **{facet: st.sampled_from(values) for facet, values in CLOSED_FACETS.items()},
    "year": st.from_regex(r"[0-9]{4}", fullmatch=True),
}
OPEN_VALUES = st.text(min_size=1, max_size=12).map(str.strip).filter(lambda value: value.strip("-"))


@st.composite
def searches(draw: st.DrawFn) -> Search:
    filters: dict[str, tuple[str, ...]] = {}
    for facet in draw(st.lists(st.sampled_from(FACETS), unique=True)):
        values = draw(st.lists(VALUES.get(facet, OPEN_VALUES), min_size=1, max_size=3, unique=True))
        filters[facet] = tuple(f"-{value}" if draw(st.booleans()) else value for value in values)
    return Search(
        draw(st.text()),
        filters,
        draw(st.sampled_from(SORTS)),
        synonyms=draw(st.booleans()),
        group=draw(st.sampled_from(("", *GROUPS))),
    )


@given(searches())
def test_a_search_comes_back_from_its_arguments(search: Search) -> None:
    again = search_from_arguments(search_arguments(search))
    assert again == search


@given(searches())
def test_arguments_nobody_knows_change_nothing(search: Search) -> None:
    arguments = [("utm_source", "x"), *search_arguments(search), ("page", "7"), ("speaker", "  ")]
    assert search_from_arguments(arguments) == search


@pytest.mark.parametrize(
    ("name", "value"),
    [("year", "abc"), ("year", "18"), ("year", "-20188"), ("voice", "laut"), ("kind", "-x"), ("sort", "best")],
)
def test_what_nothing_can_be_is_refused_with_what_can(name: str, value: str) -> None:
    with pytest.raises(BadArgument) as refused:
        search_from_arguments([(name, value)])
    assert refused.value.name == name
    assert refused.value.allowed


@pytest.mark.parametrize(("name", "value"), [("year", "none"), ("year", "-2018"), ("voice", "-none"), ("sort", "")])
def test_none_and_exclusions_are_values_too(name: str, value: str) -> None:
    search_from_arguments([(name, value)])

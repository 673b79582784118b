from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.query import MAX_CLAUSES, MAX_ROW, parse_query
from kb.text import Analyser

GERMAN = Analyser("de")


def printed(text: str) -> tuple[list[str], list[str]]:
    query = parse_query(text, GERMAN)
    return [clause.words for clause in query.wanted], [clause.words for clause in query.excluded]


@pytest.mark.parametrize(
    ("text", "wanted", "excluded"),
    [
        ("freie Wohnung", ["freie", "Wohnung"], []),
        ('"freie Wohnung" Berlin', ["„freie Wohnung“", "Berlin"], []),
        ("„freie Wohnung“ -Berlin", ["„freie Wohnung“"], ["Berlin"]),
        ("«freie Wohnung»", ["„freie Wohnung“"], []),
        ('-"freie Wohnung"', [], ["„freie Wohnung“"]),
        ("Obmann-Modell", ["Obmann-Modell"], []),  # a hyphen inside a word excludes nothing
        ("Wohnung - Berlin", ["Wohnung", "Berlin"], []),
        ("Mieter und die Stadt", ["Mieter", "Stadt"], []),  # function words are not asked for
        ("die und der", ["die", "und", "der"], []),  # unless there is nothing else
        ('"die und der" Stadt', ["„die und der“", "Stadt"], []),
        ("26.000 Einwohner?", ["26.000", "Einwohner"], []),
        ("Stadt Stadt", ["Stadt"], []),
    ],
)
def test_words_phrases_and_exclusions(text: str, wanted: list[str], excluded: list[str]) -> None:
    assert printed(text) == (wanted, excluded)


def test_a_query_says_itself_in_words() -> None:
    assert parse_query('Stadt "neue Wohnung" -Land -Dorf', GERMAN).words == (
        "Stadt und „neue Wohnung“, ohne Land und ohne Dorf"
    )
    assert parse_query("", GERMAN).words == "alle Textstellen"


def test_an_open_quotation_mark_is_told() -> None:
    query = parse_query('"freie Wohnung', GERMAN)
    assert [clause.words for clause in query.wanted] == ["„freie Wohnung“"]
    assert len(query.notes) == 1


@pytest.mark.parametrize("text", ["???", "- -", '""', "& /", "-"])
def test_a_text_without_words_asks_for_everything_and_says_so(text: str) -> None:
    query = parse_query(text, GERMAN)
    assert not query.wanted
    assert not query.excluded
    assert len(query.notes) == 1


def test_nothing_typed_needs_no_note() -> None:
    assert parse_query("  ", GERMAN).notes == ()


def test_a_pasted_page_is_cut_and_told() -> None:
    query = parse_query(" ".join(f"wort{number}" for number in range(500)), GERMAN)
    assert len(query.wanted) == MAX_CLAUSES
    assert len(query.notes) == 1


def test_a_very_long_phrase_is_cut_and_told() -> None:
    query = parse_query('"' + "ja " * 100 + '"', GERMAN)
    assert len(query.wanted[0].positions) == MAX_ROW
    assert len(query.notes) == 1


@given(st.text())
def test_any_text_is_a_query(text: str) -> None:
    query = parse_query(text, GERMAN)
    assert query.understood().text == text
    for clause in query.wanted + query.excluded:
        assert clause.positions
        assert all(position for position in clause.positions)


@given(st.text(alphabet='ab "„“-»«', max_size=30))
def test_any_arrangement_of_operators_is_a_query(text: str) -> None:
    assert parse_query(text, GERMAN).words

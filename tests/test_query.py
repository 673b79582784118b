from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fields import NAMES, Facts
from kb.model import Speaker, Theme
from kb.parsing import MAX_CLAUSES, MAX_ROW, parse_query
from kb.query import Query, Row
from kb.synonyms import Group, Thesaurus
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
    assert [clause.words for clause in query.clauses] == ["„freie Wohnung“"]
    assert len(query.notes) == 1


def test_capitals_make_another_word_of_a_function_word() -> None:
    assert printed("Rolle des OB")[0] == ["Rolle", "OB"]
    assert printed("Rolle ob")[0] == ["Rolle"]
    assert printed("KI OB")[0] == ["KI", "OB"]
    assert printed("DIE ROLLE IN BERLIN")[0] == ["ROLLE", "BERLIN"]


def with_synonyms(text: str, *words: str) -> Query:
    return parse_query(text, GERMAN, Thesaurus((Group(words, weight=0.8),), GERMAN))


def test_synonyms_are_searched_with_their_weight_and_told() -> None:
    query = with_synonyms("Flüchtling Arbeit", "Flüchtlinge", "Geflüchtete")
    (other,) = query.clauses[0].others
    assert other == Row(((GERMAN.term("Geflüchtete"),),), 0.8)
    assert query.clauses[1].others == ()
    assert query.notes == ("auch gesucht: Geflüchtete",)


def test_words_in_a_row_have_synonyms_together() -> None:
    query = with_synonyms("im ländlichen Raum", "ländlicher Raum", "Dorf")
    assert [clause.others for clause in query.clauses] == [(Row((("dorf",),), 0.8),)] * 2


@pytest.mark.parametrize("text", ['"Flüchtlinge"', "-Flüchtlinge", "Arbeit"])
def test_exact_and_excluded_words_have_no_synonyms(text: str) -> None:
    query = with_synonyms(text, "Flüchtlinge", "Geflüchtete")
    assert not any(clause.others for clause in query.clauses)
    assert query.notes == ()


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
    assert len(query.clauses[0].positions) == MAX_ROW
    assert len(query.notes) == 1


@given(st.text())
def test_any_text_is_a_query(text: str) -> None:
    query = parse_query(text, GERMAN)
    assert query.understood().text == text
    for clause in query.clauses:
        assert clause.positions
        assert all(position for position in clause.positions)


PIECES = [
    "a",
    "Stadt",
    "UND",
    "ODER",
    "NICHT",
    "(",
    ")",
    "-",
    '"',
    "„",
    "sprecher:",
    "seite:3-",
    "wohn*",
    "x~",
    "=",
    "~5",
]


@given(st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=40).map("".join))
def test_any_arrangement_of_operators_is_a_query(text: str) -> None:
    assert parse_query(text, GERMAN).words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Miete ODER Kauf", "Miete oder Kauf"),
        ("Stadt (Miete OR Kauf)", "Stadt und (Miete oder Kauf)"),
        ("Stadt UND Land NICHT Dorf", "Stadt und Land, ohne Dorf"),
        ("Stadt NOT (Dorf OR Land)", "Stadt, ohne (Dorf oder Land)"),
        ("a b ODER c", "(a und b) oder c"),
        ("=Wohnung", "„Wohnung“"),
        ("wohn*", "„wohn…“"),
        ("Segregatoin~", "„Segregatoin~“"),
        ('"Stadt Land"~5', "„Stadt Land“ (höchstens 5 Wörter dazwischen)"),
        ("((Stadt))", "Stadt"),
        ("Stadt nicht Dorf", "Stadt und nicht und Dorf"),  # small letters are words
        ("Bürger(innen)", "Bürger(innen)"),
        ("sprecher:", "sprecher"),
        ("Thema: Wohnen", "Thema und Wohnen"),
        ("jahr:2015-2018 Stadt", "Jahr: 2015-2018 und Stadt"),
        ("-seite:20", "alle Textstellen, ohne Seite: 20"),
        ("stimme:wörtlich,berichtet", "Stimme: wörtlich oder berichtet"),
        ("voice:verbatim", "Stimme: wörtlich"),
    ],
)
def test_a_query_is_printed_back_in_words(text: str, words: str) -> None:
    assert parse_query(text, GERMAN).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Stadt UND", "Stadt"),
        ("ODER Stadt", "Stadt"),
        ("Stadt ODER ODER Land", "Stadt oder Land"),
        ("NICHT", "alle Textstellen"),
        ("(Stadt Land", "(Stadt und Land)"),
        ("Stadt)", "Stadt"),
        ("(" * 500 + "Stadt", "Stadt"),
        ("rolle:König", "Rolle: König"),
        ("sprecher:niemand-da", "Person: niemand-da"),
    ],
)
def test_what_does_not_fit_is_repaired_and_told(text: str, words: str) -> None:
    query = parse_query(text, GERMAN)
    assert query.words == words
    assert query.notes


@pytest.mark.parametrize(
    "text", ["a AND", '"open', "[to", "C++", "§ 5", "*", "x" * 10_000, "a:b:c", "()", "~", "=", "-()"]
)
def test_odd_texts_do_no_harm(text: str) -> None:
    assert parse_query(text, GERMAN).words


FACTS = Facts(
    speakers={
        "jana-koehnke": Speaker("jana-koehnke", "Jana Köhnke", "Prof.", misprints={"Jana Könke": "Programm"}),
        "udo-klein": Speaker("udo-klein", "Udo Klein"),
        "eva-klein": Speaker("eva-klein", "Eva Klein"),
    },
    themes={"wohnen": Theme("wohnen", "Wohnen", "Housing", "")},
)


@pytest.mark.parametrize(
    ("text", "values", "notes"),
    [
        ("sprecher:köhnke", ("jana-koehnke",), 0),
        ("speaker:koehnke", ("jana-koehnke",), 0),
        ('sprecher:"Prof. Köhnke"', ("jana-koehnke",), 0),
        ("sprecher:Köhncke", ("jana-koehnke",), 1),
        ("Sprecher:klein", ("udo-klein", "eva-klein"), 1),
        ("sprecher:köhnke,udo-klein", ("jana-koehnke", "udo-klein"), 0),
        ("sprecher:niemand", ("none",), 0),
        ("sprecher:xyz", (), 1),
        ("thema:housing", ("wohnen",), 0),
        ("seite:20-22", ("20", "21", "22"), 0),
        ("seite:iv", ("iv",), 0),
        ("rolle:moderation", ("moderator",), 0),
    ],
)
def test_fields_resolve_what_a_reader_writes(text: str, values: tuple[str, ...], notes: int) -> None:
    query = parse_query(text, GERMAN, None, FACTS)
    (field,) = query.fields
    assert field.values == values
    assert len(query.notes) == notes


@given(st.sampled_from(sorted(NAMES)), st.text())
def test_any_value_of_a_field_is_understood_somehow(name: str, value: str) -> None:
    assert parse_query(f'{name}:{value} -{name}:"{value}"', GERMAN, None, FACTS).words

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.parsing import parse_query
from kb.snippets import MAX_LENGTH, make_snippet, mark, sentences
from kb.text import Analyser
from kb.word_places import WordPlaces

GERMAN = Analyser("de")
FILLER = "Danach sprach man lange über das Wetter und über den Weg dorthin, der weit ist. "


def marked(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, is_match in pieces if is_match]


def read(text: str) -> WordPlaces:
    return WordPlaces(text, GERMAN)


def shown(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in pieces)


@pytest.mark.parametrize(
    ("text", "query", "matches"),
    [
        ("Wir bauen Wohnungen in Städten.", "wohnung stadt", ["Wohnungen", "Städten"]),
        ("Er kam nach Mühlacker.", "Muehlacker", ["Mühlacker"]),
        ("Eine neue Wohnung, neue Wohnungen.", '"neue Wohnungen"', ["neue Wohnungen"]),
        ("Woh\u00adnungen fehlen.", "Wohnung", ["Woh\u00adnungen"]),
        ("Die Wohnungsbaugesellschaften planen.", "Wohnung", ["Wohnungs"]),
        ("Die Wohnungsbaugesellschaften planen.", "Gesellschaft Wohnung", ["Wohnungs", "gesellschaften"]),
        ("Die Wohnungsbaugesellschaften planen.", "Wohnung Bau", ["Wohnungsbau"]),
        ("Die Wohnungsbaugesellschaften planen.", "Wohnung Wohnungsbaugesellschaft", ["Wohnungsbaugesellschaften"]),
        ("Ha\u0308user bleiben, der Häuserkampf auch.", "Haus", ["Ha\u0308user", "Häuser"]),
        ("In Klein- und Mittelstädten.", "Stadt", ["Klein", "städten"]),
        ("Die Auswahl der Mieter dauert.", "Mieterauswahl", ["Auswahl", "Mieter"]),
        ("Die Mieterauswahl und die Mieter.", "Mieterauswahl", ["Mieterauswahl"]),
        ("Wohnen und Wohnungen.", "wohn*", ["Wohnen", "Wohnungen"]),
        ("Die Segregation.", "Segregatoin~", ["Segregation"]),
        ("Miete oder Kauf.", "Kauf ODER Pacht", ["Kauf"]),
        ("Neue, helle Wohnungen.", '"Wohnungen neue"~2', ["Neue", "Wohnungen"]),
        ("Nichts davon.", "Wohnung", []),
        ("Wohnungen fehlen.", "-Wohnung", []),
        ("Wohnungen fehlen.", "", []),
    ],
)
def test_matching_words_are_marked_in_any_form(text: str, query: str, matches: list[str]) -> None:
    pieces = make_snippet(read(text), parse_query(query, GERMAN))
    assert marked(pieces) == matches
    assert shown(pieces) == text


def test_the_sentence_with_the_words_is_chosen() -> None:
    text = FILLER * 5 + "Dann fehlten Wohnungen. " + FILLER * 5
    snippet = shown(make_snippet(read(text), parse_query("Wohnung", GERMAN)))
    assert "Dann fehlten Wohnungen." in snippet
    assert len(snippet) <= MAX_LENGTH
    assert snippet.startswith(("Danach", "Dann"))
    assert snippet.endswith(".")


def test_without_a_query_the_passage_is_shown_from_its_beginning() -> None:
    text = "Der erste Satz. " + FILLER * 10
    assert shown(make_snippet(read(text), parse_query("", GERMAN))).startswith("Der erste Satz.")


def test_an_endless_sentence_is_cut_at_words_around_the_match() -> None:
    text = "und so weiter " * 60 + "Wohnungen " + "und so fort " * 60
    pieces = make_snippet(read(text), parse_query("Wohnung", GERMAN))
    assert marked(pieces) == ["Wohnungen"]
    assert len(shown(pieces)) <= MAX_LENGTH + 4
    assert shown(pieces).startswith("… ")
    assert shown(pieces).endswith(" …")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Das gilt z. B. Am Ende. Gut.", 2),
        ("Am 10. Dezember kam Prof. Dr. Klein. Er ging.", 2),
        ("„Kommt er?“ Sie schwieg.", 2),
        ("Ein Absatz\n\nnoch einer", 2),
        ("ca. 26.000 Einwohner", 1),
        ("Wir pflanzten den 780. Baum.", 1),
        ("Im Jahr waren es 250. Das reicht.", 2),
    ],
)
def test_abbreviations_dates_and_ordinals_end_no_sentence(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts


@given(st.text(alphabet="aW. Wohnung\n", max_size=900), st.sampled_from(["", "Wohnung", '"a W"', "a -W"]))
def test_a_snippet_is_a_stretch_of_the_passage(text: str, query_text: str) -> None:
    query = parse_query(query_text, GERMAN)
    assert shown(mark(read(text), query)) == text
    snippet = shown(make_snippet(read(text), query))
    assert snippet.removeprefix("… ").removesuffix(" …") in text
    assert len(snippet) <= MAX_LENGTH + 4

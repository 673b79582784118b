from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import Analyser, Vocabulary, fold, normalise

GERMAN = Analyser("de")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wohnung", "Wohnungen"),
        ("Stadt", "Städte"),
        ("Stadt", "Städten"),
        ("Haus", "Häusern"),
        ("Vertrag", "Verträge"),
        ("aktivieren", "aktiviert"),
        ("Mühlacker", "Muehlacker"),
        ("Häuser", "Haeuser"),  # typed without umlauts, and inflected
        ("Straße", "Straßen"),
        ("Wohnung", "WOHNUNGEN"),
        ("Häuser", "Ha\u0308user"),  # decomposed, as some PDFs give it
        ("Wohnung", "Woh\u00adnungen"),
        ("Pflege", "P\ufb02ege"),
    ],
)
def test_forms_of_one_word_share_a_term(one: str, other: str) -> None:
    (token,) = GERMAN.tokens(one)
    (other_token,) = GERMAN.tokens(other)
    assert token.term == other_token.term


@pytest.mark.parametrize(
    ("one", "other"), [("Wohnung", "Wohnort"), ("Masse", "Maße"), ("Stadt", "Staat"), ("Bund", "Bündnis")]
)
def test_different_words_keep_different_terms(one: str, other: str) -> None:
    assert GERMAN.term(one) != GERMAN.term(other)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("mieten", "Mieten"), ("mieten", "mietet"), ("reden", "Reden"), ("strasse", "Straße"), ("städte", "Stadt")],
)
def test_a_typed_word_may_mean_any_printed_one(typed: str, printed: str) -> None:
    assert GERMAN.term(printed) in GERMAN.readings(typed)


def test_offsets_point_into_the_text_as_given() -> None:
    text = "„Ha\u0308user“, sagt sie: P\ufb02ege-Woh\u00adnung!"
    assert [text[token.start : token.end] for token in GERMAN.tokens(text)] == [
        "Ha\u0308user",
        "sagt",
        "sie",
        "P\ufb02ege",
        "Woh\u00adnung",
    ]


def test_an_unknown_language_is_only_folded() -> None:
    assert [token.term for token in Analyser("xx").tokens("Wohnungen in Städten")] == ["wohnungen", "in", "staedten"]


def test_known_words_need_no_dictionary() -> None:
    program = (
        "import simplemma\n"
        "simplemma.lemmatize = simplemma.is_known = None\n"
        "from kb.text import Analyser, Vocabulary\n"
        "known = Vocabulary({'Städte': 'stadt'}, {'staedte': ('stadt',)})\n"
        "analyser = Analyser('de', known)\n"
        "assert analyser.readings('städte') == ('stadt',)\n"
        "assert analyser.tokens('Städte')[0].term == 'stadt'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_vocabulary_changes_no_answer() -> None:
    texts = ["Mieten und mieten, Städte in der Stadt", "Die Strasse zur STRASSE, die Straße"]
    with_words = Analyser("de", GERMAN.vocabulary(texts))
    for text in texts:
        assert with_words.tokens(text) == GERMAN.tokens(text)
        for token in GERMAN.tokens(text):
            word = text[token.start : token.end]
            assert set(GERMAN.readings(word)) <= set(with_words.readings(word))


@given(st.text())
def test_words_come_in_order_and_without_overlap(text: str) -> None:
    at = 0
    for token in Analyser("de", Vocabulary()).tokens(text):
        assert at <= token.start < token.end <= len(text)
        assert token.form
        assert token.term
        at = token.end


@given(st.text())
def test_folding_and_normalising_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalise(normalise(text)) == normalise(text)

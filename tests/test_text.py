from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict

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
        ("gehen", "ging"),
        ("gut", "besser"),
        ("Bürger", "Bürgerin"),
        ("Bürger", "Bürgerinnen"),
        ("Bürger", "Bürger:innen"),
        ("Bürger", "Bürger*innen"),
        ("Bürger", "Bürger_innen"),
        ("Bürger", "Bürger/innen"),
        ("Bürger", "Bürger/-innen"),
        ("Bürger", "Bürger(innen)"),
        ("Bürger", "BürgerInnen"),
        ("Bürger", "BÜRGERINNEN"),
        ("Arzt", "Ärzt:innen"),
        ("Kollege", "Kolleginnen"),
        ("Beamte", "Beamtin"),
        ("Quartiersbewohner", "Quartiersbewohnerinnen"),  # in no dictionary
        ("Quartiersspaziergang", "Quartiersspaziergängen"),
        ("Geflüchtete", "Geflüchteten"),
        ("Geflüchtete", "geflüchtete"),
        ("Jugendlicher", "Jugendlichen"),
        ("Paragraph", "§"),
        ("Paragraf", "§§"),
        ("Prozent", "%"),
        ("50000", "50.000"),
        ("Oberbürgermeisterin", "OB"),
    ],
)
def test_forms_of_one_word_share_a_term(one: str, other: str) -> None:
    (token,) = GERMAN.tokens(one)
    (other_token,) = GERMAN.tokens(other)
    assert token.term == other_token.term


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wohnung", "Wohnort"),
        ("Masse", "Maße"),
        ("Stadt", "Staat"),
        ("Bund", "Bündnis"),
        ("aktuell", "aktüll"),
        ("drucken", "drücken"),
        ("Gmund", "Gmünd"),
        ("Ebene", "eben"),
        ("Term", "Termin"),  # no woman
        ("OB", "ob"),
        ("1,5", "15"),
    ],
)
def test_different_words_keep_different_terms(one: str, other: str) -> None:
    assert GERMAN.term(one) != GERMAN.term(other)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("mieten", "Mieten"),
        ("mieten", "mietet"),
        ("reden", "Reden"),
        ("strasse", "Straße"),
        ("städte", "Stadt"),
        ("Masse", "Maße"),  # as it is typed in Switzerland
        ("bürger:innen", "Bürger"),
    ],
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nach § 626 BGB", ["nach", "§", "626", "BGB"]),
        ("19 Prozent, 1,5 Mio.", ["19", "Prozent", "1,5", "Mio"]),
        ("die 90.000-Einwohner-Stadt", ["die", "90.000", "Einwohner", "Stadt"]),
        ("3fach, 1990er, U3", ["3fach", "1990er", "U3"]),
        ("am 3.5.2018, S. 20-22", ["am", "3", "5", "2018", "S", "20", "22"]),
        ("3.500,50 € für 12 %", ["3.500,50", "€", "für", "12", "%"]),
        ("Bürgerin/Bürger und Bürger:innenräte", ["Bürgerin", "Bürger", "und", "Bürger:innenräte"]),
        ("so: in der Stadt", ["so", "in", "der", "Stadt"]),
    ],
)
def test_numbers_signs_and_gendered_words_survive(text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in GERMAN.tokens(text)] == words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Klein- und Mittelstädte", ["kleinstadt", "und", "mittelstadt"]),
        ("Groß-, Mittel- und Kleinstädten", ["grossstadt", "mittelstadt", "und", "kleinstadt"]),
        (
            "Integrations-, Stadtentwicklungs- und Wohnungsbaupolitik",
            ["integrationspolitik", "stadtentwicklungspolitik", "und", "wohnungsbaupolitik"],
        ),
        ("Haupt- bzw. Ehrenamt", ["hauptamt", "bzw", "ehrenamt"]),
        ("Wohn-/Geschäftshaus", ["wohnhaus", "geschaeftshaus"]),
        ("Quartiersbewohnerinnen und -bewohner", ["quartiersbewohner", "und", "quartiersbewohner"]),
        ("Stadt - und Land", ["stadt", "und", "land"]),  # a dash
        ("Klein- Mittelstädte", ["klein", "mittelstadt"]),  # nothing binds them
    ],
)
def test_words_cut_short_are_the_whole_word(text: str, terms: list[str]) -> None:
    assert [token.term for token in GERMAN.tokens(text)] == terms


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Wohnungsbaugesellschaften", {"wohnung", "bau", "gesellschaft", "wohnungsbau", "baugesellschaft"}),
        ("Oberbürgermeisterin", {"ober", "buerger", "meister", "buergermeister"}),
        ("Klein- und Mittelstädte", {"klein", "stadt"}),
        ("Wohnung", set()),
    ],
)
def test_a_compound_has_its_parts_beside_its_term(text: str, parts: set[str]) -> None:
    assert set(GERMAN.tokens(text)[0].parts) == parts


@pytest.mark.parametrize(
    ("text", "whole"),
    [("EU-Bürgerinnen", "eubuerger"), ("Lock-in-Effekt", "lockineffekt"), ("Wohnungs-Bau", "wohnungsbau")],
)
def test_hyphenated_words_are_found_whole_and_by_part(text: str, whole: str) -> None:
    tokens = GERMAN.tokens(text)
    assert len(tokens) == text.count("-") + 1
    assert whole in tokens[-1].parts


def test_umlauts_typed_without_dots_are_a_weaker_reading() -> None:
    analyser = Analyser("de", GERMAN.vocabulary(["In Schwäbisch Gmünd drucken und drücken wir"]))
    assert analyser.weaker_readings("Gmund") == ("gmuend",)
    assert analyser.weaker_readings("drucken") == ()  # a word of its own
    assert analyser.weaker_readings("Gmünd") == ()


def test_an_abbreviation_is_not_the_word_in_small_letters() -> None:
    for analyser in (GERMAN, Analyser("de", GERMAN.vocabulary(["Der OB fragt, ob er darf."]))):
        assert analyser.readings("OB") == ("oberbuergermeister",)
        assert analyser.readings("ob") == ("ob",)


def test_an_umlaut_in_the_wrong_place_is_another_word() -> None:
    analyser = Analyser("de", GERMAN.vocabulary(["Das ist aktuell in Mühlacker."]))
    assert "aktuell" not in analyser.readings("aktüll")
    assert analyser.readings("Muehlacker") == (analyser.term("Mühlacker"),)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "cities", "city"),
        ("en-GB", "went", "go"),
        ("fr", "villes", "ville"),
        ("es", "casas", "casa"),
        ("nl", "boeken", "boek"),
        ("de-AT", "Städte", "Stadt"),
    ],
)
def test_other_languages_have_their_own_forms(language: str, one: str, other: str) -> None:
    analyser = Analyser(language)
    assert analyser.term(one) == analyser.term(other)


@given(st.sampled_from(["de", "en", "fr", "tr", "xx", "", "-", "zh-Hant"]), st.text(max_size=60))
def test_no_text_in_no_language_breaks(language: str, text: str) -> None:
    analyser = Analyser(language)
    for token in analyser.tokens(text):
        assert analyser.readings(text[token.start : token.end])


def test_an_unknown_language_is_only_folded() -> None:
    assert [token.term for token in Analyser("xx").tokens("Wohnungen in Städten")] == ["wohnungen", "in", "staedten"]


def test_known_words_need_no_dictionary() -> None:
    program = (
        "import simplemma\n"
        "simplemma.lemmatize = simplemma.is_known = None\n"
        "from kb.text import Analyser, Vocabulary\n"
        "known = Vocabulary({'Städte': 'stadt'}, {'staedte': ('stadt',)}, {'stadt': ('teil',)})\n"
        "analyser = Analyser('de', known)\n"
        "assert analyser.readings('städte') == ('stadt',)\n"
        "assert analyser.tokens('Städte')[0].term == 'stadt'\n"
        "assert analyser.tokens('Städte')[0].parts == ('teil',)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_vocabulary_changes_no_answer() -> None:
    texts = [
        "Mieten und mieten, Städte in der Stadt",
        "Die Strasse zur STRASSE, die Straße",
        "Klein- und Mittelstädte, Bürger:innen und -vereine, EU-Wohnungsbaupolitik, § 5, 50.000 €",
    ]
    with_words = Analyser("de", GERMAN.vocabulary(texts))
    for text in texts:
        assert with_words.tokens(text) == GERMAN.tokens(text)
        for token in GERMAN.tokens(text):
            word = text[token.start : token.end]
            assert set(GERMAN.readings(word)) <= set(with_words.readings(word))


def test_a_vocabulary_answers_for_its_words_without_a_dictionary() -> None:
    texts = ["Klein- und Mittelstädte, Bürger:innen, EU-Wohnungsbaupolitik, Geflüchtete, § 5"]
    known = GERMAN.vocabulary(texts)
    program = (
        "import sys, json\n"
        "import simplemma, kb.lemmas\n"
        "simplemma.lemmatize = simplemma.is_known = kb.lemmas.Splitter = None\n"
        "from kb.text import Analyser, Vocabulary\n"
        "text, known = json.load(sys.stdin)\n"
        "analyser = Analyser('de', Vocabulary(**known))\n"
        "assert analyser.tokens(text)\n"
        "for word in ('mittelstädte', 'bürger:innen', 'geflüchtete', 'wohnungsbaupolitik', 'eu', '§', '5'):\n"
        "    assert analyser.readings(word), word\n"
    )
    told = json.dumps([texts[0], asdict(known)])
    subprocess.run([sys.executable, "-c", program], check=True, input=told, text=True)


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

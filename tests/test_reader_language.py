"""What `kb` says to readers: in their language, whoever asked before them; German where nobody asked for another."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from quote_samples import checked, quote_index
from samples import a_passage
from web_samples import web_app

from kb import labels
from kb.fields import Facts
from kb.index import Index
from kb.model import Voice
from kb.omissions import inner_quotation
from kb.parsing import parse_query
from kb.quotation import QuotationRefused, build_quotation
from kb.quote_wording import verdict_word
from kb.quotes import Verdict
from kb.results import Search
from kb.selection import stretch_of
from kb.text import Analyser
from kb.translation import speak, speak_german, whole_number
from webapp import create_app

TRANSLATIONS = Path(__file__).parents[1] / "webapp" / "translations"
GERMAN_LETTERS = frozenset("äöüßÄÖÜ„")


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English to the reader of one test."""
    speak(gettext.translation("messages", TRANSLATIONS, ["en"]), "en")
    yield
    speak_german()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = quote_index(tmp_path_factory.mktemp("quotes"))
    yield opened
    opened.close()


QUERIES = [
    ("Stadt UND (Miete ODER Pacht)", "Stadt und (Miete oder Pacht)", "Stadt and (Miete or Pacht)"),
    (
        '"am Wasser" -Berlin -Bonn',
        "„am Wasser“, ohne Berlin und ohne Bonn",
        "“am Wasser”, without Berlin and without Bonn",
    ),
    ("-Berlin", "alle Textstellen, ohne Berlin", "all passages, without Berlin"),
    ('"Wege Wasser"~1', "„Wege Wasser“ (höchstens 1 Wort dazwischen)", "“Wege Wasser” (at most 1 word in between)"),
    ('"Wege Wasser"~5', "„Wege Wasser“ (höchstens 5 Wörter dazwischen)", "“Wege Wasser” (at most 5 words in between)"),
    ("stimme:verbatim,berichtet", "Stimme: wörtlich oder berichtet", "Voice: verbatim or reported"),
    ("person:ohne", "Person: ohne Angabe", "Person: not stated"),
]


@pytest.mark.parametrize(("typed", "german", "_"), QUERIES)
def test_a_query_is_said_in_german_where_nobody_asked_for_another_language(typed: str, german: str, _: str) -> None:
    assert parse_query(typed, Analyser()).words == german


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("typed", "_", "told"), QUERIES)
def test_a_query_is_said_in_english(typed: str, _: str, told: str) -> None:
    assert parse_query(typed, Analyser()).words == told


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("Stadt (Miete", "A bracket is not closed; it is taken to run to the end."),
        ("Stadt)", "A bracket without its counterpart is ignored."),
        ('"am Wasser', "A quotation mark is not closed; the phrase is taken to run to the end."),
        ("Stadt ODER", "“ODER” joins nothing here and is ignored."),
        ("?!", "There is no word in the query that could be searched for."),
        ("stimme:laut", "Voice “laut” does not exist; there are: verbatim, reported, collective, editorial."),
        ("sprecher:niemals", "Person “niemals” is not known here."),
        ("Wort " * 500, "The query is very long; only its beginning is searched for."),
    ],
)
def test_a_note_on_a_query_is_english(typed: str, note: str) -> None:
    assert note in parse_query(typed, Analyser(), facts=Facts()).notes


def test_a_query_finds_the_same_in_every_language(request: pytest.FixtureRequest) -> None:
    typed = ("rolle:Moderation", "rolle:moderator", "rolle:panel", "stimme:wörtlich", "stimme:verbatim")
    asked = [[field.values for field in parse_query(one, Analyser()).fields] for one in typed]
    request.getfixturevalue("english")
    assert [[field.values for field in parse_query(one, Analyser()).fields] for one in typed] == asked


@pytest.mark.usefixtures("english")
def test_every_label_has_an_english_word() -> None:
    words = [*map(labels.voice_word, labels.VOICES), *map(labels.role_word, labels.ROLES)]
    words += [*map(labels.kind_word, labels.KINDS), *map(labels.facet_word, labels.FACETS), *map(verdict_word, Verdict)]
    german = {*labels.VOICES.values(), *labels.ROLES.values(), *labels.KINDS.values(), *labels.FACETS.values()}
    assert {word for word in words if word in german} <= {"Forum", "Person", "Podium"}
    assert not [word for word in words if GERMAN_LETTERS & set(word)]


@pytest.mark.usefixtures("english")
def test_a_verdict_is_told_in_english(index: Index) -> None:
    first = "Die Wege am Wasser sind für alle Menschen da"
    assert checked(index, first, "Anna Berg").sentence == "Printed like this on p. 7 as words of Anna Berg."
    assert checked(index, first, "Anna Berg", "9").sentence == "Printed like this, but on p. 7; the page given was 9."
    unknown = checked(index, "Auf dem Mond wachsen keine Bäume und auch keine Büsche", "Frau Nirgendwo")
    assert unknown.sentence.endswith("passages) does not have these words, nor anything like them.")
    assert unknown.notes == ("“Frau Nirgendwo” is not a name known in this collection",)


@pytest.mark.usefixtures("english")
def test_a_caution_is_told_in_english() -> None:
    passage = a_passage("Die Bäche kühlen nicht die Stadt, wenn sie trocken sind. Aber das ist selten.")
    quotation = build_quotation([stretch_of(passage, 1, 3), stretch_of(passage, 5, 6)], [passage])
    told = [caution.sentence for caution in quotation.cautions]
    assert "The part left out holds a negation: “nicht”." in told
    assert "After the quotation, the same sentence has a condition: “wenn”." in told
    assert inner_quotation("", "Anna Berg", whole=True).sentence == (
        "The words are a quotation within a quotation: by somebody else, quoted by Anna Berg. Name both."
    )
    with pytest.raises(QuotationRefused) as refused:
        build_quotation([], [passage])
    assert refused.value.sentence == "No words are chosen. Choose at least one sentence."


@pytest.mark.usefixtures("english")
def test_a_search_that_finds_some_words_only_says_so_in_english(index: Index) -> None:
    notes = index.search(Search("Wasser Xylophonkonzert")).understood.notes
    assert any(note.startswith("No passage has all 2 words; shown") for note in notes), notes


@pytest.mark.usefixtures("english")
def test_numbers_are_grouped_as_the_reader_writes_them() -> None:
    assert whole_number(12345) == "12,345"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return web_app(tmp_path_factory.mktemp("languages"))


PAGES = (
    "/api/v1/search?q=Brunnen+xylofon&group=speaker",
    "/api/v1/search?q=stimme:laut+Brunen",
    "/api/v1/search?q=%22Brunnen+Platz%22~3+-Haus&speaker=niemand-da&voice=verbatim",
    "/api/v1/search?q=",
    "/api/v1/concordance?q=Brunnen&speaker=Berk",
    "/api/v1/distribution?q=Brunnen",
    "/api/v1/passages/tagung-2020/begruessung/berg/1/quotation?w=1-2&w=5-6",
    "/suche?q=Brunnen",
    "/suche?q=Brunen&group=speaker",
    "/suche?q=rolle:laut+ODER",
    "/kontext?q=Brunnen",
    "/verteilung?q=Brunnen",
    "/pruefen?text=Willkommen+in+Probe&speaker=Berg&page=9",
    "/tagung-2020/begruessung/berg/1",
    "/tagung-2020/begruessung/berg/1?w=1-2&w=5-6",
    "/tagung-2020/forum-1",
    "/personen/anna-berg",
    "/hilfe",
    "/",
)


def answer(app: Flask, address: str, language: str) -> str:
    return app.test_client().get(address, headers={"Accept-Language": language}).get_data(as_text=True)


@pytest.mark.parametrize("address", PAGES)
def test_no_reader_is_given_the_words_kept_for_another(app: Flask, address: str) -> None:
    folder = app.extensions["wortlaut"]._folder
    alone = {language: answer(create_app(folder), address, language) for language in ("de", "en")}
    in_turn = [(language, answer(app, address, language)) for language in ("de", "en", "de", "en", "en", "de")]
    assert [language for language, told in in_turn if told != alone[language]] == []


def test_what_an_address_may_say_is_told_in_the_language_of_the_reader(app: Flask) -> None:
    assert "eine Jahreszahl mit vier Ziffern, none" in answer(app, "/suche?year=bald", "de")
    assert "a year of four digits, none" in answer(app, "/suche?year=bald", "en")


def test_the_language_of_a_reader_does_not_outlive_the_answer(app: Flask) -> None:
    assert 'lang="en"' in answer(app, "/", "en")
    assert labels.voice_word(Voice.VERBATIM) == "wörtlich"
    streamed = app.test_client().get("/api/v1/export?q=Brunnen&format=csv", headers={"Accept-Language": "en"})
    assert streamed.get_data()
    assert labels.voice_word(Voice.VERBATIM) == "wörtlich"


NOTES = (
    "Brunnen xylofon",
    "stimme:laut Brunnen",
    "Brunnen ODER",
    "(Brunnen",
    '"Brunnen',
    "Brunen",
    "sprecher:Brgg",
    "?",
)


@pytest.mark.parametrize("typed", NOTES)
def test_the_interface_for_programs_says_notes_in_the_language_asked_for(app: Flask, typed: str) -> None:
    told = {}
    for language in ("de", "en"):
        headers = {"Accept-Language": language}
        told[language] = app.test_client().get("/api/v1/search", query_string={"q": typed}, headers=headers).get_json()
    german, english = (told[language]["query"]["notes"] for language in ("de", "en"))
    assert english
    assert len(german) == len(english)
    assert not set(german) & set(english)
    assert told["de"]["total"] == told["en"]["total"]
    assert told["de"]["query"]["canonical"] == told["en"]["query"]["canonical"]


def test_facets_of_the_interface_for_programs_keep_their_codes(app: Flask) -> None:
    found = {
        language: app.test_client().get("/api/v1/search", headers={"Accept-Language": language}).get_json()["facets"]
        for language in ("de", "en")
    }
    voices = {language: {one["value"]: one["label"] for one in facets["voice"]} for language, facets in found.items()}
    assert voices["de"]["verbatim"] == "wörtlich"
    assert voices["en"]["verbatim"] == "verbatim"
    assert voices["de"].keys() == voices["en"].keys()
    nobody = {
        language: [one for one in facets["speaker"] if one["value"] == "none"] for language, facets in found.items()
    }
    assert [nobody[language][0]["label"] for language in ("de", "en")] == ["ohne Angabe", "not stated"]

"""A corpus may mix languages: a text is read in that of its edition, a query in all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from builders import make_corpus
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import build_index
from kb.index import Index, open_index
from kb.languages import Polyglot, analyser_for
from kb.results import Search
from kb.text import Analyser

TEXTS = {
    "de": ("Die Stadt baut Wohnungen für alle.", "Das Haus der Bürgerinnen steht leer."),
    "en-GB": ("The city went on to build houses.", "Nobody dies in that Gift shop."),
    "fr": ("Les villes construisent des maisons.",),
    "xx": ("Wohnungen blorfen sempel.",),
}


def mixed_corpus(folder: Path, texts: dict[str, tuple[str, ...]]) -> Path:
    """Write a corpus with an edition for each language, named after it."""
    for year, (language, paragraphs) in enumerate(texts.items(), start=2010):
        edition = f"probe-{language.lower()}"
        make_corpus(folder, paragraphs, edition=edition, date=f"{year}-05-04")
        path = folder / edition / "edition.toml"
        path.write_text(f'language = "{language}"\n{path.read_text(encoding="utf-8")}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("mixed")
    build_index(mixed_corpus(folder / "corpus", TEXTS), folder / "index")
    return open_index(folder / "index")


def found(index: Index, text: str) -> dict[str, str]:
    """Return the ids of the passages found, without the number of the forum, and what is marked in them."""
    hits = index.search(Search(text)).hits
    return {
        re.sub("probe-|/forum-1", "", hit.passage.id): " ".join(piece for piece, is_match in hit.snippet if is_match)
        for hit in hits
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cities", {"en-gb/1": "city"}),
        ("go", {"en-gb/1": "went"}),
        ("house", {"en-gb/1": "houses"}),
        ("Städte", {"de/1": "Stadt"}),
        ("Bürger", {"de/2": "Bürgerinnen"}),
        ("Häuser", {"de/2": "Haus"}),
        ("ville", {"fr/1": "villes"}),
        ("construisons", {"fr/1": "construisent"}),
        ("Wohnungen", {"de/1": "Wohnungen", "xx/1": "Wohnungen"}),
        ("blorfen", {"xx/1": "blorfen"}),
        ("blorf", {}),
        ("=city", {"en-gb/1": "city"}),
        ('"les villes"', {"fr/1": "Les villes"}),
    ],
)
def test_a_word_is_found_in_the_forms_of_the_language_it_stands_in(
    index: Index, text: str, expected: dict[str, str]
) -> None:
    assert found(index, text) == expected


def test_an_index_names_its_languages_that_of_most_passages_first(index: Index) -> None:
    assert index.manifest.languages == ("de", "en", "fr", "xx")


@pytest.mark.parametrize(
    "text", ["the city die in war", "Haus the of", "die", "the", "o'clock l'homme d'une", "ville~ cit*"]
)
def test_function_words_of_any_language_do_no_harm(index: Index, text: str) -> None:
    assert index.search(Search(text)).total >= 0


def test_a_misspelt_word_is_meant_for_one_of_any_language(index: Index) -> None:
    assert found(index, "construisemt") == {"fr/1": "construisent"}


def test_synonyms_find_their_words_in_every_language(tmp_path: Path) -> None:
    corpus = mixed_corpus(tmp_path / "corpus", TEXTS)
    (corpus / "synonyms.toml").write_text('[[group]]\nwords = ["Unterkunft", "Wohnung", "house"]\n', encoding="utf-8")
    build_index(corpus, tmp_path / "index")
    assert set(found(open_index(tmp_path / "index"), "Unterkünfte")) >= {"de/1", "en-gb/1"}


def test_a_corpus_in_one_language_is_read_by_its_analyser_alone(tmp_path: Path) -> None:
    build_index(mixed_corpus(tmp_path / "corpus", {"en-GB": TEXTS["en-GB"]}), tmp_path / "index")
    index = open_index(tmp_path / "index")
    assert type(index.analyser) is Analyser
    assert found(index, "cities") == {"en-gb/1": "city"}


VOCABULARIES = {
    language: Analyser(language).vocabulary(texts) for language, texts in (("de", TEXTS["de"]), ("en", TEXTS["en-GB"]))
}


def test_a_word_of_one_language_means_what_it_means_there() -> None:
    both = analyser_for(VOCABULARIES)
    assert "stadt" in both.readings("Städte")
    assert both.readings("went") == ("go",)
    assert both.weaker_readings("Burgerinnen") == ("buerger",)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_in_several_languages(text: str) -> None:
    both = Polyglot(VOCABULARIES)
    for token in both.tokens(text):
        assert both.readings(text[token.start : token.end])
        assert both.stem(token.term)
        assert isinstance(both.parts(token.term), tuple)


def test_a_passage_is_read_in_the_language_of_its_edition(index: Index) -> None:
    def terms(edition: str) -> set[str]:
        (passage, *_) = index.passages_in(edition)
        return {token.term for token in index.generation.words_of(passage).tokens}

    assert terms("probe-en-gb") >= {"city", "go", "build"}
    assert "wohnung" in terms("probe-de")
    assert "wohnung" not in terms("probe-xx")


def test_the_same_words_in_another_language_are_read_anew(index: Index) -> None:
    (passage, *_) = index.passages_in("probe-de")
    german = index.generation.words_of(passage)
    english = index.generation.words_of(replace(passage, locator=replace(passage.locator, edition="probe-en-gb")))
    assert german.text == english.text
    assert [token.term for token in german.tokens] != [token.term for token in english.tokens]
    assert [token.term for token in index.generation.words_of(passage).tokens] == [
        token.term for token in german.tokens
    ]

"""Slips of the reader: what is offered, what is searched instead, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import make_corpus
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import build_index
from kb.index import Index, open_index
from kb.results import Search
from kb.suggestions import Speller
from kb.text import Analyser
from kb.wordlist import Word, WordList, write_words

PARAGRAPHS = (
    "Die Segregation in der Stadt nimmt zu.",
    "Die Nachbarschaft hilft, und die Segregation sinkt.",
    *(f"In Gmünd gibt es Haus {number} am Markt." for number in range(6)),
    "Einmal steht hier Gmund ohne Pünktchen.",
    "Anna Berk war da.\n{: #forum-1-10 .speech by=jan-tal role=speaker }",
)
PEOPLE_TOML = """\
["anna-berg"]
name = "Anna Berg"
misprints = { "Anna Bärck" = "so im Programm" }
["jan-tal"]
name = "Jan Tal"
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("suggestions")
    corpus = make_corpus(folder / "corpus", PARAGRAPHS)
    (corpus / "people.toml").write_text(PEOPLE_TOML, encoding="utf-8")
    build_index(corpus, folder / "index")
    opened = open_index(folder / "index")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nachbarshcaft", "Nachbarschaft"),  # two letters swapped are one slip
        ("segregatoin", "Segregation"),
        ("Segregazion", "Segregation"),
        ("Nachbrschft", "Nachbarschaft"),
        ("Bärck", "Berg"),  # a registered misprint, too far away for a slip
        ("Segregatoin UND (Nachbarshcaft ODER Stadt)", "Segregation UND (Nachbarschaft ODER Stadt)"),
        ('"Segregatoin in der" -Markt', '"Segregation in der" -Markt'),
        ("=Segregatoin", "=Segregation"),
        ("Segregatoin jahr:2020", "Segregation jahr:2020"),
    ],
)
def test_where_nothing_is_found_the_correction_is_searched_and_told(index: Index, typed: str, meant: str) -> None:
    understood = index.search(Search(typed)).understood
    assert (understood.text, understood.suggestion, understood.is_corrected) == (typed, meant, True)
    assert understood.notes[0] == f"Für „{typed}“ findet sich nichts; gesucht ist „{meant}“."
    assert not understood.offer
    corrected, asked = index.search(Search(typed)), index.search(Search(meant))
    assert corrected.total == asked.total > 0
    assert corrected.understood.words == asked.understood.words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Gmund", "Gmünd"),  # printed once so, but six times otherwise
        ("Stadt Nachbarshcaft", "Stadt Nachbarschaft"),
        ("Markt ODER Nachbarshcaft", "Markt ODER Nachbarschaft"),
        ("(Markt -Stadt) ODER Segregatoin", "(Markt -Stadt) ODER Segregation"),
    ],
)
def test_where_something_is_found_the_correction_is_only_offered(index: Index, typed: str, meant: str) -> None:
    results = index.search(Search(typed))
    assert results.total
    assert (results.understood.suggestion, results.understood.is_corrected) == (meant, False)
    assert results.understood.offer == f"Meinten Sie „{meant}“?"
    assert results.understood.offer in results.understood.notes


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Stadt",
        "Gmünd",
        "Raumfahrt",  # a word of the dictionary is no slip
        "Xylophonorchester",
        "Stadt -Segregatoin",  # excluding more finds less
        "Segregationen",
        "segreg*",
        "Segregatoin~",
        "sprecher:Berk",
        "Segregatoin UND Markt UND Nachbarschaft",  # corrected it would find nothing either
    ],
)
def test_nothing_is_offered_that_finds_no_more(index: Index, typed: str) -> None:
    understood = index.search(Search(typed)).understood
    assert not understood.suggestion
    assert not understood.offer


def test_filters_are_kept_when_a_correction_is_weighed(index: Index) -> None:
    assert not index.search(Search("Nachbarshcaft", {"speaker": ("jan-tal",)})).understood.suggestion


def _speller(folder: Path, *words: tuple[str, int]) -> Speller:
    analyser = Analyser("de")
    rows = sorted(Word(analyser.tokens(word)[0].form, word, often) for word, often in words)
    write_words(folder, rows)
    return Speller(WordList(folder), (), analyser)


def test_of_two_likely_words_the_commoner_is_meant(tmp_path: Path) -> None:
    speller = _speller(tmp_path, ("Quorbel", 2), ("Quorben", 40))
    assert speller.meant("Quorbex", is_found=False) == "Quorben"


def test_one_slip_is_likelier_than_two(tmp_path: Path) -> None:
    speller = _speller(tmp_path, ("Quorbelstein", 1), ("Quorbelstamm", 90))
    assert speller.meant("Quorbelsteim", is_found=False) == "Quorbelstein"


@pytest.mark.parametrize("word", ["Qub", "Quorbelgrund", ""])
def test_short_words_and_far_ones_are_left_alone(tmp_path: Path, word: str) -> None:
    assert _speller(tmp_path, ("Quob", 9), ("Quorbel", 9)).meant(word, is_found=False) == ""


@given(st.text(max_size=30))
def test_any_word_may_be_asked_for(index: Index, word: str) -> None:
    meant = index.generation.speller.meant(word, is_found=False)
    assert not meant or index.generation.words.find(meant) or meant in ("Anna", "Berg", "Jan", "Tal")


def test_words_can_be_written_and_read(tmp_path: Path) -> None:
    words = [Word("gmuend", "Gmünd", 3, True), Word("stadt", "Stadt", 7, False)]
    write_words(tmp_path, words)
    listed = WordList(tmp_path)
    assert list(listed) == words
    assert listed.find("GMÜND") == words[0]
    assert listed.find("Gmund") is None
    assert [word.printed for word in listed.beginning("gmu")] == ["Gmünd"]
    assert sorted(word.printed for word in listed.beginning("")) == ["Gmünd", "Stadt"]


def test_a_collection_without_words_has_none(tmp_path: Path) -> None:
    write_words(tmp_path, [])
    assert list(WordList(tmp_path)) == []
    assert WordList(tmp_path).find("Stadt") is None

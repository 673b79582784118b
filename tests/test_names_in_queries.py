"""People in a query: typed as bare words and in fields, with title, misprinted, several of one name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import make_corpus

from indexer.build import build_index
from kb.index import Index, open_index
from kb.results import Results, Search

PEOPLE = """\
[anna-berg]
name = "Anna Berg"
title = "Prof. Dr."
misprints = { "Anna Bärck" = "so im Programm" }
[udo-klein]
name = "Udo Klein"
[eva-klein]
name = "Eva Klein"
title = "Ministerin"
[lena-gross-tal]
name = "Lena Groß-Tal"
"""
FILLER = "Alle reden über Häuser und Straßen, und es fehlt in jeder Stadt an Geld und an Grund."


def said(number: int, text: str, speaker: str) -> str:
    return f"{text}\n{{: #forum-1-{number} .turn by={speaker} role=panelist }}"


PARAGRAPHS = (
    said(1, f"Frau Prof. Berg hat recht, Berg und nochmals Anna Berg. {FILLER}", "lena-gross-tal"),
    said(2, f"Wir bauen für alle, die hier leben. {FILLER}", "anna-berg"),
    said(3, f"Das kleine Haus steht leer. {FILLER}", "udo-klein"),
    said(4, f"Die Ministerin dankt der Frau. {FILLER}", "eva-klein"),
    said(5, f"Herr Klein fragt, was Frau Groß-Tal meint. {FILLER}", "anna-berg"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("names")
    corpus = make_corpus(folder / "corpus", PARAGRAPHS)
    (corpus / "people.toml").write_text(PEOPLE, encoding="utf-8")
    build_index(corpus, folder / "index")
    opened = open_index(folder / "index")
    yield opened
    opened.close()


def found(results: Results) -> list[int]:
    return [hit.passage.locator.ordinal for hit in results.hits]


@pytest.mark.parametrize(
    "typed", ["Berg", "Anna Berg", "Berg Anna", "Prof. Berg", "Prof. Dr. Berg", "Frau Berg", "Frau Prof. Anna Berg"]
)
def test_a_name_finds_what_the_person_says_then_where_the_name_is_mentioned(index: Index, typed: str) -> None:
    assert set(found(index.search(Search(typed)))[:2]) == {2, 5}
    assert found(index.search(Search(typed)))[2:] == [1]


@pytest.mark.parametrize("typed", ["Bärck", "Anna Bärck", "Annna Berg", "Prof. Bergg"])
def test_a_misprinted_name_leads_to_the_person(index: Index, typed: str) -> None:
    results = index.search(Search(typed))
    if not results.understood.is_corrected:
        results = index.search(Search(results.understood.suggestion))
    assert set(found(results)[:2]) == {2, 5}


def test_a_surname_of_several_people_finds_all_of_them_first(index: Index) -> None:
    assert set(found(index.search(Search("Klein")))[:2]) == {3, 4}
    assert found(index.search(Search("Eva Klein")))[0] == 4
    assert found(index.search(Search("Ministerin Klein")))[:2] == found(index.search(Search("Klein")))[:2]


@pytest.mark.parametrize("typed", ["Groß-Tal", "Gross-Tal", "Lena Groß-Tal", "Frau Groß-Tal"])
def test_a_double_name_is_one_name(index: Index, typed: str) -> None:
    assert found(index.search(Search(typed)))[:2] == [1, 5]


def test_a_title_or_form_of_address_alone_is_a_word(index: Index) -> None:
    assert index.search(Search("Ministerin")).understood.words == "Ministerin"
    assert index.search(Search("Frau Haus")).understood.words == "Frau und Haus"
    assert index.search(Search('"Frau Prof. Berg"')).understood.words == "„Frau Prof. Berg“"
    assert index.search(Search("Frau UND Berg")).understood.words == "Frau und Berg"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sprecher:berg", {2, 5}),
        ('sprecher:"Prof. Berg"', {2, 5}),
        ('sprecher:"Frau Berg"', {2, 5}),
        ("sprecher:Bergg", {2, 5}),
        ('sprecher:"Anna Bärck"', {2, 5}),
        ("sprecher:klein", {3, 4}),
        ("sprecher:klein,berg", {2, 3, 4, 5}),
        ("-sprecher:klein", {1, 2, 5}),
        ('sprecher:"gross-tal"', {1}),
    ],
)
def test_a_field_resolves_names_through_the_people(index: Index, typed: str, expected: set[int]) -> None:
    assert set(found(index.search(Search(typed)))) == expected


def test_several_people_of_one_surname_are_named(index: Index) -> None:
    (note,) = index.search(Search("sprecher:klein")).understood.notes
    assert "Udo Klein" in note
    assert "Eva Klein" in note

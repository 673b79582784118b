"""What is offered while somebody types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import make_corpus
from conftest import Run

from indexer.build import build_index
from kb.completion import Completion
from kb.index import Index, open_index
from kb.results import Search

THEMES = '[[theme]]\nid = "wohnen"\nlabel_de = "Wohnen und Bauen"\nlabel_en = "Housing"\n'
PARAGRAPHS = (
    "Wir bauen Wohnungen in Gmünd.\n{: #forum-1-1 .speech by=anna-berg role=speaker themes=wohnen }",
    "Die Wohnungen kosten, die Wohnung kostet. Wohin?",
    "Eine Wohnung, ein Wohnheim, die Tür.\n{: #forum-1-3 .turn by=jan-tal role=panelist }",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("completion")
    build_index(make_corpus(folder / "corpus", PARAGRAPHS, themes=THEMES), folder / "index")
    opened = open_index(folder / "index")
    yield opened
    opened.close()


def queries(index: Index, text: str, kind: str) -> list[str]:
    return [one.query for one in index.complete(text) if one.kind == kind]


def test_words_come_by_how_many_passages_have_them_each_in_one_form(index: Index) -> None:
    words = queries(index, "woh", "word")
    assert words[0] in ("Wohnung", "Wohnungen")
    assert words[1:] == ["Wohnheim"]


def test_the_last_word_is_completed_and_the_rest_kept_as_typed(index: Index) -> None:
    assert "Kosten ODER (Wohnheim" in queries(index, "Kosten ODER (Wohnh", "word")
    assert "-Wohnheim" in queries(index, "-wohnh", "word")


@pytest.mark.parametrize("typed", ["Gmü", "gmue", "GMU", "gmu"])
def test_umlauts_may_be_typed_in_any_way(index: Index, typed: str) -> None:
    assert queries(index, typed, "word") == ["Gmünd"]


@pytest.mark.parametrize("typed", ["berg", "Be", "anna", "Anna B", "Berg, A", "be anna"])
def test_people_are_found_by_any_of_their_names(index: Index, typed: str) -> None:
    (person,) = [one for one in index.complete(typed) if one.kind == "person"]
    assert person == Completion("person", "Anna Berg", "Anna Berg", "sprecher:anna-berg", 2)


def test_themes_and_sections_are_offered_with_their_passages(index: Index) -> None:
    assert Completion("theme", "Wohnen und Bauen", "Wohnen und Bauen", "thema:wohnen", 1) in index.complete("Bau")
    (section,) = [one for one in index.complete("Forum") if one.kind == "section"]
    assert (section.text, section.query, section.count) == ("Forum 1: Bauen", "forum:probe-2020/forum-1", 3)
    assert "Tagung probe-2020" in section.label


@pytest.mark.parametrize("typed", ["berg", "bau", "forum", "wohn", "gm"])
def test_what_is_offered_finds_as_many_as_it_says(index: Index, typed: str) -> None:
    for one in index.complete(typed):
        assert index.search(Search(one.query)).total >= one.count > 0


@pytest.mark.parametrize("typed", ["", " ", "w", "die", "xyzzy", "?", "wohn" * 50])
def test_nothing_is_offered_where_nothing_is_begun(index: Index, typed: str) -> None:
    assert index.complete(typed) == ()


def test_no_more_is_offered_than_wanted(index: Index) -> None:
    assert len(index.complete("wo", most=2)) == 2


def test_the_command_line_completes_too(corpus_folder: Path, run: Run) -> None:
    assert run("index").exit_code == 0
    answer = json.loads(run("complete", "beisp", "--format", "json").stdout)
    assert answer["query"] == "beisp"
    assert answer["completions"][0]["query"] == "sprecher:ada-beispiel"
    assert "Dr. Ada Beispiel" in run("complete", "beisp").stdout


@pytest.mark.parametrize("year", ["abc", "18", "-20x8"])
def test_a_year_that_is_none_is_a_usage_error(corpus_folder: Path, run: Run, year: str) -> None:
    assert run("index").exit_code == 0
    refused = run("search", "Bach", "--year", year)
    assert refused.exit_code == 2
    assert "year" in refused.stderr

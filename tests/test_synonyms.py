"""Synonyms: what the file may say, and what a word leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import CorpusError
from kb.synonyms import Group, Thesaurus, load_synonyms
from kb.text import Analyser

GERMAN = Analyser("de")
OWN = Path(__file__).parents[1] / "corpus" / "synonyms.toml"


def make_thesaurus(*groups: Group) -> Thesaurus:
    return Thesaurus(groups, GERMAN)


def found(thesaurus: Thesaurus, text: str) -> dict[str, float]:
    return {" ".join(expansion.words): expansion.weight for expansion in thesaurus.expand(text)}


def write(folder: Path, text: str) -> Path:
    path = folder / "synonyms.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own() -> Thesaurus:
    return Thesaurus(load_synonyms(OWN), GERMAN)


def test_words_of_a_group_find_each_other() -> None:
    thesaurus = make_thesaurus(Group(("Dorf", "ländlicher Raum"), weight=0.7))
    assert found(thesaurus, "Dörfer") == {"ländlicher Raum": 0.7}
    assert found(thesaurus, "ländlichen Räumen") == {"Dorf": 0.7}
    assert thesaurus.expand("Dorf")[0].group == "Dorf"


def test_one_way_groups_lead_one_way() -> None:
    thesaurus = make_thesaurus(Group(("Kommune",), ("Stadt",), 0.3))
    assert found(thesaurus, "Kommunen") == {"Stadt": 0.3}
    assert found(thesaurus, "Stadt") == {}


def test_the_heavier_of_two_groups_counts() -> None:
    thesaurus = make_thesaurus(Group(("Quartier", "Kiez"), weight=0.5), Group(("Quartier", "Kiez"), weight=0.8))
    assert found(thesaurus, "Quartier") == {"Kiez": 0.8}


def test_a_word_without_synonyms_finds_none(own: Thesaurus) -> None:
    assert own.expand("Wolkenkuckucksheim") == []
    assert own.expand("") == []
    assert own.expand("?!") == []


def test_the_longest_words_in_a_row_win_in_a_query() -> None:
    thesaurus = make_thesaurus(Group(("Raum", "Platz")), Group(("ländlicher Raum", "Dorf")))
    text = "Ärzte im ländlichen Raum, Platz"
    stretches = [(text[each.start : each.end], each.expansions[0].words) for each in thesaurus.expand_all(text)]
    assert stretches == [("ländlichen Raum", ("Dorf",)), ("Platz", ("Raum",))]


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("NRW", "Nordrhein-Westfalen"),
        ("nrw", "Nordrhein-Westfalen"),
        ("Nordrhein-Westfalen", "NRW"),
        ("GWA", "Gemeinwesenarbeit"),
        ("OB", "Stadtoberhaupt"),
        ("Oberbürgermeisterin", "Stadtoberhaupt"),
        ("KI", "künstliche Intelligenz"),
        ("KI", "Kommunales Integrationszentrum"),
        ("ÖPNV", "Nahverkehr"),
        ("Flüchtlinge", "Geflüchtete"),
        ("Geflüchteten", "Flüchtling"),
        ("geflüchtete", "Flüchtling"),
        ("Zuwanderinnen", "Migrant"),
        ("Bürgermeister", "Rathauschef"),
        ("Dörfern", "ländlicher Raum"),
    ],
)
def test_the_synonyms_of_this_corpus_meet(own: Thesaurus, typed: str, other: str) -> None:
    assert other in found(own, typed)


def test_small_words_are_not_taken_for_abbreviations(own: Thesaurus) -> None:
    assert own.expand("ob") == []


def test_no_expansion_is_what_was_asked_for(own: Thesaurus) -> None:
    for group in load_synonyms(OWN):
        for word in group.words:
            terms = [token.term for token in GERMAN.tokens(word)]
            for expansion in own.expand(word):
                assert [token.term for token in GERMAN.tokens(" ".join(expansion.words))] != terms
                assert 0 < expansion.weight <= 1


def test_no_file_means_no_synonyms(tmp_path: Path) -> None:
    assert load_synonyms(tmp_path / "synonyms.toml") == ()


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("[[group]]\nwords = ['a', 'b']\n\n[[group]]\nwords = ['a']\n", 4, "at least two words"),
        ("[[group]]\nfinds = ['a', 'b']\n", 1, "at least two words"),
        ("[[group]]\nword = ['a']\n", 1, "unknown key 'word'"),
        ("[[group]]\nwords = 'a'\n", 1, "list of words"),
        ("[[group]]\nwords = ['a', ' ?']\n", 1, "list of words"),
        ("[[group]]\nwords = ['a', 'A']\n", 1, "twice"),
        ("[[group]]\nwords = ['a', 'b']\nweight = 2\n", 1, "weight"),
        ("[[group]]\nwords = ['a', 'b']\nweight = true\n", 1, "weight"),
        ("# \n[groups]\n", 2, "nothing else"),
        ("[[group]\n", 1, "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(CorpusError) as caught:
        load_synonyms(path)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert told in caught.value.message

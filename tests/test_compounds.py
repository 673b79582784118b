"""Compounds: where they are cut, what stays whole, and what an analysis says of a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.compounds import Splitter
from kb.lexicon import Lexicon, dictionary, families_at, german_lexicon, write_families
from kb.text import analyse

SPLITTER = Splitter()
WORD_LISTS = sorted((Path(__file__).parent / "cases" / "compounds").glob("*.txt"))


@pytest.mark.parametrize(
    "compound",
    [
        "Schul|entwicklungs|planung",
        "Kinder|tages|stätten",
        "Stadt|rat",
        "Klima|schutz|konzept",
        "Haushalts|lage",  # made from a verb: not Haus|halts
        "Bau|land|mobilisierung",
        "Innen|stadt",  # an adverb may begin a compound
        "Mehr|generationen|haus",
        "Grund|stücks|preise",
        "Hilfs|programm",  # the e of Hilfe gives way to the s
        "wohnungs|bau|gesellschaft",  # as readers type it
        "Markt|hallen",  # the dictionary takes Halle for a dative of Hall
        "Geld|beutel",  # and Beutel for a verb
        "Wasch|küche",
        "Untersuchungs|haft",  # -haft is no suffix of a noun
        "Bundes|haushalt",  # halt ends few words but those with Haushalt
        "Wohn|sitz",
        "Ärztinnen|verband",
    ],
)
def test_compounds_are_cut_between_their_words(compound: str) -> None:
    assert "|".join(SPLITTER.split(compound.replace("|", ""))) == compound


@pytest.mark.parametrize(
    "word",
    [
        "Verwaltungen",
        "Beteiligung",
        "Auseinandersetzung",  # verb with a particle that looks like words
        "Gemeinschaft",
        "Nachbarschaften",
        "Digitalisierung",
        "Generationen",  # not Gene|rationen
        "Ministerin",  # not Mini|sterin
        "Referentinnen",
        "Technologin",
        "Transporte",  # not Tran|sporte
        "Notwendigkeit",
        "gemeinsamen",  # no noun at all
        "unterstützen",
        "Xqrstvw",
        "",
    ],
)
def test_what_is_no_compound_stays_whole(word: str) -> None:
    assert SPLITTER.split(word) == (word,)
    assert SPLITTER.parts(word) == ()


@pytest.mark.parametrize("path", WORD_LISTS, ids=lambda path: path.stem)
def test_words_of_a_list_are_split_as_well_as_promised(path: Path) -> None:
    words = [word for word in path.read_text(encoding="utf-8").splitlines() if not word.startswith("#")]
    found = {word: "|".join(SPLITTER.split(word.replace("|", "").removeprefix("="))) for word in words}
    compounds = [word for word in words if "|" in word]
    simple = [word for word in words if word.startswith("=")]
    assert sum(found[word] == word for word in compounds) >= 0.92 * len(compounds)
    assert sum("|" in found[word] for word in simple) <= 0.05 * len(simple)


@pytest.mark.parametrize(
    ("compound", "lemmas"),
    [
        ("Wohnungsbaugesellschaften", ["Wohnung", "Bau", "Gesellschaft"]),
        ("Städtebauförderung", ["Stadt", "Bau", "Förderung"]),
        ("Sprachkurse", ["Sprache", "Kurs"]),
        ("Wohnraum", ["wohnen", "Raum"]),
        ("Kinderhäuser", ["Kind", "Haus"]),
    ],
)
def test_parts_are_lemmatised_after_the_split(compound: str, lemmas: list[str]) -> None:
    assert [part.lemma for part in SPLITTER.parts(compound)] == lemmas


@pytest.mark.parametrize(
    ("word", "partner", "before", "whole"),
    [
        ("Klein", "Mittelstädten", True, "Kleinstädten"),
        ("Stadtentwicklungs", "Wohnungsbaupolitik", True, "Stadtentwicklungspolitik"),
        ("Ein", "Auswanderung", True, "Einwanderung"),
        ("Vor", "Nachteile", True, "Vorteile"),
        ("bewohner", "Quartiersbewohnerinnen", False, "Quartiersbewohner"),
        ("Klein", "gut", True, "Klein"),
    ],
)
def test_a_word_cut_short_is_completed_from_its_partner(word: str, partner: str, before: bool, whole: str) -> None:
    assert SPLITTER.completed(word, partner, before=before) == whole


def test_a_compound_names_the_words_inside_it() -> None:
    assert SPLITTER.words_inside("Oberbürgermeisterin") == ("Bürgermeisterin",)
    assert SPLITTER.words_inside("Stadtrat") == ()


@given(st.one_of(st.text(max_size=40), st.text("abehinrstuöüß-", max_size=40)))
def test_the_slices_are_the_word(word: str) -> None:
    assert "".join(SPLITTER.split(word)) == word


def test_very_long_words_are_left_alone() -> None:
    assert SPLITTER.split("Haus" * 5000) == ("Haus" * 5000,)


def test_the_dictionary_of_simplemma_can_be_read_through() -> None:
    forms = dictionary()
    told = "simplemma has changed: mend kb.lexicon.dictionary, which must give a mapping of German forms to lemmas"
    assert forms.get("Häuser") == "Haus", told
    assert sum(1 for _ in forms) > 500_000, told


def test_families_tell_real_parts_from_accidents() -> None:
    lexicon = german_lexicon()
    assert lexicon.begins("wohnungs") > 20 > lexicon.begins("wohnung")
    assert lexicon.ends("Politik") > 100 > lexicon.ends("Ster")


@pytest.mark.parametrize(
    ("word", "lemmas", "parts", "folded"),
    [
        ("Wohnungsmärkte", ("Wohnungsmarkt",), ("Wohnungs", "märkte"), "wohnungsmaerkte"),
        ("mieten", ("Miete", "mieten"), (), "mieten"),
        ("Bürger:innen", ("Bürger",), (), "buerger:innen"),
        ("EU-Bürger", ("EU-Bürger",), ("EU-", "Bürger"), "eu-buerger"),
        ("", (), (), ""),
    ],
)
def test_an_analysis_tells_how_a_word_is_understood(
    word: str, lemmas: tuple[str, ...], parts: tuple[str, ...], folded: str
) -> None:
    analysis = analyse(word)
    assert (analysis.word, analysis.lemmas, analysis.parts, analysis.folded) == (word, lemmas, parts, folded)


@pytest.fixture
def families(tmp_path: Path) -> Path:
    """A file with the families of the lexicon."""
    write_families(tmp_path / "families.json")
    return tmp_path / "families.json"


def lexicon_beside(path: Path) -> Lexicon:
    """Return the lexicon of a process that was told of the file at `path` before it needed one."""
    families_at(path)
    return german_lexicon.__wrapped__()


def test_families_read_from_a_file_are_those_counted(families: Path) -> None:
    assert lexicon_beside(families).families == german_lexicon().families


def test_families_in_a_file_are_not_counted_again(families: Path) -> None:
    told = json.loads(families.read_text(encoding="utf-8"))
    families.write_text(json.dumps(told | {"begins": {"stadt": 7}}), encoding="utf-8")
    assert lexicon_beside(families).begins("stadt") == 7


@pytest.mark.parametrize("damage", ["{", '{"of": "1 simplemma 0.1", "begins": {}, "ends": {}, "prefixes": []}'])
def test_families_of_another_dictionary_or_damaged_ones_are_counted_anew(families: Path, damage: str) -> None:
    families.write_text(damage, encoding="utf-8")
    assert lexicon_beside(families).begins("stadt") > 7

"""What every engine must do; an engine added later runs through the same tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kb.engines import whoosh
from kb.engines.base import Engine, EngineModule, EngineUnreadable, Entry, Words
from kb.parsing import parse_query
from kb.text import Analyser

GERMAN = Analyser("de")
TEXTS = (
    "Wir bauen neue Wohnungen in den Städten.",
    "Die neue Stadt braucht keine neuen Straßen, sondern Wohnungen.",
    "Nachbarschaft hilft, und die Nachbarschaft bleibt.",
    "",
    "Mühlacker liegt an der Enz.",
)


def words(text: str) -> Words:
    tokens = GERMAN.tokens(text)
    return Words(
        terms=tuple(token.term for token in tokens),
        forms=tuple(token.form for token in tokens),
        parts=tuple(token.parts for token in tokens),
        stems=tuple(GERMAN.stems(token) for token in tokens),
    )


def entry(text: str, *, speaker: str = "", section: str = "", heading: str = "") -> Entry:
    return Entry(words(text), headings=words(heading), section=words(section), speakers=words(speaker))


@pytest.fixture(params=[whoosh], ids=["whoosh"])
def module(request: pytest.FixtureRequest) -> EngineModule:
    chosen: EngineModule = request.param
    return chosen


@pytest.fixture
def engine(module: EngineModule, tmp_path: Path) -> Iterator[Engine]:
    module.write(tmp_path / "engine", (entry(text) for text in TEXTS))
    opened = module.open_engine(tmp_path / "engine")
    yield opened
    opened.close()


def found(engine: Engine, text: str) -> list[int]:
    """Return the passages that hold all of `text`."""
    matches = engine.search(parse_query(text, GERMAN))
    return [int(number) for number in matches.numbers[matches.complete]]


def ranked(module: EngineModule, folder: Path, entries: list[Entry], text: str) -> list[int]:
    """Return what `text` finds among `entries`, the best first."""
    module.write(folder / "ranked", entries)
    engine = module.open_engine(folder / "ranked")
    matches = engine.search(parse_query(text, GERMAN))
    engine.close()
    order = np.lexsort((-matches.scores, ~matches.complete))
    return [int(number) for number in matches.numbers[order]]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("Wohnung", [0, 1]),
        ("wohnung STÄDTE", [0, 1]),
        ("Muehlacker", [4]),
        ("strasse", [1]),
        ('"neue Wohnungen"', [0]),
        ('"neue Wohnung"', []),  # exact means exact
        ('"NEUE WOHNUNGEN"', [0]),
        ('"Wohnungen neue"', []),
        ("Wohnung -Straße", [0]),
        ("-Wohnung", [2, 3, 4]),
        ('-"neue Wohnungen"', [1, 2, 3, 4]),
        ("Wohnung Nachbarschaft", []),
        ("Impfpflicht", []),
        ("Enz ODER Nachbarschaft", [2, 4]),
        ("Wohnung (Stadt ODER Enz)", [0, 1]),
        ("Wohnung NICHT (Straße ODER Enz)", [0]),
        ("neue UND Nachbarschaft", []),
        ("Enz ODER (neue -Straße)", [0, 4]),
        ("=Wohnungen", [0, 1]),
        ("=Wohnung", []),
        ("wohn*", [0, 1]),
        ("Nachbarshaft~", [2]),
        ('"Wohnungen neue"~0', []),
        ('"Wohnungen bauen"~1', [0]),
        ('"Wohnungen Städten"~1', []),
        ('"Wohnungen Städten"~2', [0]),
        ("xyz*", []),
    ],
)
def test_a_query_finds(engine: Engine, text: str, numbers: list[int]) -> None:
    assert found(engine, text) == numbers


def test_passages_with_some_of_the_words_are_told_from_those_with_all(engine: Engine) -> None:
    matches = engine.search(parse_query("neue Stadt Wohnung Nachbarschaft", GERMAN))
    assert matches.numbers.tolist() == [0, 1, 2]
    assert matches.complete.tolist() == [False, False, False]
    assert matches.frequencies == (2, 2, 2, 1)


def test_words_in_quotation_marks_are_never_let_off(engine: Engine) -> None:
    assert engine.search(parse_query('Nachbarschaft Enz "neue Wohnungen"', GERMAN)).numbers.tolist() == [0]


@pytest.mark.parametrize("text", ["Wohnung", "neue", '"neue"', "Enz", "Impfpflicht", '"an der Enz"'])
def test_a_word_and_its_exclusion_part_all_passages(engine: Engine, text: str) -> None:
    assert sorted(found(engine, text) + found(engine, f"-{text}")) == list(range(len(TEXTS)))


def test_a_word_said_twice_scores_higher(engine: Engine) -> None:
    once_and_twice = engine.search(parse_query("neu", GERMAN))
    assert once_and_twice.numbers.tolist() == [0, 1]
    assert all(once_and_twice.scores > 0)


def test_who_speaks_comes_before_who_is_mentioned_and_what_stands_above(module: EngineModule, tmp_path: Path) -> None:
    entries = [
        entry("Alles über Schiffe.", section="Hafen"),
        entry("Alles über Hafen und nochmals Hafen."),
        entry("Alles über Schiffe.", speaker="Ina Hafen"),
    ]
    assert ranked(module, tmp_path, entries, "Hafen") == [2, 1]


def test_a_title_finds_its_passages_only_where_nobody_says_the_word(module: EngineModule, tmp_path: Path) -> None:
    entries = [entry("Alles über Schiffe.", section="Hafen"), entry("Alles über Boote.")]
    assert ranked(module, tmp_path, entries, "Hafen") == [0]


def test_the_word_comes_before_the_compound_that_holds_it(module: EngineModule, tmp_path: Path) -> None:
    entries = [entry("Die Wohnungsbaugesellschaften planen."), entry("Die Gesellschaft plant."), entry("Ein Garten.")]
    assert ranked(module, tmp_path, entries, "Gesellschaft") == [1, 0]


def test_a_typed_compound_is_found_taken_apart_after_what_has_it_whole(module: EngineModule, tmp_path: Path) -> None:
    entries = [
        entry("Die Auswahl der Mieter dauert."),
        entry("Die Mieterauswahl dauert."),
        entry("Die Mieter warten."),
    ]
    assert ranked(module, tmp_path, entries, "Mieterauswahl") == [1, 0]


def test_a_word_of_the_same_stem_lifts_a_passage_but_is_no_match(module: EngineModule, tmp_path: Path) -> None:
    entries = [entry("Hier wird getestet."), entry("Der Apotheker hat getestet."), entry("Der Apotheker ruht.")]
    assert ranked(module, tmp_path, entries, "Apotheke testen") == [1, 0]
    assert ranked(module, tmp_path, entries, "Apotheke") == []


@pytest.mark.parametrize("text", ["Mieter-Auswahl", "Mieterauswahl"])
def test_a_hyphen_makes_no_difference(module: EngineModule, tmp_path: Path, text: str) -> None:
    entries = [entry("Die Mieter-Auswahl dauert."), entry("Die Mieterauswahl dauert."), entry("Ein Garten.")]
    assert sorted(ranked(module, tmp_path, entries, text)) == [0, 1]


def test_a_word_made_from_a_stem_is_recognised_inside_a_compound(module: EngineModule, tmp_path: Path) -> None:
    entries = [entry("Hier wird getestet."), entry("Der Apothekerverband hat getestet.")]
    assert ranked(module, tmp_path, entries, "Apotheke testen") == [1, 0]


def test_words_joined_by_a_hyphen_are_found_apart_after_what_has_them_joined(
    module: EngineModule, tmp_path: Path
) -> None:
    entries = [
        entry("Die Auswahl der Mieter dauert."),
        entry("Die Mieter-Auswahl dauert."),
        entry("Die Mieter warten."),
    ]
    assert ranked(module, tmp_path, entries, "Mieter-Auswahl") == [1, 0]


def test_an_excluded_word_does_not_exclude_compounds_that_hold_it(module: EngineModule, tmp_path: Path) -> None:
    entries = [entry("Der Stadtteil wächst."), entry("Viele Städte wachsen."), entry("Die Stadt wächst.")]
    assert ranked(module, tmp_path, entries, "wachsen -Stadt") == [0]
    assert ranked(module, tmp_path, entries, "wachsen NICHT (Stadt ODER Dorf)") == [0]
    assert ranked(module, tmp_path, entries, "wachsen -Stadtteil") == [1, 2]


def test_words_that_stand_together_as_in_the_query_come_first(module: EngineModule, tmp_path: Path) -> None:
    entries = [
        entry("Soziale Fragen bleiben, und die Stadt und alle anderen reden von Zusammenhalt."),
        entry("Sozialer Zusammenhalt bleibt, und die Stadt und alle anderen reden von Fragen."),
        entry("Ein Garten."),
    ]
    assert ranked(module, tmp_path, entries, "sozialer Zusammenhalt") == [1, 0]
    assert ranked(module, tmp_path, entries, "soziale Frage") == [0, 1]


def test_question_words_are_not_searched_for(module: EngineModule, tmp_path: Path) -> None:
    entries = [entry("Wer fragt, was welche Stadt tut?"), entry("Die Miete zahlt der Mieter.")]
    assert ranked(module, tmp_path, entries, "Wer zahlt welche Miete?") == [1]
    assert ranked(module, tmp_path, entries, "welche") == [0]


def test_all_words_come_before_a_rare_one_said_often(module: EngineModule, tmp_path: Path) -> None:
    entries = [entry("Der Hafen, der Hafen, der Hafen."), entry("Viel Handel und lange danach auch ein Hafen.")]
    assert ranked(module, tmp_path, entries, "Hafen Handel") == [1, 0]


def test_an_index_without_passages_can_be_searched(module: EngineModule, tmp_path: Path) -> None:
    module.write(tmp_path / "engine", [])
    engine = module.open_engine(tmp_path / "engine")
    assert found(engine, "") == []
    assert found(engine, "Wohnung") == []
    engine.close()


# Whoosh leaves the file it could not read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_missing_or_damaged_engine_says_so(module: EngineModule, tmp_path: Path) -> None:
    with pytest.raises(EngineUnreadable):
        module.open_engine(tmp_path / "nothing")
    module.write(tmp_path / "engine", (entry(text) for text in TEXTS))
    for path in (tmp_path / "engine").iterdir():
        path.write_bytes(b"")
    with pytest.raises(EngineUnreadable):
        module.open_engine(tmp_path / "engine")


def test_threads_get_the_same_answers(module: EngineModule, tmp_path: Path) -> None:
    module.write(tmp_path / "engine", (entry(f"{TEXTS[number % 5]} Satz{number % 7}") for number in range(300)))
    engine = module.open_engine(tmp_path / "engine")
    queries = [parse_query(text, GERMAN) for text in ("Wohnung", "neue Stadt", "Satz3", '"neue Wohnungen"')]
    expected = [engine.search(query).scores.tolist() for query in queries]
    wrong: list[str] = []

    def ask() -> None:
        for _ in range(10):
            for query, scores in zip(queries, expected, strict=True):
                if engine.search(query).scores.tolist() != scores:
                    wrong.append(query.text)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    engine.close()

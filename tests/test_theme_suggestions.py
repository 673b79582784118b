from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from builders import make_passage
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Corpus, Edition, Event, Kind, Publication, Speaker
from kb.theme_suggestions import suggest_themes, suggestions_for
from kb.themes import load_themes

HOUSES = ("Wir senken Mieten jeder Wohnung.", "Auch kostet die Wohnung hohe Mieten.", "Oft steigen Mieten der Wohnung.")
TREES = ("Wir gießen Bäume samt Wurzeln.", "Auch wachsen Bäume aus Wurzeln.", "Oft heben Bäume mit Wurzeln den Weg.")


def make_corpus(
    *sections: Iterable[str], kind: Kind = Kind.SPEECH, speakers: Iterable[str] = (), edition: str = "probe-2020"
) -> Corpus:
    """Return a corpus of one edition with passages by section."""
    texts = [(number, text) for number, section in enumerate(sections, 1) for text in section]
    passages = tuple(
        make_passage(text, edition=edition, section=f"forum-{section}", ordinal=number, kind=kind)
        for number, (section, text) in enumerate(texts, 1)
    )
    people = {name: Speaker(name, name) for name in speakers}
    return Corpus((Edition(edition, "Tagung", Event("Tagung"), Publication(), (), passages=passages),), people, {})


def groups(corpus: Corpus) -> list[set[str]]:
    return [{noun for noun, _ in suggestion.nouns} for suggestion in suggestions_for(corpus)]


def test_nouns_said_together_are_one_group_and_others_another() -> None:
    found = groups(make_corpus(HOUSES, TREES))
    assert sorted(map(sorted, found)) == [["Bäume", "Wurzeln"], ["Mieten", "Wohnung"]]


def test_the_draft_is_a_file_of_themes_that_loads(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(suggest_themes(make_corpus(HOUSES, TREES)), encoding="utf-8")
    themes = load_themes(path)
    assert {theme.label_de for theme in themes.values()} <= {"Bäume", "Wurzeln", "Mieten", "Wohnung"}
    assert len(themes) == 2
    assert all(len(theme.cues) == 2 for theme in themes.values())


@pytest.mark.parametrize(
    "corpus",
    [
        make_corpus(),
        make_corpus(HOUSES[:2]),  # twice is no pattern
        make_corpus(HOUSES, TREES, kind=Kind.CAPTION),
    ],
)
def test_too_little_gives_no_groups_and_still_a_draft(corpus: Corpus) -> None:
    assert groups(corpus) == []
    assert suggest_themes(corpus).startswith("# A draft")


def test_names_of_people_are_no_themes() -> None:
    texts = [text.replace("Bäume", "Lena Wald") for text in TREES]
    assert groups(make_corpus(HOUSES, texts, speakers=["Lena Wald"])) == [{"Mieten", "Wohnung"}]


def test_no_more_groups_than_asked_for() -> None:
    assert len(suggestions_for(make_corpus(HOUSES, TREES), groups=1)) == 1


@given(st.lists(st.lists(st.text("Aaä Bb.„\n", max_size=40), max_size=6), max_size=4))
def test_a_draft_of_any_corpus_names_no_noun_twice(sections: list[list[str]]) -> None:
    corpus = make_corpus(*sections)
    nouns = [noun for suggestion in suggestions_for(corpus) for noun, _ in suggestion.nouns]
    assert len(nouns) == len(set(nouns))
    assert suggest_themes(corpus) == suggest_themes(corpus)


def test_the_command_prints_a_draft(corpus_folder: Path, run: Run) -> None:
    result = run("themes", "suggest", "--groups", "3")
    assert result.exit_code == 0
    assert re.match(r"# A draft: nouns of \d+ passages", result.stdout)

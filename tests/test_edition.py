"""From the files of an edition to its passages."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from samples import WORDS, write_corpus

from kb.corpus import load_corpus
from kb.edition import ATTRIBUTES, CONTINUED
from kb.model import (
    SECTION_KINDS,
    Corpus,
    Edition,
    Event,
    Kind,
    Office,
    Part,
    Passage,
    Publication,
    Role,
    Section,
    Speaker,
    Theme,
    Voice,
)

FILE = "tagung-2024/01-tagung.md"


def read(folder: Path, text: str = WORDS, **more: str) -> Corpus:
    return load_corpus(write_corpus(folder, {FILE: text}))


def passages(folder: Path, text: str = WORDS) -> dict[str, Passage]:
    return {passage.id.removeprefix("tagung-2024/"): passage for passage in read(folder, text).passages}


def test_a_passage_has_speaker_role_voice_and_page(tmp_path: Path) -> None:
    passage = passages(tmp_path)["forum-1/1"]
    assert (passage.speaker, passage.role, passage.voice) == ("Bodo Muster", Role.IMPULSE, Voice.REPORTED)
    assert (passage.page_first, passage.page_last) == ("5", "5")
    assert passage.section_title == "Forum 1: Bäche öffnen"
    assert passage.spans == ((300, 360),)


def test_a_passage_over_a_page_break_stands_on_both_pages(tmp_path: Path) -> None:
    passage = passages(tmp_path)["begruessung/2"]
    assert (passage.page_first, passage.page_last) == ("3", "4")
    assert passage.text == "Wir öffnen die Bäche, die unsere Großeltern zugedeckt haben."


def test_a_discussion_has_no_speaker_and_is_collective(tmp_path: Path) -> None:
    passage = passages(tmp_path)["forum-1/2"]
    assert (passage.speaker, passage.voice) == (None, Voice.COLLECTIVE)


def test_a_new_paragraph_in_between_keeps_all_other_locators(tmp_path: Path) -> None:
    before = passages(tmp_path)
    inserted = WORDS.replace("Wir öffnen", "Neu.\n{: #begruessung-3 .speech by=ada-beispiel }\n\nWir öffnen", 1)
    after = passages(tmp_path, inserted)
    assert list(after) == ["begruessung/1", "begruessung/3", "begruessung/2", "forum-1/1", "forum-1/2"]
    assert {name: passage.text for name, passage in after.items() if name in before} == {
        name: passage.text for name, passage in before.items()
    }


def test_a_continued_paragraph_belongs_to_the_passage_above(tmp_path: Path) -> None:
    text = WORDS + "\nUnd Schatten.\n{: .continued }\n"
    passage = passages(tmp_path, text)["forum-1/2"]
    assert passage.text == "Die Teilnehmenden wünschen sich Bänke am Wasser.\n\nUnd Schatten."


def test_a_sub_heading_is_kept_with_the_passages_below_it(tmp_path: Path) -> None:
    text = WORDS.replace("Die Teilnehmenden", "## Wünsche\n\nDie Teilnehmenden", 1)
    found = passages(tmp_path, text)
    assert found["forum-1/2"].headings == ("Wünsche",)
    assert found["forum-1/1"].headings == ()


def test_evidence_stays_until_a_person_corrects_the_attribution(tmp_path: Path) -> None:
    evidence = passages(tmp_path)["forum-1/1"].evidence
    assert evidence is not None
    assert (evidence.rule, evidence.confidence) == ("so_herr", 0.7)
    corrected = WORDS.replace(".reported by=bodo-muster", ".reported by=ada-beispiel")
    by_hand = passages(tmp_path, corrected)["forum-1/1"].evidence
    assert by_hand is not None
    assert (by_hand.rule, by_hand.confidence) == ("by_hand", 1.0)


def test_sections_know_the_pages_their_words_stand_on(tmp_path: Path) -> None:
    (edition,) = read(tmp_path).editions
    pages = {section.id: (section.page_first, section.page_last) for section in edition.sections}
    assert pages == {"begruessung": ("3", "4"), "forum-1": ("5", "5")}


def test_the_fingerprint_of_a_corpus_follows_words_and_attribution(tmp_path: Path) -> None:
    prints = {
        read(tmp_path, text).fingerprint
        for text in (WORDS, WORDS.replace("Bänke", "Stühle"), WORDS.replace("role=impulse", "role=speaker"), WORDS)
    }
    assert len(prints) == 3


def test_line_breaks_in_the_file_change_nothing(tmp_path: Path) -> None:
    broken = WORDS.replace("der Stadt an drei", "der Stadt\nan drei")
    assert read(tmp_path, broken).fingerprint == read(tmp_path, WORDS).fingerprint


def test_every_word_of_the_format_is_documented() -> None:
    written = (Path(__file__).parents[1] / "docs" / "corpus-format.md").read_text(encoding="utf-8")
    words = {*Kind, *Voice, *Role, *SECTION_KINDS, *ATTRIBUTES, CONTINUED}
    for record in (Edition, Event, Publication, Section, Part, Speaker, Office, Theme):
        words |= {entry.name for entry in fields(record)}
    # What the files do not say under this name: it is derived, or has another shape there.
    words -= {"passages", "source", "sections", "page_first", "page_last"}
    assert not {word for word in words if not re.search(rf"\b{word}\b", written)}

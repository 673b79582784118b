"""Citing: whose words, which page, and a link that holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import a_passage, an_edition

from kb.citation import cite, pages, quotable_text
from kb.locator import Locator, fingerprint
from kb.model import Kind, Passage, Role, Voice
from kb.styling import LONG, styled

BASE = "https://wortlaut.example"


def reference(passage: Passage, **changes: object) -> str:
    return styled(cite(passage, an_edition(**changes), base_url=BASE)).reference


def in_forum(text: str = "Man sprach lange.", section: str = "forum-1", **changes: object) -> Passage:
    return a_passage(text, locator=Locator("tagung-2024", section, 7), **changes)


def test_verbatim_words_stand_in_quotation_marks_with_speaker_page_and_link() -> None:
    citation = styled(cite(a_passage("Bäche gehören ans Licht."), an_edition(), base_url=BASE))
    assert citation.text == (
        "„Bäche gehören ans Licht.“ – Ada Beispiel, Begrüßung, in: Wasser in der Stadt (Musterau, 3. Mai 2024), "
        "Musterau: Institut für Beispiele 2024, S. 3, "
        f"https://wortlaut.example/tagung-2024/begruessung/1~{fingerprint('Bäche gehören ans Licht.')}"
    )


def test_quotations_inside_quotations_get_single_marks() -> None:
    assert quotable_text(a_passage("Er rief: „Halt!“")) == "„Er rief: ‚Halt!‘“"


def test_reported_words_are_never_quoted_as_the_persons_own() -> None:
    passage = in_forum("Herr Muster betont den Nutzen.", kind=Kind.REPORTED, speakers=("Bodo Muster",))
    citation = styled(cite(passage, an_edition(), base_url=BASE))
    assert citation.reference.startswith("Bodo Muster, laut Bericht zu Forum 1, ")
    assert citation.quotation == (
        "Wortlaut des Berichts: Herr Muster betont den Nutzen. (Muster, laut Bericht zu Forum 1, S. 3)"
    )


@pytest.mark.parametrize("voice", [Voice.REPORTED, Voice.COLLECTIVE, Voice.EDITORIAL])
@given(text=st.text(min_size=1))
def test_only_verbatim_text_gets_new_quotation_marks(voice: Voice, text: str) -> None:
    quoted = quotable_text(a_passage(text, voice=voice))
    assert quoted.count("„") == text.count("„")


def test_a_discussion_is_cited_without_anybodys_name() -> None:
    cited = reference(in_forum(kind=Kind.DISCUSSION, section="forum-1/diskussion"))
    assert cited.startswith("Diskussion in Forum 1, laut Bericht, ")


def test_a_summary_outside_a_forum_names_its_section_in_brackets() -> None:
    assert reference(a_passage(kind=Kind.SUMMARY)).startswith("Zusammenfassung (Begrüßung), laut Bericht, ")


def test_editorial_text_is_cited_as_what_it_is() -> None:
    assert reference(in_forum(kind=Kind.QUESTIONS)).startswith("Leitfragen, Forum 1, ")


def test_a_moderator_is_named_as_such() -> None:
    assert reference(a_passage(role=Role.MODERATOR)).startswith("Ada Beispiel (Moderation), ")


def test_a_voice_from_the_audience_is_cited_as_printed() -> None:
    passage = a_passage(kind=Kind.TURN, speakers=(), speaker_printed="Publikum", role=Role.AUDIENCE)
    assert reference(passage).startswith("Publikum, ")


def test_a_section_named_after_the_speaker_gives_way_to_the_one_above() -> None:
    cited = reference(a_passage(locator=Locator("tagung-2024", "begruessung/beispiel", 2)))
    assert cited.startswith("Ada Beispiel, Begrüßung, in: ")


def test_fictional_editions_say_so() -> None:
    assert "(fiktives Beispiel)" in reference(a_passage(), fictional=True)
    assert "fiktiv" not in reference(a_passage())


@pytest.mark.parametrize(
    ("first", "last", "cited"),
    [
        ("16", "16", "S. 16"),
        ("20", "21", "S. 20 f."),
        ("20", "23", "S. 20–23"),
        ("iv", "v", "S. iv–v"),  # Roman pages are kept as printed
        ("iv", "2", "S. iv–2"),
        ("", "", ""),
    ],
)
def test_pages_are_cited_as_printed(first: str, last: str, cited: str) -> None:
    assert pages(first, last) == cited


def test_a_passage_without_page_is_cited_without() -> None:
    assert "S. " not in reference(a_passage(page_first="", page_last=""))


def test_a_long_passage_keeps_reference_and_quotation_apart() -> None:
    citation = styled(cite(a_passage("Wort " * LONG), an_edition(), base_url=BASE))
    assert citation.text == citation.reference
    assert citation.quotation.startswith("„Wort Wort")


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_white_space_does_not_change_the_link(text: str) -> None:
    spaced = text.replace(" ", " \n ")
    links = {cite(a_passage(words), an_edition(), base_url=BASE + "/").link for words in (text, spaced)}
    assert len(links) == 1

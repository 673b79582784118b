"""The two fictional editions load, show everything real proceedings contain, and are printed as stored."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syllables import break_points
from typeset import CORPUS, PRINTED, STYLES, printed_editions, wrap

from kb.corpus import read_corpus
from kb.errors import CorpusError
from kb.model import CONTENT_KINDS, Corpus, Edition, Kind, Passage, Role, Voice

LATER, EARLIER = "mahlbrueck-2023", "mahlbrueck-2019"
both = pytest.mark.parametrize("edition_id", [LATER, EARLIER])


@cache
def example_corpus() -> tuple[Corpus, tuple[CorpusError, ...]]:
    problems: list[CorpusError] = []
    return read_corpus(CORPUS, problems), tuple(problems)


def edition(edition_id: str = LATER) -> Edition:
    found = example_corpus()[0].edition(edition_id)
    assert found is not None
    return found


def passages(
    edition_id: str = LATER, *, section: str = "", kind: Kind | None = None, role: Role | None = None
) -> list[Passage]:
    return [
        passage
        for passage in edition(edition_id).passages
        if passage.section.startswith(section)
        and kind in (None, passage.kind)
        and (role is None or passage.role == role)
    ]


def printed(edition_id: str = LATER) -> str:
    return (PRINTED / f"{edition_id}.txt").read_bytes().decode()


def letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text)


def body_and_notes(edition_id: str) -> tuple[str, str]:
    """Return the letters of the print without headers and page numbers: those of the text, those of the footnotes."""
    title = re.escape(edition(edition_id).title)
    text = re.sub(rf"^(?:\f?{title}(?: +\d+)?| +\d+)$", "§", printed(edition_id), flags=re.MULTILINE)
    notes = re.findall(r"^_+$[^§]*", text, flags=re.MULTILINE)
    return letters(re.sub(r"^_+$[^§]*", "", text, flags=re.MULTILINE)), letters("".join(notes))


@both
def test_an_example_edition_loads_without_problems(edition_id: str) -> None:
    assert [problem for problem in example_corpus()[1] if edition_id in str(problem)] == []
    assert edition(edition_id).passages


@both
def test_an_example_edition_says_that_it_is_fictional(edition_id: str) -> None:
    example = edition(edition_id)
    assert example.fictional
    assert "erfunden" in example.note
    assert "erfunden" in example.subtitle
    first_page = [passage for passage in example.passages if passage.page_first == example.first_page]
    assert any("erfunden" in passage.text for passage in first_page)


@both
def test_the_stored_print_is_what_the_typesetter_makes_of_the_corpus(edition_id: str) -> None:
    assert printed_editions()[edition_id] == printed(edition_id)


@both
def test_every_word_of_the_corpus_is_printed(edition_id: str) -> None:
    body, notes = body_and_notes(edition_id)
    for passage in edition(edition_id).passages:
        assert letters(passage.text) in (notes if passage.kind is Kind.FOOTNOTE else body), passage.id


@both
def test_parts_of_a_section_count_all_its_paragraphs_and_say_whose_they_are(edition_id: str) -> None:
    for section in edition(edition_id).sections:
        if section.parts:
            said = [(part.kind, part.speaker, part.role) for part in section.parts for _ in range(part.paragraphs)]
            stored = [
                (passage.kind, passage.speaker_id, passage.role)
                for passage in passages(edition_id, section=section.id)
                if passage.kind in CONTENT_KINDS
            ]
            assert stored == said, section.id


@both
def test_the_outline_gives_the_pages_on_which_the_passages_stand(edition_id: str) -> None:
    for section in edition(edition_id).sections:
        inside = passages(edition_id, section=section.id)
        assert (section.page_first, section.page_last) == (inside[0].page_first, inside[-1].page_last), section.id


def test_the_programme_has_times_with_and_without_uhr_roles_and_entries_over_two_lines() -> None:
    entries = [passage.text for passage in passages(kind=Kind.PROGRAMME)]
    assert any(re.match(r"\d+\.\d\d Uhr ", entry) for entry in entries)
    assert any(re.match(r"\d+\.\d\d (?!Uhr)", entry) for entry in entries)
    assert any("Moderation: " in entry and "Impuls: " in entry for entry in entries)
    assert re.search(r"^• [^•]+\n[^•\n]+$", printed(), re.MULTILINE)


def test_two_people_welcome_under_one_heading() -> None:
    welcome = {passage.section: passage.speaker for passage in passages(section="begruessung/", kind=Kind.SPEECH)}
    assert list(welcome.values()) == ["Wiebke Ahlefeld", "Joris Trautwein"]


def test_the_keynote_has_sub_headings_a_footnote_and_an_embedded_quotation() -> None:
    keynote = passages(section="keynote")
    assert len({passage.headings for passage in keynote}) >= 4
    assert any(passage.kind is Kind.FOOTNOTE for passage in keynote)
    assert any(mark.kind == "note" for passage in keynote for mark in passage.marks)
    assert any(re.search(r": „[^“]{80,}“", passage.text) for passage in keynote)
    assert "Schatten1\n" in printed()


def test_the_panel_has_a_moderator_panelists_audience_voices_and_a_podium_guest() -> None:
    roles = {passage.role for passage in passages(section="gespraechsrunde", kind=Kind.TURN)}
    assert roles == {Role.MODERATOR, Role.PANELIST, Role.AUDIENCE, Role.PODIUM_GUEST}


def test_labels_with_two_colons_stand_on_one_line_and_break_over_two() -> None:
    assert re.search(r"^Gast auf dem Podium: [^:\n]+: ", printed(), re.MULTILINE)
    assert re.search(r"^Stimme aus dem Publikum: [^:\n]+:$", printed(), re.MULTILINE)
    assert re.search(r"^Stimme aus dem Publikum: [^:\n]+\n[^:\n]+: ", printed(), re.MULTILINE)


@both
def test_a_turn_has_several_paragraphs_and_one_runs_over_a_page_break(edition_id: str) -> None:
    turns = passages(edition_id, kind=Kind.TURN)
    assert any("\n\n" in turn.text for turn in turns)
    assert any(turn.page_first != turn.page_last for turn in turns)


@pytest.mark.parametrize("forum", ["forum-1", "forum-2"])
def test_a_forum_has_questions_an_impulse_in_reported_speech_a_discussion_and_bulleted_results(forum: str) -> None:
    inside = passages(section=forum)
    kinds = {passage.kind for passage in inside}
    assert {Kind.SESSION_INFO, Kind.QUESTIONS, Kind.REPORTED, Kind.DISCUSSION, Kind.SUMMARY, Kind.CAPTION} <= kinds
    reported = [passage for passage in inside if passage.kind is Kind.REPORTED]
    assert {passage.voice for passage in reported} == {Voice.REPORTED}
    assert any(passage.speaker_printed is None for passage in reported)
    assert len({passage.headings for passage in inside if passage.kind is Kind.DISCUSSION}) >= 3
    assert sum(passage.kind is Kind.SUMMARY and passage.list_mark == "-" for passage in inside) >= 3


def test_one_person_gives_numbered_theses() -> None:
    theses = passages(kind=Kind.THESES)
    assert [thesis.list_mark for thesis in theses] == ["1.", "2.", "3.", "4.", "5."]
    assert {thesis.speaker for thesis in theses} == {"Dörte Immenkötter"}


def test_one_person_of_the_programme_has_no_printed_statement() -> None:
    named = {person for section in edition().sections for person in section.people}
    heard = {person for passage in edition().passages for person in passage.speaker_ids}
    assert "ruth-zellinger" in named - heard
    assert "Ruth Zellinger" in printed()


def test_a_misprinted_name_is_kept_and_explained() -> None:
    misprinted = [passage for passage in passages() if passage.speaker_printed == "Bogdan Wieczorni"]
    assert [passage.speaker for passage in misprinted] == ["Bogdan Wieczorny"]
    assert example_corpus()[0].speakers["bogdan-wieczorny"].misprints["Bogdan Wieczorni"]


def test_two_moderators_share_one_line() -> None:
    assert "Moderation: Dr. Insa Grothuus/Malte Quirin, " in printed()
    section = edition().section("forum-1")
    assert section is not None
    assert section.moderators == ("insa-grothuus", "malte-quirin")


def test_people_hold_other_offices_in_the_other_year_and_one_changes_from_moderator_to_speaker() -> None:
    moved = [
        speaker.id
        for speaker in example_corpus()[0].speakers.values()
        if len({(office.office, office.organisation) for office in speaker.offices}) > 1
    ]
    assert len(moved) >= 3
    roles = {
        (passage.edition, passage.role)
        for example in (LATER, EARLIER)
        for passage in passages(example)
        if passage.speaker_id == "wiebke-ahlefeld"
    }
    assert roles == {(EARLIER, Role.MODERATOR), (LATER, Role.SPEAKER)}


def test_lines_end_in_divided_words_in_kept_hyphens_and_in_suspended_ones() -> None:
    assert re.search(r"[a-zäöüß]-\n[a-zäöüß]", printed())
    assert "Kosten-\nNutzen-Rechnung" in printed()
    assert "Tiefbau-\nund Gartenamt" in printed()
    assert re.search(r"\w- und \w", printed())
    assert "und -planer" in printed()


def test_the_later_edition_parts_its_pages_by_form_feeds_under_a_running_header() -> None:
    pages = printed(LATER).split("\f")
    assert [page.split()[-1] for page in pages] == [str(label) for label in range(5, 17)]
    assert all(page.startswith("Hitze, Wasser, Schatten\n") for page in pages)


def test_the_earlier_edition_shows_its_pages_only_by_numbered_headers() -> None:
    assert "\f" not in printed(EARLIER)
    numbers = re.findall(r"^Der Baum und die Leitung +(\d+)$", printed(EARLIER), re.MULTILINE)
    assert numbers == [str(label) for label in range(41, 46)]


@both
def test_a_page_ends_inside_a_word(edition_id: str) -> None:
    inside = [
        passage
        for passage in edition(edition_id).passages
        for mark in passage.marks
        if mark.kind == "page" and re.fullmatch(r"\w\w", passage.text[max(mark.offset - 1, 0) : mark.offset + 1])
    ]
    assert inside


words = st.lists(st.text("abcdeinrstuäöü-", min_size=1, max_size=20), min_size=1).map(" ".join)


@given(words, st.integers(min_value=24, max_value=60))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert letters("".join(lines)) == letters(text)
    assert all(len(line) <= width for line in lines)


def test_a_word_longer_than_the_line_is_set_as_it_is() -> None:
    assert wrap("von Brrrrrrrrrrrrrrrrrr an", 10) == ["von", "Brrrrrrrrrrrrrrrrrr", "an"]


@given(st.text("abcdefgnrstuäöüß", min_size=1, max_size=30))
def test_a_word_is_divided_only_between_letters_that_leave_enough_on_both_sides(word: str) -> None:
    points = break_points(word)
    assert all(2 <= point <= len(word) - 3 for point in points)
    assert all(left < right for left, right in pairwise(points))


def test_every_example_edition_has_a_style() -> None:
    assert set(STYLES) == {example.id for example in example_corpus()[0].editions if example.fictional}

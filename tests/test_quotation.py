"""Quotations: words left out, words refused, and what a gap may hide."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from samples import a_passage, an_edition, write_corpus

from kb.citation import quotable_text
from kb.errors import NotFound
from kb.locator import Locator
from kb.model import Kind, Mark, Passage, Voice
from kb.quotation import Quotation, QuotationRefused, build_quotation
from kb.quotation_links import quotation_citation, sentence_stretches
from kb.selection import SelectionError, Stretch, stretch_of
from kb.styling import styled

BASE = "https://wortlaut.example"


def numbered(number: int, text: str, **changes: Any) -> Passage:
    return a_passage(text, locator=Locator("tagung-2024", "begruessung", number), order=number, **changes)


def quoted(text: str, *ranges: tuple[int, int], whole_sentences: bool = False, language: str = "de") -> Quotation:
    passage = a_passage(text)
    stretches = [stretch_of(passage, first, last) for first, last in ranges]
    return build_quotation(stretches, [passage], whole_sentences=whole_sentences, language=language)


def words(text: str, *ranges: tuple[int, int], **options: bool) -> str:
    return quoted(text, *ranges, **options).words


def cautions(text: str, *kept: str) -> list[tuple[str, str]]:
    """Return kind and place of each caution if only `kept` is quoted of `text`."""
    ranges = []
    for one in kept:
        first = len(text[: text.index(one)].split()) + 1
        ranges.append((first, first + len(one.split()) - 1))
    return [(caution.kind, caution.where.value) for caution in quoted(text, *ranges).cautions]


TEXT = "Wir öffnen die Bäche. Sie kühlen die Stadt, und zwar gründlich. Das kostet Geld."


def test_words_left_out_become_an_ellipsis_in_brackets() -> None:
    assert words(TEXT, (1, 2), (4, 4)) == "Wir öffnen […] Bäche."
    assert words(TEXT, (12, 14), (1, 4)) == "Wir öffnen die Bäche. […] Das kostet Geld."


def test_stretches_that_touch_or_overlap_are_one() -> None:
    assert words(TEXT, (1, 2), (3, 4)) == words(TEXT, (1, 3), (2, 4)) == "Wir öffnen die Bäche."


def test_no_ellipsis_and_no_dangling_comma_at_the_ends() -> None:
    assert words(TEXT, (7, 8)) == "die Stadt"
    assert words("Es gilt: Wasser – Schatten – Ruhe", (1, 2)) == "Es gilt"
    assert words("Es gilt: Wasser – Schatten – Ruhe", (3, 4)) == "Wasser"


def test_whole_sentences_on_request() -> None:
    assert words(TEXT, (7, 7), whole_sentences=True) == "Sie kühlen die Stadt, und zwar gründlich."


PRINTED = ["Bach", "nicht", "„Haus“", "„Der", "Weg“.", "ist", "–", "Ja.", "»Tal«", '"so"', "\n\n"]


@given(st.lists(st.sampled_from(PRINTED), min_size=1), st.sets(st.integers(0, 30), min_size=1))
def test_a_quotation_is_the_words_chosen_in_their_order_with_a_gap_for_each_run_left_out(
    parts: list[str], chosen: set[int]
) -> None:
    passage = a_passage("Am Anfang " + " ".join(parts))
    printed = passage.text.split()
    kept = sorted({1 + number % len(printed) for number in chosen} | {1})
    built = build_quotation([stretch_of(passage, number, number) for number in kept], [passage])
    runs: list[list[str]] = []
    for number in kept:
        if number - 1 not in kept:
            runs.append([])
        runs[-1] += filter(None, [_bare(printed[number - 1])])
    assert [[_bare(word) for word in run.split() if _bare(word)] for run in built.words.split("[…]")] == runs


def _bare(word: str) -> str:
    return "".join(char for char in word if char.isalnum())


def test_quotation_marks_inside_become_single_ones() -> None:
    passage = a_passage("Sie sagte: „Das Wasser bleibt.“ Und ging.")
    built = build_quotation([stretch_of(passage, 1, 7)], [passage])
    assert quotable_text(passage, built.words) == "„Sie sagte: ‚Das Wasser bleibt.‘ Und ging.“"
    assert built.cautions == ()


@pytest.mark.parametrize(
    ("ranges", "text"),
    [
        ([(4, 5)], "„das Wasser“"),
        ([(1, 5)], "Sie sagte: „Das das Wasser“"),
        ([(5, 9)], "„Wasser bleibt hier offen.“ Dann"),
        ([(4, 4), (6, 6)], "„das […] bleibt“"),
        ([(4, 4), (9, 10)], "„das“ […] Dann ging"),
        ([(4, 4), (14, 15)], "„das“ […] „Das ist“"),
    ],
)
def test_a_piece_of_an_inner_quotation_gets_its_marks(ranges: list[tuple[int, int]], text: str) -> None:
    source = "Sie sagte: „Das das Wasser bleibt hier offen.“ Dann ging sie. Er sagte: „Das ist ein guter Satz.“"
    assert words(source, *ranges) == text


def test_words_of_somebody_quoted_name_both() -> None:
    passage = a_passage("Dazu sagte Bodo Muster: „Der Bach bleibt für alle offen.“ Gut so.")
    built = build_quotation([stretch_of(passage, 6, 10)], [passage])
    (caution,) = [one for one in built.cautions if one.kind == "embedded"]
    assert caution.sentence == (
        "Die Worte sind ein Zitat im Zitat: von Bodo Muster, zitiert von Ada Beispiel. Nennen Sie beide."
    )
    assert "Bodo Muster, zitiert von Ada Beispiel" in _styled(built).reference
    partly = build_quotation([stretch_of(passage, 3, 7)], [passage])
    assert [one.sentence.partition(" ein ")[0] for one in partly.cautions if one.kind == "embedded"] == [
        "Ein Teil der Worte ist"
    ]


def _styled(built: Quotation) -> Any:
    return styled(quotation_citation(built, an_edition(), base_url=BASE))


@pytest.mark.parametrize(
    ("text", "kept", "found"),
    [
        ("Wir wollen das Haus nicht abreißen.", ("Wir wollen das Haus", "abreißen."), ("negation", "gap")),
        ("Das ist kein guter Weg für uns.", ("Das ist", "guter Weg für uns."), ("negation", "gap")),
        ("Wir bauen hier ohne Hast weiter.", ("Wir bauen hier", "weiter."), ("negation", "gap")),
        ("Ich glaube nicht, dass alle gehen.", ("alle gehen.",), ("negation", "before")),
        ("Wir bauen das Haus nicht mehr.", ("Wir bauen das Haus",), ("negation", "after")),
        ("Wenn es regnet, bauen wir um.", ("bauen wir um.",), ("condition", "before")),
        ("Wir bauen um, falls es sein muss.", ("Wir bauen um,",), ("condition", "after")),
        ("Wir bauen, vorausgesetzt das Geld reicht, im Mai.", ("Wir bauen,", "im Mai."), ("condition", "gap")),
        ("Wir bauen nur am Rand der Stadt.", ("Wir bauen", "am Rand der Stadt."), ("restriction", "gap")),
        ("Das ist zwar teuer, aber gut.", ("Das ist zwar teuer,",), ("contrast", "after")),
        ("Das ist die angeblich beste Lösung.", ("Das ist die", "beste Lösung."), ("distance", "gap")),
        ("Die sogenannte Krise kommt bald.", ("Krise kommt bald.",), ("distance", "before")),
        ("Manche sagen, das Boot ist voll.", ("das Boot ist voll.",), ("distance", "before")),
        ("Das Boot ist voll, so meine Vorrednerin.", ("Das Boot ist voll,",), ("distance", "after")),
        ("Ich zitiere: Das Boot ist voll.", ("Das Boot ist voll.",), None),  # a sentence of its own
        ("Er sagt, der Bach sei tot.", ("der Bach",), ("subjunctive", "after")),
        ("Ist das Haus zu teuer für uns alle?", ("das Haus zu teuer",), ("question", "after")),
        ("Wir lehnen das Haus ab.", ("Wir lehnen das Haus",), ("unfinished", "after")),
        ("Das Boot ist voll. Das ist nicht wahr.", ("Das Boot ist voll.",), ("contrast", "next")),
        ("Wir bauen. Aber nur am Rand.", ("Wir bauen.",), ("contrast", "next")),
        ("Wir […] bauen um.", ("Wir […] bauen um.",), ("printed_ellipsis", "inside")),
        ("Wir bauen um. Alle freuen sich.", ("Wir bauen um.",), None),
        ("Wir bauen schöne Häuser im Tal.", ("Wir bauen", "Häuser im Tal."), None),
        ("Ein Notenblatt, ein Niemandsland, alle da.", ("Ein", "alle da."), None),  # no "niemand" inside a word
    ],
)
def test_what_may_turn_the_meaning_is_told(text: str, kept: tuple[str, ...], found: tuple[str, str] | None) -> None:
    told = cautions(text, *kept)
    assert (found in told) if found else not told


def test_a_caution_names_the_words_and_is_a_german_sentence() -> None:
    (caution,) = quoted("Wir wollen nie und nimmer kein Haus bauen.", (1, 2), (7, 8)).cautions
    assert caution.words == ("nie", "kein")
    assert caution.sentence == "In der Auslassung steht eine Verneinung: „nie“, „kein“."


def test_an_english_edition_is_read_as_english() -> None:
    text = "We will not build if it rains."
    found = {caution.kind for caution in quoted(text, (1, 2), (4, 4), language="en-GB").cautions}
    assert found == {"negation", "condition"}


def test_a_page_that_turns_in_the_gap_is_told_and_cited() -> None:
    passage = a_passage("Eins zwei drei vier fünf.", marks=(Mark(10, "page", "4"),), page_last="4")
    over = build_quotation([stretch_of(passage, 1, 5)], [passage])
    apart = build_quotation([stretch_of(passage, 1, 1), stretch_of(passage, 4, 5)], [passage])
    assert ", S. 3 f., " in _styled(over).reference
    assert ", S. 3 und 4, " in _styled(apart).reference
    assert [caution.kind for caution in over.cautions + apart.cautions] == ["page_break"]
    alone = build_quotation([stretch_of(passage, 4, 5)], [passage])
    assert ", S. 4, " in _styled(alone).reference


def test_passages_of_one_speaker_are_joined() -> None:
    one, other = numbered(1, "Wir öffnen die Bäche."), numbered(2, "Sie kühlen die Stadt.")
    ending, beginning = stretch_of(one, 1, 4), stretch_of(other, 1, 2)
    built = build_quotation([beginning, ending], [one, other])
    assert built.words == "Wir öffnen die Bäche. Sie kühlen"
    assert build_quotation([ending, stretch_of(other, 2, 4)], [one, other]).words == (
        "Wir öffnen die Bäche. […] kühlen die Stadt."
    )
    assert built.path == f"tagung-2024/begruessung/1~{one.fingerprint}?w=1-4&w=2~{other.fingerprint}:1-2"


def test_reported_words_never_come_in_quotation_marks() -> None:
    passage = numbered(1, "Herr Muster lobt den Bach sehr.", kind=Kind.REPORTED, speakers=("Bodo Muster",))
    cited = _styled(build_quotation([stretch_of(passage, 1, 3)], [passage]))
    assert cited.words == "Wortlaut des Berichts: Herr Muster lobt (Muster, laut Bericht zu Begrüßung, S. 3)"
    assert "„" not in cited.whole


REFUSED = {
    "speakers": (numbered(1, "Ja."), numbered(2, "Nein.", kind=Kind.TURN, speakers=("Bodo Muster",))),
    "voices": (numbered(1, "Ja."), numbered(2, "Sie sagt nein.", kind=Kind.REPORTED, speakers=("Ada Beispiel",))),
    "nameless": (
        numbered(1, "Ja.", speakers=(), voice=Voice.VERBATIM),
        numbered(2, "Nein.", speakers=(), voice=Voice.VERBATIM),
    ),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_is_no_quotation_is_refused_with_what_to_do(reason: str) -> None:
    passages = REFUSED[reason]
    with pytest.raises(QuotationRefused, match=r"by (itself|themselves)") as caught:
        build_quotation([stretch_of(passage, 1, 1) for passage in passages], passages)
    assert caught.value.reason == reason
    assert "für sich" in caught.value.sentence


def test_words_with_somebody_else_between_them_are_refused() -> None:
    passages = (
        numbered(1, "Ja."),
        numbered(2, "Wirklich?", kind=Kind.TURN, speakers=("Bodo Muster",)),
        numbered(3, "Sicher."),
    )
    with pytest.raises(QuotationRefused, match="Bodo Muster"):
        build_quotation([stretch_of(passages[0], 1, 1), stretch_of(passages[2], 1, 1)], passages)


def test_a_picture_between_is_nobody_speaking() -> None:
    passages = (numbered(1, "Ja."), numbered(2, "Ada Beispiel am Pult", kind=Kind.CAPTION), numbered(3, "Sicher."))
    chosen = [stretch_of(passages[0], 1, 1), stretch_of(passages[2], 1, 1)]
    assert build_quotation(chosen, passages).words == "Ja. Sicher."


def test_no_words_unknown_words_and_changed_words_are_refused() -> None:
    passage = a_passage("Ja – nein.")
    with pytest.raises(QuotationRefused, match="no words chosen"):
        build_quotation([], [passage])
    with pytest.raises(QuotationRefused, match="no words chosen"):
        build_quotation([stretch_of(passage, 2, 2)], [passage])
    with pytest.raises(SelectionError, match="has 3 words"):
        build_quotation([stretch_of(passage, 2, 4)], [passage])
    with pytest.raises(SelectionError, match="changed"):
        build_quotation([Stretch(passage.locator, 1, 1, "00000000")], [passage])
    with pytest.raises(NotFound):
        build_quotation([Stretch(Locator("tagung-2024", "begruessung", 9), 1, 1)], [passage])


def test_sentences_are_listed_with_their_words() -> None:
    found = [(stretch.first, stretch.last, text) for stretch, text in sentence_stretches(a_passage(TEXT))]
    assert found[0] == (1, 4, "Wir öffnen die Bäche.")
    assert found[-1] == (12, 14, "Das kostet Geld.")


def test_the_command_lists_sentences_and_builds_quotations(tmp_path: Any, run: Run) -> None:
    write_corpus(tmp_path / "corpus")
    listed = run("quote", "tagung-2024/begruessung/2")
    assert listed.output.split(maxsplit=1) == ["1-9", "Wir öffnen die Bäche, die unsere Großeltern zugedeckt haben.\n"]
    built = json.loads(
        run("quote", "tagung-2024/begruessung/2", "--words", "1-2", "--words", "6-9", "--format", "json").output
    )
    assert built["quotation"] == "„Wir öffnen […] unsere Großeltern zugedeckt haben.“"
    assert built["pages"] == "3 und 4"
    assert [one["kind"] for one in built["warnings"]] == ["page_break"]
    again = run("quote", built["marking_link"], "--whole-sentences")
    assert "„Wir öffnen die Bäche, die unsere Großeltern zugedeckt haben.“" in again.output
    refused = run("quote", "tagung-2024/forum-1/1?w=1-2", "tagung-2024/forum-1/2?w=1-2")
    assert refused.exit_code == 1
    assert "cannot be one quotation" in refused.output

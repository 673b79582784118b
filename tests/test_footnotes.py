"""Footnotes: the body leaves the text, the call leaves a mark where it was printed."""

from __future__ import annotations

import pytest
from printing import double_spaced, import_text, keynote, paged, report

from indexer.footnotes import find_footnotes
from kb.model import Kind

BEFORE = "Ich erinnere daran, dass der Steg am Hafen schon im Jahr 1931 ge-\nplant war und"
SECOND = (
    "Zweitens brauchen wir Geduld, denn Wege entstehen nicht über\nNacht, und wer sie plant, geht sie selten selbst."
)


def keynote_with(call: str, body: str) -> tuple[list[str], list[tuple[str | None, str]]]:
    """Return the texts of a keynote with a call and a body, and marks and texts of its footnotes."""
    words = keynote(call, SECOND) + "\n" + body
    passages = import_text(report(words, "Wir enden hier.\n")).of("keynote")
    notes = [(passage.list_mark, passage.text) for passage in passages if passage.kind is Kind.FOOTNOTE]
    return [passage.text for passage in passages if passage.kind is Kind.SPEECH], notes


@pytest.mark.parametrize(
    ("call", "body", "note"),
    [
        ("am Ende nicht.1", "________\n1 Akten des Hafenamtes, Band 3.\n", "Akten des Hafenamtes, Band 3."),
        ("am Ende nicht1.", "________\n1 Akten des Hafenamtes.\n", "Akten des Hafenamtes."),
        ("am Ende nicht¹.", "________\n¹ Akten des Hafenamtes.\n", "Akten des Hafenamtes."),
        ("am Ende nicht.1", "________\n1) Akten.\n", "Akten."),
        ("am Ende\n1\nnicht.", "\n1 Akten des Hafenamtes.\n", "Akten des Hafenamtes."),
        ("am Ende nicht.1", "\n1 Akten des Hafenamtes,\nBand 3.\n", "Akten des Hafenamtes, Band 3."),
        (
            "am Ende nicht.1",
            "________\n1 Akten des Hafenamtes, Jahrgang\n1931, Band\n3.\n",
            "Akten des Hafenamtes, Jahrgang 1931, Band 3.",
        ),
        ("am Ende nicht.1", "________\n1 Akten des Hafen-\namtes.\n", "Akten des Hafenamtes."),
    ],
)
def test_a_footnote_is_taken_out_of_the_text(call: str, body: str, note: str) -> None:
    texts, notes = keynote_with(f"{BEFORE} {call}", body)
    assert notes == [("1", note)]
    assert texts[0].endswith("geplant war und am Ende nicht.")


def test_the_call_is_a_mark_at_its_place() -> None:
    words = keynote(f"{BEFORE} am Ende1 nicht. Das blieb so.") + "\n________\n1 Akten des Hafenamtes.\n"
    speech = import_text(report(words)).said("keynote")[0]
    assert [
        (mark.kind, mark.label, speech.text[: mark.offset][-4:]) for mark in speech.marks if mark.kind == "note"
    ] == [("note", "1", "Ende")]


def test_two_footnotes_of_a_page_are_parted() -> None:
    texts, notes = keynote_with(
        f"{BEFORE} am Ende nicht.1 Oder doch.2", "________\n1 Akten des Hafenamtes.\n2 Akten der Stadt,\n12 Bände.\n"
    )
    assert notes == [("1", "Akten des Hafenamtes."), ("2", "Akten der Stadt, 12 Bände.")]
    assert texts[0].endswith("nicht. Oder doch.")


@pytest.mark.parametrize(
    "ending",
    [
        "________\n1 Akten des Hafenamtes.\n",  # nothing calls it
        "\n15 Dörfer liegen am Fluss und haben keine Brücke.\n",
        "\n2018 wurde der Steg gebaut.\n",
    ],
)
def test_a_number_that_nobody_calls_begins_no_footnote(ending: str) -> None:
    assert keynote_with(f"{BEFORE} am Ende nicht.", ending)[1] == []


@pytest.mark.parametrize("word", ["CO2", "2019", "Raum 1", "G7", "B1"])
def test_a_number_in_the_text_calls_no_footnote_of_another_page(word: str) -> None:
    texts, notes = keynote_with(f"{BEFORE} wegen {word} nicht.", "")
    assert notes == []
    assert texts[0].endswith(f"wegen {word} nicht.")


def test_a_body_set_denser_than_a_double_spaced_text_is_found() -> None:
    lines = [f"Zeile {number} über Brücken, Stege und Furten am Fluss" for number in range(30)]
    lines[20] += "1"
    text = (
        double_spaced(lines)
        + "\n1 Die erste Zeile der Fußnote steht\nüber der zweiten,\n1931 gedruckt.\n\n"
        + double_spaced(lines)
    )
    found = paged(text)
    (body,) = find_footnotes(found).bodies
    assert [found.lines[position].text[:12] for position in body.positions] == [
        "1 Die erste ",
        "über der zwe",
        "1931 gedruck",
    ]
    (call,) = find_footnotes(found).calls
    assert found.lines[call.position].text[call.start : call.end] == "1"

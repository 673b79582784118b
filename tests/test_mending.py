"""Line ends: which hyphens join, which stay, and what a page turn or a footnote does to the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printing import import_text, panel, report

from indexer.mending import Piece, mend
from kb.model import Mark


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        # a word divided at the end of the line
        ("Wir bauen Brü-|cken", "Wir bauen Brücken"),
        ("die Verwal-|tungen der Stadt", "die Verwaltungen der Stadt"),
        ("die Stadtent-|wicklungsplanung", "die Stadtentwicklungsplanung"),
        ("im ressort-|übergreifenden Team", "im ressortübergreifenden Team"),
        ("die Mitarbeite-|rinnen", "die Mitarbeiterinnen"),
        ("das Kita-|gelände", "das Kitagelände"),
        # a hyphen of the word itself
        ("in Nordrhein-|Westfalen", "in Nordrhein-Westfalen"),
        ("der Rad-Fuß-|Steg", "der Rad-Fuß-Steg"),
        ("die EU-|weite Regel", "die EU-weite Regel"),
        ("der ÖPNV-|Anschluss", "der ÖPNV-Anschluss"),
        ("der 50-|jährige Steg", "der 50-jährige Steg"),
        # suspended: the hyphen stands for what is left out
        ("Fuß-|und Radwege", "Fuß- und Radwege"),
        ("Ufer-|oder Hangwege", "Ufer- oder Hangwege"),
        ("Klein-|bzw. Mittelstädte", "Klein- bzw. Mittelstädte"),
        ("nicht nur Rad-|sondern auch Gehwege", "nicht nur Rad- sondern auch Gehwege"),
        ("Stege und -|brücken", "Stege und -brücken"),
        ("Wegebau und|-planung", "Wegebau und -planung"),
        ("Stadtteil-|unddorf", "Stadtteilunddorf"),
        # no hyphen
        ("am Fluss|entlang", "am Fluss entlang"),
        ("eine Brücke –|und ein Steg", "eine Brücke – und ein Steg"),
        ("Rad- und|Gehwege", "Rad- und Gehwege"),
        ("der Weg|, der führt", "der Weg, der führt"),
        ("so|...und weiter", "so ...und weiter"),
        ("|Anfang||Ende|", "Anfang Ende"),
    ],
)
def test_a_line_end_is_mended(printed: str, mended: str) -> None:
    assert mend([Piece(line) for line in printed.split("|")]).text == mended


def test_two_words_run_together_in_print_are_parted_and_told() -> None:
    mended = mend([Piece("der Weg der Bauern-"), Piece("zum Markt")])
    assert mended.text == "der Weg der Bauern zum Markt"
    assert mended.doubts == ("Trennstrich ohne Wort dahinter: „Bauern- | zum“",)


def test_a_page_that_begins_inside_a_word_is_marked_there() -> None:
    mended = mend([Piece("über die Brü-"), Piece("cken gehen", page="12"), Piece("wir", page="13")])
    assert mended.text == "über die Brücken gehen wir"
    assert mended.marks == (Mark(12, "page", "12"), Mark(23, "page", "13"))


def test_a_suspended_hyphen_stays_over_a_page() -> None:
    mended = mend([Piece("Fuß-"), Piece("und Radwege", page="12")])
    assert (mended.text, mended.marks) == ("Fuß- und Radwege", (Mark(5, "page", "12"),))


def test_a_call_alone_on_its_line_leaves_a_mark_and_no_blank() -> None:
    mended = mend(
        [Piece("nach dem Umbau"), Piece("", notes=((0, "1"),)), Piece(". Danach"), Piece("kam Ruhe", notes=((8, "2"),))]
    )
    assert mended.text == "nach dem Umbau. Danach kam Ruhe"
    assert mended.marks == (Mark(14, "note", "1"), Mark(31, "note", "2"))


@given(st.lists(st.text("abceinrstuÄßZ .-", min_size=1, max_size=20).map(str.strip), max_size=8))
def test_mending_keeps_all_letters_in_order(lines: list[str]) -> None:
    mended = mend([Piece(line, page="1" if number % 3 == 1 else "") for number, line in enumerate(lines)])
    assert mended.text.replace(" ", "").replace("-", "") == "".join(lines).replace(" ", "").replace("-", "")
    assert all(0 <= mark.offset <= len(mended.text) for mark in mended.marks)


def test_a_turn_over_a_page_is_one_passage_with_the_page_inside_a_word() -> None:
    first = panel(
        "Theda Quast: Herr Maibaum, was kostet eine neue Brücke über den Fluss?",
        "Ruven Maibaum: Das hängt davon ab, wie breit der Fluss ist und wer\n"
        "darüber fahren soll, denn ein Steg für Fußgänger ist rasch ge-",
    )
    second = "baut und kostet wenig.\n\nNele Kortum: Ein Steg allein genügt uns Radfahrerinnen nicht.\n"
    _, turn, last = import_text(report(first, second)).said("gespraechsrunde")
    assert "rasch gebaut und kostet" in turn.text
    assert (turn.page_first, turn.page_last, last.page_first) == ("3", "4", "4")
    (mark,) = turn.marks
    assert turn.text[mark.offset :].startswith("baut und")

"""Quotations out of a manuscript, with the names and pages beside them."""

from __future__ import annotations

import pytest

from kb.claims import Names
from kb.manuscript import read_manuscript
from kb.model import Speaker
from kb.quotes import MAX_MANUSCRIPT, MAX_QUOTES, Quote, TooMuch

NAMES = Names({"anna-berg": Speaker("anna-berg", "Anna Berg"), "jan-tal": Speaker("jan-tal", "Jan Tal")})
WORDS = "Wir öffnen die alten Bäche"


def only(text: str) -> Quote:
    (quote,) = read_manuscript(text, NAMES)
    return quote


@pytest.mark.parametrize(
    "marks",
    [("„", "“"), ("„", "”"), ("“", "”"), ("»", "«"), ("«", "»"), ("‚", "‘"), ("‘", "’"), ('"', '"'), ("›", "‹")],
)
def test_quotation_marks_of_every_style_are_seen(marks: tuple[str, str]) -> None:
    assert only(f"Sie sagt {marks[0]}{WORDS}{marks[1]} und geht.").text == WORDS


def test_a_german_quotation_ends_where_an_english_one_begins() -> None:
    quotes = read_manuscript(f"„{WORDS}“ und „das ist mehr als genug“ und “so viel auf English here”.", NAMES)
    assert [quote.text for quote in quotes] == [WORDS, "das ist mehr als genug", "so viel auf English here"]


def test_inner_quotations_belong_to_the_outer_one() -> None:
    assert (
        only("„Er rief: ‚Wir öffnen die alten Bäche‘, und ging.“").text
        == "Er rief: ‚Wir öffnen die alten Bäche‘, und ging."
    )
    assert only("„Er rief: „Wir öffnen die alten Bäche“, und ging.“").text.startswith("Er rief")


def test_terms_and_apostrophes_are_no_quotations() -> None:
    assert read_manuscript("Der „Bach“ ist's, der geht's an; das „offene Rohr“ auch.", NAMES) == ()


@pytest.mark.parametrize(
    ("text", "speaker", "page"),
    [
        (f"„{WORDS}“, sagte Anna Berg.", "Anna Berg", ""),
        (f"„{WORDS}“, so Tal auf S. 12.", "Tal", "12"),
        (f"Anna Berg: „{WORDS}“", "Anna Berg", ""),
        (f"Dazu erklärte Frau Berg: „{WORDS}“ (S. 20 f.).", "Frau Berg", "20 f."),
        (f"Viele meinen: „{WORDS}“ (Tal, S. 9).", "Tal", "9"),
        (f"Das steht fest: „{WORDS}“ (Berg 2019: 14).", "Berg", "14"),
        (f"Anders als Tal sagt Anna Berg: „{WORDS}“.", "Anna Berg", ""),
        (f"Tal ging. Er sagt: „{WORDS}“. Berg kam.", "", ""),
        (f"„{WORDS}“, betonte Peter Niemand.", "Peter Niemand", ""),
        (f"Ein Satz über *Anna Berg*: „**{WORDS}**“[^1]", "Anna Berg", ""),
    ],
)
def test_name_and_page_are_those_of_the_sentence(text: str, speaker: str, page: str) -> None:
    assert only(text) == Quote(WORDS, speaker, page)


@pytest.mark.parametrize(
    ("text", "speaker", "page"),
    [
        (f"> {WORDS}\n> immer wieder.\n> — Anna Berg, S. 3", "Anna Berg", "3"),
        (f"Jan Tal schreibt:\n\n> „{WORDS} immer wieder.“", "Jan Tal", ""),
        (f"Es folgt:\n\n> {WORDS} immer wieder. (Tal, S. 4)", "Tal", "4"),
    ],
)
def test_a_block_quote_is_a_quotation(text: str, speaker: str, page: str) -> None:
    quote = only(text)
    assert quote.text.rstrip(".") == f"{WORDS} immer wieder"
    assert (quote.speaker, quote.page) == (speaker, page)


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    quotes = read_manuscript(f"Er sagt: „{WORDS}\n\nUnd „{WORDS} wieder“.", NAMES)
    assert [quote.text for quote in quotes] == [WORDS, f"{WORDS} wieder"]


def test_a_manuscript_has_limits() -> None:
    with pytest.raises(TooMuch):
        read_manuscript("a" * (MAX_MANUSCRIPT + 1), NAMES)
    with pytest.raises(TooMuch):
        read_manuscript(f"„{WORDS}“ " * (MAX_QUOTES + 1), NAMES)


def test_many_marks_take_no_long_time() -> None:
    assert read_manuscript("„“»«\"'" * 20_000, NAMES) == ()

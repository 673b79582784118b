"""Pages: where they begin, which label they carry, and what around the text is furniture."""

from __future__ import annotations

import pytest
from printing import double_spaced, paged

WORDS = (
    "Fluss",
    "Markt",
    "Damm",
    "Hafen",
    "Platz",
    "Turm",
    "Steg",
    "Wehr",
    "Wald",
    "Berg",
    "Tor",
    "Hof",
    "Bach",
    "See",
)


def text_line(number: int) -> str:
    """Return a line of running text, another one for each number."""
    first, second = divmod(number, len(WORDS))
    third = (first + 3 * second + 5) % len(WORDS)
    return (
        f"und was vom {WORDS[first % len(WORDS)]} bis zum {WORDS[second]} reicht, das gehört auch zum {WORDS[third]},"
    )


def page(number: int, *, header: str = "", footer: str = "") -> str:
    """Return one page: header, seven lines of text, footer."""
    body = [text_line(7 * number + place) for place in range(7)]
    return "\n".join([*([header, ""] if header else []), *body, *(["", footer] if footer else [])]) + "\n"


def labels(text: str) -> list[str]:
    return [found.label for found in paged(text).pages]


def furniture(text: str) -> list[str]:
    return [line.text for line in paged(text).furniture]


def test_form_feeds_part_pages_that_are_counted_from_one() -> None:
    found = paged("\f".join(page(number) for number in range(1, 4)))
    assert [part.label for part in found.pages] == ["1", "2", "3"]
    assert [i for i in range(len(found.lines)) if found.opens(i)] == [0, 7, 14]


def test_a_text_without_any_sign_of_a_page_is_one_page_without_label() -> None:
    assert labels(page(1)) == [""]


@pytest.mark.parametrize(
    ("style", "gone"),
    [
        ({"footer": "{n}"}, ["{n}"]),
        ({"footer": "– {n} –"}, ["– {n} –"]),
        ({"footer": "Seite {n}"}, ["Seite {n}"]),
        ({"header": "{n}"}, ["{n}"]),
        ({"header": "Wege durch die Stadt   {n}"}, ["Wege durch die Stadt {n}"]),
        ({"header": "{n}   Wege durch die Stadt"}, ["{n} Wege durch die Stadt"]),
        ({"header": "Wege", "footer": "{n}"}, ["Wege", "{n}"]),
    ],
)
@pytest.mark.parametrize("feed", ["\f", "\n"])
def test_headers_and_numbers_give_the_labels_and_go(style: dict[str, str], gone: list[str], feed: str) -> None:
    text = feed.join(page(n, **{place: line.format(n=n) for place, line in style.items()}) for n in range(41, 47))
    assert labels(text) == [str(n) for n in range(41, 47)]
    assert furniture(text) == [line.format(n=n) for n in range(41, 47) for line in gone]
    assert len(paged(text).lines) == 6 * 7


def test_a_number_that_is_missing_on_some_pages_is_counted_on() -> None:
    text = "\f".join(page(n, footer=str(n) if n != 12 else "") for n in range(10, 15))
    assert labels(text) == ["10", "11", "12", "13", "14"]


def test_one_misread_number_does_not_shift_the_labels() -> None:
    text = "\f".join(page(n, footer={12: "112"}.get(n, str(n))) for n in range(10, 15))
    assert labels(text) == ["10", "11", "12", "13", "14"]


def test_a_year_alone_on_a_line_of_running_text_is_no_page_number() -> None:
    text = "\f".join(
        [page(7, footer="7"), "Das war im Jahr\n1987\nund seither nie wieder.\n\n8\n", page(9, footer="9")]
    )
    assert furniture(text) == ["7", "8", "9"]
    assert "1987" in [line.text for line in paged(text).lines]


@pytest.mark.parametrize(
    "start", ["2018 wurde der Steg gebaut, den", "1980er Jahre, in denen die Stadt", "15 Dörfer am Fluss"]
)
def test_a_line_that_begins_with_a_number_is_text(start: str) -> None:
    text = "\f".join([page(1), f"{start}\n" + page(2), page(3)])
    assert start in [line.text for line in paged(text).lines]


LONG = [text_line(number) for number in range(35)]


def with_leading_blanks(*starts: int) -> str:
    """Return a double-spaced text in which some lines have a leading blank and no blank line before them."""
    text = double_spaced(LONG)
    for start in starts:
        text = text.replace(f"\n\n{LONG[start]}", f"\n {LONG[start]}")
    return text


def test_a_leading_blank_without_a_blank_line_begins_a_page_in_a_double_spaced_text() -> None:
    found = paged(with_leading_blanks(7, 16, 25))
    assert [found.lines[i].text for i in range(1, len(found.lines)) if found.opens(i)] == [LONG[7], LONG[16], LONG[25]]
    assert [part.label for part in found.pages] == ["1", "2", "3", "4"]


def test_a_number_that_survived_on_one_page_labels_all() -> None:
    text = with_leading_blanks(7, 25).replace(LONG[16], f"Brücken in Lindenholm\n\n22\n\n{LONG[16]}")
    found = paged(text)
    assert [part.label for part in found.pages] == ["20", "21", "22", "23"]


def test_indented_lines_in_a_single_spaced_text_begin_no_page() -> None:
    text = "\n".join(f" {line}" if number % 6 == 5 else line for number, line in enumerate(LONG))
    assert labels(text) == [""]


def test_a_sentence_that_begins_like_the_running_header_is_text() -> None:
    pages = [page(n, header=f"Wege durch die Stadt   {n}") for n in range(5, 9)]
    sentence = "Wege durch die Stadt könnte es auch nachts geben, sagten viele."
    text = "\f".join([*pages, f"Wege durch die Stadt   9\n\n{sentence}\n"])
    assert sentence in [line.text for line in paged(text).lines]
    assert len(furniture(text)) == 5

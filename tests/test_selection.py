"""Selections: words named in a link, found again, and marked by a browser."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from samples import a_passage, write_corpus

from kb.locator import Locator, fingerprint
from kb.model import Mark
from kb.printed_page import PageNotFound, page_at, page_labels, passages_on
from kb.selection import (
    SelectionError,
    Stretch,
    parse_selection_link,
    parse_stretch,
    selection_path,
    span_in,
    stretch_of,
    word_spans,
)
from kb.text_fragment import text_fragment

HERE = Locator("tagung-2024", "begruessung", 1)
TEXTS = st.text(st.sampled_from("aäß.,–-„“ \n\u00a0&?#=~"), min_size=1).filter(str.strip)


@given(st.text())
def test_words_are_what_white_space_parts(text: str) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == text.split()


@given(TEXTS, st.data())
def test_a_selection_becomes_a_link_and_the_same_words_again(text: str, data: st.DataObject) -> None:
    passage = a_passage(text)
    words = text.split()
    last = data.draw(st.integers(1, len(words)))
    first = data.draw(st.integers(1, last))
    path = selection_path([stretch_of(passage, first, last)])
    _, _, (read,) = parse_selection_link(f"https://wortlaut.example/{path}#:~:text=x")
    start, end = span_in(read, passage)
    assert passage.text[start:end].split() == words[first - 1 : last]


@given(st.text(st.sampled_from("ab \n"), min_size=1).filter(str.strip), st.sampled_from(["  ", "\n", "\u00a0 ", "\t"]))
def test_a_text_with_the_same_fingerprint_has_the_same_words(text: str, space: str) -> None:
    other = space.join(text.split())
    assert fingerprint(other) == fingerprint(text)
    stretch = stretch_of(a_passage(text), 1, len(text.split()))
    start, end = span_in(stretch, a_passage(other))
    assert other[start:end].split() == text.split()


def test_words_of_another_passage_carry_its_number_and_fingerprint() -> None:
    stretch = parse_stretch("4~0a1b2c3d:1-9", HERE, "9c1e4b2a")
    assert stretch == Stretch(Locator("tagung-2024", "begruessung", 4), 1, 9, "0a1b2c3d")
    own = parse_stretch("7", HERE, "9c1e4b2a")
    assert selection_path([own, stretch]) == "tagung-2024/begruessung/1~9c1e4b2a?w=7&w=4~0a1b2c3d:1-9"


@pytest.mark.parametrize("written", ["", "0-3", "3-1", "a-b", "1-", "-2", "1-2-3", "4~xyz:1", "1" * 20])
def test_words_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(SelectionError, match="12-27"):
        parse_stretch(written, HERE)


def test_changed_words_are_never_selected_by_number() -> None:
    stretch = stretch_of(a_passage("Der Bach bleibt offen."), 2, 3)
    with pytest.raises(SelectionError, match="changed") as caught:
        span_in(stretch, a_passage("Der alte Bach bleibt offen."))
    assert caught.value.changed


def test_more_words_than_there_are_is_told() -> None:
    with pytest.raises(SelectionError, match="has 2 words"):
        span_in(Stretch(HERE, 1, 3), a_passage("Zwei Wörter"))


@pytest.mark.parametrize(
    ("text", "words", "fragment"),
    [
        ("Der Bach kühlt die Straße.", "Bach kühlt die Straße", "text=Bach%20k%C3%BChlt%20die%20Stra%C3%9Fe"),
        ("Ein Haus, ein Hof.", "ein Hof", "text=Ein%20Haus%2C-,ein%20Hof"),  # too short to stand alone
        ("Rot & grün, Links-Rechts, gut so", "grün, Links-Rechts, gut", "text=gr%C3%BCn%2C%20Links%2DRechts%2C%20gut"),
        ("a b c d. a b c d e.", "a b c d e", "text=a%20b%20c%20d%20e"),
        ("e a b c d. f a b c d.", "f a b c d", "text=f%20a%20b%20c%20d"),
    ],
)
def test_a_text_fragment_is_encoded_and_has_context_only_where_needed(text: str, words: str, fragment: str) -> None:
    start = text.rindex(words)
    assert text_fragment(text, [(start, start + len(words))]) == f"#:~:{fragment}"


def test_words_that_stand_twice_get_the_words_before_them() -> None:
    text = "Wir bauen das Haus am Bach neu. Sie sagen: Wir bauen das Haus am Bach nie."
    start = text.rindex("Wir")
    found = text_fragment(text, [(start, start + len("Wir bauen das Haus am Bach"))])
    assert unquote(found) == "#:~:text=sagen:-,Wir bauen das Haus am Bach"


def test_case_and_accents_do_not_tell_words_apart() -> None:
    text = "wir offnen alle bache hier. Und dann: Wir öffnen alle Bäche da."
    start = text.index("Wir")
    assert "-,Wir" in text_fragment(text, [(start, start + len("Wir öffnen alle Bäche"))])


def test_what_stands_above_on_the_page_counts_too() -> None:
    text, words = "Ja. Der Bach kühlt die Straße.", "Der Bach kühlt die"
    span = [(text.index(words), text.index(words) + len(words))]
    assert "-," not in text_fragment(text, span)
    assert "Ja.-," in text_fragment(text, span, earlier=["Der Bach kühlt die Stadt."])


def test_a_fragment_never_runs_over_a_page_mark_or_a_paragraph() -> None:
    text = "Wir öffnen die alten Bäche, die unsere Großeltern zugedeckt haben."
    cut = text.index("unsere")
    found = unquote(text_fragment(text, [(0, len(text))], cuts=[cut]))
    assert found == "#:~:text=Wir öffnen die alten,Großeltern zugedeckt haben"
    text = "Eins zwei drei vier.\n\nFünf sechs sieben acht."
    assert unquote(text_fragment(text, [(0, len(text))])) == "#:~:text=Eins zwei drei vier,Fünf sechs sieben acht"


def test_long_words_are_given_by_their_ends_and_several_as_several() -> None:
    text = " ".join(f"wort{number}" for number in range(40))
    spans = word_spans(text)
    found = unquote(text_fragment(text, [(spans[0][0], spans[4][1]), (spans[10][0], spans[30][1])]))
    assert found == (
        "#:~:text=wort0 wort1 wort2 wort3 wort4&text=wort10 wort11 wort12 wort13,wort27 wort28 wort29 wort30"
    )


def _first_marked(page: str, fragment: str) -> tuple[int, int] | None:
    """Return what a browser marks: the first place that fits, read off the fragment alone."""
    parts = fragment.removeprefix("#:~:text=").split(",")
    prefix = parts.pop(0)[:-1] if parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if parts[-1].startswith("-") else ""
    words = [re.escape(unquote(part)) for part in (prefix, *parts, suffix)]
    gap = r"\s*"
    before = rf"\b{words[0]}{gap}" if prefix else r"\b"
    after = rf"\b{gap}{words[-1]}\b" if suffix else r"\b"
    ends = rf"\b.*?\b{words[2]}" if len(parts) == 2 else ""
    match = re.search(rf"{before}(?P<marked>{words[1]}{ends}){after}", page, re.IGNORECASE | re.DOTALL)
    return match.span("marked") if match else None


@given(st.lists(st.sampled_from(["aa", "Bb", "cc,", "dd.", "ee-ff"]), min_size=1, max_size=40), st.data())
def test_a_browser_marks_the_words_meant_and_no_earlier_ones(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    last = data.draw(st.integers(1, len(words)))
    first = data.draw(st.integers(1, last))
    spans = word_spans(text)
    start, end = spans[first - 1][0], spans[last - 1][1]
    fragment = text_fragment(text, [(start, end)])
    if fragment:
        marked = _first_marked(text, fragment)
        assert marked is not None
        assert marked == (start, end - len(text[start:end]) + len(text[start:end].rstrip(",.")))


def test_a_printed_page_holds_the_passages_that_stand_on_it_at_least_in_part() -> None:
    turning = a_passage("Eins zwei drei", marks=(Mark(5, "page", "4"),), page_last="4")
    after = a_passage("Danach", page_first="5", page_last="5", locator=Locator("tagung-2024", "begruessung", 2))
    ending = a_passage("Schluss", marks=(Mark(7, "page", "6"),), page_first="5", page_last="6")
    assert page_labels((turning, after, ending)) == ("3", "4", "5")  # no word stands on page 6
    assert passages_on((turning, after), "tagung-2024", "4") == (turning,)
    assert (page_at(turning, 4), page_at(turning, 5)) == ("3", "4")
    with pytest.raises(PageNotFound, match="nearest pages: 3, 4, 5"):
        passages_on((turning, after), "tagung-2024", "9")


def test_no_section_may_be_called_like_a_page(tmp_path: Path, run: Run) -> None:
    facts = 'title = "T"\n\n[event]\ntitle = "T"\n\n[[section]]\nid = "seite"\ntitle = "Seite"\nkind = "part"\n'
    write_corpus(tmp_path / "corpus", {"neu-2024/edition.toml": facts})
    checked = run("check")
    assert checked.exit_code == 1
    assert "edition.toml:7: section id 'seite' is taken" in checked.output

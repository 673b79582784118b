"""Words cut at the places where a page begins or a footnote is called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.model import Mark
from webapp.prose import Piece, excerpt, paragraphs

WORDS = st.text(alphabet="abc äß.", min_size=1, max_size=20)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map("\n\n".join)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    text = draw(TEXTS)
    offsets = sorted(draw(st.lists(st.integers(0, len(text)), max_size=5)))
    kinds = [draw(st.sampled_from(["page", "note"])) for _ in offsets]
    return text, tuple(
        Mark(offset, kind, str(number)) for number, (offset, kind) in enumerate(zip(offsets, kinds, strict=True))
    )


@given(marked_texts())
def test_no_letter_and_no_mark_is_lost(marked: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = marked
    cut = paragraphs(text, marks)
    words = ["".join(piece.text for piece in pieces if piece.kind == "text") for pieces in cut]
    printed = [(piece.kind, piece.text) for pieces in cut for piece in pieces if piece.kind != "text"]
    assert "\n\n".join(words) == text
    assert printed == [(mark.kind, mark.label) for mark in marks]


def test_a_page_that_begins_with_the_second_paragraph_stands_before_its_words() -> None:
    first, second = paragraphs("Eins.\n\nZwei.", (Mark(7, "page", "8"),))
    assert first == (Piece("text", "Eins."),)
    assert second == (Piece("page", "8"), Piece("text", "Zwei."))


@given(st.text(max_size=100), st.integers(5, 40))
def test_an_excerpt_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(excerpt(text, length=length)) <= max(length + 1, 1)

"""Corpus files: any words come back as they were written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import CorpusError
from kb.markdown import Block, parse_blocks, render_blocks
from kb.model import Mark

HERE = Path("x.md")


def _words(text: str) -> str:
    return " ".join(text.split())


# Words as passages hold them: printable, single blanks, with everything that Markdown might take for itself.
WORDS = (
    st.text(
        st.one_of(st.characters(exclude_categories=["C", "Z"]), st.sampled_from(list(" #*_`[]()<>{}!\\&;:-+.=|⟦⟧^~")))
    )
    .map(_words)
    .filter(bool)
)
LABELS = st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5})?", fullmatch=True)
VALUES = st.text(st.characters(categories=["L", "N"], include_characters=" .-/'"), min_size=1).map(_words).filter(bool)


@st.composite
def paragraphs(draw: st.DrawFn) -> Block:
    text = draw(WORDS)
    offsets = sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)))
    # A mark stands before a letter or at the end, never before a blank: there the word that follows has it.
    offsets = [offset for offset in offsets if text[offset : offset + 1] != " "]
    marks = tuple(Mark(offset, draw(st.sampled_from(["page", "note"])), draw(LABELS)) for offset in offsets)
    return Block(
        text=text,
        anchor=f"{draw(NAMES)}-1",
        classes=(draw(NAMES),),
        attributes={"by": draw(NAMES), "as": draw(VALUES)},
        marks=marks,
    )


HEADINGS = st.builds(lambda text, level, anchor: Block(text, level, anchor), WORDS, st.integers(1, 6), NAMES)


def essence(block: Block) -> tuple[object, ...]:
    return block.text, block.level, block.anchor, block.classes, dict(block.attributes), block.marks


@given(st.lists(st.one_of(paragraphs(), HEADINGS), max_size=5))
def test_any_words_and_marks_come_back_as_written(blocks: list[Block]) -> None:
    read = parse_blocks(render_blocks(blocks), HERE)
    assert [essence(block) for block in read] == [essence(block) for block in blocks]


@given(st.lists(paragraphs(), min_size=1, max_size=3))
def test_what_was_read_is_written_alike_again(blocks: list[Block]) -> None:
    read = render_blocks(parse_blocks(render_blocks(blocks), HERE))
    assert render_blocks(parse_blocks(read, HERE)) == read


@pytest.mark.parametrize(
    "text",
    [
        "Bürger*innen und Kolleg_innen",
        "# kein Titel",
        "1. keine Liste",
        "- auch keine",
        "> kein Zitat",
        "<b>kein HTML</b> & &amp; &auml;",
        "`kein` ~~Code~~ http://beispiel.de [a](b) ![c](d)",
        "{: #kein .attribut }",
        "[^1] ist hier keine Fußnote",
        "⟦S. 3⟧ ist hier keine Seite",
        "C:\\Pfad\\",
        "=====",
    ],
)
def test_what_markdown_takes_for_itself_stays_a_letter(text: str) -> None:
    block = Block(text, anchor="x-1", classes=("speech",))
    assert essence(parse_blocks(render_blocks([block]), HERE)[0]) == essence(block)


def test_a_page_may_begin_inside_a_word() -> None:
    (block,) = parse_blocks("Stadt⟦S. 5⟧entwicklung\n{: #x-1 .speech }\n", HERE)
    assert (block.text, block.marks) == ("Stadtentwicklung", (Mark(5, "page", "5"),))


def test_a_page_mark_between_blanks_belongs_to_the_word_that_follows() -> None:
    (block,) = parse_blocks("Die Stadt ⟦S. 5⟧ wächst.\n{: #x-1 .speech }\n", HERE)
    assert (block.text, block.marks) == ("Die Stadt wächst.", (Mark(10, "page", "5"),))


def test_line_breaks_in_a_file_are_blanks_in_the_words() -> None:
    (block,) = parse_blocks("Die Stadt\nwächst.\n{: #x-1 .speech }\n", HERE)
    assert block.text == "Die Stadt wächst."


def test_each_block_knows_its_line() -> None:
    blocks = parse_blocks("# Eins {: #eins }\n\n\nZwei\n{: #eins-1 .speech }\n\nDrei\n", HERE)
    assert [block.line for block in blocks] == [1, 4, 7]


def test_a_heading_needs_a_blank_line_around_it() -> None:
    with pytest.raises(CorpusError, match=r"x\.md:1: .*blank line"):
        parse_blocks("# Titel {: #titel }\nText\n{: #titel-1 .speech }\n", HERE)


def test_a_broken_attribute_list_is_told_with_its_line() -> None:
    with pytest.raises(CorpusError, match=r"x\.md:3: attribute list cannot be read"):
        parse_blocks("# Titel {: #titel }\n\nText\n{: #titel-1 .speech\n", HERE)


def test_composed_letters_stay_as_they_are() -> None:
    text = unicodedata.normalize("NFC", "Häuser")
    assert parse_blocks(render_blocks([Block(text)]), HERE)[0].text == text

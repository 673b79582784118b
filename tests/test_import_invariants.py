"""What holds for every import: no printed word is lost, doubled or changed, and two imports agree.

Checked on two fictional proceedings, on hundreds of damaged copies of them, and on a real report where it is at hand.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from golden import visible
from hypothesis import given, settings
from hypothesis import strategies as st
from typeset import PRINTED, ROOT

from indexer.importer import import_file
from indexer.readers.text import clean
from kb.corpus import read_corpus
from kb.edition import markdown_files
from kb.errors import CorpusError, SourceError
from kb.evidence import load_evidence
from kb.markdown import Block, parse_blocks
from kb.model import Edition, Kind, Passage

EDITION = "print"
REPORT = ROOT.parent / "shared/data/report/report.txt"
SOURCES = {
    "2019": PRINTED / "mahlbrueck-2019.txt",
    "2023": PRINTED / "mahlbrueck-2023.txt",
    **({"report": REPORT} if REPORT.exists() else {}),
}
FICTIONAL = ("2019", "2023")

every_source = pytest.mark.parametrize("name", SOURCES)
fictional = pytest.mark.parametrize("name", FICTIONAL)


@dataclass(frozen=True)
class Imported:
    """An imported text: the edition as it loads, the headings in its files, and what the evidence says is left out."""

    source: str
    edition: Edition
    problems: tuple[CorpusError, ...]
    headings: tuple[Block, ...]
    omitted: tuple[tuple[int, int], ...]
    files: dict[str, bytes]

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self.edition.passages


@cache
def printed(name: str) -> str:
    return SOURCES[name].read_bytes().decode()


def imported(text: str, *, corpus: Path | None = None, encoding: str = "utf-8") -> Imported:
    """Return `text` imported into `corpus`, a new one by default.

    Raises:
        SourceError: the import refuses the text.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{EDITION}.txt")
        path.write_bytes(text.encode(encoding))
        corpus = corpus or Path(folder, "corpus")
        corpus.mkdir(exist_ok=True)
        import_file(path, corpus, edition=EDITION, encoding=encoding)
        return as_loaded(text, corpus)


def as_loaded(text: str, corpus: Path) -> Imported:
    problems: list[CorpusError] = []
    loaded = read_corpus(corpus, problems)
    (edition,) = loaded.editions
    own = corpus / EDITION
    blocks = [block for path in markdown_files(own) for block in parse_blocks(path.read_text(encoding="utf-8"), path)]
    return Imported(
        source=text,
        edition=edition,
        problems=tuple(problems),
        headings=tuple(block for block in blocks if block.level),
        omitted=tuple(span for omission in load_evidence(own).omissions for span in omission.spans),
        files={path.name: path.read_bytes() for path in sorted([*own.iterdir(), corpus / "people.toml"])},
    )


@cache
def original(name: str) -> Imported:
    return imported(printed(name))


# What must hold of an import


def letters(text: str) -> str:
    """Return the letters of `text` and nothing else: no hyphens, figures, signs or white space."""
    return "".join(char for char in clean(text) if char.isalpha())


def figures(text: str) -> str:
    return "".join(char for char in clean(text) if char.isdecimal())


def printed_lines(text: str) -> list[str]:
    """Return the lines of `text`, empty ones too; a form feed ends a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")


def line_of(text: str) -> Callable[[int], int]:
    """Return what tells the number of the line on which a character of `text` stands."""
    starts = [match.end() for match in re.finditer(r"\r\n|[\n\r\f]", text)]
    return lambda at: bisect_right(starts, at)


def read_from(text: str, passage: Passage) -> str:
    return "\n".join(text[start:end] for start, end in passage.spans)


def check_loads(result: Imported) -> None:
    assert not result.problems
    assert result.passages


def check_no_line_is_lost_or_doubled(result: Imported) -> None:
    """Each line stands in one passage, in one omission, or else in a heading; headings are in printed order."""
    spans = [span for passage in result.passages for span in passage.spans] + list(result.omitted)
    number, lines = line_of(result.source), printed_lines(result.source)
    taken: dict[int, str] = {}
    for start, end in sorted(spans):
        assert number(start) not in taken, f"in two places: {result.source[start:end]!r}"
        taken[number(start)] = result.source[start:end]
    assert [letters(words) for words in taken.values()] == [letters(lines[line]) for line in taken]
    assert_spelled([line for at, line in enumerate(lines) if at not in taken], result.headings)


def assert_spelled(left: list[str], headings: tuple[Block, ...]) -> None:
    """Assert that the lines `left` over are the words of the headings; one with an anchor may have been made up."""
    rest = "".join(map(letters, left))
    for heading in headings:
        words = letters(heading.text)
        if rest.startswith(words):
            rest = rest[len(words) :]
        else:
            assert heading.anchor, f"lost before heading {heading.text!r}: {rest[:200]!r}"
    assert not rest, f"lost: {rest[:200]!r}"


def check_words_are_the_printed_ones(result: Imported) -> None:
    """The letters of a passage are those of its lines behind the label; figures may only be missing as note calls."""
    for passage in result.passages:
        source = read_from(result.source, passage)
        words = letters(passage.text)
        assert letters(source).endswith(words), f"{passage.id}: {passage.text!r} was read from {source!r}"
        before = letters(source)[: len(letters(source)) - len(words)]
        assert not before or is_label(before, passage), f"{passage.id}: {before!r} was dropped"
        assert is_subsequence(figures(passage.text), figures(source))


def is_label(before: str, passage: Passage) -> bool:
    """Return whether the letters before the words are the printed label of a turn."""
    printed_name = letters(passage.speaker_printed or "")
    return passage.kind is Kind.TURN and printed_name in before and len(before) <= 140


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def check_spans_follow_the_print(result: Imported) -> None:
    """Spans lie inside the source in printed order, and so do pages."""
    for passage in result.passages:
        assert passage.spans
        assert all(0 <= start < end <= len(result.source) for start, end in passage.spans)
        assert all(above[1] <= below[0] for above, below in pairwise(passage.spans))
    by_place = sorted((passage.spans[0][0], passage.page_first, passage.page_last) for passage in result.passages)
    numbers = [int(page) for _, first, last in by_place for page in (first, last) if page.isdigit()]
    assert all(first <= last for first, last in zip(numbers[::2], numbers[1::2], strict=True))
    assert numbers[::2] == sorted(numbers[::2])


def check_text_is_in_printed_order(result: Imported) -> None:
    """What is read in the edition comes in the order of the print, but for footnotes and captions."""
    starts = [
        passage.spans[0][0] for passage in result.passages if passage.kind not in (Kind.FOOTNOTE, Kind.CAPTION)
    ]
    assert starts == sorted(starts)


CHECKS = (
    check_loads,
    check_no_line_is_lost_or_doubled,
    check_words_are_the_printed_ones,
    check_spans_follow_the_print,
    check_text_is_in_printed_order,
)


def check(text: str) -> Imported | None:
    """Import `text` and check the result; None if the import refuses it and says why."""
    try:
        result = imported(text)
    except SourceError as error:
        assert str(error)
        return None
    for invariant in CHECKS:
        invariant(result)
    return result

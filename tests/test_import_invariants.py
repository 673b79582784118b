"""What holds for every import: no printed word is lost, doubled or changed, and two imports agree.

Checked on two fictional proceedings, on hundreds of damaged copies of them, and on a real report where it is at hand.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from golden import visible
from hypothesis import given, settings
from hypothesis import strategies as st
from typeset import PRINTED, ROOT, wrap

from indexer.importer import import_file
from indexer.readers.text import clean
from kb.corpus import read_corpus
from kb.errors import CorpusError, SourceError
from kb.evidence import load_evidence
from kb.markdown import Block, parse_blocks
from kb.model import Edition, Kind, Passage
from kb.outline import markdown_files

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
    files = [parse_blocks(path.read_text(encoding="utf-8"), path) for path in markdown_files(own)]
    files.sort(key=lambda blocks: place_in_print(blocks, edition))
    return Imported(
        source=text,
        edition=edition,
        problems=tuple(problems),
        headings=tuple(block for blocks in files for block in blocks if block.level),
        omitted=tuple(span for omission in load_evidence(own).omissions for span in omission.spans),
        files={path.name: path.read_bytes() for path in sorted([*own.iterdir(), corpus / "people.toml"])},
    )


def place_in_print(blocks: list[Block], edition: Edition) -> int:
    """Return where the words of a file begin in the source: a programme is read first wherever it is printed."""
    section = next(block.anchor for block in blocks if block.anchor)
    own = (passage for passage in edition.passages if passage.section.partition("/")[0] == section)
    return min((passage.spans[0][0] for passage in own), default=0)


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
        if heading.anchor and heading.level > 1:
            continue  # a section inside another has no heading but its byline, which is a passage
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
    in_print = sorted(result.passages, key=lambda passage: passage.spans[0][0])
    numbered = [passage for passage in in_print if passage.page_first.isdecimal() and passage.page_last.isdecimal()]
    assert all(int(passage.page_first) <= int(passage.page_last) for passage in numbered)
    assert all(int(above.page_first) <= int(below.page_first) for above, below in pairwise(numbered))


def check_text_is_in_printed_order(result: Imported) -> None:
    """What is read in a section comes in the order of the print, but for footnotes and captions."""
    text = [passage for passage in result.passages if passage.kind not in (Kind.FOOTNOTE, Kind.CAPTION)]
    for _, passages in groupby(text, key=lambda passage: passage.section):
        starts = [passage.spans[0][0] for passage in passages]
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
    except SourceError:
        return None
    for invariant in CHECKS:
        invariant(result)
    return result


# What is done to a print before it is imported

Lines = list[str]
Damage = Callable[[Lines, int, int], Lines]


def deleted(lines: Lines, at: int, count: int) -> Lines:
    return lines[:at] + lines[at + count :]


def doubled(lines: Lines, at: int, count: int) -> Lines:
    return lines[: at + count] + lines[at:]


def turned_round(lines: Lines, at: int, count: int) -> Lines:
    return lines[:at] + lines[at : at + count][::-1] + lines[at + count :]


def moved_to_the_end(lines: Lines, at: int, count: int) -> Lines:
    return lines[:at] + lines[at + count :] + lines[at : at + count]


def without_blank_lines(lines: Lines, at: int, count: int) -> Lines:
    return lines[:at] + [line for line in lines[at : at + count] if line.strip()] + lines[at + count :]


def double_spaced(lines: Lines, at: int, count: int) -> Lines:
    return [spaced for line in lines for spaced in (line, "")]


def without_margins(lines: Lines, at: int, count: int) -> Lines:
    return [line.lstrip(" ") for line in lines]


def indented(lines: Lines, at: int, count: int) -> Lines:
    return lines[:at] + [" " + line for line in lines[at : at + count]] + lines[at + count :]


def without_form_feeds(lines: Lines, at: int, count: int) -> Lines:
    return [line.replace("\f", "") for line in lines]


def with_a_page_break(lines: Lines, at: int, count: int) -> Lines:
    return [*lines[:at], "\f", *lines[at:]]


def cut_off(lines: Lines, at: int, count: int) -> Lines:
    return lines[:at]


def beheaded(lines: Lines, at: int, count: int) -> Lines:
    return lines[at:]


def in_one_line(lines: Lines, at: int, count: int) -> Lines:
    return [*lines[:at], " ".join(lines[at : at + count]), *lines[at + count :]]


def in_narrow_lines(lines: Lines, at: int, count: int) -> Lines:
    wrapped = [part for line in lines[at : at + count] for part in wrap(line, 24) or [""]]
    return lines[:at] + wrapped + lines[at + count :]


def with_soft_hyphens(lines: Lines, at: int, count: int) -> Lines:
    return [line[:-1] + "\u00ad" if line.endswith("-") else line for line in lines]


def decomposed(lines: Lines, at: int, count: int) -> Lines:
    return [unicodedata.normalize("NFD", line) for line in lines]


INTRUDERS = (
    "{: #programm-1 .turn }", "# Kapitel", "\\", "⟦S. 3⟧", "[^9]", "&amp; <b>", "> so", "- ", "1. eins", "•", "_______",
    "17", "Seite 8", "Forum 1", "Programm", "Moderation:", "10.00 Uhr Begrüßung", "Stimme aus dem Publikum:",
    "1 Ebenda.", "\u200b", "\u00ad", "\x1c", "\u2028", "\ue000", "Frau Ahlefeld: Ja.", "„", "..",
)  # fmt: skip


def with_an_intruder(lines: Lines, at: int, count: int) -> Lines:
    return [*lines[:at], INTRUDERS[count % len(INTRUDERS)], *lines[at:]]


def with_a_strange_sign(lines: Lines, at: int, count: int) -> Lines:
    signs = "#{}[]^\\⟦⟧&<>\"'*_`~|1²:;.!–\u00ad\u200b\u2028\x85\u0301"
    line = lines[at] if lines else ""
    middle = len(line) // 2
    return [*lines[:at], line[:middle] + signs[count % len(signs)] + line[middle:], *lines[at + 1 :]]


DAMAGES: tuple[Damage, ...] = (
    deleted, doubled, turned_round, moved_to_the_end, without_blank_lines, double_spaced, without_margins, indented,
    without_form_feeds, with_a_page_break, cut_off, beheaded, in_one_line, in_narrow_lines, with_soft_hyphens,
    decomposed, with_an_intruder, with_a_strange_sign,
)  # fmt: skip


Recipe = tuple[str, list[tuple[Damage, float, int]]]

recipes: st.SearchStrategy[Recipe] = st.tuples(
    st.sampled_from(FICTIONAL),
    st.lists(
        st.tuples(st.sampled_from(DAMAGES), st.integers(0, 999).map(lambda part: part / 1000), st.integers(1, 60)),
        min_size=1,
        max_size=4,
    ),
)


def damaged(recipe: Recipe) -> str:
    """Return a fictional print with some things done to its lines, each at some part of its length."""
    name, damages = recipe
    lines = printed(name).split("\n")
    for damage, part, count in damages:
        lines = damage(lines, int(part * len(lines)), count)
    return "\n".join(lines)


def without_programme(name: str) -> str:
    """Return a print without its programme: the lines from which the passages of that section were read."""
    text, result = printed(name), original(name)
    spans = [span for passage in result.passages if passage.section == "programm" for span in passage.spans]
    return text[: spans[0][0]] + text[spans[-1][1] :]


# The tests


@every_source
def test_every_line_is_imported_once_with_its_words_and_page(name: str) -> None:
    for invariant in CHECKS:
        invariant(original(name))


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(recipe=recipes)
def test_a_damaged_print_loses_no_words_either(recipe: Recipe) -> None:
    check(damaged(recipe))


@every_source
@pytest.mark.parametrize("damage", [without_margins, double_spaced, without_form_feeds, decomposed, with_soft_hyphens])
def test_a_print_treated_alike_throughout_loses_no_words(name: str, damage: Damage) -> None:
    assert check("\n".join(damage(printed(name).split("\n"), 0, 0)))


@every_source
def test_a_print_without_programme_loses_no_words(name: str) -> None:
    assert check(without_programme(name))


@pytest.mark.parametrize("share", [0.15, 0.4, 0.65, 0.9])
@every_source
def test_a_print_cut_off_in_the_middle_loses_nothing_before_the_cut(name: str, share: float) -> None:
    text = printed(name)
    check(text[: int(len(text) * share)])


@given(text=st.text(alphabet=st.sampled_from("Aab.:1- \n\f•{}#\u00ad"), max_size=200))
@settings(max_examples=100, derandomize=True, deadline=None, database=None)
def test_noise_is_refused_or_imported_whole(text: str) -> None:
    check(f"Begrüßung\n\nUta Rau, Stadt Emsdorf\n\n{text}")


@every_source
def test_two_imports_write_the_same_bytes(name: str) -> None:
    assert imported(printed(name)).files == original(name).files


@every_source
def test_importing_again_changes_no_byte_and_no_id(name: str, tmp_path: Path) -> None:
    first = imported(printed(name), corpus=tmp_path)
    assert imported(printed(name), corpus=tmp_path).files == first.files


@fictional
def test_ids_stay_when_a_paragraph_is_set_in_between(name: str, tmp_path: Path) -> None:
    first = imported(printed(name), corpus=tmp_path)
    known = {passage.text: passage.id for passage in first.passages}
    speech = next(passage for passage in first.passages if passage.kind is Kind.SPEECH and len(passage.text) > 300)
    at = speech.spans[-1][1]
    text = f"{printed(name)[:at]}\n\nDies ist ein Absatz, der vorher nicht da stand.{printed(name)[at:]}"
    second = {passage.text: passage.id for passage in imported(text, corpus=tmp_path).passages}
    assert {words: second.get(words) for words in known} == known
    assert len(set(second.values())) == len(second)


def same_but_for_line_ends(name: str, newline: str) -> None:
    result = imported(printed(name).replace("\n", newline))
    for invariant in CHECKS:
        invariant(result)
    assert list(map(visible, result.passages)) == list(map(visible, original(name).passages))


@every_source
@pytest.mark.parametrize("newline", ["\r\n", "\r", "  \n"])
def test_line_ends_make_no_difference(name: str, newline: str) -> None:
    same_but_for_line_ends(name, newline)


@every_source
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_makes_no_difference(name: str, encoding: str) -> None:
    result = imported(printed(name), encoding=encoding)
    assert list(map(visible, result.passages)) == list(map(visible, original(name).passages))


@every_source
def test_letters_composed_of_two_signs_make_no_difference(name: str) -> None:
    result = imported(unicodedata.normalize("NFD", printed(name)))
    assert list(map(visible, result.passages)) == list(map(visible, original(name).passages))


@every_source
def test_pages_are_found_without_form_feeds(name: str) -> None:
    result = imported(printed(name).replace("\f", "\n"))
    assert list(map(visible, result.passages)) == list(map(visible, original(name).passages))


@every_source
def test_little_of_the_print_is_left_out(name: str) -> None:
    """Whatever is done to the margins, the text is no title page."""
    for text in (printed(name), "\n".join(without_margins(printed(name).split("\n"), 0, 0))):
        result = imported(text)
        assert sum(end - start for start, end in result.omitted) < 0.05 * len(text)

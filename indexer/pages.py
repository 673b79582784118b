"""Printed pages: where each begins, which label it carries, and the furniture around the text.

Three ways in which a page start survives in plain text are known: a form feed; the convention that the first line of a
page alone has a leading blank (and no blank line before it, in a text where lines are parted by blank lines); a running
header or a page number that breaks into the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mode

from indexer.document import Line
from indexer.vocabulary import session_kind
from indexer.widths import Column, column_of

NUMBER = re.compile(r"(?:[-–—|]\s*)?(?:Seite\s+|S\.\s*)?(\d{1,4}|[ivxl]{1,6})(?:\s*[-–—|])?", re.IGNORECASE)
_LONGEST_PAGE = 200
"""Lines a printed page can have; where more follow, page starts are lost, and no label is better than a wrong one."""
_SENTENCE_ENDS = (".", "!", "?", "…", ":", "“", "”", '"', "«")
_EDGE_NUMBER = re.compile(r"^(\d{1,4})\s+(?=\D)|(?<=\D)\s+(\d{1,4})$")


@dataclass(frozen=True)
class Page:
    """One printed page: `index` from 0, `label` as printed (or counted from a printed one; "" if none is)."""

    index: int
    label: str
    first_line: int


@dataclass(frozen=True)
class Paged:
    """The lines of the text itself with their pages, and the furniture that was taken out.

    `page_of` holds the page index per line of `lines`; `opens` tells which of them is the first of its page.
    """

    lines: tuple[Line, ...]
    page_of: tuple[int, ...]
    pages: tuple[Page, ...]
    furniture: tuple[Line, ...]
    line_gap: int

    def opens(self, position: int) -> bool:
        """Return whether the line at `position` is the first text line of its page."""
        return position == 0 or self.page_of[position] != self.page_of[position - 1]

    def label(self, position: int) -> str:
        """Return the printed label of the page of the line at `position`."""
        return self.pages[self.page_of[position]].label


def usual_gap(lines: Sequence[Line]) -> int:
    """Return how many blank lines usually part two lines of one paragraph: 0, or 1 in a double-spaced text.

    Where most lines end a sentence each is a paragraph of its own; -1 then says that even no blank line parts two.
    """
    if len(lines) <= 20:
        return 0
    gap = mode([line.gap for line in lines[1:]])
    above = [line for line, below in pairwise(lines) if below.gap == gap]
    whole = sum(1 for line in above if line.text.endswith(_SENTENCE_ENDS))
    return gap - 1 if whole > len(above) / 2 else gap


def find_pages(lines: Sequence[Line]) -> Paged:
    """Return the text lines with their printed pages; headers and page numbers set aside."""
    gap = usual_gap(lines)
    furniture = _furniture(lines, gap)
    starts = _page_starts(lines, gap, furniture)
    kept: list[Line] = []
    page_of: list[int] = []
    numbers: dict[int, Counter[int]] = {}
    page = -1
    for position, line in enumerate(lines):
        if position in starts:
            page += 1
        if position in furniture:
            if furniture[position] is not None:
                numbers.setdefault(max(page, 0), Counter())[furniture[position] or 0] += 1
            continue
        kept.append(line)
        page_of.append(max(page, 0))
    lines_on = Counter(page_of)
    labels = [
        label if lines_on[index] <= _LONGEST_PAGE else ""
        for index, label in enumerate(_labels(numbers, max(page, 0) + 1))
    ]
    first_lines = _first_lines(kept, page_of, len(labels))
    return Paged(
        lines=tuple(kept),
        page_of=tuple(page_of),
        pages=tuple(Page(index, label, first_lines[index]) for index, label in enumerate(labels)),
        furniture=tuple(lines[position] for position in sorted(furniture)),
        line_gap=gap,
    )


def _first_lines(kept: Sequence[Line], page_of: Sequence[int], pages: int) -> list[int]:
    first: dict[int, int] = {}
    for line, page in zip(kept, page_of, strict=True):
        first.setdefault(page, line.number)
    return [first.get(index, -1) for index in range(pages)]


def _furniture(lines: Sequence[Line], gap: int) -> dict[int, int | None]:
    """Return the positions of running headers and page numbers, each with the page number it prints (or None)."""
    repeated = _repeated_headers(lines)
    column = column_of([line.text for line in lines])
    furniture: dict[int, int | None] = {position: _edge_number(lines[position].text) for position in repeated}
    for position, line in enumerate(lines):
        match = NUMBER.fullmatch(line.text)
        if match and match.group(1).isdigit() and _stands_alone(lines, position, gap, furniture):
            furniture[position] = int(match.group(1))
            neighbour = _lone_header(lines, position, gap, column)
            if neighbour is not None:
                furniture.setdefault(neighbour, None)
    return _in_sequence(furniture)


def _repeated_headers(lines: Sequence[Line]) -> set[int]:
    """Return the positions of lines that come again and again, but for a page number, at the edge of a page."""
    places: dict[str, list[int]] = {}
    for position, line in enumerate(lines):
        if len(line.text) <= 160 and any(char.isalpha() for char in line.text):
            places.setdefault(_EDGE_NUMBER.sub("", line.text).strip().casefold(), []).append(position)
    repeated: set[int] = set()
    for found in places.values():
        numbers = [number for position in found if (number := _edge_number(lines[position].text)) is not None]
        at_feed = sum(1 for position in found if lines[position].feed or _feed_follows(lines, position))
        rising = len(numbers) >= 3 and all(0 < b - a <= 3 for a, b in pairwise(numbers))
        if rising or (len(found) >= 3 and at_feed >= 0.6 * len(found)) or _near_numbers(lines, found):
            repeated.update(found)
    return repeated


def _near_numbers(lines: Sequence[Line], found: Sequence[int]) -> bool:
    """Return whether nearly every one of these lines has a lone page number beside it."""
    beside = [
        any(0 <= p < len(lines) and NUMBER.fullmatch(lines[p].text) for p in (position - 1, position + 1))
        for position in found
    ]
    return len(found) >= 3 and sum(beside) >= 0.8 * len(found)


def _feed_follows(lines: Sequence[Line], position: int) -> bool:
    return position + 1 == len(lines) or lines[position + 1].feed


def _edge_number(text: str) -> int | None:
    match = _EDGE_NUMBER.search(text)
    return int(match.group(1) or match.group(2)) if match else None


def _stands_alone(lines: Sequence[Line], position: int, gap: int, furniture: dict[int, int | None]) -> bool:
    """Return whether a number line is cut off from the text: at a page edge, or with space or a header around it."""
    line = lines[position]
    if line.feed or _feed_follows(lines, position) or (position == 0 and lines[1].gap > gap):
        return True
    beside = position - 1 in furniture or position + 1 in furniture
    return beside or (line.gap >= max(1, gap) and lines[position + 1].gap >= max(1, gap))


def _lone_header(lines: Sequence[Line], position: int, gap: int, column: Column) -> int | None:
    """Return the neighbour of a page number that is a header: cut off from the text, and no sentence.

    A header is set across the page, so wider than the column, or has more space around it than a paragraph.
    """
    for neighbour in (position - 1, position + 1):
        if not 0 <= neighbour < len(lines):
            continue
        line = lines[neighbour]
        outer_gap = line.gap if neighbour < position else _gap_after(lines, neighbour)
        wide = column.measure(line.text) > column.width
        if line.text.endswith((".", ",", "-", ":", ";")) or session_kind(line.text):
            continue
        if wide or outer_gap > gap + 3:
            return neighbour
    return None


def _gap_after(lines: Sequence[Line], position: int) -> int:
    return lines[position + 1].gap if position + 1 < len(lines) else 99


def _in_sequence(furniture: dict[int, int | None]) -> dict[int, int | None]:
    """Return the furniture without number lines that break the rising order of page numbers (a year, a figure)."""
    numbered = [(position, number) for position, number in sorted(furniture.items()) if number is not None]
    keep = set(_longest_rising(numbered))
    return {position: number for position, number in furniture.items() if number is None or position in keep}


def _longest_rising(numbered: Sequence[tuple[int, int]]) -> list[int]:
    """Return the positions of a longest strictly rising run of numbers (patience sorting, Fredman 1975)."""
    tails: list[int] = []
    tail_entries: list[int] = []
    before: list[int] = []
    for entry, (_, number) in enumerate(numbered):
        place = bisect_left(tails, number)
        before.append(tail_entries[place - 1] if place else -1)
        tails[place : place + 1] = [number]
        tail_entries[place : place + 1] = [entry]
    run, entry = [], tail_entries[-1] if tail_entries else -1
    while entry >= 0:
        run.append(numbered[entry][0])
        entry = before[entry]
    return run[::-1]


def _page_starts(lines: Sequence[Line], gap: int, furniture: dict[int, int | None]) -> set[int]:
    """Return the positions of the first line of each page, furniture included."""
    fed = {position for position, line in enumerate(lines) if line.feed}
    if fed:
        return fed | {0}
    blanks = [position for position, line in enumerate(lines) if line.indent == 1 and position]
    unspaced = [position for position in blanks if lines[position].gap < gap]
    starts = set(unspaced) if gap and len(unspaced) >= 0.8 * len(blanks) else set()
    return starts | _starts_at_headers(lines, furniture, starts) | {0}


def _starts_at_headers(lines: Sequence[Line], furniture: dict[int, int | None], known: set[int]) -> set[int]:
    """Return the page starts that only a group of furniture marks: before it (header), behind it (footer)."""
    groups: list[list[int]] = []
    for position in sorted(furniture):
        if groups and position == groups[-1][-1] + 1:
            groups[-1].append(position)
        else:
            groups.append([position])
    footers = bool(groups) and groups[-1][-1] == len(lines) - 1 and groups[0][0] != 0
    numbers_at_foot = bool(groups) and _is_number(lines, groups[-1][-1]) and groups[-1][-1] == len(lines) - 1
    starts = {
        group[-1] + 1 if footers else _behind_number(lines, group) if numbers_at_foot else group[0] for group in groups
    }
    near = {start + shift for start in known for shift in (-3, -2, -1, 0, 1, 2, 3)}
    return {start for start in starts if start < len(lines) and start not in near}


def _is_number(lines: Sequence[Line], position: int) -> bool:
    return bool(NUMBER.fullmatch(lines[position].text))


def _behind_number(lines: Sequence[Line], group: Sequence[int]) -> int:
    """Return where the page begins whose header follows the number at the foot of the page above."""
    return next((position + 1 for position in group if _is_number(lines, position)), group[0])


def _labels(numbers: dict[int, Counter[int]], pages: int) -> list[str]:
    """Return a label per page: counted on from the printed numbers, which outvote a misread one."""
    offsets = Counter(number - page for page, counter in numbers.items() for number in counter)
    if not offsets:
        return [str(page + 1) for page in range(pages)] if pages > 1 else [""]
    shift = offsets.most_common(1)[0][0]
    return [str(page + shift) if page + shift > 0 else "" for page in range(pages)]

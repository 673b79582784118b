"""From lines to blocks: paragraphs, headings and list points, by gaps, line ends and marks.

A printed paragraph ends where more than the usual space follows, or where a sentence ends in a line that had room for
the next word. A column or a page may break inside it: then neither the gap nor the capital of the next line counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from indexer.document import Line
from indexer.footnotes import Call
from indexer.mending import Mended, Piece, mend
from indexer.pages import Paged
from indexer.widths import Column, column_of

BULLET = re.compile(r"([-–•·▪◦*‣])\s+(?=\S)")
_CALL = "\ue000"
"""Stands for a footnote call while a line is cut; the reader has turned all private-use signs into bullets."""

_ENTRY_BULLET = re.compile(r"[-•·▪◦*‣]\s+(?=\S)")
NUMBERED = re.compile(r"(\d{1,2}[.)])\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…:][“”\"»«’)\]]*$")
_TERMINAL = re.compile(r"(?:[.!?…:;]|\.\.\.)[“”\"»«’‘)\]]*$|[“”]$")

_ENOUGH_LINES = 20
"""Lines of list points from which their column can be measured."""


@dataclass(frozen=True)
class Block:
    """Some printed lines that belong together; `positions` count lines of the paged text.

    `list_mark` is the printed mark of a list point; `gap` the blank lines before it; `spaced` whether that is more
    than usual between lines.
    """

    lines: tuple[Line, ...]
    positions: tuple[int, ...]
    list_mark: str = ""
    spaced: bool = True

    @property
    def first(self) -> str:
        """The first line's text."""
        return self.lines[0].text


@dataclass(frozen=True)
class Layout:
    """A text as blocks with what is needed to read them: pages, columns (list points are indented), footnote calls."""

    paged: Paged
    column: Column
    list_column: Column
    calls: tuple[Call, ...]

    def room_after(self, position: int) -> bool:
        """Return whether the line at `position` had room for the first word of the next: its end was meant."""
        lines = self.paged.lines
        return position + 1 >= len(lines) or self.column.leaves_room(lines[position].text, lines[position + 1].text)

    def mended(self, block: Block, *, skip: int = 0, bullets: bool = False) -> Mended:
        """Return the words of a block without its list mark; the first `skip` characters (a label) are left out.

        With `bullets` each line may have a list mark of its own, as in a programme.
        """
        printed = zip(block.positions, block.lines, strict=True)
        pieces = [self._piece(position, line, block) for position, line in printed]
        if bullets:
            pieces = [replace(piece, text=_ENTRY_BULLET.sub("", piece.text, count=1)) for piece in pieces]
        words = mend(pieces)
        marks = tuple(replace(mark, offset=max(0, mark.offset - skip)) for mark in words.marks)
        return replace(words, text=words.text[skip:], marks=marks) if skip else words

    def _piece(self, position: int, line: Line, block: Block) -> Piece:
        text, marks = self._with_calls_marked(position, line.text)
        if position == block.positions[0] and block.list_mark:
            text = (NUMBERED if block.list_mark[0].isdigit() else BULLET).sub("", text, count=1)
        pieces = text.strip().split(_CALL)
        ends = [sum(map(len, pieces[: number + 1])) for number in range(len(marks))]
        page = self.paged.label(position) if self.paged.opens(position) else ""
        return Piece("".join(pieces), page, tuple(zip(ends, marks, strict=True)))

    def _with_calls_marked(self, position: int, text: str) -> tuple[str, list[str]]:
        """Return a line with a sign in the place of each footnote call, and the marks of the footnotes in order."""
        calls = sorted((call for call in self.calls if call.position == position), key=lambda call: call.start)
        for call in reversed(calls):
            text = text[: call.start].rstrip() + _CALL + text[call.end :]
        return text, [call.mark for call in calls]


def make_layout(paged: Paged, taken: frozenset[int], calls: tuple[Call, ...]) -> Layout:
    """Return the layout of a text, its column measured on the lines that are not `taken` (footnotes)."""
    texts = [line.text for position, line in enumerate(paged.lines) if position not in taken]
    column = column_of(texts)
    layout = Layout(paged, column, column, calls)
    blocks = make_blocks(layout, [position for position in range(len(paged.lines)) if position not in taken])
    in_lists = [line.text for block in blocks if block.list_mark for line in block.lines[1:]]
    if len(in_lists) < _ENOUGH_LINES:
        return layout
    width = column_of(in_lists).width if column_of(in_lists).measure is column.measure else column.width
    return replace(layout, list_column=Column(column.measure, min(width, column.width)))


def make_blocks(
    layout: Layout,
    positions: list[int],
    *,
    begins: Callable[[Line], bool] = lambda line: False,
) -> list[Block]:
    """Return the lines at `positions` as blocks.

    `begins` names lines that open a block wherever a sentence has ended above them (turn labels).
    """
    blocks: list[list[int]] = []
    marks: list[str] = []
    for before, position in zip([None, *positions], positions, strict=False):
        line = layout.paged.lines[position]
        mark = _list_mark(layout, before, position, marks)
        labelled = before is not None and begins(line) and _ended(layout, before)
        if mark or labelled or _parted(layout, before, position, in_list=bool(marks and marks[-1])):
            blocks.append([position])
            marks.append(mark)
        else:
            blocks[-1].append(position)
    return [_block(layout, found, mark) for found, mark in zip(blocks, marks, strict=True)]


def _block(layout: Layout, positions: list[int], mark: str) -> Block:
    lines = tuple(layout.paged.lines[position] for position in positions)
    spaced = lines[0].gap > layout.paged.line_gap or layout.paged.opens(positions[0])
    return Block(lines, tuple(positions), mark, spaced)


def _list_mark(layout: Layout, before: int | None, position: int, marks: list[str]) -> str:
    """Return the list mark of the line at `position`, "" if it begins no list point."""
    text = layout.paged.lines[position].text
    bullet = BULLET.match(text)
    if bullet:
        in_dashes = bool(marks) and marks[-1] == "–"
        dash = bullet.group(1) == "–" and not in_dashes and before is not None and not _ended(layout, before)
        return "" if dash else bullet.group(1)
    number = NUMBERED.match(text)
    if number is None:
        return ""
    value = int(number.group(1)[:-1])
    last = next((mark for mark in reversed(marks) if mark[:1].isdigit()), "")
    follows = value == 1 or (last and value == int(last[:-1]) + 1)
    return number.group(1) if follows and (before is None or _ended(layout, before)) else ""


def _ended(layout: Layout, position: int) -> bool:
    """Return whether a sentence or a heading ends with the line at `position`."""
    lines = layout.paged.lines
    if _TERMINAL.search(lines[position].text):
        return True
    return position + 1 < len(lines) and lines[position + 1].gap > layout.paged.line_gap


def _parted(layout: Layout, before: int | None, position: int, *, in_list: bool) -> bool:
    """Return whether a new block begins with the line at `position`."""
    if before is None:
        return True
    lines = layout.paged.lines
    above, line = lines[before], lines[position]
    ended = bool(_TERMINAL.search(above.text))
    column = layout.list_column if in_list else layout.column
    room = column.leaves_room(above.text, line.text)
    if layout.paged.opens(position):
        return (ended and room) or _is_lone(layout, position)
    if position - before > 1:  # something stood between them: a footnote body, a caption
        return ended and (room or line.gap > layout.paged.line_gap)
    if line.gap > layout.paged.line_gap:
        return ended or room or not _continues(line)
    if in_list and not _TERMINAL.search(above.text):
        return False
    return ended and room and not line.text[0].islower() and not above.text.endswith((":", ";"))


def _continues(line: Line) -> bool:
    """Return whether a line goes on with a sentence begun above: it starts with a small letter or a closing mark."""
    return line.text[0].islower() or line.text[0] in ".,;:)!?" or line.text[0].isdigit()


def _is_lone(layout: Layout, position: int) -> bool:
    """Return whether the first line of a page stands alone and ends no sentence: a heading, not a last line."""
    lines = layout.paged.lines
    if position + 1 >= len(lines) or layout.paged.opens(position + 1):
        return False
    alone = lines[position + 1].gap > layout.paged.line_gap
    return alone and not _TERMINAL.search(lines[position].text) and not lines[position].text[0].islower()

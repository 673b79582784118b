"""From a reading to an edition: numbered passages with their evidence, as the blocks of the Markdown files.

Footnotes and captions are passages too; they stand behind the passage they interrupt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from indexer.attribution import Attributed
from indexer.blocks import Block as LineBlock
from indexer.blocks import Layout
from indexer.captions import INTERJECTION
from indexer.footnotes import Footnote, body_text
from indexer.mending import Mended, Piece, mend
from indexer.outline import SectionDraft
from indexer.reading import Reading, ReadSection
from indexer.sections import Item, ItemKind
from kb.edition import CONTINUED
from kb.markdown import Block
from kb.model import Evidence, Kind, Mark, Voice, default_voice


@dataclass(frozen=True)
class Written:
    """A passage as it will be written: its Markdown blocks (the first carries the attributes) and its evidence."""

    section: str
    blocks: tuple[Block, ...]
    spans: tuple[tuple[int, int], ...]
    evidence: Evidence
    page: str
    last_page: str

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.blocks)


@dataclass
class SectionFile:
    """What goes into one Markdown file: headings (blocks of their own) and passages, in order."""

    id: str
    contents: list[Block | Written] = field(default_factory=list)


def assemble(reading: Reading) -> list[SectionFile]:
    """Return the Markdown files of an edition, passages still without numbers."""
    files = [_programme_file(reading)] if reading.programme and reading.programme_id else []
    waiting: list[Block] = []
    for section in reading.sections:
        contents = list(_contents(reading, section))
        if "/" in section.draft.id:
            files[-1].contents += contents
        elif any(isinstance(entry, Written) for entry in contents) or _has_nested(reading, section):
            files.append(SectionFile(section.draft.id, [*waiting, *contents]))
            waiting = []
        else:
            waiting += [replace(entry, anchor="", classes=()) for entry in contents if isinstance(entry, Block)]
    if files:
        files[-1].contents += waiting
    _mark_pages(files, reading.layout.paged.pages[0].label)
    return files


def _mark_pages(files: list[SectionFile], page: str) -> None:
    """Put a page mark before each passage that stands on another page than the file order says.

    A footnote stands at the foot of the page that its paragraph has left already, a programme may be printed last.
    """
    for file in files:
        for number, entry in enumerate(file.contents):
            if isinstance(entry, Block):
                page = _last_page(entry, page)
            else:
                first = entry.blocks[0]
                begins = any(mark.kind == "page" and mark.offset == 0 for mark in first.marks)
                if entry.page != page and not begins:
                    marked = replace(first, marks=(Mark(0, "page", entry.page), *first.marks))
                    file.contents[number] = replace(entry, blocks=(marked, *entry.blocks[1:]))
                page = entry.last_page


def _last_page(block: Block, page: str) -> str:
    return next((mark.label for mark in reversed(block.marks) if mark.kind == "page"), page)


def _has_nested(reading: Reading, section: ReadSection) -> bool:
    return any(other.draft.id.startswith(f"{section.draft.id}/") for other in reading.sections)


def printed_drafts(reading: Reading, files: list[SectionFile]) -> list[SectionDraft]:
    """Return the drafts of the sections that have a place in the files."""
    anchored = {block.anchor for file in files for block in file.contents if isinstance(block, Block) and block.anchor}
    return [section.draft for section in reading.sections if section.draft.id.rpartition("/")[2] in anchored]


def _programme_file(reading: Reading) -> SectionFile:
    programme, layout = reading.programme, reading.layout
    assert programme is not None  # the caller asked
    contents: list[Block | Written] = []
    heading = _line_block(layout, [programme.heading]) if programme.heading is not None else None
    words = layout.mended(heading) if heading else Mended("Programm")
    contents.append(Block(words.text, 1, reading.programme_id, ("programme",), marks=words.marks))
    begun = False
    for entry in programme.entries:
        begun = begun or entry.is_session
        kind = Kind.PROGRAMME if begun else Kind.SESSION_INFO
        evidence = Evidence(rule="programme", confidence=0.98)
        contents.append(_passage(layout, reading.programme_id, kind, [_line_block(layout, entry.positions)], evidence))
    return SectionFile(reading.programme_id, contents)


def _line_block(layout: Layout, positions: Iterable[int]) -> LineBlock:
    chosen = tuple(positions)
    return LineBlock(tuple(layout.paged.lines[position] for position in chosen), chosen)


def _passage(
    layout: Layout,
    section: str,
    kind: Kind,
    line_blocks: list[LineBlock],
    evidence: Evidence,
    *,
    skip: int = 0,
    attributes: dict[str, str] | None = None,
) -> Written:
    blocks: list[Block] = []
    for number, line_block in enumerate(line_blocks):
        bullets = kind in (Kind.PROGRAMME, Kind.SESSION_INFO)
        words = layout.mended(line_block, skip=0 if number else skip, bullets=bullets)
        if not words.text:  # a label on a line of its own
            continue
        classes = (CONTINUED,) if blocks else (kind.value,)
        blocks.append(
            Block(words.text, classes=classes, attributes={} if blocks else attributes or {}, marks=words.marks)
        )
        for doubt in words.doubts:
            evidence = replace(evidence, doubt=f"{evidence.doubt}; {doubt}".lstrip("; "))
    if not blocks:  # a label without words behind it: the label is all there is to keep
        return _passage(layout, section, kind, line_blocks, evidence, attributes=attributes)
    positions = [position for block in line_blocks for position in block.positions]
    spans = tuple(layout.paged.lines[position].span for position in positions)
    page, last_page = layout.paged.label(positions[0]), layout.paged.label(positions[-1])
    return Written(section, tuple(blocks), spans, evidence, page, last_page)


def _contents(reading: Reading, section: ReadSection) -> Iterator[Block | Written]:
    """Yield the blocks of a section; footnotes and captions follow the passage in or behind which they stand."""
    layout, draft = reading.layout, section.draft
    level = draft.id.count("/") + 1
    asides = _Asides(reading, section)
    if not any(isinstance(entry, Item) and entry.kind is ItemKind.HEADING for entry in section.entries):
        yield Block(draft.title or draft.heading or draft.id, level, draft.id.rpartition("/")[2], (draft.kind,))
    for entry in section.entries:
        blocks = entry.blocks if isinstance(entry, Attributed) else (entry.block,)
        positions = [position for block in blocks for position in block.positions]
        yield from asides.captions_before(positions[0])
        if isinstance(entry, Attributed):
            yield _attributed(layout, draft.id, entry)
        else:
            yield _heading(layout, draft, entry, level)
        yield from asides.footnotes_called(positions)
    yield from asides.captions_before(section.end)
    yield from asides.loose_footnotes()


def _heading(layout: Layout, draft: SectionDraft, item: Item, level: int) -> Block:
    words = layout.mended(item.block)
    if item.kind is ItemKind.HEADING:
        return _section_heading(layout, draft, item, level)
    return Block(words.text, level + item.level, marks=words.marks)


def _section_heading(layout: Layout, draft: SectionDraft, item: Item, level: int) -> Block:
    """Return the heading of a section: the printed heading and title, parted by a colon."""
    first = layout.mended(replace(item.block, lines=item.block.lines[:1], positions=item.block.positions[:1]))
    rest = layout.mended(replace(item.block, lines=item.block.lines[1:], positions=item.block.positions[1:]))
    glue = ": " if rest.text else ""
    shift = len(first.text) + len(glue)
    marks = first.marks + tuple(Mark(mark.offset + shift, mark.kind, mark.label) for mark in rest.marks)
    return Block(f"{first.text}{glue}{rest.text}", level, draft.id.rpartition("/")[2], (draft.kind,), marks=marks)


def _attributed(layout: Layout, section: str, entry: Attributed) -> Written:
    verdict = entry.verdict
    attributes: dict[str, str] = {}
    if verdict.person:
        attributes["by"] = verdict.person.id
    if verdict.printed and (verdict.person is None or _worth_saying(entry)):
        attributes["as"] = verdict.printed.replace('"', "”").replace("}", ")")
    if verdict.role:
        attributes["role"] = verdict.role.value
    voice = Voice.VERBATIM if entry.kind in (Kind.TURN, Kind.SPEECH) else None
    if voice and default_voice(entry.kind, has_speaker=bool(verdict.person)) is not voice:
        attributes["voice"] = voice.value
    if entry.blocks[0].list_mark:
        attributes["mark"] = entry.blocks[0].list_mark
    evidence = Evidence(verdict.rule, verdict.confidence, entry.read_from, verdict.doubt)
    return _passage(layout, section, entry.kind, list(entry.blocks), evidence, skip=entry.skip, attributes=attributes)


def _worth_saying(entry: Attributed) -> bool:
    """Return whether the printed name must be written down: a speech or turn prints the plain name by default."""
    assert entry.verdict.person is not None
    plain = entry.kind in (Kind.TURN, Kind.SPEECH)
    return not plain or entry.verdict.printed != entry.verdict.person.name


class _Asides:
    """The footnotes and captions of a section, handed out behind the passage in which they are called or stand."""

    def __init__(self, reading: Reading, section: ReadSection) -> None:
        self._reading = reading
        self._section = section.draft.id
        self._extent = section
        self._captions = [position for position in sorted(reading.captions) if section.start <= position < section.end]

    def captions_before(self, position: int) -> Iterator[Written]:
        """Yield the captions not handed out yet that are printed above the line at `position`."""
        while self._captions and self._captions[0] < position:
            block = _line_block(self._reading.layout, [self._captions.pop(0)])
            kind = Kind.INTERJECTION if INTERJECTION.fullmatch(block.first) else Kind.CAPTION
            evidence = Evidence(rule=kind.value, confidence=0.95)
            yield _passage(self._reading.layout, self._section, kind, [block], evidence)

    def footnotes_called(self, positions: list[int]) -> Iterator[Written]:
        """Yield the footnotes called in these lines."""
        notes = self._reading.footnotes
        for call, body in zip(notes.calls, notes.bodies, strict=True):
            if call.position in positions:
                yield self._footnote(body)

    def loose_footnotes(self) -> Iterator[Written]:
        """Yield the footnotes of this section that are called in no text of a section: in a caption, a programme."""
        for body in self._reading.loose:
            if self._extent.start <= body.positions[0] < self._extent.end:
                yield self._footnote(body)

    def _footnote(self, body: Footnote) -> Written:
        layout = self._reading.layout
        lines = [layout.paged.lines[position] for position in body.positions]
        words = mend([Piece(body_text(lines[0])), *[Piece(line.text) for line in lines[1:]]])
        block = Block(words.text, classes=(Kind.FOOTNOTE.value,), attributes={"mark": body.mark})
        evidence = Evidence(rule="footnote", confidence=0.95)
        page = layout.paged.label(body.positions[0])
        return Written(self._section, (block,), tuple(line.span for line in lines), evidence, page, page)

"""A document read as a whole: pages, programme, outline, sections, attribution. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.attribution import Attributed, attribute
from indexer.blocks import Block, Layout, make_blocks, make_layout
from indexer.captions import find_captions, find_interjections
from indexer.document import Document, Line
from indexer.edition_file import find_day
from indexer.footnotes import Footnote, Footnotes, find_footnotes
from indexer.names import Person, Register
from indexer.outline import (
    Outline,
    SectionDraft,
    expected_from_facts,
    expected_from_programme,
    find_outline,
    find_outline_by_words,
)
from indexer.pages import Paged, find_pages
from indexer.programme import Programme, find_programme
from indexer.sections import Item, find_bylines, nested_draft, split_section
from indexer.turns import known_label
from kb.errors import SourceError
from kb.model import Edition, Kind, Role, Speaker

PROGRAMME_ID = "programm"
Progress = Callable[[str], None]


@dataclass
class ReadSection:
    """A section with its entries in printed order, read from the lines at [start, end) of the paged text."""

    draft: SectionDraft
    entries: list[Attributed | Item]
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """All that was read from a document: `captions` with the interjections, `furniture` as lines by reason."""

    layout: Layout
    programme: Programme | None
    outline: Outline
    sections: tuple[ReadSection, ...]
    register: Register
    footnotes: Footnotes
    captions: frozenset[int]
    loose: tuple[Footnote, ...]
    furniture: tuple[tuple[str, tuple[Line, ...]], ...]
    programme_id: str
    part_mismatches: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """The date of the event as the title page or the programme prints it, None if they print none."""
        outside = dict(self.furniture).get("outside_sections", ())
        positions = sorted(self.programme.positions) if self.programme else []
        return find_day([line.text for line in (*outside, *(self.layout.paged.lines[i] for i in positions))])


def read_document(
    document: Document, *, facts: Edition | None, people: Sequence[Speaker], progress: Progress = lambda step: None
) -> Reading:
    """Return a document read through: who says what on which page.

    `facts` is the edition's own outline if there is one, `people` the authority file.

    Raises:
        SourceError: the text holds no section, or only headings.
    """
    progress("Seiten")
    paged = find_pages(document.lines)
    footnotes = find_footnotes(paged)
    register = _register(people)
    progress("Programm und Gliederung")
    programme = find_programme(paged, taken=footnotes.taken)
    outline = _outline(paged, programme, facts, register, footnotes.taken)
    apparatus = footnotes.taken | (programme.positions if programme else frozenset())
    interjections = find_interjections(paged, taken=apparatus)
    captions = find_captions(paged, register, taken=apparatus | interjections) | interjections
    layout = make_layout(paged, apparatus | captions, footnotes.calls)
    progress("Abschnitte und Zuschreibung")
    sections = _sections(layout, outline, register, apparatus, captions)
    used = _used(sections)
    programme_id = _programme_id(facts)
    unwanted = programme.positions if programme and not programme_id else frozenset()
    return Reading(
        layout=layout,
        programme=programme,
        outline=outline,
        sections=tuple(sections),
        register=register,
        footnotes=footnotes,
        captions=captions - used,
        loose=tuple(body for call, body in footnotes.pairs if call.position not in used),
        furniture=(
            ("running_header", paged.furniture),
            ("footnote_rule", tuple(paged.lines[position] for position in footnotes.rules)),
            ("programme", tuple(paged.lines[position] for position in sorted(unwanted))),
            ("outside_sections", tuple(_unplaced(paged, outline, programme, footnotes))),
        ),
        programme_id=programme_id,
        part_mismatches=tuple(_mismatches(sections)),
    )


def _programme_id(facts: Edition | None) -> str:
    """Return the id of the section that holds the programme, "" if the facts list none."""
    if facts is None or not facts.sections:
        return PROGRAMME_ID
    return next((section.id for section in facts.sections if section.kind == "programme"), "")


def _register(people: Sequence[Speaker]) -> Register:
    return Register(
        {
            speaker.id: Person(
                speaker.id, speaker.name, speaker.title, printed=speaker.printed,
                misprints=tuple(speaker.misprints.items()),
            )
            for speaker in people
        }
    )  # fmt: skip


def _outline(
    paged: Paged, programme: Programme | None, facts: Edition | None, register: Register, taken: frozenset[int]
) -> Outline:
    expected: list[SectionDraft] = []
    if programme is not None:
        taken = taken | programme.positions
        expected = expected_from_programme(programme, register)
    if facts is not None and facts.sections:
        expected = [draft for draft in expected_from_facts(facts) if draft.kind != "programme"]
    outline = find_outline(paged, expected, taken=taken)
    if not outline.sections:
        outline = find_outline_by_words(paged, taken=taken)
    if not outline.sections:
        raise SourceError(
            "no section heading was recognised (no programme, no edition.toml, no heading such as Begrüßung, Vortrag, "
            "Podiumsdiskussion, Forum 1); list the sections in an edition.toml and import again with --edition"
        )
    return outline


def _sections(
    layout: Layout, outline: Outline, register: Register, apparatus: frozenset[int], captions: frozenset[int]
) -> list[ReadSection]:
    tops = [draft for draft in outline.sections if "/" not in draft.id]
    starts = [draft.start for draft in tops] + [len(layout.paged.lines)]
    found: list[ReadSection] = []
    for draft, start, end in zip(tops, starts, starts[1:], strict=False):
        given = [nested for nested in outline.sections if nested.id.startswith(f"{draft.id}/")]
        speakers = dict.fromkeys(
            [*draft.named(Role.SPEAKER), *(i for nested in given for i in nested.named(Role.SPEAKER))]
        )
        several = len(speakers) > 1
        for person in speakers if several else ():
            draft.add(Role.SPEAKER, person)
        # Where several speak, a bare name may be a byline and no caption.
        positions = [i for i in range(start, end) if i not in apparatus and (several or i not in captions)]
        blocks = make_blocks(layout, positions, begins=lambda line: known_label(line.text, register))
        found += _with_bylines(layout, draft, given, blocks, register, range(start, end))
    return found


def _with_bylines(
    layout: Layout,
    draft: SectionDraft,
    given: list[SectionDraft],
    blocks: list[Block],
    register: Register,
    extent: range,
) -> list[ReadSection]:
    """Return a section, or a section and those that bylines open inside it."""
    bylines = find_bylines(draft, blocks, register)
    if len(bylines) < 2 and not given:
        bylines = []
    starts = [0, *bylines, len(blocks)]
    drafts = [draft]
    for first in bylines:
        nested = nested_draft(draft, blocks[first], register, layout.mended(blocks[first]).text)
        drafts.append(next((known for known in given if known.named() == nested.named()), nested))
    sections = []
    for number, own in enumerate(drafts):
        chosen = blocks[starts[number] : starts[number + 1]]
        begin = chosen[0].positions[0] if chosen else extent.start
        end = blocks[starts[number + 1]].positions[0] if starts[number + 1] < len(blocks) else extent.stop
        entries = attribute(layout, split_section(layout, own, chosen, register), register)
        sections.append(ReadSection(own, entries, begin, end))
    return sections


def _unplaced(paged: Paged, outline: Outline, programme: Programme | None, footnotes: Footnotes) -> list[Line]:
    """Return the lines before the first section that belong to no programme: a title page, an imprint, a preface."""
    first = min(draft.start for draft in outline.sections if "/" not in draft.id)
    known = set(footnotes.rules) | (programme.positions if programme else frozenset())
    return [line for position, line in enumerate(paged.lines[:first]) if position not in known]


def _used(sections: Sequence[ReadSection]) -> set[int]:
    """Return the lines that stand in an entry of a section: a byline that looks like a caption is none."""
    blocks = [
        block
        for section in sections
        for entry in section.entries
        for block in (entry.blocks if isinstance(entry, Attributed) else (entry.block,))
    ]
    return {position for block in blocks for position in block.positions}


def _mismatches(sections: Sequence[ReadSection]) -> list[str]:
    """Return a line per section whose parts in `edition.toml` count another number of paragraphs than are printed."""
    found = []
    for section in sections:
        told = sum(part.paragraphs for part in section.draft.parts)
        counted = sum(1 for entry in section.entries if _is_content(entry))
        if told and told != counted:
            found.append(f"{section.draft.id}: edition.toml counts {told} paragraphs, the print has {counted}")
    return found


def _is_content(entry: Attributed | Item) -> bool:
    return isinstance(entry, Attributed) and entry.kind not in (Kind.SESSION_INFO,)

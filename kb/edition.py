"""One edition: from its folder (Markdown, `edition.toml`, `evidence.jsonl`) to frozen passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from kb.errors import CorpusError
from kb.evidence import EvidenceFile, load_evidence
from kb.locator import Locator
from kb.markdown import Block, parse_blocks
from kb.model import Edition, Evidence, Kind, Mark, Passage, Role, Section, Speaker, ThemeTag, Voice, default_voice
from kb.outline import load_outline, markdown_files

_Enum = TypeVar("_Enum", Kind, Voice, Role)
CONTINUED = "continued"
ATTRIBUTES = frozenset({"by", "as", "role", "voice", "themes", "mark"})
_UNKNOWN = "?"
_BY_HAND = Evidence(rule="by_hand", confidence=1.0)


def load_edition(folder: Path, speakers: Mapping[str, Speaker], problems: list[CorpusError]) -> Edition | None:
    """Return the edition in `folder` with its passages in reading order; None if its facts cannot be read.

    Every problem found goes into `problems`; a passage with a problem is left out.
    """
    try:
        outline = load_outline(folder)
        evidence_file = load_evidence(folder)
    except CorpusError as error:
        problems.append(error)
        return None
    problems.extend(_unknown_people(outline, folder, speakers))
    reader = _Reader(outline, speakers, evidence_file, problems, page=outline.first_page)
    for path in markdown_files(folder):
        reader.read(path)
    passages = tuple(reader.passages)
    return replace(
        outline,
        passages=passages,
        source=evidence_file.source,
        sections=_with_pages(outline.sections, passages),
    )


def _unknown_people(outline: Edition, folder: Path, speakers: Mapping[str, Speaker]) -> Iterator[CorpusError]:
    for section in outline.sections:
        in_parts = tuple(part.speaker for part in section.parts if part.speaker)
        for person in section.people + in_parts:
            if person not in speakers:
                yield CorpusError(
                    f"section {section.id!r} names {person!r}, who is not in people.toml",
                    folder / "edition.toml",
                )


def _with_pages(sections: tuple[Section, ...], passages: tuple[Passage, ...]) -> tuple[Section, ...]:
    """Return the sections with the pages their passages stand on, where the outline gives none."""
    pages: dict[str, list[str]] = {}
    for passage in passages:
        parts = passage.section.split("/")
        for depth in range(1, len(parts) + 1):
            pages.setdefault("/".join(parts[:depth]), []).extend((passage.page_first, passage.page_last))
    return tuple(
        replace(section, page_first=pages[section.id][0], page_last=pages[section.id][-1])
        if not section.page_first and section.id in pages
        else section
        for section in sections
    )


@dataclass
class _Reader:
    """Walks the blocks of one edition and keeps what carries over: section, sub-headings, page, numbers."""

    outline: Edition
    speakers: Mapping[str, Speaker]
    evidence_file: EvidenceFile
    problems: list[CorpusError]
    page: str = ""
    passages: list[Passage] = field(default_factory=list)
    section: str = ""
    path: Path = Path()
    _levels: dict[int, str] = field(default_factory=dict)
    _headings: dict[int, str] = field(default_factory=dict)
    _seen: dict[Locator, str] = field(default_factory=dict)
    _open: bool = False

    def read(self, path: Path) -> None:
        """Add the passages of one Markdown file."""
        self.path, self.section, self._levels, self._headings = path, "", {}, {}
        try:
            blocks = parse_blocks(path.read_text(encoding="utf-8"), path)
        except UnicodeDecodeError as error:
            self.problems.append(CorpusError(f"not UTF-8 at byte {error.start}; save the file as UTF-8", path))
            return
        except CorpusError as error:
            self.problems.append(error)
            return
        self._open = False
        for block in blocks:
            try:
                self._read_block(block)
            except CorpusError as error:
                self.problems.append(error)
                self._open = False

    def _read_block(self, block: Block) -> None:
        if block.level:
            self._enter(block)
            self._open = False
        elif CONTINUED in block.classes:
            self._continue(block)
        else:
            self._add(block)
            self._open = True

    def _error(self, message: str, block: Block) -> CorpusError:
        return CorpusError(message, self.path, block.line)

    def _enter(self, block: Block) -> None:
        """Take a heading: one with an id opens a section, one without is a sub-heading of the open section."""
        self._turn_pages(block.marks)
        if not block.anchor:
            self._headings = {level: text for level, text in self._headings.items() if level < block.level}
            self._headings[block.level] = block.text
            return
        above = [self._levels[level] for level in sorted(self._levels) if level < block.level]
        section_id = f"{above[-1]}/{block.anchor}" if above else block.anchor
        if self.outline.section(section_id) is None:
            self.section = _UNKNOWN
            raise self._error(f"section {section_id!r} is not in edition.toml", block)
        self._levels = {level: path for level, path in self._levels.items() if level < block.level}
        self._levels[block.level] = section_id
        self._headings = {}
        self.section = section_id

    def _turn_pages(self, marks: tuple[Mark, ...]) -> None:
        for mark in marks:
            if mark.kind == "page":
                self.page = mark.label

    def _continue(self, block: Block) -> None:
        if not self._open:
            raise self._error("a continued paragraph needs a passage above it", block)
        above = self.passages[-1]
        shift = len(above.text) + 2
        self._turn_pages(block.marks)
        self.passages[-1] = replace(
            above,
            text=f"{above.text}\n\n{block.text}",
            marks=above.marks + tuple(replace(mark, offset=mark.offset + shift) for mark in block.marks),
            page_last=self.page,
        )

    def _add(self, block: Block) -> None:
        if self.section == _UNKNOWN:  # told once, at its heading
            return
        locator = self._locator(block)
        page_before = self.page
        self._turn_pages(block.marks)
        opens_page = [mark.label for mark in block.marks if mark.kind == "page" and mark.offset == 0]
        section = self.outline.section(self.section)
        self.passages.append(
            replace(
                self._attributed(block, locator),
                order=len(self.passages),
                page_first=opens_page[-1] if opens_page else page_before,
                page_last=self.page,
                section_title=section.label if section else "",
                headings=tuple(self._headings[level] for level in sorted(self._headings)),
            )
        )

    def _locator(self, block: Block) -> Locator:
        if not self.section:
            raise self._error("a passage must stand below the heading of a section", block)
        last_id = self.section.rpartition("/")[2]
        number = block.anchor.removeprefix(f"{last_id}-")
        if number == block.anchor or not number.isdigit() or number.startswith("0"):
            raise self._error(
                f"a passage needs an id like #{last_id}-1 in its attribute list, not {block.anchor!r}", block
            )
        locator = Locator(self.outline.id, self.section, int(number))
        here = f"{self.path.name}:{block.line}"
        if locator in self._seen:
            raise self._error(f"duplicate id {block.anchor!r}, first given at {self._seen[locator]}", block)
        self._seen[locator] = here
        return locator

    def _attributed(self, block: Block, locator: Locator) -> Passage:
        unknown = sorted(set(block.attributes) - ATTRIBUTES)
        if unknown:
            raise self._error(f"unknown attribute {unknown[0]!r}; known: {', '.join(sorted(ATTRIBUTES))}", block)
        kind = self._enum(Kind, block.classes[0] if block.classes else "", "kind", block)
        by = tuple(block.attributes.get("by", "").split())
        for person in by:
            if person not in self.speakers:
                raise self._error(f"unknown speaker {person!r}; add the person to people.toml", block)
        voice, role = block.attributes.get("voice"), block.attributes.get("role")
        names = tuple(self.speakers[person].name for person in by)
        printed = block.attributes.get("as")
        if printed is None and names and kind in (Kind.SPEECH, Kind.TURN):
            printed = names[0]
        row = self.evidence_file.rows.get(str(locator))
        return Passage(
            locator=locator,
            order=0,
            kind=kind,
            voice=self._enum(Voice, voice, "voice", block) if voice else default_voice(kind, has_speaker=bool(by)),
            text=block.text,
            page_first="",
            page_last="",
            section_title="",
            speaker_ids=by,
            speakers=names,
            speaker_printed=printed,
            role=self._enum(Role, role, "role", block) if role else None,
            list_mark=block.attributes.get("mark"),
            marks=block.marks,
            themes=tuple(
                ThemeTag(theme, "von Hand", by_hand=True) for theme in block.attributes.get("themes", "").split()
            ),
            spans=row.spans if row else (),
            source=self.evidence_file.source,
            source_id=row.source_id if row else "",
            evidence=row.evidence if row and is_as_written(block, row.written) else _BY_HAND,
        )

    def _enum(self, enum: type[_Enum], value: str, what: str, block: Block) -> _Enum:
        try:
            return enum(value)
        except ValueError:
            raise self._error(f"unknown {what} {value!r}; known: {', '.join(enum)}", block) from None


def attribution_of(block: Block) -> dict[str, str]:
    """Return what a paragraph says about itself: kind and attributes, without its words."""
    return {"kind": block.classes[0] if block.classes else "", **block.attributes}


def is_as_written(block: Block, written: Mapping[str, str]) -> bool:
    """Return whether nobody changed the attribution of a paragraph since the importer wrote it."""
    return attribution_of(block) == {key: value for key, value in written.items() if key not in ("text", "marks")}

"""Attributed paragraphs of one event as the files of an edition: outline, words, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.attributed_rows import AttributedRow
from indexer.merging import Entry, Unit, merge
from indexer.people_met import PeopleMet
from indexer.placing import Existing, blocks_of, digest
from indexer.report import ImportReport, SectionLine, missing_facts
from indexer.toml_text import key_lines
from indexer.vocabulary import session_kind
from kb.edition import CONTINUED
from kb.evidence import FILE_NAME as EVIDENCE
from kb.evidence import EvidenceFile, EvidenceRow, render_evidence
from kb.locator import Locator, fingerprint, parse_locator
from kb.markdown import Block, render_blocks
from kb.model import Evidence, Kind, Mark, SourceFile
from kb.outline import FILE_NAME as OUTLINE
from kb.outline import load_outline
from kb.people import slug

_GIVEN = Evidence(rule="given", confidence=1.0)
_LONGEST_ID = 60


def short_id(text: str) -> str:
    """Return the id of a title, cut behind a word if it is long."""
    whole = slug(text)
    return whole if len(whole) <= _LONGEST_ID else whole[: _LONGEST_ID + 1].rpartition("-")[0] or whole[:_LONGEST_ID]


def unused_id(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, with the first free number behind it if that id is taken, and take it."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found


@dataclass(frozen=True)
class _Section:
    """A section with its rows in the order of the source."""

    id: str
    title: str
    rows: list[AttributedRow] = field(default_factory=list)


@dataclass(frozen=True)
class Files:
    """The files of an edition by name, and what could not be merged into hand-made corrections."""

    texts: Mapping[str, str]
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowEdition:
    """One edition on its way into the corpus."""

    id: str
    rows: list[AttributedRow]
    existing: Existing
    people: PeopleMet
    source: SourceFile
    _sections: list[_Section] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Group the rows by section; a section that the outline knows by its title keeps its id."""
        known = {}
        if (self.existing.folder / OUTLINE).exists():
            known = {entry.title: entry.id for entry in load_outline(self.existing.folder).sections}
        by_title: dict[str, _Section] = {}
        taken = set(known.values())
        for row in self.rows:
            title = row.section or self.title
            if title not in by_title:
                section_id = known.get(title) or unused_id(short_id(title) or "text", taken)
                by_title[title] = _Section(section_id, title)
            by_title[title].rows.append(row)
        self._sections.extend(by_title.values())

    @property
    def title(self) -> str:
        """The name of the event, or the id if the source gives none."""
        return self.rows[0].event or self.id

    def files(self, *, keep_corrections: bool = False) -> Files:
        """Return the files of the edition; with `keep_corrections` what was changed by hand stays changed."""
        keep = keep_corrections and bool(self.existing.corrected)
        numbers = _Numbers(self.id, self.existing, keep_corrections=keep)
        words = self._words(numbers)
        merged, conflicts = words, tuple[str, ...]()
        if keep:
            result = merge(self.existing.files, words, self.existing.evidence, self.existing.folder)
            merged, conflicts = dict(result.files), result.conflicts
        texts = _rendered(merged)
        # A file that holds corrections stays "corrected": its digest is that of what the importer alone would write.
        own = texts | _rendered(words)
        if not self.existing.facts:
            texts[OUTLINE] = own[OUTLINE] = self._outline()
        written = {name: digest(text) for name, text in own.items()}
        texts[EVIDENCE] = render_evidence(EvidenceFile(self.source, written, numbers.highest, numbers.evidence))
        return Files(texts, conflicts)

    def _words(self, numbers: _Numbers) -> dict[str, list[Entry]]:
        """Return the Markdown of each section by file name; the page is marked where it turns."""
        page = self.existing.facts.first_page if self.existing.facts else self.rows[0].page
        files: dict[str, list[Entry]] = {}
        for section in self._sections:
            entries: list[Entry] = [Block(section.title, 1, section.id)]
            for row in section.rows:
                unit = self._unit(numbers.locator(section.id, row), row, turns_page=row.page not in ("", page))
                numbers.note(unit, row)
                entries.append(unit)
                page = row.page or page
            files[self._file_name(section.id, len(files) + 1)] = entries
        return files

    def _file_name(self, section_id: str, number: int) -> str:
        """Return the name of a section's file; one that was corrected by hand keeps the name it has."""
        for name, entries in self.existing.files.items() if self.existing.corrected else ():
            if any(isinstance(entry, Block) and entry.level == 1 and entry.anchor == section_id for entry in entries):
                return name
        width = max(2, len(str(len(self._sections))))
        return f"{number:0{width}d}-{section_id}.md"

    def _unit(self, locator: Locator, row: AttributedRow, *, turns_page: bool) -> Unit:
        attributes = {}
        person = self.people.meet(row, self.id)
        if person:
            attributes = {"by": person.id, "role": row.part.value}
            if row.speaker != person.name:
                attributes["as"] = row.speaker
        marks = (Mark(0, "page", row.page),) if turns_page else ()
        first = Block(row.paragraphs[0], 0, locator.anchor, (Kind.SPEECH.value,), attributes, marks)
        return Unit(locator, (first, *(Block(text, classes=(CONTINUED,)) for text in row.paragraphs[1:])))

    def _outline(self) -> str:
        first = self.rows[0]
        lines = ["# Drafted by `kb import`: please complete event and publication, and correct freely."]
        lines += key_lines({"title": self.title, "first_page": first.page})
        lines += ["", "[event]", *key_lines({"title": self.title, "date": first.date})]
        for section in self._sections:
            kind = session_kind(section.title) or "part"
            lines += ["", "[[section]]", *key_lines({"id": section.id, "title": section.title, "kind": kind})]
        return "\n".join(lines) + "\n"

    def report(self, conflicts: tuple[str, ...]) -> ImportReport:
        """Return what was found: everything is attributed, so there are neither doubts nor omissions."""
        return ImportReport(
            edition=self.id,
            sections=tuple(_section_line(section) for section in self._sections),
            people=len({row.person.id for row in self.rows if row.person}),
            passages=len(self.rows),
            coverage=1.0,
            left_out=(),
            unprinted=(),
            doubts=(),
            conflicts=conflicts,
            missing=missing_facts(drafted=not self.existing.facts, dated=bool(self.rows[0].date)),
            warnings=(),
        )


def _rendered(files: Mapping[str, list[Entry]]) -> dict[str, str]:
    return {name: render_blocks(blocks_of(entries)) for name, entries in files.items()}


def _section_line(section: _Section) -> SectionLine:
    pages = [row.page for row in section.rows if row.page] or [""]
    printed = pages[0] if pages[0] == pages[-1] else f"{pages[0]}–{pages[-1]}"
    return SectionLine(section.id, session_kind(section.title) or "part", printed, len(section.rows))


class _Numbers:
    """Gives rows their numbers: one that was imported before, by its id or else by its words, keeps its locator."""

    def __init__(self, edition: str, existing: Existing, *, keep_corrections: bool) -> None:
        self.edition = edition
        self.highest = dict(existing.evidence.numbers)
        self.evidence: dict[str, EvidenceRow] = {}
        self._known: dict[tuple[str, str], list[Locator]] = {}
        known_passages = existing.known(keep_corrections=keep_corrections)
        for known in known_passages:
            section = known.locator.section
            self.highest[section] = max(self.highest.get(section, 0), known.locator.ordinal)
        free = {known.locator for known in known_passages}
        for written, row in existing.evidence.rows.items():
            locator, _ = parse_locator(written)
            if locator in free:
                words = row.source_id or row.written.get("text", "")
                self._known.setdefault((locator.section, words), []).append(locator)
        for known in known_passages:  # those that only a ledger remembers are known by their words
            if str(known.locator) not in existing.evidence.rows:
                self._known.setdefault((known.locator.section, known.fingerprint), []).append(known.locator)

    def locator(self, section: str, row: AttributedRow) -> Locator:
        """Return the place of a row; each is handed out once."""
        before = self._known.get((section, row.id or fingerprint("\n\n".join(row.paragraphs))))
        if before:
            return before.pop(0)
        self.highest[section] = self.highest.get(section, 0) + 1
        return Locator(self.edition, section, self.highest[section])

    def note(self, unit: Unit, row: AttributedRow) -> None:
        """Keep what a passage was read from."""
        self.evidence[str(unit.locator)] = EvidenceRow((row.span,), _GIVEN, unit.fields(), row.id)

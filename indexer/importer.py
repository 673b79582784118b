"""`kb import`: from a source file to an edition in the corpus, all of it or nothing.

Everything is read and rendered in memory, written into a folder beside the corpus, loaded back and checked; only then
does it take its place. A hand-corrected edition is never overwritten unless asked.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from indexer.assembly import SectionFile, Written, assemble, printed_drafts
from indexer.document import Document
from indexer.edition_file import edition_toml
from indexer.merging import Entry, Unit, merge, sections_of, units_of
from indexer.numbering import KnownPassage, Numbers, number_passages
from indexer.people_file import updated_people
from indexer.readers import read_source
from indexer.reading import Reading, read_document
from indexer.report import ImportReport, make_report
from kb.edition import load_edition, markdown_files
from kb.errors import ConflictError, CorpusError, CorpusInvalid, SourceError
from kb.evidence import FILE_NAME as EVIDENCE
from kb.evidence import EvidenceFile, EvidenceRow, Omission, load_evidence, render_evidence
from kb.locator import Locator, fingerprint, parse_locator
from kb.markdown import Block, parse_blocks, render_blocks
from kb.model import Edition, Speaker
from kb.outline import FILE_NAME as OUTLINE
from kb.outline import load_outline
from kb.people import load_people, slug

Progress = Callable[[str], None]
_WORKSHOP = ".import"
_OLD = ".old"


@dataclass(frozen=True)
class _Existing:
    """What the corpus has of this edition already."""

    folder: Path
    facts: Edition | None = None
    evidence: EvidenceFile = field(default_factory=EvidenceFile)
    files: dict[str, list[Entry]] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()

    @property
    def known(self) -> list[KnownPassage]:
        """The passages that have their numbers, those taken out by hand among them."""
        units = [entry for entries in self.files.values() for entry in entries if isinstance(entry, Unit)]
        rows = dict(self.evidence.rows)
        known = []
        for unit in units:
            row = rows.pop(str(unit.locator), None)
            known.append(KnownPassage(unit.locator, fingerprint(unit.text), unit.text, row.spans if row else ()))
        gone = [(parse_locator(locator)[0], row) for locator, row in rows.items()]
        return known + [KnownPassage(locator, row.written.get("text", ""), "", row.spans) for locator, row in gone]


def import_file(
    path: Path,
    corpus_folder: Path,
    *,
    edition: str = "",
    encoding: str = "utf-8",
    replace: bool = False,
    merge_corrections: bool = False,
    progress: Progress = lambda step: None,
) -> ImportReport:
    """Import one source file as an edition and return what was found.

    Raises:
        SourceError: the file cannot be read, or nothing in it can be attributed.
        ConflictError: the edition was corrected by hand, and neither `replace` nor `merge_corrections` is set.
        CorpusInvalid, CorpusError: the corpus has problems of its own; nothing is written.
    """
    edition_id = edition or slug(path.stem)
    if edition_id != slug(edition_id) or not edition_id:
        raise SourceError(
            f"{edition_id!r} is no edition id; use lower-case letters, digits and hyphens: {slug(edition_id)}"
        )
    progress("Quelle lesen")
    document = read_source(path, encoding=encoding)
    people = load_people(corpus_folder / "people.toml")
    existing = _existing(corpus_folder / edition_id, people)
    if existing.corrected and not (replace or merge_corrections):
        raise ConflictError(
            f"{existing.folder}: corrected by hand in {', '.join(existing.corrected)}; "
            "keep the corrections with --merge, or discard them with --replace"
        )
    reading = read_document(document, facts=existing.facts, people=list(people.values()), progress=progress)
    files = assemble(reading)
    _refuse_wordless(path, files)
    progress("Schreiben")
    draft = _Draft(document, reading, files, existing, edition_id, keep=merge_corrections and bool(existing.corrected))
    draft.write(corpus_folder, people)
    return make_report(edition_id, reading, files, document, draft.conflicts, drafted=not existing.facts)


def _existing(folder: Path, people: dict[str, Speaker]) -> _Existing:
    if not (folder / OUTLINE).exists():
        return _Existing(folder)
    facts = load_outline(folder)
    named = {person for section in facts.sections for person in section.people}
    named |= {part.speaker for section in facts.sections for part in section.parts if part.speaker}
    missing = sorted(named - set(people))
    if missing:
        raise CorpusError(f"names {', '.join(missing)}, who are not in people.toml; add them there", folder / OUTLINE)
    evidence = load_evidence(folder)
    files: dict[str, list[Entry]] = {}
    corrected = []
    for path in markdown_files(folder):
        text = path.read_text(encoding="utf-8")
        blocks = parse_blocks(text, path)
        files[path.name] = units_of(blocks, folder.name, sections_of(blocks))
        if evidence.written.get(path.name) != _digest(text):
            corrected.append(path.name)
    drafted = not evidence.written.get(OUTLINE) or evidence.written[OUTLINE] != _digest(
        (folder / OUTLINE).read_text(encoding="utf-8")
    )
    return _Existing(folder, facts if drafted else None, evidence, files, tuple(corrected))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_wordless(path: Path, files: list[SectionFile]) -> None:
    """Refuse a text in which nobody is found, or nothing but headings."""
    passages = [entry for file in files for entry in file.contents if isinstance(entry, Written)]
    if not passages:
        raise SourceError(f"{path}: only headings were found, no text below them; nothing to import")
    if not any(block.attributes.get("by") for passage in passages for block in passage.blocks):
        raise SourceError(
            f"{path}: no speaker was found (no programme, byline, label or caption names a person); list sections and "
            "people in an edition.toml and people.toml, then import again with --edition"
        )


@dataclass
class _Draft:
    """An edition on its way into the corpus."""

    document: Document
    reading: Reading
    files: list[SectionFile]
    existing: _Existing
    edition: str
    keep: bool
    conflicts: tuple[str, ...] = ()

    def write(self, corpus_folder: Path, people: dict[str, Speaker]) -> None:
        """Write the edition and the authority file; raise if the result would not load."""
        passages = [entry for file in self.files for entry in file.contents if isinstance(entry, Written)]
        same_source = self.existing.evidence.source == self.document.source
        locators, numbers = number_passages(
            passages, self.edition, self.existing.known, self.existing.evidence, same_source=same_source
        )
        by_passage = dict(zip(map(id, passages), locators, strict=True))
        fresh = {name: self._entries(file, by_passage) for name, file in self._names()}
        merged = fresh
        if self.keep:
            result = merge(self.existing.files, fresh, self.existing.evidence, self.existing.folder)
            merged, self.conflicts = dict(result.files), result.conflicts
        texts = {name: render_blocks(_blocks(entries)) for name, entries in merged.items()}
        if not self.existing.facts:
            texts[OUTLINE] = self._outline(passages)
        # A file that holds corrections stays "corrected": its digest is that of what the importer alone would write.
        own = texts | {name: render_blocks(_blocks(entries)) for name, entries in fresh.items()}
        texts[EVIDENCE] = render_evidence(self._evidence(passages, locators, numbers, own, fresh))
        people_text = updated_people(
            corpus_folder / "people.toml", self.reading.register.people.values(), self.edition, people
        )
        _put_in_place(corpus_folder, self.edition, texts, people_text)

    def _names(self) -> list[tuple[str, SectionFile]]:
        """Return the files with their names; a section that has a file already keeps its name."""
        old = {
            entry.anchor: name
            for name, entries in self.existing.files.items()
            for entry in entries
            if isinstance(entry, Block) and entry.level == 1 and entry.anchor
        }
        return [(old.get(file.id, f"{n:02d}-{file.id}.md"), file) for n, file in enumerate(self.files, start=1)]

    def _entries(self, file: SectionFile, locators: dict[int, Locator]) -> list[Entry]:
        entries: list[Entry] = []
        for content in file.contents:
            if isinstance(content, Written):
                locator = locators[id(content)]
                first = content.blocks[0]
                anchored = Block(first.text, 0, locator.anchor, first.classes, first.attributes, first.marks)
                entries.append(Unit(locator, (anchored, *content.blocks[1:])))
            else:
                entries.append(content)
        return entries

    def _outline(self, passages: list[Written]) -> str:
        pages: dict[str, tuple[str, str]] = {}
        for passage in passages:
            last = passage.last_page
            parts = passage.section.split("/")
            for depth in range(1, len(parts) + 1):
                section = "/".join(parts[:depth])
                pages[section] = (pages.get(section, (passage.page, ""))[0], last)
        headers = [
            line.text for reason, lines in self.reading.furniture if reason == "running_header" for line in lines
        ]
        titles = [text for text in headers if any(char.isalpha() for char in text)]
        title = max(set(titles), key=titles.count).strip("0123456789 |–-") if titles else self.document.source.file
        return edition_toml(
            title,
            self.reading.layout.paged.pages[0].label,
            printed_drafts(self.reading, self.files),
            pages,
            programme=self.reading.programme_id if self.reading.programme else "",
            day=self.reading.day,
        )

    def _evidence(
        self,
        passages: list[Written],
        locators: list[Locator],
        numbers: Numbers,
        texts: dict[str, str],
        fresh: dict[str, list[Entry]],
    ) -> EvidenceFile:
        written = {
            str(entry.locator): entry.fields()
            for entries in fresh.values()
            for entry in entries
            if isinstance(entry, Unit)
        }
        rows = {
            str(locator): EvidenceRow(passage.spans, passage.evidence, written[str(locator)])
            for locator, passage in zip(locators, passages, strict=True)
        }
        return EvidenceFile(
            source=self.document.source,
            written={name: _digest(text) for name, text in texts.items()},
            numbers=numbers.highest,
            rows=rows,
            omissions=tuple(_omissions(self.reading)),
            pages=tuple(page.label for page in self.reading.layout.paged.pages),
        )


def _blocks(entries: list[Entry]) -> list[Block]:
    return [block for entry in entries for block in (entry.blocks if isinstance(entry, Unit) else (entry,))]


def _omissions(reading: Reading) -> list[Omission]:
    return [Omission(reason, (line.span,)) for reason, lines in reading.furniture for line in lines]


def _put_in_place(corpus_folder: Path, edition: str, texts: dict[str, str], people_text: str) -> None:
    """Write the edition beside the corpus, check that it loads, and swap it in; on any failure the old one stays."""
    workshop = corpus_folder / _WORKSHOP
    _recover(corpus_folder)
    new, old, target = workshop / edition, workshop / f"{edition}{_OLD}", corpus_folder / edition
    people, old_people = corpus_folder / "people.toml", workshop / f"people.toml{_OLD}"
    workshop.mkdir(parents=True)
    try:
        _write_new(new, target, texts, workshop / "people.toml", people_text)
        if people.exists():
            shutil.copy2(people, old_people)
        if target.exists():
            target.replace(old)
        new.replace(target)
        (workshop / "people.toml").replace(people)
    except BaseException:
        if old.exists():
            shutil.rmtree(target, ignore_errors=True)
        _recover(corpus_folder)
        raise
    shutil.rmtree(workshop, ignore_errors=True)


def _write_new(new: Path, target: Path, texts: dict[str, str], people: Path, people_text: str) -> None:
    """Write an edition into the folder `new`, with what else lies in `target`, and load it once.

    Raises:
        CorpusInvalid: it would not load; the problems name the files as they would have been.
    """
    if target.exists():
        shutil.copytree(target, new)
        for path in markdown_files(new):
            path.unlink()
    new.mkdir(exist_ok=True)
    for name, text in texts.items():
        (new / name).write_text(text, encoding="utf-8", newline="\n")
    people.write_text(people_text, encoding="utf-8", newline="\n")
    problems: list[CorpusError] = []
    load_edition(new, load_people(people), problems)
    if problems:
        raise CorpusInvalid([_as_in_place(problem, new, target) for problem in problems])


def _as_in_place(problem: CorpusError, new: Path, target: Path) -> CorpusError:
    path = target / problem.path.relative_to(new) if problem.path.is_relative_to(new) else problem.path
    return CorpusError(problem.message, path, problem.line)


def _recover(corpus_folder: Path) -> None:
    """Bring back what an import that was cut off had set aside, and clear its workshop away."""
    workshop = corpus_folder / _WORKSHOP
    for old in workshop.glob(f"*{_OLD}"):
        target = corpus_folder / old.name.removesuffix(_OLD)
        if old.is_dir() and not target.exists():
            old.replace(target)
    shutil.rmtree(workshop, ignore_errors=True)

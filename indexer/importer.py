"""`kb import`: from a source file to an edition in the corpus, all of it or nothing.

Everything is read and rendered in memory, written into a folder beside the corpus, loaded back and checked; only then
does it take its place. A hand-corrected edition is never overwritten unless asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.assembly import SectionFile, Written, assemble, printed_drafts
from indexer.document import Document
from indexer.edition_file import edition_toml
from indexer.merging import Entry, Unit, merge
from indexer.numbering import Numbers, number_passages
from indexer.people_file import updated_people
from indexer.placing import Existing, blocks_of, digest, existing_edition, open_workshop
from indexer.readers import read_source
from indexer.reading import Reading, read_document
from indexer.report import ImportReport, make_report
from kb.errors import SourceError
from kb.evidence import FILE_NAME as EVIDENCE
from kb.evidence import EvidenceFile, EvidenceRow, Omission, render_evidence
from kb.locator import Locator
from kb.markdown import Block, render_blocks
from kb.model import Speaker
from kb.outline import FILE_NAME as OUTLINE
from kb.people import load_people, slug

Progress = Callable[[str], None]


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
    existing = existing_edition(corpus_folder / edition_id, people)
    if not (replace or merge_corrections):
        existing.refuse_corrected()
    reading = read_document(document, facts=existing.facts, people=list(people.values()), progress=progress)
    files = assemble(reading)
    _refuse_wordless(path, files)
    progress("Schreiben")
    draft = _Draft(document, reading, files, existing, edition_id, keep=merge_corrections and bool(existing.corrected))
    draft.write(corpus_folder, people)
    return make_report(edition_id, reading, files, document, draft.conflicts, drafted=not existing.facts)


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
    existing: Existing
    edition: str
    keep: bool
    conflicts: tuple[str, ...] = ()

    def write(self, corpus_folder: Path, people: dict[str, Speaker]) -> None:
        """Write the edition and the authority file; raise if the result would not load."""
        passages = [entry for file in self.files for entry in file.contents if isinstance(entry, Written)]
        same_source = self.existing.evidence.source == self.document.source
        locators, numbers = number_passages(
            passages,
            self.edition,
            self.existing.known(keep_corrections=self.keep),
            self.existing.evidence,
            same_source=same_source,
        )
        by_passage = dict(zip(map(id, passages), locators, strict=True))
        fresh = {name: self._entries(file, by_passage) for name, file in self._names()}
        merged = fresh
        if self.keep:
            result = merge(self.existing.files, fresh, self.existing.evidence, self.existing.folder)
            merged, self.conflicts = dict(result.files), result.conflicts
        texts = {name: render_blocks(blocks_of(entries)) for name, entries in merged.items()}
        if not self.existing.facts:
            texts[OUTLINE] = self._outline(passages)
        # A file that holds corrections stays "corrected": its digest is that of what the importer alone would write.
        own = texts | {name: render_blocks(blocks_of(entries)) for name, entries in fresh.items()}
        texts[EVIDENCE] = render_evidence(self._evidence(passages, locators, numbers, own, fresh))
        people_text = updated_people(
            corpus_folder / "people.toml", self.reading.register.people.values(), self.edition, people
        )
        with open_workshop(corpus_folder) as workshop:
            workshop.stage(self.edition, texts, load_people(workshop.write_people(people_text)))
            workshop.put_in_place()

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
            written={name: digest(text) for name, text in texts.items()},
            numbers=numbers.highest,
            rows=rows,
            omissions=tuple(_omissions(self.reading)),
            pages=tuple(page.label for page in self.reading.layout.paged.pages),
        )


def _omissions(reading: Reading) -> list[Omission]:
    return [Omission(reason, (line.span,)) for reason, lines in reading.furniture for line in lines]

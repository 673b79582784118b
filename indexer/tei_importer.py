"""`kb import` of TEI that `kb export --format tei` wrote: the same passages come out again, at the same places.

Everything is written and checked beside the corpus; all editions take their places at the end, or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.facts_file import facts_toml
from indexer.merging import Entry, Unit, merge
from indexer.people_file import completed_people
from indexer.placing import Existing, blocks_of, digest, existing_edition, open_workshop
from indexer.readers.jsonl import source_of
from indexer.readers.tei import TeiEdition, TeiHeading, TeiPassage, read_tei
from indexer.report import Doubt, ImportReport, SectionLine
from kb.edition import CONTINUED
from kb.errors import SourceError
from kb.evidence import FILE_NAME as EVIDENCE
from kb.evidence import EvidenceFile, EvidenceRow, render_evidence
from kb.locator import Locator, fingerprint
from kb.markdown import Block, render_blocks
from kb.model import Evidence, Kind, Mark, SourceFile, Speaker, default_voice
from kb.outline import FILE_NAME as OUTLINE
from kb.people import load_people, slug
from kb.themes import load_themes

_GIVEN = Evidence(rule="given", confidence=1.0)
_DOUBTFUL = 0.9


def import_tei(
    path: Path,
    corpus_folder: Path,
    *,
    edition: str = "",
    encoding: str = "utf-8",
    replace: bool = False,
    merge_corrections: bool = False,
    progress: Callable[[str], None] = lambda edition: None,
) -> list[ImportReport]:
    """Import the editions of a TEI file and return what was found, one report an edition.

    `progress` is told each edition when it is written; `encoding` is nothing to XML, which says its own.

    Raises:
        SourceError: the file cannot be read as such TEI, or `edition` names one edition and it holds several.
        CorpusInvalid: what would be written, or is there already, does not load; nothing is written.
        ConflictError: an edition was corrected by hand, and neither `replace` nor `merge_corrections` is set.
    """
    if edition != slug(edition):
        raise SourceError(f"{edition!r} is no edition id; use lower-case letters, digits and hyphens: {slug(edition)}")
    people_path = corpus_folder / "people.toml"
    known, themes = load_people(people_path), frozenset(load_themes(corpus_folder / "themes.toml"))
    met: dict[str, Speaker] = {}
    reports: list[ImportReport] = []
    with open_workshop(corpus_folder) as workshop:
        for read in read_tei(path):
            if edition and reports:
                raise SourceError(f"{path}: holds several editions, so --edition cannot name them all")
            edition_id = edition or read.facts.id
            progress(edition_id)
            existing = existing_edition(corpus_folder / edition_id, known)
            if not (replace or merge_corrections):
                existing.refuse_corrected()
            met |= {person: read.people[person] for person in _named(read, path)}
            draft = _Draft(edition_id, read, existing, themes, _source(read, path))
            texts, conflicts = draft.files(keep_corrections=merge_corrections)
            workshop.stage(edition_id, texts, met | known)
            reports.append(draft.report(conflicts, _other_names(read, known)))
        old = people_path.read_text(encoding="utf-8") if people_path.exists() else ""
        load_people(workshop.write_people(completed_people(old, met.values(), known)))
        workshop.put_in_place()
    return reports


def _named(read: TeiEdition, path: Path) -> list[str]:
    """Return the people who speak or are named in the outline.

    Raises:
        SourceError: one of them is not in the list of people.
    """
    named = {person: None for section in read.facts.sections for person in section.people}
    named |= {person: None for passage in read.passages for person in passage.people}
    missing = sorted(set(named) - set(read.people))
    if missing:
        raise SourceError(f"{path}: names {', '.join(missing)}, who are not in its <listPerson>")
    return list(named)


def _other_names(read: TeiEdition, known: Mapping[str, Speaker]) -> tuple[str, ...]:
    """Return a warning for each id that the corpus has for somebody of another name."""
    both = ((read.people[person], known[person]) for person in read.people if person in known)
    return tuple(
        f"{theirs.id} is {ours.name!r} in people.toml, {theirs.name!r} in the TEI: one person?"
        for theirs, ours in both
        if theirs.name != ours.name
    )


def _source(read: TeiEdition, path: Path) -> SourceFile:
    """Return what the words were read from first; the TEI itself if it does not say."""
    return read.facts.source or source_of(path)


@dataclass(frozen=True)
class _Draft:
    """One edition on its way into the corpus."""

    id: str
    read: TeiEdition
    existing: Existing
    themes: frozenset[str]
    source: SourceFile

    def files(self, *, keep_corrections: bool) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return the files of the edition by name, and what could not be merged into corrections made by hand."""
        words = self._words()
        merged, conflicts = words, tuple[str, ...]()
        if keep_corrections and self.existing.corrected:
            result = merge(self.existing.files, words, self.existing.evidence, self.existing.folder)
            merged, conflicts = dict(result.files), result.conflicts
        texts = _rendered(merged)
        # A file that holds corrections stays "corrected": its digest is that of what the importer alone would write.
        own = texts | _rendered(words)
        if not self.existing.facts:
            texts[OUTLINE] = own[OUTLINE] = facts_toml(self.read.facts)
        texts[EVIDENCE] = render_evidence(self._evidence(own, words))
        return texts, conflicts

    def _words(self) -> dict[str, list[Entry]]:
        """Return the Markdown of each top-level section by file name, in reading order."""
        files: dict[str, list[Entry]] = {}
        width = max(2, len(str(sum(isinstance(one, TeiHeading) and one.level == 1 for one in self.read.entries))))
        for entry in self.read.entries:
            if isinstance(entry, TeiHeading) and entry.level == 1:
                files[f"{len(files) + 1:0{width}d}-{entry.section}.md"] = []
            if not files:
                raise SourceError(f"{self.id}: words stand before the first section; nothing is imported")
            written = _heading(entry) if isinstance(entry, TeiHeading) else self._unit(entry)
            files[next(reversed(files))].append(written)
        return files

    def _unit(self, passage: TeiPassage) -> Unit:
        locator = Locator(self.id, passage.locator.section, passage.locator.ordinal)
        pages = tuple(Mark(0, "page", page) for page in passage.pages)
        marks = [pages + passage.marks[0], *passage.marks[1:]] if passage.marks else [pages]
        attributes = self._attributes(passage)
        first = Block(passage.paragraphs[0], 0, locator.anchor, (passage.kind.value,), attributes, marks[0])
        rest = zip(passage.paragraphs[1:], marks[1:], strict=True)
        return Unit(locator, (first, *(Block(text, classes=(CONTINUED,), marks=inside) for text, inside in rest)))

    def _attributes(self, passage: TeiPassage) -> dict[str, str]:
        """Return what a paragraph says about itself, as far as it does not go without saying."""
        by_default = default_voice(passage.kind, has_speaker=bool(passage.people))
        name = self.read.people[passage.people[0]].name if passage.people else None
        is_plain = passage.kind in (Kind.SPEECH, Kind.TURN) and passage.printed == name
        attributes = {
            "by": " ".join(passage.people),
            "as": "" if is_plain else passage.printed or "",
            "role": passage.role.value if passage.role else "",
            "voice": "" if passage.voice is by_default else passage.voice.value,
            "mark": passage.list_mark,
            "themes": " ".join(theme for theme in passage.themes if theme in self.themes),
        }
        return {name: value for name, value in attributes.items() if value}

    def _evidence(self, texts: Mapping[str, str], words: Mapping[str, list[Entry]]) -> EvidenceFile:
        units = [entry for entries in words.values() for entry in entries if isinstance(entry, Unit)]
        numbers = dict(self.existing.evidence.numbers)
        for unit in units:
            numbers[unit.locator.section] = max(numbers.get(unit.locator.section, 0), unit.locator.ordinal)
        rows = {
            str(unit.locator): EvidenceRow(passage.spans, passage.evidence or _GIVEN, unit.fields(), passage.source_id)
            for unit, passage in zip(units, self.read.passages, strict=True)
        }
        written = {name: digest(text) for name, text in texts.items()}
        return EvidenceFile(self.source, written, numbers, rows)

    def report(self, conflicts: tuple[str, ...], warnings: tuple[str, ...]) -> ImportReport:
        """Return what was found; a passage whose words are not those of its link is warned of."""
        passages = self.read.passages
        counts = Counter(passage.locator.section for passage in passages)
        sections = {section.id: section for section in self.read.facts.sections}
        people = {person for passage in passages for person in passage.people}
        return ImportReport(
            edition=self.id,
            sections=tuple(
                SectionLine(one, sections[one].kind if one in sections else "part", "", count)
                for one, count in counts.items()
            ),
            people=len(people),
            passages=len(passages),
            coverage=1.0,
            left_out=(),
            unprinted=(),
            doubts=tuple(sorted(_doubts(passages), key=lambda doubt: doubt.confidence)),
            conflicts=conflicts,
            missing=(),
            warnings=(*warnings, *self._warnings()),
        )

    def _warnings(self) -> list[str]:
        told = [
            f"{passage.locator}: the words are not those of its fingerprint ~{passage.fingerprint}: edited since"
            for passage in self.read.passages
            if passage.fingerprint and passage.fingerprint != fingerprint("\n\n".join(passage.paragraphs))
        ]
        unknown = {theme for passage in self.read.passages for theme in passage.themes} - self.themes
        return told + [
            f"theme {theme!r}, set by hand, is left out: it is not in themes.toml" for theme in sorted(unknown)
        ]


def _rendered(files: Mapping[str, list[Entry]]) -> dict[str, str]:
    return {name: render_blocks(blocks_of(entries)) for name, entries in files.items()}


def _heading(heading: TeiHeading) -> Block:
    marks = tuple(Mark(0, "page", page) for page in heading.pages)
    return Block(heading.text, heading.level, heading.section.rpartition("/")[2], marks=marks)


def _doubts(passages: tuple[TeiPassage, ...]) -> list[Doubt]:
    found = [(passage, passage.evidence) for passage in passages if passage.evidence]
    return [
        Doubt(
            section=passage.locator.section,
            page="",
            confidence=evidence.confidence,
            rule=evidence.rule,
            why=evidence.doubt,
            words=passage.paragraphs[0][:70],
        )
        for passage, evidence in found
        if evidence.confidence < _DOUBTFUL or evidence.doubt
    ]

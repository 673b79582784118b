"""What the corpus has of an edition already, and how what is imported takes its place: all of it or nothing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.merging import Entry, Unit, sections_of, units_of
from indexer.numbering import KnownPassage
from kb.edition import load_edition
from kb.errors import ConflictError, CorpusError, CorpusInvalid
from kb.evidence import EvidenceFile, load_evidence
from kb.ledger import Ledger
from kb.ledger_file import read_ledger
from kb.locator import fingerprint, parse_locator
from kb.markdown import Block, parse_blocks
from kb.model import Edition, Speaker
from kb.outline import FILE_NAME as OUTLINE
from kb.outline import load_outline, markdown_files

_WORKSHOP = ".import"
_OLD = ".old"


@dataclass(frozen=True)
class Existing:
    """What the corpus has of one edition: `facts` if a person wrote them, and the `corrected` files."""

    folder: Path
    facts: Edition | None = None
    evidence: EvidenceFile = field(default_factory=EvidenceFile)
    files: dict[str, list[Entry]] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)

    def known(self, *, keep_corrections: bool) -> list[KnownPassage]:
        """Return the passages that have their numbers, those taken out by hand among them, and those once released.

        The number of one whose life has ended (see `kb.ledger`) is never given again: such a passage is known only
        where corrections are kept, so that it stays out.
        """
        units = [entry for entries in self.files.values() for entry in entries if isinstance(entry, Unit)]
        rows = dict(self.evidence.rows)
        known = []
        for unit in units:
            row = rows.pop(str(unit.locator), None)
            known.append(KnownPassage(unit.locator, fingerprint(unit.text), unit.text, row.spans if row else ()))
        ended = self.ledger.ended
        for written, row in rows.items():
            locator, _ = parse_locator(written)
            if keep_corrections or locator not in ended:
                known.append(KnownPassage(locator, row.written.get("text", ""), "", row.spans))
        there = {passage.locator for passage in known}
        released = (life for locator, life in self.ledger.living.items() if locator not in there)
        return known + [KnownPassage(life.locator, life.last.fingerprint, life.last.text) for life in released]

    def refuse_corrected(self) -> None:
        """Let nobody overwrite corrections unawares.

        Raises:
            ConflictError: the edition was corrected by hand; the message names the files.
        """
        if self.corrected:
            raise ConflictError(
                f"{self.folder}: corrected by hand in {', '.join(self.corrected)}; "
                "keep the corrections with --merge, or discard them with --replace"
            )


def existing_edition(folder: Path, people: Mapping[str, Speaker]) -> Existing:
    """Return what the corpus has in `folder`; nothing if there is no such edition.

    Raises:
        CorpusError, CorpusInvalid: it cannot be read, or names somebody who is not in `people`.
    """
    if not (folder / OUTLINE).exists():
        return Existing(folder)
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
        if evidence.written.get(path.name) != digest(text):
            corrected.append(path.name)
    drafted = not evidence.written.get(OUTLINE) or evidence.written[OUTLINE] != digest(
        (folder / OUTLINE).read_text(encoding="utf-8")
    )
    ledger = _ledger(folder)
    evidence = replace(evidence, numbers=_highest(evidence.numbers, ledger))
    return Existing(folder, facts if drafted else None, evidence, files, tuple(corrected), ledger)


def _ledger(folder: Path) -> Ledger:
    problems: list[CorpusError] = []
    ledger = read_ledger(folder, problems)
    if problems:
        raise CorpusInvalid(problems)
    return ledger


def _highest(numbers: Mapping[str, int], ledger: Ledger) -> dict[str, int]:
    """Return the highest number ever given in each section, those among them that a ledger alone remembers."""
    highest = dict(numbers)
    for locator in ledger.lives:
        highest[locator.section] = max(highest.get(locator.section, 0), locator.ordinal)
    return highest


def digest(text: str) -> str:
    """Return the digest by which a file is known to be as the importer left it."""
    return hashlib.sha256(text.encode()).hexdigest()


def blocks_of(entries: list[Entry]) -> list[Block]:
    """Return the Markdown blocks of a file."""
    return [block for entry in entries for block in (entry.blocks if isinstance(entry, Unit) else (entry,))]


@dataclass
class Workshop:
    """Where editions are written and checked before they take their place in the corpus, all of them or none."""

    corpus_folder: Path
    _staged: list[str] = field(default_factory=list)

    @property
    def _folder(self) -> Path:
        return self.corpus_folder / _WORKSHOP

    def write_people(self, text: str) -> Path:
        """Write the authority file that comes with the editions, and return where it lies for now."""
        path = self._folder / "people.toml"
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def stage(self, edition: str, texts: Mapping[str, str], people: Mapping[str, Speaker]) -> None:
        """Write an edition, with what else lies in its folder in the corpus, and load it once.

        Raises:
            CorpusInvalid: it would not load; the problems name the files as they would have been.
        """
        new, target = self._folder / edition, self.corpus_folder / edition
        if target.exists():
            shutil.copytree(target, new)
            for path in markdown_files(new):
                path.unlink()
        new.mkdir(exist_ok=True)
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8", newline="\n")
        problems: list[CorpusError] = []
        load_edition(new, people, problems)
        if problems:
            raise CorpusInvalid([_as_in_place(problem, new, target) for problem in problems])
        self._staged.append(edition)

    def put_in_place(self) -> None:
        """Swap everything in; on any failure the old state stays."""
        people = self.corpus_folder / "people.toml"
        if people.exists():
            shutil.copy2(people, self._folder / f"people.toml{_OLD}")
        placed = []
        try:
            for edition in self._staged:
                target = self.corpus_folder / edition
                if target.exists():
                    target.replace(self._folder / f"{edition}{_OLD}")
                placed.append(target)
                (self._folder / edition).replace(target)
            (self._folder / "people.toml").replace(people)
        except BaseException:
            for target in placed:
                shutil.rmtree(target, ignore_errors=True)
            raise


@contextmanager
def open_workshop(corpus_folder: Path) -> Iterator[Workshop]:
    """Open a workshop in the corpus folder; whatever happens, it is cleared away and the corpus is whole."""
    _recover(corpus_folder)
    is_new = not corpus_folder.exists()
    (corpus_folder / _WORKSHOP).mkdir(parents=True)
    try:
        yield Workshop(corpus_folder)
    finally:
        _recover(corpus_folder)
        if is_new and not any(corpus_folder.iterdir()):
            corpus_folder.rmdir()


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

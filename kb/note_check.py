"""Whether the notes of a corpus are sound: every link leads somewhere, every passage shown is named with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kb.errors import CorpusError, CorpusInvalid, LocatorError
from kb.histories import Histories
from kb.locator import parse_locator
from kb.model import Corpus, Passage
from kb.notes import Note, NoteLink, Target, note_files, parse_link, read_notes, written_links


def check_notes(folder: Path, corpus: Corpus, problems: list[CorpusError]) -> None:
    """Put everything that is wrong with the notes of the corpus in `folder` into `problems`."""
    paths = {path.stem: path for path in note_files(folder)}
    if not paths:
        return
    notes = read_notes(folder, problems)
    known = _Known(folder, corpus, paths)
    for note in notes.values():
        problems.extend(_of_links(note, known, paths[note.name]))
    problems.extend(_of_themes(notes, corpus, paths))


def _of_themes(notes: Mapping[str, Note], corpus: Corpus, paths: Mapping[str, Path]) -> Iterator[CorpusError]:
    owners: dict[str, str] = {}
    for note in notes.values():
        if not note.theme:
            continue
        path, line = paths[note.name], note.line - 1
        if note.theme not in corpus.themes:
            yield CorpusError(f"unknown theme {note.theme!r}; add it to themes.toml", path, line)
        elif note.theme in owners:
            yield CorpusError(f"theme {note.theme!r} has a note already: {owners[note.theme]!r}", path, line)
        owners.setdefault(note.theme, note.name)


def _of_links(note: Note, known: _Known, path: Path) -> Iterator[CorpusError]:
    for line, written in written_links(note):
        try:
            problem = known.problem(parse_link(written, line=line))
        except LocatorError as error:
            problem = str(error)
        if problem:
            yield CorpusError(problem, path, line)


class _Known:
    """What a note may link to."""

    def __init__(self, folder: Path, corpus: Corpus, notes: Mapping[str, Path]) -> None:
        self._histories = Histories(folder)
        self._passages: Mapping[str, Passage] = {passage.id: passage for passage in corpus.passages}
        sections = {f"{edition.id}/{section.id}" for edition in corpus.editions for section in edition.sections}
        self._ids: Mapping[Target, frozenset[str]] = {
            Target.NOTE: frozenset(notes),
            Target.PERSON: frozenset(corpus.speakers),
            Target.THEME: frozenset(corpus.themes),
            Target.EVENT: frozenset(edition.id for edition in corpus.editions),
            Target.SECTION: frozenset(sections),
        }

    def problem(self, link: NoteLink) -> str:
        """Return what is wrong with a link; empty if nothing is."""
        if link.kind is not Target.PASSAGE:
            return "" if link.target in self._ids[link.kind] else f"unknown {link.kind} {link.target!r}"
        passage = self._passages.get(link.target)
        if passage is None and not self._has_ended(link.target):
            return f"unknown passage {link.target!r}"
        if link.is_embed and not link.fingerprint:
            shown = f"![[{link.target}~{passage.fingerprint if passage else '…'}]]"
            return f"a passage is shown with the fingerprint of its words: {shown}"
        return ""

    def _has_ended(self, written: str) -> bool:
        """Return whether there was such a passage: the note then says what became of it."""
        locator, _ = parse_locator(written)
        try:
            return locator in self._histories.ledger(locator.edition).lives
        except CorpusInvalid:  # told where ledgers are checked
            return True

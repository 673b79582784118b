"""`kb import` of JSON Lines: paragraphs whose speakers are given, one edition an event, all of it or nothing.

The source is read as a stream and only the rows of one edition are held at a time; each edition is written and checked
beside the corpus, and all take their places at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from indexer.attributed_rows import AttributedRow, attributed_row
from indexer.people_file import completed_people
from indexer.people_met import PeopleMet
from indexer.placing import existing_edition, open_workshop
from indexer.readers.jsonl import JsonLine, read_json_lines, source_of, stem
from indexer.report import ImportReport
from indexer.row_edition import RowEdition, short_id, unused_id
from kb.errors import CorpusError, CorpusInvalid, SourceError
from kb.people import load_people, slug

_MOST_PROBLEMS = 100


def import_rows(
    path: Path,
    corpus_folder: Path,
    *,
    edition: str = "",
    encoding: str = "utf-8",
    replace: bool = False,
    merge_corrections: bool = False,
    progress: Callable[[str], None] = lambda edition: None,
) -> list[ImportReport]:
    """Import attributed paragraphs and return what was found, one report an edition.

    `progress` is told each edition when it is written.

    Raises:
        SourceError: the file cannot be read to its end, or holds nothing.
        CorpusInvalid: rows are wrong (up to a hundred are listed), or what is there already is; nothing is written.
        ConflictError: an edition was corrected by hand, and neither `replace` nor `merge_corrections` is set.
    """
    if edition != slug(edition):
        raise SourceError(f"{edition!r} is no edition id; use lower-case letters, digits and hyphens: {slug(edition)}")
    source = source_of(path)
    people_path = corpus_folder / "people.toml"
    people = PeopleMet(load_people(people_path))
    rows = _Rows(path, encoding, one_edition=bool(edition))
    reports = []
    with open_workshop(corpus_folder) as workshop:
        for edition_id, edition_rows in rows.editions(edition):
            progress(edition_id)
            existing = existing_edition(corpus_folder / edition_id, people.known)
            if not (replace or merge_corrections):
                existing.refuse_corrected()
            if rows.problems:  # read on, to tell all of them
                continue
            draft = RowEdition(edition_id, edition_rows, existing, people, source)
            files = draft.files(keep_corrections=merge_corrections)
            workshop.stage(edition_id, files.texts, people.all)
            reports.append(draft.report(files.conflicts))
        rows.refuse_problems()
        if not reports:
            raise SourceError(f"{path}: the file is empty; nothing to import")
        old = people_path.read_text(encoding="utf-8") if people_path.exists() else ""
        load_people(workshop.write_people(completed_people(old, people.met.values(), people.known)))
        workshop.put_in_place()
    return reports


@dataclass
class _Rows:
    """The rows of a source, edition by edition; `problems` are those that cannot be taken."""

    path: Path
    encoding: str
    one_edition: bool
    problems: list[CorpusError] = field(default_factory=list)

    def editions(self, edition: str) -> Iterator[tuple[str, list[AttributedRow]]]:
        """Yield the rows of each edition with its id: that of the event, or `edition` for all of them."""
        events: dict[str, int] = {}
        ids: set[str] = set()
        for event, group in groupby(self._checked(), key=lambda row: "" if edition else row.event):
            rows = list(group)
            if event in events:
                message = f"event {event!r} stands apart from its other rows (line {events[event]}); sort by event"
                self._note(CorpusError(message, self.path, rows[0].line))
            events[event] = rows[0].line
            edition_id = edition or unused_id(short_id(event) or slug(stem(self.path)), ids)
            yield edition_id, rows

    def _checked(self) -> Iterator[AttributedRow]:
        for line in read_json_lines(self.path, encoding=self.encoding):
            try:
                row = self._row(line)
            except CorpusError as problem:
                self._note(problem)
            else:
                yield row

    def _row(self, line: JsonLine | CorpusError) -> AttributedRow:
        if isinstance(line, CorpusError):
            raise line
        row = attributed_row(line, self.path)
        if not (row.event or self.one_edition):
            raise CorpusError('no "event"; name the edition of such rows with --edition', self.path, row.line)
        return row

    def _note(self, problem: CorpusError) -> None:
        self.problems.append(problem)
        if len(self.problems) >= _MOST_PROBLEMS:
            self.refuse_problems()

    def refuse_problems(self) -> None:
        """Raise what is wrong with the rows, if anything is."""
        if self.problems:
            raise CorpusInvalid(self.problems)

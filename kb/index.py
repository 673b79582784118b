"""An index, opened for reading: search, passages, and the facts of the corpus as they were when it was built.

An index folder holds *generations*, each complete in itself, and the file `CURRENT` with the name of the one that
serves. A build adds a generation and replaces that file; nothing else ever changes what readers see.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.columns import Column, Mask, apply_masks, count_facets, facet_masks, load_column
from kb.engines import whoosh
from kb.engines.base import Engine, EngineModule, EngineUnreadable
from kb.errors import CorpusError, IndexUnusable
from kb.locator import Locator
from kb.model import Edition, Passage, SourceFile, Speaker, Theme
from kb.outline import load_outline
from kb.people import load_people
from kb.query import Query, parse_query
from kb.results import FACETS, Hit, Results, Search
from kb.snippets import make_snippet
from kb.store import PassageStore
from kb.text import Analyser, Vocabulary
from kb.themes import load_themes

FORMAT = 2
"""Raise this when an older index can no longer be read."""

POINTER = "CURRENT"
MANIFEST = "manifest.json"
FACTS = "facts.json"
VOCABULARY = "vocabulary.json"
CORPUS_FOLDER, COLUMNS_FOLDER, ENGINE_FOLDER = "corpus", "columns", "engine"
SECTION_COLUMN = "section"
SEARCHED, DATES = "searched.npy", "dates.npy"

ENGINES: Mapping[str, EngineModule] = {whoosh.NAME: whoosh}
"""The engines there are, by the name a manifest gives."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself. `built_at` is an ISO time in UTC, `previous` the generation it replaced."""

    format: int
    engine: str
    language: str
    fingerprint: str
    passages: int
    built_at: str
    previous: str = ""

    def write(self, folder: Path) -> None:
        """Write the manifest of the generation in `folder`."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the generation in `folder`.

    Raises:
        IndexUnusable: it is missing or damaged, or another version of the program wrote it.
    """
    try:
        row = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if row["format"] != FORMAT:
            raise IndexUnusable(folder, f"the index has format {row['format']}, this version reads format {FORMAT}")
        return Manifest(**row)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexUnusable(folder, f"the manifest of the index cannot be read ({error})") from error


def current_generation(path: Path) -> str | None:
    """Return the name of the generation that serves the index folder `path`; None if there is none yet."""
    try:
        return (path / POINTER).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def open_index(path: Path) -> Index:
    """Return the index in the folder `path`.

    Raises:
        IndexUnusable: there is none, it is damaged, or another version of the program wrote it.
    """
    stamp = _stamp(path)
    generation = current_generation(path)
    if generation is None:
        raise IndexUnusable(path, "there is no index here")
    try:
        return Index(path, generation, stamp)
    except IndexUnusable:
        if current_generation(path) in (generation, None):
            raise
        return open_index(path)  # replaced and cleared away while it was being opened


class Index:
    """One generation of an index. Safe to use from several threads; it answers alike until it is closed."""

    def __init__(self, path: Path, generation: str, pointer: _Stamp | None = None) -> None:
        """Open a generation; `pointer` is how the pointer file looked before it was read."""
        self.path = path
        self._pointer = pointer
        folder = path / generation
        self.manifest = read_manifest(folder)
        if self.manifest.engine not in ENGINES:
            raise IndexUnusable(path, f"the index needs the engine {self.manifest.engine!r}, which is not here")
        try:
            self.speakers: Mapping[str, Speaker] = load_people(folder / CORPUS_FOLDER / "people.toml")
            self.themes: Mapping[str, Theme] = load_themes(folder / CORPUS_FOLDER / "themes.toml")
            self.editions: Mapping[str, Edition] = _load_editions(folder)
            self._load_words(folder)
        except (OSError, EOFError, ValueError, KeyError, TypeError, CorpusError, EngineUnreadable) as error:
            raise IndexUnusable(path, f"the index is damaged ({error})") from error

    def _load_words(self, folder: Path) -> None:
        self._store = PassageStore(folder)
        self._columns = {facet: load_column(folder / COLUMNS_FOLDER, facet) for facet in FACETS}
        self._sections: Column = load_column(folder / COLUMNS_FOLDER, SECTION_COLUMN)
        self._searched: Mask = np.load(folder / COLUMNS_FOLDER / SEARCHED, mmap_mode="r")
        self._dates: NDArray[np.int32] = np.load(folder / COLUMNS_FOLDER / DATES, mmap_mode="r")
        self.analyser = Analyser(self.manifest.language, _load_vocabulary(folder / VOCABULARY))
        self._engine: Engine = ENGINES[self.manifest.engine].open_engine(folder / ENGINE_FOLDER)
        if not len(self._store) == self._engine.passages == len(self._searched):
            raise EngineUnreadable("its parts do not hold the same passages")

    def refreshed(self) -> Index:
        """Return this index, or the one that has taken its place since; costs one look at a file's date.

        Raises:
            IndexUnusable: the new one cannot be read by this version.
        """
        stamp = _stamp(self.path)
        if stamp == self._pointer or stamp is None:
            return self
        return open_index(self.path)

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()

    def passage(self, locator: Locator) -> Passage | None:
        """Return the passage at `locator`, or None."""
        return self._store.find(locator)

    def passages_in(self, edition: str, section: str = "") -> tuple[Passage, ...]:
        """Return the passages of an edition, or of a section and those nested in it, in reading order."""
        place = f"{edition}/{section}" if section else edition
        inside = [value for value in self._sections.values if value == place or value.startswith(f"{place}/")]
        return self._passages(self._sections.mask(inside))

    def passages_of(self, speaker_id: str) -> tuple[Passage, ...]:
        """Return the passages of a person, in reading order."""
        return self._passages(self._columns["speaker"].mask([speaker_id]))

    def _passages(self, mask: Mask) -> tuple[Passage, ...]:
        return tuple(self._store[int(number)] for number in np.flatnonzero(mask))

    def search(self, search: Search) -> Results:
        """Return the hits asked for, and every facet counted over all that matches."""
        query = parse_query(search.text, self.analyser)
        scores, matching, notes = self._match(query)
        masks = facet_masks(self._columns, search.filters)
        numbers = np.flatnonzero(apply_masks(matching, masks))
        first = max(0, search.offset)
        page = self._sorted(numbers, scores, search.sort)[first : first + max(0, search.limit)]
        return Results(
            search=search,
            understood=query.understood(*notes),
            total=len(numbers),
            hits=tuple(self._hit(int(number), float(scores[number]), query) for number in page),
            facets=count_facets(self._columns, matching, masks, search.filters),
            corpus_fingerprint=self.manifest.fingerprint,
            corpus_passages=self.manifest.passages,
        )

    def _match(self, query: Query) -> tuple[NDArray[np.float64], Mask, tuple[str, ...]]:
        """Return all scores, which passages match, and a note if not all words could be had."""
        scores, matching = self._found(query)
        words = len(query.bare_words)
        for enough in dict.fromkeys(((words + 1) // 2, 1)):
            if matching.any() or words < 2:
                break
            scores, matching = self._found(query, at_least=enough)
            if matching.any():
                so_many = "einem" if enough == 1 else str(enough)
                note = f"Keine Textstelle enthält alle {words} Wörter; gezeigt sind die mit mindestens {so_many} davon."
                return scores, matching, (note,)
        return scores, matching, ()

    def _found(self, query: Query, *, at_least: int | None = None) -> tuple[NDArray[np.float64], Mask]:
        matches = self._engine.search(query, at_least=at_least)
        scores = np.zeros(len(self._store))
        scores[matches.numbers] = matches.scores
        matching = np.zeros(len(self._store), dtype=np.bool_)
        matching[matches.numbers] = True
        return scores, matching & self._searched

    def _sorted(self, numbers: NDArray[np.int64], scores: NDArray[np.float64], sort: str) -> NDArray[np.int64]:
        """Return the numbers in the order asked for; reading order parts equals, editions without a date come last."""
        dates = self._dates[numbers].astype(np.int64)
        keys = {
            "relevance": -scores[numbers],
            "newest": -dates,
            "oldest": np.where(dates == 0, np.iinfo(np.int64).max, dates),
        }
        return numbers[np.argsort(keys[sort], kind="stable")] if sort in keys else numbers

    def _hit(self, number: int, score: float, query: Query) -> Hit:
        passage = self._store[number]
        return Hit(passage, score, make_snippet(passage.text, query, self.analyser))


_Stamp = tuple[int, int]


def _stamp(path: Path) -> _Stamp | None:
    """Return what changes when the pointer is replaced, or None if there is none."""
    try:
        status = (path / POINTER).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def _load_vocabulary(path: Path) -> Vocabulary:
    return Vocabulary(**json.loads(path.read_text(encoding="utf-8")))


def _load_editions(folder: Path) -> dict[str, Edition]:
    """Return the editions as they were when the index was built, without their passages."""
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return {edition_id: _load_edition(folder / CORPUS_FOLDER / edition_id, row) for edition_id, row in facts.items()}


def _load_edition(folder: Path, row: dict[str, Any]) -> Edition:
    """Return an edition with what the words told: where its sections stand, and the source."""
    outline = load_outline(folder)
    pages = row["pages"]
    sections = tuple(
        replace(section, page_first=pages[section.id][0], page_last=pages[section.id][1])
        for section in outline.sections
    )
    return replace(outline, sections=sections, source=SourceFile(*row["source"]) if row["source"] else None)

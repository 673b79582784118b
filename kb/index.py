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
from kb.fields import PAGE, Facts
from kb.locator import Locator
from kb.model import Edition, Passage, SourceFile, Speaker, Theme
from kb.outline import load_outline
from kb.parsing import parse_query
from kb.people import load_people
from kb.query import Clause, Query, also_looking_for, is_required, unknown_words
from kb.ranking import Matches
from kb.results import FACETS, Hit, Results, Search
from kb.snippets import make_snippet
from kb.store import PassageStore
from kb.synonyms import FILE_NAME as SYNONYMS
from kb.synonyms import Thesaurus, load_synonyms
from kb.text import Analyser, Vocabulary, fold
from kb.themes import load_themes

FORMAT = 3
"""Raise this when an older index can no longer be read."""

POINTER = "CURRENT"
MANIFEST = "manifest.json"
FACTS = "facts.json"
VOCABULARY = "vocabulary.json"
CORPUS_FOLDER, COLUMNS_FOLDER, ENGINE_FOLDER = "corpus", "columns", "engine"
SECTION_COLUMN = "section"
_SHORTEST_SLIP, _LONG_SLIP = 5, 8
"""A word of so many letters may be a slip for one that differs in one of them; a long one in two."""

SEARCHED, DATES, PRIORS = "searched.npy", "dates.npy", "priors.npy"

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
        self._pages: Column = load_column(folder / COLUMNS_FOLDER, PAGE)
        self._sections: Column = load_column(folder / COLUMNS_FOLDER, SECTION_COLUMN)
        self._searched: Mask = np.load(folder / COLUMNS_FOLDER / SEARCHED, mmap_mode="r")
        self._dates: NDArray[np.int32] = np.load(folder / COLUMNS_FOLDER / DATES, mmap_mode="r")
        self._priors: NDArray[np.float64] = np.load(folder / COLUMNS_FOLDER / PRIORS, mmap_mode="r")
        vocabulary = _load_vocabulary(folder / VOCABULARY)
        self._printed_words = vocabulary.terms
        self.analyser = Analyser(self.manifest.language, vocabulary)
        self.synonyms = load_synonyms(folder / CORPUS_FOLDER / SYNONYMS)
        self._thesaurus = Thesaurus(self.synonyms, self.analyser)
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
        facts = Facts(self.speakers, self.themes, self.editions)
        query = parse_query(search.text, self.analyser, self._thesaurus if search.synonyms else None, facts)
        found, query = self._found(query)
        masks = facet_masks(self._columns, search.filters)
        numbers = np.flatnonzero(apply_masks(found.matching, masks))
        first = max(0, search.offset)
        page = self._sorted(numbers, found, search.sort)[first : first + max(0, search.limit)]
        return Results(
            search=search,
            understood=query.understood(*_completeness(query, int(found.complete[numbers].sum()), len(numbers))),
            total=len(numbers),
            hits=tuple(self._hit(int(number), float(found.scores[number]), query) for number in page),
            facets=count_facets(self._columns, found.matching, masks, search.filters),
            corpus_fingerprint=self.manifest.fingerprint,
            corpus_passages=self.manifest.passages,
        )

    def _found(self, query: Query) -> tuple[_Found, Query]:
        """Return what is found, and the query it was found with: a word nobody uses is read less strictly."""
        columns = {**self._columns, PAGE: self._pages}
        conditions = {field: columns[field.name].mask(field.values) for field in query.fields}
        matches = self._engine.search(query, conditions)
        weaker = self._weaker(query, matches)
        if weaker.wanted != query.wanted:
            matches = self._engine.search(weaker, conditions)
        query = weaker
        scores, complete, matching = np.zeros(len(self._store)), *np.zeros((2, len(self._store)), dtype=np.bool_)
        scores[matches.numbers] = matches.scores * self._priors[matches.numbers]
        complete[matches.numbers] = matches.complete
        matching[matches.numbers] = True
        return _Found(scores, complete, matching & self._searched), query

    def _weaker(self, query: Query, matches: Matches) -> Query:
        """Return the query with words nobody uses read without their dots, or as what they may be a slip for.

        While other words find something, the slip is only offered.
        """
        for clause in unknown_words(query, matches.frequencies):
            word = clause.printed
            if readings := self.analyser.weaker_readings(word):
                query = also_looking_for(query, clause, readings, f"„{word}“ kommt nicht vor; gesucht auch mit Umlaut.")
            elif meant := self._meant(clause):
                if len(matches.numbers):
                    query = replace(query, notes=(*query.notes, f"„{word}“ kommt nicht vor. Meinten Sie „{meant}“?"))
                else:
                    note = f"„{word}“ kommt nicht vor; gesucht ist „{meant}“."
                    query = also_looking_for(query, clause, self.analyser.readings(meant), note)
        return query

    def _meant(self, clause: Clause) -> str:
        """Return the word of the index, as it is printed, that a misspelt one is most likely meant for; or nothing."""
        word = fold(clause.printed)
        if len(word) < _SHORTEST_SLIP:
            return ""
        for differing in (1, 2) if len(word) >= _LONG_SLIP else (1,):
            if alike := self._engine.alike(word, differing=differing):
                return next((printed for printed in self._printed_words if fold(printed) == alike[0]), alike[0])
        return ""

    def _sorted(self, numbers: NDArray[np.int64], found: _Found, sort: str) -> NDArray[np.int64]:
        """Return the numbers in the order asked for, those with all words first.

        Reading order parts equals; editions without a date come last.
        """
        dates = self._dates[numbers].astype(np.int64)
        keys = {
            "relevance": -found.scores[numbers],
            "newest": -dates,
            "oldest": np.where(dates == 0, np.iinfo(np.int64).max, dates),
        }
        return numbers[np.lexsort((numbers, keys.get(sort, numbers), ~found.complete[numbers]))]

    def _hit(self, number: int, score: float, query: Query) -> Hit:
        passage = self._store[number]
        return Hit(passage, score, make_snippet(passage.text, query, self.analyser))


@dataclass(frozen=True)
class _Found:
    """What is said of every passage: its score, whether it has all that is wanted, whether it is found at all."""

    scores: NDArray[np.float64]
    complete: Mask
    matching: Mask


def _completeness(query: Query, complete: int, total: int) -> tuple[str, ...]:
    """Return the note that tells how many passages have all words, if some have not."""
    if complete == total:
        return ()
    words = sum(not is_required(node) for node in query.wanted)
    if not complete:
        return (f"Keine Textstelle enthält alle {words} Wörter; gezeigt sind die {total} mit einigen davon.",)
    verb = "enthält" if complete == 1 else "enthalten"
    return (f"{complete} {verb} alle Wörter, {total - complete} weitere einige davon.",)


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

"""One generation of an index: the files in its folder, and what they hold once opened."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.columns import Column, Mask, load_column
from kb.completion import Completer
from kb.engines import whoosh
from kb.engines.base import Engine, EngineModule, EngineUnreadable
from kb.errors import CorpusError, CorpusInvalid, IndexUnusable
from kb.fields import PAGE, Facts
from kb.histories import Histories
from kb.languages import analyser_for, united_vocabulary
from kb.lexicon import families_at
from kb.model import Edition, Passage, SourceFile
from kb.notes import Note, load_notes
from kb.outline import load_outline
from kb.people import load_people
from kb.ranking import SHIPPED, Weighing
from kb.results import FACETS
from kb.shingles import Shingles
from kb.store import PassageStore
from kb.suggestions import Speller
from kb.synonyms import FILE_NAME as SYNONYMS
from kb.synonyms import Group, Thesaurus, load_synonyms
from kb.text import Analyser, Vocabulary
from kb.themes import load_themes
from kb.word_places import WordPlaces, passage_words
from kb.word_rows import WordRows
from kb.wordlist import WordList

FORMAT = 11
"""Raise this when an older index can no longer be read."""

POINTER = "CURRENT"
MANIFEST = "manifest.json"
FACTS = "facts.json"
VOCABULARY = "vocabulary.json"
FAMILIES = "families.json"
CORPUS_FOLDER, COLUMNS_FOLDER, ENGINE_FOLDER = "corpus", "columns", "engine"
SECTION_COLUMN = "section"
SEARCHED, DATES, PRIORS, THEME_WEIGHTS = "searched.npy", "dates.npy", "priors.npy", "theme_weights.npy"

ENGINES: Mapping[str, EngineModule] = {whoosh.NAME: whoosh}
"""The engines there are, by the name a manifest gives."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself.

    `corpus` is the folder it was built of, as a path from the index folder: both may be moved together. `built_at` is
    an ISO time in UTC, `previous` the generation it replaced, `release` the version of the corpus
    (see `kb.releases.released_version`). `languages` are those of the editions, that of most
    passages first.
    """

    format: int
    engine: str
    corpus: str
    languages: tuple[str, ...]
    fingerprint: str
    passages: int
    built_at: str
    previous: str = ""
    release: str = ""

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
        return Manifest(**{**row, "languages": tuple(row["languages"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexUnusable(folder, f"the manifest of the index cannot be read ({error})") from error


def path_to(corpus_folder: Path, index_folder: Path) -> str:
    """Return how a manifest names the folder of the corpus: its path from the index folder, absolute on another drive.

    >>> path_to(Path("collection/corpus"), Path("collection/var/index"))
    '../../corpus'
    """
    corpus, index = corpus_folder.resolve(), index_folder.resolve()
    return Path(os.path.relpath(corpus, index)).as_posix() if corpus.drive == index.drive else corpus.as_posix()


def current_generation(path: Path) -> str | None:
    """Return the name of the generation that serves the index folder `path`; None if there is none yet."""
    try:
        return (path / POINTER).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def other_corpus(index_folder: Path, corpus_folder: Path) -> Path | None:
    """Return the folder of the corpus the index in `index_folder` was built of, if that is not `corpus_folder`.

    None, too, if there is no index that can be read.
    """
    generation = current_generation(index_folder)
    try:
        manifest = read_manifest(index_folder / generation) if generation else None
    except IndexUnusable:
        manifest = None
    if manifest is None:
        return None
    built_of = (index_folder.resolve() / manifest.corpus).resolve()
    return None if built_of == corpus_folder.resolve() else built_of


@dataclass(frozen=True)
class Generation:
    """What one generation holds, opened; arrays and passages are numbered alike.

    `facts` are those of the corpus when it was built, `columns` the facets; `pages` and `sections` are no facets.
    `searched` tells which passages a search may find, `dates` holds days as numbers (0: none), `priors` what a score
    counts because of what kind of passage it is, `theme_weights` run beside the column of themes. `analyser` reads
    queries, in all languages.
    """

    manifest: Manifest
    facts: Facts
    synonyms: tuple[Group, ...]
    notes: Mapping[str, Note]
    analyser: Analyser
    vocabulary: Vocabulary
    words: WordList
    thesaurus: Thesaurus
    store: PassageStore
    columns: Mapping[str, Column]
    pages: Column
    sections: Column
    searched: Mask
    dates: NDArray[np.int32]
    priors: NDArray[np.float64]
    theme_weights: NDArray[np.float64]
    engine: Engine
    histories: Histories
    shingles: Shingles
    rows: WordRows
    weighing: Weighing = SHIPPED

    @cached_property
    def speller(self) -> Speller:
        """What knows which word a misspelt one is meant for."""
        return Speller(self.words, self.facts.speakers.values(), self.analyser)

    @cached_property
    def completer(self) -> Completer:
        """What completes what is being typed."""
        return Completer(self.words, self.facts, self.columns, self.searched, self.analyser)

    @cached_property
    def _read(self) -> Callable[[str, str], WordPlaces]:
        return passage_words(self.analyser, self.facts.editions)

    def words_of(self, passage: Passage) -> WordPlaces:
        """Return where each word of a passage stands; kept for the passages asked for last."""
        return self._read(passage.edition, passage.text)

    def passages(self, numbers: Iterable[int]) -> tuple[Passage, ...]:
        """Return the passages with these numbers, in their order."""
        return tuple(self.store[int(number)] for number in numbers)

    def close(self) -> None:
        """Let go of the files."""
        self.engine.close()


def open_generation(path: Path, name: str) -> Generation:
    """Return the generation `name` of the index folder `path`.

    Raises:
        IndexUnusable: it is missing or damaged, or another version of the program wrote it.
    """
    manifest = read_manifest(path / name)
    if manifest.engine not in ENGINES:
        raise IndexUnusable(path, f"the index needs the engine {manifest.engine!r}, which is not here")
    try:
        generation = _load(path / name, manifest)
        if len({len(generation.store), generation.engine.passages, len(generation.searched), len(generation.rows)}) > 1:
            raise EngineUnreadable("its parts do not hold the same passages")
    except (OSError, EOFError, ValueError, KeyError, TypeError, CorpusError, CorpusInvalid, EngineUnreadable) as error:
        raise IndexUnusable(path, f"the index is damaged ({error})") from error
    return generation


def _load(folder: Path, manifest: Manifest) -> Generation:
    corpus, columns = folder / CORPUS_FOLDER, folder / COLUMNS_FOLDER
    rows = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
    vocabularies = {language: Vocabulary(**rows[language]) for language in manifest.languages}
    analyser = analyser_for(vocabularies)
    families_at(folder / FAMILIES)
    synonyms = load_synonyms(corpus / SYNONYMS)
    return Generation(
        manifest=manifest,
        facts=Facts(load_people(corpus / "people.toml"), load_themes(corpus / "themes.toml"), _load_editions(folder)),
        synonyms=synonyms,
        notes=load_notes(corpus),
        analyser=analyser,
        vocabulary=united_vocabulary(list(vocabularies.values())),
        words=WordList(folder),
        thesaurus=Thesaurus(synonyms, analyser),
        store=PassageStore(folder),
        columns={facet: load_column(columns, facet) for facet in FACETS},
        pages=load_column(columns, PAGE),
        sections=load_column(columns, SECTION_COLUMN),
        searched=np.load(columns / SEARCHED, mmap_mode="r"),
        dates=np.load(columns / DATES, mmap_mode="r"),
        priors=np.load(columns / PRIORS, mmap_mode="r"),
        theme_weights=np.load(columns / THEME_WEIGHTS, mmap_mode="r"),
        histories=Histories(corpus),
        engine=ENGINES[manifest.engine].open_engine(folder / ENGINE_FOLDER),
        shingles=Shingles(folder),
        rows=WordRows(folder),
    )


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

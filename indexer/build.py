"""From the corpus to an index: a new generation beside the old one, then one atomic swap.

An index is disposable: a build that stops half-way leaves the old generation serving, and the next one clears up.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from indexer.beside import write_beside
from indexer.entries import EntryMaker
from kb import labels
from kb.columns import make_column, save_column
from kb.corpus import load_corpus, with_passages
from kb.engines.base import Entry
from kb.errors import ConflictError, CorpusInvalid, IndexUnusable, KbError
from kb.fields import PAGE
from kb.freshness import is_up_to_date
from kb.generation import (
    COLUMNS_FOLDER,
    CORPUS_FOLDER,
    DATES,
    ENGINE_FOLDER,
    FACTS,
    FAMILIES,
    FORMAT,
    POINTER,
    PRIORS,
    SEARCHED,
    SECTION_COLUMN,
    THEME_WEIGHTS,
    VOCABULARY,
    Manifest,
    current_generation,
    other_corpus,
    path_to,
    read_manifest,
)
from kb.ledger import FILE_NAME as LEDGER
from kb.lexicon import families_at, write_families
from kb.model import CONTENT_KINDS, SEARCHED_KINDS, Corpus, Edition, Passage
from kb.notes import FOLDER as NOTES
from kb.notes import note_files
from kb.outline import FILE_NAME
from kb.releases import FILE_NAME as RELEASES
from kb.releases import released_version
from kb.results import NONE
from kb.shingles import write_shingles
from kb.store import write_passages
from kb.synonyms import FILE_NAME as SYNONYMS
from kb.synonyms import load_synonyms
from kb.text import Analyser
from kb.wordlist import write_words

DEFAULT_ENGINE = "whoosh"
_APPARATUS, _ONE_LINE, _LINE = 0.5, 0.7, 80
"""What counts of the score of programme and footnotes, and of passages with fewer characters than a line."""

_BY_HAND = 3.0
"""How strongly a theme stands that a person gave: above what the words of most passages earn."""

_LOCK = "build.lock"
_GENERATION = "generation-"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: how many passages of which editions, in how many seconds; not `is_new` if nothing changed."""

    passages: int
    editions: tuple[str, ...]
    fingerprint: str
    seconds: float
    is_new: bool = True


def build_index(
    corpus_folder: Path,
    index_folder: Path,
    *,
    force: bool = True,
    replace_other: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Build the index of a corpus in `index_folder`, put it in the place of the old one, and return what was made.

    Without `force` an index that is up to date is left alone; that of another corpus is replaced only if
    `replace_other` says so, or if it holds the same. `progress` is told the number of passages analysed so far, and of
    all.

    Raises:
        CorpusInvalid: something in the corpus is wrong; nothing is built.
        ConflictError: another build is at work in `index_folder`, or it holds the index of another corpus.
        KbError: `index_folder` cannot be written.
    """
    started = time.perf_counter()
    with _no_trace_of_a_broken_corpus(index_folder), _only_build(index_folder):
        # Read under the lock: a build that waited with an older corpus must not replace a newer index.
        corpus = load_corpus(corpus_folder, tagged=False)
        previous = current_generation(index_folder)
        other = other_corpus(index_folder, corpus_folder)
        is_fresh = (other is not None or not force) and is_up_to_date(corpus, corpus_folder, index_folder)
        if other is not None and not replace_other and not is_fresh:
            raise _taken(index_folder, other, corpus_folder)
        is_new = force or not is_fresh or other is not None
        if is_new:
            families_at(index_folder / (previous or "") / FAMILIES)
            _clear(index_folder, keep={previous, _predecessor(index_folder, previous)})
            generation = _new_generation(index_folder)
            _write_generation(corpus, corpus_folder, generation, previous=previous or "", progress=progress)
            _swap(index_folder, generation.name)
            _clear(index_folder, keep={generation.name, previous})
        manifest = read_manifest(index_folder / (current_generation(index_folder) or ""))
    return BuildReport(
        passages=manifest.passages,
        editions=tuple(edition.id for edition in corpus.editions),
        fingerprint=manifest.fingerprint,
        seconds=time.perf_counter() - started,
        is_new=is_new,
    )


@contextmanager
def _no_trace_of_a_broken_corpus(index_folder: Path) -> Iterator[None]:
    """Remove the index folder again if it was made for a corpus from which nothing is built."""
    is_first = not index_folder.exists()
    try:
        yield
    except CorpusInvalid:
        if is_first:
            shutil.rmtree(index_folder, ignore_errors=True)
        raise


@contextmanager
def _only_build(index_folder: Path) -> Iterator[None]:
    """Hold the lock of the index folder; it goes with the process, however that ends, on every platform."""
    try:
        index_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = sqlite3.connect(index_folder / _LOCK, timeout=0, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise _unwritable(index_folder, error) from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise _unwritable(index_folder, error) from error
            raise ConflictError(
                f"{index_folder}: another build of this index is at work; wait for it to end, then try again"
            ) from error
        yield


def _taken(index_folder: Path, other: Path, corpus_folder: Path) -> ConflictError:
    return ConflictError(
        f"{index_folder}: this is the index of another corpus, {other}; choose another folder for that of "
        f"{corpus_folder} with --index DIR, or replace it with --force (so, too, if the corpus was moved)"
    )


def _unwritable(index_folder: Path, error: Exception) -> KbError:
    return KbError(f"{index_folder}: an index cannot be written here ({error}); choose another folder with --index")


def _predecessor(index_folder: Path, generation: str | None) -> str | None:
    """Return the generation before `generation`: a reader may not have noticed yet that it was replaced."""
    if generation is None:
        return None
    try:
        return read_manifest(index_folder / generation).previous or None
    except IndexUnusable:
        return None


def _clear(index_folder: Path, *, keep: set[str | None]) -> None:
    """Remove all generations but those to keep; one that is still open on Windows goes with the next build."""
    for folder in index_folder.glob(f"{_GENERATION}*"):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _new_generation(index_folder: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    folder = index_folder / f"{_GENERATION}{stamp}-{secrets.token_hex(3)}"
    folder.mkdir(mode=0o700)
    return folder


def _swap(index_folder: Path, generation: str) -> None:
    """Make `generation` the one that serves."""
    fresh = index_folder / f"{POINTER}.new"
    with fresh.open("w", encoding="utf-8") as pointer:
        pointer.write(f"{generation}\n")
        pointer.flush()
        os.fsync(pointer.fileno())
    fresh.replace(index_folder / POINTER)


def _write_generation(
    corpus: Corpus,
    corpus_folder: Path,
    folder: Path,
    *,
    previous: str,
    progress: Callable[[int, int], None] | None,
) -> None:
    _copy_facts(corpus, corpus_folder, folder)
    maker = EntryMaker(corpus)
    write_beside(DEFAULT_ENGINE, folder / ENGINE_FOLDER, _told(maker.entries(), len(corpus.passages), progress))
    tagged = with_passages(corpus, maker.tagged)
    write_passages(folder, tagged.passages)
    _write_columns(tagged, folder / COLUMNS_FOLDER)
    write_shingles(folder, (passage.text for passage in tagged.passages))
    maker.rows.write(folder)
    _write_vocabularies(maker.analysers, corpus_folder, folder)
    write_words(folder, maker.counter.words(maker.analysers.values()))
    Manifest(
        format=FORMAT,
        engine=DEFAULT_ENGINE,
        corpus=path_to(corpus_folder, folder.parent),
        languages=tuple(maker.analysers),
        fingerprint=tagged.fingerprint,
        passages=len(tagged.passages),
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        previous=previous,
        release=released_version(corpus_folder, corpus),
    ).write(folder)


def _told(entries: Iterator[Entry], total: int, progress: Callable[[int, int], None] | None) -> Iterator[Entry]:
    """Yield the entries and tell how many there have been."""
    for number, entry in enumerate(entries, start=1):
        yield entry
        if progress:
            progress(number, total)


def _write_vocabularies(analysers: Mapping[str, Analyser], corpus_folder: Path, folder: Path) -> None:
    """Write by language the words of all texts seen, and with the main one those of the synonyms queries are given."""
    main = next(iter(analysers.values()))
    for group in load_synonyms(corpus_folder / SYNONYMS):
        for word in (*group.words, *group.finds):
            main.tokens(word)
    vocabularies = {language: vars(analyser.learnt()) for language, analyser in analysers.items()}
    (folder / VOCABULARY).write_text(json.dumps(vocabularies, ensure_ascii=False), encoding="utf-8")
    if any(analyser.language == "de" for analyser in analysers.values()):
        write_families(folder / FAMILIES)


def _copy_facts(corpus: Corpus, corpus_folder: Path, folder: Path) -> None:
    """Keep the facts of the corpus as they are now, and what the words told of the outline."""
    facts = {}
    (folder / CORPUS_FOLDER).mkdir()
    for name in ("people.toml", "themes.toml", SYNONYMS, RELEASES):
        if (corpus_folder / name).exists():
            shutil.copyfile(corpus_folder / name, folder / CORPUS_FOLDER / name)
    for note in note_files(corpus_folder):
        (folder / CORPUS_FOLDER / NOTES).mkdir(exist_ok=True)
        shutil.copyfile(note, folder / CORPUS_FOLDER / NOTES / note.name)
    for edition in corpus.editions:
        (folder / CORPUS_FOLDER / edition.id).mkdir()
        for name in (FILE_NAME, LEDGER):
            if (corpus_folder / edition.id / name).exists():
                shutil.copyfile(corpus_folder / edition.id / name, folder / CORPUS_FOLDER / edition.id / name)
        facts[edition.id] = {
            "pages": {section.id: [section.page_first, section.page_last] for section in edition.sections},
            "source": [edition.source.file, edition.source.sha256] if edition.source else None,
        }
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def _write_columns(corpus: Corpus, folder: Path) -> None:
    passages = corpus.passages
    years = {edition.id: str(edition.year) if edition.year else NONE for edition in corpus.editions}
    rows: dict[str, list[tuple[str, ...]]] = {
        "speaker": [passage.speaker_ids for passage in passages],
        "role": [(passage.role.value,) if passage.role else () for passage in passages],
        "forum": [(passage.forum,) for passage in passages],
        "theme": [tuple(tag.theme for tag in passage.themes) for passage in passages],
        "voice": [(passage.voice.value,) for passage in passages],
        "kind": [(passage.kind.value,) for passage in passages],
        "edition": [(passage.edition,) for passage in passages],
        "year": [(years[passage.edition],) for passage in passages],
        PAGE: [_pages(passage) for passage in passages],
        SECTION_COLUMN: [(f"{passage.edition}/{passage.section}",) for passage in passages],
    }
    names = _labels(corpus)
    for name, column_rows in rows.items():
        save_column(make_column(column_rows, {NONE: labels.NONE, **names.get(name, {})}), folder, name)
    dates = {edition.id: _day(edition) for edition in corpus.editions}
    np.save(folder / SEARCHED, np.array([passage.kind in SEARCHED_KINDS for passage in passages], dtype=np.bool_))
    np.save(folder / PRIORS, np.array([_prior(passage) for passage in passages]))
    np.save(folder / THEME_WEIGHTS, np.array(list(_theme_weights(passages))))
    np.save(folder / DATES, np.array([dates[passage.edition] for passage in passages], dtype=np.int32))


def _theme_weights(passages: Iterable[Passage]) -> Iterator[float]:
    """Yield how strongly each theme of each passage stands; 0 for a passage without a theme, as in the column."""
    for passage in passages:
        weights = {tag.theme: _BY_HAND if tag.by_hand else tag.weight for tag in passage.themes}
        yield from weights.values() or (0.0,)


def _pages(passage: Passage) -> tuple[str, ...]:
    """Return the printed labels of all pages a passage stands on, as far as they can be counted."""
    first, last = passage.page_first, passage.page_last
    if first.isdecimal() and last.isdecimal():
        return tuple(map(str, range(int(first), int(last) + 1)))
    return tuple(filter(None, (first, last)))


def _prior(passage: Passage) -> float:
    """Return how likely a passage is meant at all: apparatus and one-liners only name what others talk about."""
    prior = 1.0 if passage.kind in CONTENT_KINDS else _APPARATUS
    return prior * _ONE_LINE if len(passage.text) < _LINE else prior


def _day(edition: Edition) -> int:
    """Return the day of the event as an ordinal, the first of the year if only that is known, 0 if nothing is."""
    if edition.event.date:
        return edition.event.date.toordinal()
    return date(edition.year, 1, 1).toordinal() if edition.year else 0


def _labels(corpus: Corpus) -> dict[str, dict[str, str]]:
    return {
        "speaker": {speaker.id: speaker.name for speaker in corpus.speakers.values()},
        "role": {role.value: label for role, label in labels.ROLES.items()},
        "forum": _forum_labels(corpus),
        "theme": {theme.id: theme.label_de for theme in corpus.themes.values()},
        "voice": {voice.value: label for voice, label in labels.VOICES.items()},
        "kind": {kind.value: label for kind, label in labels.KINDS.items()},
        "edition": {edition.id: edition.title for edition in corpus.editions},
    }


def _forum_labels(corpus: Corpus) -> dict[str, str]:
    """Return the labels of the top-level sections; one that several editions have gets the year, or else the title."""
    found: dict[str, list[tuple[Edition, str]]] = {}
    for edition in corpus.editions:
        for section in edition.sections:
            if "/" not in section.id:
                found.setdefault(section.label, []).append((edition, f"{edition.id}/{section.id}"))
    names = {}
    for label, places in found.items():
        editions = {edition.id: edition.year for edition, _ in places}
        by_year = None not in editions.values() and len(set(editions.values())) == len(editions)
        for edition, place in places:
            more = edition.year if by_year else edition.title
            names[place] = label if len(editions) == 1 else f"{label} ({more})"
    return names

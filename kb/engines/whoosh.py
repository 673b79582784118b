"""The default engine: Whoosh, embedded. No other module imports it.

An index folder of Whoosh holds pickles, so opening one runs what is in it: it is trusted local state, never accepted
from outside. One searcher shared by threads gives wrong answers, so each thread keeps its own.
"""

from __future__ import annotations

import pickle
import struct
import threading
from collections.abc import Iterable, Iterator
from itertools import islice, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.matching import Matcher
from whoosh.query import Phrase
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from kb.engines.base import FIELDS, EngineUnreadable, Entry, Matches, Words
from kb.query import Clause, Query

NAME = "whoosh"
WEIGHTS = {"text": 1.0, "headings": 0.6, "section": 0.3, "speakers": 0.4}
"""How much a word counts where it stands; a section's title stands over all its passages, so it weighs least."""

_MEMORY_MB = 256
_MAX_READINGS = 64
_DAMAGED = (OSError, index.IndexError, pickle.UnpicklingError, struct.error, EOFError, ValueError, KeyError, TypeError)
_Scores = NDArray[np.float64]


def _forms(field: str) -> str:
    return f"{field}_forms"


def _schema() -> fields.Schema:
    # The words come analysed, joined by blanks: a tokenizer that splits there keeps them as they are.
    words = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=False)
    return fields.Schema(**{name: words for field in FIELDS for name in (field, _forms(field))})


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the index of `entries` into `folder`; the first entry is passage number 0."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with index.create_in(str(folder), _schema()).writer(limitmb=_MEMORY_MB) as writer:
        for entry in entries:
            writer.add_document(**dict(_values(entry)))


def _values(entry: Entry) -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        words: Words = getattr(entry, field)
        yield field, " ".join(words.terms)
        yield _forms(field), " ".join(words.forms)


def open_engine(folder: Path) -> WhooshEngine:
    """Return the engine over an index that `write` wrote.

    Raises:
        EngineUnreadable: there is no such index in `folder`, or it is damaged.
    """
    try:
        return WhooshEngine(index.open_dir(str(folder), schema=_schema()))
    except _DAMAGED as error:
        raise EngineUnreadable(f"the files of the engine cannot be read ({error!r})") from error


class WhooshEngine:
    """Searches one index with a searcher for each thread."""

    def __init__(self, opened: index.Index) -> None:
        self._index = opened
        self._passages: int = opened.doc_count_all()
        self._local = threading.local()

    @property
    def passages(self) -> int:
        """How many passages the index holds."""
        return self._passages

    def search(self, query: Query, *, at_least: int | None = None) -> Matches:
        """Return the passages with all (or `at_least` so many bare words) of the wanted and none of the excluded."""
        scores = np.zeros(self._passages)
        missing = np.zeros(self._passages, dtype=np.int32)
        matching = np.ones(self._passages, dtype=np.bool_)
        for clause in query.wanted:
            clause_scores = self._scores(clause)
            scores += clause_scores
            if clause.exact:
                matching &= clause_scores > 0
            else:
                missing += clause_scores == 0
        matching &= missing <= (0 if at_least is None else len(query.bare_words) - at_least)
        for clause in query.excluded:
            matching &= self._scores(clause) == 0
        numbers = np.flatnonzero(matching)
        return Matches(numbers, scores[numbers])

    def close(self) -> None:
        """Let go of the files; searchers of other threads go with their threads."""
        searcher = getattr(self._local, "searcher", None)
        if searcher is not None:
            searcher.close()
            self._local.searcher = None
        self._index.close()

    def _searcher(self) -> Searcher:
        searcher = getattr(self._local, "searcher", None)
        if searcher is None:
            searcher = self._local.searcher = self._index.searcher(weighting=BM25F())
        return searcher

    def _scores(self, clause: Clause) -> _Scores:
        """Return the score of every passage for one clause, 0 where it does not match."""
        scores = np.zeros(self._passages)
        for field, weight in WEIGHTS.items():
            name = _forms(field) if clause.exact else field
            for matcher in self._matchers(name, clause):
                _add(scores, matcher, weight)
        return scores

    def _matchers(self, field: str, clause: Clause) -> Iterator[Matcher]:
        searcher = self._searcher()
        if len(clause.positions) == 1:
            for term in clause.positions[0]:
                if (field, term) in searcher.reader():
                    yield searcher.postings(field, term)
            return
        for words in islice(product(*clause.positions), _MAX_READINGS):
            yield Phrase(field, list(words)).matcher(searcher, searcher.context())


def _add(scores: _Scores, matcher: Matcher, weight: float) -> None:
    """Add what `matcher` finds; a match scores above 0 even where a word is too common to tell anything."""
    while matcher.is_active():
        scores[matcher.id()] += weight * max(matcher.score(), 1e-6)
        matcher.next()

"""The default engine: Whoosh, embedded. No other module imports it.

An index folder of Whoosh holds pickles, so opening one runs what is in it: it is trusted local state, never accepted
from outside. One searcher shared by threads gives wrong answers, so each thread keeps its own.
"""

from __future__ import annotations

import pickle
import struct
import threading
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, permutations, product
from pathlib import Path

import numpy as np
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer, Token
from whoosh.matching import Matcher
from whoosh.query import Phrase
from whoosh.searching import Searcher

from kb.engines.base import FIELDS, EngineUnreadable, Entry, Words
from kb.query import Field, Positions, Query, may_differ
from kb.ranking import Counts, Mask, Matches, Scores, rank

NAME = "whoosh"
_MEMORY_MB = 256
_MAX_READINGS, _MAX_WORDS = 64, 1000
_DAMAGED = (OSError, index.IndexError, pickle.UnpicklingError, struct.error, EOFError, ValueError, KeyError, TypeError)
_LENGTHS = "lengths.npy"
_MOST_KEPT = 2_000_000
"""So many occurrences are kept in memory (32 MB) before all are forgotten."""

_NOWHERE: Counts = (np.zeros(0, dtype=np.int64), np.zeros(0))


def _at_places(value: str, **_: object) -> Iterator[Token]:
    """Yield the words between blanks; several at one place are joined by "|", and a place may be empty."""
    token = Token(positions=True)
    for token.pos, words in enumerate(value.split(" ")):
        for token.text in filter(None, words.split("|")):
            yield token


def _schema() -> fields.Schema:
    # The words come analysed, joined by blanks: a tokenizer that splits there keeps them as they are.
    words = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=False)
    parts = fields.TEXT(analyzer=_at_places, phrase=True, stored=False)
    kinds = {"": words, "_forms": words, "_parts": parts, "_stems": words}
    return fields.Schema(**{f"{field}{kind}": form for field in FIELDS for kind, form in kinds.items()})


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the index of `entries` into `folder`; the first entry is passage number 0."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lengths = []
    with index.create_in(str(folder), _schema()).writer(limitmb=_MEMORY_MB) as writer:
        for entry in entries:
            lengths.append(len(entry.text.terms))
            writer.add_document(**dict(_values(entry)))
    np.save(folder / _LENGTHS, np.array(lengths, dtype=np.float64))


def _values(entry: Entry) -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        words: Words = getattr(entry, field)
        yield field, " ".join(words.terms)
        yield f"{field}_forms", " ".join(words.forms)
        yield f"{field}_parts", " ".join("|".join(parts) for parts in words.parts)
        yield f"{field}_stems", " ".join(words.stems)


def open_engine(folder: Path) -> WhooshEngine:
    """Return the engine over an index that `write` wrote.

    Raises:
        EngineUnreadable: there is no such index in `folder`, or it is damaged.
    """
    try:
        return WhooshEngine(index.open_dir(str(folder), schema=_schema()), np.load(folder / _LENGTHS))
    except _DAMAGED as error:
        raise EngineUnreadable(f"the files of the engine cannot be read ({error!r})") from error


class WhooshEngine:
    """Searches one index with a searcher for each thread; what was read of a word once is shared by all."""

    def __init__(self, opened: index.Index, lengths: Scores) -> None:
        self._index = opened
        self._passages: int = opened.doc_count_all()
        self._local = threading.local()
        self._kept: dict[tuple[str, Positions, int], Counts] = {}
        self._kept_size = 0
        self.lengths = lengths
        if len(lengths) != self._passages:
            raise ValueError("the lengths are not those of the passages")

    @property
    def passages(self) -> int:
        """How many passages the index holds."""
        return self._passages

    def search(self, query: Query, conditions: Mapping[Field, Mask] | None = None) -> Matches:
        """Return the passages that hold enough of what is wanted and nothing that is excluded."""
        return rank(query, self, conditions or {})

    def count(self, field: str, positions: Positions, *, near: int = 0) -> Counts:
        """Return where words stand in a row in a field, any of the terms at each position, and how often.

        With `near`, so many other words may stand between them, in any order.
        """
        key = (field, positions, near)
        found = self._kept.get(key)
        if found is None:
            found = self._count(field, positions, near)
            if self._kept_size > _MOST_KEPT:
                self._kept, self._kept_size = {}, 0
            self._kept[key] = found
            self._kept_size += len(found[0]) + 1
        return found

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
            searcher = self._local.searcher = self._index.searcher()
        return searcher

    def _count(self, field: str, positions: Positions, near: int) -> Counts:
        often: dict[int, float] = {}
        for matcher, is_phrase in self._matchers(field, positions, near):
            while matcher.is_active():
                times = len(matcher.spans()) if is_phrase else matcher.weight()
                often[matcher.id()] = often.get(matcher.id(), 0.0) + times
                matcher.next()
        if not often:
            return _NOWHERE
        numbers = np.array(sorted(often), dtype=np.int64)
        return numbers, np.array([often[number] for number in numbers.tolist()])

    def _matchers(self, field: str, positions: Positions, near: int) -> Iterator[tuple[Matcher, bool]]:
        searcher = self._searcher()
        if len(positions) == 1:
            known = dict.fromkeys(word for term in positions[0] for word in self._known(field, term))
            for term in known:
                yield searcher.postings(field, term), False
            return
        orders = permutations(positions) if near else [positions]
        rows = (words for order in orders for words in product(*order))
        for words in islice(dict.fromkeys(rows), _MAX_READINGS):
            yield Phrase(field, list(words), slop=near + 1).matcher(searcher, searcher.context()), True

    def _known(self, field: str, term: str) -> Iterator[str]:
        """Yield the words of the index that a term stands for: itself, those that begin so, those that are like it."""
        reader = self._searcher().reader()
        if term.endswith("*"):
            yield from (word.decode() for word in islice(reader.expand_prefix(field, term[:-1]), _MAX_WORDS))
        elif term.endswith("~"):
            yield from islice(reader.terms_within(field, term[:-1], may_differ(term[:-1])), _MAX_WORDS)
        elif (field, term) in reader:
            yield term

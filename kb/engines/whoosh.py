"""The default engine: Whoosh, embedded. No other module imports it.

An index folder of Whoosh holds pickles, so opening one runs what is in it: it is trusted local state, never accepted
from outside. One searcher shared by threads gives wrong answers, so each thread keeps its own.
"""

from __future__ import annotations

import json
import pickle
import struct
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, permutations, product
from pathlib import Path

import numpy as np
from whoosh import fields, formats, index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import Matcher
from whoosh.query import Phrase
from whoosh.searching import Searcher

from kb.engines.base import FIELDS, EngineUnreadable, Entry, Words
from kb.engines.whoosh_postings import read_postings
from kb.query import Field, Positions, Query, may_differ
from kb.ranking import SHIPPED, Counts, Mask, Matches, Scores, Weighing, rank

NAME = "whoosh"
_MEMORY_MB = 256
_MAX_READINGS, _MAX_WORDS = 64, 1000
_DAMAGED = (OSError, index.IndexError, pickle.UnpicklingError, struct.error, EOFError, ValueError, KeyError, TypeError)
_LENGTHS, _STEMS = "lengths.npy", "stems.json"
_KINDS = ("", "_forms", "_parts")
_OF_STEMS = {"_part_stems": "_parts", "_stems": ""}
"""Asked for like fields, but not written: their words are the terms and the parts that have the stem."""

_MOST_KEPT = 2_000_000
"""So many occurrences are kept in memory (32 MB) before all are forgotten."""

_NOWHERE: Counts = (np.zeros(0, dtype=np.int64), np.zeros(0))


_POSITIONS = formats.Positions()

_Counted = tuple[tuple[bytes, int, float, bytes], ...]
"""Of each word of a field: the word, how often it stands there, that again as its weight, and where."""


class _CountedField(fields.FieldType):  # type: ignore[misc]  # Whoosh states no types
    """A field whose words come analysed and counted; making them tokens again would take longer than all the rest."""

    def __init__(self) -> None:
        super().__init__(_POSITIONS, analyzer=None)

    def index(self, value: _Counted, **_: object) -> _Counted:
        """Return what is to be written of a passage."""
        return value


def _schema() -> fields.Schema:
    return fields.Schema(**{f"{field}{kind}": _CountedField() for field in FIELDS for kind in _KINDS})


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the index of `entries` into `folder`; the first entry is passage number 0."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lengths = []
    akin: dict[str, str] = {}
    with index.create_in(str(folder), _schema()).writer(limitmb=_MEMORY_MB, codec=_codec()) as writer:
        for entry in entries:
            lengths.append(len(entry.text.terms))
            for field in FIELDS:
                words: Words = getattr(entry, field)
                for term, parts, stems in zip(words.terms, words.parts, words.stems, strict=True):
                    akin.update(zip((term, *parts), stems, strict=True))
            writer.add_document(**dict(_values(entry)))
    np.save(folder / _LENGTHS, np.array(lengths, dtype=np.float64))
    _write_stems(folder / _STEMS, akin)


def _codec() -> W3Codec:
    """Return how Whoosh writes, without its own lengths of fields: they take long and the ranking has its own."""
    codec = W3Codec()
    codec.length_stats = False
    return codec


def _values(entry: Entry) -> Iterator[tuple[str, _Counted]]:
    for field in FIELDS:
        words: Words = getattr(entry, field)
        # Titles, names and offices stand over many passages.
        counted, parted = (_counted, _parted) if field == "text" else (_counted_once, _parted_once)
        yield field, counted(words.terms)
        yield f"{field}_forms", counted(words.forms)
        yield f"{field}_parts", parted(words.parts)


def _counted(words: tuple[str, ...]) -> _Counted:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        places[word].append(place)
    return _encoded(places)


def _parted(words: tuple[tuple[str, ...], ...]) -> _Counted:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, parts in enumerate(words):
        for part in parts:
            places[part].append(place)
    return _encoded(places)


_counted_once = lru_cache(maxsize=10_000)(_counted)
_parted_once = lru_cache(maxsize=10_000)(_parted)


def _encoded(places: Mapping[str, list[int]]) -> _Counted:
    return tuple((word.encode(), len(at), float(len(at)), _encode(tuple(at))) for word, at in places.items())


def _write_stems(path: Path, akin: Mapping[str, str]) -> None:
    """Write which terms have which stem."""
    terms: defaultdict[str, list[str]] = defaultdict(list)
    for term, stem in sorted(akin.items()):
        terms[stem].append(term)
    path.write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")


@lru_cache(maxsize=100_000)
def _encode(positions: tuple[int, ...]) -> bytes:
    encoded: bytes = _POSITIONS.encode(positions)
    return encoded


def open_engine(folder: Path) -> WhooshEngine:
    """Return the engine over an index that `write` wrote.

    Raises:
        EngineUnreadable: there is no such index in `folder`, or it is damaged.
    """
    try:
        stems = json.loads((folder / _STEMS).read_text(encoding="utf-8"))
        return WhooshEngine(index.open_dir(str(folder), schema=_schema()), np.load(folder / _LENGTHS), stems)
    except _DAMAGED as error:
        raise EngineUnreadable(f"the files of the engine cannot be read ({error!r})") from error


class WhooshEngine:
    """Searches one index with a searcher for each thread; what was read of a word once is shared by all."""

    def __init__(self, opened: index.Index, lengths: Scores, stems: Mapping[str, list[str]]) -> None:
        self._index = opened
        self._passages: int = opened.doc_count_all()
        self._local = threading.local()
        self._kept: dict[tuple[str, Positions, int], Counts] = {}
        self._kept_size = 0
        self._stems = stems
        self.lengths = lengths
        if len(lengths) != self._passages:
            raise ValueError("the lengths are not those of the passages")

    @property
    def passages(self) -> int:
        """How many passages the index holds."""
        return self._passages

    def search(
        self, query: Query, conditions: Mapping[Field, Mask] | None = None, weighing: Weighing = SHIPPED
    ) -> Matches:
        """Return the passages that hold enough of what is wanted and nothing that is excluded."""
        return rank(query, self, conditions or {}, weighing)

    def count(self, field: str, positions: Positions, *, near: int = 0) -> Counts:
        """Return where words stand in a row in a field, any of the terms at each position, and how often.

        With `near`, so many other words may stand between them, in any order.
        """
        key = (field, positions, near)
        found = self._kept.get(key)
        if found is None:
            found = self._count(*self._written(field, positions), near)
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

    def _written(self, field: str, positions: Positions) -> tuple[str, Positions]:
        """Return where to look instead of a field of stems: in that of the terms they are the stems of."""
        ending = next((ending for ending in _OF_STEMS if field.endswith(ending)), None)
        if ending is None:
            return field, positions
        terms = tuple(tuple(term for stem in stems for term in self._stems.get(stem, ())) for stems in positions)
        return f"{field.removesuffix(ending)}{_OF_STEMS[ending]}", terms

    def _count(self, field: str, positions: Positions, near: int) -> Counts:
        if len(positions) == 1:
            found = [read_postings(matcher) for matcher in self._matchers(field, positions[0])]
        else:
            found = [_phrases(matcher) for matcher in self._phrase_matchers(field, positions, near)]
        if len(found) < 2:
            return found[0] if found else _NOWHERE
        numbers, times = map(np.concatenate, zip(*found, strict=True))
        sums = np.bincount(numbers, times).astype(np.float64)
        together = np.flatnonzero(sums).astype(np.int64)
        return together, sums[together]

    def _matchers(self, field: str, terms: Iterable[str]) -> Iterator[Matcher]:
        searcher = self._searcher()
        for word in dict.fromkeys(word for term in terms for word in self._known(field, term)):
            yield searcher.postings(field, word)

    def _phrase_matchers(self, field: str, positions: Positions, near: int) -> Iterator[Matcher]:
        searcher = self._searcher()
        orders = permutations(positions) if near else [positions]
        rows = (words for order in orders for words in product(*order))
        for words in islice(dict.fromkeys(rows), _MAX_READINGS):
            yield Phrase(field, list(words), slop=near + 1).matcher(searcher, searcher.context())

    def _known(self, field: str, term: str) -> Iterator[str]:
        """Yield the words of the index that a term stands for: itself, those that begin so, those that are like it."""
        reader = self._searcher().reader()
        if term.endswith("*"):
            yield from (word.decode() for word in islice(reader.expand_prefix(field, term[:-1]), _MAX_WORDS))
        elif term.endswith("~"):
            yield from islice(reader.terms_within(field, term[:-1], may_differ(term[:-1])), _MAX_WORDS)
        elif (field, term) in reader:
            yield term


def _phrases(matcher: Matcher) -> Counts:
    numbers, times = [], []
    while matcher.is_active():
        numbers.append(matcher.id())
        times.append(float(len(matcher.spans())))
        matcher.next()
    return np.array(numbers, dtype=np.int64), np.array(times)

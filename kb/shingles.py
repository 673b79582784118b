"""Which passages share runs of words with a text: an index of shingles, pairs and runs of four words in a row.

Of a text of one word, that word is the shingle.

It is one sorted array, written with a generation and mapped into memory: the upper half of each number is the hash of
a shingle, the lower half the passage it stands in. A word that was changed spoils the shingles it is in, no others.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.folding import SOFT_HYPHENS, fold

FILE_NAME = "shingles.npy"
_WORD_ALONE, _SIZES = 1, (2, 4)
_COMMON = 4000
"""A shingle that more passages have says nothing of which one is meant, unless a text has no other."""

_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f{SOFT_HYPHENS}])*")
_LINE_END = re.compile(
    r"(?<=\w)(?:[\u00ad¬]\s*|[-‐‑]\s*(?!(?:und|oder|bzw|beziehungsweise|sowie|als|zum|zur|and|or)\b)(?=[a-zäöüß]))"
)
_Numbers = NDArray[np.uint64]


def write_shingles(folder: Path, texts: Iterable[str]) -> None:
    """Write the shingles of `texts` into `folder`; the first text is passage 0."""
    sizes = (_WORD_ALONE, *_SIZES)
    rows = [_hashes(text, sizes) << np.uint64(32) | np.uint64(number) for number, text in enumerate(texts)]
    np.save(folder / FILE_NAME, np.unique(np.concatenate(rows)) if rows else np.empty(0, np.uint64))


def _hashes(text: str, sizes: Sequence[int]) -> _Numbers:
    words = np.array([_hash(word) for word in _words(text)], dtype=np.uint64)
    return np.unique(np.concatenate([_runs(words, size) for size in sizes]))


def _looked_up(text: str) -> _Numbers:
    """Return the hashes a text is looked up by: a word says little of which passage is meant unless it is alone."""
    return _hashes(text, _SIZES if len(_words(text)) > 1 else (_WORD_ALONE,))


def _words(text: str) -> list[str]:
    return _WORD.findall(_LINE_END.sub("", text))


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(fold(word).encode())


def _runs(words: _Numbers, size: int) -> _Numbers:
    """Return the hashes, 32 bits each, of all runs of `size` words."""
    count = len(words) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = np.full(count, size, dtype=np.uint64)
    for offset in range(size):
        # Unsigned numbers wrap around, which is what mixes them.
        mixed = (mixed ^ words[offset : offset + count]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed >> np.uint64(32)


@dataclass(frozen=True)
class Candidates:
    """Passages that share shingles with a text: `numbers`, those that share most and the rarest first.

    `everywhere` are all passages that may hold the text word for word, those `numbers` among them; `is_complete` is
    false if there are too many to look at.
    """

    numbers: tuple[int, ...]
    everywhere: tuple[int, ...]
    is_complete: bool = True


class Shingles:
    """The shingles of an index, opened; safe to use from several threads.

    Raises:
        OSError, ValueError: the file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._rows: _Numbers = np.load(folder / FILE_NAME, mmap_mode="r")

    def candidates(self, parts: Sequence[str], *, best: int = 8, most: int = 200) -> Candidates:
        """Return the passages a quotation with these parts may come from: the `best`, and at most `most` everywhere.

        All parts must stand in a passage for it to be `everywhere`.
        """
        hashes = np.unique(np.concatenate([_looked_up(part) for part in parts] or [np.empty(0, np.uint64)]))
        if not len(hashes):
            return Candidates((), ())
        starts, ends = self._bounds(hashes)
        counts = ends - starts
        known = np.flatnonzero(counts > 0)
        if not len(known):
            return Candidates((), ())
        exact = self._everywhere(starts[known], ends[known], most)
        telling = np.flatnonzero((counts > 0) & (counts <= _COMMON))
        if not len(telling):
            telling = known[np.argsort(counts[known], kind="stable")][:2]
        numbers = self._voted(starts, ends, telling, best)
        everywhere = dict.fromkeys((*(int(number) for number in exact[:most]), *numbers))
        return Candidates(numbers, tuple(everywhere), len(exact) <= most)

    def _bounds(self, hashes: _Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        low = hashes << np.uint64(32)
        starts = np.searchsorted(self._rows, low)
        return starts, np.searchsorted(self._rows, low | np.uint64(0xFFFFFFFF), side="right")

    def _passages(self, start: int, end: int) -> NDArray[np.int64]:
        return (self._rows[start:end] & np.uint64(0xFFFFFFFF)).astype(np.int64)

    def _everywhere(self, starts: NDArray[np.int64], ends: NDArray[np.int64], most: int) -> NDArray[np.int64]:
        """Return the passages that have all the shingles, from the rarest on until few enough are left.

        Shingles nobody has are not among them: a hyphen that is only typed spoils a shingle, not the words.
        """
        order = np.argsort(ends - starts, kind="stable")
        shared = self._passages(int(starts[order[0]]), int(ends[order[0]]))
        for at in order[1:]:
            if len(shared) <= most // 4:
                break
            shared = np.intersect1d(shared, self._passages(int(starts[at]), int(ends[at])), assume_unique=True)
        return shared

    def _voted(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64], telling: NDArray[np.int64], best: int
    ) -> tuple[int, ...]:
        postings = [self._passages(int(starts[at]), int(ends[at])) for at in telling]
        if not postings:
            return ()
        weights = [np.full(len(numbers), 1 / (1 + np.log2(len(numbers)))) for numbers in postings]
        numbers, places = np.unique(np.concatenate(postings), return_inverse=True)
        votes = np.bincount(places, weights=np.concatenate(weights))
        # By votes, then in reading order, so that the same question has the same answer.
        order = np.lexsort((numbers, -votes))[:best]
        return tuple(int(number) for number in numbers[order])

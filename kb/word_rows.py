"""The words of all passages in a row, as numbers: how often words stand where, without reading a text.

Two words are one number if form, term and parts are the same. `ROWS` holds the numbers of all words, passage by
passage, `ENDS` where each passage ends in it, `WORDS` what each number stands for.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.query import Clause, Positions, fits, may_differ, rows_of
from kb.text import Token

ROWS, ENDS, WORDS = "word_rows.npy", "word_ends.npy", "word_numbers.json"

Places = NDArray[np.int64]
_Spans = tuple[Places, Places]
"""Where runs of words begin, and how many words they have."""


class RowWriter:
    """Collects the words of passages, one after the other."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._row = array("i")
        self._ends = array("q", [0])

    def add(self, tokens: Iterable[Token]) -> None:
        """Take the words of the next passage."""
        numbers = self._numbers
        for token in tokens:
            self._row.append(numbers.setdefault((token.form, token.term, *token.parts), len(numbers)))
        self._ends.append(len(self._row))

    def write(self, folder: Path) -> None:
        """Write what was collected into `folder`."""
        np.save(folder / ROWS, np.frombuffer(self._row, dtype=np.intc).astype(np.int32))
        np.save(folder / ENDS, np.frombuffer(self._ends, dtype=np.int64))
        (folder / WORDS).write_text(json.dumps(list(self._numbers), ensure_ascii=False), encoding="utf-8")


class WordRows:
    """The words of all passages; safe to use from several threads.

    Raises:
        OSError, EOFError, ValueError: the files are missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._rows = np.load(folder / ROWS, mmap_mode="r")
        self._ends = np.load(folder / ENDS)
        self._path = folder / WORDS
        if self._ends[-1] != len(self._rows):
            raise ValueError(f"{ROWS} has {len(self._rows)} words instead of {self._ends[-1]}")

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self._ends) - 1

    def first(self, passage: int) -> int:
        """Return where the words of a passage begin."""
        return int(self._ends[passage])

    def passages(self, places: Places) -> Places:
        """Return the number of the passage in which each place stands."""
        numbers: Places = np.searchsorted(self._ends, places, side="right") - 1
        return numbers

    def matches(self, clauses: Sequence[Clause], looked_at: NDArray[np.bool_]) -> _Spans:
        """Return where any of the clauses stand in the passages looked at, in order and without overlaps.

        They are those that `kb.snippets.find_matches` finds in the text of each passage.
        """
        found = [self._clause(clause, looked_at) for clause in clauses]
        firsts, lengths = map(np.concatenate, zip(*found, strict=True)) if found else _NOWHERE
        order = np.lexsort((-lengths, firsts))
        return _apart(firsts[order], lengths[order])

    def ranks(self, places: Places, step: int | Places) -> NDArray[np.int32]:
        """Return the place in the alphabet of the word `step` words behind each place; -1 where its passage ends."""
        wanted = places + step
        inside = (wanted >= 0) & (wanted < len(self._rows))
        inside[inside] = self.passages(wanted[inside]) == self.passages(places[inside])
        ranks = np.full(len(places), -1, dtype=np.int32)
        ranks[inside] = self._alphabet[self._rows[wanted[inside]]]
        return ranks

    def _clause(self, clause: Clause, looked_at: NDArray[np.bool_]) -> _Spans:
        """Return where a clause stands; its parts count only in passages that have nothing better."""
        rows, parts = rows_of(clause)
        firsts, lengths = self._any(rows, looked_at, exact=clause.exact)
        if not parts:
            return firsts, lengths
        better = np.zeros(len(self), dtype=np.bool_)
        better[self.passages(firsts)] = True
        others = self._any(parts, looked_at & ~better, exact=clause.exact)
        return np.concatenate((firsts, others[0])), np.concatenate((lengths, others[1]))

    def _any(self, rows: Sequence[Positions], looked_at: NDArray[np.bool_], *, exact: bool) -> _Spans:
        found = [self._starts(row, exact=exact) for row in rows]
        lengths = [np.full(len(firsts), len(row)) for firsts, row in zip(found, rows, strict=True)]
        if not found:
            return _NOWHERE
        firsts = np.concatenate(found)
        kept = looked_at[self.passages(firsts)]
        return firsts[kept], np.concatenate(lengths)[kept]

    def _starts(self, row: Positions, *, exact: bool) -> Places:
        """Return where words in a row begin."""
        firsts: Places = np.flatnonzero(self._mask(row[0], exact=exact)[self._rows])
        firsts = firsts[firsts + len(row) <= self._ends[self.passages(firsts) + 1]]
        for step, wanted in enumerate(row[1:], start=1):
            firsts = firsts[self._mask(wanted, exact=exact)[self._rows[firsts + step]]]
        return firsts

    def _mask(self, wanted: Sequence[str], *, exact: bool) -> NDArray[np.bool_]:
        """Return which numbers stand for any of the words wanted: forms as printed if `exact`, else terms."""
        known = self._by_form if exact else self._by_term
        mask = np.zeros(len(self._words), dtype=np.bool_)
        for one in wanted:
            for word in _meant(known, one) if one.endswith(("*", "~")) else (one,):
                mask[known.get(word, [])] = True
        return mask

    @cached_property
    def _words(self) -> list[list[str]]:
        words: list[list[str]] = json.loads(self._path.read_text(encoding="utf-8"))
        return words

    @cached_property
    def _by_form(self) -> Mapping[str, list[int]]:
        return _numbered([word[:1] for word in self._words])

    @cached_property
    def _by_term(self) -> Mapping[str, list[int]]:
        return _numbered([word[1:] for word in self._words])

    @cached_property
    def _alphabet(self) -> NDArray[np.int32]:
        _, places = np.unique(np.array([word[0] for word in self._words] or [""]), return_inverse=True)
        return places.astype(np.int32)


_NOWHERE: _Spans = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _numbered(words: Sequence[Sequence[str]]) -> Mapping[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(words):
        for word in row:
            numbers.setdefault(word, []).append(number)
    return numbers


def _meant(known: Iterable[str], wanted: str) -> list[str]:
    """Return the words that begin as `wanted` does, or are like it; of likely ones alone the difference is counted."""
    letters, most = set(wanted[:-1]), may_differ(wanted[:-1])
    if wanted.endswith("~"):
        close = (one for one in known if abs(len(one) - len(wanted) + 1) <= most)
        known = [one for one in close if len(letters.difference(one)) <= most]
    return [one for one in known if fits(one, wanted)]


def _apart(firsts: Places, lengths: Places) -> _Spans:
    """Return runs of words in order without those that overlap one before them."""
    if not len(firsts) or (lengths == 1).all():
        firsts = np.unique(firsts)
        return firsts, np.ones(len(firsts), dtype=np.int64)
    kept, end = [], -1
    for at, (first, length) in enumerate(zip(firsts.tolist(), lengths.tolist(), strict=True)):
        if first >= end:
            kept.append(at)
            end = first + length
    return firsts[kept], lengths[kept]

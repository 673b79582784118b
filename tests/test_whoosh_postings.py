"""Postings read straight from their blocks are those that Whoosh's own matcher walks through."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from whoosh.index import open_dir
from whoosh.matching import ListMatcher
from whoosh.searching import Searcher

from kb.engines import whoosh
from kb.engines.base import FIELDS, Entry, Words
from kb.engines.whoosh_postings import read_postings, walk_postings

PASSAGES = 700
"""More than fit into one block."""


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[Searcher]:
    chosen = random.Random(7)
    words = ["immer", *(f"wort{number}" for number in range(40))]

    def entry() -> Entry:
        terms = ("immer", *chosen.choices(words, weights=range(41, 0, -1), k=12))
        return Entry(
            Words(terms, terms, tuple((term[:4],) for term in terms), tuple((term, term[:4]) for term in terms))
        )

    whoosh.write(tmp_path / "engine", (entry() for _ in range(PASSAGES)))
    with open_dir(str(tmp_path / "engine")).searcher() as opened:
        yield opened


def test_both_ways_to_read_postings_give_the_same(searcher: Searcher) -> None:
    reader = searcher.reader()
    terms = [(field, word) for field, word in reader.all_terms() if field.partition("_")[0] in FIELDS]
    assert len(terms) > 40
    for field, word in terms:
        read, walked = read_postings(searcher.postings(field, word)), walk_postings(searcher.postings(field, word))
        for one, other in zip(read, walked, strict=True):
            np.testing.assert_array_equal(one, other)


def test_postings_count_what_was_written(searcher: Searcher) -> None:
    numbers, weights = read_postings(searcher.postings("text", "immer"))
    assert numbers.tolist() == list(range(PASSAGES))
    assert weights.min() == 1
    assert weights.sum() == searcher.reader().frequency("text", "immer")


def test_what_is_no_matcher_of_the_known_codec_is_walked_through() -> None:
    numbers, weights = read_postings(ListMatcher([3, 5, 9], [1.0, 4.0, 2.0]))
    assert (numbers.tolist(), weights.tolist()) == ([3, 5, 9], [1.0, 4.0, 2.0])

"""The rows of words tell what reading the texts would tell: every match, in every passage, for every kind of query."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from builders import make_corpus
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import build_index
from kb.concordance import concordance
from kb.index import Index, open_index
from kb.occurrences import occurrences
from kb.results import Search
from kb.snippets import find_matches

TEXTS = (
    "Die Wohnungsbaugesellschaft baut Wohnungen, und die Wohnung kostet Miete.",
    "Klein- und Mittelstädte planen den Wohnungsbau; Bürger:innen planen mit, die Bürgerin auch.",
    "Der Bau der Wohnung, der Bau der Wohnung der Wohnung. EU-Bürger zahlen 50 % der Miete.",
    "Die Miete der Mieter und der Wohnungsbau der Stadt.",
    "Wetter.",
)
WORDS = (
    "Wohnung",
    "Wohnungen",
    "Wohnungsbau",
    "Bau",
    "die",
    "der",
    "Miete",
    "Mieter",
    "Kleinstadt",
    "Bürger",
    "EU",
    "Bad",
)
SYNONYMS = '[[group]]\nwords = ["Wetter", "Bau der Wohnung", "Miete"]\n'


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("rows")
    make_corpus(folder / "corpus", TEXTS)
    make_corpus(folder / "corpus", TEXTS[::-1], edition="probe-2021", date="2021-03-01")
    (folder / "corpus" / "synonyms.toml").write_text(SYNONYMS, encoding="utf-8")
    build_index(folder / "corpus", folder / "index")
    return open_index(folder / "index")


_clauses = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.sampled_from(WORDS).map(lambda word: f"{word[:3]}*"),
    st.sampled_from(WORDS).map(lambda word: f"{word[1:]}~"),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(lambda words: f'"{" ".join(words)}"~3'),
)
QUERIES = st.lists(_clauses, min_size=1, max_size=4).map(" ".join)


@given(text=QUERIES)
def test_the_rows_hold_the_matches_that_the_texts_hold(index: Index, text: str) -> None:
    looked_at = occurrences(index.generation, Search(text))
    spans = looked_at.spans(index.generation)
    counts = np.bincount(spans.passages, minlength=len(index.generation.store))
    for number in map(int, looked_at.numbers):
        words = index.generation.words_of(index.generation.store[number])
        matches = find_matches(words, looked_at.query)
        starts = np.flatnonzero(spans.passages == number)
        assert len(matches) == counts[number]
        first = index.generation.rows.first(number)
        told = [words.tokens[spans.firsts[at] - first].start for at in starts]
        assert told == [match.start for match in matches]
    assert counts.sum() == len(spans.firsts)


@given(text=QUERIES, by=st.sampled_from(("", "left", "right")), offset=st.integers(0, 30))
def test_lines_are_the_same_whichever_are_asked_for(index: Index, text: str, by: str, offset: int) -> None:
    every = concordance(index.generation, Search(text, sort="reading", limit=1000), by=by)
    cut = concordance(index.generation, Search(text, sort="reading", limit=3, offset=offset), by=by)
    assert cut.lines == every.lines[offset : offset + 3]
    assert every.occurrences == cut.occurrences == len(every.lines)
    assert every.passages == len({line.passage.locator for line in every.lines})

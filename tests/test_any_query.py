"""Whatever somebody types, there is an answer, soon, and it says how it was understood."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import pytest
from builders import make_corpus
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.build import build_index
from kb.fields import NAMES
from kb.index import Index, open_index
from kb.results import Results, Search
from kb.results_json import results_json

SECONDS = 1.0
"""No text of 10,000 characters may take longer."""

PIECES = (
    *("Wohnung", "wohnen", "Berg", "Köhncke", "Nachbarshcaft", "die", "a", "ß", "ä\u0308", "26.000", "§", "5 %", "C++"),
    *("UND", "ODER", "NICHT", "AND", "OR", "NOT", "(", ")", "-", "+", '"', "„", "“", "»", "=", "~", "~5", "*", "[to"),
    *(f"{name}:" for name in NAMES),
    *("berg", '"Anna Berg"', "2015-2018", "-2018", "2018-", "9999-1", ",", "none", "wohn*", "w*", "Wohnug~", "~9"),
    *("\u00ad", "\u200d", "\ufb01", "\x00", "\n", "\t", "🏠", "İ", "\u202e", "\ud7ff"),
)
TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from([*PIECES, " ", " ", " "]), st.text(max_size=3)), max_size=30).map("".join),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("any-query")
    sentences = (f"Wohnung {number} steht in Straße {number}, die Nachbarschaft hilft dabei." for number in range(60))
    build_index(make_corpus(folder / "corpus", sentences), folder / "index")
    opened = open_index(folder / "index")
    yield opened
    opened.close()


def asked(index: Index, text: str) -> Results:
    results = index.search(Search(text))
    assert results.understood.text == text
    assert results.understood.words
    assert results_json(results, base_url="")["query"]["canonical"] == results.understood.canonical
    return results


@given(TYPED)
@example("a AND")
@example('"open')
@example("[to")
@example("C++")
@example("§ 5")
@example("*")
@example("seite:٣-٥ jahr:²")
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_answered(index: Index, text: str) -> None:
    asked(index, text)


@given(TYPED)
@settings(max_examples=200)
def test_any_text_can_be_completed(index: Index, text: str) -> None:
    for completion in index.complete(text):
        assert completion.query
        asked(index, completion.query)


LONG = 10_000
ADVERSARIAL = {
    "brackets": "(" * LONG,
    "closed brackets": "(" * (LONG // 2) + ")" * (LONG // 2),
    "bracketed words": "(a " * (LONG // 3),
    "brackets in a word": "a(" * (LONG // 2),
    "pairs of brackets": "a()" * (LONG // 3),
    "quotation marks": '"' * LONG,
    "open quotation marks": 'Wohnung "' * (LONG // 9),
    "prefixes": "wo* st* na* " * (LONG // 12),
    "short prefixes": " ".join(f"{a}{b}*" for a in "abcdefghijklmnop" for b in "abcdefghijklmnop")[:LONG],
    "likenesses": "Wohnug~ Nachbrschaft~ Strase~ " * (LONG // 30),
    "near words": '"die Wohnung hilft"~9 ' * (LONG // 22),
    "one word": "x" * LONG,
    "one word of umlauts": "ä" * LONG,
    "one word without dots": "ue" * (LONG // 2),
    "one German word": "Wohnungsnachbarschafts" * (LONG // 22),
    "misspelt words": " ".join(f"Nachbarshcaft{number}" for number in range(600))[:LONG],
    "different words": " ".join(f"wort{number}" for number in range(1600))[:LONG],
    "hyphens": "a-" * (LONG // 2),
    "minus": "-" * LONG,
    "options": "a ODER " * (LONG // 7),
    "operators": "UND ODER NICHT " * (LONG // 15),
    "fields": "sprecher:berg " * (LONG // 14),
    "values": "sprecher:" + "berg," * (LONG // 5),
    "unknown people": "sprecher:" + ",".join(f"berk{number}" for number in range(1200)),
    "years": "jahr:" + ",".join(f"{year}-{year + 400}" for year in range(1000, 2000)),
    "a long value": "sprecher:" + "b" * LONG,
    "a long number": "seite:" + "9" * LONG,
    "numbers": "1.000.000,00 " * (LONG // 13),
    "accents": "a" + "\u0308" * LONG,
    "blanks": " " * LONG,
    "lines": "Wohnung\n" * (LONG // 8),
    "gender signs": "Bürger*innen:" * (LONG // 13),
}


@pytest.mark.parametrize("kind", ADVERSARIAL)
def test_no_long_text_takes_long(index: Index, kind: str) -> None:
    text = ADVERSARIAL[kind]
    asked(index, "Wohnung~ Nachbarshcaft ue")  # what is read once is read
    began = process_time()
    asked(index, text)
    index.complete(text)
    assert process_time() - began < SECONDS

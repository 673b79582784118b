"""Queries made of passages, each meant for the passage it was made of: more of them than anybody would write.

    python benchmarks/made_queries.py INDEX [--number 150] [--leave-out QUERIES.jsonl] > made.jsonl

*Inflected* ones keep three or four words of a sentence, each in another form the index has of it. *Derived* ones keep
one so; of four others each becomes one with the same stem, the last part of the compound, or a compound that ends with
the word; and one that has nothing to do with it comes in. The same seed makes the
same queries. They are poorer than what a person asks, and only good for comparing two rankings.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kb.evaluation import JudgedQuery
from kb.index import Index, open_index
from kb.judgements import load_queries
from kb.model import CONTENT_KINDS, Passage
from kb.snippets import sentences
from kb.text import STOP_WORDS, fold

FEWEST, MOST, INFLECTED, DERIVED = 8, 60, (3, 4), (5, 5)
"""A sentence of so many words is long enough to remember and short enough to retell; so many of them are kept."""

RARE, COMMON, SHORTEST = 5, 0.05, 4
"""A word that so few passages have finds them alone; one that more than this share has is nothing one remembers."""


@dataclass(frozen=True)
class Words:
    """What the vocabulary of an index has for making one word of another."""

    forms: dict[str, list[str]]
    """Printed words by term."""
    akin: dict[str, list[str]]
    """Terms by stem."""
    compounds: dict[str, list[str]]
    """Compounds by the term of their last part."""
    frequencies: Counter[str]
    """How many passages hold a term."""


def words_of(index: Index, passages: list[Passage]) -> Words:
    """Return what can be made of the words of an index."""
    analyser, vocabulary = index.analyser, index.generation.vocabulary
    words = Words(defaultdict(list), defaultdict(list), defaultdict(list), Counter())
    for passage in passages:
        words.frequencies.update({token.term for token in analyser.tokens(passage.text)})
    for printed, term in vocabulary.terms.items():
        words.forms[term].append(printed)
    for term in words.frequencies:
        words.akin[analyser.stem(term)].append(term)
        if parts := vocabulary.parts.get(term):
            words.compounds[_head(term, tuple(parts))].append(term)
    return words


def _head(term: str, parts: tuple[str, ...]) -> str:
    """Return the shortest part that a compound ends with: its last."""
    return min((part for part in parts if term.endswith(part)), key=len, default=parts[-1])


class Maker:
    """Makes queries of passages; `chance` decides all that is left open."""

    def __init__(self, index: Index, passages: list[Passage], chance: random.Random) -> None:
        self._index = index
        self._words = words_of(index, passages)
        self._passages = len(passages)
        self._chance = chance
        self._telling = sorted(term for term in self._words.frequencies if self._is_telling(term))

    def _is_telling(self, term: str) -> bool:
        often = self._words.frequencies[term]
        return term not in STOP_WORDS and RARE <= often <= COMMON * self._passages and len(term) >= SHORTEST

    def query(self, passage: Passage, *, derived: bool) -> str:
        """Return a query for `passage`; nothing if too few of its words are telling."""
        told = [(start, end) for start, end in sentences(passage.text) if self._is_tellable(passage.text[start:end])]
        if not told:
            return ""
        start, end = self._chance.choice(told)
        terms = [token.term for token in self._index.analyser.tokens(passage.text[start:end])]
        telling = list(dict.fromkeys(term for term in terms if self._is_telling(term)))
        fewest, most = DERIVED if derived else INFLECTED
        if len(telling) < fewest:
            return ""
        kept = self._chance.sample(telling, min(len(telling), self._chance.randint(fewest, most)))
        kept.sort(key=telling.index)
        if derived:
            kept = [kept[0], *map(self._derived, kept[1:])]
            kept.insert(self._chance.randrange(len(kept)), self._chance.choice(self._telling))
        printed = {fold(token) for token in passage.text.split()}
        return " ".join(self._inflected(term, printed) for term in kept)

    def _is_tellable(self, sentence: str) -> bool:
        return FEWEST <= len(sentence.split()) <= MOST

    def _inflected(self, term: str, printed: set[str]) -> str:
        """Return another form of a word than those in the passage, if the index has one."""
        forms = sorted(self._words.forms[term]) or [term]
        return self._chance.choice([form for form in forms if fold(form) not in printed] or forms)

    def _derived(self, term: str) -> str:
        """Return a word that has to do with `term`, or `term`."""
        parts = tuple(self._index.generation.vocabulary.parts.get(term, ()))
        akin = [other for other in self._words.akin[self._index.analyser.stem(term)] if other != term]
        ways = [akin, [_head(term, parts)] if parts else [], self._words.compounds.get(term, [])]
        return self._chance.choice(sorted(self._chance.choice(list(filter(None, ways)) or [[term]])))


def made(index: Index, *, number: int, seed: int, left_out: frozenset[str] = frozenset()) -> Iterator[JudgedQuery]:
    """Yield `number` queries of each kind."""
    chance = random.Random(seed)
    everything = [passage for edition in index.editions for passage in index.passages_in(edition)]
    passages = [one for one in everything if one.kind in CONTENT_KINDS and one.id not in left_out]
    maker = Maker(index, everything, chance)
    for kind in ("inflected", "derived"):
        count = 0
        for passage in chance.sample(passages, len(passages)):
            text = maker.query(passage, derived=kind == "derived")
            if text and passage.source_id not in left_out:
                count += 1
                yield JudgedQuery(text, f"{kind}-{count}", kind, frozenset({passage.id}))
            if count == number:
                break


def main() -> None:
    """Print the queries."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument("--number", type=int, default=150, help="how many of each kind (default: 150)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leave-out", type=Path, help="queries whose passages are not to be used")
    arguments = parser.parse_args()
    judged = load_queries(arguments.leave_out) if arguments.leave_out else ()
    left_out = frozenset(wanted for query in judged for wanted in query.ids)
    with closing(open_index(arguments.index)) as index:
        for query in made(index, number=arguments.number, seed=arguments.seed, left_out=left_out):
            row = {"id": query.id, "query": query.text, "tier": query.group, "relevant_ids": sorted(query.ids)}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

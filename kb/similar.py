"""Passages that say something alike: those that share the most telling words of a passage."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.generation import Generation
from kb.model import Passage
from kb.query import Clause, Query
from kb.ranking import SHIPPED
from kb.results import Hit
from kb.slices import part_slice
from kb.snippets import find_matches, make_snippet
from kb.text import STOP_WORDS, Token, fold

TERMS = 12
"""How many words of a passage others are looked for by."""

_SHORTEST = 3
_FIELDS: Mapping[str, float] = {"text": 1.0, "text_parts": SHIPPED.part}
"""Where the words of a passage stand, and what they count there: a part of a compound less than a word."""

_NO_NOUN = 0.5
"""What a word counts that is no noun: nouns tell what is talked about."""

_ENOUGH = 2
"""So many telling words must be shared."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A telling word of a passage: as printed there, and its weight, tf·idf."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage that says something alike, as a hit, and the telling words it shares."""

    hit: Hit
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """The telling words of a passage, the weightiest first, and the passages alike, the likest first."""

    passage: Passage
    terms: tuple[Telling, ...]
    alike: tuple[Alike, ...]


def similar(generation: Generation, passage: Passage, *, limit: int = 5) -> Similar:
    """Return up to `limit` passages that share the most telling words of `passage`, which is not among them.

    A word is the more telling the more often the passage and the less often the corpus has it; names of people in the
    corpus tell nothing. Of a compound that no other passage has, the parts are looked for.
    """
    telling = _telling(generation, passage)
    terms = tuple(Telling(word, weight) for word, weight in telling.values())
    query = Query("", tuple(Clause(word, ((term,),)) for term, (word, _) in telling.items()))
    scores = _scores(generation, {term: weight for term, (_, weight) in telling.items()})
    order = np.lexsort((np.arange(len(scores)), -scores))[: limit + 1]
    hits = (_hit(generation, query, int(number), float(scores[number])) for number in order if scores[number] > 0)
    others = [hit for hit in hits if hit.passage.locator != passage.locator]
    return Similar(passage, terms, tuple(Alike(hit, _shared(generation, query, hit.passage)) for hit in others[:limit]))


def _scores(generation: Generation, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Return how like each passage is: the weights of the terms it shares, nothing if it is but one."""
    lengths = generation.engine.lengths
    norm = 1 - SHIPPED.b + SHIPPED.b * lengths / max(1.0, float(lengths.mean()))
    scores, shared = np.zeros(len(lengths)), np.zeros(len(lengths), dtype=np.int64)
    for term, weight in weights.items():
        often = np.zeros(len(lengths))
        for field, counts in _FIELDS.items():
            numbers, times = generation.engine.count(field, ((term,),))
            often[numbers] += counts * times
        scores += weight * often / (often + norm)
        shared += often > 0
    enough = shared >= min(_ENOUGH, len(weights))
    return scores * enough * generation.searched * generation.priors


def _hit(generation: Generation, query: Query, number: int, score: float) -> Hit:
    passage = generation.store[number]
    return Hit(passage, score, make_snippet(generation.words_of(passage), query))


def _shared(generation: Generation, query: Query, passage: Passage) -> tuple[str, ...]:
    """Return the telling words that a passage has in any form."""
    matches = find_matches(generation.words_of(passage), query)
    met = frozenset[int]().union(*(match.clauses for match in matches))
    return tuple(clause.printed for number, clause in enumerate(query.clauses) if number in met)


def _telling(generation: Generation, passage: Passage) -> dict[str, tuple[str, float]]:
    """Return the most telling terms of a passage, each with the word as printed and its weight."""
    printed: dict[str, str] = {}
    often = Counter[str]()
    names = _names(generation)
    for token in generation.words_of(passage).tokens:
        if token.term in STOP_WORDS or len(token.term) < _SHORTEST or token.form in names or token.term[0].isdigit():
            continue
        for term, word in _looked_for(generation, token, passage.text[token.start : token.end]):
            printed.setdefault(term, word)
            often[term] += 1
    weights = {term: (1 + math.log(often[term])) * _tells(generation, term, printed[term]) for term in often}
    best = sorted(weights, key=lambda term: (-weights[term], term))[:TERMS]
    return {term: (printed[term], weights[term]) for term in best}


def _looked_for(generation: Generation, token: Token, word: str) -> Iterator[tuple[str, str]]:
    """Yield the term of a word if another passage has it, too; else the parts that others have, each as printed."""
    if _frequency(generation, token.term) > 1:
        yield token.term, word
        return
    for part in token.parts:
        if _frequency(generation, part) > 1:
            place = part_slice(word, part, token.parts)
            yield part, word[slice(*place)] if place else part


def _frequency(generation: Generation, term: str) -> int:
    """Return how many passages have a term, as a word or as a part of one."""
    numbers = [generation.engine.count(field, ((term,),))[0] for field in _FIELDS]
    return len(np.union1d(*numbers))


def _tells(generation: Generation, term: str, word: str) -> float:
    """Return how telling a term is: the rarer the more."""
    frequency = _frequency(generation, term)
    idf = math.log(1 + (generation.engine.passages - frequency + 0.5) / (frequency + 0.5))
    return idf if _is_noun(generation, word) else _NO_NOUN * idf


def _is_noun(generation: Generation, word: str) -> bool:
    """Return whether a word is a noun for all its capital tells; of other languages than German nothing is known."""
    return generation.analyser.language != "de" or (
        not word[0].islower() and word.lower() not in generation.vocabulary.terms
    )


def _names(generation: Generation) -> frozenset[str]:
    """Return the words of the names of all people, folded: no dictionary need know them."""
    return frozenset(fold(word) for person in generation.facts.speakers.values() for word in person.name.split())

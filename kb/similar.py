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
from kb.nouns import COURTESY, begins_sentence
from kb.query import Clause, Query
from kb.ranking import SHIPPED
from kb.results import Hit
from kb.slices import part_slice
from kb.snippets import find_matches, make_snippet
from kb.text import STOP_WORDS, Token
from kb.tokens import HYPHENS, as_printed

TERMS = 12
"""How many words of a passage others are looked for by."""

_SHORTEST = 3
_FIELDS: Mapping[str, float] = {"text": 1.0, "text_parts": SHIPPED.part}
"""Where the words of a passage stand, and what they count there: a part of a compound less than a word."""

_NO_NOUN = 0.5
"""What a word counts that is no noun: nouns tell what is talked about, "zweite" and "davon" do not."""

_ENOUGH = 2
"""So many telling nouns must be shared; other words make the order finer, and are not named as what is shared."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A telling word of a passage: as printed there, the part of a compound with a hyphen; and its weight, tf·idf."""

    word: str
    weight: float
    is_noun: bool = True


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage that says something alike, as a hit, and the telling nouns it shares."""

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
    nouns = {term: one.word for term, one in telling.items() if one.is_noun}
    in_order = sorted(nouns, key=lambda term: passage.text.find(nouns[term].strip(HYPHENS)))
    query = Query("", tuple(Clause(nouns[term], ((term,),)) for term in in_order))
    scores = _scores(generation, telling)
    order = np.lexsort((np.arange(len(scores)), -scores))[: limit + 1]
    hits = (_hit(generation, query, int(number), float(scores[number])) for number in order if scores[number] > 0)
    others = [hit for hit in hits if hit.passage.locator != passage.locator][:limit]
    alike = tuple(Alike(hit, _shared(generation, query, hit.passage)) for hit in others)
    return Similar(passage, tuple(telling.values()), alike)


def _scores(generation: Generation, telling: Mapping[str, Telling]) -> NDArray[np.float64]:
    """Return how like each passage is: the weights of the terms it shares, nothing if too few of them are nouns."""
    lengths = generation.engine.lengths
    norm = 1 - SHIPPED.b + SHIPPED.b * lengths / max(1.0, float(lengths.mean()))
    scores, shared = np.zeros(len(lengths)), np.zeros(len(lengths), dtype=np.int64)
    for term, one in telling.items():
        often = np.zeros(len(lengths))
        for field, counts in _FIELDS.items():
            numbers, times = generation.engine.count(field, ((term,),))
            often[numbers] += counts * times
        scores += one.weight * often / (often + norm)
        shared += (often > 0) & one.is_noun
    enough = shared >= max(1, min(_ENOUGH, sum(one.is_noun for one in telling.values())))
    return scores * enough * generation.searched * generation.priors


def _hit(generation: Generation, query: Query, number: int, score: float) -> Hit:
    passage = generation.store[number]
    return Hit(passage, score, make_snippet(generation.words_of(passage), query))


def _shared(generation: Generation, query: Query, passage: Passage) -> tuple[str, ...]:
    """Return the telling nouns that a passage has in any form, in the order of the passage they tell of."""
    matches = find_matches(generation.words_of(passage), query)
    met = frozenset[int]().union(*(match.clauses for match in matches))
    return tuple(clause.printed for number, clause in enumerate(query.clauses) if number in met)


def _telling(generation: Generation, passage: Passage) -> dict[str, Telling]:
    """Return the most telling words of a passage by their terms, the weightiest first."""
    printed: dict[str, str] = {}
    nouns: set[str] = set()
    often = Counter[str]()
    tells_nothing = STOP_WORDS | COURTESY | _names(generation)
    for token in generation.words_of(passage).tokens:
        if len(token.term) < _SHORTEST or token.term[0].isdigit() or tells_nothing & {token.form, token.term}:
            continue
        is_noun = _is_noun(generation, passage.text, token)
        for term, word in _looked_for(generation, token, as_printed(passage.text, token.start, token.end)):
            often[term] += 1
            if is_noun and term not in nouns:
                nouns.add(term)
                printed[term] = word
            printed.setdefault(term, word)
    weights = {term: _tells(generation, term, often[term]) * (1 if term in nouns else _NO_NOUN) for term in often}
    best = sorted(weights, key=lambda term: (-weights[term], term))[:TERMS]
    return {term: Telling(printed[term], weights[term], term in nouns) for term in best}


def _looked_for(generation: Generation, token: Token, word: str) -> Iterator[tuple[str, str]]:
    """Yield the term of a word if another passage has it, too; else the longest parts that others have, as printed."""
    if _frequency(generation, token.term) > 1:
        yield token.term, word
        return
    taken: list[str] = []
    for part in sorted(token.parts, key=len, reverse=True):
        if not any(part in longer for longer in taken) and _frequency(generation, part) > 1:
            taken.append(part)
            place = part_slice(word, part, token.parts)
            yield part, _cut(word, *place) if place else part


def _cut(word: str, start: int, end: int) -> str:
    """Return a part of a compound with hyphens where it was cut off.

    >>> _cut("Wohnungsmarkt", 0, 8), _cut("Wohnungsmarkt", 8, 13)
    ('Wohnungs-', '-markt')
    """
    part = word[start:end].strip(HYPHENS)
    return f"{'-' if start else ''}{part}{'-' if end < len(word) else ''}"


def _frequency(generation: Generation, term: str) -> int:
    """Return how many passages have a term, as a word or as a part of one."""
    numbers = [generation.engine.count(field, ((term,),))[0] for field in _FIELDS]
    return len(np.union1d(*numbers))


def _tells(generation: Generation, term: str, often: int) -> float:
    """Return how telling a term is that a passage has so often: the rarer elsewhere the more."""
    frequency = _frequency(generation, term)
    idf = math.log(1 + (generation.engine.passages - frequency + 0.5) / (frequency + 0.5))
    return (1 + math.log(often)) * idf


def _is_noun(generation: Generation, text: str, token: Token) -> bool:
    """Return whether a word is a noun for all its capital tells; of other languages than German nothing is known.

    Where a sentence begins, the capital tells only of words that the collection never prints with a small letter.
    """
    word = text[token.start : token.end]
    if generation.analyser.language != "de":
        return True
    return word[0].isupper() and not (
        begins_sentence(text, token.start) and word.lower() in generation.vocabulary.terms
    )


def _names(generation: Generation) -> frozenset[str]:
    """Return the words of the names of all people, folded: no dictionary need know them."""
    names = " · ".join(person.name for person in generation.facts.speakers.values())
    return frozenset(token.form for token in generation.analyser.tokens(names))

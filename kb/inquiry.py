"""How a word is understood, and whether the corpus has it: the answer to "why did this not match?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kb.generation import Generation
from kb.parsing import parse_query
from kb.snippets import find_matches
from kb.synonyms import Group, Thesaurus
from kb.text import Analyser, Analysis, analyse, fold
from kb.word_places import WordPlaces

_MOST_ALIKE = 3
"""So many words like one that nobody says are told."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many passages have a word in any form, how many more as a part of another, and else what is like it."""

    passages: int
    inside: int
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a search makes of a word: `terms` are looked for, and the `synonyms` of the corpus.

    `finds` are those of the other words asked for that a search for this one finds. `frequency` is None without an
    index.
    """

    analysis: Analysis
    terms: tuple[str, ...]
    synonyms: tuple[str, ...]
    finds: tuple[str, ...]
    frequency: Frequency | None


def inquire(
    words: Sequence[str], language: str, synonyms: Sequence[Group], generation: Generation | None = None
) -> tuple[Inquiry, ...]:
    """Return what a search makes of each of the `words`; `generation` is the index to look into."""
    analyser = generation.analyser if generation else Analyser(language)
    thesaurus = Thesaurus(synonyms, analyser)
    return tuple(_inquiry(word, words, analyser, thesaurus, generation) for word in words)


def _inquiry(
    word: str, words: Sequence[str], analyser: Analyser, thesaurus: Thesaurus, generation: Generation | None
) -> Inquiry:
    terms = analyser.readings(word) if fold(word) else ()
    return Inquiry(
        analysis=analyse(word, analyser.language),
        terms=terms,
        synonyms=tuple(" ".join(expansion.words) for expansion in thesaurus.expand(word)),
        finds=tuple(
            other for other in dict.fromkeys(words) if other != word and _finds(word, other, analyser, thesaurus)
        ),
        frequency=_frequency(generation, word, terms) if generation else None,
    )


def _finds(word: str, other: str, analyser: Analyser, thesaurus: Thesaurus) -> bool:
    """Return whether a search for `word` finds a text that says `other`: a lone part of a compound will not do."""
    query = parse_query(word, analyser, thesaurus)
    whole = replace(query, wanted=tuple(replace(clause, parts=()) for clause in query.clauses))
    return bool(find_matches(WordPlaces(other, analyser), whole))


def _frequency(generation: Generation, word: str, terms: tuple[str, ...]) -> Frequency:
    if not terms:
        return Frequency(0, 0)
    words, parts = (generation.engine.count(field, (terms,))[0] for field in ("text", "text_parts"))
    searched = generation.searched
    passages, inside = int(searched[words].sum()), int(searched[np.setdiff1d(parts, words)].sum())
    return Frequency(passages, inside, () if passages or inside else generation.speller.near(word, most=_MOST_ALIKE))

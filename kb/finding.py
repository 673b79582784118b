"""From a search to the passages it finds: the query as it is understood, and their numbers in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.columns import Mask, apply_masks, facet_masks
from kb.fields import PAGE
from kb.generation import Generation
from kb.parsing import parse_query
from kb.query import Clause, Field, Query, also_looking_for, is_required, unknown_words
from kb.ranking import Matches
from kb.results import Search, Understood
from kb.text import fold

_SHORTEST_SLIP, _LONG_SLIP = 5, 8
"""A word of so many letters may be a slip for one that differs in one of them; a long one in two."""


@dataclass(frozen=True)
class Found:
    """What a search finds, of all passages of a generation.

    `matching` tells which passages the query finds before the filters, whose `masks` stand by facet; `scores` and
    `complete` (has all that is wanted) are said of every passage; `numbers` are those found, in the order asked for.
    """

    query: Query
    matching: Mask
    masks: Mapping[str, Mask]
    scores: NDArray[np.float64]
    complete: Mask
    numbers: NDArray[np.int64]

    @property
    def understood(self) -> Understood:
        """The query as a result page shows it, with what was found of it."""
        return self.query.understood(
            *_completeness(self.query, int(self.complete[self.numbers].sum()), len(self.numbers))
        )


def find(generation: Generation, search: Search) -> Found:
    """Return what `search` finds; its limit and offset are nothing to it."""
    thesaurus = generation.thesaurus if search.synonyms else None
    query, matches = _matches(generation, parse_query(search.text, generation.analyser, thesaurus, generation.facts))
    total = len(generation.store)
    scores, complete, matching = np.zeros(total), *np.zeros((2, total), dtype=np.bool_)
    scores[matches.numbers] = matches.scores * generation.priors[matches.numbers]
    complete[matches.numbers] = matches.complete
    matching[matches.numbers] = True
    matching &= generation.searched
    masks = facet_masks(generation.columns, search.filters)
    numbers = np.flatnonzero(apply_masks(matching, masks))
    order = _order(numbers, scores[numbers], generation.dates[numbers], search.sort)
    numbers = numbers[np.lexsort((*order, ~complete[numbers]))]
    return Found(query, matching, masks, scores, complete, numbers)


def _order(
    numbers: NDArray[np.int64], scores: NDArray[np.float64], days: NDArray[np.int32], sort: str
) -> tuple[NDArray[np.int64], NDArray[np.float64] | NDArray[np.int64]]:
    """Return the keys that sort passages, the last first; reading order parts equals, no date comes last."""
    dates = days.astype(np.int64)
    keys = {
        "relevance": -scores,
        "newest": -dates,
        "oldest": np.where(dates == 0, np.iinfo(np.int64).max, dates),
    }
    return numbers, keys.get(sort, numbers)


def _matches(generation: Generation, query: Query) -> tuple[Query, Matches]:
    """Return what matches, and the query it was found with: a word nobody uses is read less strictly."""
    conditions = conditions_of(generation, query)
    matches = generation.engine.search(query, conditions, generation.weighing)
    weaker = _weaker(generation, query, matches)
    if weaker.wanted != query.wanted:
        matches = generation.engine.search(weaker, conditions, generation.weighing)
    return weaker, matches


def conditions_of(generation: Generation, query: Query) -> dict[Field, Mask]:
    """Return for every field of `query` which passages meet it."""
    columns = {**generation.columns, PAGE: generation.pages}
    return {field: columns[field.name].mask(field.values) for field in query.fields}


def _weaker(generation: Generation, query: Query, matches: Matches) -> Query:
    """Return the query with words nobody uses read without their dots, or as what they may be a slip for.

    While other words find something, the slip is only offered.
    """
    analyser = generation.analyser
    for clause in unknown_words(query, matches.frequencies):
        word = clause.printed
        if readings := analyser.weaker_readings(word):
            query = also_looking_for(query, clause, readings, f"„{word}“ kommt nicht vor; gesucht auch mit Umlaut.")
        elif meant := _meant(generation, clause):
            if len(matches.numbers):
                query = replace(query, notes=(*query.notes, f"„{word}“ kommt nicht vor. Meinten Sie „{meant}“?"))
            else:
                note = f"„{word}“ kommt nicht vor; gesucht ist „{meant}“."
                query = also_looking_for(query, clause, analyser.readings(meant), note)
    return query


def _meant(generation: Generation, clause: Clause) -> str:
    """Return the word of the index, as it is printed, that a misspelt one is most likely meant for; or nothing."""
    word = fold(clause.printed)
    if len(word) < _SHORTEST_SLIP:
        return ""
    for differing in (1, 2) if len(word) >= _LONG_SLIP else (1,):
        if alike := generation.engine.alike(word, differing=differing):
            return next((printed for printed in generation.vocabulary.terms if fold(printed) == alike[0]), alike[0])
    return ""


def _completeness(query: Query, complete: int, total: int) -> tuple[str, ...]:
    """Return the note that tells how many passages have all words, if some have not."""
    if complete == total:
        return ()
    words = sum(not is_required(node) for node in query.wanted)
    if not complete:
        return (f"Keine Textstelle enthält alle {words} Wörter; gezeigt sind die {total} mit einigen davon.",)
    verb = "enthält" if complete == 1 else "enthalten"
    return (f"{complete} {verb} alle Wörter, {total - complete} weitere einige davon.",)

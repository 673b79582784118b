"""From a search to the passages it finds: the query as it is understood, and their numbers in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.columns import Mask, apply_masks, facet_masks
from kb.fields import PAGE
from kb.generation import Generation
from kb.parsing import parse_query, with_word
from kb.query import Clause, Field, Query, also_looking_for, is_pattern, is_required, unknown_words
from kb.query_text import query_text
from kb.ranking import Matches
from kb.results import Search, Understood
from kb.translation import gettext as _
from kb.translation import ngettext, whole_number


@dataclass(frozen=True)
class Found:
    """What a search finds, of all passages of a generation.

    `typed` is what was typed if the query is a correction of it, `suggestion` a correction that would find more.

    `matching` tells which passages the query finds before the filters, whose `masks` stand by facet; `scores` and
    `complete` (has all that is wanted) are said of every passage; `numbers` are those found, in the order asked for.
    """

    query: Query
    matching: Mask
    masks: Mapping[str, Mask]
    scores: NDArray[np.float64]
    complete: Mask
    numbers: NDArray[np.int64]
    typed: str = ""
    suggestion: str = ""

    @property
    def extent(self) -> tuple[int, int]:
        """How many passages have all words, and how many are found."""
        return int(self.complete[self.numbers].sum()), len(self.numbers)

    @property
    def understood(self) -> Understood:
        """The query as a result page shows it, with what was found of it."""
        told = self.query.understood(*_completeness(self.query, *self.extent))
        told = replace(told, canonical=query_text(self.query))
        if self.typed:
            note = _(
                "Für „%(typed)s“ findet sich nichts; gesucht ist „%(meant)s“.", typed=self.typed, meant=self.query.text
            )
            notes = (note, *told.notes)
            return replace(told, text=self.typed, notes=notes, suggestion=self.query.text, is_corrected=True)
        offered = replace(told, suggestion=self.suggestion)
        return replace(offered, notes=tuple(filter(None, (*told.notes, offered.offer))))


def find(generation: Generation, search: Search) -> Found:
    """Return what `search` finds; its limit and offset are nothing to it.

    Misspelt words are corrected in a suggestion if that finds more; where nothing is found, it is searched instead.
    """
    found = _find(generation, search)
    suggestion = _suggestion(generation, found.query)
    if not suggestion:
        return found
    meant = _find(generation, replace(search, text=suggestion))
    if meant.extent <= found.extent:
        return found
    return replace(found, suggestion=suggestion) if len(found.numbers) else replace(meant, typed=search.text)


def _suggestion(generation: Generation, query: Query) -> str:
    """Return the text of the query with misspelt words corrected, all else as it was typed; "" if none is misspelt."""
    text = query.text
    for clause in query.clauses:
        for word in _doubtful(generation, clause):
            if meant := generation.speller.meant(word, is_found=_is_found(generation, clause)):
                text = with_word(text, word, meant)
    return text if text != query.text else ""


def _doubtful(generation: Generation, clause: Clause) -> Iterator[str]:
    """Yield the words of a clause, as they are typed, that hardly any passage has."""
    if is_pattern(clause):
        return
    for token in generation.analyser.tokens(clause.printed):
        word, used = clause.printed[token.start : token.end], generation.words.find(token.form)
        if generation.speller.is_doubtful(used) or (used and used.printed.lower() != word.lower()):
            yield word


def _is_found(generation: Generation, clause: Clause) -> bool:
    return bool(len(generation.engine.search(Query(clause.printed, (clause,))).numbers))


def _find(generation: Generation, search: Search) -> Found:
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
    """Return the query with words nobody uses read without their dots."""
    analyser = generation.analyser
    for clause in unknown_words(query, matches.frequencies):
        word = clause.printed
        if readings := analyser.weaker_readings(word):
            note = _("„%(word)s“ kommt nicht vor; gesucht auch mit Umlaut.", word=word)
            query = also_looking_for(query, clause, readings, note)
    return query


def _completeness(query: Query, complete: int, total: int) -> tuple[str, ...]:
    """Return the note that tells how many passages have all words, if some have not."""
    if complete == total:
        return ()
    words = sum(not is_required(node) for node in query.wanted)
    if not complete:
        told = ngettext(
            "Keine Textstelle enthält alle %(words)s Wörter; gezeigt ist die eine mit einigen davon.",
            "Keine Textstelle enthält alle %(words)s Wörter; gezeigt sind die %(shown)s mit einigen davon.",
            total,
            words=words,
            shown=whole_number(total),
        )
        return (told,)
    told = ngettext(
        "%(complete)s enthält alle Wörter, %(more)s weitere einige davon.",
        "%(complete)s enthalten alle Wörter, %(more)s weitere einige davon.",
        complete,
        complete=whole_number(complete),
        more=whole_number(total - complete),
    )
    return (told,)

"""Where each word of a text stands, ready to be asked for many words; kept for the passages read last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from kb.languages import of_language
from kb.model import Edition
from kb.query import Positions, fits
from kb.text import Analyser, Token

_KEPT = 2000
"""So many passages are kept with their words, some 20 kB each: to read one takes longer than to look into it."""


class WordPlaces:
    """The words of a text and where each stands, so that a text is gone through once for all that is looked for."""

    def __init__(self, text: str, analyser: Analyser) -> None:
        self.text = text
        self._analyser = analyser

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words, in order."""
        return self._analyser.tokens(self.text)

    @cached_property
    def _forms(self) -> Mapping[str, Sequence[int]]:
        forms: dict[str, list[int]] = {}
        for place, token in enumerate(self.tokens):
            forms.setdefault(token.form, []).append(place)
        return forms

    @cached_property
    def _terms(self) -> Mapping[str, Sequence[int]]:
        terms: dict[str, list[int]] = {}
        for place, token in enumerate(self.tokens):
            for term in (token.term, *token.parts):
                terms.setdefault(term, []).append(place)
        return terms

    def rows(self, row: Positions, *, exact: bool) -> list[int]:
        """Return where words in a row begin, in order: forms as printed if `exact`, else terms."""
        places = self._forms if exact else self._terms
        firsts = ({found - place for found in _places(places, wanted)} for place, wanted in enumerate(row))
        return sorted(first for first in set.intersection(*firsts) if first >= 0)


def _places(places: Mapping[str, Sequence[int]], wanted: tuple[str, ...]) -> Iterator[int]:
    for one in wanted:
        if one.endswith(("*", "~")):
            yield from (found for word in places if fits(word, one) for found in places[word])
        else:
            yield from places.get(one, ())


def passage_words(analyser: Analyser, editions: Mapping[str, Edition]) -> Callable[[str, str], WordPlaces]:
    """Return what gives the words of a text of an edition, `(edition, text)`, and keeps those asked for last.

    What is kept goes with the function: an index that takes the place of another begins anew.
    """

    @lru_cache(maxsize=_KEPT)
    def read(edition: str, text: str) -> WordPlaces:
        return WordPlaces(text, of_language(analyser, editions[edition].language))

    return read

"""German compounds: which words a long word is made of, by the families of its parts in the dictionary.

The parts are slices of the word, the linking element with the part on its left: Wohnungs|bau|gesellschaften. Of all
ways to cut a word the one wins whose parts begin and end the most other words; what is made from a verb
(Herausforderung) or only looks like two words (Mini|ster) stays whole.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

from kb.lexicon import Lexicon, german_lexicon

_SHORTEST, _LONGEST_WORD = 3, 80
_COSTS, _COST_OF_LONG = {3: 3.7, 4: 2.3, 5: 1.6}, 0.8
"""What a part of so many letters costs, as the logarithm of a family: the shorter, the likelier an accident."""

_ENOUGH, _BESIDE_LONG = {3: 5, 4: 22, 5: 20}, 4
"""The family a short part must have where the dictionary knows what is cut as one word."""

_RARE, _DERIVED = 1.0, 1.5
"""What a long noun without any family counts, and how much more a word made from a verb: it is better not cut."""

_A_REAL_NOUN = 5
_ABSTRACT, _ABSTRACT_ENOUGH = ("keit", "keiten", "heit", "heiten"), 20
"""The family such a part must have where the whole is one word: "Not|wendigkeit" is made from "notwendig"."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: the slice of the word as printed, and its dictionary form."""

    printed: str
    lemma: str


@dataclass(frozen=True, slots=True)
class _Weight:
    """How good a part is: its family here, its family anywhere, and the length of what carries it."""

    family: float
    known_in: float
    length: int

    @property
    def score(self) -> float:
        return math.log(self.family) - _COSTS.get(self.length, _COST_OF_LONG)

    def is_certain(self, beside: _Weight) -> bool:
        """Return whether the part is no accident; beside a long one, which hardly is, less evidence will do."""
        enough = _ENOUGH.get(self.length, 1)
        return self.known_in >= (enough if beside.length in _COSTS else enough / _BESIDE_LONG)


class Splitter:
    """Splits German compounds; looks at every word once."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or german_lexicon()
        self.split = cache(self._split)
        self._first = cache(self._weigh_first)
        self._last = cache(self._weigh_last)

    def parts(self, word: str) -> tuple[Part, ...]:
        """Return the parts of a compound with their lemmas; none if the word is no compound.

        >>> [part.lemma for part in Splitter().parts("Wohnungsbaugesellschaften")]
        ['Wohnung', 'Bau', 'Gesellschaft']
        """
        slices = self.split(word)
        if len(slices) < 2:
            return ()
        *firsts, last = slices
        lemmas = [self._first_lemma(part.lower()) for part in firsts]
        return tuple(map(Part, slices, [*lemmas, self._lexicon.head(last.lower()) or last]))

    def _first_lemma(self, part: str) -> str:
        """Return the lemma of a part that another one follows: of "wohn" the verb, as no word ends with that noun."""
        lemma = self._lexicon.modifier(part) or part
        is_noun = lemma.lower() != part or self._lexicon.ends(lemma) >= _A_REAL_NOUN
        return lemma if is_noun else next(filter(self._lexicon.verb, (f"{part}en", f"{part}n")), lemma)

    def words_inside(self, word: str) -> tuple[str, ...]:
        """Return the compounds inside a compound that are words themselves, with their linking elements taken off.

        >>> Splitter().words_inside("Wohnungsbaugesellschaften")
        ('Wohnungsbau', 'Baugesellschaft')
        """
        slices = self.split(word)
        found: dict[str, None] = {}
        for first, last in combinations(range(len(slices) + 1), 2):
            if 2 <= last - first < len(slices):
                run = "".join(slices[first:last]).lower()
                lemma = self._lexicon.noun(run) if last == len(slices) else self._lexicon.modifier(run)
                found |= {lemma: None} if lemma else {}
        return tuple(found)

    def completed(self, word: str, partner: str, *, before: bool = True) -> str:
        """Return what a word cut short stands for: it comes `before` what it shares with `partner`, or after it.

        >>> Splitter().completed("Klein", "Mittelstädte"), Splitter().completed("Ein", "Auswanderung")
        ('Kleinstädte', 'Einwanderung')
        >>> Splitter().completed("bewohner", "Quartiersbewohnerinnen", before=False)
        'Quartiersbewohner'
        """
        slices = self.split(partner)
        cuts = [len("".join(slices[:count])) for count in range(1, len(slices))]
        if not before:
            return partner[: cuts[-1]] + word.lower() if cuts else word
        ways = [word + partner[cut:].lower() for cut in cuts or range(2, len(partner) - 3)]
        known = next((way for way in ways if self._lexicon.noun(way.lower())), None)
        return known or (ways[-1] if cuts else word)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the slices of `word`, joined they are the word again; one slice if it is no compound.

        >>> Splitter().split("Herausforderung")
        ('Herausforderung',)
        """
        small = word.lower()
        if len(small) != len(word) or len(word) > _LONGEST_WORD or self._is_whole(small):
            return (word,)
        cuts = self._merged(small, self._best_cuts(small))
        return tuple(word[start:end] for start, end in pairwise(cuts))

    def _is_whole(self, word: str) -> bool:
        """Return whether nothing speaks for a compound: made from a verb, or no noun at all."""
        return self._lexicon.derived(word) or self._lexicon.written_small(word)

    def _best_cuts(self, word: str) -> list[int]:
        """Return the cuts of the best way to split `word`, from 0 to its length."""
        best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
        for end in range(_SHORTEST, len(word) + 1):
            ways = [
                (best[start][0] + score, [*best[start][1], end])
                for start in range(end - _SHORTEST + 1)
                if start in best and (score := self._score(word, start, end)) is not None
            ]
            if ways:
                best[end] = max(ways)
        score, cuts = best.get(len(word), (0.0, []))
        return cuts if score > 0 else [0, len(word)]

    def _score(self, word: str, start: int, end: int) -> float | None:
        if end - start == len(word):
            return None
        weight = self._weight(word, start, end)
        if weight is None:
            return None
        is_derived = weight.length not in _COSTS and self._lexicon.derived(word[start:end])
        return weight.score + (_DERIVED if is_derived else 0)

    def _weight(self, word: str, start: int, end: int) -> _Weight | None:
        part = word[start:end]
        return self._last(part) if end == len(word) else self._first(part, start > 0)

    def _weigh_first(self, part: str, is_inside: bool) -> _Weight | None:
        """Return the weight of a part that another one follows; inside a word it may end one, too."""
        lemma = self._lexicon.modifier(part)
        if lemma is None:
            return None
        family, as_last = float(self._lexicon.begins(part)), self._lexicon.ends(lemma)
        if part.endswith("e") and lemma.lower() != part and family < 5:
            return None  # a dative like "Zuge" begins no word
        if is_inside:
            family = max(family, as_last / 2)
        family += _RARE if len(lemma) > 4 and lemma[0].isupper() else 0
        return _Weight(family, family + as_last, len(part)) if family else None

    def _weigh_last(self, part: str) -> _Weight | None:
        lemma = self._lexicon.head(part)
        if lemma is None:
            return None
        masculine = lemma.removesuffix("in")
        if masculine == lemma or not self._lexicon.noun(masculine.lower()):
            masculine = lemma
        family = max(self._lexicon.ends(lemma), self._lexicon.ends(masculine))
        total = family + (_RARE if len(lemma) > 4 else 0)
        known_in = 0 if part.endswith(_ABSTRACT) and family < _ABSTRACT_ENOUGH else total
        return _Weight(total, known_in, len(masculine)) if total else None

    def _merged(self, word: str, cuts: list[int]) -> list[int]:
        """Return `cuts` without those inside what is better taken as one word."""
        place = 0
        while place + 2 < len(cuts):
            if self._is_one(word, *cuts[place : place + 3]):
                del cuts[place + 1]
                place = max(0, place - 1)
            else:
                place += 1
        return cuts

    def _is_one(self, word: str, start: int, cut: int, end: int) -> bool:
        both = word[start:end]
        if self._lexicon.derived(both):
            return True
        known = self._lexicon.noun(both) if end == len(word) else self._lexicon.modifier(both)
        left, right = self._weight(word, start, cut), self._weight(word, cut, end)
        if not known or left is None or right is None:
            return bool(known)
        return not (left.is_certain(right) and right.is_certain(left))

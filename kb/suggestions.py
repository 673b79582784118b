"""Which word of the collection a misspelt one is meant for: "Segregatoin", "Köhncke", "Gmund".

A slip is a letter too many, too few, another one, two swapped (one slip, not two), or an umlaut without its dots. Of
several words the likeliest wins: each slip makes it a thousand times less likely, each passage that has it more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from math import log10

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.folding import fold
from kb.model import Speaker
from kb.text import Analyser
from kb.wordlist import Word, WordList, is_sound

_SHORTEST, _SHORTEST_USED, _LONG = 4, 5, 8
"""A word of so many letters may be a slip; one that is used, of so many; a long one has two."""

_RARE, _OFTENER = 3, 5
"""A word in so few passages may be a misprint of one in so many times more."""

_SLIP, _WITHOUT_DOTS, _OTHER_BEGINNING = 3.0, 0.5, 1.0
"""What a slip costs, in powers of ten; people seldom slip at the first letter."""


class Speller:
    """Knows the words of an index and the registered misprints of names."""

    def __init__(self, words: WordList, speakers: Iterable[Speaker], analyser: Analyser) -> None:
        self._words = words
        self._analyser = analyser
        self._speakers = tuple(speakers)

    def meant(self, word: str, *, is_found: bool) -> str:
        """Return the word, as it is printed, that `word` is likely a slip for; "" if it is likely right.

        A word that many passages have is right. One that the dictionary has, that is made of words or `is_found` though
        the index does not have it so, may only lack the dots of its umlaut.
        """
        form = fold(word)
        used = self._words.find(form)
        if used and not is_found and used.printed.lower() != word.lower():
            return used.printed
        if len(form) < _SHORTEST or not self.is_doubtful(used):
            return ""
        if registered := self._misprints.get(form):
            return registered
        is_right = used.is_sound if used else is_found or is_sound(word, self._analyser)
        slips = 0 if is_right else _slips(form)
        likely = [one for one in self._candidates(form, slips) if self._is_another(word, one[1], used)]
        return max(likely)[1].printed if likely else ""

    @staticmethod
    def is_doubtful(used: Word | None) -> bool:
        """Return whether a word of the index, or one that is not in it (None), may be a slip."""
        return used is None or (used.passages <= _RARE and len(used.form) >= _SHORTEST_USED)

    def near(self, word: str, *, most: int) -> tuple[str, ...]:
        """Return at most so many words, as they are printed, that `word` may be a slip for, the likeliest first."""
        form = fold(word)
        likely = sorted(self._candidates(form, _slips(form)), reverse=True) if len(form) >= _SHORTEST else []
        return tuple(dict.fromkeys(other.printed for _, other in likely if other.form != form))[:most]

    def _is_another(self, word: str, other: Word, used: Word | None) -> bool:
        """Return whether `other` is another word than `word`, no form of it, and so much oftener if that is used."""
        if used and other.passages < _OFTENER * used.passages:
            return False
        return self._analyser.term(other.printed) not in self._analyser.readings(word)

    def _candidates(self, form: str, most: int) -> Iterator[tuple[float, Word]]:
        """Yield the words at most so many slips away from `form` with how likely they are, as a power of ten."""
        for length in range(len(form) - most, len(form) + most + 1):
            keys, numbers = self._by_length.get(length, ((), ()))
            for key, slips, at in process.extract(form, keys, scorer=OSA.distance, score_cutoff=most, limit=None):
                word = self._words[numbers[at]]
                cost = slips * _SLIP + (_WITHOUT_DOTS if key != word.form else 0.0)
                yield log10(word.passages + 1) - cost - (_OTHER_BEGINNING if key[0] != form[0] else 0.0), word

    @cached_property
    def _by_length(self) -> Mapping[int, tuple[list[str], list[int]]]:
        """What may be typed for a word, and beside it the number of the word, by length."""
        found: dict[int, tuple[list[str], list[int]]] = {}
        for key, number in self._words.keys:
            keys, numbers = found.setdefault(len(key), ([], []))
            keys.append(key)
            numbers.append(number)
        return found

    @cached_property
    def _misprints(self) -> Mapping[str, str]:
        """The right word of a name for each word of its registered misprints that nobody's name has."""
        right = {fold(word) for speaker in self._speakers for word in speaker.name.split()}
        return {
            form: min((OSA.distance(fold(word), form), word) for word in speaker.name.split())[1]
            for speaker in self._speakers
            for misprint in speaker.misprints
            for form in map(fold, misprint.split())
            if form not in right
        }


def _slips(form: str) -> int:
    """Return how many slips a word of this length may have."""
    return 1 if len(form) < _LONG else 2

"""The one home of text analysis: index, query and highlight all see words through an `Analyser`.

A word is known by its *term*: its lemma, folded. Folding writes ä as ae and ß as ss and drops other accents, so that
"Mühlacker" and "Muehlacker" meet; "Bürgerin" and "Bürger:innen" have the term of "Bürger". A compound has *parts*
beside its term. Lemmas and parts come from dictionaries that take seconds to load: an analyser that is given the
vocabulary of an index (`known`) answers for the words of that index without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from kb.folding import fold, normalise, without_dots
from kb.lemmas import (
    CAPITALS,
    WITH_DICTIONARY,
    common_gender,
    is_known,
    lemma,
    primary_language,
    spellings,
    splitter,
    stem,
)
from kb.tokens import HYPHENS, Place, places, plain_word

__all__ = ["STOP_WORDS", "Analyser", "Analysis", "Token", "Vocabulary", "analyse", "fold", "lemma", "normalise"]

_AFTER_HYPHEN = re.compile(rf"(?<=[{HYPHENS}])")
_BETWEEN = frozenset(HYPHENS)
_MAX_SPELLINGS, _MAX_CHAIN = 16, 5


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: `text[start:end]` is how it is printed, `form` that word folded, `term` its folded lemma.

    `parts` holds the terms of what a compound is made of, to be indexed at the same position with less weight.
    """

    start: int
    end: int
    form: str
    term: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The words of an index, so that no dictionary is needed for them.

    `terms` by printed word, `readings` (all terms a typed word may mean) by folded word, `parts` by the term of the
    compound, `completions` (what a word cut short stands for) by that word and its partner.
    """

    terms: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    completions: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def without_dots(self) -> Mapping[str, frozenset[str]]:
        """The terms of the words with umlauts, by the word as it is typed without the dots."""
        found: dict[str, set[str]] = {}
        for word, term in self.terms.items():
            if (plain := without_dots(word)) != fold(word):
                found.setdefault(plain, set()).add(term)
        return {plain: frozenset(terms) for plain, terms in found.items()}


class Analyser:
    """Sees the words of a text in one language; `known` spares the dictionary for the words of an index."""

    def __init__(self, language: str = "de", known: Vocabulary | None = None) -> None:
        self.language = primary_language(language)
        self._known = known or Vocabulary()
        self._seen: dict[str, tuple[str, str, tuple[str, ...]]] = {}
        self._terms: dict[str, str] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        self._completions: dict[str, str] = {}

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the words of `text` in order, with offsets into `text` as it was given.

        >>> [token.term for token in Analyser().tokens("Neue Wohnungen in Klein- und Mittelstädten")]
        ['neu', 'wohnung', 'in', 'kleinstadt', 'und', 'mittelstadt']
        """
        found = places(text)
        chains = dict(_chains(text, found))
        return tuple(self._token(place, chains.get(number, "")) for number, place in enumerate(found))

    def _token(self, place: Place, before: str) -> Token:
        word = self._completed(place) if place.partner else place.word
        form, term, parts = self._seen.get(word) or self._see(word)
        if place.partner:
            form = fold(place.word)
        return Token(place.start, place.end, form, term, (*parts, before + term) if before else parts)

    def _see(self, word: str) -> tuple[str, str, tuple[str, ...]]:
        """Return form, term and parts of a word, and keep them: most words of a text have been met before."""
        term = self.term(word)
        self._seen[word] = found = (fold(word), term, self.parts(term))
        return found

    def term(self, word: str) -> str:
        """Return what a printed word is known by: its folded lemma."""
        return self._known.terms.get(word) or self._terms.get(word) or self._learn(word)

    def parts(self, term: str) -> tuple[str, ...]:
        """Return the terms of what a compound is made of, and of the compounds inside it; none for other words.

        The term must have come from this analyser or its vocabulary.

        >>> analyser = Analyser()
        >>> analyser.parts(analyser.term("Wohnungsbaugesellschaften"))
        ('wohnung', 'bau', 'gesellschaft', 'wohnungsbau', 'baugesellschaft')
        """
        return tuple(self._known.parts.get(term, ())) or self._parts.get(term, ())

    def stem(self, term: str) -> str:
        """Return the stem of a term, which it shares with words made from it: a hint, no proof that they mean the same.

        >>> Analyser().stem("apotheke"), Analyser().stem("apotheker")
        ('apothek', 'apothek')
        """
        return stem(term, self.language)

    def stems(self, token: Token) -> tuple[str, ...]:
        """Return the stem of a word and those of its parts.

        >>> analyser = Analyser()
        >>> analyser.stems(analyser.tokens("Apothekerverband")[0])
        ('apothekerverband', 'apothek', 'verband')
        """
        return tuple(self.stem(term) for term in (token.term, *token.parts))

    def _learn(self, word: str) -> str:
        found = lemma(plain_word(word), self.language)
        term = self._terms[word] = fold(found) or fold(word)
        if self.language == "de" and term not in self._parts and (parts := _part_terms(found)):
            self._parts[term] = parts
        return term

    def _completed(self, place: Place) -> str:
        """Return the whole of a word cut short: "Kleinstädte" for "Klein-" before "Mittelstädte"."""
        if self.language != "de":
            return place.word
        key = f"{place.word}-{place.partner}" if place.before else f"{place.partner}-{place.word}"
        known = self._known.completions.get(key) or self._completions.get(key)
        if known is None:
            word, partner = plain_word(place.word), plain_word(place.partner)
            known = self._completions[key] = splitter().completed(word, partner, before=place.before)
        return known

    def readings(self, word: str) -> tuple[str, ...]:
        """Return all terms a typed word may mean; typed in lower case it may be a noun too.

        >>> Analyser().readings("mieten")
        ('miete', 'mieten')
        """
        if word in CAPITALS and self.language == "de":
            return (fold(CAPITALS[word]),)
        known = self._known.readings.get(fold(word))
        if known and not self._is_misspelt(word):
            return tuple(known)
        return tuple(sorted(self._readings(plain_word(word))))

    def weaker_readings(self, word: str) -> tuple[str, ...]:
        """Return the terms of words with umlauts that a word typed without their dots may mean: "Gmund" for "Gmünd".

        They are for a word that is not found as it stands; none if the index has the word.
        """
        if fold(word) in self._known.readings:
            return ()
        return tuple(sorted(self._known.without_dots.get(without_dots(word), ())))

    def _is_misspelt(self, word: str) -> bool:
        """Return whether the umlaut of `word` stands where only "ue" is right: "aktüll" does not mean "aktuell"."""
        if word.lower() == fold(word) or any(form in self._known.terms for form in (word, word.capitalize())):
            return False
        return fold(word) in self._known.terms or fold(word).capitalize() in self._known.terms

    def _readings(self, word: str) -> set[str]:
        forms = {word, word.capitalize()} if word.islower() else {word}
        readings = {self.term(form) for form in forms}
        if self.language in WITH_DICTIONARY:
            typed = {form for each in forms for form in islice(spellings(each, self.language), _MAX_SPELLINGS)}
            readings |= {self.term(form) for form in sorted(typed) if is_known(form, self.language)}
        return readings

    def vocabulary(self, texts: Iterable[str]) -> Vocabulary:
        """Return the words of `texts` with their terms, readings and parts, to be kept beside an index."""
        learner = Analyser(self.language)
        for text in texts:
            learner.tokens(text)
        return learner.learnt()

    def learnt(self) -> Vocabulary:
        """Return the words of all texts this analyser has seen, to be kept beside their index."""
        terms = {word: term for word, (_, term, _) in sorted(self._seen.items())}
        readings: dict[str, set[str]] = {}
        for word, term in terms.items():
            if word in CAPITALS and self.language == "de":
                continue  # "ob" in small letters is another word
            plain = plain_word(word)
            found = {term, *self._readings(plain), *self._readings(plain.lower())}
            for form in {fold(word), fold(plain)}:
                readings.setdefault(form, set()).update(found)
        return Vocabulary(
            terms=terms,
            readings={form: tuple(sorted(found)) for form, found in readings.items()},
            parts=self._parts,
            completions=self._completions,
        )


def _chains(text: str, found: Sequence[Place]) -> Iterator[tuple[int, str]]:
    """Yield the number of the last word of "EU-Bürger" with what stands before it, folded and in one: "eu"."""
    if not any(hyphen in text for hyphen in HYPHENS):
        return
    start = 0
    for number in range(1, len(found) + 1):
        if number < len(found) and text[found[number - 1].end : found[number].start] in _BETWEEN:
            continue
        if 1 < number - start <= _MAX_CHAIN:
            words = [plain_word(place.word) for place in found[start:number]]
            if not any(word[0].isdigit() for word in words):
                yield number - 1, fold("".join(words[:-1]))
        start = number


def _part_terms(compound: str) -> tuple[str, ...]:
    parts = splitter().parts(compound)
    lemmas = [part.lemma for part in parts] + (list(splitter().words_inside(compound)) if parts else [])
    return tuple(dict.fromkeys(fold(common_gender(part)) for part in lemmas))


@dataclass(frozen=True, slots=True)
class Analysis:
    """How a word is understood: all `lemmas` it may have, the `parts` it is printed with, and the word `folded`."""

    word: str
    lemmas: tuple[str, ...]
    parts: tuple[str, ...]
    folded: str


def analyse(word: str, language: str = "de") -> Analysis:
    """Return how `word` is understood; a word that is no compound has no parts.

    >>> analyse("Wohnungsbaugesellschaften").parts
    ('Wohnungs', 'bau', 'gesellschaften')
    >>> analyse("mieten").lemmas
    ('Miete', 'mieten')
    """
    tag = primary_language(language)
    *before, last = _AFTER_HYPHEN.split(plain_word(word) if word else "")
    forms = (last, last.capitalize()) if last.islower() else (last,)
    lemmas = {"".join(before) + lemma(form, tag) for form in forms if form}
    slices = [part for piece in (*before, last) for part in _slices(piece, tag)]
    return Analysis(word, tuple(sorted(lemmas)), tuple(slices) if len(slices) > 1 else (), fold(word))


def _slices(piece: str, language: str) -> Iterator[str]:
    """Yield the slices of a word, the hyphen after it with the last of them."""
    word = piece.rstrip(HYPHENS)
    *firsts, last = splitter().split(word) if language == "de" else (word,)
    yield from (*firsts, last + piece[len(word) :])


_FUNCTION_WORDS = """
der die das des dem den ein eine einer eines einem einen und oder aber denn als wie dass ob weil wenn
in im an am auf aus bei beim mit nach seit von vom zu zum zur ueber unter vor fuer durch um gegen bis wegen
ist sind war waren sein wird werden wurde wurden hat haben hatte
ich du er sie es wir ihr man sich mich dich uns euch ihn ihm ihnen dieser diese dieses diesem diesen
auch noch nur so da hier dort sehr schon mehr
wer wen wem wessen was welcher welche welches welchem welchen wann wo wohin woher warum weshalb wieso wozu wofuer womit
wodurch woran worauf worin worueber wovon wogegen woraus wonach wobei
"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Function and question words of German, folded: beside other words they are not searched for.

Auxiliary verbs, prepositions of place and "nicht" stay: what was said is told apart by them too.
"""

"""The one home of text analysis: index, query and highlight all see words through an `Analyser`.

A word is known by its *term*: its lemma, folded. Folding writes ä as ae and ß as ss and drops other accents, so that
"Mühlacker" and "Muehlacker" meet. Lemmas come from simplemma, whose dictionary takes a second to load: an analyser
that is given the terms of an index (`known`) answers for the words of that index without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product

import simplemma
import snowballstemmer

_SOFT_HYPHENS = "\u00ad\u200b\u200c\u200d\u2060"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f{_SOFT_HYPHENS}])*")
_INVISIBLE = re.compile(f"[{_SOFT_HYPHENS}]")
_QUOTES = str.maketrans({**dict.fromkeys("„“”«»", '"'), **dict.fromkeys("‚‘’‹›`´", "'")})
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_FOLDS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)
_TYPED = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß"}
_TYPED_PAIR = re.compile("(ae|oe|ue|ss)", re.IGNORECASE)
_MAX_SPELLINGS = 16  # a long word full of "ss" must not cost thousands of look-ups
_STEMMER = snowballstemmer.stemmer("german")
_LANGUAGES = frozenset({"de"})
"""Languages whose words are lemmatised; a word of any other language is only folded."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: `text[start:end]` is how it is printed, `form` that word folded, `term` its folded lemma."""

    start: int
    end: int
    form: str
    term: str


def normalise(text: str) -> str:
    """Return `text` in NFC, without soft hyphens, ligatures resolved and all quotation marks straight.

    >>> normalise("„Woh\\u00adnung“ und P\\ufb02ege")
    '"Wohnung" und Pflege'
    """
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    composed = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), composed)
    return composed.translate(_QUOTES)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return `word` in lower case without its accents, umlauts written out.

    >>> fold("Mühlacker"), fold("STRASSE"), fold("Straße"), fold("Yılmaz")
    ('muehlacker', 'strasse', 'strasse', 'yilmaz')
    """
    lowered = normalise(unicodedata.normalize("NFKC", word)).lower().translate(_FOLDS)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(sign))
    return plain.translate(_FOLDS)


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str) -> str:
    """Return the dictionary form of `word`, its Snowball stem if the dictionary does not have it.

    A word of a language without dictionary stays as it is.

    >>> lemma("Städte", "de"), lemma("Haeuser", "de"), lemma("WOHNUNGEN", "de"), lemma("Wohnungstauschs", "de")
    ('Stadt', 'Haus', 'Wohnung', 'wohnungstausch')
    """
    if language not in _LANGUAGES:
        return word
    known = next((form for form in _spellings(word) if simplemma.is_known(form, lang=language)), None)
    return simplemma.lemmatize(known, lang=language) if known else _STEMMER.stemWord(fold(word))


def _spellings(word: str) -> Iterator[str]:
    """Yield ways to write `word`: as it is, not all in capitals, with the umlauts it may have been typed without."""
    yield word
    if len(word) > 1 and word.isupper():
        word = word.capitalize()
        yield word
    pieces = _TYPED_PAIR.split(word)
    choices = [(piece, _umlaut(piece)) if piece.lower() in _TYPED else (piece,) for piece in pieces]
    for spelling in islice(product(*choices), 1, _MAX_SPELLINGS):
        yield "".join(spelling)


def _umlaut(pair: str) -> str:
    umlaut = _TYPED[pair.lower()]
    return umlaut.upper() if pair[0].isupper() and umlaut != "ß" else umlaut


@dataclass(frozen=True)
class Vocabulary:
    """The words of an index: `terms` by printed word, `readings` (all terms a typed word may mean) by folded word."""

    terms: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Analyser:
    """Sees the words of a text in one language; `known` spares the dictionary for the words of an index."""

    def __init__(self, language: str = "de", known: Vocabulary | None = None) -> None:
        self.language = language
        self._known = known or Vocabulary()

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the words of `text` in order, with offsets into `text` as it was given.

        >>> [token.term for token in Analyser().tokens("Neue Wohnungen in Städten")]
        ['neu', 'wohnung', 'in', 'stadt']
        """
        return tuple(self._token(match) for match in _WORD.finditer(text))

    def _token(self, match: re.Match[str]) -> Token:
        word = match.group()
        return Token(match.start(), match.end(), fold(word), self.term(word))

    def term(self, word: str) -> str:
        """Return what a printed word is known by: its folded lemma."""
        return self._known.terms.get(word) or fold(lemma(normalise(word), self.language))

    def readings(self, word: str) -> tuple[str, ...]:
        """Return all terms a typed word may mean; typed in lower case it may be a noun too.

        >>> Analyser().readings("mieten")
        ('miete', 'mieten')
        """
        return self._known.readings.get(fold(word)) or tuple(sorted(self._readings(normalise(word))))

    def _readings(self, word: str) -> set[str]:
        forms = {word, word.capitalize()} if word.islower() else {word}
        spellings = {spelling for form in forms for spelling in islice(_spellings(form), _MAX_SPELLINGS)}
        readings = {fold(lemma(form, self.language)) for form in forms}
        if self.language in _LANGUAGES:
            known = (form for form in spellings if simplemma.is_known(form, lang=self.language))
            readings |= {fold(lemma(form, self.language)) for form in known}
        return readings

    def vocabulary(self, texts: Iterable[str]) -> Vocabulary:
        """Return the words of `texts` with their terms and readings, to be kept beside an index."""
        words = {word for text in texts for word in _WORD.findall(text)}
        terms = {word: self.term(word) for word in sorted(words)}
        readings: dict[str, set[str]] = {}
        for word, term in terms.items():
            plain = normalise(word)
            readings.setdefault(fold(word), set()).update({term}, self._readings(plain), self._readings(plain.lower()))
        return Vocabulary(terms, {form: tuple(sorted(found)) for form, found in readings.items()})


_FUNCTION_WORDS = """
der die das des dem den ein eine einer eines einem einen und oder aber denn als wie dass ob weil wenn
in im an am auf aus bei beim mit nach seit von vom zu zum zur ueber unter vor fuer durch um gegen bis wegen
ist sind war waren sein wird werden wurde wurden hat haben hatte
ich du er sie es wir ihr man sich mich dich uns euch ihn ihm ihnen dieser diese dieses diesem diesen
auch noch nur so da hier dort sehr schon mehr
"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Function words of German, folded: beside other words they are not searched for."""

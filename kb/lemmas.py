"""Lemmas: the dictionary form of a word in its language, and the one form for women and men.

German and English have a dictionary (simplemma), a dozen more languages a stemmer (Snowball); a word of any other
language stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

import simplemma
import snowballstemmer

from kb.compounds import Part, Splitter
from kb.folding import fold
from kb.lexicon import dictionary, own_lemma

WITH_DICTIONARY = frozenset({"de", "en"})
_STEMMERS = {
    **{"ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english"},
    **{"es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian"},
    **{"hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian"},
    **{"nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian"},
    **{"sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish"},
}
_TYPED = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß"}
_TYPED_PAIR = re.compile("(ae|oe|ue|ss)", re.IGNORECASE)
_MAX_SPELLINGS = 16  # a long word full of "ss" must not cost thousands of look-ups
_UMLAUT = re.compile("[äöüÄÖÜ](?=[^äöü]*$)")
_DOTS = str.maketrans("äöüÄÖÜ", "aouAOU")
_SHORTEST_WOMAN, _SHORTEST_DECLINED = 5, 6
_SAME = {"Paragraf": "Paragraph"}
CAPITALS = {"OB": "Oberbürgermeister"}
"""Abbreviations that would be another word in small letters."""

_DECLINED = re.compile("(.{3,}(?:isch|lich|ig|los|sam|bar|haft))e[nrms]?")
_ADJECTIVE_ENDING = re.compile("(?:e[nrms]?)$")
_ADJECTIVE = re.compile(r"(?:(?:ge|be|ver).+t|.(?:iert|igt|ert|elt|tet|lich|ig|isch|end|los|sen|fen|gen))$")
"""How an adjective or participle ends that is often used as a noun."""


def primary_language(tag: str) -> str:
    """Return the language of a tag as editions state it.

    >>> primary_language("de-AT"), primary_language("EN_gb")
    ('de', 'en')
    """
    return re.split("[-_]", tag.strip().lower(), maxsplit=1)[0]


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str) -> str:
    """Return the dictionary form of `word`; that of its last part or a stem if the dictionary does not have it.

    >>> [lemma(word, "de") for word in ("Städte", "Haeuser", "WOHNUNGEN", "Quartiersspaziergängen")]
    ['Stadt', 'Haus', 'Wohnung', 'quartiersspaziergang']
    >>> lemma("cities", "en"), lemma("ciudades", "es"), lemma("wohnungen", "xx")
    ('city', 'ciudad', 'wohnungen')
    """
    if language == "de" and (special := CAPITALS.get(word) or _adjective_in(word) or _declined(word)):
        return special
    if language in WITH_DICTIONARY:
        known = next((form for form in spellings(word, language) if is_known(form, language)), None)
        if known:
            return _canonical(_listed(known)) if language == "de" else simplemma.lemmatize(known, lang=language)
    if language == "de" and (parts := _compound_parts(word)):
        return "".join([*(part.printed for part in parts[:-1]), common_gender(parts[-1].lemma)]).lower()
    return stem(word, language)


def _adjective_in(noun: str) -> str | None:
    """Return the adjective that is used as a noun: the dictionary has only some forms of "Geflüchtete" as one word.

    Only an adjective has a form in -em.
    """
    stem = _ADJECTIVE_ENDING.sub("", noun.lower())
    if stem == noun.lower() or not noun[0].isupper() or not _ADJECTIVE.search(stem):
        return None
    form = f"{stem}em"
    found = simplemma.lemmatize(form, lang="de") if is_known(form, "de") else None
    return found if found and found[0].islower() else None


def _declined(word: str) -> str | None:
    """Return the bare form of an adjective that shows itself as one; the dictionary has only some forms of many."""
    adjective = _DECLINED.fullmatch(word)
    return adjective[1] if adjective and word.islower() and not is_known(f"{adjective[1]}t", "de") else None


def _canonical(found: str) -> str:
    """Return the one lemma of what the dictionary has under several: "Geflüchteter", "Vorsitzende", "Bürgerin"."""
    noun = common_gender(_SAME.get(found, found))
    if not noun[0].isupper() or len(noun) < _SHORTEST_DECLINED or not noun.endswith(("e", "er")):
        return noun
    if adjective := _adjective_in(noun):
        return adjective
    stem = _ADJECTIVE_ENDING.sub("", noun)
    is_declined = is_known(f"{stem}em", "de") and simplemma.lemmatize(f"{stem}em", lang="de")[0].isupper()
    return f"{stem}e" if is_declined else noun


def _listed(form: str) -> str:
    """Return the lemma of a form the German dictionary has."""
    return own_lemma(form, simplemma.lemmatize(form, lang="de"), dictionary())


def is_known(word: str, language: str) -> bool:
    """Return whether the dictionary of `language` has `word`."""
    return bool(word) and simplemma.is_known(word, lang=language)


@cache
def splitter() -> Splitter:
    """Return the splitter all analysers share; the first call loads the German lexicon."""
    return Splitter()


def _compound_parts(word: str) -> tuple[Part, ...]:
    ways = (splitter().parts(form) for form in islice(spellings(word), _MAX_SPELLINGS))
    return next((parts for parts in ways if parts), ())


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    if language not in _STEMMERS:
        return word
    # The German stemmer was written for umlauts typed either way; others need their accents.
    return str(_stemmer(language).stemWord(fold(word) if language == "de" else word.lower()))


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS[language])


@lru_cache(maxsize=50_000)
def common_gender(noun: str) -> str:
    """Return the noun without the ending for women: "Bürgerin" and "Bürger" are one word to search for.

    Only what forms its plural in -innen is such a word; "Termin" and "Berlin" are not.
    """
    if not noun.endswith("in") or len(noun) < _SHORTEST_WOMAN or not simplemma.is_known(f"{noun}nen", lang="de"):
        return noun
    stem = noun[:-2]
    plain = _UMLAUT.sub(lambda match: match.group().translate(_DOTS), stem)
    forms = (f"{stem}e", stem, f"{stem}er", f"{plain}e", plain)
    return next((form for form in forms if is_known(form, "de") and _listed(form) == form), noun)


def spellings(word: str, language: str = "de") -> Iterator[str]:
    """Yield ways to write `word`: as it is, not all in capitals, with the umlauts it may have been typed without."""
    yield word
    if len(word) > 1 and word.isupper():
        word = word.capitalize()
        yield word
    if language != "de":
        return
    pieces = _TYPED_PAIR.split(word)
    choices = [(piece, _umlaut(piece)) if piece.lower() in _TYPED else (piece,) for piece in pieces]
    for spelling in islice(product(*choices), 1, _MAX_SPELLINGS):
        yield "".join(spelling)


def _umlaut(pair: str) -> str:
    umlaut = _TYPED[pair.lower()]
    return umlaut.upper() if pair[0].isupper() and umlaut != "ß" else umlaut

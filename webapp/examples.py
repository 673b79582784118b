"""Searches drawn from the corpus that is open: each finds something, whatever the corpus is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import nlargest

from kb.results import NONE, Search
from webapp import urls
from webapp.library import Library
from webapp.parts import Link

_CUES = 8
_LETTERS = r"[^\W\d_]"
_LONG = 6
"""Words of so many letters are seldom mere grammar."""


def start_examples(here: Library) -> Iterator[Link]:
    """Yield searches for a word, a person, a theme and a section that have most passages."""
    for word in telling_words(here)[:1]:
        yield Link(word, urls.search_path(Search(word)), "Ein Wort")
    for facet, note in (("speaker", "Eine Person"), ("theme", "Ein Thema"), ("forum", "Ein Abschnitt")):
        value = commonest(here, facet)
        if value:
            yield Link(here.label(facet, value), urls.search_path(urls.filtered(facet, value)), note)


def help_examples(here: Library) -> tuple[Link, ...]:
    """Return queries as one types them, each with what it finds; one that finds nothing here is left out."""
    queries = (*_word_queries(here), *_field_queries(here))
    return tuple(Link(query, urls.search_path(Search(query)), told) for query, told in queries if here.finding(query))


def _word_queries(here: Library) -> Iterator[tuple[str, str]]:
    words = telling_words(here)
    if not words:
        return
    word = words[0]
    yield word, "das Wort in jeder Form, auch als Teil zusammengesetzter Wörter"
    yield f"={word}", "nur genau dieses Wort in dieser Form"
    yield f"{word[:-2] if len(word) > 4 else word}*", "Wörter, die so anfangen"
    phrase = _phrase(here, word)
    if phrase:
        yield f'"{phrase}"', "genau diese Wörter in dieser Folge"
    for other in words[1:2]:
        yield f"{word} ODER {other}", "eines von beiden; UND verlangt beide, immer großgeschrieben"
        yield f"{word} -{other}", "nichts, was das Wort nach dem Minus enthält"


def _field_queries(here: Library) -> Iterator[tuple[str, str]]:
    person = commonest(here, "speaker")
    if person:
        name = here.label("speaker", person)
        yield name, "zuerst, was die Person sagt, dann, wo sie genannt wird"
        yield f'sprecher:"{name}"', "nur, was die Person sagt oder der Bericht von ihr wiedergibt"
    forum = commonest(here, "forum")
    if forum:
        yield f'forum:"{here.label("forum", forum)}"', "nur in diesem Abschnitt"
    theme = commonest(here, "theme")
    if theme:
        yield f'thema:"{here.label("theme", theme)}"', "nur zu diesem Thema"
    yield "stimme:wörtlich", "nur, was als eigene Worte gedruckt ist"
    for year in filter(None, (commonest(here, "year"),)):
        yield f"jahr:{year}", "nur aus diesem Jahr, auch von–bis: jahr:2015-2018"


def commonest(here: Library, facet: str) -> str:
    """Return the value of a facet that most passages have; empty if none has any."""
    counts = {value: count for value, count in here.counts(facet).items() if value != NONE}
    return max(counts, key=lambda value: counts[value], default="")


def telling_words(here: Library) -> tuple[str, ...]:
    """Return words that find something, the most frequent first: cues of the commonest theme, else long nouns."""
    theme = here.themes.get(commonest(here, "theme"))
    cues = [cue for cue in theme.cues if cue.isalpha()][:_CUES] if theme else []
    return _by_frequency(here, cues) or _by_frequency(here, _long_nouns(here))


def _by_frequency(here: Library, words: list[str]) -> tuple[str, ...]:
    totals = {word: here.finding(word) for word in words}
    return tuple(sorted((word for word in words if totals[word]), key=lambda word: -totals[word]))


def _long_nouns(here: Library) -> list[str]:
    words = here.index.generation.words
    nouns = (
        word
        for word in map(words.__getitem__, range(len(words)))
        if len(word.form) >= _LONG and word.printed.isalpha() and word.printed[0].isupper()
    )
    return [word.printed for word in nlargest(_CUES, nouns, key=lambda word: word.passages)]


def _phrase(here: Library, word: str) -> str:
    """Return a word with the one printed before it, out of the first passages it is found in; else empty."""
    for hit in here.index.search(Search(word, limit=_CUES)).hits:
        found = re.search(rf"\b{_LETTERS}{{3,}} {re.escape(word)}{_LETTERS}*", hit.passage.text)
        if found:
            return found[0]
    return ""

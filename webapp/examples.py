"""Searches drawn from the corpus that is open: each finds something, whatever the corpus is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import nlargest

from kb.results import NONE, Search
from kb.translation import N_
from kb.translation import gettext as _
from webapp import urls
from webapp.library import Library
from webapp.parts import Link

_CUES = 8
_LETTERS = r"[^\W\d_]"
_STARTS = (("speaker", N_("Eine Person")), ("theme", N_("Ein Thema")), ("forum", N_("Ein Abschnitt")))
_LONG = 6
"""Words of so many letters are seldom mere grammar."""


def start_examples(here: Library) -> Iterator[Link]:
    """Yield searches for a word, a person, a theme and a section that have most passages."""
    for word in telling_words(here)[:1]:
        yield Link(word, urls.search_path(Search(word)), _("Ein Wort"), language=here.language)
    for facet, note in _STARTS:
        value = commonest(here, facet)
        if value:
            path = urls.search_path(urls.filtered(facet, value))
            yield Link(here.label(facet, value), path, _(note), language=here.language_of(facet, value))


def help_examples(here: Library) -> tuple[Link, ...]:
    """Return queries as one types them, each with what it finds; one that finds nothing here is left out."""
    spoken = ((here.language, (*_word_queries(here), *_name_queries(here))), ("", tuple(_other_queries(here))))
    return tuple(
        Link(query, urls.search_path(Search(query)), told, language=language)
        for language, queries in spoken
        for query, told in queries
        if here.finding(query)
    )


def _word_queries(here: Library) -> Iterator[tuple[str, str]]:
    words = telling_words(here)
    if not words:
        return
    word = words[0]
    yield word, _("das Wort in jeder Form, auch als Teil zusammengesetzter Wörter")
    yield f"={word}", _("nur genau dieses Wort in dieser Form")
    yield f"{word[:-2] if len(word) > 4 else word}*", _("Wörter, die so anfangen")
    phrase = _phrase(here, word)
    if phrase:
        yield f'"{phrase}"', _("genau diese Wörter in dieser Folge")
    for other in words[1:2]:
        yield (
            _("%(one)s ODER %(other)s", one=word, other=other),
            _("eines von beiden; UND verlangt beide, immer großgeschrieben"),
        )
        yield f"{word} -{other}", _("nichts, was das Wort nach dem Minus enthält")


def _name_queries(here: Library) -> Iterator[tuple[str, str]]:
    person = commonest(here, "speaker")
    if person:
        name = here.label("speaker", person)
        yield name, _("zuerst, was die Person sagt, dann, wo sie genannt wird")
        yield _('sprecher:"%(name)s"', name=name), _("nur, was die Person sagt oder der Bericht von ihr wiedergibt")
    forum = commonest(here, "forum")
    if forum:
        yield _('forum:"%(name)s"', name=here.label("forum", forum)), _("nur in diesem Abschnitt")
    theme = commonest(here, "theme")
    if theme:
        yield _('thema:"%(name)s"', name=here.label("theme", theme)), _("nur zu diesem Thema")


def _other_queries(here: Library) -> Iterator[tuple[str, str]]:
    yield _("stimme:wörtlich"), _("nur, was als eigene Worte gedruckt ist")
    for year in filter(None, (commonest(here, "year"),)):
        yield _("jahr:%(year)s", year=year), _("nur aus diesem Jahr, auch von–bis: jahr:2015-2018")


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

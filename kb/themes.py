"""Themes: the controlled terms of `themes.toml`, and a tagger that gives them to passages and keeps the reason.

The words of a passage earn weight for themes by their cues (`kb.cues`). What is `misleading` for a theme is never a cue
of it, a sentence with an `unless` word earns nothing, and headings only help a theme that the words of the passage
speak for already.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from kb.cues import Cue, is_cue, parse_cue
from kb.errors import CorpusError
from kb.locator import SLUG
from kb.model import Theme, ThemeTag
from kb.people import read_toml, toml_line
from kb.text import Analyser, Token
from kb.tokens import as_printed

_LISTS = ("cues", "misleading", "unless")
_KEYS = ("id", "label_de", "label_en", "scope_note", *_LISTS)

MAX_THEMES = 4
"""So many themes a passage gets at most."""


@dataclass(frozen=True)
class Weighing:
    """How the weight of cues decides: the numbers behind the tagger, fitted by `benchmarks/themes.py`."""

    enough: float = 1.1
    """The weight that earns a theme a passage of `usual` characters."""
    usual: int = 500
    growth: float = 0.55
    """A longer passage needs more, a shorter one less, by this power of how much longer it is."""
    least: float = 0.8
    """No passage needs less than this part of `enough`."""
    repeated: float = 0.3
    """What a word said again earns, twice at most."""
    heading: float = 0.35
    """The most that headings add."""
    beside: float = 0.35
    """A theme needs this part of what the strongest one has earned,"""
    plenty: float = 2.5
    """but never more than this."""


_REPEATS = 2
_MAX_REASONS = 4
_TITLES = frozenset({"herr", "herrn", "frau", "dr", "prof", "professor", "professorin"})
_SENTENCE = re.compile(r"(?:„[^“\n]*“|.)+?(?:[.!?:…][“\"»)]*(?=\s+[„\"(]?[A-ZÄÖÜ])|$)", re.MULTILINE)


def load_themes(path: Path) -> dict[str, Theme]:
    """Return the themes of `themes.toml` by id; an empty mapping if there is no such file.

    Raises:
        CorpusError: an entry lacks its id or label, has an unknown key, or an id is given twice; with the line.
    """
    if not path.exists():
        return {}
    tables, source = read_toml(path)
    unknown = sorted(set(tables) - {"theme", "unless"})
    entries = tables.get("theme", [])
    everywhere = _words(tables, "unless", "themes.toml", path, 1)
    if unknown or not isinstance(entries, list):
        name = unknown[0] if unknown else "theme"
        line = toml_line(source, rf"^[ \t]*\[*{re.escape(name)}\b")
        raise CorpusError("themes.toml holds [[theme]] entries and `unless`, nothing else", path, line)
    lines = [source.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^[ \t]*\[\[theme\]\]", source, re.M)]
    themes: dict[str, Theme] = {}
    for number, entry in enumerate(entries):
        line = lines[number] if number < len(lines) else 1
        theme = _theme(entry, everywhere, path, line)
        if theme.id in themes:
            raise CorpusError(f"theme {theme.id!r} is given twice", path, line)
        themes[theme.id] = theme
    return themes


def _theme(entry: Mapping[str, Any], everywhere: tuple[str, ...], path: Path, line: int) -> Theme:
    theme_id = str(entry.get("id", ""))
    if not re.fullmatch(SLUG, theme_id):
        raise CorpusError(f"a theme needs an id of lower-case ASCII words, not {theme_id!r}", path, line)
    unknown = sorted(set(entry) - set(_KEYS))
    if unknown:
        raise CorpusError(f"theme {theme_id!r} has unknown key {unknown[0]!r}; known: {', '.join(_KEYS)}", path, line)
    if not str(entry.get("label_de", "")).strip():
        raise CorpusError(f"theme {theme_id!r} needs a label_de", path, line)
    cues, misleading, unless = (_words(entry, key, f"theme {theme_id!r}", path, line) for key in _LISTS)
    return Theme(
        id=theme_id,
        label_de=str(entry["label_de"]),
        label_en=str(entry.get("label_en", "")) or str(entry["label_de"]),
        scope_note=str(entry.get("scope_note", "")),
        cues=cues,
        misleading=misleading,
        unless=everywhere + unless,
    )


def _words(table: Mapping[str, Any], key: str, owner: str, path: Path, line: int) -> tuple[str, ...]:
    words = table.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise CorpusError(f"{owner}: {key} is a list of words in quotes", path, line)
    wrong = next((word for word in words if not is_cue(word)), None)
    if wrong is not None:
        raise CorpusError(f"{owner}: {key} has {wrong!r}; write a cue as Wort, Wort*, =Wort or Wort^0.5", path, line)
    return tuple(words)


@dataclass(slots=True)
class _Earned:
    """What a text has earned of one theme: the weight by term, and how the term was printed first."""

    weights: dict[str, float] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)

    def add(self, term: str, printed: str, weight: float, repeated: float) -> None:
        """Count a word; said again it adds only a part of its weight, and from the fourth time on nothing."""
        times = self.times.get(term, 0)
        self.times[term] = times + 1
        if times <= _REPEATS:
            self.weights[term] = self.weights.get(term, 0.0) + weight * (repeated if times else 1)
        self.printed.setdefault(term, printed)

    @property
    def weight(self) -> float:
        return sum(self.weights.values())

    @property
    def reason(self) -> str:
        strongest = sorted(self.weights, key=lambda term: -self.weights[term])[:_MAX_REASONS]
        return ", ".join(dict.fromkeys(self.printed[term] for term in strongest))


@dataclass(frozen=True)
class _Compiled:
    """The cues of one theme as analysed: single words and words in a row apart."""

    cues: tuple[Cue, ...]
    misleading: tuple[Cue, ...]
    unless: tuple[Cue, ...]

    @property
    def rows(self) -> Iterator[Cue]:
        yield from (cue for cue in (*self.misleading, *self.cues) if len(cue.terms) > 1)


def _sentences(text: str, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens of each sentence."""
    first = 0
    for sentence in _SENTENCE.finditer(text):
        last = bisect_left(tokens, sentence.end(), lo=first, key=attrgetter("start"))
        yield tokens[first:last]
        first = last


class Tagger:
    """Gives themes to passages by their cues; people's `names`, and what stands behind a title, are never cues."""

    def __init__(
        self, themes: Mapping[str, Theme], names: Iterable[str] = (), weighing: Weighing | None = None
    ) -> None:
        self._themes = themes
        self._names = tuple(names)
        self._weighing = weighing or Weighing()
        self._analyser = Analyser()
        self._known: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {}
        self._headings: dict[str, dict[str, float]] = {}

    def tag(
        self, text: str, headings: tuple[str, ...] = (), tokens: Sequence[Token] | None = None
    ) -> tuple[ThemeTag, ...]:
        """Return the themes of a text, strongest first, each with the words that earned it.

        `headings` are what the passage stands under, the title of its section among them. Who has analysed the text
        as German already gives its `tokens`.
        """
        earned = self._earned(text, self._analyser.tokens(text) if tokens is None else tokens)
        weights = {theme: found.weight + self._prior(theme, headings) for theme, found in earned.items()}
        how = self._weighing
        needed = how.enough * max(how.least, (len(text) / how.usual) ** how.growth)
        needed = max(needed, min(how.plenty, how.beside * max(weights.values(), default=0.0)))
        strong = sorted((theme for theme in weights if weights[theme] >= needed), key=lambda theme: -weights[theme])
        return tuple(
            ThemeTag(theme, earned[theme].reason, weight=weights[theme] / needed) for theme in strong[:MAX_THEMES]
        )

    def _prior(self, theme: str, headings: tuple[str, ...]) -> float:
        """Return what headings add to a theme, one after the other."""
        for heading in headings:
            if heading not in self._headings:
                earned = self._earned(heading, self._analyser.tokens(heading))
                self._headings[heading] = {name: found.weight for name, found in earned.items()}
        said = max((self._headings[heading].get(theme, 0.0) for heading in headings), default=0.0)
        return self._weighing.heading * min(said, 1.0)

    def _earned(self, text: str, tokens: Sequence[Token]) -> dict[str, _Earned]:
        """Return what the words of `text` earn, by theme in the order of `themes.toml`."""
        earned: dict[str, _Earned] = {theme: _Earned() for theme in self._themes}
        for sentence in _sentences(text, tokens) if self._themes else ():
            for theme, first, last, weight in self._met(sentence):
                printed = as_printed(text, sentence[first].start, sentence[last].end)
                term = " ".join(token.term for token in sentence[first : last + 1])
                earned[theme].add(term, printed, weight, self._weighing.repeated)
        return {theme: found for theme, found in earned.items() if found.weights}

    def _met(self, tokens: Sequence[Token]) -> Iterator[tuple[str, int, int, float]]:
        """Yield theme, first and last token, and weight of each cue met in a sentence; no word counts twice."""
        silent = {theme for token in tokens for theme in self._silenced_by(token)}
        names = set(self._names_in(tokens))
        used = {(theme, at) for theme in self._themes for at in names}
        for theme, at, cue, weight in self._rows_in(tokens):
            places = {(theme, at + place) for place in range(len(cue.terms))}
            if weight and used.isdisjoint(places) and theme not in silent:
                yield theme, at, at + len(cue.terms) - 1, weight
                used |= places
            elif not weight:
                used |= places
        for at, token in enumerate(tokens):
            for theme, weight in self._earned_by(token):
                if theme not in silent and (theme, at) not in used:
                    yield theme, at, at, weight

    def _rows_in(self, tokens: Sequence[Token]) -> Iterator[tuple[str, int, Cue, float]]:
        """Yield the cues of several words that stand in a sentence, misleading ones (without weight) first."""
        found = [
            (theme, at, cue, weight)
            for at, token in enumerate(tokens)
            for theme, cue, weight in self._rows.get(token.term, ())
            if cue.stands_at(at, tokens)
        ]
        yield from sorted(found, key=lambda place: (place[3] > 0, -len(place[2].terms)))

    def _names_in(self, tokens: Sequence[Token]) -> Iterator[int]:
        """Yield the places of words that are people's names."""
        for at, token in enumerate(tokens):
            if at and (tokens[at - 1].form in _TITLES):
                yield at
            for name in self._name_rows.get(token.form, ()):
                if tuple(word.form for word in tokens[at : at + len(name)]) == name:
                    yield from range(at, at + len(name))

    def _earned_by(self, token: Token) -> tuple[tuple[str, float], ...]:
        """Return which themes a single word earns and how much of each."""
        key = (token.form, token.term)
        if key not in self._known:
            earned: dict[str, float] = {}
            for theme, cue, is_misleading in self._near(key):
                weight = cue.earns(token)
                if weight and is_misleading:
                    earned[theme] = -1.0
                elif earned.get(theme, 0.0) >= 0:
                    earned[theme] = max(weight, earned.get(theme, 0.0))
            self._known[key] = tuple((theme, weight) for theme, weight in earned.items() if weight > 0)
        return self._known[key]

    def _near(self, words: tuple[str, str]) -> Iterator[tuple[str, Cue, bool]]:
        """Yield the cues that a word may meet: those it begins or ends with."""
        for edge in {edge for word in words for cut in range(len(word)) for edge in (word[cut:], word[: cut + 1])}:
            yield from self._single.get(edge, ())

    def _silenced_by(self, token: Token) -> Iterator[str]:
        """Yield the themes that a sentence with this word does not earn."""
        for cue, themes in self._unless.get(token.term, ()):
            if cue.earns(token):
                yield from themes

    # The cues are compiled with the first text, not before: analysing them loads the dictionary.

    @cached_property
    def _compiled(self) -> dict[str, _Compiled]:
        return {
            theme.id: _Compiled(*(tuple(self._parsed(words)) for words in (theme.cues, theme.misleading, theme.unless)))
            for theme in self._themes.values()
        }

    def _parsed(self, written: Iterable[str]) -> Iterator[Cue]:
        return (parse_cue(cue, self._analyser) for cue in written)

    @cached_property
    def _single(self) -> dict[str, list[tuple[str, Cue, bool]]]:
        """The cues of one word by what a word must begin or end with to meet them; whether they are misleading."""
        single: dict[str, list[tuple[str, Cue, bool]]] = {}
        for theme, cues in self._compiled.items():
            for cue in (*cues.cues, *cues.misleading):
                for stem in {*cue.forms, *cue.terms} if len(cue.terms) == 1 else ():
                    single.setdefault(stem, []).append((theme, cue, cue in cues.misleading))
        return single

    @cached_property
    def _rows(self) -> dict[str, list[tuple[str, Cue, float]]]:
        rows: dict[str, list[tuple[str, Cue, float]]] = {}
        for theme, cues in self._compiled.items():
            for cue in cues.rows:
                weight = 0.0 if cue in cues.misleading else cue.weight
                rows.setdefault(cue.terms[0], []).append((theme, cue, weight))
        return rows

    @cached_property
    def _unless(self) -> dict[str, list[tuple[Cue, tuple[str, ...]]]]:
        words: dict[Cue, list[str]] = {}
        for theme, cues in self._compiled.items():
            for cue in cues.unless:
                words.setdefault(cue, []).append(theme)
        by_term: dict[str, list[tuple[Cue, tuple[str, ...]]]] = {}
        for cue, themes in words.items():
            by_term.setdefault(cue.terms[0], []).append((cue, tuple(themes)))
        return by_term

    @cached_property
    def _name_rows(self) -> dict[str, list[tuple[str, ...]]]:
        rows: dict[str, list[tuple[str, ...]]] = {}
        for name in self._names:
            forms = tuple(token.form for token in self._analyser.tokens(name))
            if forms:
                rows.setdefault(forms[0], []).append(forms)
        return rows

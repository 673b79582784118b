"""Themes: the controlled terms of `themes.toml`, and a tagger that gives them to passages and keeps the reason.

A cue is a German word or a few words in a row, met in any inflected form. `Wort*` is met by every word that begins so;
a cue of five letters or more is also met as a part of a longer word; `Wort?` counts half: it needs company.
What is `misleading` for a theme is never a cue of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.errors import CorpusError
from kb.locator import SLUG
from kb.model import Theme, ThemeTag
from kb.people import read_toml, toml_line
from kb.text import Analyser, Token, fold

_KEYS = ("id", "label_de", "label_en", "scope_note", "cues", "misleading")
_LISTS = ("cues", "misleading")

MAX_THEMES = 4
"""So many themes a passage gets at most."""

ENOUGH = 1.0
"""The weight that earns a theme, in whole cues."""

# A passage longer than so many characters needs more, by this power of how much longer it is.
_LONG, _GROWTH = 600, 0.3
_HALF, _IN_A_ROW, _REPEATED = 0.5, 1.5, 0.4
_PART, _PART_LENGTH = 0.8, 5
_MAX_REASONS = 4
_TITLES = frozenset({"herr", "herrn", "frau", "dr", "prof", "professor", "professorin"})


def load_themes(path: Path) -> dict[str, Theme]:
    """Return the themes of `themes.toml` by id; an empty mapping if there is no such file.

    Raises:
        CorpusError: an entry lacks its id or label, has an unknown key, or an id is given twice; with the line.
    """
    if not path.exists():
        return {}
    tables, source = read_toml(path)
    unknown = sorted(set(tables) - {"theme"})
    entries = tables.get("theme", [])
    if unknown or not isinstance(entries, list):
        name = unknown[0] if unknown else "theme"
        line = toml_line(source, rf"^[ \t]*\[*{re.escape(name)}\b")
        raise CorpusError("themes.toml holds [[theme]] entries and nothing else", path, line)
    lines = [source.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^[ \t]*\[\[theme\]\]", source, re.M)]
    themes: dict[str, Theme] = {}
    for number, entry in enumerate(entries):
        line = lines[number] if number < len(lines) else 1
        theme = _theme(entry, path, line)
        if theme.id in themes:
            raise CorpusError(f"theme {theme.id!r} is given twice", path, line)
        themes[theme.id] = theme
    return themes


def _theme(entry: Mapping[str, Any], path: Path, line: int) -> Theme:
    theme_id = str(entry.get("id", ""))
    if not re.fullmatch(SLUG, theme_id):
        raise CorpusError(f"a theme needs an id of lower-case ASCII words, not {theme_id!r}", path, line)
    unknown = sorted(set(entry) - set(_KEYS))
    if unknown:
        raise CorpusError(f"theme {theme_id!r} has unknown key {unknown[0]!r}; known: {', '.join(_KEYS)}", path, line)
    if not str(entry.get("label_de", "")).strip():
        raise CorpusError(f"theme {theme_id!r} needs a label_de", path, line)
    for key in _LISTS:
        words = entry.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) and fold(word).strip(" *?") for word in words):
            raise CorpusError(f"theme {theme_id!r}: {key} is a list of words in quotes", path, line)
    return Theme(
        id=theme_id,
        label_de=str(entry["label_de"]),
        label_en=str(entry.get("label_en", "")) or str(entry["label_de"]),
        scope_note=str(entry.get("scope_note", "")),
        cues=tuple(entry.get("cues", ())),
        misleading=tuple(entry.get("misleading", ())),
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A cue of one word: its folded form and its term, the weight it gives, and whether its end is open."""

    form: str
    term: str
    weight: float
    is_open: bool = False

    def earns(self, token: Token) -> float:
        """Return the weight `token` earns: all for the word itself, less for a longer word with it, else 0."""
        if self.form == token.form or self.term in (token.form, token.term):
            return self.weight
        if self.is_open:
            return self.weight if token.form.startswith(self.form) or token.term.startswith(self.form) else 0.0
        is_part = len(self.term) >= _PART_LENGTH and (self.term in token.form or self.term in token.term)
        return self.weight * _PART if is_part else 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A cue of several words in a row, as terms; one without weight is misleading."""

    theme: str
    terms: tuple[str, ...]
    weight: float

    def stands_at(self, at: int, tokens: Sequence[Token]) -> bool:
        return tuple(token.term for token in tokens[at : at + len(self.terms)]) == self.terms


@dataclass(slots=True)
class _Earned:
    """What a text has earned of one theme: the weight by term, and how the term was printed first."""

    weights: dict[str, float] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)

    def add(self, term: str, printed: str, weight: float) -> None:
        """Count a word; said again it counts less, and from the fourth time on no more."""
        more = weight * _REPEATED if term in self.weights else weight
        self.weights[term] = min(self.weights.get(term, 0.0) + more, weight * (1 + 2 * _REPEATED))
        self.printed.setdefault(term, printed)

    @property
    def weight(self) -> float:
        return sum(self.weights.values())

    @property
    def reason(self) -> str:
        strongest = sorted(self.weights, key=lambda term: -self.weights[term])[:_MAX_REASONS]
        return ", ".join(dict.fromkeys(self.printed[term] for term in strongest))


class Tagger:
    """Gives themes to passages by their cues; people's `names`, and what stands behind a title, are never cues."""

    def __init__(self, themes: Mapping[str, Theme], names: Iterable[str] = ()) -> None:
        self._themes = themes
        self._names = tuple(names)
        self._analyser = Analyser()
        self._earns: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {}

    def tag(self, text: str, headings: tuple[str, ...] = ()) -> tuple[ThemeTag, ...]:
        """Return the themes of a text, strongest first, each with the words that earned it."""
        if not self._themes:
            return ()
        earned: dict[str, _Earned] = {}
        for words in (text, *headings):
            self._earn(words, earned)
        needed = ENOUGH * max(1.0, len(text) / _LONG) ** _GROWTH
        strong = [theme for theme in self._themes if theme in earned and earned[theme].weight >= needed]
        strong.sort(key=lambda theme: -earned[theme].weight)
        return tuple(ThemeTag(theme, earned[theme].reason) for theme in strong[:MAX_THEMES])

    def _earn(self, text: str, earned: dict[str, _Earned]) -> None:
        """Add what the words of `text` earn; no word counts twice for a theme."""
        tokens = self._analyser.tokens(text)
        used = {(theme, at) for at in self._names_in(tokens) for theme in self._themes}
        for row, at in self._rows_in(tokens):
            places = {(row.theme, at + place) for place in range(len(row.terms))}
            if row.weight and used.isdisjoint(places):
                printed = text[tokens[at].start : tokens[at + len(row.terms) - 1].end]
                earned.setdefault(row.theme, _Earned()).add(" ".join(row.terms), printed, row.weight)
            used |= places
        for at, token in enumerate(tokens):
            for theme, weight in self._earned_by(token):
                if (theme, at) not in used:
                    earned.setdefault(theme, _Earned()).add(token.term, text[token.start : token.end], weight)

    def _rows_in(self, tokens: Sequence[Token]) -> Iterator[tuple[_Row, int]]:
        """Yield the rows of words that stand in a text and where, misleading ones first."""
        found = [
            (row, at)
            for at, token in enumerate(tokens)
            for row in self._rows.get(token.term, ())
            if row.stands_at(at, tokens)
        ]
        yield from sorted(found, key=lambda place: place[0].weight > 0)

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
        if key not in self._earns:
            themes = self._themes if self._stems.search(" ".join(key)) else ()
            earned = ((theme, self._best(theme, token)) for theme in themes)
            self._earns[key] = tuple((theme, weight) for theme, weight in earned if weight)
        return self._earns[key]

    def _best(self, theme: str, token: Token) -> float:
        cues, misleading = self._single_words[theme]
        if any(word.earns(token) for word in misleading):
            return 0.0
        return max((word.earns(token) for word in cues), default=0.0)

    # The cues are compiled with the first text, not before: analysing them loads the dictionary.

    @cached_property
    def _single_words(self) -> dict[str, tuple[list[_Word], list[_Word]]]:
        return {
            theme.id: (self._compile_words(theme.cues), self._compile_words(theme.misleading))
            for theme in self._themes.values()
        }

    @cached_property
    def _stems(self) -> re.Pattern[str]:
        """What a word must have in it to earn anything: most have not, and need not be compared with every cue."""
        words = [word for cues, _ in self._single_words.values() for word in cues]
        stems = {stem for word in words for stem in (word.form, word.term)}
        return re.compile("|".join(re.escape(stem) for stem in sorted(stems)) or r"(?!)")

    def _compile_words(self, cues: Iterable[str]) -> list[_Word]:
        return [
            _Word(tokens[0].form, tokens[0].term, _weight(cue), is_open=cue.rstrip("?").endswith("*"))
            for cue in cues
            if len(tokens := self._analyser.tokens(cue)) == 1
        ]

    @cached_property
    def _rows(self) -> dict[str, list[_Row]]:
        rows: dict[str, list[_Row]] = {}
        for theme in self._themes.values():
            weighed = [(cue, _weight(cue) * _IN_A_ROW) for cue in theme.cues] + [(cue, 0.0) for cue in theme.misleading]
            for cue, weight in weighed:
                terms = tuple(token.term for token in self._analyser.tokens(cue))
                if len(terms) > 1:
                    rows.setdefault(terms[0], []).append(_Row(theme.id, terms, weight))
        return rows

    @cached_property
    def _name_rows(self) -> dict[str, list[tuple[str, ...]]]:
        rows: dict[str, list[tuple[str, ...]]] = {}
        for name in self._names:
            forms = tuple(token.form for token in self._analyser.tokens(name))
            if forms:
                rows.setdefault(forms[0], []).append(forms)
        return rows


def _weight(cue: str) -> float:
    return _HALF if cue.endswith("?") else 1.0

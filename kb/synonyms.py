"""Synonyms of `synonyms.toml`, which a librarian edits: other words a search may also look for.

A group joins words that mean the same; with `finds` it leads one way only. Words are met in any inflected form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any

from kb.errors import CorpusError
from kb.people import read_toml, toml_line
from kb.text import Analyser

FILE_NAME = "synonyms.toml"
_KEYS = ("words", "finds", "weight", "note")
_LONGEST, _MAX_READINGS = 6, 32
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Words, or words in a row, that find each other; with `finds`, the words find those, and not the reverse."""

    words: tuple[str, ...]
    finds: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def name(self) -> str:
        """The word the group is known by: its first."""
        return self.words[0]

    @property
    def found(self) -> tuple[str, ...]:
        """What a search for one of the words also looks for."""
        return self.finds or self.words


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words to look for as well, in a row; `weight` (above 0, at most 1) says how much they count beside the typed."""

    words: tuple[str, ...]
    weight: float
    group: str


@dataclass(frozen=True, slots=True)
class Expanded:
    """A stretch `[start, end)` of a query that has synonyms, and these."""

    start: int
    end: int
    expansions: tuple[Expansion, ...]


def load_synonyms(path: Path) -> tuple[Group, ...]:
    """Return the groups of `synonyms.toml` in order; none if there is no such file.

    Raises:
        CorpusError: a group has no words, an unknown key, a weight out of range or a word twice; with the line.
    """
    if not path.exists():
        return ()
    tables, source = read_toml(path)
    unknown = sorted(set(tables) - {"group"})
    entries = tables.get("group", [])
    if unknown or not isinstance(entries, list):
        line = toml_line(source, rf"^[ \t]*\[*{re.escape(unknown[0] if unknown else 'group')}\b")
        raise CorpusError(f"{FILE_NAME} holds [[group]] entries and nothing else", path, line)
    lines = [source.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^[ \t]*\[\[group\]\]", source, re.M)]
    lines += [1] * (len(entries) - len(lines))
    return tuple(_group(entry, path, line) for entry, line in zip(entries, lines, strict=False))


def _group(entry: Mapping[str, Any], path: Path, line: int) -> Group:
    unknown = sorted(set(entry) - set(_KEYS))
    if unknown:
        raise CorpusError(f"a group has unknown key {unknown[0]!r}; known: {', '.join(_KEYS)}", path, line)
    words, finds = (_words(entry, key, path, line) for key in ("words", "finds"))
    if not words or len(words) + len(finds) < 2:
        raise CorpusError("a group needs at least two words, or one and what it finds", path, line)
    named = [word.casefold() for word in words + finds]
    twice = next((word for word, name in zip(words + finds, named, strict=True) if named.count(name) > 1), None)
    if twice is not None:
        raise CorpusError(f"{twice!r} stands twice in a group", path, line)
    return Group(words, finds, _weight(entry, path, line))


def _words(entry: Mapping[str, Any], key: str, path: Path, line: int) -> tuple[str, ...]:
    words = entry.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and any(map(str.isalnum, word)) for word in words):
        raise CorpusError(f"{key} is a list of words in quotes", path, line)
    return tuple(" ".join(word.split()) for word in words)


def _weight(entry: Mapping[str, Any], path: Path, line: int) -> float:
    weight = entry.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise CorpusError(f"weight is a number above 0 and at most 1, not {weight!r}", path, line)
    return float(weight)


class Thesaurus:
    """Groups of synonyms, asked with words in any inflected form."""

    def __init__(self, groups: Sequence[Group], analyser: Analyser) -> None:
        self._analyser = analyser
        self._groups: dict[_Key, list[Group]] = {}
        for group in groups:
            for word in group.words:
                self._groups.setdefault(self._key(word), []).append(group)

    def _key(self, words: str) -> _Key:
        return tuple(token.term for token in self._analyser.tokens(words))

    def expand(self, text: str) -> list[Expansion]:
        """Return what else to look for instead of a word or words in a row, the weightiest first."""
        tokens = self._analyser.tokens(text)
        return self._expand([text[token.start : token.end] for token in tokens]) if tokens else []

    def expand_all(self, text: str) -> tuple[Expanded, ...]:
        """Return the stretches of a query that have synonyms, in order and apart; the longest where some overlap."""
        return tuple(self._stretches(text))

    def _stretches(self, text: str) -> Iterator[Expanded]:
        tokens, first = self._analyser.tokens(text), 0
        while first < len(tokens):
            taken = 1
            for last in range(min(len(tokens), first + _LONGEST), first, -1):
                words = [text[token.start : token.end] for token in tokens[first:last]]
                if expansions := self._expand(words):
                    yield Expanded(tokens[first].start, tokens[last - 1].end, tuple(expansions))
                    taken = last - first
                    break
            first += taken

    def _expand(self, words: Sequence[str]) -> list[Expansion]:
        if len(words) > _LONGEST:
            return []
        readings = (self._analyser.readings(word) for word in words)
        keys = set(islice(product(*readings), _MAX_READINGS)) | {tuple(map(self._analyser.term, words))}
        found: dict[_Key, Expansion] = {}
        for key in sorted(keys & self._groups.keys()):
            for group in self._groups[key]:
                for other in group.found:
                    self._add(found, other, group, keys)
        return sorted(found.values(), key=lambda expansion: (-expansion.weight, expansion.words))

    def _add(self, found: dict[_Key, Expansion], other: str, group: Group, asked: set[_Key]) -> None:
        """Add what a group finds, unless it is what was asked for, or is found with more weight already."""
        key = self._key(other)
        known = found.get(key)
        if key not in asked and (known is None or known.weight < group.weight):
            found[key] = Expansion(tuple(other.split()), group.weight, group.name)

"""What somebody is about to type: words, people, themes and sections of a collection that begin so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from heapq import nlargest
from typing import Any

from kb.columns import Column, Mask
from kb.fields import Facts
from kb.folding import fold, without_dots
from kb.model import Edition, Speaker
from kb.text import STOP_WORDS, Analyser
from kb.wordlist import Word, WordList

KINDS = ("person", "theme", "section", "word")
"""What is completed, in the order it is offered."""

MOST = 8
_EACH = 3
_SHORTEST = 2
_LONGEST = 100
_HIGHEST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that begins as typed: `text` is its name, `label` what tells it from others, `query` what to search.

    `count` passages are found by it.
    """

    kind: str
    text: str
    label: str
    query: str
    count: int


class Completer:
    """Completes what is typed from the words, people, themes and sections of one index."""

    def __init__(
        self, words: WordList, facts: Facts, columns: Mapping[str, Column], searched: Mask, analyser: Analyser
    ) -> None:
        self._words = words
        self._facts = facts
        self._columns = columns
        self._searched = searched
        self._analyser = analyser

    def complete(self, text: str, *, most: int = MOST) -> tuple[Completion, ...]:
        """Return at most so many completions: of `text` people, themes and sections, of its last word words.

        Of each kind the ones with most passages come first; of people, themes and sections there are at most three.
        """
        if len(text) > _LONGEST:
            return ()
        named = [one for kind in KINDS[:-1] for one in self._named(kind, text)[:_EACH]][:most]
        return (*named, *self._completed(text, most - len(named)))

    def _named(self, kind: str, text: str) -> list[Completion]:
        """Return everything of a kind whose name has words that begin as those typed, the most telling first."""
        typed = text.replace(",", " ").split()
        if not typed or len(typed[0]) < _SHORTEST:
            return []
        beginnings = [{fold(word), without_dots(word)} for word in typed]
        keys, names, completions = self._index[kind]
        places = {
            place
            for start in beginnings[0]
            for _, place in keys[bisect_left(keys, (start,)) : bisect_left(keys, (start + _HIGHEST,))]
        }
        found = [
            completions[place]
            for place in places
            if all(any(word.startswith(tuple(start)) for word in names[place]) for start in beginnings)
        ]
        return sorted(found, key=lambda one: (-one.count, one.text, one.query))

    def _completed(self, text: str, most: int) -> Iterator[Completion]:
        """Yield words that begin like the last word of `text`, the commonest first; of a word's forms one."""
        start = text.split(" ")[-1].lstrip('("„“”«»=-')
        if len(start) < _SHORTEST or most < 1 or not start.isalnum():
            return
        words = (word for word in self._words.beginning(start) if word.form not in STOP_WORDS)
        terms: set[str] = set()
        for word in nlargest(most * 4, words, key=_commonest):
            term = self._analyser.term(word.printed)
            if term not in terms and most > len(terms):
                terms.add(term)
                query = text[: len(text) - len(start)] + word.printed
                yield Completion("word", word.printed, word.printed, query, word.passages)

    @cached_property
    def _index(self) -> Mapping[str, tuple[list[tuple[str, int]], list[set[str]], list[Completion]]]:
        """For each kind the words of all names, sorted, with their places; beside them, by place, what they name."""
        named = {"person": self._people(), "theme": self._themes(), "section": self._sections()}
        return {kind: _sorted_by_word(entries) for kind, entries in named.items()}

    def _counts(self, facet: str) -> Mapping[str, int]:
        column = self._columns[facet]
        return dict(zip(column.values, column.counts(self._searched).tolist(), strict=True))

    def _people(self) -> Iterator[tuple[str, Completion]]:
        counts = self._counts("speaker")
        for one in self._facts.speakers.values():
            name = f"{one.title} {one.name}".strip()
            label = " · ".join(filter(None, (name, _office(one))))
            completion = Completion("person", one.name, label, f"sprecher:{one.id}", counts.get(one.id, 0))
            yield " ".join((name, *one.misprints)), completion

    def _themes(self) -> Iterator[tuple[str, Completion]]:
        counts = self._counts("theme")
        for one in self._facts.themes.values():
            completion = Completion("theme", one.label_de, one.label_de, f"thema:{one.id}", counts.get(one.id, 0))
            yield f"{one.label_de} {one.label_en}", completion

    def _sections(self) -> Iterator[tuple[str, Completion]]:
        counts = self._counts("forum")
        for edition in self._facts.editions.values():
            for section in edition.sections:
                if "/" not in section.id:
                    place = f"{edition.id}/{section.id}"
                    label = f"{section.label} · {_event(edition)}"
                    count = counts.get(place, 0)
                    yield section.label, Completion("section", section.label, label, f"forum:{place}", count)


def completion_json(text: str, completions: Iterable[Completion]) -> dict[str, Any]:
    """Return completions in the shape of command line and API."""
    return {"query": text, "completions": [asdict(one) for one in completions]}


def _commonest(word: Word) -> tuple[int, int]:
    return word.passages, -len(word.form)


def _sorted_by_word(
    named: Iterable[tuple[str, Completion]],
) -> tuple[list[tuple[str, int]], list[set[str]], list[Completion]]:
    names: list[set[str]] = []
    completions = []
    for name, completion in named:
        words = name.replace("-", " ").split() + name.split()
        names.append({key for word in words for key in (fold(word), without_dots(word))})
        completions.append(completion)
    keys = sorted((word, place) for place, words in enumerate(names) for word in words)
    return keys, names, completions


def _office(speaker: Speaker) -> str:
    """Return the office a person had at the latest event that tells one."""
    offices = (", ".join(filter(None, (one.office, one.organisation))) for one in reversed(speaker.offices))
    return next(filter(None, offices), "")


def _event(edition: Edition) -> str:
    title = edition.event.title or edition.title
    return f"{title} ({edition.year})" if edition.year and str(edition.year) not in title else title

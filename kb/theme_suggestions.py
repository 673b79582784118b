"""A draft of `themes.toml` for a corpus that has none: which nouns matter in it, and which are said together.

A noun matters if some sections say it far more often than others (log-likelihood, Dunning 1993); nouns belong together
if they share passages (cosine).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.model import CONTENT_KINDS, Corpus, Passage
from kb.nouns import COURTESY, is_noun_inside
from kb.people import slug
from kb.text import STOP_WORDS, Analyser, fold

GROUPS = 15
"""So many themes are suggested at most."""

_KEY_NOUNS, _MEMBERS = 150, 8
_LEAST_PASSAGES, _LARGEST_SHARE, _SHORTEST = 3, 0.25, 4
_ALIKE, _HALF_ALIKE = 0.2, 0.35
_HEAD = """\
# A draft: nouns of {passages} passages that some sections say far more than others, grouped by the passages they share.
# Every group is one proposal. Name the themes, say in the scope note when to give them and when not, move cues, take
# out groups that are no themes. "Wort^0.5" weighs half and needs company.
"""
_THEME = """
# in {passages} passages
[[theme]]
id = "{id}"
label_de = "{label}"
label_en = "{label}"
scope_note = "Vergeben, wenn … Nicht vergeben, wenn …"
cues = [{cues}]
"""


@dataclass(frozen=True)
class _Usage:
    """How a corpus uses its nouns: `counts` by passage (row) and noun (column); how each noun is mostly printed."""

    nouns: tuple[str, ...]
    printed: tuple[str, ...]
    counts: NDArray[np.float64]
    sections: tuple[str, ...]
    """The section of each passage."""

    @property
    def shares(self) -> NDArray[np.float64]:
        """Whether a passage (row) says a noun (column)."""
        return (self.counts > 0).astype(np.float64)

    @property
    def weights(self) -> NDArray[np.float64]:
        """How unevenly the sections say each noun: log-likelihood against one rate for all."""
        _, places = np.unique(self.sections, return_inverse=True)
        said = np.stack([self.counts[places == place].sum(axis=0) for place in range(places.max() + 1)])
        expected = np.outer(said.sum(axis=1), said.sum(axis=0)) / said.sum()
        likelihood: NDArray[np.float64] = 2 * np.sum(
            said * np.log(np.where(said > 0, said, 1) / np.where(said > 0, expected, 1)), axis=0
        )
        return likelihood


@dataclass(frozen=True)
class Suggestion:
    """Nouns said together: each with its likeness to the first one, and how many passages say that one."""

    nouns: tuple[tuple[str, float], ...]
    passages: int


def suggest_themes(corpus: Corpus, *, groups: int = GROUPS) -> str:
    """Return the text of a `themes.toml` to edit: a theme for each group of nouns the corpus says together."""
    suggestions = suggestions_for(corpus, groups=groups)
    head = _HEAD.format(passages=len(_passages(corpus)))
    return head + "".join(_entry(suggestion) for suggestion in suggestions)


def suggestions_for(corpus: Corpus, *, groups: int = GROUPS) -> tuple[Suggestion, ...]:
    """Return groups of nouns the corpus says together, the weightiest first; none if it is too small to tell."""
    usage = _key_nouns(_usage(_passages(corpus), _names(corpus)))
    return tuple(_grouped(usage, groups))


def _passages(corpus: Corpus) -> list[Passage]:
    return [passage for passage in corpus.passages if passage.kind in CONTENT_KINDS]


def _names(corpus: Corpus) -> frozenset[str]:
    analyser = Analyser()
    return frozenset(token.form for person in corpus.speakers.values() for token in analyser.tokens(person.name))


def _usage(passages: Sequence[Passage], names: frozenset[str]) -> _Usage:
    printed: dict[str, Counter[str]] = {}
    rows: list[Counter[str]] = []
    for passage in passages:
        row: Counter[str] = Counter()
        for noun, word in _nouns(passage.text, names):
            row[noun] += 1
            printed.setdefault(noun, Counter())[word] += 1
        rows.append(row)
    nouns = tuple(sorted(printed))
    counts = np.array([[float(row[noun]) for noun in nouns] for row in rows]).reshape(len(rows), len(nouns))
    sections = tuple(f"{passage.edition}/{passage.section}" for passage in passages)
    return _Usage(nouns, tuple(_shown(noun, printed[noun]) for noun in nouns), counts, sections)


def _nouns(text: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the nouns of a text with how they are printed: words with a capital that do not begin a sentence."""
    for token in Analyser().tokens(text):
        word = text[token.start : token.end]
        is_noun = is_noun_inside(text, token.start, token.end)
        if is_noun and len(word) >= _SHORTEST and not {token.form, token.term} & (names | STOP_WORDS | COURTESY):
            yield token.term, word


def _shown(noun: str, printed: Counter[str]) -> str:
    """Return how a noun is written in the draft: its dictionary form if it is printed so, else as mostly printed."""
    plain = (word for word in sorted(printed) if fold(word) == noun)
    return next(plain, min(printed, key=lambda word: (-printed[word], word)))


def _key_nouns(usage: _Usage) -> _Usage:
    """Return the usage of the nouns that matter, the weightiest first."""
    passages = usage.shares.sum(axis=0)
    fits = (passages >= _LEAST_PASSAGES) & (passages <= max(_LEAST_PASSAGES, _LARGEST_SHARE * len(usage.counts)))
    weights = usage.weights if fits.any() else passages
    ranked = sorted(np.flatnonzero(fits), key=lambda place: -weights[place])[:_KEY_NOUNS]
    return _Usage(
        tuple(usage.nouns[place] for place in ranked),
        tuple(usage.printed[place] for place in ranked),
        usage.counts[:, ranked],
        usage.sections,
    )


def _grouped(usage: _Usage, groups: int) -> Iterator[Suggestion]:
    """Yield each weightiest noun that is still free with the free ones most like it."""
    if not usage.nouns:
        return
    shares = usage.shares
    lengths = np.sqrt(shares.sum(axis=0))
    likeness = (shares.T @ shares) / np.outer(lengths, lengths)
    free = np.ones(len(usage.nouns), dtype=bool)
    for first in range(len(usage.nouns)):
        alike = [place for place in np.argsort(-likeness[first], kind="stable") if place != first and free[place]]
        members = [int(place) for place in alike if likeness[first, place] >= _ALIKE][: _MEMBERS - 1]
        if not free[first] or not members or groups <= 0:
            continue
        groups -= 1
        free[[first, *members]] = False
        nouns = [(usage.printed[place], float(likeness[first, place])) for place in (first, *members)]
        yield Suggestion(tuple(nouns), int(shares[:, first].sum()))


def _entry(suggestion: Suggestion) -> str:
    label = suggestion.nouns[0][0]
    cues = ", ".join(f'"{noun}"' if alike >= _HALF_ALIKE else f'"{noun}^0.5"' for noun, alike in suggestion.nouns)
    return _THEME.format(passages=suggestion.passages, id=slug(label), label=label, cues=cues)

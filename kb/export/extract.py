"""What is exported: passages in reading order, with the facts they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from kb.model import Corpus, Edition, Passage, Speaker, Theme


@dataclass(frozen=True)
class Extract:
    """A corpus, or what a query finds in it.

    `passages` can be gone through several times and stand in reading order, edition by edition; `fingerprint` is that
    of the whole corpus, `query` says in words what was asked, "" for everything.
    """

    passages: Iterable[Passage]
    editions: Mapping[str, Edition]
    speakers: Mapping[str, Speaker]
    themes: Mapping[str, Theme]
    fingerprint: str
    query: str = ""

    @property
    def parts(self) -> Iterator[tuple[Edition, Iterable[Passage]]]:
        """Yield each edition that has passages here with them; they can be gone through once."""
        for edition_id, passages in groupby(self.passages, key=lambda passage: passage.edition):
            yield self.editions[edition_id], passages

    def apart(self) -> Iterator[Extract]:
        """Yield an extract for each edition that has passages here."""
        for edition, passages in self.parts:
            yield replace(self, passages=tuple(passages), editions={edition.id: edition})


@dataclass(frozen=True)
class Stored:
    """The passages with these numbers, read one at a time."""

    passage: Callable[[int], Passage]
    numbers: Iterable[int]

    def __iter__(self) -> Iterator[Passage]:
        return map(self.passage, map(int, self.numbers))


def whole(corpus: Corpus) -> Extract:
    """Return everything a corpus holds."""
    return Extract(
        corpus.passages,
        {edition.id: edition for edition in corpus.editions},
        corpus.speakers,
        corpus.themes,
        corpus.fingerprint,
    )

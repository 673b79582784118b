"""An index, opened for reading: search, passages, and the facts of the corpus as they were when it was built.

An index folder holds *generations*, each complete in itself, and the file `CURRENT` with the name of the one that
serves. A build adds a generation and replaces that file; nothing else ever changes what readers see.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.columns import count_facets
from kb.completion import MOST, Completion
from kb.errors import IndexUnusable
from kb.explanation import Explanation, explain
from kb.finding import Found, find
from kb.generation import POINTER, Generation, current_generation, open_generation
from kb.grouping import Grouped, group, group_column
from kb.ledger import Ledger
from kb.locator import Locator
from kb.model import Edition, Passage, Speaker, Theme
from kb.notes import Note
from kb.results import Group, Hit, Results, Search
from kb.snippets import make_snippet

_HITS_OF_A_GROUP = 3


def open_index(path: Path) -> Index:
    """Return the index in the folder `path`.

    Raises:
        IndexUnusable: there is none, it is damaged, or another version of the program wrote it.
    """
    stamp = _stamp(path)
    name = current_generation(path)
    if name is None:
        raise IndexUnusable(path, "there is no index here")
    try:
        return Index(path, open_generation(path, name), stamp)
    except IndexUnusable:
        if current_generation(path) in (name, None):
            raise
        return open_index(path)  # replaced and cleared away while it was being opened


class Index:
    """One generation of an index. Safe to use from several threads; it answers alike until it is closed."""

    def __init__(self, path: Path, generation: Generation, pointer: _Stamp | None = None) -> None:
        """Wrap an opened generation; `pointer` is how the pointer file looked before it was read."""
        self.path = path
        self.generation = generation
        self.manifest = generation.manifest
        self.analyser = generation.analyser
        self.synonyms = generation.synonyms
        self._pointer = pointer

    @property
    def speakers(self) -> Mapping[str, Speaker]:
        """The people, by id."""
        return self.generation.facts.speakers

    @property
    def themes(self) -> Mapping[str, Theme]:
        """The themes, by id."""
        return self.generation.facts.themes

    @property
    def editions(self) -> Mapping[str, Edition]:
        """The editions without their passages, by id."""
        return self.generation.facts.editions

    @property
    def notes(self) -> Mapping[str, Note]:
        """The notes, by name."""
        return self.generation.notes

    def refreshed(self) -> Index:
        """Return this index, or the one that has taken its place since; costs one look at a file's date.

        Raises:
            IndexUnusable: the new one cannot be read by this version.
        """
        stamp = _stamp(self.path)
        if stamp == self._pointer or stamp is None:
            return self
        return open_index(self.path)

    def close(self) -> None:
        """Let go of the files."""
        self.generation.close()

    def passage(self, locator: Locator) -> Passage | None:
        """Return the passage at `locator`, or None."""
        return self.generation.store.find(locator)

    def ledger(self, edition: str) -> Ledger:
        """Return what happened to the passages of an edition; an empty ledger if it was never released."""
        return self.generation.histories.ledger(edition) if edition in self.editions else Ledger()

    def name(self, speaker: str) -> str:
        """Return the name of a person; the id if nobody knows it."""
        return self.speakers[speaker].name if speaker in self.speakers else speaker

    def passages_in(self, edition: str, section: str = "") -> tuple[Passage, ...]:
        """Return the passages of an edition, or of a section and those nested in it, in reading order."""
        sections = self.generation.sections
        place = f"{edition}/{section}" if section else edition
        inside = [value for value in sections.values if value == place or value.startswith(f"{place}/")]
        return self.generation.passages(np.flatnonzero(sections.mask(inside)))

    def passages_of(self, speaker_id: str) -> tuple[Passage, ...]:
        """Return the passages of a person, in reading order."""
        return self.generation.passages(np.flatnonzero(self.generation.columns["speaker"].mask([speaker_id])))

    def complete(self, text: str, *, most: int = MOST) -> tuple[Completion, ...]:
        """Return at most so many words, people, themes and sections that begin as `text` or its last word does."""
        return self.generation.completer.complete(text, most=most)

    def search(self, search: Search) -> Results:
        """Return the hits asked for, and every facet counted over all that matches."""
        found = find(self.generation, search)
        asked_for = slice(max(0, search.offset), max(0, search.offset) + max(0, search.limit))
        groups = group(group_column(self.generation, search.group), found.numbers) if search.group else []
        return Results(
            search=search,
            understood=found.understood,
            total=len(found.numbers),
            hits=self._hits(found, found.numbers[asked_for]),
            facets=count_facets(self.generation.columns, found.matching, found.masks, search.filters),
            corpus_fingerprint=self.manifest.fingerprint,
            corpus_passages=self.manifest.passages,
            groups=tuple(self._group(found, grouped) for grouped in groups[asked_for]),
            group_count=len(groups),
        )

    def explanations(self, results: Results) -> tuple[Explanation, ...]:
        """Return for each hit of a search of this index what its score is made of."""
        found = find(self.generation, results.search)
        first = max(0, results.search.offset)
        numbers = found.numbers[first : first + len(results.hits)]
        return tuple(explain(self.generation, found, int(number)) for number in numbers)

    def _group(self, found: Found, grouped: Grouped) -> Group:
        hits = self._hits(found, grouped.numbers[:_HITS_OF_A_GROUP])
        return Group(grouped.value, grouped.label, len(grouped.numbers), hits)

    def _hits(self, found: Found, numbers: NDArray[np.int64]) -> tuple[Hit, ...]:
        return tuple(self._hit(found, int(number)) for number in numbers)

    def _hit(self, found: Found, number: int) -> Hit:
        passage = self.generation.store[number]
        snippet = make_snippet(self.generation.words_of(passage), found.query)
        return Hit(passage, float(found.scores[number]), snippet)


_Stamp = tuple[int, int]


def _stamp(path: Path) -> _Stamp | None:
    """Return what changes when the pointer is replaced, or None if there is none."""
    try:
        status = (path / POINTER).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino

"""The same passages, words and facets in Whoosh as it comes: its own scoring, its own `groupedby`.

What `benchmarks/search.py` measures against. Facets with one value a passage are columns, which Whoosh counts fastest;
speakers and themes, of which a passage may have several, need `allow_overlap`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from whoosh import fields, index, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.query import Or, Term
from whoosh.searching import Searcher

from kb.index import Index
from kb.results import FACETS

SEVERAL = ("speaker", "theme")
_MEMORY_MB = 256


def write_plain(folder: Path, wortlaut: Index) -> None:
    """Write into `folder` an index of all passages of `wortlaut`, with the same terms and the same facet values."""
    one, several = fields.ID(sortable=True), fields.KEYWORD(commas=True)
    facets = {name: several if name in SEVERAL else one for name in FACETS}
    words = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=False)
    folder.mkdir(parents=True, exist_ok=True)
    values = {name: _values(wortlaut, name) for name in FACETS}
    store = wortlaut.generation.store
    with index.create_in(str(folder), fields.Schema(text=words, **facets)).writer(limitmb=_MEMORY_MB) as writer:
        for number in range(len(store)):
            terms = " ".join(token.term for token in wortlaut.analyser.tokens(store[number].text))
            writer.add_document(text=terms, **{name: values[name][number] for name in FACETS})


def _values(wortlaut: Index, facet: str) -> list[str]:
    """Return the values of a facet, passage by passage, those of one joined by commas."""
    column = wortlaut.generation.columns[facet]
    rows: list[list[str]] = [[] for _ in range(column.passages)]
    for number, ordinal in zip(column.numbers.tolist(), column.ordinals.tolist(), strict=True):
        rows[number].append(column.values[ordinal])
    return [",".join(row) for row in rows]


class PlainWhoosh:
    """An index that `write_plain` wrote, with one searcher kept open."""

    def __init__(self, folder: Path) -> None:
        self._searcher: Searcher = index.open_dir(str(folder)).searcher()
        self._facets = sorting.Facets()
        for name in FACETS:
            self._facets.add_facet(name, sorting.FieldFacet(name, allow_overlap=name in SEVERAL, maptype=sorting.Count))

    def search(self, terms: tuple[str, ...]) -> Mapping[str, Mapping[str, int]]:
        """Return every facet counted over the passages with any of `terms`; the ten best of them are found as well."""
        found = self._searcher.search(Or([Term("text", term) for term in terms]), limit=10, groupedby=self._facets)
        return {name: found.groups(name) for name in FACETS}

"""What a search finds as an extract; apart from `kb.export.extract`, as loading an engine takes time."""

from __future__ import annotations

from kb.export.extract import Extract, Stored
from kb.finding import find
from kb.index import Index
from kb.occurrences import complete_numbers
from kb.results import Search


def found_by(index: Index, search: Search, *, also_partial: bool) -> tuple[Extract, int, int]:
    """Return what a search finds, in reading order, how many passages that is, and how many hold some words only.

    Those are in the extract if `also_partial`. The passages are read from the index when they are written.
    """
    found = find(index.generation, search)
    complete, total = found.extent
    numbers = sorted(map(int, found.numbers if also_partial else complete_numbers(found)))
    asked = [found.understood.canonical, *(f"{facet}={','.join(chosen)}" for facet, chosen in search.filters.items())]
    extract = Extract(
        Stored(index.generation.store.__getitem__, numbers),
        index.editions,
        index.speakers,
        index.themes,
        index.manifest.fingerprint,
        " ".join(filter(None, asked)) or "*",
    )
    return extract, len(numbers), total - complete

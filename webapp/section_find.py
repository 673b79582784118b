"""Find in a section: the words of a query marked where they stand on the reading page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.model import Passage
from kb.parsing import parse_query
from kb.results import Search
from kb.snippets import find_matches
from kb.translation import gettext as _
from webapp import urls
from webapp.library import Library
from webapp.parts import Entry, Link
from webapp.quoting import mark_words
from webapp.typography import NBSP, counted


@dataclass(frozen=True, slots=True)
class SectionFind:
    """What was looked for in a section and where it stands; `query` is "" if nothing was.

    `places` lead to the passages; `told` says how often, `elsewhere` searches the whole collection for the same.
    """

    query: str
    told: str
    places: tuple[Link, ...]
    elsewhere: str
    spans: Mapping[str, tuple[tuple[int, int], ...]]


def find_in_section(here: Library, passages: Sequence[Passage], query: str) -> SectionFind:
    """Return where the words of `query` stand in the passages of a section, by the rules of the search."""
    generation = here.index.generation
    asked = parse_query(query, generation.analyser, generation.thesaurus, generation.facts)
    looked = [(one, find_matches(generation.words_of(one), asked)) for one in passages]
    found = [(one, matches) for one, matches in looked if matches]
    often = sum(len(matches) for _, matches in found)
    places = tuple(
        Link(f"¶{NBSP}{one.locator.ordinal}", f"#{one.locator.anchor}", count=len(matches)) for one, matches in found
    )
    return SectionFind(
        query=query.strip(),
        told=_("%(occurrences)s in diesem Abschnitt", occurrences=counted(often, "Fundstelle", "Fundstellen"))
        if often
        else _("Das steht in diesem Abschnitt nicht."),
        places=places,
        elsewhere=urls.search_path(Search(query.strip())),
        spans={one.id: tuple(span for match in matches for span in match.slices) for one, matches in found},
    )


def marked(entries: Sequence[Entry], found: SectionFind) -> tuple[Entry, ...]:
    """Return the entries of a reading page with the words marked that were found."""
    return tuple(
        replace(one, paragraphs=mark_words(one.paragraphs, found.spans.get(one.passage.id, ()))) for one in entries
    )

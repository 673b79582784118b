"""Passages, hits and facets as plain text for a terminal; what readers see is German."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from kb.citation import pages
from kb.labels import FACETS, facet_word, voice_word
from kb.model import Passage
from kb.results import Hit, Results, Understood
from kb.review import Uncertain

_FACET_VALUES = 6


def headline(passage: Passage) -> str:
    """Return who speaks, in which voice, where: "Ada Beispiel · wörtlich · S. 3 · Eröffnung"."""
    who = ", ".join(passage.speakers) or passage.speaker_printed or ""
    parts = (who, voice_word(passage.voice), pages(passage.page_first, passage.page_last), passage.section_title)
    return " · ".join(part for part in parts if part)


def marked(snippet: tuple[tuple[str, bool], ...]) -> str:
    """Return a snippet as one line with its matches in square brackets.

    >>> marked((("Die ", False), ("Stadt", True), (" wächst.", False)))
    'Die [Stadt] wächst.'
    """
    return " ".join("".join(f"[{text}]" if is_match else text for text, is_match in snippet).split())


def hit_lines(hit: Hit) -> list[str]:
    """Return a hit as three lines: headline, snippet, locator with fingerprint."""
    return [headline(hit.passage), f"  {marked(hit.snippet)}", f"  {hit.passage.id}~{hit.passage.fingerprint}"]


def results_lines(results: Results, explanations: Sequence[Iterable[str]] = ()) -> Iterator[str]:
    """Yield search results line by line: count, notes, hits (each with its explanation) or groups, facets."""
    first = results.search.offset + 1
    shown = f", {first}–{first + len(results.hits) - 1}" if results.hits else ""
    yield f"{results.total} von {results.corpus_passages} Textstellen{shown} (Korpus {results.corpus_fingerprint})"
    yield from notes_lines(results.understood)
    if results.search.group:
        yield from group_lines(results)
    else:
        for hit, more in zip(results.hits, explanations or repeat(()), strict=False):
            yield ""
            yield from hit_lines(hit)
            yield from more
    yield from facet_lines(results)


def notes_lines(understood: Understood) -> Iterator[str]:
    """Yield the notes on how a query was understood, one a line."""
    yield from (f"Hinweis: {note}" for note in understood.notes)


def group_lines(results: Results) -> Iterator[str]:
    """Yield the hits below the group they belong to, each group with its count."""
    first = results.search.offset + 1
    shown = f", {first}–{first + len(results.groups) - 1}" if results.groups else ""
    yield f"{results.group_count} Gruppen{shown}"
    for group in results.groups:
        yield ""
        yield f"{group.label} ({group.count})"
        for hit in group.hits:
            yield from (f"  {line}" for line in hit_lines(hit))


def facet_lines(results: Results) -> Iterator[str]:
    """Yield the facets that part the hits, one line each: values as a filter takes them, with their counts."""
    heading = [""] if results.hits else []
    for facet, values in results.facets.items():
        counted = [f"{value.value} {value.count}" for value in values if value.count]
        if len(counted) < 2:
            continue
        more = f", … ({len(counted)})" if len(counted) > _FACET_VALUES else ""
        yield from heading
        heading = []
        yield f"{facet_word(facet) if facet in FACETS else facet}: {', '.join(counted[:_FACET_VALUES])}{more}"


def passage_lines(passage: Passage, *, mark: str = "") -> list[str]:
    """Return a passage in full: headline with `mark` before it, words, locator."""
    return [mark + headline(passage), "", passage.text, "", f"{passage.id}~{passage.fingerprint}"]


def uncertain_lines(entry: Uncertain) -> list[str]:
    """Return an uncertain passage as lines: confidence and reason, the words' beginning, where to edit."""
    passage, evidence = entry.passage, entry.evidence
    place = f"{entry.path}:{entry.line}" if entry.line else str(entry.path)
    doubt = f": {evidence.doubt}" if evidence.doubt else ""
    who = ", ".join(passage.speaker_ids) or "nobody"
    return [
        f"{place}: {evidence.confidence:.2f} {evidence.rule}{doubt}",
        f"  {passage.id} is attributed to {who} ({passage.kind}, {passage.voice})",
        f"  {beginning(passage.text)}",
    ]


def beginning(text: str, *, length: int = 90) -> str:
    """Return the first `length` characters of a text on one line, cut at a blank.

    >>> beginning("Eins zwei drei", length=10)
    'Eins zwei …'
    """
    words = " ".join(text.split())
    return words if len(words) <= length else words[: length + 1].rpartition(" ")[0] + " …"

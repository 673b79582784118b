"""The best sentences of a passage for a query, as pieces `(text, is_match)`; never HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.query import Clause, Positions, Query, rows_of
from kb.slices import part_slice
from kb.text import Token
from kb.word_places import WordPlaces

Pieces = tuple[tuple[str, bool], ...]

MAX_LENGTH = 320
"""Characters a snippet may have; a longer sentence is cut at a word, with an ellipsis."""

_ELLIPSIS = "…"
_SENTENCE_END = re.compile(r"[.!?…:]+[\"“”«»’‘')\]]*\s+(?=[\"„“”«»‚‘(\[]*[A-ZÄÖÜ0-9])|\n\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-zÄÖÜäöü]|Abs|Art|Aufl|bzw|ca|Co|Dr|etc|evtl|ff|ggf|Hg|Hrsg|inkl|Jh|Mio|Mrd|Nr|Prof|St|Str|Tel|usw|vgl|zzt)"
    r"|\b\d{1,2}|\b(?:[dD](?:as|em|en|er|es|ie)|[aA]m|[bB]eim|[iI]m|[vV]om|[zZ]um|[zZ]ur|[jJ]ede[mnrs]?)\s\d{3})\.$"
)


@dataclass(frozen=True, slots=True)
class Match:
    """Where the query is met: the word or words `[start, end)` of the text, and the stretches of them to be marked.

    Of a compound only the parts that match are marked, so that a reader sees why. `clauses` are the numbers of the
    wanted clauses that are met.
    """

    start: int
    end: int
    clauses: frozenset[int]
    slices: tuple[tuple[int, int], ...]


def find_matches(words: WordPlaces, query: Query) -> tuple[Match, ...]:
    """Return where the wanted clauses of `query` stand in a text, in order and without overlaps."""
    found = [match for number, clause in enumerate(query.clauses) for match in _clause_matches(words, clause, number)]
    matches: list[Match] = []
    for match in sorted(found, key=lambda match: (match.start, -match.end)):
        if not matches or match.start >= matches[-1].end:
            matches.append(match)
        elif (match.start, match.end) == (matches[-1].start, matches[-1].end):
            matches[-1] = _both(matches[-1], match)
    return tuple(matches)


def _both(one: Match, other: Match) -> Match:
    """Return one match of two of the same words, their slices joined where they touch."""
    slices: list[tuple[int, int]] = []
    for start, end in sorted({*one.slices, *other.slices}):
        if slices and start <= slices[-1][1]:
            start, end = slices[-1][0], max(end, slices.pop()[1])
        slices.append((start, end))
    return Match(one.start, one.end, one.clauses | other.clauses, tuple(slices))


def _clause_matches(words: WordPlaces, clause: Clause, number: int) -> list[Match]:
    """Return where a clause is met; the parts of a typed compound count only where the compound itself is missing."""
    for rows in rows_of(clause):
        if found := [match for row in rows for match in _row_matches(words, row, clause, number)]:
            return found
    return []


def _row_matches(words: WordPlaces, row: Positions, clause: Clause, number: int) -> Iterator[Match]:
    tokens = words.tokens
    for first in words.rows(row, exact=clause.exact):
        start, end = tokens[first].start, tokens[first + len(row) - 1].end
        slices = _slices(words.text, tokens[first], row[0]) if len(row) == 1 and not clause.exact else ()
        yield Match(start, end, frozenset({number}), slices or ((start, end),))


def _slices(text: str, token: Token, wanted: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where the wanted parts of a compound stand; nothing if the word itself is wanted, or that is unclear."""
    if token.term in wanted or any(term.endswith(("*", "~")) for term in wanted):
        return ()
    word = text[token.start : token.end]
    found = [part_slice(word, part, token.parts) for part in token.parts if part in wanted]
    return tuple((token.start + place[0], token.start + place[1]) for place in found if place)


def mark(words: WordPlaces, query: Query) -> Pieces:
    """Return the whole of a text as pieces, those that match the query marked."""
    return _pieces(words.text, 0, len(words.text), find_matches(words, query))


def make_snippet(words: WordPlaces, query: Query) -> Pieces:
    """Return the sentences of a text that tell most about `query`; its beginning if none does."""
    text, matches = words.text, find_matches(words, query)
    start, end = _best_window(sentences(text), matches)
    if end - start <= MAX_LENGTH:
        return _pieces(text, start, end, matches)
    cut_start, cut_end = _cut(text, start, end, matches)
    pieces = _pieces(text, cut_start, cut_end, matches)
    before = ((f"{_ELLIPSIS} ", False),) if cut_start > start else ()
    after = ((f" {_ELLIPSIS}", False),) if cut_end < end else ()
    return before + pieces + after


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of `text` as `[start, end)`, without the white space between them.

    >>> text = "Das sagt z. B. Dr. Klein. Am 3. Mai kam sie."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Das sagt z. B. Dr. Klein.', 'Am 3. Mai kam sie.']
    """
    bounds, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if not match.group().startswith("\n") and _ABBREVIATION.search(
            text, max(0, match.start() - 12), match.start() + 1
        ):
            continue
        bounds.append((start, match.start() + len(match.group().rstrip())))
        start = match.end()
    bounds.append((start, start + len(text[start:].rstrip())))
    return [(first, last) for first, last in bounds if last > first] or [(0, 0)]


def _best_window(bounds: Sequence[tuple[int, int]], matches: Sequence[Match]) -> tuple[int, int]:
    """Return the run of sentences, as long as may be, that meets most clauses; then most matches; then the first."""

    def worth(window: tuple[int, int]) -> tuple[int, int]:
        inside = [match.clauses for match in matches if window[0] <= match.start < window[1]]
        return len(frozenset().union(*inside)), len(inside)

    return max((_window(bounds, first) for first in range(len(bounds))), key=worth)


def _window(bounds: Sequence[tuple[int, int]], first: int) -> tuple[int, int]:
    start, end = bounds[first]
    for _, next_end in bounds[first + 1 :]:
        if next_end - start > MAX_LENGTH:
            break
        end = next_end
    return start, end


def _cut(text: str, start: int, end: int, matches: Sequence[Match]) -> tuple[int, int]:
    """Return a stretch of the sentence `[start, end)` that begins and ends with a word and holds its first match."""
    first = next((match.start for match in matches if start <= match.start < end), start)
    cut_start = max(start, min(first - MAX_LENGTH // 3, end - MAX_LENGTH))
    cut_end = min(end, cut_start + MAX_LENGTH)
    if cut_start > start:
        space = text.find(" ", cut_start, max(first, cut_start))
        cut_start = space + 1 if space >= 0 else cut_start
    if cut_end < end:
        space = text.rfind(" ", cut_start + MAX_LENGTH // 2, cut_end)
        cut_end = space if space >= 0 else cut_end
    return cut_start, cut_end


def _pieces(text: str, start: int, end: int, matches: Sequence[Match]) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in (place for match in matches for place in match.slices):
        if first < at or last > end:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end], False))
    return tuple(piece for piece in pieces if piece[0])

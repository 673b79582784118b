"""Whether a quotation joins parts of several passages: which of its words each passage has in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kb.alignment import PrintedWords
from kb.quote_words import ELLIPSIS, Word
from kb.text import STOP_WORDS

_CHANGE = 2.5
"""So many words in a row must be won for a passage to be left for another one."""

_FEWEST, _FEWEST_INSIDE = 3, 5
"""A part has so many words; more if neither ellipsis nor end of sentence parts it from the rest."""

_COVERED = 0.75
_ENOUGH_CONTENT = 4
_FEWEST_REORDERED = 4


@dataclass(frozen=True, slots=True)
class Part:
    """The words `[start, end)` of a quotation, marks left aside, that stand in the passage `source` of those given."""

    source: int
    start: int
    end: int


def coverage(words: Sequence[Word], printed: PrintedWords) -> float:
    """Return which share of the words stands in a row with a neighbour in a text, in whatever order.

    It is 0 where too few of them are more than function words, which stand beside each other everywhere.
    """
    only = [word.folded for word in words if word.folded]
    covered = _covered(only, printed)
    content = [is_covered for word, is_covered in zip(only, covered, strict=True) if word not in STOP_WORDS]
    if not content or sum(content) < min(_ENOUGH_CONTENT, _COVERED * len(content)):
        return 0.0
    return sum(covered) / len(covered)


def is_reordered(words: Sequence[Word], printed: PrintedWords) -> bool:
    """Return whether a stretch of the text has the very words, in another order."""
    only = sorted(word.folded for word in words if word.folded)
    others = [word.folded for word in printed.words if word.folded]
    size = len(only)
    return size >= _FEWEST_REORDERED and any(
        sorted(others[start : start + size]) == only for start in range(len(others) - size + 1)
    )


def stitched_parts(words: Sequence[Word], sources: Sequence[PrintedWords]) -> tuple[Part, ...]:
    """Return the parts of a quotation that stand in different `sources`; empty if one source has it best."""
    only = [word.folded for word in words if word.folded]
    if len(sources) < 2 or len(only) < 2 * _FEWEST:
        return ()
    covered = [_covered(only, source) for source in sources]
    parts = [Part(*part) for part in _path(covered)]
    breaks = _breaks(words)
    kept = [part for part in parts if _is_telling(part, only, covered[part.source], breaks)]
    if len({part.source for part in kept}) < 2 or len(kept) < len(parts):
        return ()
    return tuple(kept)


def _covered(words: Sequence[str], printed: PrintedWords) -> list[bool]:
    """Return for each word whether it stands beside one of its neighbours in the text."""
    beside = [pair in printed.pairs for pair in pairwise(words)]
    return [left or right for left, right in zip([False, *beside], [*beside, False], strict=True)] if words else []


def _path(covered: Sequence[Sequence[bool]]) -> Iterator[tuple[int, int, int]]:
    """Yield (source, start, end) of the parts that cover most words with fewest changes of source."""
    scores = [0.0] * len(covered)
    ways: list[list[int]] = []
    for at in range(len(covered[0])):
        best = max(range(len(covered)), key=lambda source: (scores[source], -source))
        way = [source if scores[source] >= scores[best] - _CHANGE else best for source in range(len(covered))]
        scores = [
            (scores[way[source]] - (_CHANGE if way[source] != source else 0.0)) + (1.0 if covered[source][at] else -0.5)
            for source in range(len(covered))
        ]
        ways.append(way)
    source = max(range(len(covered)), key=lambda one: (scores[one], -one))
    sources = []
    for way in reversed(ways):
        sources.append(source)
        source = way[source]
    start = 0
    for one, run in groupby(reversed(sources)):
        length = len(list(run))
        yield one, start, start + length
        start += length


def _breaks(words: Sequence[Word]) -> frozenset[int]:
    """Return before which words (marks left aside) a sentence, a clause after a dash or an ellipsis ends."""
    found, count = {0}, 0
    for word in words:
        if word.folded:
            count += 1
        elif word.key in (".", "!", "?", ":", ";", "–", ELLIPSIS):
            found.add(count)
    return frozenset({*found, count})


def _is_telling(part: Part, words: Sequence[str], covered: Sequence[bool], breaks: frozenset[int]) -> bool:
    """Return whether a part is long and well enough covered to come from its passage and not from everywhere."""
    length = part.end - part.start
    between = any(abs(at - part.start) <= 1 for at in breaks) and any(abs(at - part.end) <= 1 for at in breaks)
    content = sum(word not in STOP_WORDS for word in words[part.start : part.end])
    return (
        length >= (_FEWEST if between else _FEWEST_INSIDE)
        and content >= 2
        and sum(covered[part.start : part.end]) >= _COVERED * length
    )

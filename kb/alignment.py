"""A quotation laid over the words of a passage: where it stands word for word, or how it differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kb.quote_words import ELLIPSIS, LEFT_OUT, QUOTE, QuotedWords, Word, mended, other_case, words_of
from kb.text import STOP_WORDS

_MARK, _STOP_WORD, _CASE = 0.15, 0.7, 0.05
"""What a lost or added mark, a lost or added function word and a letter in the other case cost; other words cost 1."""

_ALIKE = 0.6
"""Words that share so much of their letters are one word in another form."""

_ADDED_WORD, _REPLACED = 1.1, 1.05
"""Losing a printed word is cheaper than replacing it, that than adding one: so the last word finds its like."""

_HALF = 0.5
_WIDE = 4
_NOT_REPLACED = 99.0


@dataclass(frozen=True)
class PrintedWords:
    """A text with its words, taken apart once for all quotations that are laid over it."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_of(self.text)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.keys)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(word.folded or word.key for word in self.words)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Words that follow each other, marks left aside."""
        only = [word.folded for word in self.words if word.folded]
        return frozenset(pairwise(only))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A quotation that stands word for word in a text: `spans` are the stretches of its parts, as word numbers."""

    spans: tuple[tuple[int, int], ...]

    @property
    def first(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


def exact_stretches(quote: QuotedWords, printed: PrintedWords) -> tuple[Stretch, ...]:
    """Return every place where all parts of a quotation stand word for word, one after the other.

    The first letter of a part may be in the other case; a full stop that closes the quotation does not stand for a
    printed question mark.
    """
    parts = [_keys(part, printed) for part in quote.parts]
    if not parts:
        return ()
    found = []
    for start in _starts(parts[0], printed.keys, 0):
        spans = [(start, start + len(parts[0]))]
        for part in parts[1:]:
            at = next(_starts(part, printed.keys, spans[-1][1]), None)
            if at is None:
                break
            spans.append((at, at + len(part)))
        if len(spans) == len(parts) and _ends_alike(quote.ending, printed, spans[-1][1]):
            found.append(Stretch(tuple(spans)))
    return tuple(found)


def _keys(part: Sequence[Word], printed: PrintedWords) -> tuple[str, ...]:
    return tuple(word.key for word in mended(part, printed.vocabulary))


def _starts(part: tuple[str, ...], keys: tuple[str, ...], least: int) -> Iterator[int]:
    """Yield where `part` stands in `keys`, not before `least`."""
    size, firsts = len(part), (part[0], other_case(part[0]))
    for start in range(least, len(keys) - size + 1):
        if keys[start] in firsts and keys[start + 1 : start + size] == part[1:]:
            yield start


def _ends_alike(ending: str, printed: PrintedWords, end: int) -> bool:
    after = next((key for key in printed.keys[end : end + 2] if key != QUOTE), "")
    return not (after == "?" and ending in (".", "!")) or not ending


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as `printed` and as `quoted`; where both are the same nothing was changed."""

    printed: str
    quoted: str

    @property
    def is_same(self) -> bool:
        return self.printed == self.quoted


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a quotation differs from the stretch `[first, end)` of printed words it is most like.

    `likeness` runs from 0 to 1 and counts function words less. `changes` pair the printed words that differ with the
    quoted ones; either may be empty.
    """

    first: int
    end: int
    likeness: float
    pieces: tuple[Piece, ...]
    changes: tuple[tuple[tuple[Word, ...], tuple[Word, ...]], ...]


_Pair = tuple[int | None, int | None]


def align(quote: QuotedWords, printed: PrintedWords) -> Alignment | None:
    """Return the alignment of a quotation with the stretch it is most like; None if they share no word."""
    quoted = mended(quote.words, printed.vocabulary)
    low, high = _window(quoted, printed)
    pairs = _cheapest(quoted, printed.words[low:high], low)
    used = [at for at, _ in pairs if at is not None]
    matched = [pair for pair in pairs if pair[0] is not None and pair[1] is not None]
    if not matched or not used:
        return None
    first, end = used[0], used[-1] + 1
    runs = list(_runs(pairs, quoted, printed.words))
    return Alignment(
        first=first,
        end=end,
        likeness=_likeness(pairs, quoted, printed.words),
        pieces=tuple(_pieces(runs, quote.text, printed.text)),
        changes=tuple((before, after) for before, after, is_same in runs if not is_same),
    )


def _window(quoted: Sequence[Word], printed: PrintedWords) -> tuple[int, int]:
    """Return which stretch of a long text to look at; all of it where parts may lie far apart."""
    total = len(printed.words)
    if total <= _WIDE * len(quoted) or any(word.key == ELLIPSIS for word in quoted):
        return 0, total
    best = fuzz.partial_ratio_alignment([word.folded or word.key for word in quoted], printed.folded)
    if best is None:
        return 0, total
    margin = len(quoted) // 2 + 8
    return max(0, best.dest_start - margin), min(total, best.dest_end + margin)


def _cheapest(quoted: Sequence[Word], printed: Sequence[Word], offset: int) -> list[_Pair]:
    """Return the cheapest way to make the quotation of a stretch of the print: pairs of (printed, quoted) numbers.

    Words before and behind the stretch cost nothing, nor do those an ellipsis stands for.
    """
    columns = len(printed) + 1
    row = [0.0] * columns
    ways: list[list[int]] = []
    lost = [_weight(word) for word in printed]
    for word in quoted:
        row, way = _skipped(row) if word.key == ELLIPSIS else _next_row(row, word, printed, lost)
        ways.append(way)
    column = min(range(columns), key=lambda at: (row[at], at))
    return _traced(ways, column, quoted, offset)


_KEPT, _ADDED, _LOST, _LEFT_OUT = range(4)


def _next_row(
    row: Sequence[float], word: Word, printed: Sequence[Word], lost: Sequence[float]
) -> tuple[list[float], list[int]]:
    added = _ADDED_WORD * _weight(word)
    costs, way = [row[0] + added], [_ADDED]
    for at, other in enumerate(printed):
        cost, step = row[at] + difference(word, other), _KEPT
        if row[at + 1] + added < cost:
            cost, step = row[at + 1] + added, _ADDED
        if costs[at] + lost[at] < cost:
            cost, step = costs[at] + lost[at], _LOST
        costs.append(cost)
        way.append(step)
    return costs, way


def _skipped(row: Sequence[float]) -> tuple[list[float], list[int]]:
    """Return the row behind an ellipsis: the cheapest so far, and whether words were left out to get here."""
    costs, way = [row[0]], [_ADDED]
    for cost in row[1:]:
        costs.append(min(cost, costs[-1]))
        way.append(_LEFT_OUT if costs[-1] < cost else _ADDED)
    return costs, way


def _traced(ways: Sequence[Sequence[int]], column: int, quoted: Sequence[Word], offset: int) -> list[_Pair]:
    pairs: list[_Pair] = []
    row = len(ways)
    while row:
        step = ways[row - 1][column]
        if step == _KEPT:
            row, column = row - 1, column - 1
            pairs.append((offset + column, row))
        elif step == _ADDED:
            row -= 1
            if quoted[row].key != ELLIPSIS:
                pairs.append((None, row))
        elif step == _LOST:
            column -= 1
            pairs.append((offset + column, None))
        else:
            column -= 1
    return pairs[::-1]


def _weight(word: Word) -> float:
    """Return what it costs to add or to lose a word."""
    if word.is_mark:
        return _MARK
    return _STOP_WORD if word.folded in STOP_WORDS else 1.0


def difference(word: Word, other: Word) -> float:
    """Return what it costs to read one word as the other: 0 for the same, dear for a word and a mark."""
    if word.key == other.key:
        return 0.0
    if word.is_mark or other.is_mark:
        return 2 * _MARK if word.is_mark and other.is_mark else _NOT_REPLACED
    if word.folded == other.folded:
        return _CASE
    likeness = _likeness_of(word.folded, other.folded)
    replaced = _REPLACED * max(_weight(word), _weight(other))
    return min(replaced, 1.2 - likeness) if likeness >= _ALIKE else replaced


@lru_cache(maxsize=100_000)
def _likeness_of(word: str, other: str) -> float:
    return Levenshtein.normalized_similarity(word, other, score_cutoff=_ALIKE)


def _likeness(pairs: Sequence[_Pair], quoted: Sequence[Word], printed: Sequence[Word]) -> float:
    """Return which share of the weight of all words involved is in words that are the same, or nearly so.

    Where most of the words that are no function words differ, only those count: everybody says "es sind die".
    """
    same = total = content_same = content = 0.0
    for at, number in pairs:
        word = quoted[number] if number is not None else None
        other = printed[at] if at is not None else None
        if word and other:
            weight = (_weight(word) + _weight(other)) / 2
            kept = weight * max(0.0, 1 - difference(word, other) / weight)
        else:
            weight, kept = _weight(word or other or quoted[0]) * (1.0 if word else 0.8), 0.0
        same, total = same + kept, total + weight
        if word and _weight(word) >= 1.0:
            content_same, content = content_same + kept, content + weight
    share = content_same / content if content else 1.0
    return min(same / total, 1.0 if share >= _HALF else share) if total else 0.0


_Run = tuple[tuple[Word, ...], tuple[Word, ...], bool]


def _runs(pairs: Sequence[_Pair], quoted: Sequence[Word], printed: Sequence[Word]) -> Iterator[_Run]:
    """Yield runs of words that are the same and of words that differ: printed ones, quoted ones, same or not."""
    before: list[Word] = []
    after: list[Word] = []
    was_same = True
    last = -1
    for position, (at, number) in enumerate(pairs):
        is_same = at is not None and number is not None and _reads_alike(quoted, number, printed[at])
        skipped = at is not None and last >= 0 and at > last + 1
        if position and (is_same != was_same or skipped):
            yield tuple(before), tuple(after), was_same
            before, after = [], []
        if at is not None:
            before.append(printed[at])
            last = at
        if number is not None:
            after.append(quoted[number])
        was_same = is_same
    yield tuple(before), tuple(after), was_same


def _reads_alike(quoted: Sequence[Word], number: int, other: Word) -> bool:
    key = quoted[number].key
    opens = number == 0 or quoted[number - 1].key == ELLIPSIS
    return key == other.key or (opens and other_case(key) == other.key)


def _pieces(runs: Sequence[_Run], quoted: str, printed: str) -> Iterator[Piece]:
    """Yield the runs as text; words an ellipsis stands for are shown as one."""
    end = -1
    for before, after, is_same in runs:
        if before and 0 <= end < before[0].start and printed[end : before[0].start].strip():
            yield Piece(LEFT_OUT, LEFT_OUT)
        end = before[-1].end if before else end
        shown = " ".join(printed[before[0].start : before[-1].end].split()) if before else ""
        typed = " ".join(quoted[after[0].start : after[-1].end].split()) if after else ""
        yield Piece(shown, shown if is_same else typed)

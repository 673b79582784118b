"""Text fragments: the part of a link by which a browser jumps to words and marks them (`#:~:text=`).

The form is that of https://wicg.github.io/scroll-to-text-fragment/: `prefix-,start,end,-suffix`. A browser takes the
first place that fits, whatever its case and accents; so context is added until the first place is the one meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote

_TOKEN = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"\n\s*\n")
_LONG, _LEAST = 12, 4
"""More words than `_LONG` are given by their first and last ones; fewer than `_LEAST` never come without context."""
_ENDS = (4, 6, 9)
_CONTEXTS = (0, 1, 2, 3, 5, 8)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word [start, end); `form` is how a browser compares it, "" where something is printed in or beside it."""

    form: str
    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class _Directive:
    """Which tokens a fragment names, as [first, last) numbers; without `end` it gives all its words."""

    start: tuple[int, int]
    end: tuple[int, int] | None
    prefix: tuple[int, int] | None
    suffix: tuple[int, int] | None


def text_fragment(
    text: str, spans: Sequence[tuple[int, int]], *, cuts: Sequence[int] = (), earlier: Sequence[str] = ()
) -> str:
    """Return the fragment that marks `spans`, [start, end) code points of `text`, or "" if no browser could find them.

    `cuts` are the places in `text` where something is printed between the words (a page begins, a footnote is
    called), `earlier` what stands before it on the same page.

    >>> text_fragment("Ein Bach, der kühlt, ist ein Bach-Freund.", [(10, 19)])
    '#:~:text=Bach%2C-,der%20k%C3%BChlt,-%2C%20ist'
    """
    before = [token for one in earlier for token in _tokens(one, ())]
    tokens = _tokens(text, cuts)
    found = (_fragment(text, tokens, before, span) for span in spans)
    parts = [f"text={part}" for part in found if part]
    return f"#:~:{'&'.join(parts)}" if parts else ""


def _tokens(text: str, cuts: Sequence[int]) -> list[_Token]:
    breaks = sorted([match.start() for match in _PARAGRAPH.finditer(text)] + list(cuts))
    tokens, block = [], 0
    for match in _TOKEN.finditer(text):
        while block < len(breaks) and breaks[block] < match.start():
            block += 1
        is_cut = any(match.start() <= cut <= match.end() for cut in cuts)
        tokens.append(_Token("" if is_cut else _folded(match.group()), *match.span(), block))
    return tokens


def _folded(word: str) -> str:
    """Return a word as browsers compare it: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or word


def _fragment(text: str, tokens: list[_Token], before: list[_Token], span: tuple[int, int]) -> str:
    """Return the first directive, from the shortest on, that a browser resolves to the words meant."""
    inside = [number for number, token in enumerate(tokens) if span[0] <= token.start and token.end <= span[1]]
    while inside and not tokens[inside[0]].form:
        inside.pop(0)
    while inside and not tokens[inside[-1]].form:
        inside.pop()
    if not inside:
        return ""
    meant = len(before) + inside[0], len(before) + inside[-1] + 1
    page = [token.form for token in (*before, *tokens)]
    tried = list(_directives(tokens, inside[0], inside[-1] + 1))
    fitting = (one for one in tried if _first_match(one, page, len(before)) == meant)
    chosen = next(fitting, None)
    return _written(text, tokens, chosen) if chosen else ""


def _directives(tokens: Sequence[_Token], first: int, last: int) -> Iterator[_Directive]:
    """Yield ways to name the tokens [first, last), the plainest first."""
    whole = _run(tokens, first, last, step=1) == last
    for context, words in product(_CONTEXTS, _ENDS):
        start, end = (first, last), None
        if not whole or last - first > _LONG:
            opened = _run(tokens, first, min(last, first + words), step=1)
            closed = max(opened, _run(tokens, last - 1, max(first, last - words) - 1, step=-1) + 1)
            start, end = (first, opened), (closed, last) if closed < last else None
        if end is None and start[1] != last:
            continue
        before = first, _run(tokens, first - 1, max(-1, first - context - 1), step=-1, block=tokens[first].block) + 1
        after = last, _run(tokens, last, min(len(tokens), last + context), step=1, block=tokens[last - 1].block)
        for with_prefix, with_suffix in ((True, False), (False, True), (True, True)):
            prefix = (before[1], before[0]) if with_prefix and before[1] < before[0] else None
            suffix = after if with_suffix and after[1] > after[0] else None
            named = sum(two[1] - two[0] for two in (start, end, prefix, suffix) if two)
            if named >= _LEAST or context == _CONTEXTS[-1]:
                yield _Directive(start, end, prefix, suffix)


def _run(tokens: Sequence[_Token], at: int, stop: int, *, step: int, block: int | None = None) -> int:
    """Return where the unbroken run of words of one block ends that begins at `at`; at most `stop`."""
    here = tokens[at].block if block is None and 0 <= at < len(tokens) else block
    while at != stop and tokens[at].form and tokens[at].block == here:
        at += step
    return at


def _first_match(directive: _Directive, page: Sequence[str], shift: int) -> tuple[int, int] | None:
    """Return the tokens of the page that a browser would mark."""

    def forms(two: tuple[int, int] | None) -> Sequence[str]:
        return page[two[0] + shift : two[1] + shift] if two else ()

    prefix, start, end, suffix = map(forms, (directive.prefix, directive.start, directive.end, directive.suffix))
    opening, closing = (*prefix, *start), (*end, *suffix)
    if not end:
        opening = (*opening, *suffix)
    for at in _places(page, opening, 0):
        first = at + len(prefix)
        if not end:
            return first, first + len(start)
        for closed in _places(page, closing, first + len(start)):
            return first, closed + len(end)
    return None


def _places(page: Sequence[str], wanted: Sequence[str], start: int) -> Iterator[int]:
    length = len(wanted)
    return (at for at in range(start, len(page) - length + 1) if tuple(page[at : at + length]) == tuple(wanted))


def _written(text: str, tokens: Sequence[_Token], directive: _Directive) -> str:
    def words(start: int, end: int) -> str:
        return quote(" ".join(text[start:end].split()), safe="").replace("-", "%2D")

    # Browsers skip white space between context and words, nothing else: commas belong to the context.
    prefix, suffix = directive.prefix, directive.suffix
    parts = [f"{words(tokens[prefix[0]].start, tokens[prefix[1]].start)}-"] if prefix else []
    parts += [words(tokens[two[0]].start, tokens[two[1] - 1].end) for two in (directive.start, directive.end) if two]
    parts += [f"-{words(tokens[suffix[0] - 1].end, tokens[suffix[1] - 1].end)}"] if suffix else []
    return ",".join(parts)

"""What a person asks to have cited: a passage, or a range of one section, as written in a locator."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.errors import CitationError, LocatorError, NotFound
from kb.locator import Locator, parse_locator
from kb.model import Passage

MAX_RANGE = 100
_RANGE = re.compile(r"(?P<first>.*/[1-9][0-9]*(?:~[0-9a-f]{8})?)(?:-|–|\.\.)(?P<last>[1-9][0-9]*)/?")


def parse_range(text: str) -> tuple[Locator, int, str | None]:
    """Return the first locator of a range, the number it runs to, and the fingerprint of the first passage if written.

    >>> parse_range("difu-2018/begruessung/kuehl/3-5")[1]
    5
    >>> parse_range("difu-2018/begruessung/kuehl/3")[1]
    3

    Raises:
        LocatorError: `text` names neither a passage nor a range.
        CitationError: the range runs backwards or is too long.
    """
    match = _RANGE.fullmatch(text.strip())
    first, fingerprint = parse_locator(match["first"] if match else text)
    last = int(match["last"]) if match else first.ordinal
    if not first.ordinal <= last < first.ordinal + MAX_RANGE:
        raise CitationError(f"{text!r}: a range runs from a smaller number to a larger, over at most {MAX_RANGE}")
    return first, last, fingerprint


def passages_from(passages: Sequence[Passage], first: Locator, last: int) -> tuple[Passage, ...]:
    """Return those of `passages` that stand from `first` to the number `last` in its section; numbers may be missing.

    Raises:
        NotFound: either end is not there.
    """
    inside = [passage for passage in passages if (passage.edition, passage.section) == (first.edition, first.section)]
    numbers = {passage.locator.ordinal: passage for passage in inside}
    for end in (first.ordinal, last):
        if end not in numbers:
            raise NotFound("passage", str(Locator(first.edition, first.section, end)))
    start, stop = (inside.index(numbers[end]) for end in (first.ordinal, last))
    return tuple(inside[start : stop + 1])


def parse_selection(text: str) -> tuple[int, int]:
    """Return the [start, end) code points written as "12-40".

    Raises:
        LocatorError: `text` is no such pair.
    """
    match = re.fullmatch(r"([0-9]{1,9})[-–]([0-9]{1,9})", text.strip())
    if match is None:
        raise LocatorError(f"{text!r} selects no words; write the first character and the one behind the last: 12-40")
    return int(match[1]), int(match[2])

"""Selections: some words of a passage, counted, and the link that names them for good.

Words are what white space parts, as in the fingerprint: two texts with the same fingerprint have the same words. So
`edition/section/3~9c1e4b2a?w=12-27` names words that cannot move. `w` may be given several times; words of another
passage of the same section are written with its number and fingerprint: `w=4~0a1b2c3d:1-9`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from kb.errors import KbError, LocatorError
from kb.locator import Locator, parse_locator
from kb.model import Passage

MOST = 50
"""So many stretches a selection may have."""

_WORD = re.compile(r"\S+")
_STRETCH = re.compile(
    r"(?:(?P<ordinal>[1-9][0-9]{0,8})(?:~(?P<fingerprint>[0-9a-f]{8}))?:)?"
    r"(?P<first>[1-9][0-9]{0,8})(?:[-–](?P<last>[1-9][0-9]{0,8}))?"
)


class SelectionError(KbError):
    """A selection names no words; `changed` if it names words that are no longer the same."""

    def __init__(self, message: str, *, changed: bool = False) -> None:
        super().__init__(message)
        self.changed = changed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `last`, counted from 1, both included, of one passage; `fingerprint` is "" if none was given."""

    locator: Locator
    first: int
    last: int
    fingerprint: str = ""


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the words of `text` as [start, end) code points.

    >>> word_spans("Zwei  Wörter.")
    [(0, 4), (6, 13)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def parse_stretch(written: str, locator: Locator, fingerprint: str = "") -> Stretch:
    """Return the words written as "12-27", "12" or "4~0a1b2c3d:1-9" beside a passage and its fingerprint.

    >>> parse_stretch("12-27", Locator("difu-2018", "keynote", 3)).last
    27

    Raises:
        SelectionError: it is no such stretch.
    """
    match = _STRETCH.fullmatch(written.strip())
    if match is None or int(match["last"] or match["first"]) < int(match["first"]):
        raise SelectionError(f"{written[:40]!r} selects no words; write the first and the last, counted from 1: 12-27")
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if match["ordinal"] is None or int(match["ordinal"]) == locator.ordinal:
        return Stretch(locator, first, last, match["fingerprint"] or fingerprint)
    other = Locator(locator.edition, locator.section, int(match["ordinal"]))
    return Stretch(other, first, last, match["fingerprint"] or "")


def parse_stretches(written: Sequence[str], locator: Locator, fingerprint: str = "") -> tuple[Stretch, ...]:
    """Return each of the stretches written.

    Raises:
        SelectionError: one of them is none, or there are too many.
    """
    if len(written) > MOST:
        raise SelectionError(f"{len(written)} stretches of words; a selection has at most {MOST}")
    return tuple(parse_stretch(one, locator, fingerprint) for one in written)


def parse_selection_link(text: str) -> tuple[Locator, str, tuple[Stretch, ...]]:
    """Return locator, fingerprint ("" if none) and words of a locator or link; no words where it names none.

    What a link has before the path and the text fragment behind it are left aside.

    >>> parse_selection_link("https://wortlaut.example/difu-2018/keynote/3~9c1e4b2a?w=2-5#:~:text=a")[2][0].first
    2

    Raises:
        LocatorError: it names no passage.
        SelectionError: the words are none.
    """
    try:
        parts = urlsplit(text.strip())
        arguments = parse_qs(parts.query, max_num_fields=2 * MOST)
    except ValueError as error:
        raise LocatorError(f"{text[:80]!r} is no link: {error}") from error
    locator, fingerprint = parse_locator(parts.path)
    return locator, fingerprint or "", parse_stretches(arguments.get("w", []), locator, fingerprint or "")


def stretch_of(passage: Passage, first: int, last: int) -> Stretch:
    """Return words of a passage as they are now, with its fingerprint."""
    return Stretch(passage.locator, first, last, passage.fingerprint)


def selection_path(stretches: Sequence[Stretch]) -> str:
    """Return the locator of a selection: that of its first stretch, with all words as arguments.

    >>> here, there = Locator("difu-2018", "keynote", 3), Locator("difu-2018", "keynote", 4)
    >>> selection_path([Stretch(here, 2, 5, "9c1e4b2a"), Stretch(there, 1, 1, "0a1b2c3d")])
    'difu-2018/keynote/3~9c1e4b2a?w=2-5&w=4~0a1b2c3d:1'
    """
    first = stretches[0]
    return f"{_pinned(str(first.locator), first)}?{selection_arguments(stretches, first.locator)}"


def selection_arguments(stretches: Sequence[Stretch], beside: Locator) -> str:
    """Return the words of a selection as the arguments of an address that names the passage `beside`."""
    return urlencode([("w", written_stretch(stretch, beside)) for stretch in stretches], safe="~:")


def written_stretch(stretch: Stretch, beside: Locator) -> str:
    """Return one stretch as `parse_stretch` reads it back beside a locator."""
    words = str(stretch.first) if stretch.first == stretch.last else f"{stretch.first}-{stretch.last}"
    return words if stretch.locator == beside else f"{_pinned(str(stretch.locator.ordinal), stretch)}:{words}"


def _pinned(place: str, stretch: Stretch) -> str:
    return f"{place}~{stretch.fingerprint}" if stretch.fingerprint else place


def span_in(stretch: Stretch, passage: Passage) -> tuple[int, int]:
    """Return the words of a stretch as [start, end) code points of the passage it names.

    Raises:
        SelectionError: the passage has not so many words, or other ones than when the link was made.
    """
    if stretch.fingerprint and stretch.fingerprint != passage.fingerprint:
        raise SelectionError(
            f"{passage.id}: the words have changed since ~{stretch.fingerprint} (today ~{passage.fingerprint}), "
            "so the words counted there cannot be told; select them anew",
            changed=True,
        )
    words = word_spans(passage.text)
    if stretch.last > len(words):
        raise SelectionError(f"{passage.id} has {len(words)} words, so {stretch.first}-{stretch.last} is out of range")
    return words[stretch.first - 1][0], words[stretch.last - 1][1]

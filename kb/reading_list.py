"""A reading list: passages somebody collected, each with a note, in an order of their own; and how an address says it.

An address says it as `p=edition/section/3~9c1e4b2a&n1=a note&p=…`: `n1` is the note of the first `p`. What was written
and names no passage stays in the list as it was written, so that nothing is lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.archive import Archive
from kb.citation import surname
from kb.errors import KbError, LocatorError
from kb.locator import parse_locator
from kb.model import Edition, Passage
from kb.people import slug
from kb.references import Reference, references_in
from kb.verification import Finding, Status, verify

MOST = 200
"""So many passages a list may hold."""

LONGEST_NOTE = 1000
"""So many characters a note may have."""

SORTS = ("kept", "place", "speaker")
"""The orders of a list: as somebody arranged it, by event and place in it, by speaker."""

_NOTE = re.compile(r"n([1-9][0-9]{0,2})")


class ListTooLong(KbError):
    """A list holds more than an address should carry: `what` is "passages", "note" or "address", `most` the limit."""

    def __init__(self, what: str, most: int, count: int) -> None:
        super().__init__(f"a reading list is too long: {what} of {count}, at most {most}")
        self.what = what
        self.most = most
        self.count = count


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage in a list: locator and fingerprint as `written`, and the `note` on it."""

    written: str
    note: str = ""

    @property
    def place(self) -> str:
        """What tells this passage from the others of a list: the locator, whichever words it was kept for."""
        return self.written.partition("~")[0]


@dataclass(frozen=True, slots=True)
class Collected:
    """What there is at a place of a list: what became of the words kept, and the passage that stands there today."""

    kept: Kept
    finding: Finding
    passage: Passage | None


ReadingList = tuple[Kept, ...]


def list_from_arguments(pairs: Iterable[tuple[str, str]]) -> ReadingList:
    """Return the list that the parameters of an address say; a passage named twice stands where it was named first.

    Raises:
        ListTooLong: it holds more than `MOST` passages or a note longer than `LONGEST_NOTE`.
    """
    asked = list(pairs)
    notes = {int(match[1]): _note(value) for name, value in asked if (match := _NOTE.fullmatch(name))}
    written = [value for name, value in asked if name == "p"]
    if len(written) > MOST:
        raise ListTooLong("passages", MOST, len(written))
    _check_length(max(notes.values(), key=len, default=""))
    return united(
        Kept(_written(one), notes.get(number, "")) for number, one in enumerate(written, start=1) if one.strip()
    )


def united(kept: Iterable[Kept]) -> ReadingList:
    """Return a list without repetitions; notes on the same passage are put together.

    Raises:
        ListTooLong: as `list_from_arguments`.
    """
    found: dict[str, Kept] = {}
    for one in kept:
        before = found.setdefault(one.place, one)
        if before is not one and one.note not in before.note:
            found[one.place] = replace(before, note="\n".join(filter(None, (before.note, one.note))))
    if len(found) > MOST:
        raise ListTooLong("passages", MOST, len(found))
    for one in found.values():
        _check_length(one.note)
    return tuple(found.values())


def _check_length(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise ListTooLong("note", LONGEST_NOTE, len(note))


def list_arguments(kept: ReadingList, *, with_notes: bool = True) -> list[tuple[str, str]]:
    """Return the parameters that say a list; `list_from_arguments` reads them back."""
    pairs = []
    for number, one in enumerate(kept, start=1):
        pairs.append(("p", one.written))
        if one.note and with_notes:
            pairs.append((f"n{number}", one.note))
    return pairs


def _written(text: str) -> str:
    """Return what names a passage in the one spelling of it; anything else on one line as it is."""
    try:
        locator, fingerprint = parse_locator(text)
    except LocatorError:
        return " ".join(text.split())
    return f"{locator}~{fingerprint}" if fingerprint else str(locator)


def _note(text: str) -> str:
    """Return a note with line feeds alone between its lines, which forms send as CR LF, and nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def named_in(text: str, editions: Collection[str]) -> ReadingList:
    """Return the passages that the links and locators in a text name, in its order.

    Raises:
        LocatorError: one of its words names no passage.
    """
    found = [one for word in text.split() for one in references_in(word, editions=editions)]
    written = (f"{one.locator}~{one.fingerprint}" if one.fingerprint else str(one.locator) for one in found)
    return united(map(Kept, written))


def pinned(kept: ReadingList, archive: Archive) -> ReadingList:
    """Return the list with the fingerprint of today's words where none was written."""
    return tuple(_pinned(one, archive) for one in kept)


def _pinned(kept: Kept, archive: Archive) -> Kept:
    reference = _reference(kept)
    if reference.locator is None or reference.fingerprint:
        return kept
    passage = archive.passage(reference.locator)
    return replace(kept, written=f"{passage.id}~{passage.fingerprint}") if passage else kept


def _reference(kept: Kept) -> Reference:
    try:
        locator, fingerprint = parse_locator(kept.written)
    except LocatorError:
        return Reference(kept.written, problem="names no passage")
    return Reference(kept.written, locator=locator, fingerprint=fingerprint)


def collect(kept: ReadingList, archive: Archive) -> tuple[Collected, ...]:
    """Return what there is of each passage of a list: what became of its words, and what stands there today."""
    return tuple(_collected(one, archive) for one in pinned(kept, archive))


def _collected(kept: Kept, archive: Archive) -> Collected:
    reference = _reference(kept)
    finding = verify(reference, archive)
    passage = archive.passage(reference.locator) if reference.locator else None
    if finding.status is Status.UNKNOWN and passage is None and reference.fingerprint:
        ended = verify(replace(reference, fingerprint=None), archive)  # the words are unknown, what became of them not
        finding = ended if ended.status is not Status.UNKNOWN else finding
    return Collected(kept, finding, passage)


def arranged(collected: Sequence[Collected], sort: str, *, editions: Mapping[str, Edition]) -> tuple[Collected, ...]:
    """Return a list in one of `SORTS`; what names no passage of today comes last, but in the list's own order."""
    if sort == SORTS[0]:
        return tuple(collected)

    def place(one: Collected) -> tuple[object, ...]:
        if one.passage is None:
            return (True,)
        edition = editions[one.passage.edition]
        where = (-(edition.year or 0), edition.id, one.passage.order)
        return (False, *(_by_name(one.passage) if sort == "speaker" else ()), *where)

    return tuple(sorted(collected, key=place))


def _by_name(passage: Passage) -> tuple[object, ...]:
    """Return what passages are sorted by when by speaker: surname, then name; words of nobody known come after."""
    name = next(iter(passage.speakers), "")
    return (not name, slug(surname(name)) if name else "", slug(name) if name else "")

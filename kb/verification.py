"""Whether a citation still holds: what became of the words, the page and the attribution since it was made.

A locator is followed only where a ledger says so. Words that are not found are never looked for elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kb.archive import Archive
from kb.ledger import Attribution, Event, EventKind, Ledger, Life, Standing, standing_of
from kb.model import Passage, Voice
from kb.people import slug
from kb.references import Reference
from kb.word_diff import Piece, word_diff


class Status(StrEnum):
    """What became of what was cited, the gravest last."""

    UNCHANGED = "unchanged"
    PAGE_MOVED = "page_moved"
    REWORDED = "reworded"
    RE_ATTRIBUTED = "re_attributed"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The status as people write it: "page moved", "re-attributed"."""
        return "re-attributed" if self is Status.RE_ATTRIBUTED else self.replace("_", " ")


_GRAVITY = {status: gravity for gravity, status in enumerate(Status)}
_ENDINGS = {
    EventKind.MOVED: Status.MOVED,
    EventKind.MERGED: Status.MERGED,
    EventKind.SPLIT: Status.SPLIT,
    EventKind.WITHDRAWN: Status.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that became of a citation; `before` and `now` in words ("12", "13"), `day` as the ledger tells it.

    Of a change of attribution `whose_before` and `whose_now` tell it; the former is None where the citation names
    somebody who never was the speaker.
    """

    status: Status
    before: str = ""
    now: str = ""
    day: date | None = None
    reason: str = ""
    whose_before: Attribution | None = None
    whose_now: Attribution | None = None


@dataclass(frozen=True)
class Finding:
    """What became of one citation: `status` is the gravest of the `changes`.

    `places` are the passages that hold the words today: that at the locator itself, if it lives; `diff` sets what was
    cited beside what stands there today; `remarks` are those who authorised or disputed the words.
    """

    reference: Reference
    status: Status
    changes: tuple[Change, ...] = ()
    places: tuple[Passage, ...] = ()
    diff: tuple[Piece, ...] = ()
    remarks: tuple[Event, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the citation may stay as it is."""
        return self.status is Status.UNCHANGED


def verify(reference: Reference, archive: Archive, *, since: date | None = None) -> Finding:
    """Return what became of a citation; `since` is the day from which on it was made, if it does not say itself."""
    locator = reference.locator
    if locator is None:
        return _unknown(reference, reference.problem or "names no passage")
    ledger, passage = archive.ledger(locator.edition), archive.passage(locator)
    life = ledger.lives.get(locator)
    if life is None and passage is None:
        return _unknown(reference, "there is no such passage, and never was one in any release")
    if reference.problem:
        return _unknown(reference, reference.problem, passage)
    at = life.cited(reference.fingerprint, on=reference.accessed or since) if life else None
    if life is None or at is None:
        return _unreleased(reference, life, passage, archive)
    if passage is None:
        return _ended(reference, life, life.standings[at], archive, ledger)
    return _living(reference, life, at, passage, archive)


def _unknown(reference: Reference, reason: str, passage: Passage | None = None) -> Finding:
    change = Change(Status.UNKNOWN, reason=reason)
    return Finding(reference, Status.UNKNOWN, (change,), (passage,) if passage else ())


def _unreleased(reference: Reference, life: Life | None, passage: Passage | None, archive: Archive) -> Finding:
    """Return what can be said of words no release tells of: they stand there now, or nothing is known of them."""
    if passage is not None and reference.fingerprint == passage.fingerprint:
        changes = tuple(_differences(reference, standing_of(passage), passage, archive))
        return _finding(reference, changes, (passage,))
    today = f"; today ~{passage.fingerprint} stands there" if passage else ""
    if life is not None:
        return _unknown(reference, f"~{reference.fingerprint} stood there in no release{today}", passage)
    if reference.fingerprint is None:
        return _unknown(reference, f"the link has no fingerprint, and nothing was released yet{today}", passage)
    told = f"these are not the words cited, and nothing was released yet that would tell what they were{today}"
    return _unknown(reference, told, passage)


def _ended(reference: Reference, life: Life, cited: Standing, archive: Archive, ledger: Ledger) -> Finding:
    """Return what became of words whose locator names no passage any more."""
    fate = ledger.fate(life.locator)
    if not fate:
        return _unknown(reference, "it is not in the corpus any more, and no release tells why")
    places = [place for place in map(archive.passage, ledger.successors(life.locator)) if place is not None]
    changes = tuple(
        Change(_ENDINGS[end.kind], str(end.locator), ", ".join(map(str, end.into)), end.day, end.reason) for end in fate
    )
    if not places and changes[-1].status is not Status.WITHDRAWN:
        changes = (*changes, Change(Status.UNKNOWN, reason="what it went into is not in the corpus any more"))
    if places:  # what was withdrawn besides is told, but is not what became of it
        diff = () if any(change.status is Status.WITHDRAWN for change in changes) else _diff(cited, places)
        return Finding(reference, changes[0].status, changes, tuple(places), diff, _remarks(life, cited))
    return _finding(reference, changes, (), remarks=_remarks(life, cited))


def _living(reference: Reference, life: Life, at: int, passage: Passage, archive: Archive) -> Finding:
    """Return what became of words whose locator still names a passage."""
    cited = life.standings[at]
    places, whole = [passage], True
    changes = []
    for event in life.events[at + 1 :]:
        if event.kind in (EventKind.SPLIT, EventKind.MERGED):
            parts = event.into or event.made_of
            changes.append(Change(_ENDINGS[event.kind], str(event.locator), ", ".join(map(str, parts)), event.day))
            found = [archive.passage(part) for part in event.into if part != passage.locator]
            places += [part for part in found if part is not None]
            whole = whole and None not in found
    differences = _differences(reference, cited, passage, archive, life.events[at + 1 :])
    changes += [change for change in differences if not (changes and change.status is Status.REWORDED)]
    diff = _diff(cited, places) if whole else ()  # what is no more is not shown as taken out
    return _finding(reference, tuple(changes), tuple(places), diff, _remarks(life, cited))


def _finding(
    reference: Reference,
    changes: tuple[Change, ...],
    places: tuple[Passage, ...],
    diff: tuple[Piece, ...] = (),
    remarks: tuple[Event, ...] = (),
) -> Finding:
    status = max((change.status for change in changes), key=_GRAVITY.__getitem__, default=Status.UNCHANGED)
    return Finding(reference, status, changes, places, diff, remarks)


def _diff(cited: Standing, places: Sequence[Passage]) -> tuple[Piece, ...]:
    now = " ".join(place.text for place in places)
    return word_diff(cited.text, now) if cited.text.split() != now.split() else ()


def _remarks(life: Life, cited: Standing) -> tuple[Event, ...]:
    """Return who authorised or disputed just the words that were cited."""
    remarks = (EventKind.AUTHORISED, EventKind.DISPUTED)
    return tuple(event for event in life.events if event.kind in remarks and event.new == cited.fingerprint)


def _differences(
    reference: Reference, cited: Standing, passage: Passage, archive: Archive, events: Sequence[Event] = ()
) -> Iterator[Change]:
    """Yield in what the passage differs from what was cited; what the citation itself says of it counts first."""
    days = {event.kind: event for event in events}
    if cited.fingerprint != passage.fingerprint:
        told = days.get(EventKind.REWORDED)
        before, now = f"~{cited.fingerprint}", f"~{passage.fingerprint}"
        yield Change(Status.REWORDED, before, now, told.day if told else None)
    moved = _page_moved(reference.page or "–".join(dict.fromkeys(cited.pages)), passage)
    if moved:
        told = days.get(EventKind.PAGE_MOVED)
        yield Change(Status.PAGE_MOVED, *moved, told.day if told else None)
    if change := _re_attributed(reference, cited.attribution, passage, archive):
        told = days.get(EventKind.RE_ATTRIBUTED)
        yield replace(change, day=told.day if told and change.whose_before else None)


def _re_attributed(reference: Reference, cited: Attribution, passage: Passage, archive: Archive) -> Change | None:
    """Return how the passage is attributed otherwise than it was cited; the authors a citation names count first."""
    today = standing_of(passage).attribution
    others = _other_authors(reference.authors, cited, passage, archive)
    if others:
        return Change(Status.RE_ATTRIBUTED, others, _whose(today, archive), whose_now=today)
    names_them = bool(reference.authors) and cited.voice is today.voice
    if cited == today or names_them:
        return None
    told = (_whose(cited, archive), _whose(today, archive))
    return Change(Status.RE_ATTRIBUTED, *told, whose_before=cited, whose_now=today)


_LABEL = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)


def _page_moved(cited: str, passage: Passage) -> tuple[str, str] | None:
    """Return the pages as cited and as they are today, if they differ; the last one counts if two are named."""
    today = (passage.page_first, passage.page_last)
    labels = _LABEL.findall(cited)
    if not labels or not passage.page_first:
        return None
    same = labels[0] == today[0] and (len(labels) == 1 or labels[1] == today[1])
    return None if same else ("–".join(dict.fromkeys(labels[:2])), "–".join(dict.fromkeys(today)))


def _whose(attribution: Attribution, archive: Archive) -> str:
    """Return an attribution in words: "Anna Berg (verbatim)"."""
    who = ", ".join(map(archive.name, attribution.speakers)) or "nobody"
    return f"{who} ({attribution.voice})"


def _other_authors(authors: Sequence[str], cited: Attribution, passage: Passage, archive: Archive) -> str:
    """Return the authors a citation names if they are not those of the passage today.

    Who cites a report may name its editors; that is other than its speakers only where speakers were named before.
    """
    words = {word for author in authors for word in slug(author).split("-")}
    if not words or any(_surname(name) in words for name in passage.speakers):
        return ""
    once = [name for name in map(archive.name, cited.speakers) if _surname(name) in words]
    if once or (passage.voice is Voice.VERBATIM and passage.speakers):
        return "; ".join(authors)
    return ""


def _surname(name: str) -> str:
    return slug(name.split()[-1]).rpartition("-")[2]

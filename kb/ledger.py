"""The history of locators: events, and what they make of a passage. Pure; `kb.ledger_file` reads and writes them.

A passage lives from `created` on. What ends its life under its locator (withdrawn, moved, or split or merged into
others) ends it for good: the locator is never given again, and leads to what became of the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from kb.errors import KbError
from kb.locator import Locator, fingerprint
from kb.model import Passage, Voice

FILE_NAME = "ledger.jsonl"


class EventKind(StrEnum):
    """What can happen to a passage; the value is what a ledger says."""

    CREATED = "created"
    REWORDED = "reworded"
    PAGE_MOVED = "page_moved"
    RE_ATTRIBUTED = "re_attributed"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    AUTHORISED = "authorised"
    DISPUTED = "disputed"


class Contradiction(KbError):
    """An event cannot have happened after those before it."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a passage is made of: ids of speakers (none: nobody is named) and voice."""

    speakers: tuple[str, ...]
    voice: Voice


@dataclass(frozen=True, slots=True)
class Standing:
    """What a citation relies on: the words with their fingerprint, the first and last printed page, whose they are."""

    text: str
    fingerprint: str
    pages: tuple[str, str]
    attribution: Attribution


def standing_of(passage: Passage) -> Standing:
    """Return what a citation of a passage relies on."""
    pages = (passage.page_first, passage.page_last)
    return Standing(passage.text, passage.fingerprint, pages, Attribution(passage.speaker_ids, passage.voice))


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a ledger: what happened to the passage at `locator`.

    `old` and `new` are fingerprints: before (empty when created) and after (empty when its life ends). `text`, `pages`
    and `attribution` are those from then on, `…_before` those until then. `into` are the passages that hold its words
    now, `made_of` those whose words it took in.
    """

    kind: EventKind
    locator: Locator
    day: date
    old: str = ""
    new: str = ""
    text: str | None = None
    pages: tuple[str, str] | None = None
    pages_before: tuple[str, str] | None = None
    attribution: Attribution | None = None
    attribution_before: Attribution | None = None
    into: tuple[Locator, ...] = ()
    made_of: tuple[Locator, ...] = ()
    reason: str = ""
    by: str = ""
    note: str = ""

    @property
    def ends(self) -> bool:
        """Whether the locator names no passage any more after this."""
        return not self.new


@dataclass(frozen=True, slots=True)
class Life:
    """All that happened to one locator; `standings` tell what stood there after each event."""

    locator: Locator
    events: tuple[Event, ...]
    standings: tuple[Standing, ...]

    @property
    def last(self) -> Standing:
        """What stood there last."""
        return self.standings[-1]

    @property
    def end(self) -> Event | None:
        """What ended its life; None if it lives."""
        return self.events[-1] if self.events[-1].ends else None

    def cited(self, words: str | None, *, on: date | None = None) -> int | None:
        """Return the event after which the fingerprint `words` (None: whatever stood there) was cited on that day.

        Without a day it is the first time these words stood there: who cited them then is told of all changes since.
        What happened on the day itself counts as later. None if these words never stood there.
        """
        fitting = [n for n, standing in enumerate(self.standings) if words in (None, standing.fingerprint)]
        until = [n for n in fitting if on is not None and self.events[n].day < on]
        return until[-1] if until else fitting[0] if fitting else None


@dataclass(frozen=True)
class Ledger:
    """The lives of all locators an edition ever gave; `lines` tells where in the file each was last told of."""

    lives: Mapping[Locator, Life] = field(default_factory=dict)
    lines: Mapping[Locator, int] = field(default_factory=dict)

    @property
    def living(self) -> dict[Locator, Life]:
        """The lives of the locators that name a passage."""
        return {locator: life for locator, life in self.lives.items() if life.end is None}

    @property
    def ended(self) -> dict[Locator, Event]:
        """What ended the lives of the locators that name no passage any more."""
        return {locator: life.end for locator, life in self.lives.items() if life.end is not None}

    def fate(self, locator: Locator) -> tuple[Event, ...]:
        """Return what ended the life of a locator, and then those of the passages its words went into."""
        ends: dict[Locator, Event] = {}
        waiting = [locator]
        while waiting:
            life = self.lives.get(waiting.pop(0))
            if life is not None and life.end is not None and life.locator not in ends:
                ends[life.locator] = life.end
                waiting += life.end.into
        return tuple(ends.values())

    def successors(self, locator: Locator) -> tuple[Locator, ...]:
        """Return the living locators that hold the words once at `locator`: itself if it lives, none if withdrawn."""
        fate = self.fate(locator)
        held = [target for end in fate for target in end.into] if fate else [locator]
        return tuple(dict.fromkeys(target for target in held if target in self.lives and not self.lives[target].end))


def after(life: Life | None, event: Event) -> Life:
    """Return a life with one more event.

    Raises:
        Contradiction: it cannot have happened to this passage; the message says why.
    """
    if event.text is not None and fingerprint(event.text) != event.new:
        raise Contradiction(f"new is {event.new!r}, but the fingerprint of the words is {fingerprint(event.text)!r}")
    if life is None:
        return _born(event)
    _refuse_impossible(life, event)
    standing = life.last
    if event.text is not None:
        standing = replace(standing, text=event.text, fingerprint=event.new)
    if event.pages is not None:
        standing = replace(standing, pages=event.pages)
    if event.attribution is not None:
        standing = replace(standing, attribution=event.attribution)
    return Life(life.locator, (*life.events, event), (*life.standings, standing))


def _born(event: Event) -> Life:
    if event.kind is not EventKind.CREATED:
        raise Contradiction(f"{event.locator} was never created")
    if event.text is None or event.pages is None or event.attribution is None:
        raise Contradiction("a passage is created with text, pages, speakers and voice")
    standing = Standing(event.text, event.new, event.pages, event.attribution)
    return Life(event.locator, (event,), (standing,))


def _refuse_impossible(life: Life, event: Event) -> None:
    last, standing = life.events[-1], life.last
    if last.ends:
        raise Contradiction(f"{event.locator} was {last.kind} on {last.day}; a locator is never given again")
    if event.kind is EventKind.CREATED:
        raise Contradiction(f"{event.locator} was created on {life.events[0].day} already; a locator is given once")
    if event.day < last.day:
        raise Contradiction(f"{event.day} lies before {last.day}, the day of what happened to {event.locator} before")
    if event.old != standing.fingerprint:
        raise Contradiction(f"old is {event.old!r}, but ~{standing.fingerprint} stood at {event.locator} until then")
    if event.pages_before not in (None, standing.pages):
        raise Contradiction(f"pages_before is not {list(standing.pages)}, where {event.locator} stood until then")
    if event.attribution_before not in (None, standing.attribution):
        raise Contradiction(f"{event.locator} was attributed otherwise until then")
    if event.text is None and event.new not in ("", event.old):
        raise Contradiction("the words changed, but text is missing")

"""`ledger.jsonl` of an edition: one event a line, in the order of their release; lines are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from kb.errors import CorpusError, KbError
from kb.ledger import FILE_NAME, Attribution, Contradiction, Event, EventKind, Ledger, Life, after
from kb.locator import Locator, parse_locator
from kb.model import Voice


def read_ledger(folder: Path, problems: list[CorpusError]) -> Ledger:
    """Return the ledger of the edition in `folder`, empty if it was never released; problems go into `problems`."""
    path = folder / FILE_NAME
    lives: dict[Locator, Life] = {}
    lines: dict[Locator, int] = {}
    mentioned: list[tuple[int, Locator]] = []
    for line, text in enumerate(ledger_lines(path, problems), start=1):
        try:
            event = event_from_row(json.loads(text))
            if event.locator.edition != folder.name:
                raise Contradiction(f"{event.locator} is no passage of {folder.name}")
            lives[event.locator] = after(lives.get(event.locator), event)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(CorpusError(f"ledger row cannot be read: {error!r}", path, line))
        except KbError as error:
            problems.append(CorpusError(str(error), path, line))
        else:
            lines[event.locator] = line
            mentioned += [(line, locator) for locator in (*event.into, *event.made_of)]
    for line, locator in mentioned:
        if locator not in lives:
            problems.append(CorpusError(f"{locator}, of which this line tells, was never created", path, line))
    return Ledger(lives, lines)


def ledger_lines(path: Path, problems: list[CorpusError]) -> list[str]:
    """Return the lines of a file of JSON Lines without their ends; none if there is no such file."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        problems.append(CorpusError(f"not UTF-8 at byte {error.start}", path))
        return []
    # Not splitlines(): a line separator (U+2028) may stand among the words.
    lines = text.split("\n")
    if lines.pop():
        problems.append(CorpusError("the last line is not whole; restore the file", path, len(lines) + 1))
    return lines


def event_row(event: Event) -> dict[str, Any]:
    """Return an event as a row of a ledger; what says nothing is left out."""
    row: dict[str, Any] = {"event": event.kind.value, "id": str(event.locator), "date": event.day.isoformat()}
    for suffix, pages, attribution in (
        ("_before", event.pages_before, event.attribution_before),
        ("", event.pages, event.attribution),
    ):
        if pages is not None:
            row[f"pages{suffix}"] = list(pages)
        if attribution is not None:
            row[f"speakers{suffix}"] = list(attribution.speakers)
            row[f"voice{suffix}"] = attribution.voice.value
    optional = {
        "old": event.old,
        "new": event.new,
        "into": [str(locator) for locator in event.into],
        "made_of": [str(locator) for locator in event.made_of],
        "reason": event.reason,
        "by": event.by,
        "note": event.note,
    }
    row |= {name: value for name, value in optional.items() if value}
    return row | ({"text": event.text} if event.text is not None else {})


_TEXTS = ("old", "new", "reason", "by", "note")
_FACTS = ("text", "pages", "pages_before", "speakers", "speakers_before", "voice", "voice_before")
_KEYS = frozenset({"event", "id", "date", "into", "made_of", *_TEXTS, *_FACTS})


def event_from_row(row: dict[str, Any]) -> Event:
    """Return the event that `event_row` wrote down.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is no such row.
        LocatorError: an id is none.
    """
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}")
    for name in _TEXTS:
        if not isinstance(row.get(name, ""), str):
            raise TypeError(f"{name} is no text")
    return Event(
        kind=EventKind(row["event"]),
        locator=_locator(row["id"]),
        day=date.fromisoformat(row["date"]),
        old=row.get("old", ""),
        new=row.get("new", ""),
        text=row.get("text"),
        pages=_pages(row.get("pages")),
        pages_before=_pages(row.get("pages_before")),
        attribution=_attribution(row.get("speakers"), row.get("voice")),
        attribution_before=_attribution(row.get("speakers_before"), row.get("voice_before")),
        into=tuple(map(_locator, row.get("into", ()))),
        made_of=tuple(map(_locator, row.get("made_of", ()))),
        reason=row.get("reason", ""),
        by=row.get("by", ""),
        note=row.get("note", ""),
    )


def _locator(written: str) -> Locator:
    return parse_locator(written)[0]


def _pages(row: list[str] | None) -> tuple[str, str] | None:
    if row is None:
        return None
    first, last = row
    return str(first), str(last)


def _attribution(speakers: list[str] | None, voice: str | None) -> Attribution | None:
    return None if speakers is None or voice is None else Attribution(tuple(map(str, speakers)), Voice(voice))


def render_events(events: Iterable[Event]) -> str:
    """Return events as lines of a ledger."""
    return "".join(json.dumps(event_row(event), ensure_ascii=False) + "\n" for event in events)

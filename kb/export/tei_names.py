"""The names in our TEI: ids of passages, sections, people and terms, made and read back in one place.

Slugs hold no dot, so an id says where it belongs: `passage.tagung-2024.forum-1.diskussion.3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from kb.locator import Locator
from kb.model import SourceFile

NAMESPACE = "http://www.tei-c.org/ns/1.0"
BY_HAND = "themes.by_hand"
"""The term of passages whose themes a person set."""

ROLES = ("moderators", "impulse", "speakers", "participants")
"""What people are in a section, as the outline says it."""

_SPAN = re.compile(r"char=(\d+),(\d+)")


def passage_name(locator: Locator) -> str:
    """Return the id of a passage.

    >>> passage_name(Locator("tagung-2024", "forum-1/diskussion", 3))
    'passage.tagung-2024.forum-1.diskussion.3'
    """
    return ".".join(("passage", locator.edition, *locator.section.split("/"), str(locator.ordinal)))


def locator_named(name: str) -> Locator:
    """Return the place that the id of a passage names.

    Raises:
        ValueError: it is not the id of a passage.
    """
    kind, edition, *section, ordinal = name.split(".")
    if kind != "passage" or not section:
        raise ValueError(name)
    return Locator(edition, "/".join(section), int(ordinal))


def section_name(edition: str, section: str) -> str:
    """Return the id of a section."""
    return ".".join(("section", edition, *section.split("/")))


def section_named(name: str) -> str:
    """Return the id path of the section that an id names."""
    return "/".join(name.split(".")[2:])


def pointers(kind: str, names: Iterable[str]) -> str:
    """Return references to people or terms of this file.

    >>> pointers("person", ["ada-beispiel", "bodo-muster"])
    '#person.ada-beispiel #person.bodo-muster'
    """
    return " ".join(f"#{kind}.{name}" for name in names)


def pointed(kind: str, written: str) -> tuple[str, ...]:
    """Return the names of one kind among references."""
    start = f"#{kind}."
    return tuple(one.removeprefix(start) for one in written.split() if one.startswith(start))


def source_pointers(source: SourceFile | None, spans: Iterable[tuple[int, int]], source_id: str = "") -> str:
    """Return where in its source something was read: "report.txt#char=10,20 …", and the source's own id."""
    if source is None:
        return ""
    places = [f"char={start},{end}" for start, end in spans]
    places += [f"id={quote(source_id, safe='')}"] if source_id else []
    return " ".join(f"{quote(source.file)}#{place}" for place in places)


def source_places(written: str) -> tuple[tuple[tuple[int, int], ...], str]:
    """Return the spans and the source's own id that `source_pointers` wrote."""
    places = [one.partition("#")[2] for one in written.split()]
    spans = [(int(match[1]), int(match[2])) for match in map(_SPAN.fullmatch, places) if match]
    ids = [unquote(place[3:]) for place in places if place.startswith("id=")]
    return tuple(spans), ids[0] if ids else ""

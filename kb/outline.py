"""`edition.toml`: the facts of an edition (event, publication, outline), read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from kb.errors import CorpusError
from kb.locator import SLUG
from kb.model import SECTION_KINDS, Edition, Event, Kind, Part, Publication, Role, Section
from kb.people import read_toml, toml_line
from kb.printed_page import PAGE_WORD

FILE_NAME = "edition.toml"
_Record = TypeVar("_Record", Event, Publication)
_PEOPLE_KEYS = ("moderators", "impulse", "speakers", "participants")
_SECTION_KEYS = {
    "id",
    "title",
    "kind",
    "heading",
    "subtitle",
    "time",
    "pages",
    "note",
    "parts",
    *_PEOPLE_KEYS,
}
_EDITION_KEYS = {
    "title",
    "subtitle",
    "language",
    "fictional",
    "first_page",
    "note",
    "event",
    "publication",
    "section",
}


def markdown_files(folder: Path) -> list[Path]:
    """Return the files with the words of an edition in reading order."""
    return sorted(folder.glob("[0-9]*.md"))


def load_outline(folder: Path) -> Edition:
    """Return the edition described by `folder/edition.toml`, without its words.

    Raises:
        CorpusError: a key is unknown, missing or of the wrong sort; with the line.
    """
    path = folder / FILE_NAME
    if not path.exists():
        raise CorpusError("an edition folder needs an edition.toml", path)
    table, source = read_toml(path)
    _refuse_unknown(table, _EDITION_KEYS, path, 1)
    if not re.fullmatch(SLUG, folder.name):
        raise CorpusError(f"the folder name {folder.name!r} must be a lower-case ASCII slug", path)
    event = _record(Event, table.get("event", {}), path, toml_line(source, r"^\[event\]"))
    if event.date is not None and not isinstance(event.date, date):
        raise CorpusError("event.date is a date like 2018-12-10, without quotes", path, toml_line(source, r"^date"))
    edition = Edition(
        id=folder.name,
        title=str(table.get("title", "")) or event.title or folder.name,
        event=event,
        publication=_record(Publication, table.get("publication", {}), path, toml_line(source, r"^\[publication\]")),
        sections=_sections(table.get("section", []), path, source),
    )
    simple = {key: table[key] for key in ("subtitle", "language", "fictional", "first_page", "note") if key in table}
    return replace(edition, **simple)


def _refuse_unknown(table: Mapping[str, Any], known: set[str], path: Path, line: int) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise CorpusError(f"unknown key {unknown[0]!r}; known: {', '.join(sorted(known))}", path, line)


def _record(record_class: type[_Record], table: Mapping[str, Any], path: Path, line: int) -> _Record:
    known = {entry.name for entry in fields(record_class)}
    _refuse_unknown(table, known, path, line)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    if record_class is Event:
        values.setdefault("title", "")
    return record_class(**values)


def _sections(tables: list[dict[str, Any]], path: Path, source: str) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for table in tables:
        section_id = str(table.get("id", ""))
        line = toml_line(source, rf'^[ \t]*id\s*=\s*"{re.escape(section_id)}"')
        section = _section(section_id, table, path, line)
        parent = section_id.rpartition("/")[0]
        if section_id in sections:
            raise CorpusError(f"section id {section_id!r} is given twice, first in line {line}", path)
        if parent and parent not in sections:
            raise CorpusError(f"section {section_id!r} stands before its parent {parent!r}", path, line)
        sections[section_id] = section
    return tuple(sections.values())


def _section(section_id: str, table: dict[str, Any], path: Path, line: int) -> Section:
    if not re.fullmatch(rf"{SLUG}(/{SLUG})*", section_id):
        raise CorpusError(f"section id {section_id!r} must be ASCII slugs joined by '/'", path, line)
    if section_id.partition("/")[0] == PAGE_WORD:
        raise CorpusError(f"section id {section_id!r} is taken: /edition/{PAGE_WORD}/16 is printed page 16", path, line)
    _refuse_unknown(table, _SECTION_KEYS, path, line)
    kind = str(table.get("kind", "part"))
    if kind not in SECTION_KINDS:
        raise CorpusError(f"unknown section kind {kind!r}; known: {', '.join(sorted(SECTION_KINDS))}", path, line)
    first, _, last = str(table.get("pages", "")).replace("–", "-").partition("-")
    return Section(
        id=section_id,
        title=str(table.get("title", "")) or section_id,
        kind=kind,
        heading=str(table.get("heading", "")),
        subtitle=str(table.get("subtitle", "")),
        time=str(table.get("time", "")),
        page_first=first.strip(),
        page_last=(last or first).strip(),
        note=str(table.get("note", "")),
        parts=tuple(_part(part, path, line) for part in table.get("parts", ())),
        **{key: tuple(table.get(key, ())) for key in _PEOPLE_KEYS},
    )


def _part(table: dict[str, Any], path: Path, line: int) -> Part:
    try:
        role = table.get("role")
        return Part(
            kind=Kind(table["kind"]),
            paragraphs=int(table["paragraphs"]),
            speaker=table.get("speaker"),
            role=Role(role) if role else None,
        )
    except (KeyError, ValueError) as error:
        raise CorpusError(
            f"a part needs kind and paragraphs, and may have speaker and role: {error}", path, line
        ) from error

"""A data package after Frictionless: tables of passages, sections, editions and people, and what they hold.

`datapackage.json` follows https://datapackage.org/profiles/2.0/datapackage.json and names types, keys, size and digest
of each table, so that a program can check what it was given.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.export.extract import Extract
from kb.export.placing import staged, write_chunks
from kb.export.rows import COLUMNS, passage_row, table
from kb.model import Edition, Kind, Role, Voice

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_ADDRESS = re.compile(r"https?://[^\s,;]+")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the package: `types` by column, where it is not a string; `required` columns are never empty."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Iterable[str]]
    key: tuple[str, ...]
    required: tuple[str, ...]
    types: Mapping[str, str]
    words: Mapping[str, Iterable[str]]
    points: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()


def write_datapackage(extract: Extract, folder: Path, *, base_url: str) -> None:
    """Write the tables and `datapackage.json` into `folder`, all of them or none."""
    with staged(folder) as stage:
        resources = []
        for one in _tables(extract, base_url):
            path = stage / f"{one.name}.csv"
            write_chunks(path, table(one.columns, one.rows))
            resources.append(_resource(one, path))
        package = json.dumps(_package(extract, resources), ensure_ascii=False, indent=2)
        write_chunks(stage / "datapackage.json", [package, "\n"])


def _package(extract: Extract, resources: list[dict[str, Any]]) -> dict[str, Any]:
    editions = _editions(extract)
    publishers = dict.fromkeys(one.publication.publisher for one in editions if one.publication.publisher)
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": editions[0].id if len(editions) == 1 else "corpus",
        "title": editions[0].title if len(editions) == 1 else f"{len(editions)} editions",
        "corpus": {"fingerprint": extract.fingerprint, "query": extract.query, "rights": _rights(editions)},
        "licenses": _licences(editions),
        "sources": [_named(one.publication.title or one.title, one.publication.url) for one in editions],
        "contributors": [{"title": name, "roles": ["publisher"]} for name in publishers],
        "resources": resources,
    }
    return {key: value for key, value in package.items() if value}


def _rights(editions: Iterable[Edition]) -> dict[str, str]:
    return {one.id: one.publication.rights for one in editions if one.publication.rights}


def _licences(editions: Iterable[Edition]) -> list[dict[str, str]]:
    """Return the rights that name an address: a licence needs one, all rights stand under "corpus"."""
    rights = dict.fromkeys(_rights(editions).values())
    found = ((words, _ADDRESS.search(words)) for words in rights)
    return [_named(words, address.group()) for words, address in found if address]


def _named(title: str, path: str) -> dict[str, str]:
    return {"title": title, "path": path} if path else {"title": title}


def _resource(one: _Table, path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    keys = [
        {"fields": list(fields), "reference": {"resource": resource, "fields": list(there)}}
        for fields, resource, there in one.points
    ]
    schema = {
        "fields": [_field(one, column) for column in one.columns],
        "primaryKey": list(one.key),
        "missingValues": [""],
    }
    return {
        "name": one.name,
        "path": path.name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(one: _Table, column: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column, "type": one.types.get(column, "string")}
    constraints: dict[str, Any] = {"required": True} if column in one.required else {}
    if column in one.words:
        constraints["enum"] = list(one.words[column])
    return field | ({"constraints": constraints} if constraints else {})


def _editions(extract: Extract) -> list[Edition]:
    """Return the editions the package tells of: all, or those a query finds something in."""
    named = dict.fromkeys(passage.edition for passage in extract.passages) if extract.query else extract.editions
    return [extract.editions[edition_id] for edition_id in named]


def _tables(extract: Extract, base_url: str) -> Iterator[_Table]:
    editions = _editions(extract)
    passages = (passage_row(passage, base_url=base_url) for passage in extract.passages)
    yield _Table(
        "passages",
        COLUMNS,
        passages,
        ("locator",),
        ("locator", "edition", "section", "kind", "voice", "text", "fingerprint", "link"),
        {},
        {"kind": Kind, "voice": Voice, "role": Role},
        (
            (("edition",), "editions", ("id",)),
            (("edition", "section"), "sections", ("edition", "id")),
            (("speaker_id",), "people", ("id",)),
        ),
    )
    yield _Table(
        "sections",
        ("edition", "id", "heading", "title", "kind", "page_first", "page_last", "people"),
        _section_rows(editions),
        ("edition", "id"),
        ("edition", "id", "title", "kind"),
        {},
        {},
        ((("edition",), "editions", ("id",)),),
    )
    yield _Table(
        "editions",
        ("id", "title", "language", "fictional", "event", "date", "place", "publisher", "year", "url", "rights"),
        map(_edition_row, editions),
        ("id",),
        ("id", "title", "language", "fictional"),
        {"fictional": "boolean", "date": "date", "year": "integer"},
        {},
    )
    names = ("id", "name", "title")
    yield _Table("people", names, _people_rows(extract, editions), ("id",), ("id", "name"), {}, {})


def _section_rows(editions: Iterable[Edition]) -> Iterator[list[str]]:
    for edition in editions:
        for one in edition.sections:
            facts = [one.heading, one.title, one.kind, one.page_first, one.page_last]
            yield [edition.id, one.id, *facts, " ".join(one.people)]


def _edition_row(edition: Edition) -> list[str]:
    event, publication = edition.event, edition.publication
    return [
        edition.id,
        edition.title,
        edition.language,
        "true" if edition.fictional else "false",
        event.title,
        event.date.isoformat() if event.date else "",
        event.place,
        publication.publisher,
        str(publication.year or ""),
        publication.url,
        publication.rights,
    ]


def _people_rows(extract: Extract, editions: Iterable[Edition]) -> Iterator[list[str]]:
    """Yield everybody whose words are here or who is named in the outline, by id."""
    named = {person for edition in editions for one in edition.sections for person in one.people}
    named |= {person for passage in extract.passages for person in passage.speaker_ids}
    for person in sorted(named):
        speaker = extract.speakers[person]
        yield [speaker.id, speaker.name, speaker.title]

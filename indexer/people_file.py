"""Writing `people.toml`: new people and new printed forms are added, comments and order of the file stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import tomlkit
from tomlkit.items import InlineTable, Table

from indexer.names import Person
from kb.model import Speaker


def updated_people(path: Path, people: Iterable[Person], edition: str, known: Mapping[str, Speaker]) -> str:
    """Return the text of `people.toml` with everybody met in an edition; unchanged if there is nothing to add."""
    source = path.read_text(encoding="utf-8") if path.exists() else ""
    tables = tomlkit.parse(source)
    changed = False
    for person in people:
        if person.id not in known:
            tables.add(person.id, _table(person, edition))
            changed = True
        elif missing := _missing(person, known[person.id]):
            _extend(tables[person.id], missing)
            changed = True
    return tomlkit.dumps(tables) if changed else source


def _table(person: Person, edition: str) -> Table:
    table = tomlkit.table()
    table.add("name", person.name)
    if person.title:
        table.add("title", person.title)
    table.add("printed", list(person.printed))
    if person.misprints:
        table.add("misprints", _inline(dict(person.misprints)))
    if person.office or person.organisation:
        office = {"edition": edition, "office": person.office, "organisation": person.organisation}
        offices = tomlkit.array()
        offices.append(_inline({key: value for key, value in office.items() if value}))
        table.add("offices", offices)
    return table


def _inline(values: Mapping[str, str]) -> InlineTable:
    table = tomlkit.inline_table()
    table.update(values)
    return table


def _missing(person: Person, known: Speaker) -> dict[str, object]:
    """Return the printed forms and misprints of a person that the file does not have."""
    forms = [form for form in person.printed if form not in known.printed]
    misprints = {form: why for form, why in person.misprints if form not in known.misprints}
    return {key: value for key, value in (("printed", forms), ("misprints", misprints)) if value}


def _extend(table: Table, missing: Mapping[str, object]) -> None:
    forms = missing.get("printed")
    if isinstance(forms, list):
        table["printed"] = [*table.get("printed", []), *forms]
    misprints = missing.get("misprints")
    if isinstance(misprints, dict):
        table["misprints"] = _inline({**table.get("misprints", {}), **misprints})

"""Writing `people.toml`: new people and new printed forms are added, comments and order of the file stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import tomlkit
from tomlkit.items import InlineTable, Table

from indexer.names import Person
from indexer.toml_text import inline_table, key_lines, quoted
from kb.model import Office, Speaker

_ENTRY = re.compile(r'^(?=\[[ \t]*"?([^\]\["\s.]+)"?[ \t]*\])', re.MULTILINE)


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


def completed_people(source: str, people: Iterable[Speaker], known: Mapping[str, Speaker]) -> str:
    """Return the text `source` of `people.toml` with everybody in `people`, new forms and offices added.

    Only the entries that change are parsed, so that thousands of people take no longer than they must.
    """
    met = {person.id: person for person in people}
    before, *parts = _ENTRY.split(source)
    entries = [
        _completed(text, met[person_id], known[person_id]) if person_id in met and person_id in known else text
        for person_id, text in zip(parts[::2], parts[1::2], strict=True)
    ]
    old = "".join((before, *entries))
    new = [_entry(person) for person in met.values() if person.id not in known]
    gap = "" if old.endswith("\n\n") or not old else "\n" if old.endswith("\n") else "\n\n"
    return old + gap + "\n".join(new) if new else old


def _entry(person: Speaker) -> str:
    lines = [f"[{person.id}]", *key_lines({"name": person.name, "title": person.title})]
    lines += [f"printed = [{', '.join(map(quoted, person.printed))}]"] if person.printed else []
    if person.misprints:
        forms = (f"{quoted(form)} = {quoted(why)}" for form, why in person.misprints.items())
        lines.append(f"misprints = {{ {', '.join(forms)} }}")
    lines += key_lines({"note": person.note})
    if person.offices:
        lines += ["offices = [", *(f"    {inline_table(_office(office))}," for office in person.offices), "]"]
    return "\n".join(lines) + "\n"


def _office(office: Office) -> dict[str, str]:
    return {"edition": office.edition, "office": office.office, "organisation": office.organisation}


def _completed(text: str, person: Speaker, known: Speaker) -> str:
    """Return the entry of one known person with the forms and offices it does not have yet."""
    forms = [form for form in person.printed if form not in known.printed]
    offices = [office for office in person.offices if office not in known.offices]
    if not forms and not offices:
        return text
    tables = tomlkit.parse(text)
    table = tables[person.id]
    if forms:
        table["printed"] = [*table.get("printed", []), *forms]
    if offices:
        array = table.setdefault("offices", tomlkit.array())
        for office in offices:
            array.append(_inline({key: value for key, value in _office(office).items() if value}))
    return tomlkit.dumps(tables)

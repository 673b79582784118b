"""The header of our TEI: what it says of the edition and of people."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from datetime import date

from kb.errors import SourceError
from kb.export.tei_names import NAMESPACE, ROLES, pointed, section_named
from kb.model import Edition, Event, Office, Publication, Section, SourceFile, Speaker

_NS = {"": NAMESPACE}
Relations = Mapping[str, Mapping[str, tuple[str, ...]]]
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def edition_facts(
    header: ElementTree.Element, edition_id: str, language: str, first_page: str, relations: Relations
) -> Edition:
    """Return the edition that a header describes, without its words; `relations` say who was what in its sections.

    Raises:
        SourceError: a date is none.
    """
    notes = {note.get("type", ""): note.text or "" for note in header.iterfind(".//notesStmt/note", _NS)}
    return Edition(
        id=edition_id,
        title=_text(header, ".//titleStmt/title[@type='main']") or edition_id,
        subtitle=_text(header, ".//titleStmt/title[@type='sub']"),
        event=_event(header),
        publication=_publication(header),
        sections=tuple(_sections(header, relations)),
        language=language,
        fictional="status" in notes,
        first_page=first_page,
        note=notes.get("remark", ""),
        source=_source(header),
    )


def _text(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, "", _NS)


def _texts(element: ElementTree.Element, path: str) -> tuple[str, ...]:
    return tuple(one.text or "" for one in element.iterfind(path, _NS))


def _event(header: ElementTree.Element) -> Event:
    setting = header.find(".//settingDesc/setting[@n='event']", _NS)
    if setting is None:
        return Event(_text(header, ".//titleStmt/meeting"))
    day = _text(setting, "date")
    try:
        held = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise SourceError(f"the date of the event is {day!r}; it is written like 2018-12-10") from error
    return Event(
        title=_text(setting, "name[@type='event']"),
        date=held,
        place=_text(setting, "name[@type='place']"),
        organisers=_texts(setting, "orgName"),
    )


def _publication(header: ElementTree.Element) -> Publication:
    rights = _text(header, ".//publicationStmt/availability/licence")
    work = header.find(".//sourceDesc/bibl[@type='print']", _NS)
    if work is None:
        return Publication(rights=rights)
    title = work.find("title", _NS)
    year = _text(work, "date")
    return Publication(
        title=(title.text or "") if title is not None and title.get("type") != "edition" else "",
        publisher=_text(work, "publisher"),
        place=_text(work, "pubPlace"),
        year=int(year) if year.isdecimal() else None,
        editors=_texts(work, "editor"),
        url=_text(work, "idno[@type='URL']"),
        doi=_text(work, "idno[@type='DOI']"),
        isbn=_text(work, "idno[@type='ISBN']"),
        rights=rights,
    )


def _source(header: ElementTree.Element) -> SourceFile | None:
    file = header.find(".//sourceDesc/bibl[@type='file']", _NS)
    return SourceFile(_text(file, "title"), _text(file, "idno")) if file is not None else None


def _sections(header: ElementTree.Element, relations: Relations) -> Iterator[Section]:
    for setting in header.iterfind(".//settingDesc/setting", _NS):
        name = setting.get(_ID, "")
        if name.startswith("section."):
            roles = relations.get(f"#{name}", {})
            first, _, last = _text(setting, "name[@type='pages']").partition("-")
            yield Section(
                id=section_named(name),
                title=_text(setting, "name[@type='title']"),
                kind=_text(setting, "activity") or "part",
                heading=_text(setting, "name[@type='heading']"),
                subtitle=_text(setting, "name[@type='subtitle']"),
                time=_text(setting, "time"),
                note=_text(setting, "name[@type='note']"),
                page_first=first,
                page_last=last or first,
                moderators=roles.get("moderators", ()),
                impulse=roles.get("impulse", ()),
                speakers=roles.get("speakers", ()),
                participants=roles.get("participants", ()),
            )


def relations_in(header: ElementTree.Element) -> Relations:
    """Return who was what in each section, by the reference to it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for relation in header.iterfind(".//listRelation/relation", _NS):
        if relation.get("name") in ROLES:
            people = pointed("person", relation.get("active", ""))
            found.setdefault(relation.get("passive", ""), {})[relation.get("name", "")] = people
    return found


def people_of(header: ElementTree.Element) -> dict[str, Speaker]:
    """Return everybody a header lists, by id."""
    people = (_person(person) for person in header.iterfind(".//listPerson/person", _NS))
    return {person.id: person for person in people}


def _person(person: ElementTree.Element) -> Speaker:
    misprints = person.iterfind("note[@type='misprint']", _NS)
    return Speaker(
        id=person.get(_ID, "").removeprefix("person."),
        name=_text(person, "persName[@type='main']/name"),
        title=_text(person, "persName[@type='main']/roleName"),
        offices=tuple(
            Office(held.get("n", ""), _text(held, "roleName"), _text(held, "orgName"))
            for held in person.iterfind("affiliation", _NS)
        ),
        printed=_texts(person, "persName[@type='printed']"),
        misprints={_text(note, "persName"): _text(note, "desc") for note in misprints},
        note=_text(person, "note[@type='remark']"),
    )

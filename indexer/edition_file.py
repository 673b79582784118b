"""Writing `edition.toml` for an edition that had none: what the print says of event and outline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import tomlkit
from tomlkit.items import Table

from indexer.outline import SectionDraft
from kb.model import Role

_PEOPLE = (
    ("moderators", (Role.MODERATOR,)),
    ("impulse", (Role.IMPULSE,)),
    ("speakers", (Role.SPEAKER, Role.RAPPORTEUR)),
    ("participants", (Role.PANELIST,)),
)


_FIRST_HALF = ("Januar", "Februar", "März", "April", "Mai", "Juni")
_MONTHS = (*_FIRST_HALF, "Juli", "August", "September", "Oktober", "November", "Dezember")
_DAY = re.compile(rf"\b(\d{{1,2}})\.\s?(?:({'|'.join(_MONTHS)})|(\d{{1,2}})\.)\s?((?:19|20)\d{{2}})\b")


def find_day(lines: Iterable[str]) -> date | None:
    """Return the first date in the lines of a title page or programme, None if there is none.

    >>> find_day(["Stadtgespräche", "am 14. September 2023 in der Färberei"])
    datetime.date(2023, 9, 14)
    """
    for line in lines:
        for day, name, month, year in _DAY.findall(line):
            try:
                return date(int(year), _MONTHS.index(name) + 1 if name else int(month), int(day))
            except ValueError:
                continue  # "31. Februar 2020": no date
    return None


def edition_toml(
    title: str,
    first_page: str,
    sections: list[SectionDraft],
    pages: dict[str, tuple[str, str]],
    *,
    programme: str,
    day: date | None,
) -> str:
    """Return the text of a first `edition.toml`; `pages` gives first and last page per section id.

    `programme` is the id of the programme's section, "" if none is printed; `day` the date of the event if it is known.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment("Drafted by `kb import`: please complete event and publication, and correct freely."))
    document.add("title", title)
    if first_page:
        document.add("first_page", first_page)
    event = tomlkit.table()
    event.add("title", title)
    if day:
        event.add("date", day)
    document.add("event", event)
    tables = tomlkit.aot()
    if programme:
        tables.append(_section(SectionDraft(programme, "programme", title="Programm"), pages))
    for draft in sections:
        tables.append(_section(draft, pages))
    document.add("section", tables)
    return tomlkit.dumps(document)


def _section(draft: SectionDraft, pages: dict[str, tuple[str, str]]) -> Table:
    table = tomlkit.table()
    table.add("id", draft.id)
    if draft.heading:
        table.add("heading", draft.heading)
    table.add("title", draft.title or draft.heading or draft.id)
    table.add("kind", draft.kind)
    if draft.time:
        table.add("time", draft.time)
    first, last = pages.get(draft.id, ("", ""))
    if first:
        table.add("pages", first if first == last else f"{first}-{last}")
    for key, roles in _PEOPLE:
        people = [person for role in roles for person in draft.people.get(role, [])]
        if people:
            table.add(key, people)
    return table

"""Writing `edition.toml` for an edition that had none: what the print says of event and outline."""

from __future__ import annotations

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


def edition_toml(
    title: str, first_page: str, sections: list[SectionDraft], pages: dict[str, tuple[str, str]], programme: str
) -> str:
    """Return the text of a first `edition.toml`; `pages` gives first and last page per section id.

    `programme` is the id of the programme's section, "" if none is printed.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment("Drafted by `kb import`: please complete event and publication, and correct freely."))
    document.add("title", title)
    if first_page:
        document.add("first_page", first_page)
    event = tomlkit.table()
    event.add("title", title)
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

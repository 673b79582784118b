"""Writing `edition.toml` for an edition whose facts are known: what `load_outline` reads back."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.toml_text import key_lines, quoted
from kb.model import Edition, Publication, Section

_PEOPLE = ("moderators", "impulse", "speakers", "participants")


def facts_toml(edition: Edition) -> str:
    """Return the text of `edition.toml`: event, publication and outline."""
    event, first = edition.event, {"title": edition.title, "subtitle": edition.subtitle, "language": edition.language}
    lines = key_lines(first)
    lines += ["fictional = true"] if edition.fictional else []
    lines += key_lines({"first_page": edition.first_page, "note": edition.note})
    lines += ["", "[event]", *key_lines({"title": event.title, "date": event.date, "place": event.place})]
    lines += _list_line("organisers", event.organisers)
    lines += _publication(edition.publication)
    for section in edition.sections:
        lines += ["", "[[section]]", *_section(section)]
    return "\n".join(lines) + "\n"


def _publication(publication: Publication) -> list[str]:
    texts = ("title", "publisher", "place", "url", "doi", "isbn", "rights")
    lines = key_lines({name: getattr(publication, name) for name in texts})
    lines += [f"year = {publication.year}"] if publication.year else []
    lines += _list_line("editors", publication.editors)
    return ["", "[publication]", *lines] if lines else []


def _section(section: Section) -> list[str]:
    texts = ("id", "heading", "title", "subtitle", "kind", "time", "note")
    lines = key_lines({name: getattr(section, name) for name in texts})
    lines += key_lines({"pages": "-".join(dict.fromkeys(filter(None, (section.page_first, section.page_last))))})
    return lines + [line for role in _PEOPLE for line in _list_line(role, getattr(section, role))]


def _list_line(name: str, values: Iterable[str]) -> list[str]:
    written = ", ".join(map(quoted, values))
    return [f"{name} = [{written}]"] if written else []

"""A citation as CSL-JSON: the form every style is rendered from and every other format is made of.

Words printed as a person's own are of type `speech`, with the speaker as author. What a report tells of a person is a
`chapter` whose title begins "Bericht zu …"; its author is the person told of, because a reader looks for that name,
`genre` says "laut Bericht zu …" and `note` in a sentence whose words they are. The recorder of both is the editor of
the edition. Where a speaker quotes somebody, the speaker is the author, `original-author` the person quoted, if known.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kb.citation import Citation, forum, section_path, short_name, surname, voice_phrase
from kb.citation_wording import wording
from kb.model import Voice

Name = dict[str, str]


def csl_item(citation: Citation, locale: str = "de") -> dict[str, Any]:
    """Return the citation as one item of CSL-JSON; the words of title, genre and note in German or English.

    What is not known of the edition has no key; no value holds a line break.
    """
    edition, publication, event = citation.edition, citation.edition.publication, citation.edition.event
    title, short = _titles(citation, locale)
    item = {
        "id": citation.key,
        "type": "speech" if citation.voice is Voice.VERBATIM else "chapter",
        "title": title,
        "title-short": short,
        "author": [name_parts(name, known=_is_known(citation, name)) for name in citation.people],
        "original-author": [name_parts(citation.quoted)] if citation.quoted else [],
        "container-title": work_title(citation),
        "editor": [{"literal": _line(editor)} for editor in publication.editors],
        "event-title": event.title,
        "event-place": event.place,
        "event-date": _day(event.date),
        "publisher": publication.publisher,
        "publisher-place": publication.place,
        "issued": {"date-parts": [[publication.year]]} if publication.year else _day(event.date),
        "page": "-".join(dict.fromkeys(filter(None, citation.printed_pages))),
        "genre": voice_phrase(citation, locale),
        "annote": wording(locale).quoted_by if citation.inner and citation.voice is Voice.VERBATIM else "",
        "status": wording(locale).fictional if edition.fictional else "",
        "note": _note(citation, locale),
        "language": edition.language,
        "URL": citation.link,
        "accessed": _day(citation.accessed),
        "DOI": publication.doi,
        "ISBN": publication.isbn,
    }
    return {key: _line(value) if isinstance(value, str) else value for key, value in item.items() if value}


def name_parts(name: str, *, known: bool = True) -> Name:
    """Return a person's name as CSL has it; a form of words that is no name ("Publikum") stays whole.

    >>> name_parts("Ada von der Aue") == {"given": "Ada", "non-dropping-particle": "von der", "family": "Aue"}
    True
    """
    words = name.split()
    if not known or len(words) < 2:
        return {"literal": " ".join(words)}
    *particles, family = surname(name).split()
    given = words[: len(words) - 1 - len(particles)]
    parts = {"given": " ".join(given), "non-dropping-particle": " ".join(particles), "family": family}
    return {key: value for key, value in parts.items() if value}


def _is_known(citation: Citation, name: str) -> bool:
    return any(name in passage.speakers for passage in citation.passages)


def _titles(citation: Citation, locale: str) -> tuple[str, str]:
    """Return the title of the part cited and what of it a reference adds behind the name.

    A section that is named after the speaker gives way to the one above.
    """
    above = section_path(citation)
    if citation.voice is Voice.VERBATIM:
        labels = (section.label for section in above if not any(name in section.title for name in citation.people))
        label = next(labels, "")
        return label or wording(locale).speech, label
    section = forum(citation)
    rest = section.title if section and section.title != short_name(section) else ""
    if citation.voice is not Voice.EDITORIAL and citation.people:
        head = wording(locale).reported.format(short_name(section))
    else:
        head = voice_phrase(citation, locale)
    return ": ".join(part for part in (head, rest) if part), rest


def work_title(citation: Citation) -> str:
    """Return the title of the edition as published, with its subtitle."""
    edition = citation.edition
    if edition.publication.title:
        return edition.publication.title
    return ". ".join(part for part in (edition.title, edition.subtitle) if part)


def _note(citation: Citation, locale: str) -> str:
    """Return whose words these are, in sentences; of several passages also each with its fingerprint."""
    said = wording(locale)
    sentences = [said.said[citation.voice]]
    if citation.inner:
        who = ", ".join(citation.people)
        sentences.append(said.words_of.format(citation.quoted, who) if citation.quoted else said.somebody.format(who))
    if citation.edition.fictional:
        sentences.append(f"{said.fictional[0].upper()}{said.fictional[1:]}.")
    if len(citation.passages) > 1:
        sentences.append(said.passages.format(", ".join(citation.permanent_ids)))
    return " ".join(sentences)


def _day(day: date | None) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}


def _line(text: str) -> str:
    """Return a text on one line: no format here can hold a line break."""
    return " ".join(text.split())

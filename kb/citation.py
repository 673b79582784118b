"""Citations: a printable reference to a passage, the words as they may be quoted, and a link that holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.model import Edition, Kind, Passage, Publication, Role, Section, Voice

STYLES = ("fussnote",)
LONG = 400
"""Quotations of more characters than this stand by themselves; `Citation.text` is then the reference alone."""

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_ROLES = {
    Role.MODERATOR: "Moderation",
    Role.AUDIENCE: "Publikum",
    Role.PODIUM_GUEST: "Podiumsgast",
}
_KINDS = {
    Kind.DISCUSSION: "Diskussion",
    Kind.SUMMARY: "Zusammenfassung",
    Kind.THESES: "Thesen",
    Kind.QUESTIONS: "Leitfragen",
    Kind.PROGRAMME: "Programm",
    Kind.SESSION_INFO: "Angaben zur Veranstaltung",
    Kind.FOOTNOTE: "Fußnote",
    Kind.CAPTION: "Bildunterschrift",
    Kind.INTERJECTION: "Zwischenruf",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage cited in one style, free of HTML.

    `reference` says who, where and on which page, and ends in `link`; `quotation` is the words as they may be handed
    out (see `quotable_text`).
    """

    style: str
    reference: str
    quotation: str
    link: str

    @property
    def text(self) -> str:
        """Quotation and reference; for a long passage the reference alone."""
        return self.reference if len(self.quotation) > LONG else f"{self.quotation} – {self.reference}"


def cite(passage: Passage, edition: Edition, *, base_url: str) -> Citation:
    """Return the citation of a passage in the style "fussnote"; links start with `base_url`."""
    link = permanent_link(passage, base_url=base_url)
    parts = [
        attribution(passage, edition),
        _place(passage, edition),
        f"in: {_work(edition)}{_event(edition)}",
        _imprint(edition.publication),
        pages(passage.page_first, passage.page_last),
    ]
    reference = ", ".join(part for part in parts if part)
    if edition.fictional:
        reference += " (fiktives Beispiel)"
    return Citation("fussnote", f"{reference}, {link}", quotable_text(passage), link)


def permanent_link(passage: Passage, *, base_url: str) -> str:
    """Return the address of a passage with the fingerprint of its words."""
    return f"{base_url.rstrip('/')}/{passage.id}~{passage.fingerprint}"


def quotable_text(passage: Passage) -> str:
    """Return the words of a passage as they may be handed out; the one place of the voice rule.

    Only what is printed as somebody's own words comes in quotation marks. The wording of a report is marked as
    the report's and is never made to look like the words of the person it tells of.
    """
    words = " ".join(passage.text.split())
    if passage.voice is Voice.VERBATIM:
        return f"„{nest_quotes(words)}“"
    if passage.voice is Voice.EDITORIAL:
        return f"Wortlaut der Redaktion: {words}"
    return f"Wortlaut des Berichts: {words}"


def nest_quotes(words: str) -> str:
    """Return `words` with their quotation marks turned into inner ones.

    >>> nest_quotes('Sie sagte: „Gut.“ Er: "Na ja."')
    'Sie sagte: ‚Gut.‘ Er: ‚Na ja.‘'
    """
    nested = words.translate(str.maketrans("„“”»«", "‚‘‘›‹"))
    pieces = nested.split('"')
    if len(pieces) % 2 == 0:
        return nested
    return pieces[0] + "".join(("‚" if position % 2 else "‘") + piece for position, piece in enumerate(pieces[1:], 1))


def attribution(passage: Passage, edition: Edition) -> str:
    """Return whose words these are, as a citation says it.

    A person is named alone only for verbatim words; a report of a person's words is named as what it is:
    "Kai Unzicker, laut Bericht zu Dialogforum 2".
    """
    section = _forum(passage, edition)
    forum = _short_name(section)
    who = ", ".join(passage.speakers) or passage.speaker_printed or ""
    role = _ROLES.get(passage.role, "") if passage.role else ""
    if passage.voice is Voice.VERBATIM:
        named = who or "Ohne Namen"
        return f"{named} ({role})" if role and role != who else named
    what = _KINDS.get(passage.kind, "Bericht")
    if passage.voice is Voice.EDITORIAL:
        return f"{what}, {forum}" if forum and forum != what else what
    if who:
        return f"{who}, laut Bericht zu {forum}"
    where = f"in {forum}" if section and section.kind == "forum" else f"({forum})"
    return f"{what} {where}, laut Bericht"


def pages(first: str, last: str) -> str:
    """Return printed pages as a citation names them; empty if there are none.

    >>> pages("16", "16"), pages("20", "21"), pages("20", "23"), pages("iv", "v")
    ('S. 16', 'S. 20 f.', 'S. 20–23', 'S. iv–v')
    """
    if not first:
        return ""
    if not last or last == first:
        return f"S. {first}"
    if first.isdecimal() and last.isdecimal() and int(last) == int(first) + 1:
        return f"S. {first} f."
    return f"S. {first}–{last}"


def _forum(passage: Passage, edition: Edition) -> Section | None:
    """Return the nearest forum the passage stands in, else its top-level section."""
    above = _path(passage.section, edition)
    return next((section for section in above if section.kind == "forum"), above[-1] if above else None)


def _path(section_id: str, edition: Edition) -> list[Section]:
    """Return the section and those it lies in, innermost first."""
    ids = section_id.split("/")
    sections = (edition.section("/".join(ids[:depth])) for depth in range(len(ids), 0, -1))
    return [section for section in sections if section is not None]


def _short_name(section: Section | None) -> str:
    return (section.heading or section.title) if section else ""


def _place(passage: Passage, edition: Edition) -> str:
    """Return the section as the reference adds it: by its full name after a speaker, by its title after a report.

    A section that is named after the speaker gives way to the one above.
    """
    if passage.voice is not Voice.VERBATIM:
        forum = _forum(passage, edition)
        return forum.title if forum and forum.title != _short_name(forum) else ""
    above = _path(passage.section, edition)
    named = (section.label for section in above if not any(name in section.title for name in passage.speakers))
    return next(named, "")


def _work(edition: Edition) -> str:
    title = edition.publication.title or edition.title
    subtitle = edition.subtitle if not edition.publication.title else ""
    name = ". ".join(part for part in (title, subtitle) if part)
    editors = ", ".join(edition.publication.editors)
    return f"{name}, hrsg. von {editors}" if editors else name


def _event(edition: Edition) -> str:
    """Return the event in brackets, by its title only if the work has another."""
    event = edition.event
    title = event.title if event.title not in (edition.title, edition.publication.title) else ""
    parts = (title, event.place, german_date(event.date) if event.date else "")
    told = ", ".join(part for part in parts if part)
    return f" ({told})" if told else ""


def german_date(day: date) -> str:
    """Return a date as German prose writes it.

    >>> german_date(date(2018, 12, 10))
    '10. Dezember 2018'
    """
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def _imprint(publication: Publication) -> str:
    """Return place, publisher and year: "Berlin: Verlag 2019"."""
    publisher = ": ".join(part for part in (publication.place, publication.publisher) if part)
    return " ".join(part for part in (publisher, str(publication.year or "")) if part)

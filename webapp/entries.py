"""From a passage to what is printed of it: on a reading page, among hits, in a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.labels import heading, kind_word, role_word, voice_word
from kb.model import Edition, Kind, Passage, Section
from kb.results import Hit, Search
from kb.translation import N_
from kb.translation import gettext as _
from webapp import urls
from webapp.library import Library, event_link, event_name
from webapp.parts import Entry, Heading, Link, OutlineNode, Row, ThemeNote
from webapp.prose import excerpt, paragraphs
from webapp.search_parts import HitEntry
from webapp.typography import printed_pages

_DEEPEST = 6
_PARTS_OF_PEOPLE = (
    ("moderators", N_("Moderation")),
    ("impulse", N_("Impuls")),
    ("speakers", N_("Mit")),
    ("participants", N_("Teilnehmende")),
)


def name_links(passage: Passage) -> tuple[Link, ...]:
    """Return the people a passage is attributed to, linked; the printed name, unlinked, if it is nobody known."""
    if not passage.speaker_ids:
        return (Link(passage.speaker_printed, ""),) if passage.speaker_printed else ()
    return tuple(
        Link(name, urls.person_path(person)) for person, name in zip(passage.speaker_ids, passage.speakers, strict=True)
    )


def entry(library: Library, passage: Passage, notes: dict[str, str]) -> Entry:
    """Return a passage as it stands on a page; `notes` leads from a footnote label to its place."""
    return Entry(
        passage=passage,
        path=urls.passage_path(passage),
        names=name_links(passage),
        office=_office(library, passage),
        role=role_word(passage.role) if passage.role else "",
        voice=voice_word(passage.voice),
        pages=printed_pages(passage.page_first, passage.page_last),
        paragraphs=paragraphs(passage.text, passage.marks),
        notes=notes,
    )


def _office(library: Library, passage: Passage) -> str:
    """Return the office of a single speaker; several have no room in a margin."""
    if len(passage.speaker_ids) != 1:
        return ""
    return library.office(passage.speaker_ids[0], passage.edition)


def note_paths(passages: Iterable[Passage], *, on_page: bool) -> dict[str, str]:
    """Return where each footnote label leads: to an anchor of this page, or to the page of the footnote."""
    return {
        footnote.list_mark: f"#{footnote.locator.anchor}" if on_page else urls.passage_path(footnote)
        for footnote in passages
        if footnote.kind is Kind.FOOTNOTE and footnote.list_mark
    }


def reading_entries(library: Library, edition: Edition, section: Section, passages: Sequence[Passage]) -> list[Entry]:
    """Return the passages of a reading page with the headings that open above them and changes of speaker told.

    Office and role of a person are told once.
    """
    notes = note_paths(passages, on_page=True)
    entries = []
    introduced = set()
    above: Passage | None = None
    for passage in passages:
        headings = _opening_headings(edition, section, above, passage)
        opens = bool(headings) or above is None or _whose(above) != _whose(passage)
        printed = replace(entry(library, passage, notes), headings=headings, opens=opens)
        entries.append(replace(printed, office="", role="") if _whose(passage) in introduced else printed)
        introduced.add(_whose(passage))
        above = passage
    return entries


def _whose(passage: Passage) -> tuple[object, ...]:
    return (passage.speaker_ids or passage.speaker_printed, passage.role, passage.voice)


def _opening_headings(
    edition: Edition, page_section: Section, above: Passage | None, passage: Passage
) -> tuple[Heading, ...]:
    """Return the section titles and sub-headings that stand between two passages of a reading page."""
    opened: list[Heading] = []
    new_section = above is None or above.section != passage.section
    depth = passage.section.count("/") - page_section.id.count("/")
    if new_section:
        before = above.section if above else page_section.id
        opened += _section_headings(edition, page_section, before, passage.section)
    known = () if new_section or above is None else above.headings
    changed = False
    for position, text in enumerate(passage.headings):
        changed = changed or position >= len(known) or known[position] != text
        if changed:
            anchor = f"titel-{position + 1}-{passage.locator.anchor}"
            opened.append(Heading(min(depth + position + 2, _DEEPEST), text, anchor=anchor))
    return tuple(opened)


def _section_headings(edition: Edition, page_section: Section, before: str, here: str) -> list[Heading]:
    """Return the titles of the sections that open at `here`, from the outermost inwards."""
    opened = []
    steps = here.split("/")
    for length in range(page_section.id.count("/") + 2, len(steps) + 1):
        section_id = "/".join(steps[:length])
        if before == section_id or before.startswith(f"{section_id}/"):
            continue
        section = edition.section(section_id)
        level = length - page_section.id.count("/")
        path = urls.section_path(edition.id, section_id)
        opened.append(Heading(min(level, _DEEPEST), section.label if section else section_id, path, steps[length - 1]))
    return opened


def theme_notes(library: Library, passage: Passage) -> tuple[ThemeNote, ...]:
    """Return the themes of a passage with the words that earned them."""
    return tuple(
        ThemeNote(library.label("theme", tag.theme), urls.theme_path(tag.theme), tag.reason, tag.by_hand)
        for tag in passage.themes
    )


def hit_entry(library: Library, hit: Hit, asked: Search) -> HitEntry:
    """Return a hit of a search as the search page prints it."""
    passage = hit.passage
    return HitEntry(
        passage=passage,
        path=urls.passage_path(passage),
        section_path=urls.reading_path(passage),
        names=name_links(passage),
        office=_office(library, passage),
        role=role_word(passage.role) if passage.role else "",
        voice=voice_word(passage.voice),
        kind=kind_word(passage.kind),
        pages=printed_pages(passage.page_first, passage.page_last),
        event=event_name(library.edition(passage.edition)),
        snippet=hit.snippet,
        themes=theme_notes(library, passage),
        in_forum=_narrower(library, passage, asked),
        language=library.edition(passage.edition).language,
    )


def _narrower(library: Library, passage: Passage, asked: Search) -> Link | None:
    """Return the same search in the forum of a passage alone; None if it is searched there alone already."""
    section = library.section(passage.edition, passage.section.partition("/")[0])
    narrower = urls.narrowed(asked, "forum", passage.forum)
    return None if narrower.filters == asked.filters else Link(_in_section(section), urls.search_path(narrower))


def row(library: Library, passage: Passage, *, theme: str = "") -> Row:
    """Return a passage as a line of a list; with the reason for `theme` if the list is about one."""
    return Row(
        passage=passage,
        path=urls.passage_path(passage),
        section=passage.section_title,
        event=event_name(library.edition(passage.edition)),
        pages=printed_pages(passage.page_first, passage.page_last),
        voice=voice_word(passage.voice),
        excerpt=excerpt(passage.text),
        names=", ".join(passage.speakers) or passage.speaker_printed or "",
        reason=next((tag.reason for tag in passage.themes if tag.theme == theme and not tag.by_hand), ""),
    )


def section_people(library: Library, section: Section) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Return who was named for a section and as what: ("Moderation", (…))."""
    return tuple(
        (heading(word), tuple(person_link(library, person) for person in getattr(section, part)))
        for part, word in _PARTS_OF_PEOPLE
        if getattr(section, part)
    )


def person_link(library: Library, speaker_id: str, *, edition_id: str = "", count: int | None = None) -> Link:
    """Return a person's name with the way to the person's page."""
    name = library.label("speaker", speaker_id)
    return Link(name, urls.person_path(speaker_id), library.office(speaker_id, edition_id), count)


def outline(library: Library, edition: Edition, with_words: frozenset[str]) -> tuple[OutlineNode, ...]:
    """Return the outline of an edition in order; `with_words` are the sections that have passages in or below."""
    return tuple(
        OutlineNode(
            section=section,
            path=urls.section_path(edition.id, section.id),
            depth=section.id.count("/"),
            pages=printed_pages(section.page_first, section.page_last),
            has_words=section.id in with_words,
            people=section_people(library, section),
            search=forum_search(library, edition, section) if "/" not in section.id else None,
        )
        for section in edition.sections
    )


def forum_search(library: Library, edition: Edition, section: Section) -> Link | None:
    """Return the way to search in the top-level section that a section is or stands in; None if nothing is there."""
    forum = f"{edition.id}/{section.id.partition('/')[0]}"
    count = library.counts("forum").get(forum, 0)
    top = edition.section(section.id.partition("/")[0]) or section
    return Link(_in_section(top), urls.search_path(urls.filtered("forum", forum)), count=count) if count else None


def _in_section(section: Section) -> str:
    return _("In diesem Forum suchen") if section.kind == "forum" else _("In diesem Abschnitt suchen")


def crumbs(edition: Edition, section_id: str, *, include_last: bool) -> tuple[Link, ...]:
    """Return the way from the edition down to a section."""
    steps = section_id.split("/")
    ids = ["/".join(steps[:length]) for length in range(1, len(steps) + 1)]
    sections = [edition.section(one) for one in (ids if include_last else ids[:-1])]
    way = [
        Link(section.label, urls.section_path(edition.id, section.id), language=edition.language)
        for section in sections
        if section
    ]
    return (event_link(edition), *way)

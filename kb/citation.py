"""Citations: what is cited, whose words these are, on which page, and a link that holds.

A `Citation` holds facts alone. `kb.csl` says them as CSL-JSON, `kb.citation_formats` in all other formats made for
programs, `kb.styling` as a printed reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.citation_wording import wording
from kb.errors import CitationError
from kb.inner_quotes import InnerQuotation, quotation_around
from kb.model import CONTENT_KINDS, Edition, Passage, Section, Voice

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_ENGLISH_INNER = str.maketrans("‚‘›‹", "‘’‘’")
_ENGLISH_PAIR = re.compile("“([^„“”]*)”")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words chosen from what is cited, "[…]" where some are left out, and the first and last printed page they are on.

    Pages that do not follow each other in one go are told as one label: ("16 und 18", "").
    """

    words: str
    pages: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage, several of one section, or a selection of words inside one, with all that a reference needs.

    `selection` are [start, end) code points of the text of the one passage. `inner` is the quotation inside the passage
    that the selection lies in: then `quoted` is whose words these are, "" if that is not certain. Of an `excerpt` only
    the words are quoted.
    """

    passages: tuple[Passage, ...]
    edition: Edition
    link: str
    accessed: date | None = None
    selection: tuple[int, int] | None = None
    inner: InnerQuotation | None = None
    quoted: str = ""
    excerpt: Excerpt | None = None

    @property
    def passage(self) -> Passage:
        """The passage cited, the first of several."""
        return self.passages[0]

    @property
    def key(self) -> str:
        """A name for the citation that no other place has: "tagung-2024:forum-1:3-5", fit for BibTeX."""
        key = self.passage.id.replace("/", ":")
        if len(self.passages) > 1:
            key += f"-{self.passages[-1].locator.ordinal}"
        return f"{key}:{self.selection[0]}-{self.selection[1]}" if self.selection else key

    @property
    def voice(self) -> Voice:
        """Whose words are cited; of report and discussion together: reported."""
        voices = {passage.voice for passage in self.passages}
        return Voice.REPORTED if len(voices) > 1 else self.passage.voice

    @property
    def people(self) -> tuple[str, ...]:
        """The names of those whose words these are, or are told; as printed if nobody is known."""
        named = [name for passage in self.passages for name in passage.speakers or (passage.speaker_printed or "",)]
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def words(self) -> str:
        """The words cited, on one line."""
        if self.excerpt:
            return self.excerpt.words
        if self.selection:
            start, end = self.selection
            return " ".join(self.passage.text[start:end].split())
        return " ".join(word for passage in self.passages for word in passage.text.split())

    @property
    def printed_pages(self) -> tuple[str, str]:
        """The printed labels of the first and the last page."""
        if self.excerpt:
            return self.excerpt.pages
        if not self.selection:
            return self.passage.page_first, self.passages[-1].page_last
        start, end = self.selection
        turned = [mark for mark in self.passage.marks if mark.kind == "page"]
        before = [mark.label for mark in turned if mark.offset <= start]
        within = [mark.label for mark in turned if mark.offset < end]
        first = self.passage.page_first
        return (before or [first])[-1], (within or [first])[-1]

    @property
    def permanent_ids(self) -> tuple[str, ...]:
        """The locator of each passage with the fingerprint of its words."""
        return tuple(f"{passage.id}~{passage.fingerprint}" for passage in self.passages)

    def bare_quotation(self, locale: str = "de") -> str:
        """Return the words as they may be handed out where the reference follows at once."""
        return quotable_text(self.passage, self.words, locale=locale)

    def quotation(self, locale: str = "de") -> str:
        """Return the words as they may be handed out, never without whose they are unless they are a person's own.

        What a report tells ends in its source: "… (Muster, laut Bericht zu Forum 1, S. 5)".
        """
        quoted = self.bare_quotation(locale)
        if self.voice is Voice.VERBATIM:
            return quoted
        surnames = ", ".join(map(surname, self.people))
        source = (surnames, voice_phrase(self, locale), pages(*self.printed_pages, locale=locale))
        return f"{quoted} ({', '.join(part for part in source if part)})"


def cite(
    passages: Passage | Sequence[Passage],
    edition: Edition,
    *,
    base_url: str,
    accessed: date | None = None,
    selection: tuple[int, int] | None = None,
    quoted: str = "",
    link: str = "",
    excerpt: Excerpt | None = None,
) -> Citation:
    """Return the citation of a passage, of several of one section, or of the words `selection` inside one.

    `quoted` names who is quoted where the selection lies in a quotation inside the passage; without it the name is
    read from the words before, if they are certain. The link starts with `base_url` unless `link` is given.

    Raises:
        CitationError: the passages cannot be cited as one, or the selection is not inside the one passage.
    """
    cited = (passages,) if isinstance(passages, Passage) else _citable(tuple(passages))
    inner = _selected(cited, selection) if selection else None
    if selection and inner:
        selection = max(selection[0], inner.start), min(selection[1], inner.end)
    if quoted and inner is None:
        raise CitationError(f"{cited[0].id}: the words cited lie in no quotation, so {quoted!r} cannot be quoted there")
    return Citation(
        passages=cited,
        edition=edition,
        link=link or permanent_link(cited[0], base_url=base_url),
        accessed=accessed,
        selection=selection,
        inner=inner,
        quoted=" ".join(quoted.split()) or (inner.speaker if inner else ""),
        excerpt=excerpt,
    )


def _citable(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return the passages of a range without pictures and notes between them; all of them if there is nothing else."""
    if not passages:
        raise CitationError("nothing to cite: the range holds no passage")
    cited = tuple(passage for passage in passages if passage.kind in CONTENT_KINDS) or passages
    places = {(passage.edition, passage.section) for passage in cited}
    if len(places) > 1:
        raise CitationError(f"{cited[0].id} to {cited[-1].id}: a citation stays in one section; cite each by itself")
    voices = {passage.voice for passage in cited}
    if len(voices) > 1 and voices != {Voice.REPORTED, Voice.COLLECTIVE}:
        raise CitationError(f"{cited[0].id} to {cited[-1].id}: a person's own words and others'; cite each by itself")
    speakers = list(dict.fromkeys(passage.speakers or (passage.speaker_printed or "",) for passage in cited))
    if len(speakers) > 1 and Voice.VERBATIM in voices:
        names = ", ".join(name for group in speakers for name in group if name)
        raise CitationError(f"{cited[0].id} to {cited[-1].id}: several speakers ({names}); cite each by itself")
    return cited


def _selected(cited: tuple[Passage, ...], selection: tuple[int, int]) -> InnerQuotation | None:
    """Return the quotation inside the passage that the selection lies in."""
    start, end = selection
    text = cited[0].text
    if len(cited) > 1 or not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise CitationError(f"{cited[0].id}: {start}–{end} selects no words of one passage of {len(text)} characters")
    return quotation_around(text, start, end)


def permanent_link(passage: Passage, *, base_url: str) -> str:
    """Return the address of a passage with the fingerprint of its words."""
    return f"{base_url.rstrip('/')}/{passage.id}~{passage.fingerprint}"


def quotable_text(passage: Passage, words: str | None = None, *, locale: str = "de") -> str:
    """Return the words of a passage, or `words` chosen from it, as they may be handed out; the one place of the rule.

    Only what is printed as somebody's own words comes in quotation marks. The wording of a report is marked as
    the report's and is never made to look like the words of the person it tells of.
    """
    said = wording(locale)
    chosen = " ".join((passage.text if words is None else words).split())
    if passage.voice is not Voice.VERBATIM:
        return f"{said.marked[passage.voice]}{chosen}"
    opening, closing = said.quotes
    if locale != "en":
        return f"{opening}{nest_quotes(chosen)}{closing}"
    return f"{opening}{nest_quotes(chosen).translate(_ENGLISH_INNER)}{closing}"


def nest_quotes(words: str) -> str:
    """Return `words` with their quotation marks turned into inner ones.

    >>> nest_quotes('Sie sagte: „Gut.“ Er: "Na ja."')
    'Sie sagte: ‚Gut.‘ Er: ‚Na ja.‘'

    “ closes a German quotation and opens an English one, so pairs are looked for.
    """
    nested = _ENGLISH_PAIR.sub(r"„\1“", words).translate(str.maketrans("„“”»«", "‚‘‘›‹"))
    pieces = nested.split('"')
    if len(pieces) % 2 == 0:
        return nested
    return pieces[0] + "".join(("‚" if position % 2 else "‘") + piece for position, piece in enumerate(pieces[1:], 1))


def surname(name: str) -> str:
    """Return a person's last name with the small words that belong to it.

    >>> surname("Ada Beispiel"), surname("Ada von der Aue")
    ('Beispiel', 'von der Aue')
    """
    words = name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].islower():
        first -= 1
    return " ".join(words[first:])


def voice_phrase(citation: Citation, locale: str = "de") -> str:
    """Return what a reference says of words that are nobody's own, or of the part a speaker had beside speaking.

    "laut Bericht zu Dialogforum 2" behind a name, "Diskussion in Forum 1, laut Bericht" without one, "Moderation".
    """
    said = wording(locale)
    passage, section = citation.passage, forum(citation)
    if citation.voice is Voice.VERBATIM:
        role = said.roles.get(passage.role, "") if passage.role else ""
        return "" if role in citation.people else role
    name = short_name(section)
    what = said.kinds.get(passage.kind, said.report)
    if citation.voice is Voice.EDITORIAL:
        return f"{what}, {name}" if name and name != what else what
    if citation.people:
        return said.according_to.format(name)
    form = said.in_forum if section and section.kind == "forum" else said.in_section
    return form.format(what, name)


def forum(citation: Citation) -> Section | None:
    """Return the nearest forum the words stand in, else the top-level section."""
    above = section_path(citation)
    return next((section for section in above if section.kind == "forum"), above[-1] if above else None)


def section_path(citation: Citation) -> list[Section]:
    """Return the section of the words and those it lies in, innermost first."""
    ids = citation.passage.section.split("/")
    sections = (citation.edition.section("/".join(ids[:depth])) for depth in range(len(ids), 0, -1))
    return [section for section in sections if section is not None]


def short_name(section: Section | None) -> str:
    """Return how a section is called in a line: by its printed heading, else its title."""
    return (section.heading or section.title) if section else ""


def pages(first: str, last: str, *, locale: str = "de") -> str:
    """Return printed pages as a citation names them; empty if there are none.

    >>> pages("16", "16"), pages("20", "21"), pages("20", "23"), pages("iv", "v")
    ('S. 16', 'S. 20 f.', 'S. 20–23', 'S. iv–v')
    >>> pages("16", "16", locale="en"), pages("20", "21", locale="en")
    ('p. 16', 'pp. 20–21')
    """
    span = page_span(first, last, locale=locale)
    if not span:
        return ""
    if locale == "en":
        return f"pp. {span}" if last and last != first else f"p. {span}"
    return f"S. {span}"


def page_span(first: str, last: str, *, locale: str = "de") -> str:
    """Return printed pages without the word for page: "20 f.", "20–23"."""
    if not first or not last or last == first:
        return first
    if locale != "en" and first.isdecimal() and last.isdecimal() and int(last) == int(first) + 1:
        return f"{first} f."
    return f"{first}–{last}"


def german_date(day: date) -> str:
    """Return a date as German prose writes it.

    >>> german_date(date(2018, 12, 10))
    '10. Dezember 2018'
    """
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"

"""The words of the domain as frozen dataclasses: edition, section, speaker, passage, locator.

Everything here is plain and immutable; reading and writing files is done by `kb.edition` and `kb.people`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from kb.locator import Locator, fingerprint


class Voice(StrEnum):
    """Whose words a passage is made of."""

    VERBATIM = "verbatim"
    REPORTED = "reported"
    COLLECTIVE = "collective"
    EDITORIAL = "editorial"


class Role(StrEnum):
    """What a person was in this place."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"
    PANELIST = "panelist"
    IMPULSE = "impulse"
    AUDIENCE = "audience"
    PODIUM_GUEST = "podium_guest"
    RAPPORTEUR = "rapporteur"


class Kind(StrEnum):
    """What sort of text a passage is; the second group is apparatus and never anybody's statement."""

    SPEECH = "speech"
    TURN = "turn"
    REPORTED = "reported"
    DISCUSSION = "discussion"
    QUESTIONS = "questions"
    THESES = "theses"
    SUMMARY = "summary"

    PROGRAMME = "programme"
    SESSION_INFO = "session_info"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    INTERJECTION = "interjection"


CONTENT_KINDS = frozenset(
    {Kind.SPEECH, Kind.TURN, Kind.REPORTED, Kind.DISCUSSION, Kind.QUESTIONS, Kind.THESES, Kind.SUMMARY}
)
"""Kinds that carry what was said; all others are apparatus."""

SEARCHED_KINDS = CONTENT_KINDS | {Kind.PROGRAMME, Kind.SESSION_INFO, Kind.FOOTNOTE}
"""Kinds that a search looks through; captions and interjections are shown where they stand but not found."""

SECTION_KINDS = frozenset(
    {
        "programme",
        "welcome",
        "greeting",
        "keynote",
        "panel",
        "forum",
        "talk",
        "speech",
        "discussion",
        "summary",
        "part",
    }
)


def default_voice(kind: Kind, *, has_speaker: bool) -> Voice:
    """Return the voice a kind has unless the corpus says otherwise.

    >>> default_voice(Kind.THESES, has_speaker=True)
    <Voice.REPORTED: 'reported'>
    """
    if kind in (Kind.SPEECH, Kind.TURN):
        return Voice.VERBATIM
    if kind in (Kind.REPORTED, Kind.THESES, Kind.DISCUSSION, Kind.SUMMARY):
        return Voice.REPORTED if has_speaker else Voice.COLLECTIVE
    return Voice.EDITORIAL


@dataclass(frozen=True, slots=True)
class Mark:
    """Something printed at a place inside the words: a page begins, or a footnote is called.

    `offset` counts code points of the passage's text; `kind` is "page" or "note"; `label` is what is printed.
    """

    offset: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class ThemeTag:
    """A theme of a passage and the words that earned it; `by_hand` if a person set it in the corpus.

    `weight` says how much more they earned than was needed; it is known while an index is built.
    """

    theme: str
    reason: str
    by_hand: bool = False
    weight: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a passage is attributed as it is.

    `rule` names the rule that decided, `printed` is the name as it stood there, `read_from` are the characters
    ([start, end) code points of the source) the rule read it from, `confidence` runs from 0 to 1,
    `doubt` says in words what is uncertain.
    """

    rule: str
    confidence: float
    read_from: tuple[tuple[int, int], ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file an edition was imported from."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Passage:
    """The smallest attributed text: a paragraph of a speech, a turn, a list point. Verbatim and frozen.

    `text` holds the printed words, line ends mended, paragraphs of one turn parted by a blank line; neither label
    nor list mark nor footnote marks. `order` is the place in reading order within the edition, from 0.
    `speakers` and `speaker_ids` run in parallel; most passages have one speaker or none. `source_id` is the id the
    source itself gives the passage, "" if it gives none.
    """

    locator: Locator
    order: int
    kind: Kind
    voice: Voice
    text: str
    page_first: str
    page_last: str
    section_title: str
    speaker_ids: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    speaker_printed: str | None = None
    role: Role | None = None
    headings: tuple[str, ...] = ()
    list_mark: str | None = None
    marks: tuple[Mark, ...] = ()
    themes: tuple[ThemeTag, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    source: SourceFile | None = None
    source_id: str = ""
    evidence: Evidence | None = None

    @property
    def id(self) -> str:
        """The locator as text."""
        return str(self.locator)

    @property
    def edition(self) -> str:
        return self.locator.edition

    @property
    def section(self) -> str:
        """Id path of the section."""
        return self.locator.section

    @property
    def forum(self) -> str:
        """Id path of the top-level section with its edition: the value of the facet `forum`."""
        return f"{self.locator.edition}/{self.locator.section.partition('/')[0]}"

    @property
    def speaker_id(self) -> str | None:
        return self.speaker_ids[0] if self.speaker_ids else None

    @property
    def speaker(self) -> str | None:
        return self.speakers[0] if self.speakers else None

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.text)


@dataclass(frozen=True, slots=True)
class Office:
    """What a person was at the time of one edition: office and organisation as printed there."""

    edition: str
    office: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Authority entry for one person; `printed` lists every form seen in print, misprints included."""

    id: str
    name: str
    title: str = ""
    offices: tuple[Office, ...] = ()
    printed: tuple[str, ...] = ()
    misprints: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def surname(self) -> str:
        """The last word of the name: what a list is sorted by."""
        return self.name.split()[-1]

    def office_in(self, edition: str) -> Office | None:
        """Return the office the person held at the time of `edition`, or None."""
        return next((office for office in self.offices if office.edition == edition), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A node of an edition's outline. `id` is the path (`begruessung/kuehl`); people are speaker ids."""

    id: str
    title: str
    kind: str
    heading: str = ""
    subtitle: str = ""
    time: str = ""
    page_first: str = ""
    page_last: str = ""
    moderators: tuple[str, ...] = ()
    impulse: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    note: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def label(self) -> str:
        """How a list names the section: printed heading and title, once if they are the same."""
        if self.heading and self.heading != self.title:
            return f"{self.heading}: {self.title}"
        return self.title

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody named for this section, in the order moderators, impulse, speakers, participants."""
        return tuple(dict.fromkeys(self.moderators + self.impulse + self.speakers + self.participants))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a section as a reader counts it off the print: so many paragraphs of a kind, by a person."""

    kind: Kind
    paragraphs: int
    speaker: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """The conference an edition belongs to."""

    title: str
    date: date | None = None
    place: str = ""
    organisers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """How an edition was published."""

    title: str = ""
    publisher: str = ""
    place: str = ""
    year: int | None = None
    editors: tuple[str, ...] = ()
    url: str = ""
    doi: str = ""
    isbn: str = ""
    rights: str = ""


@dataclass(frozen=True)
class Edition:
    """One published proceedings: facts, outline and, if its words are here, passages in reading order."""

    id: str
    title: str
    event: Event
    publication: Publication
    sections: tuple[Section, ...]
    subtitle: str = ""
    language: str = "de"
    fictional: bool = False
    first_page: str = ""
    note: str = ""
    passages: tuple[Passage, ...] = ()
    source: SourceFile | None = None

    @property
    def year(self) -> int | None:
        """The year of the event; of the publication if the event has no date."""
        return self.event.date.year if self.event.date else self.publication.year

    @cached_property
    def _sections_by_id(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.sections}

    def section(self, section_id: str) -> Section | None:
        """Return the section with this id path, or None."""
        return self._sections_by_id.get(section_id)


@dataclass(frozen=True, slots=True)
class Theme:
    """A controlled term of `themes.toml`: `cues` earn it, `misleading` words only look as if they did.

    A sentence with an `unless` word earns it nothing.
    """

    id: str
    label_de: str
    label_en: str
    scope_note: str
    cues: tuple[str, ...] = ()
    misleading: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """All editions with the authority files they share; a consistent snapshot, validated when loaded."""

    editions: tuple[Edition, ...]
    speakers: Mapping[str, Speaker]
    themes: Mapping[str, Theme]

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(passage for edition in self.editions for passage in edition.passages)

    def edition(self, edition_id: str) -> Edition | None:
        """Return the edition with this id, or None."""
        return next((edition for edition in self.editions if edition.id == edition_id), None)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of all words and attributions: two corpora with the same one answer alike."""
        digest = hashlib.sha256()
        for passage in self.passages:
            themes = ",".join(tag.theme for tag in passage.themes)
            row = (
                passage.id,
                passage.fingerprint,
                passage.voice,
                passage.kind,
                passage.role or "",
                themes,
                " ".join(passage.speaker_ids),
                passage.page_first,
                passage.page_last,
            )
            digest.update("\t".join(row).encode() + b"\n")
        return digest.hexdigest()[:12]

"""What pages are made of: the parts their templates print, as frozen dataclasses without HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.model import Edition, Passage, Section, Speaker
from kb.word_diff import Piece as DiffPiece
from webapp.prose import Piece


@dataclass(frozen=True, slots=True)
class Link:
    """Something with a name that leads somewhere; `note` is said beside it, `count` tells how many.

    `language` is that of a name taken from the corpus; empty for the interface's own words.
    """

    label: str
    path: str
    note: str = ""
    count: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a link somebody followed: `title` and `text`, the words then and now, and where they went."""

    title: str
    text: str
    changed: bool = True
    diff: tuple[DiffPiece, ...] = ()
    places: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that happened to a passage: the day, what it was in words, and the words before and after."""

    day: str
    told: str
    places: tuple[Link, ...] = ()
    diff: tuple[DiffPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a reading page; one that opens a section has a `path`, too."""

    level: int
    text: str
    path: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ThemeNote:
    """A theme a passage was given, with the words that earned it."""

    label: str
    path: str
    reason: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as it is printed on a page, with what its margin says.

    `headings` open above it; `names` link the people whose words these are. `opens` is true where the margin must say
    who speaks, because somebody else spoke before; `office` and `role` are empty where they were told. `voice` is the
    word for the voice, `notes` leads from a footnote label to its place.
    """

    passage: Passage
    path: str
    names: tuple[Link, ...]
    office: str
    role: str
    voice: str
    pages: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    notes: dict[str, str]
    headings: tuple[Heading, ...] = ()
    opens: bool = True


@dataclass(frozen=True, slots=True)
class CorpusNote:
    """Which corpus was searched: editions and all with their number of passages, fingerprint, day of the index."""

    editions: tuple[Link, ...]
    passages: int
    fingerprint: str
    built: str


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An edition on the start page."""

    edition: Edition
    path: str
    date: str
    passages: int
    people: int


@dataclass(frozen=True, slots=True)
class AdditionRow:
    """What was added to the collection on a day: the events with new or changed words, all passages then, version."""

    day: str
    new: tuple[Link, ...]
    revised: tuple[Link, ...]
    passages: int
    version: str


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A section in the outline of an edition; `depth` 0 is the top, `people` say who was named for it and as what.

    `search` leads to the search in it, with its number of passages; None where that finds nothing.
    """

    section: Section
    path: str
    depth: int
    pages: str
    has_words: bool
    people: tuple[tuple[str, tuple[Link, ...]], ...]
    search: Link | None


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a passage is attributed as it is, in words; `sure` is false where somebody should look again."""

    rule: str
    certainty: str
    sure: bool
    doubt: str


@dataclass(frozen=True, slots=True)
class CitationForm:
    """A citation in one more style or format, ready to copy: `id` names its place, `path` leads to it or its file.

    `media` is the type of the file.
    """

    id: str
    label: str
    path: str
    text: str
    media: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class CitationBox:
    """A citation ready to copy: what the page shows, words and reference whole, the permanent link, other forms.

    It is in the language `locale`. `styles` and `locales` are the choices, `files` the formats of reference managers.
    `meta`, `coins` and `json_ld` say the same to programs that read the page.
    """

    html: str
    locale: str
    whole: str
    reference: str
    link: str
    styles: tuple[CitationForm, ...]
    locales: tuple[Link, ...]
    files: tuple[CitationForm, ...]
    formats: tuple[Link, ...]
    meta: tuple[tuple[str, str], ...]
    coins: str
    json_ld: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list of people; `language` is that of the names and offices."""

    speaker: Speaker
    path: str
    offices: tuple[str, ...]
    count: int
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """A passage in a list: where it stands and how it begins."""

    passage: Passage
    path: str
    section: str
    event: str
    pages: str
    voice: str
    excerpt: str
    names: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A passage that says something like another one; `shared` are the telling words both have.

    `event` is empty where it is that of the other one; `language` is that of the words.
    """

    path: str
    language: str
    names: str
    kind: str
    place: str
    event: str
    pages: str
    voice: str
    voice_label: str
    snippet: tuple[tuple[str, bool], ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A heading in the contents of a section; `depth` 0 is the top."""

    label: str
    path: str
    depth: int

"""A paragraph whose speaker is given: what a row of a JSON Lines source says, taken as it is and checked.

Keys: `text` (needed), `event`, `date`, `section`, `speaker`, `party_or_org`, `role`, `page`, `id`; others are
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from indexer.names import TITLE
from indexer.readers.jsonl import JsonLine
from indexer.readers.text import clean
from kb.errors import CorpusError
from kb.model import Office, Role, Speaker
from kb.people import slug

_TITLES = re.compile(rf"(?:{TITLE}\s*)+(?:\([^)]*\)\s*)?")
_TOLD_APART = re.compile(r"\s*\(([^()]*)\)$")
_CHAIR = re.compile(
    r"(?:alters|vize)?präsident(?: ?in)?|(?:sitzungs)?leitung|vorsitz(?:ender?)?|moderat(?:ion|or(?:in)?)"
    r"|chair(?:man|woman|person)?|(?:vice[- ])?president",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class AttributedRow:
    """One paragraph with what its source says of it; what the source leaves out is "" or None.

    `paragraphs` are the words in NFC, one piece a printed paragraph; `span` and `line` tell where the row stands.
    """

    line: int
    span: tuple[int, int]
    paragraphs: tuple[str, ...]
    id: str = ""
    event: str = ""
    date: date | None = None
    section: str = ""
    speaker: str = ""
    organisation: str = ""
    person: Speaker | None = None
    role: str = ""
    page: str = ""

    @property
    def part(self) -> Role:
        """What the person was here: a chair without an organisation of its own moderates, all others speak."""
        if self.role in set(Role):
            return Role(self.role)
        return Role.MODERATOR if not self.organisation and _CHAIR.fullmatch(self.role) else Role.SPEAKER

    @property
    def office(self) -> Office:
        """Office and organisation as the row gives them, for no edition yet."""
        behind_the_name = self.speaker.partition(", ")[2]
        return Office("", behind_the_name if self.role in {"", *Role} else self.role, self.organisation)


def attributed_row(line: JsonLine, path: Path) -> AttributedRow:
    """Return the paragraph a line of `path` holds.

    Raises:
        CorpusError: it has no words, a value is of the wrong sort, or the date is none.
    """
    try:
        text = _text(line.fields, "text")
        paragraphs = tuple(piece for part in _PARAGRAPH.split(text) if (piece := clean(part)))
        if not paragraphs:
            raise ValueError('no words; "text" holds the paragraph')
        speaker, organisation = clean(_text(line.fields, "speaker")), clean(_text(line.fields, "party_or_org"))
        return AttributedRow(
            line=line.number,
            span=line.span,
            paragraphs=paragraphs,
            id=_text(line.fields, "id").strip(),
            event=clean(_text(line.fields, "event")),
            date=_date(line.fields),
            section=clean(_text(line.fields, "section")),
            speaker=speaker,
            organisation=organisation,
            person=_person(speaker, organisation),
            role=clean(_text(line.fields, "role")).removesuffix(speaker).strip(),
            page=clean(_text(line.fields, "page")),
        )
    except ValueError as error:
        raise CorpusError(str(error), path, line.number) from error


def _text(fields: Mapping[str, Any], key: str) -> str:
    """Return a value as text; only ids and pages may be numbers."""
    value = fields.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if key in ("id", "page") and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f'"{key}" is a text, not {value!r:.60}')


def _date(fields: Mapping[str, Any]) -> date | None:
    written = _text(fields, "date").strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise ValueError(f'"date" is a day like 2018-12-10, not {written!r}') from error


def _person(speaker: str, organisation: str) -> Speaker | None:
    """Return the person named, without an office; None if nobody is.

    A place behind the name ("Michael Roth (Heringen)") tells people of one name apart: it goes into the id only.
    """
    if not speaker:
        return None
    printed = speaker.partition(", ")[0]
    titles = match.group() if (match := _TITLES.match(printed)) else ""
    if titles == printed:  # a name the source lost; the title is all there is to know the person by
        titles = ""
    rest = printed[len(titles) :]
    name = _TOLD_APART.sub("", rest) or rest
    place = match.group(1) if (match := _TOLD_APART.search(rest)) else ""
    if not slug(name):
        raise ValueError(f'no id can be made from the "speaker" {speaker!r}; write the name in Latin letters')
    person_id = slug(name if place == organisation else f"{name} {place}")
    return Speaker(person_id, name, " ".join(titles.split()), printed=(speaker,))

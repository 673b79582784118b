"""The outline: which sessions a report prints, and the line at which each begins.

What is expected comes from the edition's own facts (`edition.toml`) if there are any, else from the programme page,
else from the words by which such headings are known. Each is then looked for in the text, in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from indexer.blocks import SENTENCE_END
from indexer.names import Register
from indexer.pages import Paged
from indexer.programme import Programme
from indexer.vocabulary import SUB_ONLY, is_numbered_session, session_kind
from kb.model import Edition, Part, Role
from kb.people import slug


@dataclass
class SectionDraft:
    """A section as far as it is known; `start` is the position of its heading line, -1 if it has none of its own."""

    id: str
    kind: str
    heading: str = ""
    title: str = ""
    subtitle: str = ""
    time: str = ""
    note: str = ""
    start: int = -1
    people: dict[Role, list[str]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    given: bool = False

    def add(self, role: Role, person_id: str) -> None:
        """Name a person for this section, once per role; who speaks on a panel is a panelist."""
        if self.kind == "panel" and role is Role.SPEAKER:
            role = Role.PANELIST
        if person_id not in self.people.setdefault(role, []):
            self.people[role].append(person_id)

    def named(self, *roles: Role) -> tuple[str, ...]:
        """Return the ids of the people named in these roles, all roles if none is given."""
        chosen = roles or tuple(self.people)
        return tuple(dict.fromkeys(person for role in chosen for person in self.people.get(role, [])))

    def role_of(self, person_id: str) -> Role | None:
        """Return the role of a person in this section, None if the person is not named for it."""
        return next((role for role, people in self.people.items() if person_id in people), None)


@dataclass(frozen=True)
class Outline:
    """Sections found in the text in order, and those announced without being printed."""

    sections: tuple[SectionDraft, ...]
    unprinted: tuple[SectionDraft, ...] = ()


def expected_from_facts(edition: Edition) -> list[SectionDraft]:
    """Return the sections an `edition.toml` lists."""
    drafts = []
    for section in edition.sections:
        draft = SectionDraft(
            section.id, section.kind, section.heading, section.title, section.subtitle, section.time, section.note,
            parts=section.parts, given=True,
        )  # fmt: skip
        for role, people in (
            (Role.MODERATOR, section.moderators),
            (Role.IMPULSE, section.impulse),
            (Role.SPEAKER, section.speakers),
            (Role.PANELIST, section.participants),
        ):
            for person in people:
                draft.add(role, person)
        drafts.append(draft)
    return drafts


def expected_from_programme(programme: Programme, register: Register) -> list[SectionDraft]:
    """Return the sections a programme announces; its people go into the register."""
    drafts: list[SectionDraft] = []
    taken: set[str] = set()
    for entry in programme.entries:
        known = register.add_all([person for _, person in entry.people])
        people = [(role, person.id) for (role, _), person in zip(entry.people, known, strict=True)]
        if not entry.is_session:
            continue
        kind = session_kind(entry.heading) or ("forum" if is_numbered_session(entry.heading) else "part")
        draft = SectionDraft(_free_id(entry.heading, taken), kind, entry.heading, entry.title, time=entry.time)
        for role, person in people:
            draft.add(role, person)
        drafts.append(draft)
    return drafts


def _free_id(heading: str, taken: set[str]) -> str:
    base = slug(heading)[:60].strip("-") or "abschnitt"
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    taken.add(candidate)
    return candidate


def find_outline(paged: Paged, expected: Sequence[SectionDraft], *, taken: frozenset[int]) -> Outline:
    """Return the sections with the lines their headings stand on; nested ones are found later, by their bylines.

    `taken` are positions that belong to something else (programme, footnotes).
    """
    openings = [i for i in range(len(paged.lines)) if i not in taken and _may_open(paged, i)]
    ends = [i for i in range(len(paged.lines)) if i not in taken and (i - 1 in taken or _behind_sentence(paged, i))]
    found: list[SectionDraft] = []
    missing: list[SectionDraft] = []
    after = -1
    for draft in expected:
        if "/" in draft.id:
            found.append(draft)
            continue
        start = next((i for i in openings if i > after and _is_heading_of(paged, i, draft)), None)
        if start is None:  # the space above it may be lost
            start = next((i for i in ends if i > after and _is_heading_of(paged, i, draft)), None)
        if start is None:
            missing.append(draft)
        else:
            draft.start = after = start
            found.append(draft)
    parents = {draft.id for draft in found if "/" not in draft.id}
    kept = [draft for draft in found if "/" not in draft.id or draft.id.partition("/")[0] in parents]
    return Outline(tuple(kept), tuple(missing))


def find_outline_by_words(paged: Paged, *, taken: frozenset[int]) -> Outline:
    """Return the sections whose headings are known by their words, for a report without programme and facts."""
    ids: set[str] = set()
    drafts: list[SectionDraft] = []
    for i in range(len(paged.lines)):
        text = paged.lines[i].text
        kind = session_kind(text) if i not in taken and _opens_by_word(paged, i) else ""
        inside_forum = bool(drafts) and drafts[-1].kind == "forum"
        if not kind or (inside_forum and SUB_ONLY.fullmatch(text.rstrip(":"))):
            continue
        heading = text.rstrip(":")
        drafts.append(SectionDraft(_free_id(heading, ids), kind, heading, start=i))
    return Outline(tuple(drafts))


def _may_open(paged: Paged, position: int) -> bool:
    """Return whether a section can begin with this line: space above it or a new page."""
    return paged.opens(position) or paged.lines[position].gap > paged.line_gap


def _behind_sentence(paged: Paged, position: int) -> bool:
    """Return whether the line above ends a sentence, or there is none."""
    return position == 0 or bool(SENTENCE_END.search(paged.lines[position - 1].text))


def _opens_by_word(paged: Paged, position: int) -> bool:
    if not _may_open(paged, position):
        return False
    numbered = is_numbered_session(paged.lines[position].text)
    return numbered or _parted_after(paged, position) or _in_short_block(paged, position)


def _in_short_block(paged: Paged, position: int) -> bool:
    """Return whether a gap follows within a few lines, none of them a sentence: heading, title, byline."""
    for following in range(position + 1, min(position + 5, len(paged.lines))):
        if paged.lines[following].gap > paged.line_gap or paged.opens(following):
            return True
        if SENTENCE_END.search(paged.lines[following].text) and not paged.lines[following].text.endswith("?"):
            return False
    return False


def _parted_after(paged: Paged, position: int) -> bool:
    following = position + 1
    return following < len(paged.lines) and paged.lines[following].gap > paged.line_gap


def _is_heading_of(paged: Paged, position: int, draft: SectionDraft) -> bool:
    """Return whether the line at `position` is the printed heading of a section (or the beginning of a long one)."""
    text = _plain(paged.lines[position].text)
    heading = _plain(draft.heading or draft.title)
    if text == heading:
        return True
    if heading.startswith(text) and len(text) >= 12 and position + 1 < len(paged.lines):
        joined = _plain(f"{paged.lines[position].text} {paged.lines[position + 1].text}")
        return fuzz.ratio(joined, heading) >= 90
    return len(heading) >= 10 and fuzz.ratio(text, heading) >= 92 and _same_numbers(text, heading)


def _plain(text: str) -> str:
    """Return a heading for comparing: letters and digits, footnote digits glued to a word dropped."""
    text = re.sub(r"(?<=[^\W\d_])[\d¹²³]$", "", text.strip())
    return " ".join(re.findall(r"\w+", text.casefold()))


def _same_numbers(text: str, other: str) -> bool:
    return re.findall(r"\d+", text) == re.findall(r"\d+", other)

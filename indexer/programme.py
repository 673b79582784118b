"""The programme page: entries with time, heading, title and the people with their roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.blocks import BULLET
from indexer.document import Line
from indexer.mending import Piece, mend
from indexer.names import PrintedPerson, read_people
from indexer.pages import Paged
from indexer.vocabulary import CONVERSATION, INFO_LABEL, is_numbered_session, role_of_label, session_kind
from kb.model import Role

TIME = re.compile(
    r"(?:ab\s+|bis\s+)?\d{1,2}[.:]\d{2}(?![.:]?\d)\s*(?:[-–]\s*\d{1,2}[.:]\d{2}\s*)?(?:Uhr)?\s*(?:[|:–-]\s*)?(?=\D|$)"
)
_ENOUGH_TIMES = 3
_LONGEST_ENTRY = 40
"""Lines between two times of one programme; more, and the later one stands in running text."""


@dataclass(frozen=True)
class Entry:
    """One point of the programme; `positions` are its lines in the paged text."""

    positions: tuple[int, ...]
    time: str = ""
    heading: str = ""
    title: str = ""
    people: tuple[tuple[Role, PrintedPerson], ...] = ()

    @property
    def is_session(self) -> bool:
        """Whether the entry announces a session of its own, and not only people for the day."""
        return bool(self.heading)


@dataclass(frozen=True)
class Programme:
    """The programme of a conference; `heading` is the position of its heading line or None."""

    entries: tuple[Entry, ...]
    heading: int | None = None

    @property
    def positions(self) -> frozenset[int]:
        """All positions of the paged text that belong to the programme."""
        own = {position for entry in self.entries for position in entry.positions}
        return frozenset(own | ({self.heading} if self.heading is not None else set()))


def find_programme(paged: Paged, *, taken: frozenset[int] = frozenset()) -> Programme | None:
    """Return the programme of a text, or None if it prints none.

    It is where at least three lines of one or two pages begin with a time of day.
    """
    timed = _densest([i for i, line in enumerate(paged.lines) if i not in taken and TIME.match(line.text)])
    if len(timed) < _ENOUGH_TIMES:
        return None
    end = _end(paged, timed)
    heading = _heading(paged, timed[0])
    start = timed[0] if heading is None else heading + 1
    positions = [position for position in range(start, end) if position not in taken]
    return Programme(tuple(_entries(paged, positions)), heading)


def _densest(timed: Sequence[int]) -> list[int]:
    """Return the first run of enough times that follow each other as closely as the points of a programme do."""
    run: list[int] = []
    for position in timed:
        if run and position - run[-1] > _LONGEST_ENTRY:
            if len(run) >= _ENOUGH_TIMES:
                break
            run = []
        run.append(position)
    return run


def _heading(paged: Paged, first: int) -> int | None:
    """Return the position of the line that says "Programm", within a few lines above the first time."""
    for position in range(first - 1, max(-1, first - 8), -1):
        if session_kind(paged.lines[position].text) == "programme":
            return position
    return None


def _end(paged: Paged, timed: Sequence[int]) -> int:
    """Return the position behind the programme: the next page, or the first heading that comes a second time."""
    headings = {_without_time(paged.lines[position].text).casefold() for position in timed} - {""}
    position = timed[-1] + 1
    while position < len(paged.lines):
        if paged.opens(position) or paged.lines[position].text.casefold() in headings:
            break
        position += 1
    return position


def _without_time(text: str) -> str:
    return TIME.sub("", text, count=1).strip()


def _entries(paged: Paged, positions: Sequence[int]) -> list[Entry]:
    """Return the entries: each begins with a time, a numbered session, or behind a gap."""
    groups: list[list[int]] = []
    for position in positions:
        line = paged.lines[position]
        begins = TIME.match(line.text) or is_numbered_session(line.text)
        parted = line.gap > paged.line_gap and not (groups and _is_title_of(groups[-1], line))
        if not groups or begins or parted:
            groups.append([position])
        else:
            groups[-1].append(position)
    return [_entry(paged, group) for group in groups]


def _is_title_of(group: list[int], line: Line) -> bool:
    """Return whether a line behind a gap still belongs to the entry: people, or the title of a bare heading."""
    bare = len(group) == 1
    return bare or bool(BULLET.match(line.text)) or line.indent > 0


def _entry(paged: Paged, positions: list[int]) -> Entry:
    lines = [paged.lines[position] for position in positions]
    time = TIME.match(lines[0].text)
    texts = [_without_time(lines[0].text), *[line.text for line in lines[1:]]]
    head, people_lines = _split_people(texts)
    announces = bool(time) or is_numbered_session(texts[0])
    return Entry(
        positions=tuple(positions),
        time=re.sub(r"\s*Uhr.*|[\s|:–-]+$", "", time.group()).strip() if time else "",
        heading=head[0] if announces and head else "",
        title=mend([Piece(text) for text in head[1:]]).text,
        people=tuple(read_roles(people_lines)),
    )


def _split_people(texts: list[str]) -> tuple[list[str], list[str]]:
    """Return the heading and title lines of an entry, and the lines that name people."""
    for number, text in enumerate(texts):
        if number and names_people(text):
            return [line for line in texts[:number] if line], texts[number:]
    return [line for line in texts if line], []


def names_people(text: str) -> bool:
    """Return whether a line of a session's head names people: by a bullet, a role label, or a name with more to it."""
    body = BULLET.sub("", text, count=1)
    if INFO_LABEL.match(body) or CONVERSATION.match(body):
        return True
    people = read_people(body)
    if body != text:
        return bool(people)
    return bool(people) and (
        bool(people[0].title or people[0].office) or "," in text or (text == people[0].name and len(text.split()) == 2)
    )


def read_roles(texts: Sequence[str]) -> list[tuple[Role, PrintedPerson]]:
    """Return the people named by the lines of a session's head, each with the role the lines give."""
    found: list[tuple[Role, PrintedPerson]] = []
    role, carries_over = Role.SPEAKER, True
    for text, bulleted in _statements(texts):
        label = INFO_LABEL.match(text)
        host = CONVERSATION.match(text)
        if label:
            role = role_of_label(label["label"])
            text = text[label.end() :]
        elif not carries_over:
            role = Role.SPEAKER
        if host and not label:
            found += [(Role.MODERATOR, person) for person in read_people(host["host"])]
            role = Role.PANELIST
            text = text[host.end() :]
        people = read_people(text) if bulleted else _people_of(text)
        found += [(role, person) for person in people]
        carries_over = role is not Role.MODERATOR or not people
    return found


def _people_of(text: str) -> list[PrintedPerson]:
    """Return the people of one statement; a list "A B, Amt, C D, Stadt" names several."""
    people: list[PrintedPerson] = []
    rest = text
    while rest:
        parts = rest.split(", ")
        cut = next(
            (number for number in range(1, len(parts)) if _begins_person(parts[number]) and read_people(parts[0])),
            len(parts),
        )
        people += read_people(", ".join(parts[:cut]))
        rest = ", ".join(parts[cut:])
    return people


def _begins_person(part: str) -> bool:
    """Return whether a part of a list is a person, no organisation: two capitalised words, or a title before them."""
    people = read_people(part)
    if not people or people[0].printed != part.strip().rstrip(".,"):
        return False
    return bool(people[0].title) or len(people[0].name.split()) in (2, 3)


@dataclass
class _Statement:
    bulleted: bool
    pieces: list[Piece] = field(default_factory=list)


def _statements(texts: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the statements of some head lines, each with whether a bullet marks it (then it names one person).

    A statement begins with a bullet, a label, or a new person on a line.
    """
    statements: list[_Statement] = []
    for text in texts:
        bullet = BULLET.match(text)
        body = BULLET.sub("", text, count=1) if bullet else text
        if not statements or begins_statement(statements[-1].pieces[-1].text, text):
            statements.append(_Statement(bool(bullet)))
        statements[-1].pieces.append(Piece(body))
    return [(mend(statement.pieces).text, statement.bulleted) for statement in statements]


def begins_statement(above: str, text: str) -> bool:
    """Return whether a line of a head opens a new statement: a bullet, a label, or a new person below a whole line."""
    if BULLET.match(text) or INFO_LABEL.match(text) or CONVERSATION.match(text):
        return True
    if above.endswith((",", "-", "–", "/", " und", " der", " des", " für")):
        return False
    people = read_people(text)
    return bool(people) and (bool(people[0].title) or text.startswith(f"{people[0].name},") or text == people[0].name)

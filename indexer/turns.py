"""Turns of a panel: who speaks is printed as a label before the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.blocks import Block
from indexer.labels import BARE_NAME, LABEL, SURNAME
from indexer.mending import Piece, mend
from indexer.names import ADDRESSED, Person, PrintedPerson, Register, read_people
from indexer.outline import SectionDraft
from indexer.vocabulary import AUDIENCE_LABEL, GUEST_LABEL
from kb.model import Role
from kb.people import slug

_MODERATION = re.compile(r"Moderat(?:ion|or|orin)")

UNKNOWN_SPEAKER = 0.6
"""How sure a label is that names somebody, once, whom nothing else announces."""


@dataclass(frozen=True)
class Label:
    """The label of a turn: the person, the role it gives, how it is printed, and how many characters it takes.

    `length` counts in the mended text of the block's first lines, the colon and the blank behind it included.
    """

    person: Person | None
    role: Role
    printed: str
    length: int
    rule: str
    confidence: float
    doubt: str = ""


def head_of(block: Block) -> str:
    """Return the first lines of a block as text: enough to hold any label."""
    return mend([Piece(line.text) for line in block.lines[:3]]).text


def known_label(text: str, register: Register) -> bool:
    """Return whether a line begins with the full name of somebody known and a colon."""
    match = LABEL.match(text)
    if not match:
        return False
    label = match["label"]
    if AUDIENCE_LABEL.match(label) or GUEST_LABEL.match(label):
        return True
    return any(label == person.name for person in register.people.values())


def repeated_labels(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the bare names that label two or more blocks: speakers nobody announced."""
    counts = Counter(
        match["label"] for block in blocks if (match := LABEL.match(head_of(block))) and len(match["label"]) <= 60
    )
    return frozenset(label for label, count in counts.items() if count > 1 and BARE_NAME.fullmatch(label))


def read_label(block: Block, draft: SectionDraft, register: Register, repeated: frozenset[str]) -> Label | None:
    """Return the label a block begins with, None if it begins with none.

    "Stimme aus dem Publikum: Name, Ort: text" and "Gast auf dem Podium: Name: text" have two colons; the speaker
    stands between them.
    """
    if block.list_mark:
        return None
    text = head_of(block)
    match = LABEL.match(text)
    if match is None or not text[0].isupper():
        return None
    label = match["label"]
    if AUDIENCE_LABEL.fullmatch(label) or GUEST_LABEL.fullmatch(label):
        role = Role.AUDIENCE if AUDIENCE_LABEL.fullmatch(label) else Role.PODIUM_GUEST
        return _second_label(text, match.end(), role, register)
    if _MODERATION.fullmatch(label) or label in ("Frage", "Nachfrage"):
        return _moderator_label(label, match.end(), draft, register)
    return _name_label(label, match.end(), draft, register, repeated)


def _second_label(text: str, start: int, role: Role, register: Register) -> Label | None:
    """Return the label behind "Stimme aus dem Publikum:"; without a name it is a voice of nobody known."""
    second = re.compile(r"(?P<who>[^:.!?]{3,110}):\s+").match(text, start)
    people = read_people(second["who"]) if second else []
    if second and people:
        person = register.add(people[0])
        return Label(person, role, people[0].printed, second.end(), "label", 0.99)
    if second and (addressed := _addressed(second["who"], register)):
        return Label(addressed, role, second["who"], second.end(), "label", 0.95)
    return Label(None, role, text[: start - 1].rstrip(": "), start, "label", 0.9, "Name nicht gedruckt")


def _addressed(who: str, register: Register) -> Person | None:
    """Return the person called "Frau X"; somebody new if the surname is not known, None if it is no such address."""
    match = ADDRESSED.fullmatch(who.partition(",")[0].strip()) or SURNAME.fullmatch(who.strip())
    if match is None:
        return None
    name = match["name"]
    person, _ = register.match(name)
    if person is None:
        person, _ = register.surnamed(name.split()[-1])
    if person is None:
        person = Person(id=slug(name), name=name)
    return _with_form(register, person, who)


def _with_form(register: Register, person: Person, form: str) -> Person:
    printed = PrintedPerson(printed=form, name=person.name)
    if person.id not in register.people:
        register.replace(person)
    return register.add(printed)


def _moderator_label(label: str, length: int, draft: SectionDraft, register: Register) -> Label | None:
    moderators = draft.named(Role.MODERATOR)
    if len(moderators) != 1:
        return None
    return Label(register.people[moderators[0]], Role.MODERATOR, label, length, "label", 0.95)


def _name_label(
    label: str, length: int, draft: SectionDraft, register: Register, repeated: frozenset[str]
) -> Label | None:
    if label.isupper():
        label = label.title()
    match = BARE_NAME.fullmatch(label)
    if match:
        person, why = register.match(match["name"])
        if person is not None:
            register.add(PrintedPerson(printed=label.partition(",")[0], name=match["name"]))
            doubt = f"„{label}“ gelesen als {person.name}: {why}" if why else ""
            return _label(person, label, length, draft, doubt=doubt)
        if label in repeated or read_people(label):
            person = register.add(PrintedPerson(printed=label.partition(",")[0], name=match["name"]))
            found = _label(person, label, length, draft, doubt="weder im Programm noch in der Runde genannt")
            return found if label in repeated else replace(found, confidence=UNKNOWN_SPEAKER)
    short = SURNAME.fullmatch(label)
    if short:
        person, why = register.surnamed(short["name"], draft.named())
        if person is not None and person.id in draft.named():
            return _label(person, label, length, draft, doubt=why)
    return None


def _label(person: Person, printed: str, length: int, draft: SectionDraft, *, doubt: str = "") -> Label:
    role = draft.role_of(person.id)
    if role is Role.SPEAKER or role is None:
        role = Role.PANELIST
    return Label(person, role, printed, length, "label", 0.8 if doubt else 0.99, doubt)


def label_span(block: Block, label: Label) -> tuple[int, int]:
    """Return the source characters a label was read from."""
    return (block.lines[0].start, block.lines[0].start + min(label.length, block.lines[0].end - block.lines[0].start))

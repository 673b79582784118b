"""Whose words a paragraph holds: the section's kind chooses the way, the evidence is kept with every answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.blocks import Block, Layout
from indexer.document import Line
from indexer.names import Person, Register
from indexer.outline import SectionDraft
from indexer.reported import Paragraph, Verdict, judge
from indexer.sections import Item, ItemKind, SectionText
from indexer.turns import UNKNOWN_SPEAKER, Label, label_span, read_label, repeated_labels
from kb.model import Kind, Role

_FIRST_PERSON = re.compile(r"\b(?:ich|mich|mir|mein\w*|wir|uns|unser\w*)\b", re.IGNORECASE)
_QUOTED = re.compile(r"„[^„“]*“|\"[^\"]*\"|»[^»«]*«")
_SESSION_VERBATIM = ("welcome", "greeting", "keynote", "talk", "speech", "part")


@dataclass(frozen=True)
class Attributed:
    """A passage in the making: its blocks (several for a turn), what it is, whose, and why.

    `skip` is the length of the printed label before the words of the first block.
    """

    blocks: tuple[Block, ...]
    kind: Kind
    verdict: Verdict
    skip: int = 0
    read_from: tuple[tuple[int, int], ...] = ()


def attribute(layout: Layout, section: SectionText, register: Register) -> list[Attributed | Item]:
    """Return the items of a section with every text attributed; headings stay as they are."""
    texts = [item.block for item in section.items if item.kind is ItemKind.TEXT]
    repeated = repeated_labels(texts)
    labels = {block.positions[0]: read_label(block, section.draft, register, repeated) for block in texts}
    if _is_panel(section.draft, [label for label in labels.values() if label]):
        return _attribute_turns(section, labels)
    verdicts = _verdicts(layout, section, register)
    return _with_origins([_item_verdict(item, verdicts) for item in section.items])


def _is_panel(draft: SectionDraft, labels: Sequence[Label]) -> bool:
    """Return whether a section is made of labelled turns: a panel with one, any other with two speakers or more."""
    if draft.kind == "panel":
        return bool(labels)
    sure = [label for label in labels if label.confidence > UNKNOWN_SPEAKER]
    return len({label.printed for label in sure}) >= 2 and len(sure) >= 3


def _info(item: Item) -> Attributed:
    return Attributed((item.block,), Kind.SESSION_INFO, Verdict(Kind.SESSION_INFO, rule="head", confidence=0.97))


def _attribute_turns(section: SectionText, labels: dict[int, Label | None]) -> list[Attributed | Item]:
    """Return the turns of a panel: a label opens one, paragraphs without label go on with it."""
    found: list[Attributed | Item] = []
    for item in section.items:
        label = labels.get(item.block.positions[0])
        turn = found[-1] if found else None
        if item.kind is ItemKind.INFO:
            found.append(_info(item))
        elif item.kind is not ItemKind.TEXT:
            found.append(item)
        elif label is not None:
            found.append(_turn(item.block, label))
        elif isinstance(turn, Attributed) and turn.kind is Kind.TURN:
            found[-1] = replace(turn, blocks=(*turn.blocks, item.block))
        else:
            found.append(_between_turns(found, item))
    return found


def _turn(block: Block, label: Label) -> Attributed:
    """Return the turn a label opens; words may begin with the next paragraph if the label stands alone."""
    verdict = Verdict(Kind.TURN, label.person, label.role, label.printed, label.rule, label.confidence, label.doubt)
    return Attributed((block,), Kind.TURN, verdict, label.length, (label_span(block, label),))


def _between_turns(found: Sequence[Attributed | Item], item: Item) -> Attributed:
    """Return a text of a panel that belongs to no turn: before the first one it tells about the session."""
    turns = [entry for entry in found if isinstance(entry, Attributed) and entry.kind is Kind.TURN]
    if not turns:
        verdict = Verdict(Kind.SESSION_INFO, rule="before_first_turn", confidence=0.9)
        return Attributed((item.block,), Kind.SESSION_INFO, verdict)
    last = turns[-1].verdict
    verdict = replace(last, rule="after_subheading", confidence=0.6, doubt="Zwischenüberschrift im Redebeitrag")
    return Attributed((item.block,), Kind.TURN, verdict)


def _verdicts(layout: Layout, section: SectionText, register: Register) -> dict[int, Verdict]:
    """Return the verdicts on the texts of a section without turns, by the position of their first line."""
    texts = [item for item in section.items if item.kind is ItemKind.TEXT]
    paragraphs = _paragraphs(layout, section)
    draft = section.draft
    verdicts = _by_parts(draft, register, paragraphs) or (
        [_speech_verdict(draft, register)] * len(texts)
        if is_verbatim(draft, paragraphs, register)
        else judge_reported(paragraphs, draft, register)
    )
    return {item.block.positions[0]: verdict for item, verdict in zip(texts, verdicts, strict=True)}


def _paragraphs(layout: Layout, section: SectionText) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    heading = ""
    for item in section.items:
        if item.kind is ItemKind.SUBHEADING:
            heading = layout.mended(item.block).text
        elif item.kind is ItemKind.TEXT:
            paragraphs.append(Paragraph(layout.mended(item.block).text, item.block.list_mark, heading))
            heading = ""
    return paragraphs


def is_verbatim(draft: SectionDraft, paragraphs: Sequence[Paragraph], register: Register) -> bool:
    """Return whether a section prints a speech itself and no report of it.

    A speech says "ich" and "wir" and hardly names its own speaker; a report names the speaker again and again. What
    stands in quotation marks does not count, nor does a reference ("Beil 2016").
    """
    if draft.kind not in _SESSION_VERBATIM:
        return False
    text = " ".join(_QUOTED.sub(" ", paragraph.text) for paragraph in paragraphs)
    surnames = [re.escape(register.people[i].surname) for i in draft.named(Role.SPEAKER)]
    named = sum(len(re.findall(rf"\b{surname}\b(?!,? \(?\d{{4}})", text)) for surname in surnames)
    return named < 2 or len(_FIRST_PERSON.findall(text)) > 3 * named


def _speech_verdict(draft: SectionDraft, register: Register) -> Verdict:
    speakers = draft.named(Role.SPEAKER, Role.IMPULSE)
    if len(speakers) == 1:
        person = register.people[speakers[0]]
        return Verdict(Kind.SPEECH, person, Role.SPEAKER, _printed(person), "byline", 0.98)
    doubt = "mehrere Namen im Kopf" if speakers else "kein Name im Kopf des Abschnitts"
    return Verdict(Kind.SPEECH, None, None, "", "no_byline", 0.3, doubt)


def _printed(person: Person) -> str:
    return next((form for form in person.printed if person.name in form), person.name)


def judge_reported(paragraphs: Sequence[Paragraph], draft: SectionDraft, register: Register) -> list[Verdict]:
    """Return the verdicts of a reported section; the report of one speaker's talk is that speaker's throughout."""
    speakers = draft.named(Role.SPEAKER)
    if draft.kind in _SESSION_VERBATIM and len(speakers) == 1:
        person = register.people[speakers[0]]
        return [_reported_talk(paragraph, person, register) for paragraph in paragraphs]
    return judge(paragraphs, draft, register)


def _reported_talk(paragraph: Paragraph, person: Person, register: Register) -> Verdict:
    printed = register.printed_form(paragraph.text, person)
    rule, confidence = ("named", 0.95) if printed else ("byline", 0.9)
    return Verdict(Kind.REPORTED, person, Role.SPEAKER, printed, rule, confidence)


def _by_parts(draft: SectionDraft, register: Register, paragraphs: Sequence[Paragraph]) -> list[Verdict]:
    """Return the verdicts a person gave in `edition.toml`, if they count as many paragraphs as are printed."""
    parts = [part for part in draft.parts for _ in range(part.paragraphs)]
    if len(parts) != len(paragraphs):
        return []
    verdicts = []
    for part, paragraph in zip(parts, paragraphs, strict=True):
        person = register.people[part.speaker] if part.speaker else None
        printed = register.printed_form(paragraph.text, person) if person else ""
        verdicts.append(Verdict(part.kind, person, part.role, printed, "edition", 0.99))
    return verdicts


def _item_verdict(item: Item, verdicts: dict[int, Verdict]) -> Attributed | Item:
    if item.kind is ItemKind.INFO:
        return _info(item)
    if item.kind is not ItemKind.TEXT:
        return item
    verdict = verdicts[item.block.positions[0]]
    return Attributed((item.block,), verdict.kind, verdict, 0, _read_from(item.block, verdict))


def _with_origins(entries: list[Attributed | Item]) -> list[Attributed | Item]:
    """Return the entries with the characters each attribution goes back to.

    A paragraph that does not name its person takes them from the one before it that does, at last from the byline.
    """
    origins: dict[str, tuple[tuple[int, int], ...]] = {}
    found: list[Attributed | Item] = []
    for entry in entries:
        person = entry.verdict.person if isinstance(entry, Attributed) else None
        if not isinstance(entry, Attributed) or person is None:
            found.append(entry)
            continue
        origins[person.id] = entry.read_from or origins.get(person.id) or _in_heads(found, person)
        found.append(replace(entry, read_from=origins[person.id]))
    return found


def _in_heads(entries: Sequence[Attributed | Item], person: Person) -> tuple[tuple[int, int], ...]:
    """Return the characters of the section's head in which the name of a person stands."""
    heads = [entry.blocks[0] for entry in entries if isinstance(entry, Attributed) and entry.kind is Kind.SESSION_INFO]
    lines = [line for block in heads for line in block.lines if person.name in line.text]
    return tuple(_span_of(line, person.name) for line in lines[:1])


def _span_of(line: Line, words: str) -> tuple[int, int]:
    at = line.text.find(words)
    return (line.start + at, line.start + at + len(words))


def _read_from(block: Block, verdict: Verdict) -> tuple[tuple[int, int], ...]:
    """Return the source characters in which the printed name stands, as far as one line holds it."""
    if not verdict.printed or verdict.rule == "byline":
        return ()
    for line in block.lines:
        if verdict.printed in line.text:
            return (_span_of(line, verdict.printed),)
    return (block.lines[0].span,)

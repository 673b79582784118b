"""One section taken apart: heading, title, the lines that say who takes part, sub-headings, and the text in blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indexer.blocks import Block, Layout
from indexer.labels import looks_like_label
from indexer.names import Register, read_people
from indexer.outline import SectionDraft
from indexer.programme import begins_statement, names_people, read_roles
from kb.model import Role
from kb.people import slug


class ItemKind(StrEnum):
    """What a stretch of a section is, before anybody asks whose words it holds."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    INFO = "info"
    TEXT = "text"


@dataclass(frozen=True)
class Item:
    """A block with its kind; `level` of a sub-heading counts from 1."""

    kind: ItemKind
    block: Block
    level: int = 0


@dataclass(frozen=True)
class SectionText:
    """A section with its items in printed order."""

    draft: SectionDraft
    items: tuple[Item, ...]


_SALUTATION = re.compile(
    r"^(?:Meine|Sehr|Liebe|Verehrte|Guten|Werte|Hochverehrte|Dear|Ladies)\b|^(?:Meine )?(?:sehr )?(?:geehrte|verehrte)"
)
_ENDS_SENTENCE = re.compile(r"[.,;!…][“”\"»«’‘)\]]*$")
_SENTENCE = re.compile(r"[a-zäöüß]{4,}[.!?](?:\s|$)")
_JOINS_ON = (",", "-", "–", "/", "&", " und", " der", " des", " für", " von", " im", " am")
_LONGEST_TITLE = 4
_LONGEST_LIST = 80
"""Lines that the people of one section may take."""
_LOOK_AHEAD = 40
"""Lines by which a paragraph is told from a list of people."""


def split_section(layout: Layout, draft: SectionDraft, blocks: Sequence[Block], register: Register) -> SectionText:
    """Return the items of a section whose blocks run from its heading to the next section."""
    head, info = _split_head(layout, draft, [position for block in blocks for position in block.positions])
    items = []
    if head:
        items.append(Item(ItemKind.HEADING, _lines_block(layout, head)))
        _take_title(layout, draft, head)
    items += [Item(ItemKind.INFO, _lines_block(layout, group)) for group in statements(layout, info)]
    _take_people(layout, draft, info, register)
    body = _without(layout, blocks, {*head, *info})
    for block in body:
        if items and items[-1].kind is ItemKind.TEXT and _is_bare_label(items[-1].block):
            items.append(Item(ItemKind.TEXT, block))
            continue
        below_heading = bool(items) and items[-1].kind is ItemKind.SUBHEADING
        items += split_subheadings(layout, block, last=block is body[-1], below_heading=below_heading)
    return SectionText(draft, tuple(items))


def _split_head(layout: Layout, draft: SectionDraft, positions: list[int]) -> tuple[list[int], list[int]]:
    """Return the positions of heading with title, and of the lines naming people."""
    head: list[int] = positions[:1] if draft.start >= 0 else []
    at = len(head)
    while at < len(positions) and len(head) <= _LONGEST_TITLE and _is_title_line(layout, draft, positions, at):
        head.append(positions[at])
        at += 1
    return head, positions[at : _info_end(layout, positions, at)]


def _is_title_line(layout: Layout, draft: SectionDraft, positions: list[int], at: int) -> bool:
    """Return whether a line of a section's head is part of its title: no people, no salutation, no running text."""
    lines = layout.paged.lines
    text = lines[positions[at]].text
    if names_people(text) or _SALUTATION.match(text) or text.endswith((".", ";")):
        return False
    if not draft.heading and not draft.title:
        return False
    return _byline_follows(layout, positions, at) or not _is_running_text(layout, positions, at)


def _byline_follows(layout: Layout, positions: list[int], at: int) -> bool:
    """Return whether, without a gap, a line naming people comes next: then what stands before it is a title."""
    for number in range(at + 1, min(at + _LONGEST_TITLE, len(positions))):
        line = layout.paged.lines[positions[number]]
        if line.gap > layout.paged.line_gap or _SENTENCE.search(line.text):
            return False
        if names_people(line.text):
            return True
    return False


def _is_running_text(layout: Layout, positions: list[int], at: int) -> bool:
    """Return whether from here to the next gap there is a paragraph: four lines or more, with a sentence in them."""
    texts = []
    for number in range(at, min(at + _LOOK_AHEAD, len(positions))):
        line = layout.paged.lines[positions[number]]
        if number > at and line.gap > layout.paged.line_gap:
            break
        texts.append(line.text)
    if sum(map(names_people, texts)) > len(texts) / 4:
        return False
    return (len(texts) >= 4 and any(_SENTENCE.search(text) for text in texts[:12])) or (
        len(texts) >= 2 and bool(_SENTENCE.search(texts[-1]))
    )


def _info_end(layout: Layout, positions: list[int], at: int) -> int:
    """Return the index behind the lines that name the people of a section, beginning at `at`."""
    lines = layout.paged.lines
    end = at
    while end < min(len(positions), at + _LONGEST_LIST):
        text = lines[positions[end]].text
        parted = end > at and lines[positions[end]].gap > layout.paged.line_gap
        if (end == at or parted) and not names_people(text):
            break
        if end > at and not parted and not _continues_info(layout, positions, end):
            break
        if looks_like_label(text):
            break
        end += 1
    return end


def _continues_info(layout: Layout, positions: list[int], at: int) -> bool:
    """Return whether the line goes on naming people: joined to the one above, or not the beginning of a paragraph."""
    above = layout.paged.lines[positions[at - 1]].text
    text = layout.paged.lines[positions[at]].text
    if above.endswith(_JOINS_ON) or text[0].islower() or names_people(text):
        return True
    return not _is_running_text(layout, positions, at)


def statements(layout: Layout, info: Sequence[int]) -> list[list[int]]:
    """Return the lines naming people, grouped: a group begins with a bullet, a label or a new person."""
    groups: list[list[int]] = []
    for position in info:
        text = layout.paged.lines[position].text
        if not groups or begins_statement(layout.paged.lines[groups[-1][-1]].text, text):
            groups.append([position])
        else:
            groups[-1].append(position)
    return groups


def _lines_block(layout: Layout, positions: Sequence[int]) -> Block:
    return Block(tuple(layout.paged.lines[position] for position in positions), tuple(positions))


def _take_title(layout: Layout, draft: SectionDraft, head: list[int]) -> None:
    """Give the draft the title as printed, unless its facts were given by hand."""
    title = layout.mended(_lines_block(layout, head[1:])).text if len(head) > 1 else ""
    if not draft.given and title:
        draft.title = title


def _take_people(layout: Layout, draft: SectionDraft, info: Sequence[int], register: Register) -> None:
    """Name the people of the section's head for it; those it does not print stay as announced."""
    found = read_roles([layout.paged.lines[position].text for position in info])
    for role, printed in found:
        person, _ = register.match(printed.name)
        known = register.add(printed) if person is None or not draft.given else person
        if known.id in draft.named():
            continue
        draft.add(Role.SPEAKER if role is Role.PANELIST and draft.kind in _SPOKEN else role, known.id)


_SPOKEN = ("welcome", "greeting", "keynote", "talk", "speech")


def _without(layout: Layout, blocks: Sequence[Block], gone: set[int]) -> list[Block]:
    """Return the blocks without the lines at `gone`."""
    rest = []
    for block in blocks:
        positions = tuple(position for position in block.positions if position not in gone)
        if positions == block.positions:
            rest.append(block)
        elif positions:
            rest.append(_lines_block(layout, positions))
    return rest


def _is_bare_label(block: Block) -> bool:
    """Return whether a block is the label of a turn whose words follow in a paragraph of their own."""
    return len(block.lines) == 1 and block.first.endswith(":") and looks_like_label(block.first)


def split_subheadings(layout: Layout, block: Block, *, last: bool, below_heading: bool) -> list[Item]:
    """Return a block as sub-headings and the text below them.

    A sub-heading has space above it or another heading (`below_heading`); the `last` block of a section is none.
    """
    items: list[Item] = []
    while block.lines:
        may_open = block.spaced or below_heading or bool(items)
        size = _subheading_size(layout, block, last=last) if may_open and not block.list_mark else 0
        if not size:
            return [*items, Item(ItemKind.TEXT, block)]
        heading = _lines_block(layout, block.positions[:size])
        items.append(Item(ItemKind.SUBHEADING, heading, 2 if heading.lines[-1].text.endswith(":") else 1))
        block = replace(block, lines=block.lines[size:], positions=block.positions[size:])
    return items


def _subheading_size(layout: Layout, block: Block, *, last: bool) -> int:
    """Return of how many lines the sub-heading at the beginning of a block consists, 0 if there is none."""
    text = block.first
    if not _may_be_heading(text) or looks_like_label(text):
        return 0
    if len(block.lines) == 1:
        return 1 if _short_enough(text) and not last else 0
    goes_on = block.lines[1].text
    if layout.room_after(block.positions[0]) and _short_enough(text) and not goes_on[0].islower():
        return 1
    whole = layout.mended(block).text
    return 2 if len(block.lines) == 2 and _may_be_heading(whole) and _short_enough(whole) else 0


def _may_be_heading(text: str) -> bool:
    begins = text[0].isupper() or text[0] in '„»"(' or text[0].isdigit()
    return begins and not _ENDS_SENTENCE.search(text) and not _SALUTATION.match(text)


def _short_enough(text: str) -> bool:
    """Return whether a text is as short as a sub-heading; with a colon or a question mark it must be shorter."""
    words = len(text.split())
    if text.endswith(":"):
        return words <= 4
    return words <= (7 if text.endswith("?") else 12)


def find_bylines(draft: SectionDraft, blocks: Sequence[Block], register: Register) -> list[int]:
    """Return the indices of the blocks that are bylines inside a section.

    A byline is a short block with space above it that begins with the name of a speaker of the section who has not
    spoken yet, or names somebody and is followed by a salutation.
    """
    expected = set(draft.named(Role.SPEAKER))
    found: list[int] = []
    for number, block in enumerate(blocks):
        people = read_people(block.first)
        if not people or len(block.lines) > 3 or not block.spaced or ":" in block.first:
            continue
        if _SENTENCE.search(block.lines[-1].text) or _SALUTATION.match(block.first):
            continue
        person, _ = register.match(people[0].name)
        greets = number + 1 < len(blocks) and bool(_SALUTATION.match(blocks[number + 1].first))
        if greets and draft.kind in _SPOKEN:
            person = register.add(people[0])
            expected.add(person.id)
        if person is not None and person.id in expected:
            expected.discard(person.id)
            found.append(number)
    return found


def nested_draft(parent: SectionDraft, block: Block, register: Register, title: str) -> SectionDraft:
    """Return the section that a byline opens below `parent`: its id ends in the surname."""
    person, _ = register.match(read_people(block.first)[0].name)
    assert person is not None  # find_bylines chose the block because its person is known
    draft = SectionDraft(f"{parent.id}/{slug(person.surname)}", "speech", title=title)
    draft.add(Role.SPEAKER, person.id)
    return draft

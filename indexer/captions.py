"""Lone lines between paragraphs that are nobody's statement: photo captions, and interjections such as "(Beifall)"."""

from __future__ import annotations

import re

from indexer.names import PERSON, TITLE, Register, read_people
from indexer.pages import Paged

_PICTURE = re.compile(
    r"(?:Foto|Fotos|Bild|Abb\.|Abbildung|Grafik|Im Bild|Auf dem (?:Foto|Bild))\b[^.]{0,140}\.?", re.IGNORECASE
)
_FROM_LEFT = re.compile(
    r"^(?:\(?(?:v\.\s?[lr]\.(?:\s?n\.\s?[lr]\.)?|von (?:links|rechts)(?: nach (?:links|rechts))?)\)?:?\s*)"
)
_LONGEST = 160


def find_captions(paged: Paged, register: Register, *, taken: frozenset[int]) -> frozenset[int]:
    """Return the positions of captions; people named only there go into the register.

    A caption is a line with space above it that says it is a picture, or holds nothing but names of people of whom the
    register knows one. A byline looks alike; the section that expects one claims it first.
    """
    found = set()
    for position, line in enumerate(paged.lines):
        if position in taken or not (line.gap > paged.line_gap or paged.opens(position)):
            continue
        if _PICTURE.fullmatch(line.text) and _lone(paged, position):
            found.add(position)
        elif names := caption_names(line.text, register):
            found.add(position)
            for name in names:
                for person in read_people(name):
                    register.add(person)
    return frozenset(found)


INTERJECTION = re.compile(
    r"\((?:\w+\s+)?(?:Beifall|Applaus|Heiterkeit|Lachen|Gelächter|Zurufe?|Zwischenrufe?|Unruhe|Widerspruch)\b[^()]*\)"
)


def find_interjections(paged: Paged, *, taken: frozenset[int]) -> frozenset[int]:
    """Return the positions of lines that print an interjection in brackets and nothing else."""
    lines = enumerate(paged.lines)
    return frozenset(
        position for position, line in lines if position not in taken and INTERJECTION.fullmatch(line.text)
    )


def caption_names(text: str, register: Register) -> list[str]:
    """Return the names a line consists of, if it is nothing but names and one of them is known; else []."""
    if len(text) > _LONGEST or ":" in _FROM_LEFT.sub("", text):
        return []
    body = _FROM_LEFT.sub("", text).rstrip(".")
    names = [part.strip() for part in re.split(r",\s*|\s+und\s+|\s+mit\s+", body) if part.strip()]
    if not names or not all(_is_bare_name(name) for name in names):
        return []
    known = [name for name in names if register.match(_without_title(name))[0]]
    return names if known else []


def _is_bare_name(text: str) -> bool:
    people = read_people(text)
    match = PERSON.match(text)
    return len(people) == 1 and match is not None and match.end() == len(text)


def _without_title(text: str) -> str:
    return re.sub(rf"^(?:{TITLE}\s*)+", "", text).strip()


def _lone(paged: Paged, position: int) -> bool:
    following = position + 1
    return following >= len(paged.lines) or paged.lines[following].gap > paged.line_gap or paged.opens(following)

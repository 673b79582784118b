"""The turn line: who speaks when in a section, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.labels import role_word
from kb.model import Kind, Passage, Role
from webapp import urls
from webapp.typography import counted, percent, printed_pages

WIDTH = 1000
"""The length of the line, in its own units."""

_COLOURS = 6
_FEWEST = 4
_SLIVER = 0.004
"""What a turn gets beside its words, of the whole line: the shortest must still be seen."""

_GAP = 2.0


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says before somebody else does: its number in the order of speaking, and where it is on the line.

    `name` is "" where nobody is named; `path` leads to its first words on the same page, `told` says pages and number
    of words.
    """

    number: int
    name: str
    path: str
    told: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One person on the turn line; `share` is the part of all words in percent, as printed.

    `colour` numbers the people from 1; who moderates has 0, and is told so by `role`.
    """

    name: str
    path: str
    role: str
    colour: int
    turns: tuple[Turn, ...]
    words: int
    share: str


@dataclass(frozen=True, slots=True)
class TurnLine:
    """The turns of a section in the order of speaking, and the same by person, in the order they first speak."""

    turns: tuple[Turn, ...]
    lanes: tuple[Lane, ...]
    width: int = WIDTH


def turn_line(passages: Sequence[Passage]) -> TurnLine | None:
    """Return the turn line of a section; None where nobody takes turns.

    Pictures and notes interrupt nobody; a turn goes on until somebody else speaks.
    """
    spoken = [one for one in passages if one.kind is Kind.TURN]
    said = [tuple(group) for _, group in groupby(spoken, key=_whose)]
    if len(said) < _FEWEST or len({_whose(turn[0]) for turn in said}) < 2:
        return None
    turns = _placed(said)
    people: dict[tuple[str, ...], list[int]] = {}
    for at, turn in enumerate(said):
        people.setdefault(_whose(turn[0]), []).append(at)
    total = sum(map(_words, said))
    lanes, colour = [], 0
    for places in people.values():
        first = said[places[0]][0]
        moderates = first.role is Role.MODERATOR
        colour += not moderates
        words = sum(_words(said[at]) for at in places)
        lanes.append(
            Lane(
                name=_name(first),
                path=urls.person_path(first.speaker_ids[0]) if len(first.speaker_ids) == 1 else "",
                role=role_word(Role.MODERATOR) if moderates else "",
                colour=0 if moderates else (colour - 1) % _COLOURS + 1,
                turns=tuple(turns[at] for at in places),
                words=words,
                share=percent(words / max(1, total)),
            )
        )
    return TurnLine(turns, tuple(lanes))


def _placed(said: Sequence[tuple[Passage, ...]]) -> tuple[Turn, ...]:
    """Return the turns with their places: one behind the other, as wide as they have words."""
    counts = [_words(turn) for turn in said]
    sliver = _SLIVER * sum(counts)
    unit = WIDTH / (sum(counts) + sliver * len(counts))
    turns, x = [], 0.0
    for number, (turn, words) in enumerate(zip(said, counts, strict=True), 1):
        width = (words + sliver) * unit
        told = ", ".join(filter(None, (_pages(turn), counted(words, "Wort", "Wörter"))))
        path = f"#{turn[0].locator.anchor}"
        turns.append(Turn(number, _name(turn[0]), path, told, round(x, 1), round(max(width - _GAP, 1.0), 1)))
        x += width
    return tuple(turns)


def _pages(turn: Sequence[Passage]) -> str:
    return printed_pages(turn[0].page_first, turn[-1].page_last)


def _whose(passage: Passage) -> tuple[str, ...]:
    return passage.speaker_ids or (passage.speaker_printed or "",)


def _name(passage: Passage) -> str:
    return ", ".join(passage.speakers) or passage.speaker_printed or ""


def _words(turn: Sequence[Passage]) -> int:
    return sum(len(one.text.split()) for one in turn)

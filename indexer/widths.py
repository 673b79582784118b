"""How wide a printed line is, and whether another word would have fitted into it.

Type is set in proportional letters, so a count of characters misleads: a line that looks short may be full. Widths are
the metrics of Helvetica (Adobe Core 14 AFM, in thousandths of the type size), near enough for any text face; text that
was set in columns of equal characters is measured by their number. Which of the two fits is seen from the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

_GROUPS = {
    191: "'",
    222: "ijl’‚",
    278: " !,./:;I[]\\ft|·",
    333: "()-r`„“”‹›",
    355: '"',
    350: "•",
    389: "*",
    500: "cksvxyzJ",
    556: "#$?_0123456789abdeghnopquL«»–€§",
    584: "+<=>~",
    611: "FTZß",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
}
_WIDTHS = {char: width for width, chars in _GROUPS.items() for char in chars}
_UNKNOWN = 556

Measure = Callable[[str], float]


def proportional(text: str) -> float:
    """Return the width of `text` in thousandths of the type size; accents weigh nothing."""
    return float(sum(_WIDTHS.get(char) or _base_width(char) for char in text))


def _base_width(char: str) -> int:
    width = _WIDTHS.get(unicodedata.normalize("NFD", char)[0], _UNKNOWN)
    _WIDTHS[char] = width
    return width


def by_count(text: str) -> float:
    """Return the number of characters."""
    return float(len(text))


@dataclass(frozen=True)
class Column:
    """The printed column: a measure and the width it allows."""

    measure: Measure
    width: float

    def leaves_room(self, line: str, following: str) -> bool:
        """Return whether the first word of `following` would have fitted behind `line`: so the break was meant."""
        word = following.split(" ", 1)[0]
        return self.measure(f"{line} {word}") <= self.width


def column_of(lines: Sequence[str]) -> Column:
    """Return the column that `lines` (running text, last lines of paragraphs among them) were set in.

    The measure under which the full lines differ least is taken; the width is that of all but the two widest per cent,
    which may be headers set across the page.
    """
    return min((_column(lines, measure) for measure in (proportional, by_count)), key=lambda pair: pair[0])[1]


def _column(lines: Sequence[str], measure: Measure) -> tuple[float, Column]:
    widths = sorted(measure(line) for line in lines) or [0.0]
    width = widths[int(0.98 * (len(widths) - 1))]
    full = [value for value in widths if 0.8 * width <= value <= width]
    spread = pstdev(full) / fmean(full) if len(full) > 1 else 0.0
    return spread, Column(measure, width)

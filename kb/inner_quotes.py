"""Quotations inside a text: where one stands, and who is quoted, if the words before it say so for certain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.quote_marks import outermost

_TERM_WORDS = 3
"""So few words in quotation marks are a term or a title, unless a colon announces them."""

_NAME = r"(?P<name>[A-ZÄÖÜ][\w'’-]+(?:\s+(?:von|van|de|der|den|zu|zur))*(?:\s+[A-ZÄÖÜ][\w'’-]+)+)"
_TITLES = r"(?:(?:Frau|Herrn?|Prof\.|Dr\.|Oberbürgermeister(?:in)?|Bürgermeister(?:in)?|Minister(?:in)?)\s+)*"
_VERBS = r"(?:sagte?|erklärte?|meinte?|betonte?|schrieb|schreibt|formulierte?|fragte?|antwortete?|rief)"
_ANNOUNCED = re.compile(rf"(?:Zitat|{_VERBS}|(?:so|wie)\s+{_VERBS}(?:\s+es)?)\s+(?:von\s+)?{_TITLES}{_NAME}\s*:\s*$")
_NO_NAMES = frozenset({"Der", "Die", "Das", "Ein", "Eine", "Mein", "Meine", "Unser", "Unsere", "Ich", "Wir", "Sie"})


@dataclass(frozen=True, slots=True)
class InnerQuotation:
    """A quotation inside a text: [start, end) code points of the words between the marks, and who is quoted, or ""."""

    start: int
    end: int
    speaker: str = ""


def inner_quotations(text: str) -> tuple[InnerQuotation, ...]:
    """Return the quotations inside `text`; words in quotation marks that are a mere term are none.

    >>> [one.speaker for one in inner_quotations('Dazu sagte Ada Beispiel: „Der Bach bleibt offen.“')]
    ['Ada Beispiel']
    >>> inner_quotations('Das Wort „Hitzeinsel“ ist jung.')
    ()
    """
    found = []
    for marked in outermost(text):
        start, end = marked.start, marked.end
        before = text[: start - 1]
        is_closed = end < len(text)
        if is_closed and (before.rstrip().endswith(":") or len(text[start:end].split()) > _TERM_WORDS):
            found.append(InnerQuotation(start, end, _announced_speaker(before)))
    return tuple(found)


def _announced_speaker(before: str) -> str:
    match = _ANNOUNCED.search(before)
    name = " ".join(match["name"].split()) if match else ""
    return "" if name.partition(" ")[0] in _NO_NAMES else name


def quotation_around(text: str, start: int, end: int) -> InnerQuotation | None:
    """Return the quotation that [start, end) lies in, its marks and blanks around them included; None if in none."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    around = (one for one in inner_quotations(text) if one.start <= start < end <= one.end)
    return next(around, None)

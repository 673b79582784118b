"""Whose words stand inside a passage: quotations of other people, marked as such or in indirect speech."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.people import slug
from kb.quote_marks import marked_stretches

_FEWEST_WORDS = 3
"""Shorter ones are marks for a term, not a quotation."""

_SAID = (
    r"(?:sag|mein|schreib|schrieb|beton|erklär|forder|zitier|formulier|berichte|stell|frag|antwort|ruf|rief|sprach"
    r"|sprich)"
)
_SOURCE = re.compile(rf"\s*(?:\([^)]*\d{{4}}[^)]*\)|[,–-]?\s*(?:so|laut|nach)\s+[A-ZÄÖÜ]|[,–-]\s*{_SAID}\w*\s)")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_SUBJUNCTIVE = re.compile(
    r"\b(?:sei|seien|habe|werde|könne|müsse|dürfe|solle|wolle|möge|gebe|gehe|komme|stehe|bleibe|brauche|wisse|lasse"
    r"|finde|liege|mache|nehme|führe|halte|sehe)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:ich|wir)\b", re.IGNORECASE)
_NEAR = 90


@dataclass(frozen=True, slots=True)
class Embedding:
    """A quotation inside a passage that holds the words asked for; `around` is the text that says whose it is.

    `is_direct` is false for indirect speech after a quotation of the same person.
    """

    around: str
    is_direct: bool = True

    def names(self, surname: str) -> bool:
        """Return whether the text around the quotation names somebody so called."""
        return bool(surname) and f"-{surname}-" in f"-{slug(self.around)}-"


def embedding_at(text: str, start: int, end: int) -> Embedding | None:
    """Return the quotation in which the words `text[start:end]` stand as somebody else's; None if they do not.

    Quotation marks around a term or a title make no quotation; what ends in a full stop before the closing mark, what
    follows a colon and what names its source does.
    """
    earlier = None
    for one in marked_stretches(text):
        if not _is_speech(text, one.start, one.end):
            continue
        if one.start <= start and end <= one.end:
            return Embedding(_around(text, one.start, one.end))
        if one.end < start and "\n" not in text[one.end : start]:
            earlier = one
    if earlier is not None and _is_indirect(text, start, end):
        return Embedding(_around(text, earlier.start, earlier.end), is_direct=False)
    return None


def _is_speech(text: str, start: int, end: int) -> bool:
    words = text[start:end]
    if len(words.split()) < _FEWEST_WORDS:
        return False
    before, after = text[:start].rstrip("„“”»«‚‘›‹\"' "), text[end + 1 :]
    return (
        words.rstrip()[-1:] in (".", "!", "?", "…")
        or before.endswith(":")
        or bool(_SOURCE.match(after))
        or bool(re.match(r"\s*[.]?\s*$", after) and not before)
    )


def _around(text: str, start: int, end: int) -> str:
    """Return the sentence that leads to a quotation, its lead-in if that ends in a colon, and what follows at once."""
    before = text[: max(0, start - 1)].rstrip()
    sentences = [match.end() for match in _SENTENCE_END.finditer(before)]
    inside = [at for at in sentences if at < len(before)]
    lead = before[inside[-1] :] if inside else before
    behind = text[end + 1 : end + 1 + _NEAR]
    if behind.lstrip()[:1] not in (",", "(", "–", "-"):
        return lead
    stop = _SENTENCE_END.search(behind)
    return f"{lead} {behind[: stop.end()] if stop else behind}"


def _is_indirect(text: str, start: int, end: int) -> bool:
    """Return whether the words stand in sentences told in the subjunctive of indirect speech."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    first = max((at for at in ends if at <= start), default=0)
    last = min((at for at in ends if at >= end), default=len(text))
    sentence = text[first:last]
    return bool(_SUBJUNCTIVE.search(sentence)) and not _FIRST_PERSON.search(sentence)

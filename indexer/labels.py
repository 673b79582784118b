"""How the label of a turn looks: a name, or "Stimme aus dem Publikum", and a colon."""

from __future__ import annotations

import re

from indexer.names import NAME, OFFICE, TITLE, read_people
from indexer.vocabulary import AUDIENCE_LABEL, GUEST_LABEL

LABEL = re.compile(r"(?P<label>[^:]{2,140}?)\s?:(?:\s+|$)")
BARE_NAME = re.compile(rf"(?:(?:{OFFICE})\s+)?(?:{TITLE}\s*)*(?P<name>{NAME})(?:\s*\([^)]*\)|,\s*[^:]*)?")
SURNAME = re.compile(rf"(?:(?:Frau|Herr|{OFFICE})\s+)?(?:{TITLE}\s*)*(?P<name>[A-ZÄÖÜ][\w’'-]+)(?:\s*\([^)]*\))?")


def looks_like_label(text: str) -> bool:
    """Return whether a line begins like a turn: a whole name or a voice from the audience, and a colon.

    >>> looks_like_label("Uta Rau: Das war so."), looks_like_label("Neue Wege: Was zählt")
    (True, False)
    """
    match = LABEL.match(text)
    if match is None:
        return False
    label = match["label"]
    if AUDIENCE_LABEL.fullmatch(label) or GUEST_LABEL.fullmatch(label):
        return True
    return bool(read_people(label)) and bool(BARE_NAME.fullmatch(label))

"""Locators and fingerprints: where a passage stands, and which words stood there."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from kb.errors import LocatorError

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_LOCATOR = re.compile(rf"({SLUG})/((?:{SLUG}/)*{SLUG})/([1-9][0-9]*)(?:~([0-9a-f]{{8}}))?")


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """Where a passage stands: edition, id path of its section, and its number there (given once)."""

    edition: str
    section: str
    ordinal: int

    def __str__(self) -> str:
        return f"{self.edition}/{self.section}/{self.ordinal}"

    @property
    def anchor(self) -> str:
        """The id of the passage in its Markdown file and on its page: `kuehl-3`."""
        return f"{self.section.rpartition('/')[2]}-{self.ordinal}"


def parse_locator(text: str) -> tuple[Locator, str | None]:
    """Return the locator written in `text` and the fingerprint behind `~`, if there is one.

    >>> parse_locator("difu-2018/begruessung/kuehl/3~9c1e4b2a")
    (Locator(edition='difu-2018', section='begruessung/kuehl', ordinal=3), '9c1e4b2a')

    Raises:
        LocatorError: `text` names no place; the message quotes it.
    """
    match = _LOCATOR.fullmatch(text.strip().strip("/"))
    if match is None:
        raise LocatorError(
            f"{text!r} names no passage; a locator looks like edition/section/3 or edition/section/3~9c1e4b2a"
        )
    edition, section, ordinal, fingerprint = match.groups()
    return Locator(edition, section, int(ordinal)), fingerprint


def fingerprint(text: str) -> str:
    """Return the fingerprint of some words: 8 hex digits of SHA-256 over NFC, single blanks, stripped, UTF-8.

    >>> fingerprint("Zwei  Wörter\\n") == fingerprint("Zwei Wörter")
    True
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode()).hexdigest()[:8]

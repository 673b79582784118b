"""What a quote check is asked and what it answers: plain values, free of any index."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.alignment import Piece
from kb.claims import Claim
from kb.errors import KbError
from kb.model import Passage

MAX_CHARACTERS = 5_000
"""Of one quotation."""

MAX_QUOTES = 500
MAX_MANUSCRIPT = 1_000_000


class Verdict(StrEnum):
    """What there is to say of a quotation; one each."""

    VERBATIM = "verbatim"
    OTHER_SPEAKER = "other_speaker"
    REPORTED = "reported"
    PAGE_DIFFERS = "page_differs"
    NEAR = "near"
    POLARITY = "polarity"
    EMBEDDED = "embedded"
    AMBIGUOUS = "ambiguous"
    STITCHED = "stitched"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation to check, with whom and which page it is claimed for; both may be empty."""

    text: str
    speaker: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A place a quotation may come from: `text[start:end]` of the passage, and how the words differ there.

    `pages` are the printed pages the words stand on. `is_quotation` tells that they stand there in quotation marks.
    """

    passage: Passage
    start: int
    end: int
    pieces: tuple[Piece, ...]
    pages: tuple[str, ...]
    likeness: float = 1.0
    is_quotation: bool = False

    @property
    def printed(self) -> str:
        """The printed words, white space as single blanks."""
        return " ".join(self.passage.text[self.start : self.end].split())


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation with its verdict, the claim as understood, where it stands, and all that as a sentence.

    `notes` tell what was left open or understood; `more` counts further places that are not among `matches`.
    """

    quote: Quote
    verdict: Verdict
    claim: Claim
    matches: tuple[Match, ...]
    sentence: str
    notes: tuple[str, ...] = ()
    more: int = 0


class TooMuch(KbError):
    """More was asked than is answered at once: `what` is over its `limit`."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"{what}: at most {limit:,} are checked at once; send fewer")
        self.what = what
        self.limit = limit


class NothingToCheck(KbError):
    """What was sent holds no words that could be a quotation."""

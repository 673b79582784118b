"""A quote check as JSON: the one shape of command line and API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kb.alignment import Piece
from kb.citation import permanent_link, quotable_text
from kb.passage_json import passage_json
from kb.quote_wording import verdict_word
from kb.quotes import Checked, Match


def check_json(checks: Iterable[Checked], *, base_url: str) -> dict[str, Any]:
    """Return all verdicts in the fixed shape of the JSON contract; links start with `base_url`."""
    return {"results": [checked_json(checked, base_url=base_url) for checked in checks]}


def checked_json(checked: Checked, *, base_url: str) -> dict[str, Any]:
    """Return one verdict: quotation, claim as understood, places with the printed words and what differs."""
    quote = checked.quote
    return {
        "verdict": checked.verdict.value,
        "label": verdict_word(checked.verdict),
        "sentence": checked.sentence,
        "notes": list(checked.notes),
        "quote": {"text": quote.text, "speaker": quote.speaker or None, "page": quote.page or None},
        "claim": {"speaker_ids": list(checked.claim.people)},
        "matches": [_match_json(match, base_url=base_url) for match in checked.matches],
        "more": checked.more,
    }


def _match_json(match: Match, *, base_url: str) -> dict[str, Any]:
    return {
        "passage": passage_json(match.passage),
        "printed": match.printed,
        "words": quotable(match),
        "pages": list(match.pages),
        "start": match.start,
        "end": match.end,
        "likeness": round(match.likeness, 3),
        "is_quotation": match.is_quotation,
        "diff": [list(step) for piece in match.pieces for step in steps(piece)],
        "url": permanent_link(match.passage, base_url=base_url),
    }


def quotable(match: Match) -> str:
    """Return the printed words of a match as they may be handed out."""
    return quotable_text(replace(match.passage, text=match.printed))


def steps(piece: Piece) -> list[tuple[str, str]]:
    """Return a piece as steps from print to quotation: "same", "removed" (printed, not quoted), "added".

    >>> steps(Piece("kalt", "warm"))
    [('removed', 'kalt'), ('added', 'warm')]
    """
    if piece.is_same:
        return [("same", piece.printed)]
    found = [("removed", piece.printed), ("added", piece.quoted)]
    return [(step, words) for step, words in found if words]

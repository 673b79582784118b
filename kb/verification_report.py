"""What became of citations, as JSON and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.citation import pages
from kb.ledger import Event
from kb.model import Passage
from kb.verification import Change, Finding, Status
from kb.word_diff import marked


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return what became of a citation, ready for `json.dumps`."""
    reference = finding.reference
    return {
        "where": reference.where,
        "written": reference.written,
        "locator": str(reference.locator) if reference.locator else None,
        "fingerprint": reference.fingerprint,
        "status": finding.status.value,
        "changes": [_change_json(change) for change in finding.changes],
        "places": [_place_json(place) for place in finding.places],
        "diff": [list(piece) for piece in finding.diff],
        "remarks": [_remark_json(remark) for remark in finding.remarks],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "status": change.status.value,
        "before": change.before,
        "now": change.now,
        "date": change.day.isoformat() if change.day else None,
        "reason": change.reason,
    }


def _place_json(place: Passage) -> dict[str, Any]:
    return {
        "id": place.id,
        "fingerprint": place.fingerprint,
        "page_first": place.page_first,
        "page_last": place.page_last,
        "speakers": list(place.speakers),
        "voice": place.voice.value,
    }


def _remark_json(remark: Event) -> dict[str, Any]:
    return {"event": remark.kind.value, "date": remark.day.isoformat(), "by": remark.by, "note": remark.note}


def finding_lines(finding: Finding) -> list[str]:
    """Return what became of a citation: where it stands, its status, and below it what there is to say."""
    reference = finding.reference
    cited = str(reference.locator or reference.written)
    cited += f"~{reference.fingerprint}" if reference.fingerprint else ""
    head = f"{reference.where}: " if reference.where else ""
    lines = [f"{head}{cited}: {finding.status.words}"]
    lines += [f"  {_told(change)}" for change in finding.changes]
    if finding.diff:
        lines.append(f"  words: {marked(finding.diff)}")
    if not finding.holds:
        lines += [f"  today: {_place(place)}" for place in finding.places]
    return lines + [f"  {_remarked(remark)}" for remark in finding.remarks]


def _remarked(remark: Event) -> str:
    return f"{remark.kind} by {remark.by} on {remark.day}" + (f": {remark.note}" if remark.note else "")


def _told(change: Change) -> str:
    """Return a change in words: "page moved 12 → 13 on 2024-05-03"."""
    words = [change.status.words]
    if change.now:
        words.append(f"{change.before} → {change.now}")
    elif change.before:
        words.append(change.before)
    if change.day:
        words.append(f"on {change.day}")
    return " ".join(words) + (f": {change.reason}" if change.reason else "")


def _place(place: Passage) -> str:
    who = f", {', '.join(place.speakers)}" if place.speakers else ""
    page = pages(place.page_first, place.page_last)
    return f"{place.id}~{place.fingerprint}{who}{f', {page}' if page else ''}"


def summary_line(findings: Sequence[Finding]) -> str:
    """Return how many citations there are of each status: "3 citations: 2 unchanged, 1 reworded"."""
    counts = [(status, sum(finding.status is status for finding in findings)) for status in Status]
    told = ", ".join(f"{count} {status.words}" for status, count in counts if count)
    return f"{len(findings)} citation{'s' if len(findings) != 1 else ''}{f': {told}' if told else ''}"

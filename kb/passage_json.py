"""A passage as JSON: the one shape of export, API and assistants."""

from __future__ import annotations

from typing import Any

from kb.model import Passage


def passage_json(passage: Passage) -> dict[str, Any]:
    """Return the passage in the fixed shape of the JSON contract, ready for `json.dumps`."""
    return {
        "id": passage.id,
        "edition": passage.edition,
        "section": passage.section,
        "section_title": passage.section_title,
        "ordinal": passage.locator.ordinal,
        "kind": passage.kind.value,
        "voice": passage.voice.value,
        "speaker": passage.speaker,
        "speaker_id": passage.speaker_id,
        "speakers": list(passage.speakers),
        "speaker_printed": passage.speaker_printed,
        "role": passage.role.value if passage.role else None,
        "page_first": passage.page_first,
        "page_last": passage.page_last,
        "themes": [tag.theme for tag in passage.themes],
        "text": passage.text,
        "fingerprint": passage.fingerprint,
        "source": _source(passage),
        "evidence": _evidence(passage),
    }


def _source(passage: Passage) -> dict[str, Any] | None:
    if passage.source is None or not passage.spans:
        return None
    source: dict[str, Any] = {
        "file": passage.source.file,
        "sha256": passage.source.sha256,
        "spans": [list(span) for span in passage.spans],
    }
    return source | {"id": passage.source_id} if passage.source_id else source


def _evidence(passage: Passage) -> dict[str, Any] | None:
    if passage.evidence is None:
        return None
    evidence: dict[str, Any] = {"rule": passage.evidence.rule, "confidence": passage.evidence.confidence}
    if passage.evidence.read_from:
        evidence["read_from"] = [list(span) for span in passage.evidence.read_from]
    if passage.evidence.doubt:
        evidence["doubt"] = passage.evidence.doubt
    return evidence

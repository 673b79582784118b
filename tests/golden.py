"""What makes two readings of the same print equal: everything a reader would see or cite."""

from __future__ import annotations

from kb.model import Passage


def visible(passage: Passage) -> tuple[object, ...]:
    """Return a passage without its number: place, kind, voice, who, page and words."""
    return (
        passage.section,
        passage.kind.value,
        passage.voice.value,
        passage.speaker_ids,
        passage.role.value if passage.role else None,
        passage.page_first,
        passage.page_last,
        passage.list_mark,
        passage.headings,
        passage.text,
    )

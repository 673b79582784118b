"""The shapes of notes and themes in the JSON interface."""

from __future__ import annotations

from collections.abc import Mapping

from kb.model import Voice
from kb.notes import Target
from webapp.openapi.schema import (
    FINGERPRINT,
    LINK,
    SLUG_TEXT,
    TEXT,
    WHOLE,
    YES_NO,
    Schema,
    listed,
    one_of,
    or_null,
    record,
    ref,
)

_HEAD = {
    "name": SLUG_TEXT,
    "title": TEXT,
    "theme": or_null(TEXT),
    "language": TEXT,
    "fictional": YES_NO,
    "url": LINK,
}
_LINK = record(
    {
        "kind": one_of(Target),
        "id": TEXT,
        "fingerprint": or_null(FINGERPRINT),
        "label": TEXT,
        "is_shown": YES_NO,
        "url": LINK,
    }
)
_THEME = {
    "id": SLUG_TEXT,
    "label_de": TEXT,
    "label_en": TEXT,
    "scope_note": TEXT,
    "passages": WHOLE,
    "voices": {"type": "object", "properties": dict.fromkeys(map(str, Voice), WHOLE), "additionalProperties": False},
    "people": listed(record({"id": TEXT, "name": TEXT, "verbatim": WHOLE, "reported": WHOLE})),
    "telling": listed(record({"passage": ref("Passage"), "reason": TEXT, "by_hand": YES_NO})),
    "neighbours": listed(record({"id": TEXT, "label_de": TEXT, "passages": WHOLE})),
    "note": or_null(TEXT),
    "mentioned_in": listed(TEXT),
    "url": LINK,
}

NOTE_SCHEMAS: Mapping[str, Schema] = {
    "Notes": record({"notes": listed(record(_HEAD))}),
    "Note": record({**_HEAD, "text": TEXT, "html": TEXT, "links": listed(_LINK), "linked_from": listed(TEXT)}),
    "Theme": record(_THEME),
}
"""Every shape with a name."""

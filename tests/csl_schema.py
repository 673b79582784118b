"""What CSL-JSON allows of the fields a citation uses, written after the CSL specification 1.0.2 as a JSON schema."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string", "minLength": 1, "pattern": r"^[^\n\r]+$"}
_PART = {"type": "string", "minLength": 1}
_NAME = {
    "type": "object",
    "properties": dict.fromkeys(("family", "given", "non-dropping-particle", "literal"), _PART),
    "additionalProperties": False,
    "oneOf": [{"required": ["family"]}, {"required": ["literal"]}],
}
_NAMES = {"type": "array", "items": _NAME, "minItems": 1}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        }
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
_TEXTS = (
    "id", "title", "title-short", "container-title", "event-title", "event-place", "publisher", "publisher-place",
    "page", "genre", "annote", "status", "note", "language", "URL", "DOI", "ISBN",
)  # fmt: skip

SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **dict.fromkeys(_TEXTS, _TEXT),
            **dict.fromkeys(("author", "editor", "original-author"), _NAMES),
            **dict.fromkeys(("event-date", "issued", "accessed"), _DATE),
            "type": {"enum": ["speech", "chapter"]},
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}

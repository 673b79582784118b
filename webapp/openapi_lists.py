"""The reading list and the operator's pages in the JSON interface: what they take, and the shapes they answer in."""

from __future__ import annotations

from collections.abc import Mapping

from kb.citation_wording import LOCALES
from kb.reading_list import LONGEST_NOTE, MOST, SORTS
from kb.reading_sheets import SHEET_FORMS, SHEETS
from kb.styling import STYLES
from webapp.language import LANGUAGES
from webapp.openapi_schemas import LINK, SCHEMAS, TEXT, Schema, listed, one_of, record, ref
from webapp.operator_pages import NAMES


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _history() -> dict[str, Schema]:
    """Return what is told of a citation that was looked up, without where it was found and all that ever happened."""
    told: dict[str, Schema] = SCHEMAS["History"]["properties"]
    return {name: schema for name, schema in told.items() if name not in ("where", "events")}


_ENTRY = record(
    {
        **_history(),
        "note": TEXT,
        "passage": _or_null(ref("Passage")),
        "quotation": _or_null(TEXT),
        "reference": _or_null(TEXT),
        "link": _or_null(LINK),
    }
)
LIST_SCHEMAS: Mapping[str, Schema] = {
    "ReadingList": record(
        {
            "url": LINK,
            "sort": one_of(SORTS),
            "style": one_of(STYLES),
            "locale": one_of(LOCALES),
            "entries": listed(_ENTRY),
        }
    ),
    "OperatorPage": record(
        {"name": one_of(NAMES), "title": TEXT, "language": one_of(LANGUAGES), "markdown": TEXT, "html": TEXT}
    ),
}

_PASSAGES: Schema = {
    "type": "array",
    "items": TEXT,
    "maxItems": MOST,
    "example": ["mahlbrueck-2023/gespraechsrunde/7"],
}
LIST_PARAMETERS: tuple[Schema, ...] = (
    {
        "name": "p",
        "in": "query",
        "schema": _PASSAGES,
        "description": "Passages, in order: `edition/section/3~9c1e4b2a`.",
    },
    {
        "name": "n1",
        "in": "query",
        "schema": {"type": "string", "maxLength": LONGEST_NOTE},
        "description": "The note of the first passage; `n2` that of the second, and so on.",
    },
    {"name": "sort", "in": "query", "schema": one_of(SORTS)},
)
SHEET_PARAMETERS: tuple[Schema, ...] = (
    {"name": "kind", "in": "path", "required": True, "schema": one_of(SHEETS)},
    {"name": "form", "in": "path", "required": True, "schema": one_of(SHEET_FORMS)},
)

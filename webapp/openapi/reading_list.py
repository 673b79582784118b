"""The reading list in the JSON interface: what it takes, and the shape it answers in."""

from __future__ import annotations

from collections.abc import Mapping

from kb.citation_wording import LOCALES
from kb.reading_list import LONGEST_NOTE, MOST, SORTS
from kb.reading_sheets import SHEET_FORMS, SHEETS
from kb.styling import STYLES
from webapp.openapi.answers import ANSWERS
from webapp.openapi.parameters import in_path, in_query
from webapp.openapi.schema import LINK, TEXT, Schema, listed, one_of, or_null, record, ref


def _history() -> dict[str, Schema]:
    """Return what is told of a citation that was looked up, without where it was found and all that ever happened."""
    told: dict[str, Schema] = ANSWERS["History"]["properties"]
    return {name: schema for name, schema in told.items() if name not in ("where", "events")}


_ENTRY = record(
    {
        **_history(),
        "note": TEXT,
        "passage": or_null(ref("Passage")),
        "quotation": or_null(TEXT),
        "reference": or_null(TEXT),
        "link": or_null(LINK),
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
}

_PASSAGES = listed(TEXT, maxItems=MOST, example=["mahlbrueck-2023/gespraechsrunde/7"])
LIST_PARAMETERS: tuple[Schema, ...] = (
    in_query("p", _PASSAGES, "Passages, in order: `edition/section/3~9c1e4b2a`."),
    in_query(
        "n1",
        {"type": "string", "maxLength": LONGEST_NOTE},
        "The note of the first passage; `n2` that of the second, and so on.",
    ),
    in_query("sort", one_of(SORTS)),
)
SHEET_PARAMETERS: tuple[Schema, ...] = (
    in_path("kind", one_of(SHEETS)),
    in_path("form", one_of(SHEET_FORMS)),
)

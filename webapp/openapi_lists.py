"""The shapes of the reading list and of the operator's pages in the JSON interface."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.language import LANGUAGES
from webapp.openapi_schemas import TEXT, Schema, one_of, record
from webapp.operator_pages import NAMES

LIST_SCHEMAS: Mapping[str, Schema] = {
    "OperatorPage": record(
        {"name": one_of(NAMES), "title": TEXT, "language": one_of(LANGUAGES), "markdown": TEXT, "html": TEXT}
    ),
}

"""The words that shapes and parameters are described in, as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.locator import SLUG

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
YES_NO: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
LINK: Schema = {"type": "string", "format": "uri"}
FINGERPRINT: Schema = {"type": "string", "pattern": "^[0-9a-f]{8}$"}
SLUG_TEXT: Schema = {"type": "string", "pattern": f"^{SLUG}$"}


def ref(name: str) -> Schema:
    """Return the schema that stands under a name in the description."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(items: Schema, **more: Any) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items, **more}


def one_of(words: Any) -> Schema:
    """Return the schema of a word from a closed list."""
    return {"type": "string", "enum": [str(word) for word in words]}


def or_null(schema: Schema) -> Schema:
    """Return the schema of what may be missing."""
    return {"anyOf": [schema, {"type": "null"}]}


def row(*items: Schema) -> Schema:
    """Return the schema of a list of fixed length."""
    return {"type": "array", "prefixItems": list(items), "minItems": len(items), "maxItems": len(items)}


def record(properties: Mapping[str, Schema], *, optional: Mapping[str, Schema] | None = None) -> Schema:
    """Return the schema of an object that has all `properties`, perhaps the `optional` ones, and no others."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }

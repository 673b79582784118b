"""Writing TOML that is new; what a person may have edited is changed through tomlkit instead, which keeps comments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date


def quoted(text: str) -> str:
    """Return a TOML string.

    >>> quoted('Amt "Mitte"')
    '"Amt \\\\"Mitte\\\\""'
    """
    # JSON leaves DEL as it is, TOML does not allow it; all else of a JSON string is a TOML string.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def inline_table(values: Mapping[str, str]) -> str:
    """Return an inline table of the values that say something."""
    return "{ " + ", ".join(f"{key} = {quoted(value)}" for key, value in values.items() if value) + " }"


def key_lines(values: Mapping[str, str | date | None]) -> list[str]:
    """Return one `key = value` line for each value that says something."""
    return [
        f"{key} = {quoted(value) if isinstance(value, str) else value.isoformat()}"
        for key, value in values.items()
        if value
    ]

"""Entries of bibliographies, as far as checking a citation needs them: link, page, authors, day of access.

Tolerant on purpose: an entry that a bibliography program would refuse may still hold a link.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Work:
    """One entry: its `key`, the 1-based `line` it begins in (0: unknown), all its `text`, and what it says."""

    key: str
    line: int
    text: str
    page: str = ""
    authors: tuple[str, ...] = ()
    accessed: date | None = None


_ENTRY = re.compile(r"@\s*(\w+)\s*[{(]\s*([^,\s{}]*)\s*,")
_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*=\s*")
_TILDE = re.compile(
    r"\{\\textasciitilde\s*(?:\{\})?\}|\\textasciitilde\s*(?:\{\})?|\\string\s*~|\\~\s*(?:\{\})?|\$\\sim\$"
)
_ESCAPED = re.compile(r"\\([%&#_$])")


def read_bibtex(source: str) -> Iterator[Work]:
    """Yield the entries of a BibTeX or BibLaTeX file."""
    starts = list(_ENTRY.finditer(source))
    ends = [match.start() for match in starts[1:]] + [len(source)]
    for start, end in zip(starts, ends, strict=False):
        if start.group(1).lower() in ("comment", "preamble", "string"):
            continue
        body = source[start.end() : end]
        fields = dict(_bibtex_fields(body))
        authors = re.split(r"\s+and\s+", fields.get("author", ""))
        yield Work(
            key=start.group(2),
            line=source.count("\n", 0, start.start()) + 1,
            text="\n".join(fields.values()),
            page=fields.get("pages", ""),
            authors=tuple(filter(None, authors)),
            accessed=_day(fields.get("urldate", "")),
        )


def _bibtex_fields(body: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry, braces and quotation marks around their values taken off."""
    position = 0
    while match := _FIELD.search(body, position):
        value, position = _bibtex_value(body, match.end())
        yield match.group(1).lower(), _ESCAPED.sub(r"\1", _TILDE.sub("~", value))


def _bibtex_value(body: str, start: int) -> tuple[str, int]:
    """Return the value that begins at `start`, and where it ends."""
    if body[start : start + 1] not in ("{", '"'):
        match = re.compile(r"[^,}\s]*").match(body, start)
        return (match.group(), match.end()) if match else ("", len(body))
    quoted = body[start] == '"'
    depth = 0
    for position in range(start, len(body)):
        char = body[position]
        if char in "{}" and body[position - 1] != "\\":
            depth += 1 if char == "{" else -1
        if position > start and depth == 0 and char == ('"' if quoted else "}"):
            return body[start + 1 : position], position + 1
    return body[start + 1 :], len(body)


_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")


def read_ris(source: str) -> Iterator[Work]:
    """Yield the entries of an RIS file."""
    fields: list[tuple[str, str]] = []
    first = 1
    for number, line in enumerate([*source.splitlines(), "ER  - "], start=1):
        match = _RIS_LINE.match(line.strip())
        if match is None:
            if fields and line.strip():  # a value that runs on
                fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
        elif match.group(1) == "ER":
            if fields:
                yield _ris_work(fields, first)
            fields = []
        else:
            first = number if not fields else first
            fields.append((match.group(1), match.group(2).strip()))


def _ris_work(fields: list[tuple[str, str]], line: int) -> Work:
    said = dict(reversed(fields))
    pages = "–".join(filter(None, (said.get("SP", ""), said.get("EP", ""))))
    return Work(
        key=said.get("ID", ""),
        line=line,
        text="\n".join(value for _, value in fields),
        page=pages,
        authors=tuple(value for tag, value in fields if tag in ("AU", "A1")),
        accessed=_day(said.get("Y2", "")),
    )


def read_csl_json(source: str) -> Iterator[Work]:
    """Yield the entries of CSL-JSON: one object, or a list of them.

    Raises:
        ValueError: it is no such JSON.
    """
    rows = json.loads(source)
    rows = rows if isinstance(rows, list) else rows.get("items", [rows]) if isinstance(rows, dict) else None
    if rows is None or not all(isinstance(row, dict) for row in rows):
        raise ValueError("a list of objects is expected")
    for number, row in enumerate(rows, start=1):
        yield Work(
            key=str(row.get("id") or number),
            line=0,
            text="\n".join(value for value in row.values() if isinstance(value, str)),
            page=str(row.get("page") or row.get("locator") or ""),
            authors=tuple(filter(None, map(_csl_name, _list(row.get("author"))))),
            accessed=_csl_day(row.get("accessed")),
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _csl_name(author: Any) -> str:
    if not isinstance(author, dict):
        return ""
    parts = (author.get("non-dropping-particle"), author.get("family"), author.get("given"), author.get("literal"))
    return " ".join(str(part) for part in parts if part)


def _csl_day(accessed: Any) -> date | None:
    if not isinstance(accessed, dict):
        return None
    parts = _list((_list(accessed.get("date-parts")) or [None])[0])
    if len(parts) == 3:
        return _day("-".join(str(part).zfill(2) for part in parts))
    return _day(str(accessed.get("raw") or ""))


def _day(written: str) -> date | None:
    """Return a day written as 2024-05-03 or 2024/5/3; None if it is none."""
    match = re.match(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})", written)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None

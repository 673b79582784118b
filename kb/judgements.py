"""Reading what people judged relevant: a JSON Lines file of queries with their answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from kb.errors import CorpusError, CorpusInvalid, SourceError
from kb.evaluation import JudgedQuery

_GROUPS = ("kind", "tier")


def load_queries(path: Path, *, source: Path | None = None) -> list[JudgedQuery]:
    """Return the queries of a JSON Lines file.

    Each line has `query` and what answers it: `relevant_ids` (ids of passages, or those the source gives), or
    `relevant`: line ranges `[first, last]` of the file `source`, counted from 0, both included. An empty list says that
    nothing answers it.

    Raises:
        CorpusInvalid: lines cannot be read; all of them are listed.
        SourceError: a file is missing or not UTF-8.
    """
    lines = _SourceLines(source) if source else None
    queries, problems = [], []
    for number, text in enumerate(_read(path)[1].split("\n"), start=1):
        if text.strip():
            try:
                queries.append(_query(json.loads(text), lines))
            except (ValueError, TypeError) as error:
                problems.append(CorpusError(str(error), path, number))
    if problems:
        raise CorpusInvalid(problems)
    if not queries:
        raise SourceError(f"{path}: there are no queries in it")
    return queries


class _SourceLines:
    """Where the lines of a source file begin and end, in characters of its text."""

    def __init__(self, path: Path) -> None:
        raw, text = _read(path)
        self.digest = hashlib.sha256(raw).hexdigest()
        lengths = [len(line) for line in text.split("\n")]
        self._ends = [end - 1 for end in accumulate(length + 1 for length in lengths)]
        self._starts = [end - length for end, length in zip(self._ends, lengths, strict=True)]

    def span(self, lines: Any) -> tuple[int, int]:
        """Return the characters of some lines."""
        if not (isinstance(lines, list) and len(lines) == 2 and all(isinstance(line, int) for line in lines)):
            raise ValueError(f"a range of lines is [first, last], not {lines!r}")
        first, last = lines
        if not 0 <= first <= last < len(self._starts):
            raise ValueError(f"the source has no lines {first} to {last}; they run from 0 to {len(self._starts) - 1}")
        return (self._starts[first], self._ends[last])


def _read(path: Path) -> tuple[bytes, str]:
    if not path.is_file():
        raise SourceError(f"{path}: no such file")
    raw = path.read_bytes()
    try:
        return raw, raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{path}:{line}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error


def _query(row: Any, lines: _SourceLines | None) -> JudgedQuery:
    if not isinstance(row, Mapping) or not isinstance(row.get("query"), str) or not row["query"].strip():
        raise ValueError('each line is an object with a "query" and "relevant_ids" or "relevant"')
    ids, ranges = row.get("relevant_ids"), row.get("relevant")
    if not isinstance(ids if ranges is None else ranges, list):
        raise ValueError('"relevant_ids" or "relevant" lists what answers the query; [] if nothing does')
    if ranges and lines is None:
        raise ValueError('"relevant" gives lines of the source; name the source with --source FILE')
    return JudgedQuery(
        text=row["query"],
        id=str(row.get("id", "")),
        group=next((str(row[name]) for name in _GROUPS if row.get(name)), ""),
        ids=frozenset(map(str, ids or ())),
        spans=tuple(map(lines.span, ranges)) if ranges and lines else (),
        source=lines.digest if ranges and lines else "",
    )

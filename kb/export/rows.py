"""JSON and CSV: passages as rows, written one at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any

from kb.citation import permanent_link
from kb.export.extract import Extract
from kb.model import Passage
from kb.passage_json import passage_json

BOM = "\ufeff"
COLUMNS = (
    "locator", "edition", "section", "section_title", "kind", "voice", "speaker", "speaker_id", "role",
    "page_first", "page_last", "themes", "text", "fingerprint", "link",
)  # fmt: skip
"""The columns of a table of passages: the JSON of a passage made flat; several themes are parted by blanks."""

_FORMULA = tuple("=+-@\t\r")


def jsonl_chunks(extract: Extract, *, base_url: str) -> Iterator[str]:
    """Yield one JSON object a line; `base_url` is nothing to it."""
    for passage in extract.passages:
        yield json.dumps(passage_json(passage), ensure_ascii=False) + "\n"


def json_chunks(extract: Extract, *, base_url: str) -> Iterator[str]:
    """Yield one JSON list of all passages; `base_url` is nothing to it."""
    return json_list(map(passage_json, extract.passages))


def json_list(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a JSON list a person can read, row by row."""
    glue = "[\n"
    for row in rows:
        yield glue + indent(json.dumps(row, ensure_ascii=False, indent=2), "  ")
        glue = ",\n"
    yield "\n]\n" if glue != "[\n" else "[]\n"


def csv_chunks(extract: Extract, *, base_url: str, bom: bool = False, guard: bool = False) -> Iterator[str]:
    """Yield a table with the columns `COLUMNS`, after RFC 4180: commas, doubled quotation marks, CR LF, UTF-8.

    The words are those of the passage, letter for letter, unless `guard` puts an apostrophe before a cell that a
    spreadsheet would take for a formula; `bom` puts a byte order mark first, by which Excel knows UTF-8.
    """
    if bom:
        yield BOM
    rows = (passage_row(passage, base_url=base_url) for passage in extract.passages)
    yield from table(COLUMNS, rows, cell=guarded if guard else str)


def passage_row(passage: Passage, *, base_url: str) -> list[str]:
    """Return the cells of a passage; what it does not have is an empty cell."""
    fields = passage_json(passage)
    fields |= {
        "locator": passage.id,
        "themes": " ".join(fields["themes"]),
        "link": permanent_link(passage, base_url=base_url),
    }
    return [fields[name] or "" for name in COLUMNS]


def table(columns: Iterable[str], rows: Iterable[Iterable[str]], *, cell: Callable[[str], str] = str) -> Iterator[str]:
    """Yield a CSV table row by row, the names of its columns first."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(map(cell, row))
    yield buffer.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

"""The formats passages are written in, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kb.export.extract import Extract
from kb.export.references import biblatex_chunks, bibtex_chunks, csl_chunks, ris_chunks
from kb.export.rows import csv_chunks, json_chunks, jsonl_chunks
from kb.export.tei import tei_chunks


class Chunks(Protocol):
    """Writes an extract as text, piece by piece; links start with `base_url`."""

    def __call__(self, extract: Extract, *, base_url: str) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class Form:
    """A format: what writes it, its media type and how its files end.

    `has_themes` tells whether the themes of passages are in it; earning them takes most of the time.
    """

    chunks: Chunks
    media_type: str
    suffix: str
    has_themes: bool = True


FORMS: Mapping[str, Form] = {
    "jsonl": Form(jsonl_chunks, "application/x-ndjson", "jsonl"),
    "json": Form(json_chunks, "application/json", "json"),
    "csv": Form(csv_chunks, "text/csv", "csv"),
    "tei": Form(tei_chunks, "application/tei+xml", "xml"),
    "bibtex": Form(bibtex_chunks, "application/x-bibtex", "bib", has_themes=False),
    "biblatex": Form(biblatex_chunks, "application/x-bibtex", "bib", has_themes=False),
    "ris": Form(ris_chunks, "application/x-research-info-systems", "ris", has_themes=False),
    "csl-json": Form(csl_chunks, "application/vnd.citationstyles.csl+json", "json", has_themes=False),
}
"""The formats that are one stream of text; a data package is a folder, see `kb.export.datapackage`."""

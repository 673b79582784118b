"""`evidence.jsonl` of an edition: what each passage was read from, by which rule, how surely.

The first row describes the source and what the importer wrote (`{"source": …, "written": …}`); then one row a passage
(`{"id": …}`) and one row an omission (`{"omitted": …}`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import CorpusError
from kb.model import Evidence, SourceFile

FILE_NAME = "evidence.jsonl"


@dataclass(frozen=True)
class EvidenceRow:
    """What is known of one passage: source spans, the reason, and the state it was written in (for merging).

    `source_id` is the id the source itself gives the passage, "" if it gives none.
    """

    spans: tuple[tuple[int, int], ...]
    evidence: Evidence
    written: Mapping[str, str] = field(default_factory=dict)
    source_id: str = ""


@dataclass(frozen=True)
class Omission:
    """A stretch of the source that went into no passage, and why."""

    why: str
    spans: tuple[tuple[int, int], ...]
    page: str = ""


@dataclass(frozen=True)
class EvidenceFile:
    """All of `evidence.jsonl`; `rows` by locator, `written` the digests of the files as the importer left them.

    `numbers` tells per section the highest number ever given, so that none is used twice; `pages` holds the printed
    label of each page of the source, by its index.
    """

    source: SourceFile | None = None
    written: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, EvidenceRow] = field(default_factory=dict)
    omissions: tuple[Omission, ...] = ()
    pages: tuple[str, ...] = ()


def _spans(value: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in value)


def load_evidence(folder: Path) -> EvidenceFile:
    """Return the evidence of the edition in `folder`; empty if the edition was written by hand.

    Raises:
        CorpusError: a row cannot be read; with its line.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return EvidenceFile()
    source: SourceFile | None = None
    written: dict[str, str] = {}
    numbers: dict[str, int] = {}
    rows: dict[str, EvidenceRow] = {}
    omissions: list[Omission] = []
    pages: tuple[str, ...] = ()
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(text)
            if "id" in row:
                rows[row["id"]] = _row(row)
            elif "omitted" in row:
                omissions.append(Omission(row["omitted"], _spans(row["spans"]), row.get("page", "")))
            else:
                source = SourceFile(row["source"]["file"], row["source"]["sha256"])
                written, numbers = row.get("written", {}), row.get("numbers", {})
                pages = tuple(row.get("pages", ()))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"evidence row cannot be read: {error!r}", path, line) from error
    return EvidenceFile(source, written, numbers, rows, tuple(omissions), pages)


def _row(row: dict[str, Any]) -> EvidenceRow:
    evidence = Evidence(
        rule=row["rule"],
        confidence=float(row["confidence"]),
        read_from=_spans(row.get("read_from", ())),
        doubt=row.get("doubt", ""),
    )
    return EvidenceRow(_spans(row["spans"]), evidence, row.get("written", {}), row.get("source_id", ""))


def render_evidence(evidence_file: EvidenceFile) -> str:
    """Return the text of `evidence.jsonl` that `load_evidence` reads back."""
    head: dict[str, Any] = {"written": dict(evidence_file.written), "numbers": dict(evidence_file.numbers)}
    head["pages"] = list(evidence_file.pages)
    if evidence_file.source:
        head["source"] = {"file": evidence_file.source.file, "sha256": evidence_file.source.sha256}
    rows: list[dict[str, Any]] = [head]
    for locator, row in evidence_file.rows.items():
        entry: dict[str, Any] = {
            "id": locator,
            "spans": row.spans,
            "rule": row.evidence.rule,
            "confidence": row.evidence.confidence,
        }
        if row.evidence.read_from:
            entry["read_from"] = row.evidence.read_from
        if row.evidence.doubt:
            entry["doubt"] = row.evidence.doubt
        if row.source_id:
            entry["source_id"] = row.source_id
        rows.append(entry | {"written": dict(row.written)})
    for omission in evidence_file.omissions:
        rows.append({"omitted": omission.why, "page": omission.page, "spans": omission.spans})
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

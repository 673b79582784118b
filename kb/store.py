"""The passages of an index: JSON Lines with their offsets, read one at a time by number or by locator."""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.locator import Locator
from kb.model import Evidence, Kind, Mark, Passage, Role, SourceFile, ThemeTag, Voice

_LINES, _OFFSETS, _LOCATORS = "passages.jsonl", "offsets.npy", "locators.npy"
_KEPT = 2000


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    """Write `passages` into `folder`; the first one gets number 0."""
    offsets, digests = [0], []
    with (folder / _LINES).open("wb") as lines:
        for passage in passages:
            line = json.dumps(passage_row(passage), ensure_ascii=False).encode() + b"\n"
            lines.write(line)
            offsets.append(offsets[-1] + len(line))
            digests.append(_digest(passage.locator))
    np.save(folder / _OFFSETS, np.array(offsets, dtype=np.int64))
    by_digest = np.argsort(np.array(digests, dtype=np.uint64), kind="stable")
    np.save(folder / _LOCATORS, np.stack([np.array(digests, dtype=np.uint64)[by_digest], by_digest.astype(np.uint64)]))


def _digest(locator: Locator) -> int:
    return int.from_bytes(hashlib.blake2b(str(locator).encode(), digest_size=8).digest(), "big")


class PassageStore:
    """Random access to the passages that `write_passages` wrote; safe to read from several threads.

    Raises:
        OSError, EOFError, ValueError: the files are missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._offsets = np.load(folder / _OFFSETS, mmap_mode="r")
        self._digests, self._numbers = np.load(folder / _LOCATORS, mmap_mode="r")
        with (folder / _LINES).open("rb") as lines:
            # An empty file cannot be mapped.
            self._lines = mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ) if len(self) else b""
        if len(self._lines) != self._offsets[-1]:
            raise ValueError(f"{_LINES} has {len(self._lines)} bytes instead of {self._offsets[-1]}")
        self._read = _reader(self._lines, self._offsets)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> Passage:
        """Return the passage with this number, from 0."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._read(number)

    def find(self, locator: Locator) -> Passage | None:
        """Return the passage at `locator`, or None."""
        digest = np.uint64(_digest(locator))
        first, last = np.searchsorted(self._digests, digest), np.searchsorted(self._digests, digest, side="right")
        candidates = (self[int(number)] for number in self._numbers[first:last])
        return next((passage for passage in candidates if passage.locator == locator), None)


def _reader(lines: mmap.mmap | bytes, offsets: NDArray[np.int64]) -> Callable[[int], Passage]:
    """Return what reads the passage with a number; those asked for last are kept."""

    @lru_cache(maxsize=_KEPT)
    def read(number: int) -> Passage:
        return passage_from_row(json.loads(lines[offsets[number] : offsets[number + 1]]))

    return read


def passage_row(passage: Passage) -> dict[str, Any]:
    """Return every field of a passage as JSON values; fields that say nothing are left out."""
    row: dict[str, Any] = {
        "locator": [passage.locator.edition, passage.locator.section, passage.locator.ordinal],
        "marks": [[mark.offset, mark.kind, mark.label] for mark in passage.marks],
        "themes": [[tag.theme, tag.reason, tag.by_hand] for tag in passage.themes],
        "source": [passage.source.file, passage.source.sha256] if passage.source else None,
        "source_id": passage.source_id or None,
        "evidence": _evidence_row(passage.evidence) if passage.evidence else None,
    }
    for entry in fields(passage):
        row.setdefault(entry.name, getattr(passage, entry.name))
    return {name: value for name, value in row.items() if value is not None and value != () and value != []}


def _evidence_row(evidence: Evidence) -> list[Any]:
    return [evidence.rule, evidence.confidence, evidence.read_from, evidence.doubt]


def passage_from_row(row: dict[str, Any]) -> Passage:
    """Return the passage that `passage_row` wrote down."""
    passage_fields = dict(row)
    passage_fields["locator"] = Locator(*row["locator"])
    passage_fields["kind"], passage_fields["voice"] = Kind(row["kind"]), Voice(row["voice"])
    for name in ("speaker_ids", "speakers", "headings"):
        passage_fields[name] = tuple(row.get(name, ()))
    passage_fields["marks"] = tuple(Mark(*mark) for mark in row.get("marks", ()))
    passage_fields["themes"] = tuple(ThemeTag(*tag) for tag in row.get("themes", ()))
    passage_fields["spans"] = _spans(row.get("spans", ()))
    if "role" in row:
        passage_fields["role"] = Role(row["role"])
    if "source" in row:
        passage_fields["source"] = SourceFile(*row["source"])
    if "evidence" in row:
        rule, confidence, read_from, doubt = row["evidence"]
        passage_fields["evidence"] = Evidence(rule, confidence, _spans(read_from), doubt)
    return Passage(**passage_fields)


def _spans(rows: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in rows)

"""The review list: passages whose attribution is uncertain, and the line where a person corrects it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.locator import Locator
from kb.model import Corpus, Edition, Evidence, Passage
from kb.outline import markdown_files

SURE = 0.9
"""Attributions below this confidence are listed."""

_ANCHOR = re.compile(r"^\{:\s*#([a-z0-9-]+)\s")


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A passage to look at, the evidence for its attribution, and the line of its attribute list (0: not found)."""

    passage: Passage
    evidence: Evidence
    path: Path
    line: int


def uncertain_passages(corpus: Corpus, folder: Path) -> list[Uncertain]:
    """Return the passages of the corpus in `folder` with low confidence or a doubt, worst first."""
    found = [entry for edition in corpus.editions for entry in _of_edition(edition, folder / edition.id)]
    return sorted(found, key=lambda entry: entry.evidence.confidence)


def _of_edition(edition: Edition, folder: Path) -> Iterator[Uncertain]:
    doubtful = [
        (passage, passage.evidence)
        for passage in edition.passages
        if passage.evidence and (passage.evidence.confidence < SURE or passage.evidence.doubt)
    ]
    if not doubtful:
        return
    lines = attribute_lines(edition, folder)
    for passage, evidence in doubtful:
        path, line = lines.get(passage.locator, (folder, 0))
        yield Uncertain(passage, evidence, path, line)


def attribute_lines(edition: Edition, folder: Path) -> dict[Locator, tuple[Path, int]]:
    """Return the file and line of the attribute list of each passage of the edition in `folder`."""
    written = _attribute_lines(folder)
    seen: Counter[str] = Counter()
    found = {}
    for passage in edition.passages:  # sections of the same name share anchors: the nth one is meant
        anchor = passage.locator.anchor
        if (anchor, seen[anchor]) in written:
            found[passage.locator] = written[anchor, seen[anchor]]
        seen[anchor] += 1
    return found


def _attribute_lines(folder: Path) -> dict[tuple[str, int], tuple[Path, int]]:
    """Return where each attribute list stands, by anchor and how often that anchor came before."""
    seen: Counter[str] = Counter()
    places: dict[tuple[str, int], tuple[Path, int]] = {}
    for path in markdown_files(folder):
        for line, text in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            match = _ANCHOR.match(text)
            if match:
                places[match.group(1), seen[match.group(1)]] = (path, line)
                seen[match.group(1)] += 1
    return places

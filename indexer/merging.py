"""Merging a new import into an edition that was corrected by hand: corrections win, conflicts are listed.

Each field of a passage (words, kind, speaker, role …) is merged by itself, against the state the importer wrote last:
who changed it since, wins; if both did and differ, the hand wins and the conflict is listed. Headings, order, and
passages added by hand stay as they stand in the files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.edition import CONTINUED, attribution_of
from kb.evidence import EvidenceFile
from kb.locator import Locator, fingerprint
from kb.markdown import Block


@dataclass(frozen=True)
class Unit:
    """A passage with its number: the Markdown blocks it is written in."""

    locator: Locator
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.blocks)

    def fields(self) -> dict[str, str]:
        """Return what a merge compares: the words' fingerprint, kind and attributes."""
        return {"text": fingerprint(self.text), **attribution_of(self.blocks[0])}


Entry = Block | Unit


@dataclass(frozen=True)
class Merged:
    """The merged files by name, and what could not be merged without a decision, in words."""

    files: Mapping[str, list[Entry]]
    conflicts: tuple[str, ...]


def units_of(blocks: Sequence[Block], edition: str, section_of: Mapping[int, str]) -> list[Entry]:
    """Return the blocks of a file with each passage as one unit; `section_of` gives the section id per block index."""
    entries: list[Entry] = []
    for index, block in enumerate(blocks):
        above = entries[-1] if entries else None
        if not block.level and CONTINUED in block.classes and isinstance(above, Unit):
            entries[-1] = replace(above, blocks=(*above.blocks, block))
        elif not block.level and block.anchor:
            number = int(block.anchor.rpartition("-")[2])
            entries.append(Unit(Locator(edition, section_of[index], number), (block,)))
        else:
            entries.append(block)
    return entries


def sections_of(blocks: Sequence[Block]) -> dict[int, str]:
    """Return the section id path in force at each block of a file."""
    levels: dict[int, str] = {}
    current = ""
    found = {}
    for index, block in enumerate(blocks):
        if block.level and block.anchor:
            above = [levels[level] for level in sorted(levels) if level < block.level]
            current = f"{above[-1]}/{block.anchor}" if above else block.anchor
            levels = {level: path for level, path in levels.items() if level < block.level} | {block.level: current}
        found[index] = current
    return found


def merge(
    ours: Mapping[str, list[Entry]], theirs: Mapping[str, list[Entry]], evidence: EvidenceFile, folder: Path
) -> Merged:
    """Return the corrected files `ours` with what is new in the import `theirs`."""
    fresh = {entry.locator: entry for entries in theirs.values() for entry in entries if isinstance(entry, Unit)}
    conflicts: list[str] = []
    files: dict[str, list[Entry]] = {}
    for name, entries in ours.items():
        files[name] = [
            _merged(entry, fresh.get(entry.locator), evidence, folder / name, conflicts)
            if isinstance(entry, Unit)
            else entry
            for entry in entries
        ]
    present = {entry.locator for entries in files.values() for entry in entries if isinstance(entry, Unit)}
    for name, entries in theirs.items():
        _insert_new(files, name, entries, present, evidence, conflicts)
    return Merged(files, tuple(conflicts))


def _merged(ours: Unit, theirs: Unit | None, evidence: EvidenceFile, path: Path, conflicts: list[str]) -> Unit:
    """Return one passage merged field by field."""
    row = evidence.rows.get(str(ours.locator))
    if row is None:
        return ours
    if theirs is None:
        conflicts.append(f"{path}: {ours.locator} is not found in the source any more; kept")
        return ours
    base, mine, new = dict(row.written), ours.fields(), theirs.fields()
    merged = dict(mine)
    for name in sorted(base.keys() | mine.keys() | new.keys()):
        value = _three_way(base.get(name), mine.get(name), new.get(name))
        if value is _CONFLICT:
            conflicts.append(
                f"{path}: {ours.locator}: {name} is {mine.get(name)!r} by hand, {new.get(name)!r} in the source"
            )
        elif value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    words = theirs.blocks if merged["text"] == new["text"] else ours.blocks
    attributes = {name: value for name, value in merged.items() if name not in ("text", "kind")}
    first = replace(words[0], anchor=ours.blocks[0].anchor, classes=(merged["kind"],), attributes=attributes)
    return Unit(ours.locator, (first, *words[1:]))


_CONFLICT = "\0conflict"


def _three_way(base: str | None, mine: str | None, new: str | None) -> str | None:
    if mine in (base, new):
        return new
    return mine if new == base else _CONFLICT


def _insert_new(
    files: dict[str, list[Entry]],
    name: str,
    entries: Sequence[Entry],
    present: set[Locator],
    evidence: EvidenceFile,
    conflicts: list[str],
) -> None:
    """Put passages of the import that have no place yet behind the passage they follow in print."""
    if name not in files and not any(isinstance(entry, Unit) and entry.locator in present for entry in entries):
        files[name] = list(entries)
        return
    above: Locator | None = None
    for entry in entries:
        if not isinstance(entry, Unit):
            continue
        if entry.locator not in present:
            if str(entry.locator) in evidence.rows:
                conflicts.append(f"{name}: {entry.locator} was taken out by hand; left out")
                continue
            _insert_behind(files, name, entry, above)
            present.add(entry.locator)
        above = entry.locator


def _insert_behind(files: dict[str, list[Entry]], name: str, unit: Unit, above: Locator | None) -> None:
    for entries in files.values():
        for index, entry in enumerate(entries):
            if isinstance(entry, Unit) and entry.locator == above:
                entries.insert(index + 1, unit)
                return
    entries = files.setdefault(name, [])
    last = unit.locator.section.rpartition("/")[2]
    place = next(
        (i + 1 for i, entry in enumerate(entries) if isinstance(entry, Block) and entry.anchor == last), len(entries)
    )
    entries.insert(place, unit)

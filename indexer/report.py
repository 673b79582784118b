"""What an import found, for the person who has to trust it: counts, coverage, what was left out, doubts worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.assembly import SectionFile, Written
from indexer.document import Document, Line
from indexer.reading import Reading

_DOUBTFUL = 0.9


@dataclass(frozen=True)
class SectionLine:
    """One section in the report: id, kind, pages, and how many passages it has."""

    id: str
    kind: str
    pages: str
    passages: int


@dataclass(frozen=True)
class Doubt:
    """An uncertain attribution: where, how sure, why, and the beginning of the words."""

    section: str
    page: str
    confidence: float
    rule: str
    why: str
    words: str


@dataclass(frozen=True)
class ImportReport:
    """The result of an import; `coverage` is the share of printed characters that stand in a passage or heading."""

    edition: str
    sections: tuple[SectionLine, ...]
    people: int
    passages: int
    coverage: float
    left_out: tuple[tuple[str, int], ...]
    unprinted: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    conflicts: tuple[str, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]


def make_report(
    edition: str,
    reading: Reading,
    files: list[SectionFile],
    document: Document,
    conflicts: tuple[str, ...],
    *,
    drafted: bool,
) -> ImportReport:
    """Return the report of an import."""
    passages = [entry for file in files for entry in file.contents if isinstance(entry, Written)]
    speakers = {block.attributes["by"] for passage in passages for block in passage.blocks if "by" in block.attributes}
    printed = _size(document.lines)
    layout_only = [lines for reason, lines in reading.furniture if reason in ("running_header", "footnote_rule")]
    omitted = _size([line for lines in layout_only for line in lines])
    outside = _size([line for reason, lines in reading.furniture if reason == "outside_sections" for line in lines])
    in_passages = sum(end - start for passage in passages for start, end in passage.spans)
    return ImportReport(
        edition=edition,
        sections=tuple(_section_lines(reading, passages)),
        people=len(speakers),
        passages=len(passages),
        coverage=in_passages / max(1, printed - omitted),
        left_out=tuple((reason, len(lines)) for reason, lines in reading.furniture if lines),
        unprinted=tuple(draft.heading or draft.title or draft.id for draft in reading.outline.unprinted),
        doubts=tuple(_doubts(passages)),
        conflicts=conflicts,
        missing=_missing(reading, drafted=drafted),
        warnings=reading.part_mismatches + _much_outside(outside, printed),
    )


def _missing(reading: Reading, *, drafted: bool) -> tuple[str, ...]:
    """Return what a citation needs and a drafted `edition.toml` does not have."""
    if not drafted:
        return ()
    return (*(() if reading.day else ("event date",)), "event place", "publication")


def _size(lines: Sequence[Line]) -> int:
    return sum(line.end - line.start for line in lines)


def _much_outside(outside: int, printed: int) -> tuple[str, ...]:
    """Return a warning if much of the text stands before the first section that was found."""
    if outside <= 0.1 * printed:
        return ()
    warning = (
        f"{outside / printed:.0%} of the text stands before the first heading that was recognised and is left out; "
        "list the sections in edition.toml and import again"
    )
    return (warning,)


def _section_lines(reading: Reading, passages: list[Written]) -> list[SectionLine]:
    counts = Counter(passage.section for passage in passages)
    kinds = {section.draft.id: section.draft.kind for section in reading.sections}
    lines = []
    for section, count in counts.items():
        own = [passage for passage in passages if passage.section == section]
        first, last = own[0].page, own[-1].last_page
        lines.append(
            SectionLine(section, kinds.get(section, "programme"), first if first == last else f"{first}–{last}", count)
        )
    return lines


def _doubts(passages: list[Written]) -> list[Doubt]:
    found = [
        Doubt(
            section=passage.section,
            page=passage.page,
            confidence=passage.evidence.confidence,
            rule=passage.evidence.rule,
            why=passage.evidence.doubt,
            words=passage.text[:70],
        )
        for passage in passages
        if passage.evidence.confidence < _DOUBTFUL or passage.evidence.doubt
    ]
    return sorted(found, key=lambda doubt: doubt.confidence)


_MOST_DOUBTS = 12
_REASONS = {
    "running_header": "running headers and page numbers",
    "footnote_rule": "rules above footnotes",
    "programme": "the programme, for which edition.toml has no section",
    "outside_sections": "before the first section (title page, imprint)",
}


def report_text(report: ImportReport) -> str:
    """Return the report as lines for a terminal."""
    lines = [
        f"{report.edition}: {len(report.sections)} sections, {report.people} speakers, {report.passages} passages",
        f"coverage: {report.coverage:.1%} of the printed characters stand in passages, the rest are headings",
    ]
    lines += [f"  {line.id:<32} {line.kind:<10} p. {line.pages:<8} {line.passages:>4}" for line in report.sections]
    for reason, count in report.left_out:
        lines.append(f"left out: {count} lines, {_REASONS.get(reason, reason)} (listed in evidence.jsonl)")
    if report.unprinted:
        lines.append(f"in the programme without printed text: {', '.join(report.unprinted)}")
    lines += [f"warning: {warning}" for warning in report.warnings]
    lines += [f"conflict: {conflict}" for conflict in report.conflicts]
    if report.doubts:
        lines.append(f"doubts, worst first ({len(report.doubts)}; all: kb review):")
    for doubt in report.doubts[:_MOST_DOUBTS]:
        why = doubt.why or doubt.rule
        lines.append(f"  {doubt.confidence:.2f} {doubt.section} p. {doubt.page}: {why} | {doubt.words}")
    if report.missing:
        lines.append(f"please add to {report.edition}/edition.toml, citations need it: {', '.join(report.missing)}")
    return "\n".join([*lines, "next: kb index"])

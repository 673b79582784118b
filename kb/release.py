"""A release: the corpus is compared with its ledgers, what changed is added to them, and the version is stamped."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kb.changes import Changes, changes
from kb.corpus import edition_folders, load_corpus
from kb.errors import ConflictError, CorpusError, CorpusInvalid, KbError
from kb.ledger import FILE_NAME as LEDGER
from kb.ledger import Event, EventKind, Ledger, Life, after
from kb.ledger_file import ledger_lines, read_ledger, render_events
from kb.locator import Locator
from kb.model import Corpus, Edition
from kb.releases import FILE_NAME as RELEASES
from kb.releases import STAGE, Release, corpus_digest, read_releases, render_release, seal
from kb.review import attribute_lines

_LOCK, _OLD, _NEW = "lock", ".old", ".new"


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody declares about the words at a locator: authorised or disputed, by whom, with a note."""

    kind: EventKind
    locator: Locator
    by: str
    note: str = ""


@dataclass(frozen=True)
class Declarations:
    """What a person says of this release, as the words alone do not tell it.

    `withdrawn` are the passages taken back, all vanished ones if it is empty and there is a `reason`. `reworded` are
    those that are still the same passage although nothing is left of their words.
    """

    reason: str = ""
    withdrawn: tuple[Locator, ...] = ()
    reworded: tuple[Locator, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a release adds: events by edition, and the row that stamps it; `previous` is the release before."""

    release: Release
    events: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    previous: Release | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed since the release before."""
        return self.previous is not None and not self.events and self.previous.corpus == self.release.corpus

    @property
    def all_events(self) -> tuple[Event, ...]:
        return tuple(event for events in self.events.values() for event in events)


NOTHING_DECLARED = Declarations()


def release(folder: Path, *, day: date, declared: Declarations = NOTHING_DECLARED, dry_run: bool = False) -> Plan:
    """Release the corpus in `folder` and return what was added; with `dry_run` what would be.

    Raises:
        CorpusInvalid: something is wrong, or passages vanished without a reason; nothing is written.
        ConflictError: another release is at work in this folder.
        KbError: what is declared does not fit the corpus.
    """
    if not folder.is_dir():
        raise KbError(f"no such corpus folder: {folder}")
    if dry_run:
        return _plan(folder, day, declared)
    with _stage(folder) as stage:
        plan = _plan(folder, day, declared)
        if not plan.is_empty:
            _write(plan, folder, stage)
            _refuse_overtaken(plan, folder)
            _put_in_place([*plan.events], folder, stage)
    return plan


def _plan(folder: Path, day: date, declared: Declarations) -> Plan:
    corpus = load_corpus(folder, tagged=False)
    problems: list[CorpusError] = []
    releases = read_releases(folder, problems)
    previous = releases[-1] if releases else None
    if previous and day < previous.day:
        raise KbError(f"{day} lies before the release of {previous.day}; name that day or a later one with --date")
    ledgers = {path.name: read_ledger(path, problems) for path in edition_folders(folder)}
    _refuse_strangers(declared, corpus, ledgers)
    events = {}
    for edition in corpus.editions:
        added = _events(edition, ledgers[edition.id], folder / edition.id, day, declared, problems)
        if added:
            events[edition.id] = added
    if problems:
        raise CorpusInvalid(problems)
    above = hashlib.sha256(_bytes(folder / RELEASES)).hexdigest()
    seals = {}
    for path in edition_folders(folder):
        lines = ledger_lines(path / LEDGER, problems) + render_events(events.get(path.name, ())).split("\n")[:-1]
        if lines:
            seals[path.name] = seal(lines)
    return Plan(Release(day, corpus_digest(corpus), len(corpus.passages), seals, above), events, previous)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _refuse_strangers(declared: Declarations, corpus: Corpus, ledgers: Mapping[str, Ledger]) -> None:
    """Refuse what is declared of passages that are not there, or that are there although they are withdrawn."""
    present = {passage.locator for passage in corpus.passages}
    for locator in declared.withdrawn:
        if locator in present:
            raise KbError(f"{locator} stands in the corpus; take the paragraph out, then release")
        ledger = ledgers.get(locator.edition)
        if ledger is None or locator not in ledger.living:
            raise KbError(f"{locator} cannot be withdrawn: it was never released, or has ended")
        if not declared.reason:
            raise KbError(f"{locator} cannot be withdrawn without a reason; give one with --reason")
    for locator in (*declared.reworded, *(remark.locator for remark in declared.remarks)):
        if locator not in present:
            raise KbError(f"{locator} is not in the corpus")


def _events(
    edition: Edition,
    ledger: Ledger,
    folder: Path,
    day: date,
    declared: Declarations,
    problems: list[CorpusError],
) -> tuple[Event, ...]:
    """Return what is to be added to the ledger of an edition; what is not explained goes into `problems`."""
    found = changes(ledger, edition.passages, day=day, withdrawn=declared.withdrawn)
    problems += _unexplained(found, ledger, edition, folder, declared)
    ended = [_withdrawal(ledger, locator, day, declared.reason) for locator in found.vanished]
    events = (*found.events, *ended)
    remarks = [remark for remark in declared.remarks if remark.locator.edition == edition.id]
    words = {passage.locator: passage.fingerprint for passage in edition.passages}
    events += tuple(
        Event(
            remark.kind,
            remark.locator,
            day,
            old=words[remark.locator],
            new=words[remark.locator],
            by=remark.by,
            note=remark.note,
        )
        for remark in remarks
    )
    if not problems:
        _rehearse(ledger, events)
    return events


def _rehearse(ledger: Ledger, events: Sequence[Event]) -> None:
    """Let the events happen: a ledger that contradicts itself must never be written."""
    lives: dict[Locator, Life] = dict(ledger.lives)
    for event in events:
        lives[event.locator] = after(lives.get(event.locator), event)


def _withdrawal(ledger: Ledger, locator: Locator, day: date, reason: str) -> Event:
    return Event(EventKind.WITHDRAWN, locator, day, old=ledger.lives[locator].last.fingerprint, reason=reason)


def _unexplained(
    found: Changes, ledger: Ledger, edition: Edition, folder: Path, declared: Declarations
) -> Iterator[CorpusError]:
    """Yield what the words alone do not tell and nobody declared."""
    for locator in found.vanished:
        if not declared.reason or (declared.withdrawn and locator not in declared.withdrawn):
            told = (
                f"{locator} was released and is not in the corpus any more; put it back, or withdraw it: "
                f'kb release --withdraw {locator} --reason "…"'
            )
            yield CorpusError(told, folder / LEDGER, ledger.lines[locator])
    others = [locator for locator in found.replaced if locator not in declared.reworded]
    lines = attribute_lines(edition, folder) if others else {}
    for locator in others:
        told = (
            f"other words stand at {locator} than were released; a number is never given again: give them a new one, "
            f"or, if it is the same passage, say so: kb release --reworded {locator}"
        )
        path, line = lines.get(locator, (folder, 0))
        yield CorpusError(told, path, line)


def _write(plan: Plan, folder: Path, stage: Path) -> None:
    """Write all files as they will be, and as they were, beside those that are there; the file of releases last."""
    for edition, events in plan.events.items():
        old = _bytes(folder / edition / LEDGER)
        _write_through(stage / f"{edition}{_OLD}", old)
        _write_through(stage / f"{edition}{_NEW}", old + render_events(events).encode())
    _write_through(stage / RELEASES, _bytes(folder / RELEASES) + render_release(plan.release).encode())


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refuse_overtaken(plan: Plan, folder: Path) -> None:
    """Refuse to release what was compared with an older release than there is by now."""
    if plan.release.above != hashlib.sha256(_bytes(folder / RELEASES)).hexdigest():
        raise ConflictError(
            f"{folder}: another release was made meanwhile; look what is left to release, and try again"
        )


def _put_in_place(editions: Sequence[str], folder: Path, stage: Path) -> None:
    """Put the new files in place; the file of releases comes last: with it the release is made."""
    for edition in editions:
        (stage / f"{edition}{_NEW}").replace(folder / edition / LEDGER)
    (stage / RELEASES).replace(folder / RELEASES)


@contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    """Open the folder in which a release is made ready; whatever happens, it is whole or was never begun.

    Raises:
        ConflictError: another release is at work.
    """
    stage = folder / STAGE
    stage.mkdir(exist_ok=True)
    with closing(sqlite3.connect(stage / _LOCK, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            told = f"{folder}: another release is at work; wait for it to end, then try again"
            raise ConflictError(told) from error
        try:
            _undo(folder, stage)
            yield stage
        finally:
            _undo(folder, stage)
            shutil.rmtree(stage, ignore_errors=True)


def _undo(folder: Path, stage: Path) -> None:
    """Bring back the ledgers as they were before a release that did not come to its end, and clear up.

    The staged file of releases is written last and put in place last: where it lies here, ledgers may be in place
    already; where it does not, none is, or all are.
    """
    if (stage / RELEASES).exists():
        for old in stage.glob(f"*{_OLD}"):
            ledger = folder / old.name.removesuffix(_OLD) / LEDGER
            if old.stat().st_size:
                old.replace(ledger)
            else:
                ledger.unlink(missing_ok=True)
        (stage / RELEASES).unlink()
    for path in (*stage.glob(f"*{_NEW}"), *stage.glob(f"*{_OLD}")):
        path.unlink()

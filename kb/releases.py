"""`releases.jsonl`: the versions of a corpus that were released, and what the ledgers held then.

Each row seals the ledgers as they were: a line that is changed, taken out or put in afterwards is noticed. It seals the
rows above, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.errors import CorpusError
from kb.ledger import FILE_NAME as LEDGER
from kb.ledger_file import ledger_lines
from kb.model import Corpus

FILE_NAME = "releases.jsonl"
STAGE = ".release"
"""Where a release lies until all of it is in place."""

_CUT_OFF = "a release is at work, or was cut off; if so, kb release brings back what was before it"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a ledger was: how many lines, and the SHA-256 over them."""

    lines: int
    sha256: str


@dataclass(frozen=True)
class Release:
    """One released version: day, digest of the corpus, number of passages, and the ledgers by edition.

    `above` is the SHA-256 over all rows above.
    """

    day: date
    corpus: str
    passages: int
    ledgers: Mapping[str, Seal]
    above: str = ""

    @property
    def version(self) -> str:
        """How the version is called: "2024-05-03-9c1e4b2a77d0"."""
        return f"{self.day.isoformat()}-{self.corpus}"


def release_row(release: Release) -> dict[str, Any]:
    """Return a release as a row of `releases.jsonl`."""
    return {
        "date": release.day.isoformat(),
        "corpus": release.corpus,
        "passages": release.passages,
        "ledgers": {edition: [seal.lines, seal.sha256] for edition, seal in release.ledgers.items()},
        "above": release.above,
    }


def render_release(release: Release) -> str:
    """Return a release as a line of `releases.jsonl`."""
    return json.dumps(release_row(release), ensure_ascii=False) + "\n"


def read_releases(folder: Path, problems: list[CorpusError]) -> list[Release]:
    """Return the releases of the corpus in `folder`, oldest first; problems go into `problems`."""
    path = folder / FILE_NAME
    releases: list[Release] = []
    digest = hashlib.sha256()
    for line, text in enumerate(ledger_lines(path, problems), start=1):
        try:
            row = json.loads(text)
            ledgers = {edition: Seal(int(lines), str(sha256)) for edition, (lines, sha256) in row["ledgers"].items()}
            day = date.fromisoformat(row["date"])
            release = Release(day, str(row["corpus"]), int(row["passages"]), ledgers, str(row["above"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(CorpusError(f"release cannot be read: {error!r}", path, line))
            return releases
        if release.above != digest.hexdigest():
            told = "a row above is not as it was when this one was written; restore the file"
            problems.append(CorpusError(told, path, line))
        digest.update(f"{text}\n".encode())
        releases.append(release)
    return releases


def corpus_digest(corpus: Corpus) -> str:
    """Return the digest of all that citations rely on: locators, words, pages and attributions, in reading order."""
    digest = hashlib.sha256()
    for passage in corpus.passages:
        pages = (passage.page_first, passage.page_last)
        row = (passage.id, passage.fingerprint, *pages, passage.voice, " ".join(passage.speaker_ids))
        digest.update("\t".join(row).encode() + b"\n")
    return digest.hexdigest()[:12]


def released_version(folder: Path, corpus: Corpus) -> str:
    """Return the version of the corpus in `folder`: that of its last release, with "+" if it was changed since.

    Empty if it was never released.
    """
    releases = read_releases(folder, [])
    if not releases:
        return ""
    return releases[-1].version + ("" if releases[-1].corpus == corpus_digest(corpus) else "+")


def seal(lines: Iterable[str]) -> Seal:
    """Return the seal of a ledger with these lines."""
    return _seals(lines)[-1]


def _seals(lines: Iterable[str]) -> list[Seal]:
    """Return the seals of the first lines, none, one, two and so on up to all of them."""
    digest = hashlib.sha256()
    found = [Seal(0, digest.hexdigest())]
    for number, line in enumerate(lines, start=1):
        digest.update(f"{line}\n".encode())
        found.append(Seal(number, digest.hexdigest()))
    return found


def check_releases(folder: Path, editions: Iterable[str], problems: list[CorpusError]) -> list[Release]:
    """Return the releases of a corpus; whatever is not as it was released goes into `problems`."""
    if (folder / STAGE / FILE_NAME).exists():
        problems.append(CorpusError(_CUT_OFF, folder / STAGE))
    releases = read_releases(folder, problems)
    sealed = {edition for release in releases for edition in release.ledgers}
    for edition in sorted({*editions, *sealed}):
        problems.extend(broken_seals(folder / edition, releases))
    return releases


def broken_seals(folder: Path, releases: Iterable[Release]) -> Iterator[CorpusError]:
    """Yield the first way in which the ledger of the edition in `folder` is not as it was released."""
    path, edition = folder / LEDGER, folder.name
    told = list[CorpusError]()
    lines = ledger_lines(path, told)
    seals = _seals(lines)
    released = 0
    for release in releases:
        expected = release.ledgers.get(edition)
        if expected is None:
            continue
        if expected.lines >= len(seals):
            gone = f"{expected.lines} lines were released until {release.day}, {len(lines)} are here; restore the file"
            yield CorpusError(gone, path, len(lines))
            return
        if seals[expected.lines] != expected:
            where = f"line {released + 1}" + (f" to {expected.lines}" if expected.lines > released + 1 else "")
            changed = f"{where}, released on {release.day}, is not as it was: a ledger is only added to; restore it"
            yield CorpusError(changed, path, released + 1)
            return
        released = expected.lines
    if len(lines) > released:
        added = "this line was not written by kb release; take it out, and tell what happened with kb release"
        yield CorpusError(added, path, released + 1)

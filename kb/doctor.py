"""What this installation is made of, what state it is in, and what to do about it."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kb.corpus import read_corpus
from kb.errors import CorpusError, IndexUnusable
from kb.freshness import agrees
from kb.generation import other_corpus
from kb.index import open_index
from kb.model import Corpus
from kb.releases import released_version

LIBRARIES = ("Flask", "Markdown", "beautifulsoup4", "Whoosh-Reloaded", "simplemma", "numpy", "click", "waitress")


_OWN_INDEX = "build one of this corpus with: kb index --index DIR; or, if it was moved here, with: kb index --force"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a diagnosis; `remedy` says what to do and is empty where all is well."""

    subject: str
    state: str
    remedy: str = ""


def diagnose(corpus_folder: Path, index_folder: Path) -> list[Finding]:
    """Return what is found: versions, corpus, index."""
    problems: list[CorpusError] = []
    corpus = read_corpus(corpus_folder, problems)
    return [
        Finding("wortlaut", f"{version('wortlaut')}, Python {platform.python_version()} on {platform.platform()}"),
        Finding("libraries", ", ".join(f"{name} {version(name)}" for name in LIBRARIES)),
        _corpus_finding(corpus_folder, corpus, problems),
        _index_finding(index_folder, corpus, corpus_folder, sound=not problems),
    ]


def _corpus_finding(folder: Path, corpus: Corpus, problems: list[CorpusError]) -> Finding:
    if not folder.is_dir():
        return Finding("corpus", f"{folder}: not there", f"make one with: kb init {folder}")
    if problems:
        return Finding("corpus", f"{folder}: {len(problems)} problem(s)", "list them with: kb check")
    state = f"{folder}: {len(corpus.editions)} edition(s), {len(corpus.passages)} passage(s), {corpus.fingerprint}"
    if not corpus.passages:
        return Finding("corpus", state, "bring words in with: kb import FILE")
    version = released_version(folder, corpus)
    if not version:
        return Finding("corpus", f"{state}, never released")
    if version.endswith("+"):
        return Finding("corpus", f"{state}, changed since release {version.removesuffix('+')}")
    return Finding("corpus", f"{state}, release {version}")


def _index_finding(folder: Path, corpus: Corpus, corpus_folder: Path, *, sound: bool) -> Finding:
    try:
        index = open_index(folder)
    except IndexUnusable as error:
        return Finding("index", f"{error.path}: {error.reason}", "build it with: kb index")
    try:
        manifest = index.manifest
        state = f"{folder}: {manifest.engine}, {manifest.passages} passage(s), {manifest.fingerprint}"
        if not sound:
            return Finding("index", f"{state}, cannot be compared with a corpus that has problems")
        if agrees(index, corpus, corpus_folder):
            return Finding("index", f"{state}, up to date")
        if other := other_corpus(folder, corpus_folder):
            return Finding("index", f"{state}, of another corpus: {other}", _OWN_INDEX)
        return Finding("index", f"{state}, older than the corpus", "build it again with: kb index")
    finally:
        index.close()

"""The sets of passages the benchmarks import and index, with their judged queries, expected in `../shared/data`."""

from __future__ import annotations

import gzip
import shutil
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

from indexer.build import build_index
from indexer.importer import import_file
from indexer.row_importer import import_rows

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
REPORT = DATA / "report" / "report.txt"
POOL = DATA / "retrieval" / "knownitem" / "pool.jsonl.gz"
EDITION = "difu-2018"


def import_report(corpus: Path) -> None:
    """Import the report with the facts this repository ships."""
    (corpus / EDITION).mkdir(parents=True)
    for name in ("people.toml", "themes.toml", "synonyms.toml", f"{EDITION}/edition.toml"):
        if (ROOT / "corpus" / name).exists():
            shutil.copy(ROOT / "corpus" / name, corpus / name)
    import_file(REPORT, corpus, edition=EDITION)


def import_pool(corpus: Path, *, passages: int | None = None) -> None:
    """Import the paragraphs of parliament, an edition a sitting; only the first so many `passages` if that is said."""
    _with_authorities(corpus)
    source = POOL
    if passages is not None:
        source = corpus.parent / "part.jsonl"
        with gzip.open(POOL, "rt", encoding="utf-8") as lines:
            source.write_text("".join(islice(lines, passages)), encoding="utf-8")
    import_rows(source, corpus)


def import_xquad(corpus: Path) -> None:
    """Import the paragraphs of XQuAD-R as one edition."""
    _with_authorities(corpus)
    import_rows(DATA / "retrieval" / "xquad_r_de" / "passages.jsonl", corpus, edition="xquad")


def _with_authorities(corpus: Path) -> None:
    """Begin a corpus with the shipped themes and synonyms, as every new corpus has them."""
    corpus.mkdir(parents=True)
    for name in ("themes.toml", "synonyms.toml"):
        if (ROOT / "corpus" / name).exists():
            shutil.copy(ROOT / "corpus" / name, corpus)


Importer = Callable[[Path], None]
SETS: dict[str, tuple[Importer, Path, Path | None]] = {
    "report": (import_report, DATA / "report" / "queries.jsonl", REPORT),
    "known-item": (import_pool, DATA / "retrieval" / "knownitem" / "queries.dev.jsonl", None),
    "XQuAD": (import_xquad, DATA / "retrieval" / "xquad_r_de" / "queries.jsonl", None),
}


def indexed_pool(folder: Path, *, passages: int | None = None, rebuild: bool = False) -> Path:
    """Return the index folder of the pool, or of the first so many of its passages."""
    importer, _, _ = SETS["known-item"]
    if passages is None:
        return indexed("known-item", importer, folder, rebuild=rebuild)
    return indexed(f"known-item-{passages}", partial(import_pool, passages=passages), folder, rebuild=rebuild)


def indexed(name: str, importer: Importer, folder: Path, *, rebuild: bool) -> Path:
    """Return the index folder of a set; built, and timed, unless it is there."""
    corpus, index = folder / name / "corpus", folder / name / "index"
    begun = time.perf_counter()
    if not corpus.exists():
        importer(corpus)
        print(f"{name}: imported in {time.perf_counter() - begun:.1f} s")
    if rebuild or not index.exists():
        report = build_index(corpus, index)
        print(f"{name}: {report.passages} passages indexed in {report.seconds:.1f} s")
    return index

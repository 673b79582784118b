"""Writing files so that a reader sees all of them or none: beside their place first, then moved there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def write_chunks(path: Path, chunks: Iterable[str]) -> None:
    """Write text in UTF-8, line ends as they are."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(chunks)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give a folder to write into; its files take their places in `folder` when all is written, none before.

    Other files in `folder` stay.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield stage
        folder.mkdir(exist_ok=True)
        for written in sorted(stage.iterdir()):
            written.replace(folder / written.name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def write_file(path: Path, chunks: Iterable[str]) -> None:
    """Write one file; if anything fails, what stood there before stays."""
    with staged(path.parent) as stage:
        write_chunks(stage / path.name, chunks)

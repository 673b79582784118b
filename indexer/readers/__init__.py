"""One module a source format; each returns a `Document` and interprets nothing."""

from __future__ import annotations

from pathlib import Path

from indexer.document import Document
from indexer.readers.text import read_text
from kb.errors import SourceError

_READERS = {".txt": read_text, ".text": read_text, "": read_text}


def read_source(path: Path, *, encoding: str = "utf-8") -> Document:
    """Return the lines of a source file.

    Raises:
        SourceError: the file is missing, empty, too large, not text, or of a format without a reader.
    """
    if not path.is_file():
        raise SourceError(f"{path}: no such file")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(suffix for suffix in _READERS if suffix)
        raise SourceError(f"{path}: no reader for {path.suffix!r}; known: {known}. Save it as plain text (.txt)")
    return reader(path, encoding=encoding)

"""JSON Lines, plain or compressed: one object a line, read as a stream."""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kb.errors import CorpusError, SourceError
from kb.model import SourceFile

MAX_LINE = 1_000_000
"""Bytes of one line; more is no paragraph."""

_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.xz")
_BROKEN = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error)


@dataclass(frozen=True, slots=True)
class JsonLine:
    """The object of one line. `number` counts lines from 1; `span` is [start, end) code points of the decoded file."""

    number: int
    span: tuple[int, int]
    fields: Mapping[str, Any]


def is_json_lines(path: Path) -> bool:
    """Return whether a file is JSON Lines by its name, compressed or not."""
    return path.name.lower().endswith(_SUFFIXES)


def stem(path: Path) -> str:
    """Return the name of a JSON Lines file without what tells the format.

    >>> stem(Path("sitzungen.2019.jsonl.gz"))
    'sitzungen.2019'
    """
    return path.name[: path.name.lower().rindex(".jsonl")]


def source_of(path: Path) -> SourceFile:
    """Return name and digest of the file as it lies there, compressed if it is.

    Raises:
        SourceError: there is no such file.
    """
    if not path.is_file():
        raise SourceError(f"{path}: no such file")
    with path.open("rb") as stream:
        return SourceFile(path.name, hashlib.file_digest(stream, "sha256").hexdigest())


def read_json_lines(path: Path, *, encoding: str = "utf-8") -> Iterator[JsonLine | CorpusError]:
    """Yield each line that is not blank: its object, or what is wrong with it.

    Raises:
        SourceError: the file is damaged, too long a line, or not in `encoding`: nothing behind it can be read.
    """
    at = 0
    with _open(path) as stream:
        for number, raw in enumerate(_lines(stream, path), start=1):
            text = _decoded(raw, path, number, encoding)
            body = text.rstrip("\r\n")
            words = body.removeprefix("\ufeff")
            if words.strip():
                start = at + len(body) - len(words)
                yield _object(words, path, number, (start, start + len(words)))
            at += len(text)


def _open(path: Path) -> IO[bytes]:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))  # the caller closes it
    return lzma.open(path, "rb") if suffix == ".xz" else path.open("rb")  # the caller closes it


def _lines(stream: IO[bytes], path: Path) -> Iterator[bytes]:
    number = 0
    try:
        while raw := stream.readline(MAX_LINE + 1):
            number += 1
            if len(raw) > MAX_LINE:
                raise SourceError(f"{path}:{number}: a line of more than {MAX_LINE} bytes is no paragraph; part it")
            yield raw
    except _BROKEN as error:
        raise SourceError(f"{path}: the file is damaged behind line {number} ({error}); fetch it again") from error


def _decoded(raw: bytes, path: Path, number: int, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except LookupError as error:
        raise SourceError(f"{path}: unknown encoding {encoding!r}; JSON Lines are UTF-8 as a rule") from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path}:{number}: byte {error.start} of the line (0x{raw[error.start]:02x}) is not {encoding}"
        ) from error


def _object(text: str, path: Path, number: int, span: tuple[int, int]) -> JsonLine | CorpusError:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        return CorpusError(f"not JSON: {error}", path, number)
    if not isinstance(fields, dict):
        return CorpusError('each line is one JSON object, like {"event": …, "text": …}', path, number)
    return JsonLine(number, span, fields)

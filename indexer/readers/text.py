"""Plain text, as a PDF-to-text converter or an editor leaves it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from indexer.document import Document, Line
from kb.errors import SourceError
from kb.model import SourceFile

MAX_BYTES = 5_000_000
"""Thirty times a usual report; more is no proceedings of one conference."""
MAX_LINE = 100_000
"""Characters of one line; more is no printed line, and no paragraph either."""

_LINE_BREAK = re.compile(r"\r\n|\n|\r|\f")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CLEAN = str.maketrans(
    {
        **_LIGATURES,
        "\ufeff": None,
        "\u200b": None,
        "\t": " ",
        "\x0b": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\ufffe": "\u00ad",  # what a PDF library leaves where the printer divided a word
    }
)
_PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]")
_SOFT_HYPHEN_INSIDE = re.compile("\u00ad(?=.)")


def read_text(path: Path, *, encoding: str = "utf-8") -> Document:
    """Return the lines of a plain text file; offsets count code points of the file as decoded.

    Raises:
        SourceError: the file is empty, too large, binary, or not in `encoding`; the message names byte and line.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SourceError(
            f"{path}: {size / 1e6:.0f} MB is too large for one proceedings (at most {MAX_BYTES / 1e6:.0f} MB); "
            "import its parts one by one"
        )
    raw = path.read_bytes()
    text = decode(raw, path, encoding=encoding)
    if not text.strip("\ufeff \t\r\n\f"):
        raise SourceError(f"{path}: the file is empty; nothing to import")
    lines = tuple(_lines(text))
    longest = max(lines, key=lambda line: len(line.text))
    if len(longest.text) > MAX_LINE:
        raise SourceError(
            f"{path}:{longest.number + 1}: a line of {len(longest.text)} characters; this is not the text of a print. "
            "Break it into paragraphs"
        )
    return Document(SourceFile(path.name, hashlib.sha256(raw).hexdigest()), lines)


def decode(raw: bytes, path: Path, *, encoding: str) -> str:
    """Return the decoded bytes, strictly.

    Raises:
        SourceError: not text, unknown encoding, or a byte that the encoding does not have.
    """
    if b"\0" in raw[:100_000] and not encoding.lower().startswith(("utf-16", "utf_16", "utf-32", "utf_32")):
        raise SourceError(f"{path}: this is a binary file, not plain text; save it as text (.txt) first")
    try:
        return raw.decode(encoding)
    except LookupError as error:
        raise SourceError(f"{path}: unknown encoding {encoding!r}; try --encoding cp1252") from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{path}:{line}: byte {error.start} (0x{raw[error.start]:02x}) is not {encoding}; "
            "if the file comes from Windows, try --encoding cp1252"
        ) from error


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    at, gap, feed = 0, 0, False
    for number, end in enumerate([match.start() for match in _LINE_BREAK.finditer(text)] + [len(text)]):
        raw = text[at:end]
        body = raw.strip(" \t\ufeff\u00a0\x0b")
        words = clean(body)
        if words:
            start = at + raw.index(body)
            indent = len(raw) - len(raw.lstrip(" \t"))
            lines.append(Line(number, start, start + len(body), words, gap, indent, feed))
            gap, feed = 0, False
        else:
            gap += 1
        if end < len(text):
            feed = feed or text[end] == "\f"
            at = end + (2 if text[end : end + 2] == "\r\n" else 1)
    return lines


def clean(text: str) -> str:
    """Return one line in NFC without ligatures, inner soft hyphens and private-use bullets; a hyphen at its end stays.

    >>> clean("\\uf067 ﬁnanziell Ver\\u00adwal\\u00ad")
    '• finanziell Verwal-'
    """
    text = unicodedata.normalize("NFC", text.translate(_CLEAN))
    text = _SOFT_HYPHEN_INSIDE.sub("", text).replace("\u00ad", "-")
    text = _PRIVATE_USE.sub("•", text)
    return re.sub(r"[^\S\u00a0]+", " ", "".join(c if c.isprintable() else " " for c in text)).strip()

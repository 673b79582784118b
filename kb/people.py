"""The authority file `people.toml`: reading it, and finding a person by any printed form of the name."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.errors import CorpusError
from kb.locator import SLUG
from kb.model import Office, Speaker

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


@lru_cache(maxsize=100_000)
def slug(text: str) -> str:
    """Return `text` as an ASCII id: lower case, ä as ae, words joined by hyphens.

    >>> slug("Dr. Käthe Müller-Groß")
    'dr-kaethe-mueller-gross'
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    ascii_text = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


def toml_line(source: str, pattern: str) -> int:
    """Return the 1-based line of the first match of `pattern` in a TOML file, 1 if there is none."""
    match = re.search(pattern, source, re.MULTILINE)
    return source.count("\n", 0, match.start()) + 1 if match else 1


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Return the tables of a TOML file and its text.

    Raises:
        CorpusError: it is not TOML or not UTF-8; with the line.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(f"not UTF-8 at byte {error.start}; save the file as UTF-8", path) from error
    try:
        return tomllib.loads(source), source
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise CorpusError(f"not valid TOML: {error}", path, int(place.group(1)) if place else 0) from error


def load_people(path: Path) -> dict[str, Speaker]:
    """Return the people of `people.toml` by id; an empty mapping if there is no such file.

    Raises:
        CorpusError: an entry lacks its name, has an unknown key or an id that is no ASCII slug.
    """
    if not path.exists():
        return {}
    tables, source = read_toml(path)
    return {person_id: _speaker(person_id, table, path, source) for person_id, table in tables.items()}


_KEYS = {"name", "title", "printed", "misprints", "offices", "note"}


def _speaker(person_id: str, table: Any, path: Path, source: str) -> Speaker:
    try:
        return _checked(person_id, table)
    except (TypeError, ValueError) as error:
        # Only looked for when it is needed: in a file of thousands of people every search takes its time.
        line = toml_line(source, rf"^[ \t]*\[{re.escape(person_id)}\]")
        why = error if isinstance(error, ValueError) else f"has a value of the wrong sort: {error}"
        raise CorpusError(f"person {person_id!r} {why}", path, line) from error


def _checked(person_id: str, table: Any) -> Speaker:
    """Return the person of one entry.

    Raises:
        ValueError: something is wrong with it; the message completes "person 'x' …".
    """
    if not re.fullmatch(SLUG, person_id):
        raise ValueError("must be lower-case ASCII words joined by hyphens")
    if not isinstance(table, Mapping) or not str(table.get("name", "")).strip():
        raise ValueError("needs a name")
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise ValueError(f"has unknown key {unknown[0]!r}; known: {', '.join(sorted(_KEYS))}")
    try:
        offices = tuple(Office(**office) for office in table.get("offices", ()))
    except TypeError as error:
        raise ValueError("has an office with other keys than edition, office and organisation") from error
    return Speaker(
        id=person_id,
        name=table["name"],
        title=table.get("title", ""),
        offices=offices,
        printed=tuple(table.get("printed", ())),
        misprints=dict(table.get("misprints", {})),
        note=table.get("note", ""),
    )

"""Notes: the wiki pages of a corpus, written by hand in `notes/*.md`, and what they link to.

A note begins with its title, `# Schatten {: theme=klima }`; the rest is Markdown. `[[…]]` links to another note, a
person, a theme, an event, a section or a passage; `![[edition/section/3~9c1e4b2a]]` on its own line shows a passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kb.errors import CorpusError, CorpusInvalid, LocatorError
from kb.locator import SLUG, parse_locator

FOLDER = "notes"
LINK = re.compile(r"(?<!\\)(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_ALONE = re.compile(rf"[ \t]*{LINK.pattern}[ \t]*")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_HEAD = re.compile(r"#[ \t]+(?P<title>.*?)[ \t]*#*[ \t]*(?:\{:(?P<attributes>[^{}]*)\})?[ \t]*")
_KEYS = ("theme", "lang")
_CLASSES = ("fictional",)


class Target(StrEnum):
    """What a note may link to."""

    NOTE = "note"
    PERSON = "person"
    THEME = "theme"
    EVENT = "event"
    SECTION = "section"
    PASSAGE = "passage"


_BY_NAME = (Target.NOTE, Target.PERSON, Target.THEME, Target.EVENT)


@dataclass(frozen=True, slots=True)
class Note:
    """A note by its `name`, that of its file; `text` is its Markdown without the title, from `line` of the file on.

    One with a `theme` is what the editors have to say of it. A `fictional` one is about invented events.
    """

    name: str
    title: str
    text: str
    theme: str = ""
    language: str = "de"
    fictional: bool = False
    line: int = 2


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link as a note writes it, with its line in the file; `target` is an id, `label` what the note calls it.

    `fingerprint` is that of the words of the passage it was made for. An `is_embed` shows the passage itself.
    """

    kind: Target
    target: str
    fingerprint: str = ""
    label: str = ""
    line: int = 0
    is_embed: bool = False


def load_notes(folder: Path) -> dict[str, Note]:
    """Return the notes in a folder laid out like a corpus, by name; an empty mapping if there are none.

    Raises:
        CorpusInvalid: something is wrong with one of them.
    """
    problems: list[CorpusError] = []
    notes = read_notes(folder, problems)
    if problems:
        raise CorpusInvalid(problems)
    return notes


def note_files(folder: Path) -> list[Path]:
    """Return the files of the notes of a corpus; folders only sort them."""
    return sorted((folder / FOLDER).rglob("*.md"))


def read_notes(folder: Path, problems: list[CorpusError]) -> dict[str, Note]:
    """Return the notes that can be read, by name; every problem goes into `problems`."""
    notes: dict[str, Note] = {}
    paths: dict[str, Path] = {}
    for path in note_files(folder):
        try:
            note = _read(path)
            if note.name in notes:
                first = paths[note.name].relative_to(folder)
                raise CorpusError(f"there is another note named {note.name!r}: {first.as_posix()}", path, 1)
        except CorpusError as error:
            problems.append(error)
        else:
            notes[note.name], paths[note.name] = note, path
    return notes


def _read(path: Path) -> Note:
    if not re.fullmatch(SLUG, path.stem):
        raise CorpusError(f"a note is named in lower-case ASCII words, not {path.stem!r}", path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise CorpusError(f"not UTF-8 at byte {error.start}; save the file as UTF-8", path) from error
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    head = _HEAD.fullmatch(lines[first])
    if head is None or not head["title"]:
        raise CorpusError("a note begins with its title: # Title", path, first + 1)
    again = next((number for number, line in enumerate(lines) if number > first and re.match(r"#\s", line)), None)
    if again is not None:
        raise CorpusError("a note has one title; write other headings as ## Heading", path, again + 1)
    attributes = _attributes(head["attributes"] or "", path, first + 1)
    return Note(
        name=path.stem,
        title=head["title"],
        text="\n".join(lines[first + 1 :]),
        theme=attributes.get("theme", ""),
        language=attributes.get("lang", "de"),
        fictional="fictional" in attributes,
        line=first + 2,
    )


def _attributes(written: str, path: Path, line: int) -> dict[str, str]:
    """Return what the attribute list behind a title says."""
    found = {}
    for word in written.split():
        key, is_given, value = word.partition("=")
        if (is_given and key in _KEYS and value) or (not is_given and key.removeprefix(".") in _CLASSES):
            found[key.removeprefix(".")] = value.strip("\"'")
        else:
            known = ", ".join((*(f"{name}=…" for name in _KEYS), *(f".{name}" for name in _CLASSES)))
            raise CorpusError(f"unknown attribute {word!r} of a note; known: {known}", path, line)
    return found


def links_of(note: Note) -> Iterator[NoteLink]:
    """Yield the links of a note in the order they stand in.

    Raises:
        LocatorError: one is written in no known way.
    """
    for line, written in written_links(note):
        yield parse_link(written, line=line)


def written_links(note: Note) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield every link of a note as it is written, with its line; what stands in `code` is none."""
    for number, line in enumerate(note.text.split("\n"), start=note.line):
        bare = _CODE.sub(lambda code: " " * len(code.group()), line)
        for written in LINK.finditer(bare):
            yield number, written


def parse_link(written: re.Match[str], *, line: int = 0) -> NoteLink:
    """Return the link that a match of `LINK` is.

    Raises:
        LocatorError: it names nothing; the message says how it is written.
    """
    mark, inside, label = written.groups()
    name = inside.strip()
    word, is_kind, target = name.partition(":")
    label = (label or "").strip()
    if is_kind or "/" not in name:
        kind = next((one for one in _BY_NAME if one == (word if is_kind else Target.NOTE)), None)
        if kind is None:
            known = ", ".join(f"{one}:…" for one in _BY_NAME)
            raise LocatorError(
                f"[[{name}]] names nothing; write [[note-name]], [[edition/section/3]] or one of {known}"
            )
        found = NoteLink(kind, target.strip() if is_kind else name, "", label, line)
    else:
        found = _place(name, label, line)
    if not mark:
        return found
    if found.kind is not Target.PASSAGE or not _ALONE.fullmatch(written.string):
        raise LocatorError(f"![[{name}]]: only a passage can be shown, on a line of its own: ![[edition/section/3~…]]")
    return NoteLink(found.kind, found.target, found.fingerprint, label, line, is_embed=True)


def _place(name: str, label: str, line: int) -> NoteLink:
    try:
        locator, fingerprint = parse_locator(name)
    except LocatorError:
        if re.fullmatch(rf"{SLUG}(/{SLUG})+", name):
            return NoteLink(Target.SECTION, name, "", label, line)
        raise
    return NoteLink(Target.PASSAGE, str(locator), fingerprint or "", label, line)


def pieces(note: Note) -> tuple[str | NoteLink, ...]:
    """Return a note cut where it shows a passage: stretches of Markdown, and the links that show one between them."""
    found: list[str | NoteLink] = []
    prose: list[str] = []
    for number, line in enumerate(note.text.split("\n"), start=note.line):
        written = _ALONE.fullmatch(line)
        if written and written[1]:
            found += ["\n".join(prose), parse_link(LINK.search(line) or written, line=number)]
            prose = []
        else:
            prose.append(line)
    found.append("\n".join(prose))
    return tuple(piece for piece in found if not isinstance(piece, str) or piece.strip())


def theme_notes(notes: Mapping[str, Note]) -> dict[str, Note]:
    """Return the note on each theme that has one."""
    return {note.theme: note for note in notes.values() if note.theme}

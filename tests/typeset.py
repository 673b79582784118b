"""Typesets an edition of the corpus as the plain text that a PDF converter would make of its print.

    python tests/typeset.py --update    # rewrites tests/cases/printed/*.txt

The printed text has narrow lines with words divided at their ends, running headers, page numbers, form feeds (or not),
footnotes at the foot of their page, turns behind their labels. The page marks in the Markdown decide where pages end.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from syllables import break_points

from kb.markdown import Block, parse_blocks
from kb.model import Edition, Kind, Mark, Role, Section, Speaker
from kb.outline import load_outline, markdown_files
from kb.people import load_people

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
PRINTED = ROOT / "tests" / "cases" / "printed"


@dataclass(frozen=True)
class Style:
    """How the pages of one edition look; `width` is counted in characters."""

    form_feeds: bool
    bullet: str
    person: str
    width: int = 58


STYLES = {
    "mahlbrueck-2019": Style(form_feeds=False, bullet="• ", person="   "),
    "mahlbrueck-2023": Style(form_feeds=True, bullet="- ", person="• "),
}


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` characters, words divided at their syllables where that helps."""
    lines, line = [], ""
    for word in text.split():
        room = width - len(line) - (1 if line else 0)
        while len(word) > room:
            head, rest = _divide(word, room)
            if not head and not line:
                break  # too long for any line and nowhere to divide
            lines.append(f"{line} {head}".strip())
            line, word, room = "", rest, width
        line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


def _divide(word: str, room: int) -> tuple[str, str]:
    """Return what of `word` goes into the `room` characters left on the line, and what goes to the next."""
    at_hyphens = [(match.end(), "") for match in re.finditer(r"(?<=\w)[-/](?=\w)", word)]
    at_syllables = [(point, "-") for point in break_points(word)]
    for point, sign in sorted(at_hyphens + at_syllables, reverse=True):
        if point + len(sign) <= room:
            return word[:point] + sign, word[point:]
    return "", word


@dataclass
class _Page:
    label: str
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Typesetter:
    """Fills the pages of one edition, paragraph by paragraph."""

    def __init__(self, outline: Edition, speakers: dict[str, Speaker], style: Style) -> None:
        self.outline = outline
        self.speakers = speakers
        self.style = style
        self.pages: list[_Page] = []

    def paragraph(self, text: str, marks: tuple[Mark, ...] = (), *, before: str = "") -> None:
        """Set one paragraph behind its label or list mark; a page mark in it turns the page."""
        start = 0
        for mark in sorted(marks, key=lambda mark: mark.offset):
            if mark.offset:
                self._lines(before + text[start : mark.offset], goes_on=text[mark.offset - 1 : mark.offset + 1])
                start, before = mark.offset, ""
            self.pages.append(_Page(mark.label))
        self._lines(before + text[start:])

    def _lines(self, text: str, *, goes_on: str = "") -> None:
        """Set a paragraph or the part of it that is on this page; `goes_on` are the letters around the page's end."""
        if not text.strip():
            return
        lines = wrap(text, self.style.width)
        if re.fullmatch(r"\w\w", goes_on):
            lines[-1] += "-"
        body = self.pages[-1].body
        body += ["", *lines] if body else lines

    def note(self, mark: str, text: str) -> None:
        """Put a footnote at the foot of the page."""
        self.pages[-1].notes += wrap(f"{mark} {text}", self.style.width)

    def programme(self, lines: list[str]) -> None:
        """Set one entry of the programme; indented lines are people."""
        entry: list[str] = []
        for line in lines:
            person = line.startswith(" ")
            hanging = self.style.person if person and not self.style.person.strip() else ""
            wrapped = wrap((self.style.person if person else "") + line.strip(), self.style.width - len(hanging))
            entry += [hanging + printed for printed in wrapped]
        body = self.pages[-1].body
        body += ["", *entry] if body else entry

    def text(self) -> str:
        """Return the whole print."""
        if self.style.form_feeds:
            return "\f".join(_with_header_and_foot(page, self.outline.title) for page in self.pages)
        return "\n".join(_with_numbered_header(page, self.outline.title, self.style.width) for page in self.pages)


def _with_notes(page: _Page) -> list[str]:
    return [*page.body, "", "________", *page.notes] if page.notes else page.body


def _with_header_and_foot(page: _Page, title: str) -> str:
    return "\n".join([title, "", "", *_with_notes(page), "", "", page.label.rjust(30), ""])


def _with_numbered_header(page: _Page, title: str, width: int) -> str:
    return "\n".join([title + page.label.rjust(width - len(title)), "", *_with_notes(page), ""])


def typeset(folder: Path, speakers: dict[str, Speaker], style: Style) -> str:
    """Return the printed text of the edition in `folder`."""
    outline = load_outline(folder)
    setter = Typesetter(outline, speakers, style)
    for path in markdown_files(folder):
        source_lines = path.read_text(encoding="utf-8").split("\n")
        above: list[tuple[int, str]] = []
        for block in parse_blocks(path.read_text(encoding="utf-8"), path):
            if block.level and block.anchor:
                above = [entry for entry in above if entry[0] < block.level] + [(block.level, block.anchor)]
                _set_section(setter, block, outline.section("/".join(anchor for _, anchor in above)))
            else:
                _set_block(setter, block, source_lines)
    return setter.text()


def _set_section(setter: Typesetter, block: Block, section: Section | None) -> None:
    """Set heading and title of a section; a speech below a common heading has only its byline, set later."""
    assert section is not None, f"{block.anchor} is not in edition.toml"
    setter.pages += [_Page(mark.label) for mark in block.marks if mark.kind == "page"]
    if "/" in section.id:
        return
    for line in dict.fromkeys((section.heading, section.title)):
        if line:
            setter.paragraph(line)


def _set_block(setter: Typesetter, block: Block, source_lines: list[str]) -> None:
    kind = block.classes[0] if block.classes else ""
    if kind == Kind.PROGRAMME:
        setter.programme(list(_source_of(block, source_lines)))
    elif kind == Kind.FOOTNOTE:
        setter.note(block.attributes["mark"], block.text)
    elif kind == Kind.TURN:
        setter.paragraph(*_with_note_calls(block), before=_label(block, setter))
    else:
        mark = block.attributes.get("mark", "")
        before = setter.style.bullet if mark == "-" else f"{mark} " if mark else ""
        setter.paragraph(*_with_note_calls(block), before=before)


def _source_of(block: Block, source_lines: list[str]) -> Iterator[str]:
    """Yield the lines of a paragraph as they stand in the file: those of a programme are printed one by one."""
    for line in source_lines[block.line - 1 :]:
        if not line or line.startswith("{:"):
            return
        yield line


def _label(block: Block, setter: Typesetter) -> str:
    """Return what is printed before a turn."""
    speaker = setter.speakers[block.attributes["by"]]
    name = block.attributes.get("as", speaker.name)
    if block.attributes["role"] == Role.AUDIENCE:
        office = speaker.office_in(setter.outline.id)
        parts = (name, office.office, office.organisation) if office else (name,)
        return f"Stimme aus dem Publikum: {', '.join(filter(None, parts))}: "
    if block.attributes["role"] == Role.PODIUM_GUEST:
        return f"Gast auf dem Podium: {name}: "
    return f"{name}: "


def _with_note_calls(block: Block) -> tuple[str, tuple[Mark, ...]]:
    """Return words and page marks of a paragraph with the footnote calls printed among the words."""
    text, pages, shift = block.text, [], 0
    for mark in sorted(block.marks, key=lambda mark: mark.offset):
        at = mark.offset + shift
        if mark.kind == "note":
            text = text[:at] + mark.label + text[at:]
            shift += len(mark.label)
        else:
            pages.append(Mark(at, mark.kind, mark.label))
    return text, tuple(pages)


def printed_editions() -> dict[str, str]:
    """Return the printed text of each example edition by its id."""
    speakers = load_people(CORPUS / "people.toml")
    return {name: typeset(CORPUS / name, speakers, style) for name, style in STYLES.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Typeset the example editions as printed plain text.")
    parser.add_argument("--update", action="store_true", help="rewrite the files in tests/cases/printed")
    update = parser.parse_args().update
    PRINTED.mkdir(parents=True, exist_ok=True)
    for name, text in printed_editions().items():
        path = PRINTED / f"{name}.txt"
        current = path.read_bytes().decode() if path.exists() else ""
        print(f"{path.relative_to(ROOT)}: {'as it is' if text == current else 'differs'}")
        if update:
            path.write_bytes(text.encode())


if __name__ == "__main__":
    main()

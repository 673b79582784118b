"""Words ↔ Markdown: the corpus files as blocks of headings and paragraphs with attributes.

A corpus file is a strict subset of Markdown with `attr_list`: blank lines part blocks, a block is one heading or one
paragraph, a paragraph ends in its attribute list. Inside a paragraph every character is a letter of the words except

* `⟦S. 21⟧`  printed page 21 begins here (with no blank around it when it begins inside a word),
* `[^1]`     footnote 1 is called here,
* `\\`       takes the special meaning from the character behind it; `&amp;` is an ampersand before a name and `;`.

So emphasis, links, lists and HTML are switched off: an asterisk in "Bürger*innen" is an asterisk.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString, Tag
from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor, ParagraphProcessor
from markdown.extensions.attr_list import AttrListExtension
from markdown.inlinepatterns import ESCAPE_RE, EscapeInlineProcessor, InlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import build_treeprocessors
from markdown.util import Registry

from kb.errors import CorpusError
from kb.model import Mark

PAGE_MARK = re.compile(r"⟦S\. ([^⟧]+)⟧")
NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_NEEDS_ESCAPE = re.compile(r"[\\⟦{]|\[(?=\^)|^#|#(?=\s*$)")
_ENTITY = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 1–6) or a paragraph (`level` 0) of a corpus file.

    `text` holds the plain words with `marks` at their offsets; `classes` and `attributes` what the attribute list
    says (`anchor` is its `#id`); `line` is the 1-based line where the block starts, 0 if it was never in a file.
    """

    text: str
    level: int = 0
    anchor: str = ""
    classes: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    line: int = 0


def _mark_element(kind: str, label: str) -> ElementTree.Element:
    element = ElementTree.Element("span")
    element.set("class", f"mark-{kind}")
    element.text = label
    return element


class _MarkProcessor(InlineProcessor):
    """Turns a page mark or a footnote mark into an element that Beautiful Soup can find."""

    def __init__(self, pattern: re.Pattern[str], kind: str, md: Markdown) -> None:
        super().__init__(pattern.pattern, md)
        self.kind = kind

    def handleMatch(  # type: ignore[override]  # Python-Markdown's own stubs disagree with its base class
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element, int, int]:
        return _mark_element(self.kind, m.group(1)), m.start(0), m.end(0)


@cache
def _converter() -> Markdown:
    """Return the Markdown converter of the corpus: blocks, attribute lists, marks and escapes, nothing else."""
    md = Markdown(output_format="html")
    md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "⟦"]
    md.preprocessors = Registry()
    md.preprocessors.register(NormalizeWhitespace(md), "normalize_whitespace", 30)
    md.parser.blockprocessors = Registry()
    md.parser.blockprocessors.register(HashHeaderProcessor(md.parser), "hashheader", 70)
    md.parser.blockprocessors.register(ParagraphProcessor(md.parser), "paragraph", 10)
    md.inlinePatterns = Registry()
    md.inlinePatterns.register(EscapeInlineProcessor(ESCAPE_RE, md), "escape", 180)
    md.inlinePatterns.register(_MarkProcessor(PAGE_MARK, "page", md), "page-mark", 100)
    md.inlinePatterns.register(_MarkProcessor(NOTE_MARK, "note", md), "note-mark", 99)
    md.treeprocessors = build_treeprocessors(md)
    md.registerExtensions([AttrListExtension()], {})
    return md


def parse_blocks(source: str, path: Path) -> list[Block]:
    """Return the blocks of a corpus file in their order, through Python-Markdown and Beautiful Soup.

    Raises:
        CorpusError: a block cannot be read; with its line.
    """
    starts = _block_lines(source)
    converter = _converter()
    converter.reset()
    soup = BeautifulSoup(converter.convert(source), "html.parser")
    elements = [node for node in soup.children if isinstance(node, Tag)]
    for element, line, last_line in zip(elements, starts, _last_lines(source), strict=False):
        if last_line.startswith("{:") and not element.attrs:
            raise CorpusError(f"attribute list cannot be read: {last_line}", path, line)
    if len(elements) != len(starts):
        line = _first_divergence(elements, starts)
        raise CorpusError("a heading and a paragraph must be parted by a blank line", path, line)
    return [_block(element, line) for element, line in zip(elements, starts, strict=True)]


def _block_lines(source: str) -> list[int]:
    """Return the 1-based line number at which each block starts."""
    starts, inside = [], False
    for number, line in enumerate(source.split("\n"), start=1):
        if line.strip() and not inside:
            starts.append(number)
        inside = bool(line.strip())
    return starts


def _last_lines(source: str) -> list[str]:
    """Return the last line of each block, as it is written."""
    lines = [*source.split("\n"), ""]
    return [line.strip() for line, below in pairwise(lines) if line.strip() and not below.strip()]


def _first_divergence(elements: list[Tag], starts: list[int]) -> int:
    """Return the line of the block that yielded more than one element: the first heading without its own block."""
    for position, element in enumerate(elements):
        if position and element.name != "p" and position < len(starts):
            return starts[position - 1]
    return starts[-1] if starts else 1


def _block(element: Tag, line: int) -> Block:
    pieces: list[str] = []
    marks: list[Mark] = []
    for node in element.children:
        if isinstance(node, NavigableString):
            pieces.append(str(node))
        elif isinstance(node, Tag):
            kind = str(node.get_attribute_list("class")[0]).removeprefix("mark-")
            marks.append(Mark(sum(map(len, pieces)), kind, node.get_text()))
    text, marks = _collapse("".join(pieces), marks)
    attributes = {key: str(value) for key, value in element.attrs.items() if key not in ("id", "class")}
    classes = element.get("class")
    return Block(
        text=text,
        level=int(element.name[1]) if element.name != "p" else 0,
        anchor=str(element.get("id") or ""),
        classes=tuple(classes) if isinstance(classes, list) else (),
        attributes=attributes,
        marks=tuple(marks),
        line=line,
    )


def _collapse(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """Return `text` with each run of blanks and line ends as one blank, and the marks moved along.

    A mark between two blanks stands before the word that follows.
    """
    out: list[str] = []
    moved: list[Mark] = []
    waiting = sorted(marks, key=lambda mark: mark.offset)
    length = 0
    for position, char in enumerate(text):
        while waiting and waiting[0].offset <= position and not (char in " \n" and out and out[-1] == " "):
            mark = waiting.pop(0)
            moved.append(Mark(length, mark.kind, mark.label))
        if char in " \n":
            if out and out[-1] != " ":
                out.append(" ")
                length += 1
        else:
            out.append(char)
            length += 1
    stripped = "".join(out).rstrip(" ")
    moved += [Mark(len(stripped), mark.kind, mark.label) for mark in waiting]
    return stripped, [Mark(min(mark.offset, len(stripped)), mark.kind, mark.label) for mark in moved]


def escape(text: str) -> str:
    """Return words as they are written in a corpus file.

    >>> escape("# {x} Bürger*innen [^")
    '\\\\# \\\\{x} Bürger*innen \\\\[^'
    """
    return _ENTITY.sub("&amp;", _NEEDS_ESCAPE.sub(lambda match: "\\" + match.group(), text))


def render_blocks(blocks: Iterable[Block]) -> str:
    """Return the text of a corpus file that `parse_blocks` reads back to the same blocks."""
    return "\n\n".join(_render(block) for block in blocks) + "\n"


def _render(block: Block) -> str:
    words = _with_marks(block.text, block.marks)
    attributes = _attribute_list(block)
    if block.level:
        return f"{'#' * block.level} {words}" + (f" {attributes}" if attributes else "")
    return f"{words}\n{attributes}" if attributes else words


def _with_marks(text: str, marks: Iterable[Mark]) -> str:
    written, at = "", 0
    for mark in sorted(marks, key=lambda mark: mark.offset):
        written += _escape_piece(text[at : mark.offset], first=at == 0)
        if mark.kind == "page":
            written += f"⟦S. {mark.label}⟧" + (" " if not written or written[-1] == " " else "")
        else:
            written += f"[^{mark.label}]"
        at = mark.offset
    return written + _escape_piece(text[at:], first=at == 0)


def _escape_piece(piece: str, *, first: bool) -> str:
    """Return `piece` escaped; a `#` is only special where a block begins or ends."""
    escaped = escape(piece)
    return escaped if first else escaped.replace("\\#", "#", 1) if piece.startswith("#") else escaped


def _attribute_list(block: Block) -> str:
    words = [f"#{block.anchor}"] if block.anchor else []
    words += [f".{name}" for name in block.classes]
    for key, value in sorted(block.attributes.items()):
        quote = "'" if '"' in value else '"'
        words.append(f"{key}={value}" if re.fullmatch(r"[\w./-]+", value) else f"{key}={quote}{value}{quote}")
    return "{: " + " ".join(words) + " }" if words else ""

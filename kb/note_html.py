"""From the Markdown of a note to HTML that can do no harm, whatever the note says.

Two nets: HTML in a note is text like any other, and of what the Markdown makes only an allow-list of elements passes;
no scripts, styles, images, ids or handlers, and links only to web and mail addresses and to places of this site.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from kb.errors import LocatorError
from kb.notes import LINK, NoteLink, parse_link
from kb.safe_html import NOTE, sanitised

Address = Callable[[NoteLink], tuple[str, str]]
"""What tells where a link leads, and what it is called unless the note says so; no path if it leads nowhere."""

_BLOCKS_OFF, _INLINE_OFF = ("code",), ("html", "entity", "image_link", "image_reference", "short_image_ref")
_DEEPEST = 6


def note_html(markdown: str, address: Address, *, deeper: int = 0) -> str:
    """Return a stretch of a note as safe HTML, its headings `deeper` by so many levels."""
    converter = Markdown(output_format="html", extensions=["sane_lists"])
    converter.preprocessors.deregister("html_block")
    for name in _BLOCKS_OFF:
        converter.parser.blockprocessors.deregister(name)
    for name in _INLINE_OFF:
        converter.inlinePatterns.deregister(name)
    converter.inlinePatterns.register(_WikiLink(address, converter), "wiki-link", 175)
    converter.treeprocessors.register(_Deeper(deeper, converter), "deeper", 5)
    return sanitised(converter.convert(markdown), NOTE)


class _WikiLink(InlineProcessor):
    """Turns `[[…]]` into a link."""

    def __init__(self, address: Address, md: Markdown) -> None:
        super().__init__(LINK.pattern, md)
        self.address = address

    def handleMatch(  # type: ignore[override]  # Python-Markdown's own stubs disagree with its base class
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element, int, int]:
        try:
            link = parse_link(m)
            path, name = self.address(link)
            label = link.label or name
        except LocatorError:
            path, label = "", m.group()
        element = ElementTree.Element("a" if path else "span")
        if path:
            element.set("href", path)
        element.text = AtomicString(label)
        return element, m.start(0), m.end(0)


class _Deeper(Treeprocessor):
    """Moves headings down: a note may stand below a heading of the page."""

    def __init__(self, levels: int, md: Markdown) -> None:
        super().__init__(md)
        self.levels = levels

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if re.fullmatch("h[1-6]", element.tag):
                element.tag = f"h{min(int(element.tag[1]) + self.levels, _DEEPEST)}"

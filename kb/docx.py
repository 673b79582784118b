"""The text of a Word document, paragraph by paragraph, with the addresses its links lead to.

Office Open XML (ECMA-376): a zip archive; the words stand in `w:t`, the addresses in relationships and field codes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.errors import SourceError

_LARGEST = 100_000_000
"""A part with more bytes is not unpacked: no manuscript has so many."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARTS = (("document", "paragraph"), ("footnotes", "footnote paragraph"), ("endnotes", "endnote paragraph"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a Word document: the part it stands in, its number there from 1, its words and links."""

    part: str
    number: int
    text: str
    links: tuple[str, ...] = ()


def docx_paragraphs(path: Path) -> list[Paragraph]:
    """Return the paragraphs of a document, its footnotes and its endnotes.

    Raises:
        SourceError: it is no Word document, or one that no word processor writes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return [one for part, called in _PARTS for one in _paragraphs(archive, part, called)]
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{path}: this is no Word document that can be read ({error})") from error


def _paragraphs(archive: zipfile.ZipFile, part: str, called: str) -> Iterator[Paragraph]:
    name = f"word/{part}.xml"
    if part != "document" and name not in archive.namelist():
        return
    targets = _targets(archive, part)
    for number, element in enumerate(_parse(archive, name).iter(f"{_W}p"), start=1):
        fields = "".join(code.text or "" for code in element.iter(f"{_W}instrText"))
        ids = [link.get(f"{_R}id", "") for link in element.iter(f"{_W}hyperlink")]
        links = (*(targets[one] for one in ids if one in targets), *([fields] if fields else []))
        yield Paragraph(called, number, _text(element), links)


def _text(paragraph: ElementTree.Element) -> str:
    """Return the words of a paragraph; what was deleted under tracked changes stands in `w:delText` and is not read."""
    gaps = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
    return "".join((one.text or "") if one.tag == f"{_W}t" else gaps.get(one.tag, "") for one in paragraph.iter())


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return where the links of a part lead, by the id of the relationship."""
    name = f"word/_rels/{part}.xml.rels"
    if name not in archive.namelist():
        return {}
    return {one.get("Id", ""): one.get("Target", "") for one in _parse(archive, name)}


def _parse(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Return the root of a part; one with a document type is refused, as its entities could grow without end."""
    if archive.getinfo(name).file_size > _LARGEST:
        raise zipfile.BadZipFile(f"{name} is larger than {_LARGEST} bytes")
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise zipfile.BadZipFile(f"{name} declares a document type or is not UTF-8")
    return ElementTree.fromstring(content)

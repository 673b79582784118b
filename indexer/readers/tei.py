"""TEI as `kb export --format tei` writes it: facts, people and the attributed words of each edition.

The file is read as a stream, edition by edition. A document type declaration is refused, so nothing in a file can
name entities or other files.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from indexer.readers.tei_facts import edition_facts, people_of, relations_in
from kb.errors import SourceError
from kb.export.tei_names import BY_HAND, NAMESPACE, locator_named, pointed, section_named, source_places
from kb.locator import Locator
from kb.model import Edition, Evidence, Kind, Mark, Role, Speaker, Voice

MAX_BYTES = 500_000_000
"""A larger file is refused; export the editions one by one."""

_NS = f"{{{NAMESPACE}}}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_PASSAGES = frozenset({"u", "p", "note"})
_CODE_POINT = re.compile(r"U\+([0-9A-F]{4,6})")


@dataclass(frozen=True)
class TeiHeading:
    """The beginning of a division: a section of the outline (`section` is its id path) or a sub-heading ("")."""

    text: str
    level: int
    section: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class TeiPassage:
    """One passage as it is written there; `pages` begin before it, `fingerprint` is that of its permanent link."""

    locator: Locator
    paragraphs: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], ...]
    kind: Kind
    voice: Voice
    role: Role | None
    people: tuple[str, ...]
    printed: str | None
    list_mark: str
    themes: tuple[str, ...]
    pages: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    source_id: str
    fingerprint: str
    evidence: Evidence | None = None


@dataclass(frozen=True)
class TeiEdition:
    """One `<TEI>`: the edition without its words, everybody named, and the words in reading order."""

    facts: Edition
    people: Mapping[str, Speaker]
    entries: tuple[TeiHeading | TeiPassage, ...]

    @property
    def passages(self) -> tuple[TeiPassage, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, TeiPassage))


def is_tei(path: Path) -> bool:
    """Return whether a file is TEI by its name."""
    return path.suffix.lower() in (".xml", ".tei")


def read_tei(path: Path) -> Iterator[TeiEdition]:
    """Yield the editions of a TEI file.

    Raises:
        SourceError: the file is missing, too large, no XML, no TEI, or TEI that says nothing of passages.
    """
    if not path.is_file():
        raise SourceError(f"{path}: no such file")
    if path.stat().st_size > MAX_BYTES:
        raise SourceError(f"{path}: larger than {MAX_BYTES} bytes; export the editions one by one")
    try:
        _refuse_declarations(path)
        yield from _editions(path)
    except (ElementTree.ParseError, expat.ExpatError) as error:
        raise SourceError(f"{path}: not well-formed XML: {error}") from error


def _refuse_declarations(path: Path) -> None:
    """Raise if there is a document type declaration; only the beginning of the file is looked at."""

    def refuse(*declared: object) -> NoReturn:
        raise SourceError(f"{path}: has a document type declaration (<!DOCTYPE …>), which is not read; take it out")

    begun: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: begun.append(name)
    with path.open("rb") as stream:
        while not begun and (chunk := stream.read(4096)):
            parser.Parse(chunk)


def _editions(path: Path) -> Iterator[TeiEdition]:
    shared: ElementTree.Element | None = None
    found = False
    depth: list[ElementTree.Element] = []
    for event, element in ElementTree.iterparse(path, events=("start", "end")):
        if event == "start":
            depth.append(element)
            continue
        depth.pop()
        if element.tag == f"{_NS}teiHeader" and depth and depth[-1].tag == f"{_NS}teiCorpus":
            shared = element
        if element.tag == f"{_NS}TEI":
            found = True
            yield _edition(element, shared, path)
            element.clear()
    if not found:
        raise SourceError(f"{path}: XML, but no TEI ({NAMESPACE}); nothing to import")


def _edition(tei: ElementTree.Element, shared: ElementTree.Element | None, path: Path) -> TeiEdition:
    header, body = tei.find(f"{_NS}teiHeader"), tei.find(f"{_NS}text/{_NS}body")
    name = tei.get(_ID, "")
    if header is None or body is None or not name.startswith("edition."):
        raise SourceError(
            f"{path}: TEI, but not as `kb export --format tei` writes it: <TEI xml:id> must be edition.<id>, with "
            "teiHeader and body"
        )
    headers = [header] if shared is None else [shared, header]
    people = {name: person for one in headers for name, person in people_of(one).items()}
    relations = {place: roles for one in headers for place, roles in relations_in(one).items()}
    reader = _BodyReader(path, _evidence(tei))
    reader.read(body, level=0)
    language = tei.get("{http://www.w3.org/XML/1998/namespace}lang", "de")
    facts = edition_facts(header, name.removeprefix("edition."), language, reader.first_page, relations)
    return TeiEdition(facts, people, tuple(reader.entries))


def _evidence(tei: ElementTree.Element) -> dict[str, Evidence]:
    """Return what is said of attributions, by the id of the passage."""
    return {
        certainty.get("target", "")[1:]: Evidence(
            rule=certainty.get("type", "given"),
            confidence=float(certainty.get("degree", "1")),
            read_from=source_places(certainty.get("source", ""))[0],
            doubt=certainty.findtext(f"{_NS}desc", ""),
        )
        for certainty in tei.iterfind(f"{_NS}standOff/{_NS}certainty")
    }


@dataclass
class _BodyReader:
    """Walks through divisions and keeps what stands between passages: pages, and the speaker's printed name."""

    path: Path
    evidence: Mapping[str, Evidence]
    entries: list[TeiHeading | TeiPassage] = field(default_factory=list)
    first_page: str = ""
    section: str = ""
    _pages: list[str] = field(default_factory=list)
    _printed: str | None = None
    _before: TeiPassage | None = None

    def read(self, division: ElementTree.Element, *, level: int) -> None:
        """Add what stands in a division, in order."""
        if level:
            self._enter(division, level)
        for child in division:
            tag = child.tag.removeprefix(_NS) if isinstance(child.tag, str) else ""
            if tag == "div":
                self._mark_first_page(level)
                outer = self.section
                self.read(child, level=level + 1)
                self.section = outer
            elif tag == "pb":
                self._pages.append(child.get("n", ""))
            elif tag == "note" and child.get("type") == "speaker":
                self._printed = self._words(child)
            elif tag in _PASSAGES:
                self._add(child)
            elif tag != "head":
                raise SourceError(f"{self.path}: <{tag}> cannot stand between passages (in section {self.section!r})")

    def _mark_first_page(self, level: int) -> None:
        """Take the page that begins before everything as the first of the edition."""
        if level == 0 and not self.entries and self._pages and not self.first_page:
            self.first_page = self._pages.pop(0)

    def _enter(self, division: ElementTree.Element, level: int) -> None:
        place = division.get("corresp", "")
        section = section_named(place) if place.startswith("#section.") else ""
        head = division.find(f"{_NS}head")
        if head is None:
            raise SourceError(f"{self.path}: a <div> without <head> (in section {self.section!r})")
        if level > 6:
            raise SourceError(f"{self.path}: divisions are nested deeper than 6 (in section {self.section!r})")
        self.entries.append(TeiHeading(self._words(head), level, section, self._turned()))
        self.section = section or self.section

    def _words(self, element: ElementTree.Element) -> str:
        try:
            return _segment(element)[0]
        except ValueError as error:
            raise SourceError(f"{self.path}: {error} (in section {self.section!r})") from error

    def _turned(self) -> tuple[str, ...]:
        pages, self._pages = tuple(self._pages), []
        return pages

    def _add(self, element: ElementTree.Element) -> None:
        name = element.get(_ID, "")
        try:
            locator = locator_named(name)
            terms = element.get("ana", "")
            kind, voice = (pointed(facet, terms)[0] for facet in ("kind", "voice"))
            passage = self._passage(element, locator, Kind(kind), Voice(voice), terms)
        except (ValueError, IndexError) as error:
            raise SourceError(
                f"{self.path}: <{element.tag.removeprefix(_NS)} xml:id={name!r}> is no passage as `kb export` writes "
                f"it (id, or kind and voice in ana): {error}"
            ) from error
        self.entries.append(passage)
        self._before, self._printed = passage, None

    def _passage(
        self, element: ElementTree.Element, locator: Locator, kind: Kind, voice: Voice, terms: str
    ) -> TeiPassage:
        said = element.find(f"{_NS}said")
        whose = said if said is not None else element
        people = pointed("person", whose.get("who", "") or element.get("resp", ""))
        segments = [_segment(segment) for segment in whose.iterfind(f"{_NS}seg")]
        roles = pointed("role", terms)
        spans, source_id = source_places(element.get("source", ""))
        by_hand = f"#{BY_HAND}" in terms.split()
        return TeiPassage(
            locator=locator,
            paragraphs=tuple(words for words, _ in segments),
            marks=tuple(marks for _, marks in segments),
            kind=kind,
            voice=voice,
            role=Role(roles[0]) if roles else None,
            people=people,
            printed=self._printed_name(locator.section, kind, people),
            list_mark=element.get("n", ""),
            themes=pointed("theme", terms) if by_hand else (),
            pages=self._turned(),
            spans=spans,
            source_id=source_id,
            fingerprint=element.get("corresp", "").rpartition("~")[2],
            evidence=self.evidence.get(element.get(_ID, "")),
        )

    def _printed_name(self, section: str, kind: Kind, people: tuple[str, ...]) -> str | None:
        """Return the name before a passage; that before a speech holds for all its paragraphs."""
        before = self._before
        goes_on = before and (before.locator.section, before.kind, before.people) == (section, kind, people)
        if self._printed is None and before and goes_on and kind is Kind.SPEECH and people:
            return before.printed
        return self._printed


def _segment(element: ElementTree.Element) -> tuple[str, tuple[Mark, ...]]:
    """Return the words of an element and what is marked in them.

    Raises:
        ValueError: there is something else in it.
    """
    words, marks = element.text or "", list[Mark]()
    for child in element:
        tag = child.tag.removeprefix(_NS) if isinstance(child.tag, str) else ""
        code = _CODE_POINT.fullmatch(child.get("n", "")) if tag == "g" else None
        if code:
            words += chr(int(code[1], 16))
        elif tag == "pb":
            marks.append(Mark(len(words), "page", child.get("n", "")))
        elif tag == "ref":
            marks.append(Mark(len(words), "note", child.get("n", "")))
        else:
            raise ValueError(f"<{tag}> inside words")
        words += child.tail or ""
    return words, tuple(marks)

"""Citations of passages in texts and bibliographies: the link, and the page and author named beside it.

A link is known by its last part, `edition/section/3~9c1e4b2a`; on which host it stands does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from kb.bibliographies import Work, read_bibtex, read_csl_json, read_ris
from kb.docx import docx_paragraphs
from kb.errors import LocatorError, SourceError
from kb.locator import SLUG, Locator, parse_locator
from kb.printed_page import PAGE_WORD

_URL = re.compile(r"https?://[^\s<>\"'{}|\\^`»«“”„]+")
_PATH = re.compile(rf"((?:{SLUG}/)+{SLUG}/[1-9][0-9]*)(?:~([0-9A-Za-z]*))?(?![0-9A-Za-z/~-])")
_BARE = re.compile(rf"(?<![\w/~.:-])((?:{SLUG}/)+[1-9][0-9]*~[0-9a-f]{{8}})(?![0-9A-Za-z~])")
_BESIDE = re.compile(r"[?&]w=([1-9][0-9]*)~([0-9a-f]{8}):")
_FINGERPRINT = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation as it was found: `where` it stands ("refs.bib:12"), and how it is `written`.

    `page` and `authors` are those it names, if it does; `accessed` is the day it says it was looked up. `problem` tells
    why nothing can be said of it.
    """

    written: str
    where: str = ""
    locator: Locator | None = None
    fingerprint: str | None = None
    page: str = ""
    authors: tuple[str, ...] = ()
    accessed: date | None = None
    problem: str = ""


def references_in(written: str, *, editions: Collection[str] = ()) -> list[Reference]:
    """Return the citation that a link or a locator is; several if the link names words of several passages.

    >>> [one.fingerprint for one in references_in("https://example.org/tagung/forum-1/3~9c1e4b2a#:~:text=Ufer")]
    ['9c1e4b2a']

    Raises:
        LocatorError: it names no passage.
    """
    found = _from_url(written, editions) if _URL.match(written) else None
    if found is not None:
        return [found, *_beside(found)]
    locator, fingerprint = parse_locator(written.split("?")[0].split("#")[0])
    link = Reference(written, locator=locator, fingerprint=fingerprint)
    return [link, *_beside(link)]


def find_references(path: Path, *, editions: Collection[str] = ()) -> list[Reference]:
    """Return the citations in a file, by its ending: .bib, .ris, .json (CSL), .docx, or text.

    Of links without a fingerprint only those into one of `editions` are taken for citations.

    Raises:
        SourceError: it cannot be read.
    """
    return list(_FORMATS.get(path.suffix.lower(), _in_text)(path, editions))


def _in_text(path: Path, editions: Collection[str]) -> Iterator[Reference]:
    for number, line in enumerate(_read(path).split("\n"), start=1):
        yield from _in_line(line, f"{path}:{number}", editions)


def _in_docx(path: Path, editions: Collection[str]) -> Iterator[Reference]:
    for paragraph in docx_paragraphs(path):
        where = f"{path}:{paragraph.part} {paragraph.number}".rstrip()
        yield from _in_line(" ".join((paragraph.text, *paragraph.links)), where, editions)


def _in_line(text: str, where: str, editions: Collection[str]) -> Iterator[Reference]:
    """Yield the citations in a stretch of text, each once."""
    text = re.sub("%7e", "~", text, flags=re.IGNORECASE)
    links = [one for match in _URL.finditer(text) if (one := _from_url(match.group(), editions))]
    found = [one for link in links for one in (link, *_beside(link))]
    for match in _BARE.finditer(_URL.sub(" ", text)):
        locator, fingerprint = parse_locator(match.group(1))
        found.append(Reference(match.group(1), locator=locator, fingerprint=fingerprint))
    once = {(one.locator, one.fingerprint): one for one in reversed(found)}
    yield from (replace(one, where=where) for one in reversed(once.values()))


def _from_url(url: str, editions: Collection[str]) -> Reference | None:
    """Return the citation that an address is; None if it leads to no passage."""
    path = unquote(url).partition("://")[2].partition("/")[2]
    match = _PATH.search(path.split("?")[0].split("#")[0])
    if match is None:
        return None
    place, written = match.groups()
    parts = place.split("/")
    if parts[-2] == PAGE_WORD:  # the address of a printed page names no words
        return None
    known = next((start for start, part in enumerate(parts) if part in editions), None)
    if known is None and written is None:
        return None
    try:
        locator, _ = parse_locator("/".join(parts[known or 0 :]))
    except LocatorError:
        return None
    fingerprint = (written or "").lower()
    if written is not None and not _FINGERPRINT.fullmatch(fingerprint):
        return Reference(url, locator=locator, problem=f"~{written} is no fingerprint of eight hexadecimal digits")
    return Reference(url, locator=locator, fingerprint=fingerprint or None)


def _beside(link: Reference) -> Iterator[Reference]:
    """Yield the further passages of the same section that a link to selected words names: `?w=4~0a1b2c3d:1-9`."""
    if link.locator is None:
        return
    for number, fingerprint in _BESIDE.findall(unquote(link.written)):
        place = Locator(link.locator.edition, link.locator.section, int(number))
        yield Reference(link.written, locator=place, fingerprint=fingerprint)


def _in_bibliography(
    read: Callable[[str], Iterable[Work]],
) -> Callable[[Path, Collection[str]], Iterator[Reference]]:
    def find(path: Path, editions: Collection[str]) -> Iterator[Reference]:
        try:
            works = list(read(_read(path)))
        except ValueError as error:
            raise SourceError(f"{path}: the bibliography cannot be read: {error}") from error
        for work in works:
            where = f"{path}:{work.line}" if work.line else f"{path}:{work.key}"
            for found in _in_line(work.text, where, editions):
                yield replace(found, page=work.page, authors=work.authors, accessed=work.accessed)

    return find


_FORMATS = {
    ".bib": _in_bibliography(read_bibtex),
    ".ris": _in_bibliography(read_ris),
    ".json": _in_bibliography(read_csl_json),
    ".docx": _in_docx,
}


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8 (or as .docx)") from error

"""A citation in the formats of other programs, all made from the same CSL item, so that they agree.

`words` and `remark` go along where somebody collects citations: the words as they may be handed out stand in the field
for an abstract, a remark of the collector's in that for remarks.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

from kb.citation import Citation
from kb.csl import Name, csl_item
from kb.model import Voice

_Item = Mapping[str, Any]
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
_LIGATURE = re.compile(r"(?<=[-`',<>?!])(?=[-`',<>])")
_LANGUAGES = {"de": "ngerman", "en": "english"}


class Written(Protocol):
    """Writes a citation in a format."""

    def __call__(self, citation: Citation, *, words: str = "", remark: str = "") -> str: ...


def csl_json(citation: Citation, *, words: str = "", remark: str = "") -> str:
    """Return the citation as a CSL-JSON array of one item."""
    return json.dumps([annotated_item(citation, words, remark)], ensure_ascii=False, indent=2) + "\n"


def annotated_item(citation: Citation, words: str, remark: str) -> dict[str, Any]:
    """Return the citation as a CSL item; the remark stands behind the note on whose words these are."""
    item = csl_item(citation)
    more = {"abstract": _line(words), "note": " ".join(filter(None, (item["note"], _line(remark))))}
    return item | {name: value for name, value in more.items() if value}


def _line(text: str) -> str:
    return " ".join(text.split())


def bibtex(citation: Citation, *, words: str = "", remark: str = "") -> str:
    """Return the citation as a BibTeX entry in UTF-8; titles keep their capitals."""
    item = csl_item(citation)
    entry = "inproceedings" if item["type"] == "speech" else "incollection"
    fields = {
        **_common(item, keep=True),
        "address": latex(item.get("publisher-place", "")),
        "year": _year(item),
        "urldate": _iso(item.get("accessed")),
        "abstract": latex(_line(words)),
        "annote": latex(_line(remark)),
    }
    return _entry(entry, citation.key, fields)


def biblatex(citation: Citation, *, words: str = "", remark: str = "") -> str:
    """Return the citation as a BibLaTeX entry: with event, language and dates of its own."""
    item = csl_item(citation)
    fields = {
        **_common(item, keep=False),
        "location": latex(item.get("publisher-place", "")),
        "date": _iso(item.get("issued")),
        "eventtitle": latex(item.get("event-title", "")),
        "venue": latex(item.get("event-place", "")),
        "eventdate": _iso(item.get("event-date")),
        "urldate": _iso(item.get("accessed")),
        "langid": _LANGUAGES.get(item.get("language", "")[:2], ""),
        "abstract": latex(_line(words)),
        "annotation": latex(_line(remark)),
    }
    return _entry("inproceedings" if item["type"] == "speech" else "incollection", citation.key, fields)


def _common(item: _Item, *, keep: bool) -> dict[str, str]:
    """Return the fields BibTeX and BibLaTeX share; with `keep` titles are shielded from a style's small letters."""
    shield = "{{{}}}" if keep else "{}"
    titles = {"title": item.get("title", ""), "booktitle": item.get("container-title", "")}
    return {
        "author": " and ".join(map(_latex_name, item.get("author", []))),
        **{field: shield.format(latex(title)) if title and keep else latex(title) for field, title in titles.items()},
        "editor": " and ".join(map(_latex_name, item.get("editor", []))),
        "publisher": latex(item.get("publisher", "")),
        "pages": "--".join(map(latex, _pages(item))),
        "doi": item.get("DOI", ""),
        "isbn": item.get("ISBN", ""),
        "url": item["URL"],
        "type": latex(item.get("genre", "")),
        "note": latex(item["note"]),
    }


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name:<11} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def latex(text: str) -> str:
    """Return a text as LaTeX prints it; braces stay balanced, which BibTeX counts even behind a backslash.

    >>> latex("100 % {Bach} & Baum")
    '100 \\\\% \\\\textbraceleft{}Bach\\\\textbraceright{} \\\\& Baum'
    """
    return "".join(_LATEX.get(letter, letter) for letter in _LIGATURE.sub("\0", text)).replace("\0", "{}")


def _latex_name(name: Name) -> str:
    if "literal" in name:
        return f"{{{latex(name['literal'])}}}"
    return latex(sort_name(name))


def sort_name(name: Name) -> str:
    """Return a name as lists are sorted: "von der Aue, Ada"."""
    if "literal" in name:
        return name["literal"]
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
    return ", ".join(filter(None, (family, name.get("given"))))


def plain_name(name: Name) -> str:
    """Return a name as it is spoken."""
    parts = (name.get("given"), name.get("non-dropping-particle"), name.get("family"), name.get("literal"))
    return " ".join(filter(None, parts))


def ris(citation: Citation, *, words: str = "", remark: str = "") -> str:
    """Return the citation as a RIS record; a speech is a conference paper, everything else a chapter."""
    item = csl_item(citation)
    first, last = (*_pages(item), "", "")[:2]
    rows = [
        ("TY", "CPAPER" if item["type"] == "speech" else "CHAP"),
        *(("AU", sort_name(name)) for name in item.get("author", [])),
        ("TI", item["title"]),
        *_ris_work(item),
        *(("A2", sort_name(name)) for name in item.get("editor", [])),
        ("PY", _year(item)),
        ("PB", item.get("publisher", "")),
        ("SP", first),
        ("EP", last),
        ("SN", item.get("ISBN", "")),
        ("DO", item.get("DOI", "")),
        ("UR", item["URL"]),
        ("Y2", _iso(item.get("accessed")).replace("-", "/")),
        ("M3", item.get("genre", "")),
        ("N1", item["note"]),
        ("N1", _line(remark)),
        ("AB", _line(words)),
        ("LA", item.get("language", "")),
        ("ID", citation.key),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in rows if value) + "ER  - \n"


def _ris_work(item: _Item) -> Iterator[tuple[str, str]]:
    """Yield book and event as RIS has them: with a conference paper T2 is the event and C3 the book it is printed in.

    The day of the event is no DA, which is when the book came out: reference managers prefer it to PY.
    """
    book, event = item.get("container-title", ""), item.get("event-title", "")
    if item["type"] != "speech":
        yield from (("T2", book), ("CY", item.get("publisher-place", "")))
        return
    yield from (("T2", event or book), ("C3", book if event else ""))
    yield from (("C1", item.get("publisher-place", "")), ("CY", item.get("event-place", "")))


def meta_tags(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Return name and content of each `<meta>` that Zotero, Google Scholar and Dublin Core readers look for."""
    item = csl_item(citation)
    first, last = (*_pages(item), "", "")[:2]
    issued = _iso(item.get("issued"))
    authors, editors = (tuple(map(sort_name, item.get(role, []))) for role in ("author", "editor"))
    book = ("citation_inbook_title", item.get("container-title", ""))
    event = ("citation_conference_title", item.get("event-title", ""))
    rows = [
        ("citation_title", item["title"]),
        *(("citation_author", name) for name in authors),
        *(("citation_editor", name) for name in editors),
        *((book, event) if item["type"] == "speech" else (event, book)),  # Zotero takes its type from the later one
        ("citation_publication_date", issued.replace("-", "/")),
        ("citation_publisher", item.get("publisher", "")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_isbn", item.get("ISBN", "")),
        ("citation_doi", item.get("DOI", "")),
        ("citation_language", item.get("language", "")),
        ("citation_public_url", item["URL"]),
        ("DC.title", item["title"]),
        *(("DC.creator", name) for name in authors),
        *(("DC.contributor", name) for name in editors),
        ("DC.source", item.get("container-title", "")),
        ("DC.date", issued),
        ("DC.publisher", item.get("publisher", "")),
        ("DC.language", item.get("language", "")),
        ("DC.description", item["note"]),
        ("DC.identifier", item["URL"]),
    ]
    return tuple((name, content) for name, content in rows if content)


def coins(citation: Citation) -> str:
    """Return the citation as COinS: an empty `<span>` whose title reference managers read."""
    item = csl_item(citation)
    first, last = (*_pages(item), "", "")[:2]
    rows = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "proceeding" if item["type"] == "speech" else "bookitem"),
        *(("rft.au", plain_name(name)) for name in item.get("author", [])),
        ("rft.atitle", item["title"]),
        ("rft.btitle", item.get("container-title", "")),
        ("rft.date", _iso(item.get("issued"))),
        ("rft.pub", item.get("publisher", "")),
        ("rft.place", item.get("publisher-place", "")),
        ("rft.spage", first),
        ("rft.epage", last or first),
        ("rft.isbn", item.get("ISBN", "")),
        ("rft_id", f"info:doi/{item['DOI']}" if "DOI" in item else ""),
        ("rft_id", item["URL"]),
    ]
    title = urlencode([row for row in rows if row[1]])
    return f'<span class="Z3988" title="{html.escape(title)}"></span>'


def json_ld(citation: Citation) -> dict[str, Any]:
    """Return the citation in the words of schema.org.

    Only words printed as a person's own are a `Quotation` with an author; a report is `about` those it names.
    """
    item = csl_item(citation)
    people = [{"@type": "Person", "name": plain_name(name)} for name in item.get("author", [])]
    own = citation.voice is Voice.VERBATIM
    first, last = (*_pages(item), "", "")[:2]
    told = {
        "@context": "https://schema.org",
        "@type": "Quotation" if own else "Chapter",
        "@id": item["URL"],
        "url": item["URL"],
        "name": item["title"],
        "author" if own else "about": people,
        "description": item["note"],
        "inLanguage": item.get("language", ""),
        "pageStart": first,
        "pageEnd": last or first,
        "isPartOf": _work(item),
        "recordedAt": _event(item),
    }
    return {key: value for key, value in told.items() if value}


def _work(item: _Item) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": item["publisher"]} if "publisher" in item else None
    told = {
        "@type": "Book",
        "name": item.get("container-title", ""),
        "editor": [{"@type": "Organization", "name": plain_name(name)} for name in item.get("editor", [])],
        "publisher": publisher,
        "datePublished": _iso(item.get("issued")),
        "isbn": item.get("ISBN", ""),
        "identifier": f"https://doi.org/{item['DOI']}" if "DOI" in item else "",
    }
    return {key: value for key, value in told.items() if value}


def _event(item: _Item) -> dict[str, Any]:
    place = {"@type": "Place", "name": item["event-place"]} if "event-place" in item else None
    told = {"name": item.get("event-title"), "startDate": _iso(item.get("event-date")), "location": place}
    return {"@type": "Event"} | {key: value for key, value in told.items() if value} if any(told.values()) else {}


def _pages(item: _Item) -> tuple[str, ...]:
    return tuple(item["page"].split("-", 1)) if "page" in item else ()


def _year(item: _Item) -> str:
    return _iso(item.get("issued"))[:4]


def _iso(day: Mapping[str, Any] | None) -> str:
    """Return a CSL date as ISO 8601 has it, as exact as it is known; "" for none."""
    parts = day["date-parts"][0] if day else ()
    return "-".join(f"{part:04}" if place == 0 else f"{part:02}" for place, part in enumerate(parts))


FORMATS: Mapping[str, Written] = {
    "bibtex": bibtex,
    "biblatex": biblatex,
    "ris": ris,
    "csl-json": csl_json,
}
"""The formats that are a file of their own."""

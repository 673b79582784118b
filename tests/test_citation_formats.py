"""Formats of a citation: each is read back by a parser of its own, and all say the same."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from bs4 import BeautifulSoup
from csl_schema import SCHEMA
from hypothesis import given
from hypothesis import strategies as st
from samples import a_passage, an_edition

from kb.citation import Citation, cite
from kb.citation_formats import biblatex, bibtex, coins, csl_json, json_ld, meta_tags, plain_name, ris, sort_name
from kb.csl import csl_item
from kb.locator import Locator
from kb.model import Event, Kind, Publication, Section

BASE = "https://wortlaut.example"
HARD = "Bäche & Co: 100 % „Grün“ {offen} \\ #1_a ~ ^ $ -- «ja» `x' <b>\n„Ende“"

# What LaTeX prints and the parser's decoder does not know; letters of nobody's stand for it while it decodes.
_UNKNOWN = {r"\textbraceleft{}": "\ue001", r"\textbraceright{}": "\ue002", r"\textasciicircum{}": "\ue003"}
_MEANT = {0xE001: "{", 0xE002: "}", 0xE003: "^"}

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Zl", "Zp"]), min_size=1, max_size=30
).map(lambda text: " ".join(text.split()))
titles = words.filter(bool)
names = st.lists(st.from_regex(r"[A-ZÄÖÜ][a-zäöüß]{1,9}", fullmatch=True), min_size=2, max_size=3).map(" ".join)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    kind = draw(st.sampled_from([Kind.SPEECH, Kind.TURN, Kind.REPORTED, Kind.DISCUSSION, Kind.QUESTIONS]))
    people = draw(st.lists(names, min_size=1, max_size=2, unique=True)) if kind in (Kind.SPEECH, Kind.REPORTED) else []
    passage = a_passage(
        draw(titles), kind=kind, speakers=tuple(people), page_last=draw(st.sampled_from(["3", "4", "7"]))
    )
    edition = an_edition(
        title=draw(titles),
        sections=(Section("begruessung", draw(titles), "welcome"),),
        event=Event(draw(titles), draw(st.none() | st.dates(date(1900, 1, 1))), draw(st.just("") | titles)),
        publication=Publication(
            publisher=draw(st.just("") | titles),
            place=draw(st.just("") | titles),
            year=draw(st.none() | st.integers(1500, 2100)),
            editors=tuple(draw(st.lists(titles, max_size=2))),
            isbn=draw(st.sampled_from(["", "978-3-16-148410-0"])),
            doi=draw(st.sampled_from(["", "10.1234/abc.5"])),
        ),
        fictional=draw(st.booleans()),
    )
    return cite(passage, edition, base_url=BASE, accessed=draw(st.none() | st.just(date(2025, 10, 3))))


def hard() -> Citation:
    """A citation whose every word holds what some format reads as a sign of its own."""
    edition = an_edition(
        title=HARD,
        sections=(Section("begruessung", HARD, "welcome"),),
        event=Event(HARD, date(2024, 5, 3), HARD),
        publication=Publication(publisher=HARD, place=HARD, year=2024, editors=(HARD,)),
    )
    return cite(a_passage(page_last="4"), edition, base_url=BASE)


def read_bibtex(text: str) -> dict[str, str]:
    """Return the fields of the one entry, as LaTeX prints them."""
    verbatim, decoded = _entry(text), _entry(text, LatexDecodingMiddleware())
    fields = {field.key: _unshielded(field.value) for field in decoded.fields}
    return fields | {"url": verbatim["url"], "entry_type": decoded.entry_type, "key": decoded.key}


def _entry(text: str, *middleware: Any) -> Any:
    for command, letter in _UNKNOWN.items():
        text = text.replace(command, letter)
    library = bibtexparser.parse_string(text, append_middleware=middleware)
    assert not library.failed_blocks
    (entry,) = library.entries
    for field in entry.fields:
        field.value = field.value.translate(_MEANT)
    return entry


def _unshielded(value: str) -> str:
    return value[1:-1] if value.startswith("{") and value.endswith("}") else value


def read_ris(text: str) -> dict[str, Any]:
    (record,) = rispy.loads(text)
    return dict(record)


def one_line(text: str) -> str:
    return " ".join(text.split())


@given(citations())
def test_csl_json_is_valid(citation: Citation) -> None:
    jsonschema.validate(json.loads(csl_json(citation)), SCHEMA)


@pytest.mark.parametrize("make", [bibtex, biblatex])
def test_bibtex_survives_signs_that_latex_reads(make: Any) -> None:
    read = read_bibtex(make(hard()))
    assert one_line(read["title"]) == one_line(HARD)
    assert one_line(read["booktitle"]) == one_line(HARD)
    assert one_line(read["publisher"]) == one_line(HARD)
    assert read["url"] == hard().link


@given(citations())
def test_bibtex_is_read_back_as_it_was_meant(citation: Citation) -> None:
    item, read = csl_item(citation), read_bibtex(bibtex(citation))
    assert read["entry_type"] == ("inproceedings" if item["type"] == "speech" else "incollection")
    assert read["key"] == item["id"]
    assert read["url"] == item["URL"]
    assert read["title"].replace(" ", "") == item["title"].replace(" ", "")
    assert read["note"] == item["note"]
    assert read.get("author", "") == " and ".join(sort_name(name) for name in item.get("author", []))
    assert re.split("--|–", read["pages"]) == item["page"].split("-")


@given(citations())
def test_ris_says_the_same(citation: Citation) -> None:
    item, read = csl_item(citation), read_ris(ris(citation))
    assert read["type_of_reference"] == ("CPAPER" if item["type"] == "speech" else "CHAP")
    assert read["title"] == item["title"].strip()
    book, event = item["container-title"].strip(), item.get("event-title", "").strip()
    printed_in = "custom3" if item["type"] == "speech" and event else "secondary_title"
    assert read[printed_in] == book
    assert printed_in == "secondary_title" or read["secondary_title"] == event
    assert read.get("authors", []) == [sort_name(name) for name in item.get("author", [])]
    assert read["urls"] == [item["URL"]]
    assert read["start_page"] == item["page"].split("-")[0]
    assert read.get("end_page", read["start_page"]) == item["page"].split("-")[-1]
    assert read.get("doi") == item.get("DOI")


@given(citations())
def test_what_the_page_tells_programs_says_the_same(citation: Citation) -> None:
    item = csl_item(citation)
    tags = meta_tags(citation)
    contents = dict(tags)
    assert contents["citation_title"] == contents["DC.title"] == item["title"]
    authors = [content for name, content in tags if name == "citation_author"]
    assert authors == [sort_name(name) for name in item.get("author", [])]
    span = BeautifulSoup(coins(citation), "html.parser").span
    assert span is not None
    assert span.get_text() == ""
    told = parse_qs(str(span["title"]))
    assert told["rft.atitle"] == [item["title"]]
    assert told.get("rft.au", []) == [plain_name(name) for name in item.get("author", [])]
    assert told["rft_id"][-1] == item["URL"]
    linked = json_ld(citation)
    assert linked["name"] == item["title"]
    assert linked["url"] == item["URL"]
    assert json.loads(json.dumps(linked)) == linked


def test_umlauts_quotation_marks_and_lines_survive_every_format() -> None:
    title = one_line(HARD)
    assert json.loads(csl_json(hard()))[0]["title"] == title
    assert read_ris(ris(hard()))["title"] == title
    assert dict(meta_tags(hard()))["citation_title"] == title
    assert parse_qs(unescape(coins(hard())).partition('title="')[2])["rft.atitle"][0] == title
    assert "\n" not in json_ld(hard())["name"]


def test_a_report_has_no_author_for_machines_that_know_only_authors_of_their_own_words() -> None:
    passage = a_passage(kind=Kind.REPORTED, speakers=("Bodo Muster",), locator=Locator("tagung-2024", "forum-1", 7))
    citation = cite(passage, an_edition(), base_url=BASE)
    linked = json_ld(citation)
    assert linked["@type"] == "Chapter"
    assert "author" not in linked
    assert linked["about"] == [{"@type": "Person", "name": "Bodo Muster"}]
    for text in (bibtex(citation), ris(citation), csl_json(citation)):
        assert "Bericht zu Forum 1: Bäche öffnen" in text
        assert "Wortlaut des Berichts, nicht der genannten Person" in text


def test_an_edition_nobody_published_is_cited_with_what_is_known() -> None:
    citation = cite(a_passage(page_first="", page_last=""), an_edition(publication=Publication()), base_url=BASE)
    assert "publisher" not in bibtex(citation)
    assert "pages" not in bibtex(citation)
    assert read_bibtex(bibtex(citation))["year"] == "2024"
    assert "None" not in bibtex(citation) + ris(citation) + csl_json(citation) + coins(citation)


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("Ada Beispiel", "Beispiel, Ada"),
        ("Ada von der Aue", "von der Aue, Ada"),
        ("Karl Heinz Muster-Bach", "Muster-Bach, Karl Heinz"),
    ],
)
def test_names_are_taken_apart_for_lists(name: str, sorted_as: str) -> None:
    assert f"author      = {{{sorted_as}}}" in bibtex(cite(a_passage(speakers=(name,)), an_edition(), base_url=BASE))


def test_a_printed_label_that_is_no_name_stays_whole() -> None:
    passage = a_passage(kind=Kind.TURN, speakers=(), speaker_printed="Stimme aus dem Publikum")
    assert "author      = {{Stimme aus dem Publikum}}" in bibtex(cite(passage, an_edition(), base_url=BASE))

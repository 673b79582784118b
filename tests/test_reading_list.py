"""Reading lists: the address keeps all of a list, and its sheets quote nobody who did not say it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import bibtexparser
import pytest
import rispy
from bs4 import BeautifulSoup
from builders import make_corpus, make_passage
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from kb.archive import CorpusArchive
from kb.citation import cite
from kb.corpus import load_corpus
from kb.errors import LocatorError
from kb.locator import fingerprint
from kb.model import Edition, Event, Kind, Passage, Publication, Voice
from kb.reading_list import (
    LONGEST_NOTE,
    MOST,
    Collected,
    Kept,
    ListTooLong,
    arranged,
    collect,
    list_arguments,
    list_from_arguments,
    named_in,
    united,
)
from kb.reading_sheets import SHEET_FORMS, SHEETS, Entry, sheet
from kb.references import Reference
from kb.styling import STYLES, styled
from kb.verification import Change, Finding, Status

FIRST, SECOND = "Wir bauen Häuser.", "Die Nachbarschaft hilft."
PLACE = "probe-2020/forum-1"

places = st.from_regex(r"[a-z]{1,6}/[a-z]{1,6}/[1-9][0-9]?(~[0-9a-f]{8})?", fullmatch=True)
notes = st.text(max_size=60).map(lambda text: text.replace("\r", "").strip())
lists = st.lists(st.builds(Kept, places | st.just("was <b>anderes</b>"), notes), unique_by=lambda one: one.place).map(
    tuple
)


@given(lists)
def test_an_address_gives_back_the_list_it_was_made_of(kept: tuple[Kept, ...]) -> None:
    address = urlencode(list_arguments(kept))
    assert list_from_arguments(parse_qsl(address, keep_blank_values=True)) == kept


@given(lists)
def test_without_notes_the_passages_stay(kept: tuple[Kept, ...]) -> None:
    read = list_from_arguments(list_arguments(kept, with_notes=False))
    assert [one.written for one in read] == [one.written for one in kept]
    assert not any(one.note for one in read)


@given(st.lists(st.tuples(st.sampled_from(["p", "n1", "n2", "n9", "x"]), st.text(max_size=30))))
def test_whatever_stands_in_an_address_is_read_the_same_twice(pairs: list[tuple[str, str]]) -> None:
    once = list_from_arguments(pairs)
    assert list_from_arguments(list_arguments(once)) == once


def test_a_passage_named_twice_stands_once_with_both_notes() -> None:
    twice = [Kept("a/b/1~00000000", "eins"), Kept("a/b/2"), Kept("a/b/1~11111111", "zwei")]
    assert united(twice) == (Kept("a/b/1~00000000", "eins\nzwei"), Kept("a/b/2"))


def test_too_much_is_refused_and_not_cut() -> None:
    with pytest.raises(ListTooLong, match=f"passages of {MOST + 1}"):
        united(Kept(f"a/b/{number}") for number in range(1, MOST + 2))
    with pytest.raises(ListTooLong, match="note"):
        list_from_arguments([("p", "a/b/1"), ("n1", "x" * (LONGEST_NOTE + 1))])


def test_links_and_locators_are_read_from_one_line() -> None:
    line = f"https://wortlaut.example/{PLACE}/1~00000000#:~:text=x {PLACE}/2"
    assert [one.written for one in named_in(line, ["probe-2020"])] == [f"{PLACE}/1~00000000", f"{PLACE}/2"]
    assert named_in(" ", []) == ()
    with pytest.raises(LocatorError):
        named_in("Unsinn", [])


@pytest.fixture
def archive(tmp_path: Path) -> CorpusArchive:
    folder = make_corpus(tmp_path / "corpus", (FIRST, SECOND))
    assert load_corpus(folder).passages
    return CorpusArchive(folder)


def test_of_each_passage_is_told_what_became_of_it(archive: CorpusArchive) -> None:
    asked = (Kept(f"{PLACE}/1"), Kept(f"{PLACE}/2~00000000"), Kept(f"{PLACE}/9~00000000"), Kept("Unsinn", "bleibt"))
    found = collect(asked, archive)
    assert found[0].kept.written == f"{PLACE}/1~{fingerprint(FIRST)}"
    assert [one.finding.holds for one in found] == [True, False, False, False]
    assert [one.passage is not None for one in found] == [True, True, False, False]
    assert found[3].kept.note == "bleibt"


def collected(passage: Passage | None, written: str = "", note: str = "", finding: Finding | None = None) -> Collected:
    """Return a passage of a list of which nothing changed, unless `finding` says otherwise."""
    named = written or (f"{passage.id}~{passage.fingerprint}" if passage else "x")
    return Collected(Kept(named, note), finding or Finding(Reference(named), Status.UNCHANGED), passage)


EDITION = Edition("probe-2020", "Tagung", Event("Tagung", date(2020, 5, 4)), Publication(), ())


def test_a_list_is_sorted_by_place_and_by_speaker() -> None:
    here = [
        collected(None, "weg/x/1"),
        collected(make_passage(ordinal=3, order=3, speaker="Zoe Anders")),
        collected(make_passage(ordinal=2, order=2, speaker="Anna Zettel")),
        collected(make_passage(ordinal=1, order=1, speaker=None)),
    ]
    editions = {EDITION.id: EDITION}

    def order(sort: str) -> list[str]:
        return [one.kept.place.rpartition("/")[2] for one in arranged(here, sort, editions=editions)]

    assert [one.kept.place for one in arranged(here, "kept", editions=editions)] == [one.kept.place for one in here]
    assert order("place") == ["1", "2", "3", "1"]
    assert order("speaker") == ["3", "2", "1", "1"]
    assert arranged(here, "place", editions=editions)[-1].passage is None


def entry(one: Collected, *, style: str = "fussnote", locale: str = "de") -> Entry:
    if one.passage is None:
        return Entry(one, None)
    citation = cite(one.passage, EDITION, base_url="https://wortlaut.example", accessed=date(2024, 1, 1))
    return Entry(one, styled(citation, style, locale))


REPORTED = "Er berichtete, dass offene Bäche kühlen."
GONE = Finding(
    Reference("x"), Status.WITHDRAWN, (Change(Status.WITHDRAWN, day=date(2024, 5, 3), reason="falsch gelesen"),)
)
ENTRIES = (
    collected(make_passage(FIRST), note="Für *Seite 1*\n\n- wichtig & <b>neu</b>"),
    collected(make_passage(REPORTED, ordinal=2, kind=Kind.REPORTED, voice=Voice.REPORTED), note="{x} 100 %"),
    collected(None, f"{PLACE}/7~00000000", "verloren?", GONE),
)


@pytest.mark.parametrize("locale", ["de", "en"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("form", SHEET_FORMS)
def test_only_a_persons_own_words_come_in_quotation_marks(form: str, style: str, locale: str) -> None:
    written = sheet([entry(one, style=style, locale=locale) for one in ENTRIES], "quotations", form, locale=locale)
    plain = BeautifulSoup(written, "html.parser").get_text() if form == "html" else written
    opening = "„" if locale == "de" else "“"
    assert opening + FIRST.rstrip(".") in plain.replace("\\", "")
    assert REPORTED.rstrip(".") in plain
    for mark in '„“"»‚':
        assert mark + REPORTED[:20] not in plain


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("form", ["text", "html", "markdown", "csv"])
def test_a_passage_that_is_no_more_is_named_with_the_reason(form: str, kind: str) -> None:
    written = sheet(list(map(entry, ENTRIES)), kind, form, locale="de")
    for told in (f"{PLACE}/7", "zurückgezogen", "2024-05-03", "falsch gelesen"):
        assert told in written.replace("\\", "")


def test_a_sheet_says_which_words_are_not_those_that_were_kept() -> None:
    passage = make_passage(FIRST)
    changed = collected(passage, finding=Finding(Reference("x"), Status.REWORDED, (Change(Status.REWORDED),)))
    assert "berichtigt, seit die Stelle gemerkt wurde" in sheet([entry(changed)], "bibliography", "text", locale="de")
    assert "corrected after" in sheet([entry(changed)], "bibliography", "html", locale="en")


def test_a_bibliography_has_neither_words_nor_notes() -> None:
    for form in set(SHEET_FORMS) - {"csv"}:
        written = sheet(list(map(entry, ENTRIES)), "bibliography", form, locale="de")
        assert FIRST not in written
        assert "wichtig" not in written
        assert "Berg" in written


def test_reference_managers_get_words_and_notes() -> None:
    every = list(map(entry, ENTRIES))
    library = bibtexparser.parse_string(sheet(every, "quotations", "bibtex", locale="de"))
    assert not library.failed_blocks
    assert [one.fields_dict["annote"].value for one in library.entries] == [
        r"Für *Seite 1* - wichtig \& <b>neu</b>",
        r"\textbraceleft{}x\textbraceright{} 100 \%",
    ]
    assert library.entries[0].fields_dict["abstract"].value == f"„{FIRST}“"
    records = rispy.loads(sheet(every, "quotations", "ris", locale="de"))
    assert [one["abstract"] for one in records] == [f"„{FIRST}“", every[1].citation.quotation]  # type: ignore[union-attr]  # it has one
    assert any("wichtig" in note for note in records[0]["notes"])
    items = json.loads(sheet(every, "quotations", "csl-json", locale="de"))
    assert [item["abstract"] for item in items] == [record["abstract"] for record in records]
    assert items[0]["note"].endswith("Für *Seite 1* - wichtig & <b>neu</b>")
    rows = list(csv.DictReader(io.StringIO(sheet(every, "quotations", "csv", locale="de").removeprefix("\ufeff"))))
    assert [row["status"] for row in rows] == ["unchanged", "unchanged", "withdrawn"]
    assert rows[0]["note"] == ENTRIES[0].kept.note


@given(notes)
def test_a_note_stays_text_in_every_sheet(note: str) -> None:
    one = entry(collected(make_passage(FIRST), note=note))
    page = BeautifulSoup(sheet([one], "quotations", "html", locale="de"), "html.parser")
    assert {tag.name for tag in page.find_all()} <= {"html", "meta", "title", "body", "h1", "p", "i", "a", "br"}
    rendered = BeautifulSoup(markdown(sheet([one], "quotations", "markdown", locale="de")), "html.parser")
    assert {tag.name for tag in rendered.find_all()} <= {"h1", "p", "em", "a", "br"}

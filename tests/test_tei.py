"""TEI: it validates, says whose words these are, and is read back to the same passages."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from conftest import Run
from exports import BASE, EXAMPLES, an_extract, example_corpus, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from samples import write_corpus

from indexer.readers.tei import read_tei
from indexer.tei_importer import import_tei
from kb.corpus import load_corpus
from kb.errors import SourceError
from kb.export.extract import whole
from kb.export.tei import tei_chunks
from kb.locator import Locator
from kb.model import Corpus, Evidence, Kind, Mark, Passage, Role, Voice

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT.parent / "shared" / "data" / "report" / "report.txt"


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(ROOT / "kb" / "export" / "wortlaut-tei.rng"))


def parsed(text: str) -> etree._Element:
    """Return a document that is valid, or fail with what is not."""
    document = etree.fromstring(text.encode())
    schema().validate(document)
    assert not list(schema().error_log)
    return document


def visible(passage: Passage) -> Passage:
    """Return a passage without what the corpus works out for itself or a TEI need not say."""
    return replace(passage, themes=(), source=None, evidence=None)


def read_back(corpus: Corpus, folder: Path) -> Corpus:
    """Return what comes of a corpus that is written as TEI and imported into an empty one."""
    text = "".join(tei_chunks(whole(corpus), base_url=BASE))
    parsed(text)
    (folder / "export.xml").write_text(text, encoding="utf-8")
    import_tei(folder / "export.xml", folder / "corpus")
    return load_corpus(folder / "corpus", tagged=False)


def passage_element(passage_id: str) -> etree._Element:
    name = "passage." + passage_id.replace("/", ".")
    (element,) = parsed(written("tei")).xpath(f"//*[@xml:id='{name}']")
    return element


def with_kind(kind: Kind) -> Iterator[tuple[Passage, etree._Element]]:
    elements = {element.get(ID): element for element in parsed(written("tei")).iter() if element.get(ID)}
    for passage in example_corpus().passages:
        if passage.kind is kind:
            yield passage, elements["passage." + passage.id.replace("/", ".")]


# --- what is written ------------------------------------------------------------------------------------------------
def test_only_a_persons_own_words_are_an_utterance() -> None:
    utterances = {element.get(ID) for element in parsed(written("tei")).iterfind(".//t:u", NS)}
    verbatim = {passage for passage in example_corpus().passages if passage.voice is Voice.VERBATIM}
    assert utterances == {"passage." + passage.id.replace("/", ".") for passage in verbatim}


def test_what_a_report_tells_of_a_person_is_indirect_speech() -> None:
    for passage, element in with_kind(Kind.REPORTED):
        said = element.find("t:said", NS)
        assert (element.tag.rpartition("}")[2], said.get("direct")) == ("p", "false")
        assert said.get("who") == f"#person.{passage.speaker_id}"
        assert "#voice.reported" in element.get("ana").split()


def test_a_footnote_stands_at_the_foot_and_its_mark_points_to_it() -> None:
    (passage, element), *_ = with_kind(Kind.FOOTNOTE)
    assert (element.get("place"), element.get("n")) == ("foot", passage.list_mark)
    marks = parsed(written("tei")).xpath(f"//t:ref[@target='#{element.get(ID)}']", namespaces=NS)
    assert [mark.get("n") for mark in marks] == [passage.list_mark]


def test_the_words_of_an_element_are_the_words_of_the_passage() -> None:
    for kind in Kind:
        for passage, element in with_kind(kind):
            paragraphs = ["".join(segment.itertext()) for segment in element.iterfind(".//t:seg", NS)]
            assert "\n\n".join(paragraphs) == passage.text


def test_a_page_begins_inside_the_words_where_it_does_in_print() -> None:
    (turn,) = passage_element("mahlbrueck-2023/gespraechsrunde/9").iterfind(".//t:pb", NS)
    assert turn.get("n") == "10"
    assert turn.tail.startswith("nicht drei Jahre Wasser")


def test_pages_follow_one_another_as_in_the_corpus() -> None:
    page = ""
    pages = {}
    for element in parsed(written("tei")).iter():
        if element.tag == f"{{{NS['t']}}}pb":
            page = element.get("n")
        elif str(element.get(ID, "")).startswith("passage."):
            opens = element.xpath("string((.//t:seg)[1]/node()[1][self::t:pb]/@n)", namespaces=NS)
            pages[element.get(ID)] = opens or page
    expected = {"passage." + passage.id.replace("/", "."): passage.page_first for passage in example_corpus().passages}
    assert pages == expected


def test_the_printed_name_stands_before_the_first_paragraph_of_a_speech() -> None:
    first = passage_element("mahlbrueck-2023/begruessung/ahlefeld/2")
    assert (first.getprevious().get("type"), first.getprevious().text) == ("speaker", "Dr. Wiebke Ahlefeld")
    assert first.getnext().tag.endswith("}u")


def test_all_pointers_inside_the_file_point_at_something() -> None:
    document = parsed(written("tei"))
    ids = {element.get(ID) for element in document.iter() if element.get(ID)}
    pointers = {
        pointer.removeprefix("#")
        for element in document.iter()
        for name in ("who", "resp", "ana", "target", "active", "passive", "corresp")
        for pointer in str(element.get(name, "")).split()
        if pointer.startswith("#")
    }
    assert pointers - ids == set()


def test_each_edition_alone_is_valid_and_says_who_its_people_are() -> None:
    for edition in an_extract().apart():
        document = parsed(written("tei", edition))
        assert document.tag == f"{{{NS['t']}}}TEI"
        assert document.findall(".//t:listPerson/t:person", NS)


def test_doubts_stand_apart_from_the_words() -> None:
    doubtful = Evidence("named_aside", 0.8, ((3, 9),), "wer spricht?")
    passage = replace(example_corpus().passages[3], evidence=doubtful)
    document = parsed(written("tei", an_extract(passage)))
    (certainty,) = document.iterfind(".//t:standOff/t:certainty", NS)
    assert (certainty.get("degree"), certainty.get("type")) == ("0.8", "named_aside")
    assert certainty.findtext("t:desc", namespaces=NS) == "wer spricht?"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('direct="false"', 'direct="true"'),
        ('who="#person.', 'who="#'),
        ("#voice.verbatim", "#voice.loud"),
        (' xml:id="passage.', ' xml:id="'),
        ("<head>", "<head><hi/>"),
        ('<div type="welcome"', '<div kind="welcome"'),
    ],
)
def test_the_schema_refuses_what_is_not_ours(old: str, new: str) -> None:
    text = written("tei")
    assert old in text
    broken = (
        text.replace(old, new, 1).replace("</said>", "</quote>", 1) if old == "<said " else text.replace(old, new, 1)
    )
    assert not schema().validate(etree.fromstring(broken.encode()))


# --- and back again -------------------------------------------------------------------------------------------------
def test_the_fictional_editions_come_back_as_they_are(tmp_path: Path) -> None:
    corpus = load_corpus(EXAMPLES, tagged=False)
    back = read_back(corpus, tmp_path)
    assert [*map(visible, back.passages)] == [*map(visible, corpus.passages)]
    worded = [edition for edition in corpus.editions if edition.passages]
    for before, after in zip(worded, back.editions, strict=True):
        sections = tuple(replace(section, parts=()) for section in before.sections)
        assert replace(after, passages=(), source=None) == replace(before, passages=(), source=None, sections=sections)
        people = {person for section in before.sections for person in section.people}
        assert {person: back.speakers[person] for person in people} == {
            person: corpus.speakers[person] for person in people
        }


@pytest.mark.skipif(not REPORT.exists(), reason="the real report lies beside the repository and is not here")
def test_a_real_report_comes_back_with_its_evidence(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("people.toml", "difu-2018/edition.toml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((EXAMPLES / name).read_bytes())
    assert run("import", str(REPORT), "--edition", "difu-2018").exit_code == 0
    corpus = load_corpus(folder, tagged=False)
    (tmp_path / "back").mkdir()
    assert read_back(corpus, tmp_path / "back").passages == corpus.passages


letters = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])  # a corpus file holds no control characters
words = st.text(letters, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def passages(draw: st.DrawFn) -> list[Passage]:
    """Return passages as a corpus can hold them: in reading order, pages turning inside and between them."""
    found: list[Passage] = []
    page = 3
    for number in range(1, draw(st.integers(1, 6)) + 1):
        kind = draw(st.sampled_from(Kind))
        known = draw(st.booleans())
        text = "\n\n".join(draw(st.lists(words, min_size=1, max_size=3)))
        first, marks = page, []
        if draw(st.booleans()):
            page += 1
            ends = [match.start() for match in re.finditer("$|\n\n", text)]
            offset = draw(st.sampled_from([0, *ends]))
            first = page if offset == 0 else first
            marks = [Mark(offset, "page", str(page))]
        if draw(st.booleans()):
            marks.append(Mark(len(text), "note", "1"))
        section = draw(st.sampled_from(["begruessung", "begruessung/rede", "forum-1"]))
        found.append(
            Passage(
                locator=Locator("probe", section, number),
                order=number - 1,
                kind=kind,
                voice=draw(st.sampled_from(Voice)),
                text=text,
                page_first=str(first),
                page_last=str(page),
                section_title="",
                speaker_ids=("ada-beispiel",) if known else (),
                speakers=("Ada Beispiel",) if known else (),
                speaker_printed=draw(st.sampled_from([None, "Frau Beispiel", "Ada Beispiel"])),
                role=draw(st.none() | st.sampled_from(Role)),
                headings=tuple(draw(st.lists(st.sampled_from(["Eins", "Zwei & drei"]), max_size=2))),
                list_mark=draw(st.sampled_from([None, "-", "1."])),
                marks=tuple(marks),
            )
        )
    return found


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(passages())
def test_any_passages_validate_and_come_back(drawn: list[Passage]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = load_corpus(write_corpus(folder / "sample"), tagged=False)
        edition = replace(corpus.editions[0], id="probe", passages=tuple(drawn), first_page="3")
        rede = replace(edition.sections[0], id="begruessung/rede", title="Rede")
        edition = replace(edition, sections=(edition.sections[0], rede, *edition.sections[1:]))
        # What is written once is as a corpus has it; written again, it must not change in anything.
        once = read_back(replace(corpus, editions=(edition,)), folder)
        (folder / "again").mkdir()
        twice = read_back(once, folder / "again")
        assert [told(passage) for passage in once.passages] == [told(passage) for passage in drawn]
        assert twice.passages == once.passages


def told(passage: Passage) -> tuple[object, ...]:
    """Return what a reader would see or cite of a passage; words as a corpus file can hold them."""
    return (
        passage.locator,
        passage.kind,
        passage.voice,
        passage.speaker_ids,
        passage.role,
        passage.page_first,
        passage.page_last,
        passage.list_mark,
        passage.headings,
        passage.text,
        [mark for mark in passage.marks if mark.kind == "note"],
        passage.fingerprint,
    )


# --- what is refused ------------------------------------------------------------------------------------------------
def test_a_character_xml_forbids_comes_back_from_the_words(tmp_path: Path) -> None:
    passage = replace(example_corpus().passages[3], text="vor\x0bnach\rund\ufffe Ende")
    path = tmp_path / "export.xml"
    path.write_text(written("tei", an_extract(passage)), encoding="utf-8")
    (edition,) = read_tei(path)
    assert [one.paragraphs for one in edition.passages] == [(passage.text,)]


def wrong(change: Callable[[str], str]) -> str:
    return change(written("tei"))


BOMB = '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<TEI", "not well-formed"),
        ("<report/>", "no TEI"),
        (f"{BOMB}<TEI>&b;</TEI>", "document type"),
        ('<!DOCTYPE TEI SYSTEM "file:///etc/passwd"><TEI/>', "document type"),
        (f'<TEI xmlns="{NS["t"]}"/>', "as `kb export"),
        (wrong(lambda text: text.replace("#kind.speech ", "", 1)), "kind and voice"),
        (wrong(lambda text: text.replace("<head>", "<head><hi/>", 1)), "inside words"),
        (wrong(lambda text: text.replace("<person xml:id", "<person n", 1)), "listPerson"),
    ],
)
def test_what_is_not_our_tei_is_refused_with_the_reason(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape(told)):
        import_tei(path, tmp_path / "corpus")
    assert not (tmp_path / "corpus").exists()


def test_words_changed_in_the_tei_are_told(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(written("tei").replace("54 Grad", "45 Grad"), encoding="utf-8")
    warnings = [warning for report in import_tei(path, tmp_path / "corpus") for warning in report.warnings]
    assert len(warnings) == 1
    assert warnings[0].startswith("mahlbrueck-2023/begruessung/ahlefeld/3:")


def test_corrections_made_by_hand_are_not_overwritten_unawares(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "export.xml"
    path.write_text(written("tei"), encoding="utf-8")
    assert run("import", str(path)).exit_code == 0
    words = tmp_path / "corpus" / "mahlbrueck-2023" / "02-begruessung.md"
    words.write_text(words.read_text(encoding="utf-8").replace("54 Grad", "55 Grad"), encoding="utf-8")
    assert run("import", str(path)).exit_code == 1
    assert run("import", str(path), "--merge").exit_code == 0
    assert "55 Grad" in words.read_text(encoding="utf-8")
    assert run("import", str(path), "--replace").exit_code == 0
    assert "54 Grad" in words.read_text(encoding="utf-8")


def test_one_edition_may_get_another_id_and_several_may_not(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "export.xml"
    path.write_text(written("tei"), encoding="utf-8")
    assert run("import", str(path), "--edition", "anders").exit_code == 1
    (edition, *_) = an_extract().apart()
    path.write_text(written("tei", edition), encoding="utf-8")
    assert run("import", str(path), "--edition", "anders").exit_code == 0
    assert (tmp_path / "corpus" / "anders" / "edition.toml").exists()
    assert run("check").exit_code == 0

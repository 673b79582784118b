"""`kb verify` on bibliographies and manuscripts: every link is found, and what is printed beside it is compared."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from builders import make_corpus
from click.testing import CliRunner
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from typeset import CORPUS

from kb.bibliographies import read_bibtex
from kb.cli import commands
from kb.docx import docx_paragraphs
from kb.errors import SourceError
from kb.locator import fingerprint
from kb.references import find_references
from kb.release import Declarations, release

FIRST = "Wir bauen neue Wohnungen in den Städten, und zwar bald."
SECOND = "Die Nachbarschaft hilft, wo sie kann, und fragt nicht lange."
HERE = "probe-2020/forum-1"
LINK = f"https://stadt.example/wortlaut/{HERE}/1~{fingerprint(FIRST)}"
GONE = f"http://127.0.0.1:8000/{HERE}/2~{fingerprint(SECOND)}"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus in which the first passage stands on page 5, and the second was withdrawn."""
    folder = make_corpus(tmp_path / "corpus", (FIRST, SECOND))
    release(folder, day=date(2024, 1, 1))
    path = folder / "probe-2020" / "01-forum.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index(SECOND)].rstrip() + "\n", encoding="utf-8")
    release(folder, day=date(2024, 5, 3), declared=Declarations(reason="doppelt"))
    return folder


def verified(run: Run, path: Path, *options: str) -> list[dict[str, Any]]:
    result = run("verify", str(path), "--format", "json", *options)
    findings: list[dict[str, Any]] = json.loads(result.stdout)
    assert result.exit_code == (0 if all(one["status"] == "unchanged" for one in findings) else 1), result.stderr
    return findings


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "tilde", ["~", r"{\textasciitilde}", r"\textasciitilde{}", r"\string~", r"\~{}", "%7E", "\\%7E"]
)
def test_a_bibtex_entry_is_checked_with_page_and_author(tilde: str, corpus: Path, run: Run) -> None:
    url = LINK.replace("~", tilde)
    entry = f'@inproceedings{{berg2020,\n  author = {{Berg, Anna}},\n  pages = "5",\n  url = {{{url}}},\n}}\n'
    (finding,) = verified(run, write(corpus.parent, "refs.bib", f"% Notizen\n\n{entry}"))
    assert (finding["status"], finding["where"].rpartition(":")[2]) == ("unchanged", "3")
    (moved,) = verified(run, write(corpus.parent, "refs.bib", entry.replace('"5"', "{12--13}")))
    assert [(one["status"], one["before"], one["now"]) for one in moved["changes"]] == [("page_moved", "12–13", "5")]
    (other,) = verified(run, write(corpus.parent, "refs.bib", entry.replace("Berg, Anna", "Tal, Jan")))
    assert other["status"] == "re_attributed"


def test_ris_and_csl_json_are_checked_alike(corpus: Path, run: Run) -> None:
    ris = (
        f"TY  - CPAPER\r\nAU  - Berg, Anna\r\nSP  - 7\r\nUR  - {LINK}\r\nER  - \r\n\r\n"
        f"TY  - CPAPER\r\nUR  - {GONE}\r\nER  - \r\n"
    )
    statuses = [one["status"] for one in verified(run, write(corpus.parent, "refs.ris", ris))]
    assert statuses == ["page_moved", "withdrawn"]
    csl = [
        {"id": "a", "type": "speech", "URL": LINK, "page": "5", "author": [{"family": "Tal", "given": "Jan"}]},
        {"id": "b", "type": "book", "title": "Ohne Link"},
    ]
    (finding,) = verified(run, write(corpus.parent, "refs.json", json.dumps(csl)))
    assert (finding["status"], finding["where"].endswith("refs.json:a")) == ("re_attributed", True)


def test_a_manuscript_is_read_with_locators_and_links(corpus: Path, run: Run) -> None:
    text = (
        f"Berg sagt es (vgl. {HERE}/1~{fingerprint(FIRST)}), und [hier]({LINK}#:~:text=neue).\n\n"
        f"Die Nachbarschaft: <{GONE}>. Auch https://example.org/other/page/3 und probe-2020/forum-1/1 ohne Link.\n"
        f"Abgeschnitten: https://stadt.example/{HERE}/1~1234 und nie gewesen: {HERE}/99~00000000."
    )
    findings = verified(run, write(corpus.parent, "aufsatz.md", text))
    assert [(one["where"].rpartition(":")[2], one["status"]) for one in findings] == [
        ("1", "unchanged"),
        ("3", "withdrawn"),
        ("4", "unknown"),
        ("4", "unknown"),
    ]
    assert "no fingerprint of eight" in findings[2]["changes"][0]["reason"]


def test_a_link_to_words_of_several_passages_is_checked_for_each(corpus: Path, run: Run) -> None:
    link = f"{LINK}?w=3-9&w=2~{fingerprint(SECOND)}:1-4"
    for source in (str(write(corpus.parent, "notes.txt", link)), link):
        rows = [json.loads(line) for line in run("verify", source, "--format", "jsonl").stdout.splitlines()]
        assert [row["status"] for row in rows] == ["unchanged", "withdrawn"]


def test_jsonl_gives_one_row_a_citation_and_text_sums_up(corpus: Path, run: Run) -> None:
    path = write(corpus.parent, "notes.txt", f"{LINK} {GONE}")
    rows = [json.loads(line) for line in run("verify", str(path), "--format", "jsonl").stdout.splitlines()]
    assert [row["status"] for row in rows] == ["unchanged", "withdrawn"]
    told = run("verify", str(path))
    assert "withdrawn" in told.stdout
    assert "doppelt" in told.stdout
    assert "2 citations: 1 unchanged, 1 withdrawn" in told.output


def test_a_file_without_citations_is_no_failure_and_what_is_no_file_is_refused(corpus: Path, run: Run) -> None:
    assert run("verify", str(write(corpus.parent, "leer.txt", "Nichts."))).exit_code == 0
    refused = run("verify", "gibt-es-nicht.bib")
    assert (refused.exit_code, "no such file" in refused.stderr) == (1, True)
    broken = run("verify", str(write(corpus.parent, "kaputt.json", "{")))
    assert (broken.exit_code, "cannot be read" in broken.stderr) == (1, True)


def test_a_citation_of_a_later_day_is_not_told_what_was_mended_before(corpus: Path, run: Run) -> None:
    path = corpus / "probe-2020" / "01-forum.md"
    path.write_text(path.read_text(encoding="utf-8").replace(FIRST, f"⟦S. 6⟧ {FIRST}"), encoding="utf-8")
    release(corpus, day=date(2024, 6, 1))
    bare = write(corpus.parent, "notes.txt", LINK)
    assert [one["status"] for one in verified(run, bare)] == ["page_moved"]
    assert [one["status"] for one in verified(run, bare, "--since", "2024-06-02")] == ["unchanged"]
    assert [one["status"] for one in verified(run, bare, "--since", "2024-06-01")] == ["page_moved"]
    entry = f"@misc{{a, url = {{{LINK}}}, urldate = {{2024-06-03}}}}"
    assert [one["status"] for one in verified(run, write(corpus.parent, "refs.bib", entry))] == ["unchanged"]


def test_without_any_release_today_is_all_that_is_known(tmp_path: Path, run: Run) -> None:
    folder = make_corpus(tmp_path / "corpus", (FIRST,))
    assert run("verify", LINK).exit_code == 0
    edit = (folder / "probe-2020" / "01-forum.md").read_text(encoding="utf-8").replace("neue", "gute")
    (folder / "probe-2020" / "01-forum.md").write_text(edit, encoding="utf-8")
    changed = run("verify", LINK)
    assert (changed.exit_code, "unknown" in changed.stdout) == (1, True)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_docx(path: Path, body: str, *, links: dict[str, str], prologue: str = "", notes: str = "") -> Path:
    def part(root: str, inside: str) -> str:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:{root} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{root}>'
        )

    targets = "".join(f'<Relationship Id="{one}" Target="{url}" TargetMode="External"/>' for one, url in links.items())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{targets}</Relationships>")
        if notes:
            archive.writestr("word/footnotes.xml", part("footnotes", notes))
    return path


def test_a_word_document_is_read_with_its_hyperlinks_field_codes_and_footnotes(corpus: Path, run: Run) -> None:
    body = (
        "<w:p><w:r><w:t>Ohne Link.</w:t></w:r></w:p>"
        '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>Berg</w:t></w:r></w:hyperlink></w:p>'
        f'<w:p><w:r><w:instrText>HYPERLINK "{GONE}"</w:instrText></w:r></w:p>'
    )
    notes = (
        f"<w:footnote><w:p><w:r><w:t>{HERE}/1~</w:t></w:r><w:r><w:t>{fingerprint(FIRST)}</w:t></w:r></w:p></w:footnote>"
    )
    path = write_docx(corpus.parent / "aufsatz.docx", body, links={"rId1": LINK.replace("~", "%7E")}, notes=notes)
    findings = verified(run, path)
    assert [(one["where"].rpartition(":")[2], one["status"]) for one in findings] == [
        ("paragraph 2", "unchanged"),
        ("paragraph 3", "withdrawn"),
        ("footnote paragraph 1", "unchanged"),
    ]


def test_a_document_with_entities_or_none_at_all_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(SourceError, match="document type"):
        docx_paragraphs(write_docx(tmp_path / "bomb.docx", "<w:p>&b;</w:p>", links={}, prologue=bomb))
    with pytest.raises(SourceError, match="no Word document"):
        docx_paragraphs(write(tmp_path, "text.docx", "Nur Text."))


@given(st.text(max_size=300))
def test_no_text_breaks_the_readers(text: str) -> None:
    list(read_bibtex(text))
    list(read_bibtex("@book{a, " + text + "}"))


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_link_is_found_whatever_stands_around_it(before: str, behind: str) -> None:
    locator = f"{HERE}/1~{fingerprint(FIRST)}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "manuscript.txt"
        path.write_bytes(f"{before}\n({locator}) {behind}".encode("utf-8", "ignore"))
        found = find_references(path, editions=("probe-2020",))
    assert locator in {f"{one.locator}~{one.fingerprint}" for one in found}


def test_a_status_is_told_as_the_documentation_writes_it(corpus: Path, run: Run) -> None:
    entry = f"@misc{{a, author = {{Tal, Jan}}, url = {{{LINK}}}}}"
    told = run("verify", str(write(corpus.parent, "refs.bib", entry)))
    assert ": re-attributed\n" in told.stdout
    assert "1 re-attributed" in told.stderr


def test_a_locator_with_its_words_is_checked_like_the_link_it_is_part_of(corpus: Path, run: Run) -> None:
    result = run("verify", f"{HERE}/1~{fingerprint(FIRST)}?w=1-3")
    assert (result.exit_code, result.stdout) == (0, f"{HERE}/1~{fingerprint(FIRST)}: unchanged\n")


def test_the_address_of_a_printed_page_is_no_citation_of_words(corpus: Path, run: Run) -> None:
    text = write(corpus.parent, "aufsatz.md", f"Siehe https://stadt.example/probe-2020/seite/5 und {LINK}.")
    (finding,) = verified(run, text)
    assert finding["locator"] == f"{HERE}/1"
    assert run("verify", "https://stadt.example/probe-2020/seite/5").exit_code == 1


def test_what_somebody_says_of_disputed_words_follows_a_colon(corpus: Path, run: Run) -> None:
    place = f"{HERE}/1"
    lines = run("release", "--dispute", place, "--by", "Anna Berg", "--note", "so nie gesagt", "--date", "2024-06-01")
    assert f"disputed      {place}  Anna Berg: so nie gesagt" in lines.stdout
    told = run("verify", f"{place}~{fingerprint(FIRST)}").stdout
    assert "disputed by Anna Berg on 2024-06-01: so nie gesagt" in told


@pytest.mark.parametrize("command", ["cite", "show", "quote"])
def test_a_withdrawn_passage_is_refused_with_the_reason(corpus: Path, run: Run, command: str) -> None:
    result = run(command, f"{HERE}/2")
    assert result.exit_code == 1
    assert result.stderr == f"{HERE}/2: withdrawn on 2024-05-03: doppelt\n"


def test_the_locator_in_the_help_is_one_of_the_examples(run: Run) -> None:
    (shown,) = re.findall(r"kb verify (\S+~\w+)\n", run("verify", "--help").stdout)
    told = CliRunner().invoke(commands, ["verify", shown, "--corpus", str(CORPUS)])
    assert told.stdout == f"{shown}: unchanged\n"

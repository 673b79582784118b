"""`kb export`: rows, tables and references, each read back by a parser that is not ours."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bibtexparser
import jsonschema
import pytest
import rispy
from conftest import Run
from csl_schema import SCHEMA
from exports import BASE, an_extract, example_corpus, written
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import build_index
from kb.export.formats import FORMS
from kb.export.placing import write_file
from kb.export.rows import BOM, COLUMNS, csv_chunks
from kb.model import Passage
from kb.passage_json import passage_json

any_text = st.text(st.characters(codec="utf-8"), min_size=1)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_jsonl_and_json_hold_every_passage_in_the_shape_of_the_contract() -> None:
    expected = [passage_json(passage) for passage in example_corpus().passages]
    assert [json.loads(line) for line in written("jsonl").splitlines()] == expected
    assert json.loads(written("json")) == expected


def test_a_table_holds_the_words_and_who_said_them() -> None:
    table = rows(written("csv"))
    assert [row["text"] for row in table] == [passage.text for passage in example_corpus().passages]
    row = next(row for row in table if row["locator"] == "mahlbrueck-2023/gespraechsrunde/9")
    assert tuple(row) == COLUMNS
    assert (row["speaker_id"], row["role"], row["voice"]) == ("korbinian-stroot", "panelist", "verbatim")
    assert (row["page_first"], row["page_last"]) == ("9", "10")
    assert row["link"] == f"{BASE}/mahlbrueck-2023/gespraechsrunde/9~{row['fingerprint']}"


def test_what_a_passage_does_not_have_is_an_empty_cell() -> None:
    nobody = next(row for row in rows(written("csv")) if row["voice"] == "editorial")
    assert (nobody["speaker"], nobody["role"]) == ("", "")


@given(any_text)
def test_any_words_come_back_from_a_table_letter_for_letter(words: str) -> None:
    passage = replace(example_corpus().passages[0], text=words)
    (row,) = rows(written("csv", an_extract(passage)))
    assert row["text"] == words


def test_lines_of_a_table_end_in_cr_lf_and_quotation_marks_are_doubled() -> None:
    passage = replace(example_corpus().passages[0], text='Er sagte "ja", dann\n\n"nein".')
    text = written("csv", an_extract(passage))
    assert text.endswith("\r\n")
    assert '"Er sagte ""ja"", dann\n\n""nein""."' in text


@pytest.mark.parametrize("sign", "=+-@\t\r")
def test_only_a_guarded_table_changes_what_a_spreadsheet_would_run(sign: str) -> None:
    words = f"{sign}SUMME(A1)"
    extract = an_extract(replace(example_corpus().passages[0], text=words))
    assert rows(written("csv", extract))[0]["text"] == words
    assert rows(written("csv", extract, guard=True))[0]["text"] == f"'{words}"


def test_a_byte_order_mark_stands_first_if_asked_for() -> None:
    assert not written("csv").startswith(BOM)
    assert written("csv", bom=True) == BOM + written("csv")


def test_a_bibtex_parser_finds_an_entry_for_each_passage_with_a_key_of_its_own() -> None:
    library = bibtexparser.parse_string(written("bibtex"))
    assert library.failed_blocks == []
    expected = [passage.id.replace("/", ":") for passage in example_corpus().passages]
    assert [entry.key for entry in library.entries] == expected


def test_a_ris_parser_finds_a_record_for_each_passage() -> None:
    records = rispy.loads(written("ris"))
    assert [record["id"] for record in records] == [
        passage.id.replace("/", ":") for passage in example_corpus().passages
    ]


def test_references_as_csl_json_are_valid_and_name_each_passage_once() -> None:
    entries = json.loads(written("csl-json"))
    for entry in entries:
        jsonschema.validate([entry], SCHEMA)
    assert len({entry["id"] for entry in entries}) == len(example_corpus().passages)


@pytest.mark.parametrize("form", FORMS)
def test_a_corpus_is_written_the_same_twice(form: str) -> None:
    assert written(form) == written(form)


def test_rows_are_written_before_all_passages_are_read() -> None:
    def endless() -> Iterator[Passage]:
        while True:
            yield example_corpus().passages[0]

    extract = replace(an_extract(), passages=endless())
    for form in ("jsonl", "csv", "bibtex", "ris"):
        chunks = FORMS[form].chunks(extract, base_url=BASE)
        assert next(chunks)
        assert next(chunks)


# --- the command ----------------------------------------------------------------------------------------------------
def test_a_query_is_exported_in_any_format(run: Run, corpus_folder: Path, tmp_path: Path) -> None:
    build_index(corpus_folder, tmp_path / "index")
    (row,) = rows(run("export", "Großeltern", "--format", "csv").stdout)
    assert row["locator"] == "tagung-2024/begruessung/2"
    assert run("export", "Großeltern", "--format", "bibtex").stdout.startswith("@inproceedings{tagung-2024:begr")
    assert "<u " in run("export", "--speaker", "ada-beispiel", "--format", "tei").stdout


def test_a_file_takes_its_place_when_all_is_written(run: Run, corpus_folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "alles.csv"
    result = run("export", "--format", "csv", "--output", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_bytes().startswith(b"locator,edition,")
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "alles.csv"
    target.write_text("old")

    def broken() -> Iterator[str]:
        yield "new"
        raise OSError(28, "disk full")

    with pytest.raises(OSError, match="disk full"):
        write_file(target, broken())
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_gets_a_file_an_edition(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "tei"
    examples = str(Path(__file__).resolve().parent.parent / "corpus")
    assert run("export", "--format", "tei", "--output", f"{folder}/", "--corpus", examples).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["mahlbrueck-2019.xml", "mahlbrueck-2023.xml"]


@pytest.mark.parametrize(
    "arguments", [("--bom",), ("--guard", "--format", "tei"), ("--format", "datapackage"), ("--format", "docx")]
)
def test_options_that_do_not_fit_are_usage_errors(run: Run, corpus_folder: Path, arguments: tuple[str, ...]) -> None:
    assert run("export", *arguments).exit_code == 2


def test_tei_without_words_is_refused(run: Run, corpus_folder: Path, tmp_path: Path) -> None:
    build_index(corpus_folder, tmp_path / "index")
    result = run("export", "Quastenflosser", "--format", "tei")
    assert result.exit_code == 1
    assert "Quastenflosser" in result.stderr
    assert rows(run("export", "Quastenflosser", "--format", "csv").stdout) == []


def test_output_is_utf8_whatever_the_locale(corpus_folder: Path) -> None:
    command = [sys.executable, "-c", "from kb.cli import main; main()", "export", "--corpus", str(corpus_folder)]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    output = subprocess.run([*command, "--format", "csv"], env=environment, capture_output=True, check=True).stdout
    assert "Großeltern" in output.decode("utf-8")


def test_a_table_is_made_of_any_passages() -> None:
    assert "".join(csv_chunks(an_extract(*example_corpus().passages[:1]), base_url=BASE)).count("\r\n") == 2

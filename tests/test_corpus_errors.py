"""Broken corpora and indexes: one clear message each, exit code 1, no traceback, nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Run
from samples import EDITION, EVIDENCE, PEOPLE, WORDS, write_corpus

from kb.generation import MANIFEST, POINTER

FILE = "tagung-2024/01-tagung.md"
FACTS = "tagung-2024/edition.toml"


def words(old: str, new: str) -> Mapping[str, str]:
    assert old in WORDS
    return {FILE: WORDS.replace(old, new, 1)}


CASES: Mapping[str, tuple[Mapping[str, str | bytes], str, str]] = {
    "broken attribute": (
        words("role=speaker }", "role=speaker"),
        f"{FILE}:3",
        "attribute list cannot be read",
    ),
    "unknown attribute": (words("by=ada-beispiel", "bei=ada-beispiel"), f"{FILE}:3", "unknown attribute 'bei'"),
    "unknown speaker": (words("by=ada-beispiel", "by=ada"), f"{FILE}:3", "unknown speaker 'ada'"),
    "duplicate id": (words("#begruessung-2", "#begruessung-1"), f"{FILE}:6", "duplicate id 'begruessung-1'"),
    "id of another section": (words("#forum-1-2", "#begruessung-9"), f"{FILE}:14", "needs an id like #forum-1-1"),
    "unknown section": (words("{: #forum-1 }", "{: #forum-7 }"), f"{FILE}:9", "section 'forum-7' is not in"),
    "unknown kind": (words(".reported", ".gesagt"), f"{FILE}:11", "unknown kind 'gesagt'"),
    "unknown voice": (words(".discussion", ".discussion voice=laut"), f"{FILE}:14", "unknown voice 'laut'"),
    "unknown role": (words("role=impulse", "role=chef"), f"{FILE}:11", "unknown role 'chef'"),
    "unknown theme": (words(".discussion", ".discussion themes=wasser"), "tagung-2024", "unknown theme 'wasser'"),
    "paragraph without a section": ({FILE: "Worte\n{: #a-1 .speech }\n"}, f"{FILE}:1", "below the heading"),
    "words not in UTF-8": ({FILE: WORDS.encode("latin-1", "replace")}, FILE, "not UTF-8 at byte"),
    "people not in UTF-8": (
        {"people.toml": PEOPLE.replace("Bürger", "B\udcfc").encode("utf-8", "surrogateescape")},
        "people.toml",
        "not UTF-8 at byte",
    ),
    "bad TOML": ({FACTS: EDITION.replace("[event]", "[event")}, f"{FACTS}:4", "not valid TOML"),
    "unknown key": ({FACTS: "titel = 'x'\n" + EDITION}, f"{FACTS}:1", "unknown key 'titel'"),
    "unknown key of a section": (
        {FACTS: EDITION.replace("impulse =", "impuls =")},
        f"{FACTS}:20",
        "unknown key 'impuls'",
    ),
    "unknown section kind": ({FACTS: EDITION.replace('"welcome"', '"party"')}, f"{FACTS}:15", "unknown section kind"),
    "section named twice": ({FACTS: EDITION.replace('"forum-1"', '"begruessung"')}, FACTS, "is given twice"),
    "stranger in the outline": ({FACTS: EDITION.replace("bodo-muster", "wer")}, FACTS, "who is not in people.toml"),
    "person without a name": ({"people.toml": PEOPLE + "[wer]\n"}, "people.toml:9", "needs a name"),
    "unknown key of a person": ({"people.toml": PEOPLE + "alter = 3\n"}, "people.toml:7", "unknown key 'alter'"),
    "broken evidence": ({"tagung-2024/evidence.jsonl": EVIDENCE + "{\n"}, "evidence.jsonl:3", "cannot be read"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_corpus_is_told_with_file_and_line(case: str, tmp_path: Path, run: Run) -> None:
    files, place, message = CASES[case]
    write_corpus(tmp_path / "corpus", files)
    result = run("check")
    assert result.exit_code == 1
    first, *_ = result.stderr.splitlines()
    assert f"{place}:" in first
    assert message in first
    assert not result.stdout


@pytest.mark.parametrize("command", [["index"], ["export"], ["review"], ["cite", "tagung-2024/forum-1/1"]])
def test_nothing_is_made_from_a_broken_corpus(command: list[str], tmp_path: Path, run: Run) -> None:
    write_corpus(tmp_path / "corpus", words("by=ada-beispiel", "by=ada"))
    result = run(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "unknown speaker 'ada'" in result.stderr
    assert not (tmp_path / "index").exists()


def test_all_problems_are_told_at_once(tmp_path: Path, run: Run) -> None:
    broken = WORDS.replace("by=ada-beispiel", "by=ada").replace(".reported", ".gesagt")
    write_corpus(tmp_path / "corpus", {FILE: broken})
    result = run("check")
    assert [line.split(": ")[0].rpartition(":")[2] for line in result.stderr.splitlines()] == ["3", "6", "11"]


def test_problems_can_be_had_as_json(tmp_path: Path, run: Run) -> None:
    write_corpus(tmp_path / "corpus", words("by=ada-beispiel", "by=ada"))
    result = run("check", "--format", "jsonl")
    problem = json.loads(result.stdout)
    assert result.exit_code == 1
    assert problem["file"].endswith(FILE)
    assert problem["line"] == 3


def test_doubts_and_silent_people_are_no_error(corpus_folder: Path, run: Run) -> None:
    (corpus_folder / "people.toml").write_text(PEOPLE + '[carla-still]\nname = "Carla Still"\n', encoding="utf-8")
    assert run("check").exit_code == 0


def test_an_edition_without_words_is_valid(corpus_folder: Path, run: Run) -> None:
    (corpus_folder / FILE).unlink()
    (corpus_folder / "tagung-2024" / "evidence.jsonl").unlink()
    assert run("check").stdout == "1 edition, 0 passages, 2 people\n"


@pytest.mark.parametrize("command", [["check"], ["index"], ["export"], ["show", "a/b/1"]])
def test_a_missing_corpus_folder_is_told_with_the_way_out(command: list[str], tmp_path: Path, run: Run) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"{tmp_path / 'corpus'}: no such corpus folder; make one with: kb init {tmp_path / 'corpus'}"
    ]
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("command", [["search", "Bach"], ["export", "Bach"], ["serve"]])
def test_a_missing_index_is_told_with_the_way_out(
    command: list[str], corpus_folder: Path, tmp_path: Path, run: Run
) -> None:
    result = run(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [f"{tmp_path / 'index'}: there is no index here; build it with: kb index"]
    assert not (tmp_path / "index").exists()


def test_an_index_of_another_version_is_told_and_built_anew(corpus_folder: Path, tmp_path: Path, run: Run) -> None:
    run("index")
    generation = tmp_path / "index" / (tmp_path / "index" / POINTER).read_text(encoding="utf-8").strip()
    manifest = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
    (generation / MANIFEST).write_text(json.dumps(manifest | {"format": 9999}), encoding="utf-8")
    result = run("search", "Bach")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "format 9999" in line
    assert "build it with: kb index" in line
    assert run("index").exit_code == 0
    assert run("search", "Bach").exit_code == 0


def test_a_broken_corpus_leaves_the_old_index_serving(corpus_folder: Path, run: Run) -> None:
    run("index")
    before = run("search", "Bach").stdout
    write_corpus(corpus_folder, words("by=ada-beispiel", "by=ada"))
    assert run("index").exit_code == 1
    assert run("search", "Bach").stdout == before


def test_broken_synonyms_are_told_by_check(tmp_path: Path, run: Run) -> None:
    write_corpus(tmp_path / "corpus", {"synonyms.toml": '[[group]]\nwords = ["Amt"]\nweight = 7\n'})
    result = run("check")
    assert result.exit_code == 1
    assert "synonyms.toml:" in result.stderr

"""One index folder serves one corpus: another is not replaced, and not searched, without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builders import make_corpus
from click.testing import CliRunner
from conftest import Run

from indexer.build import build_index
from kb.cli import commands
from kb.errors import ConflictError
from kb.generation import other_corpus
from kb.index import open_index
from kb.results import Search


@pytest.fixture
def other(tmp_path: Path, run: Run) -> Path:
    """A second corpus; the index folder serves the first."""
    make_corpus(tmp_path / "corpus", ("Wir bauen Wohnungen.",))
    assert run("index").exit_code == 0
    return make_corpus(tmp_path / "other", ("Die Nachbarschaft hilft.",), edition="probe-2022")


def test_the_index_of_another_corpus_is_not_replaced_and_the_message_says_what_to_do(
    other: Path, tmp_path: Path, run: Run
) -> None:
    result = run("index", "--corpus", str(other))
    assert result.exit_code == 1
    for told in (str(tmp_path / "index"), str(tmp_path / "corpus"), str(other), "--index DIR", "--force", "moved"):
        assert told in result.stderr
    assert open_index(tmp_path / "index").search(Search("Wohnung")).total == 1
    with pytest.raises(ConflictError):
        build_index(other, tmp_path / "index")


def test_force_replaces_it_and_another_folder_keeps_both(other: Path, tmp_path: Path, run: Run) -> None:
    assert run("index", "--corpus", str(other), "--index", str(tmp_path / "second")).exit_code == 0
    assert open_index(tmp_path / "index").search(Search("Wohnung")).total == 1
    assert run("index", "--corpus", str(other), "--force").exit_code == 0
    assert open_index(tmp_path / "index").search(Search("Nachbarschaft")).total == 1
    assert run("index").exit_code == 1


def test_doctor_names_the_corpus_an_index_is_of(other: Path, tmp_path: Path, run: Run) -> None:
    result = run("doctor", "--corpus", str(other))
    assert result.exit_code == 1
    assert f"of another corpus: {tmp_path / 'corpus'}" in result.stdout
    assert "kb index --index DIR" in result.stdout
    assert run("doctor").exit_code == 0


@pytest.mark.parametrize("command", [("search", "Wohnung"), ("export", "Wohnung")])
def test_a_search_says_if_the_index_is_not_of_the_corpus_asked_for(
    command: tuple[str, ...], other: Path, tmp_path: Path, run: Run
) -> None:
    asked = run(*command, "--corpus", str(other))
    assert asked.exit_code == 0
    assert f"the index of another corpus, {tmp_path / 'corpus'}, not of {other}" in asked.stderr
    assert "another corpus" not in asked.stdout
    assert run(*command).stderr == ""


def test_whoever_names_only_an_index_knows_which(
    other: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    make_corpus(here / "corpus")
    monkeypatch.chdir(here)
    at_defaults = CliRunner(env={"WORTLAUT_CORPUS": None, "WORTLAUT_INDEX": None})
    assert at_defaults.invoke(commands, ["search", "Wohnung", "--index", str(tmp_path / "index")]).stderr == ""
    assert at_defaults.invoke(commands, ["index", "--corpus", str(other)]).exit_code == 0
    assert "the index of another corpus" in at_defaults.invoke(commands, ["search", "Wohnung"]).stderr


def test_a_corpus_that_was_moved_unchanged_is_indexed_without_more_ado(tmp_path: Path, run: Run) -> None:
    make_corpus(tmp_path / "corpus")
    run("index")
    shutil.move(tmp_path / "corpus", tmp_path / "moved")
    assert run("index", "--corpus", str(tmp_path / "moved")).exit_code == 0
    assert other_corpus(tmp_path / "index", tmp_path / "moved") is None
    assert run("search", "Wohnung", "--corpus", str(tmp_path / "moved")).stderr == ""


def test_corpus_and_index_that_are_moved_together_still_belong_together(tmp_path: Path, run: Run) -> None:
    first = tmp_path / "first"
    make_corpus(first / "corpus")
    run("index", "--corpus", str(first / "corpus"), "--index", str(first / "var" / "index"))
    shutil.move(first, tmp_path / "second")
    assert other_corpus(tmp_path / "second" / "var" / "index", tmp_path / "second" / "corpus") is None


def test_an_index_of_another_version_may_be_replaced_by_any_corpus(other: Path, tmp_path: Path, run: Run) -> None:
    manifest = next((tmp_path / "index").glob("generation-*/manifest.json"))
    manifest.write_text("{}", encoding="utf-8")
    assert run("index", "--corpus", str(other)).exit_code == 0

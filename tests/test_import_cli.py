"""`kb import` as it is used: the printed report, refusals, and that nothing is ever half-written."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from conftest import Run
from printing import forum, keynote, panel, report, write

from indexer.importer import import_file

SPEECH = "Ich spreche über Straßen am Ufer, und ich frage, wem sie gehören und wer auf ihnen gehen darf."
IMPULSE = "Kaspar Rennebohm berichtet, dass der Steg am Hafen seit Jahren gesperrt sei und niemand ihn vermisse."
TALK = "In der Diskussion wird gefragt, wer den Steg bezahle und warum die Stadt so lange gewartet habe."
TEXT = report(keynote(SPEECH), forum(IMPULSE, TALK))
FACTS = """\
title = "Wege durch die Stadt"

[event]
title = "Wege durch die Stadt"

[[section]]
id = "keynote"
title = "Keynote"
kind = "keynote"
speakers = ["{speaker}"]
"""
PROGRAMME_SECTION = """
[[section]]
id = "programm"
title = "Programm"
kind = "programme"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A printed report, not yet imported, beside an empty corpus."""
    (tmp_path / "corpus").mkdir()
    return write(tmp_path, {"tagung.txt": TEXT}) / "tagung.txt"


def state(folder: Path) -> dict[str, str]:
    """Return all files and folders below a folder with their digests."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


def test_a_report_is_imported_and_passes_the_check(source: Path, run: Run) -> None:
    result = run("import", str(source))
    assert (result.exit_code, result.stderr) == (0, "")
    assert run("check").stdout.startswith("1 edition, ")
    folder = source.parent / "corpus"
    assert sorted(path.name for path in (folder / "tagung").iterdir()) == [
        "01-programm.md",
        "02-begruessung.md",
        "03-keynote.md",
        "04-forum-1.md",
        "edition.toml",
        "evidence.jsonl",
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["people.toml", "tagung"]


def test_the_printed_report_tells_sections_people_passages_coverage_omissions_and_doubts(
    source: Path, run: Run
) -> None:
    source.write_text(
        "Eine Dokumentation\n\n\n\f" + TEXT + "\n\nLeitfragen:\n\n- Wer zahlt?\n\nDas Geld fehle.\n",
        encoding="utf-8",
    )
    lines = run("import", str(source)).stdout.splitlines()
    assert lines[0].startswith("tagung: 4 sections, 3 speakers, ")
    assert lines[1].startswith("coverage: 9")
    assert [line.split()[:4] for line in lines[2:6]] == [
        ["programm", "programme", "p.", "2"],
        ["begruessung", "welcome", "p.", "3"],
        ["keynote", "keynote", "p.", "4"],
        ["forum-1", "forum", "p.", "5"],
    ]
    assert "left out: 1 lines, before the first section (title page, imprint) (listed in evidence.jsonl)" in lines
    assert "in the programme without printed text: Gesprächsrunde, Foren, Forum 2" in lines
    doubts = lines.index("doubts, worst first (1; all: kb review):")
    assert lines[doubts + 1].startswith("  0.60 forum-1 p. 5: ")


def test_the_report_is_had_as_json(source: Path, run: Run) -> None:
    answer = json.loads(run("import", str(source), "--format", "json").stdout)
    assert (answer["edition"], answer["people"]) == ("tagung", 3)
    assert 0.9 < answer["coverage"] <= 1
    assert {"sections", "passages", "left_out", "unprinted", "doubts", "conflicts", "warnings"} <= set(answer)


def test_what_review_lists_is_what_the_import_doubted(source: Path, run: Run) -> None:
    source.write_text(TEXT + "\n\nLeitfragen:\n\n- Wer zahlt?\n\nDas Geld fehle.\n", encoding="utf-8")
    run("import", str(source))
    reviewed = run("review").stdout
    assert "0.60 after_questions" in reviewed
    assert reviewed.endswith("1 uncertain attribution\n")


def test_the_edition_is_named_after_the_file_or_by_option(source: Path, run: Run) -> None:
    assert run("import", str(source), "--edition", "wege-2020").exit_code == 0
    other = source.rename(source.with_name("Wege & Brücken 2021.txt"))
    assert run("import", str(other)).exit_code == 0
    assert {path.name for path in (source.parent / "corpus").iterdir() if path.is_dir()} == {
        "wege-2020",
        "wege-bruecken-2021",
    }


def test_every_printed_character_is_in_a_passage_a_heading_or_a_listed_omission(source: Path, run: Run) -> None:
    source.write_text("Eine Dokumentation\n\n\f" + TEXT, encoding="utf-8")
    run("import", str(source))
    rows = [json.loads(line) for line in evidence(source).read_text(encoding="utf-8").splitlines()]
    text = list(source.read_text(encoding="utf-8"))
    for row in rows:
        for start, end in row.get("spans", ()):
            text[start:end] = " " * (end - start)
    left = [line.strip() for line in "".join(text).splitlines() if line.strip()]
    headings = ["Programm", "Begrüßung", "Keynote", "Wem gehört die Uferstraße?", "Forum 1", "Brücken für alle"]
    assert left == headings


def evidence(source: Path) -> Path:
    return source.parent / "corpus" / "tagung" / "evidence.jsonl"


# --- refusals ---------------------------------------------------------------------------------------------------------
NOISE = "\n".join(f"qx{n} zlorp ,,; {n * 7919 % 977} brk--{n} .. wumm" for n in range(400))
HEADINGS = "\f".join(["Begrüßung\n\nKeynote\n\n", "Forum 1\n\nForum 2\n"])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt: the file is empty; nothing to import"),
        ("a.txt", b" \n\f\n", "a.txt: the file is empty; nothing to import"),
        ("a.txt", b"PK\x03\x04\0\0", "a.txt: this is a binary file, not plain text; save it as text"),
        (
            "a.txt",
            "Begrüßung".encode("cp1252"),
            "a.txt:1: byte 4 (0xfc) is not utf-8; if the file comes from Windows, try --enc",
        ),
        ("a.txt", NOISE.encode(), "no section heading was recognised"),
        ("a.txt", HEADINGS.encode(), "only headings were found"),
        ("a.txt", "Begrüßung\n\nEs wurde begrüßt, und alle waren da.\n".encode(), "no speaker was found"),
        ("a.docx", b"PK", "a.docx: no reader for '.docx'; known: "),
    ],
    ids=["empty", "blank", "binary", "latin", "noise", "headings", "nobody", "unknown-format"],
)
def test_a_file_that_cannot_be_imported_is_refused_with_one_message(
    name: str, content: bytes, message: str, corpus_folder: Path, tmp_path: Path, run: Run
) -> None:
    write(tmp_path, {name: content})
    before = state(tmp_path)
    result = run("import", str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (
            ["--edition", "Wege 2020"],
            1,
            "'Wege 2020' is no edition id; use lower-case letters, digits and hyphens: wege",
        ),
        (["--edition", "../wege"], 1, "'../wege' is no edition id"),
        (["--encoding", "klartext"], 1, "unknown encoding 'klartext'"),
        (["--replace", "--merge"], 2, "choose one"),
        (["--format", "xml"], 2, "xml"),
        (["--wrong"], 2, "--wrong"),
    ],
)
def test_wrong_options_are_refused(options: list[str], code: int, message: str, source: Path, run: Run) -> None:
    before = state(source.parent)
    result = run("import", str(source), *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert state(source.parent) == before


def test_no_file_is_wrong_usage(run: Run) -> None:
    assert run("import").exit_code == 2


def test_one_edition_id_for_two_files_is_wrong_usage(source: Path, run: Run) -> None:
    result = run("import", str(source), str(source), "--edition", "wege")
    assert result.exit_code == 2
    assert "one by one" in result.stderr


def test_a_missing_file_is_told(tmp_path: Path, run: Run) -> None:
    result = run("import", str(tmp_path / "fehlt.txt"))
    assert result.exit_code == 1
    assert result.stderr == f"{tmp_path / 'fehlt.txt'}: no such file\n"
    assert not (tmp_path / "corpus").exists()


def test_of_several_files_the_good_ones_before_a_bad_one_are_imported(source: Path, run: Run) -> None:
    write(source.parent, {"leer.txt": ""})
    result = run("import", str(source), str(source.parent / "leer.txt"))
    assert result.exit_code == 1
    assert "leer.txt: the file is empty" in result.stderr
    assert run("check").exit_code == 0


# --- editions that are there already ----------------------------------------------------------------------------------
def test_facts_that_name_somebody_unknown_are_refused(source: Path, run: Run) -> None:
    write(source.parent / "corpus", {"tagung/edition.toml": FACTS.format(speaker="benno-achterkampf")})
    before = state(source.parent)
    result = run("import", str(source))
    assert result.exit_code == 1
    assert "edition.toml" in result.stderr
    assert "benno-achterkampf" in result.stderr
    assert "people.toml; add them there" in result.stderr
    assert state(source.parent) == before


def test_facts_without_words_are_a_valid_edition_and_stay_as_they_are(source: Path, run: Run) -> None:
    facts = FACTS.format(speaker="benno-achterkamp") + PROGRAMME_SECTION + "# von Hand\n"
    corpus = write(
        source.parent / "corpus",
        {"tagung/edition.toml": facts, "people.toml": '[benno-achterkamp]\nname = "Benno Achterkamp"\n'},
    )
    assert run("check").stdout == "1 edition, 0 passages, 1 person\n"
    assert run("import", str(source)).exit_code == 0
    assert run("check").exit_code == 0
    assert (corpus / "tagung" / "edition.toml").read_text(encoding="utf-8") == facts


def test_facts_without_the_printed_programme_are_no_dead_end(source: Path, run: Run) -> None:
    write(
        source.parent / "corpus",
        {
            "tagung/edition.toml": FACTS.format(speaker="benno-achterkamp"),
            "people.toml": '[benno-achterkamp]\nname = "Benno Achterkamp"\n',
        },
    )
    result = run("import", str(source))
    assert ".import" not in result.stderr
    assert result.exit_code == 0 or "corpus/tagung/edition.toml" in result.stderr


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("people.toml", "[ada\n"),
        ("people.toml", '[Ada]\nname = "Ada"\n'),
        ("tagung/edition.toml", "title = \n"),
    ],
)
def test_a_broken_corpus_is_not_written_to(file: str, text: str, source: Path, run: Run) -> None:
    write(source.parent / "corpus", {file: text})
    before = state(source.parent)
    result = run("import", str(source))
    assert result.exit_code == 1
    assert f"{Path(file).name}:1: " in result.stderr
    assert "Traceback" not in result.stderr
    assert state(source.parent) == before


# --- crashes ----------------------------------------------------------------------------------------------------------
NEW_TEXT = TEXT.replace("Ilka Brandis", "Ilka Wiards").replace("gesperrt", "geschlossen")


def break_replace(monkeypatch: pytest.MonkeyPatch, *, at: int, error: BaseException) -> None:
    """Let the n-th renaming of a file or folder fail."""
    calls, replace = [0], Path.replace

    def breaking(path: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == at:
            raise error
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", breaking)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_failure_while_writing_leaves_the_old_edition_and_people(
    at: int, source: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("import", str(source)).exit_code == 0
    before = state(source.parent / "corpus")
    source.write_text(NEW_TEXT, encoding="utf-8")
    with monkeypatch.context() as patch:
        break_replace(patch, at=at, error=OSError(28, "No space left on device", "people.toml"))
        result = run("import", str(source))
    assert (result.exit_code, result.stderr) == (1, "people.toml: No space left on device\n")
    assert state(source.parent / "corpus") == before
    assert run("check").exit_code == 0


def test_a_failure_at_the_first_import_leaves_nothing_behind(
    source: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        break_replace(patch, at=1, error=OSError(28, "No space left on device", "people.toml"))
        assert run("import", str(source)).exit_code == 1
    assert state(source.parent / "corpus") == {}


@pytest.mark.parametrize("at", [1, 2, 3])
def test_an_edition_survives_that_the_machine_stops_while_it_is_replaced(
    at: int, source: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", str(source))
    keynote_file = source.parent / "corpus" / "tagung" / "03-keynote.md"
    keynote_file.write_text(keynote_file.read_text(encoding="utf-8").replace("Straßen", "Gassen"), encoding="utf-8")
    with monkeypatch.context() as patch:
        stop_at(patch, at)
        with pytest.raises(KeyboardInterrupt):
            import_file(source, source.parent / "corpus", merge_corrections=True)
    other = source.rename(source.with_name("andere.txt"))
    run("import", str(other))
    assert run("check").exit_code == 0
    assert "Ich spreche über Gassen" in keynote_file.read_text(encoding="utf-8")


def stop_at(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Let everything that moves or removes files fail from the n-th renaming on, as after a power cut."""
    calls, replace, rmtree = [0], Path.replace, shutil.rmtree

    def stopping(path: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] >= at:
            raise KeyboardInterrupt
        return replace(path, target)

    def clearing(path: Path, ignore_errors: bool = False) -> None:
        if calls[0] >= at:
            raise KeyboardInterrupt
        rmtree(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(Path, "replace", stopping)
    monkeypatch.setattr(shutil, "rmtree", clearing)


def test_what_an_import_that_was_killed_left_is_cleared_away(source: Path, run: Run) -> None:
    write(source.parent / "corpus", {".import/tagung/01-alt.md": "# Alt"})
    assert run("check").exit_code == 0
    assert run("import", str(source)).exit_code == 0
    assert not (source.parent / "corpus" / ".import").exists()


def test_the_same_file_twice_gives_the_same_corpus(source: Path, run: Run) -> None:
    source.write_text(
        report(
            keynote(SPEECH),
            panel("Theda Quast: Wer geht?", "Nele Kortum: Alle, hoffe ich.", "Ruven Maibaum: Ich."),
            forum(IMPULSE, TALK),
        ),
        encoding="utf-8",
    )
    assert run("import", str(source)).exit_code == 0
    before = state(source.parent / "corpus")
    assert run("import", str(source)).exit_code == 0
    assert state(source.parent / "corpus") == before

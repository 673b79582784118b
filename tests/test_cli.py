"""The command line: what each command prints, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import click
import pytest
from conftest import Run
from samples import WORDS, write_corpus

from kb.cli import commands
from kb.locator import parse_locator

KB = [sys.executable, "-c", "from kb.cli import main; main()"]


def all_commands() -> list[str]:
    return commands.list_commands(click.Context(commands))


@pytest.fixture
def indexed(corpus_folder: Path, run: Run) -> Path:
    """The small corpus with its index built."""
    assert run("index").exit_code == 0
    return corpus_folder


def test_the_commands_of_all_packages_are_gathered() -> None:
    expected = {"analyse", "check", "cite", "complete", "distribution", "doctor", "eval", "export", "index"}
    expected |= {"init", "review", "search", "serve", "show", "similar", "themes"}
    assert expected <= set(all_commands())


@pytest.mark.parametrize("name", all_commands())
def test_every_command_has_help_with_an_example(name: str, run: Run) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"  kb {name} " in result.stdout or f"  kb {name}\n" in result.stdout


@pytest.mark.parametrize("arguments", [["nonsense"], ["search", "--limit", "many"], ["show"], ["check", "--wrong"]])
def test_wrong_usage_exits_2(arguments: list[str], run: Run) -> None:
    assert run(*arguments).exit_code == 2


def test_starting_up_loads_no_engine_and_no_web_server() -> None:
    program = "import sys, kb.cli; print(sorted({'whoosh', 'flask', 'numpy', 'waitress'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"[]\n"


def test_check_sums_a_good_corpus_up(corpus_folder: Path, run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "1 edition, 4 passages, 2 people\n")


def test_options_go_before_the_environment(tmp_path: Path, run: Run) -> None:
    elsewhere = write_corpus(tmp_path / "elsewhere")
    assert run("check").exit_code == 1
    assert run("check", "--corpus", str(elsewhere)).exit_code == 0


def test_review_names_the_line_to_edit(corpus_folder: Path, run: Run) -> None:
    result = run("review")
    assert result.stdout.startswith(f"{corpus_folder}/tagung-2024/01-tagung.md:12: 0.70 so_herr: surname only\n")
    assert "tagung-2024/forum-1/1 is attributed to bodo-muster" in result.stdout
    assert result.stdout.endswith("1 uncertain attribution\n")
    lines = (corpus_folder / "tagung-2024" / "01-tagung.md").read_text(encoding="utf-8").splitlines()
    assert "#forum-1-1 " in lines[12 - 1]


def test_review_puts_the_worst_first(corpus_folder: Path, run: Run) -> None:
    with (corpus_folder / "tagung-2024" / "evidence.jsonl").open("a", encoding="utf-8") as evidence:
        row = {"id": "tagung-2024/forum-1/2", "spans": [], "rule": "guess", "confidence": 0.4}
        evidence.write(json.dumps(row | {"written": {"kind": "discussion"}}) + "\n")
    rows = json.loads(run("review", "--format", "json").stdout)
    assert [row["passage"]["evidence"]["confidence"] for row in rows] == [0.4, 0.7]


def test_show_prints_a_passage_with_its_neighbours(corpus_folder: Path, run: Run) -> None:
    plain = run("show", "tagung-2024/begruessung/2").stdout
    assert plain.startswith("Ada Beispiel · wörtlich · S. 3 f. · Begrüßung\n\nWir öffnen die Bäche")
    around = run("show", "tagung-2024/begruessung/2", "--context", "1").stdout
    assert around.index("Willkommen") < around.index("▶ Ada Beispiel") < around.index("Herr Muster")


def test_show_tells_whether_the_words_are_unchanged(corpus_folder: Path, run: Run) -> None:
    locator = run("show", "tagung-2024/forum-1/2").stdout.splitlines()[-1]
    assert "unchanged" in run("show", locator).stdout
    (corpus_folder / "tagung-2024" / "01-tagung.md").write_text(WORDS.replace("Bänke", "Stühle"), encoding="utf-8")
    assert "CHANGED" in run("show", locator).stdout
    assert json.loads(run("show", locator, "--format", "json").stdout)["unchanged"] is False


@pytest.mark.parametrize(
    ("locator", "message"),
    [
        ("nonsense", "names no passage"),
        ("tagung-1999/a/1", "edition not found: 'tagung-1999'; editions here: tagung-2024"),
        ("tagung-2024/forum-9/1", "section not found: 'tagung-2024/forum-9'"),
        ("tagung-2024/forum-1/99", "passage not found: 'tagung-2024/forum-1/99'; numbers here run to 2"),
    ],
)
def test_a_locator_that_leads_nowhere_says_where_it_ends(
    locator: str, message: str, corpus_folder: Path, run: Run
) -> None:
    for command in ("show", "cite"):
        result = run(command, locator)
        assert result.exit_code == 1
        assert message in result.stderr


def test_cite_gives_quotation_and_reference(corpus_folder: Path, run: Run) -> None:
    quotation, _, reference = run("cite", "tagung-2024/begruessung/2").stdout.splitlines()
    assert quotation == "„Wir öffnen die Bäche, die unsere Großeltern zugedeckt haben.“"
    assert reference.startswith("Ada Beispiel, Begrüßung, in: Wasser in der Stadt (")
    assert "S. 3 f. (fiktives Beispiel), http://127.0.0.1:8000/tagung-2024/begruessung/2~" in reference


def test_cite_gives_reported_words_no_quotation_marks(corpus_folder: Path, run: Run) -> None:
    citation = json.loads(run("cite", "tagung-2024/forum-1/1", "--format", "json").stdout)
    assert citation["reference"].startswith("Bodo Muster, laut Bericht zu Forum 1, Bäche öffnen, in: ")
    assert "„" not in citation["text"]


def test_the_link_of_a_citation_leads_back_to_the_unchanged_words(corpus_folder: Path, run: Run) -> None:
    link = json.loads(run("cite", "tagung-2024/forum-1/1", "--format", "json").stdout)["link"]
    locator = link.removeprefix("http://127.0.0.1:8000/")
    assert parse_locator(locator)[1]
    assert "unchanged" in run("show", locator).stdout


def test_export_needs_no_index(corpus_folder: Path, run: Run) -> None:
    rows = [json.loads(line) for line in run("export").stdout.splitlines()]
    assert [row["id"].partition("/")[2] for row in rows] == [
        "begruessung/1", "begruessung/2", "forum-1/1", "forum-1/2",
    ]  # fmt: skip
    assert rows[1]["text"] == "Wir öffnen die Bäche, die unsere Großeltern zugedeckt haben."


def test_export_of_a_query_writes_what_it_finds(indexed: Path, run: Run) -> None:
    found = [json.loads(line)["id"] for line in run("export", "Großeltern").stdout.splitlines()]
    assert found == ["tagung-2024/begruessung/2"]
    by_speaker = run("export", "--speaker", "Muster").stdout.splitlines()
    assert [json.loads(line)["speaker"] for line in by_speaker] == ["Bodo Muster"]


def test_export_leaves_out_what_holds_only_some_of_the_words_and_says_so(indexed: Path, run: Run) -> None:
    result = run("export", "offener", "Bach", "Großeltern")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 passages hold all words; 2 more hold some: --partial" in result.stderr
    partial = run("export", "offener", "Bach", "Großeltern", "--partial")
    assert [json.loads(line)["id"] for line in partial.stdout.splitlines()] == [
        "tagung-2024/begruessung/2",
        "tagung-2024/forum-1/1",
    ]
    assert partial.stderr == ""


def test_search_prints_who_where_and_the_marked_words(indexed: Path, run: Run) -> None:
    lines = run("search", "Großeltern").stdout.splitlines()
    assert lines[0].startswith("1 von 4 Textstellen, 1–1 (Korpus ")
    assert lines[2] == "Ada Beispiel · wörtlich · S. 3 f. · Begrüßung"
    assert "[Großeltern]" in lines[3]
    assert lines[4].startswith("  tagung-2024/begruessung/2~")


@pytest.mark.parametrize("name", ["bodo-muster", "Bodo Muster", "Muster", "muster"])
def test_a_speaker_is_found_by_id_name_or_surname(name: str, indexed: Path, run: Run) -> None:
    answer = json.loads(run("search", "--speaker", name, "--format", "json").stdout)
    assert answer["total"] == 1
    assert answer["query"]["filters"] == {"speaker": ["bodo-muster"]}


def test_a_printed_form_names_its_person(indexed: Path, run: Run) -> None:
    assert json.loads(run("search", "--speaker", "Frau Beispiel", "--format", "json").stdout)["total"] == 2


def test_a_leading_minus_excludes(indexed: Path, run: Run) -> None:
    assert json.loads(run("search", "--speaker", "-Muster", "--format", "json").stdout)["total"] == 3


def test_a_forum_is_found_by_its_heading(indexed: Path, run: Run) -> None:
    assert json.loads(run("search", "--forum", "Forum 1", "--format", "json").stdout)["total"] == 2


@pytest.mark.parametrize(
    ("option", "value", "code", "message"),
    [
        ("--speaker", "ada-bespiel", 1, "speaker not found: 'ada-bespiel'; perhaps ada-beispiel"),
        ("--forum", "forum-2", 1, "perhaps tagung-2024/forum-1"),
        ("--edition", "tagung-2042", 1, "edition not found"),
        ("--theme", "wasser", 1, "theme not found"),
        ("--voice", "laut", 2, "verbatim, reported, collective, editorial"),
        ("--kind", "rede", 2, "speech, turn"),
        ("--role", "chef", 2, "moderator"),
    ],
)
def test_a_filter_value_that_is_none_is_refused(
    option: str, value: str, code: int, message: str, indexed: Path, run: Run
) -> None:
    result = run("search", option, value)
    assert result.exit_code == code
    assert message in result.stderr


def test_a_surname_of_two_people_asks_which(corpus_folder: Path, run: Run) -> None:
    with (corpus_folder / "people.toml").open("a", encoding="utf-8") as people:
        people.write('\n[eva-muster]\nname = "Eva Muster"\n')
    run("index")
    result = run("search", "--speaker", "Muster")
    assert result.exit_code == 1
    assert "bodo-muster or eva-muster" in result.stderr


def test_search_as_json_has_the_shape_of_the_api(indexed: Path, run: Run) -> None:
    answer = json.loads(run("search", "Bach", "--voice", "reported", "--limit", "1", "--format", "json").stdout)
    assert set(answer) == {"query", "total", "hits", "facets", "corpus"}
    assert set(answer["corpus"]) == {"fingerprint", "passages"}
    (hit,) = answer["hits"]
    assert set(hit) == {"passage", "score", "snippet", "url"}
    assert hit["url"].startswith("http://127.0.0.1:8000/tagung-2024/forum-1/1~")
    assert ["Bach", True] in hit["snippet"]
    chosen = [value for value in answer["facets"]["voice"] if value["selected"]]
    assert [(value["value"], value["count"]) for value in chosen] == [("reported", 1)]
    assert {"value", "label", "count", "selected"} <= set(chosen[0])


def test_explain_tells_what_makes_the_score(indexed: Path, run: Run) -> None:
    (hit,) = json.loads(run("search", "Großeltern", "--explain", "--format", "json").stdout)["hits"]
    assert hit["explanation"]["total"] == pytest.approx(hit["score"])
    assert hit["explanation"]["clauses"][0]["words"] == "Großeltern"
    lines = run("search", "Großeltern", "--explain").stdout.splitlines()
    assert lines[5].startswith("  Wert ")
    assert lines[6].startswith("    Großeltern: ")


def test_kwic_puts_the_matches_below_each_other(indexed: Path, run: Run) -> None:
    lines = run("search", "Bach", "--kwic", "--sort", "right", "--width", "30").stdout.splitlines()
    assert lines[0] == "3 Fundstellen in 3 Textstellen, 1–3"
    assert [line.index("[") for line in lines[1:]] == [30, 30, 30]
    assert [line.partition("[")[2].partition("]")[0] for line in lines[1:]] == ["Bächen", "Bach", "Bäche"]
    assert lines[1].endswith("  (S. 3 · tagung-2024/begruessung/1)")


def test_kwic_as_json_counts_all_and_shows_the_lines_asked_for(indexed: Path, run: Run) -> None:
    answer = json.loads(run("search", "Bach", "--kwic", "--limit", "1", "--format", "json").stdout)
    assert (answer["occurrences"], answer["passages"], len(answer["lines"])) == (3, 3, 1)
    assert {"left", "match", "right", "id", "speaker", "voice", "page", "url"} <= set(answer["lines"][0])


@pytest.mark.parametrize("options", [["--sort", "left"], ["--kwic", "--explain"], ["--kwic", "--group", "speaker"]])
def test_ways_to_show_hits_that_do_not_go_together_are_refused(options: list[str], indexed: Path, run: Run) -> None:
    assert run("search", "Bach", *options).exit_code == 2


def test_grouped_hits_stand_below_their_group(indexed: Path, run: Run) -> None:
    lines = run("search", "Bach", "--group", "section", "--sort", "reading").stdout.splitlines()
    assert lines[1] == "2 Gruppen, 1–2"
    assert lines[3] == "Begrüßung (2)"
    answer = json.loads(run("search", "Bach", "--group", "speaker", "--format", "json").stdout)
    assert {"hits", "groups"} <= set(answer)
    assert {(group["value"], group["count"]) for group in answer["groups"]} == {("ada-beispiel", 2), ("bodo-muster", 1)}


def test_a_distribution_has_a_row_for_each_value(indexed: Path, run: Run) -> None:
    rows = [json.loads(line) for line in run("distribution", "Bach", "--format", "jsonl").stdout.splitlines()]
    assert [(row["value"], row["occurrences"]) for row in rows if row["by"] == "section"] == [
        ("tagung-2024/begruessung", 2),
        ("tagung-2024/forum-1", 1),
    ]
    assert {"label", "passages", "words", "per_10000"} <= set(rows[0])
    assert run("distribution", "Bach").stdout.startswith("3 Fundstellen in 3 Textstellen, ")


def test_similar_names_the_words_shared(indexed: Path, run: Run) -> None:
    answer = json.loads(run("similar", "tagung-2024/begruessung/2", "--format", "json").stdout)
    assert answer["id"] == "tagung-2024/begruessung/2"
    assert {"terms", "hits"} <= set(answer)
    assert run("similar", "tagung-2024/begruessung/99").exit_code == 1
    assert run("similar", "tagung-2024/begruessung/2").stdout.startswith("Kennzeichnende Wörter: ")


def test_analyse_has_a_row_for_each_word_with_or_without_an_index(corpus_folder: Path, run: Run) -> None:
    rows = [json.loads(line) for line in run("analyse", "Bäche", "Stadtbach", "--format", "jsonl").stdout.splitlines()]
    assert [(row["word"], row["lemmas"], row["parts"], row["folded"]) for row in rows] == [
        ("Bäche", ["Bach"], [], "baeche"),
        ("Stadtbach", ["stadtbach"], ["Stadt", "bach"], "stadtbach"),
    ]
    assert rows[0]["corpus"] is None
    run("index")
    assert json.loads(run("analyse", "Bäche", "--format", "jsonl").stdout)["corpus"]["passages"] == 3
    assert "in 3 passages" in run("analyse", "Bäche").stdout


def test_offset_and_limit_cut_the_hits(indexed: Path, run: Run) -> None:
    everything = [json.loads(row)["passage"]["id"] for row in run(*reading()).stdout.splitlines()]
    middle = [
        json.loads(row)["passage"]["id"] for row in run(*reading(), "--offset", "1", "--limit", "2").stdout.splitlines()
    ]
    assert middle == everything[1:3]


def reading() -> list[str]:
    return ["search", "--sort", "reading", "--format", "jsonl"]


def test_index_is_built_once_and_again_when_the_corpus_changes(indexed: Path, run: Run) -> None:
    assert "up to date" in run("index").stdout
    (indexed / "tagung-2024" / "01-tagung.md").write_text(
        WORDS.replace("Die Teilnehmenden", "## Wünsche\n\nDie Teilnehmenden"), encoding="utf-8"
    )
    assert "up to date" not in run("index").stdout
    assert "up to date" in run("index").stdout
    assert "up to date" not in run("index", "--force").stdout


def test_doctor_says_what_to_do_next(tmp_path: Path, run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    assert f"→ make one with: kb init {tmp_path / 'corpus'}" in result.stdout
    corpus_folder = write_corpus(tmp_path / "corpus")
    assert "→ build it with: kb index" in run("doctor").stdout
    run("index")
    result = run("doctor")
    assert (result.exit_code, "→" in result.stdout) == (0, False)
    (corpus_folder / "people.toml").write_text(
        (corpus_folder / "people.toml").read_text(encoding="utf-8").replace("Dr.", "Prof."), encoding="utf-8"
    )
    assert "→ build it again with: kb index" in run("doctor").stdout


def test_init_makes_a_corpus_that_passes(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "neu"
    assert run("init", str(folder)).exit_code == 0
    assert {path.name for path in folder.iterdir()} == {"people.toml", "themes.toml", "README.md", ".gitignore"}
    assert run("check", "--corpus", str(folder)).stdout == "0 editions, 0 passages, 0 people\n"


def test_the_examples_of_a_new_corpus_are_valid(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "neu"
    run("init", str(folder))
    for name, first_of_example in (("people.toml", "# [erika-beispiel]"), ("themes.toml", "# [[theme]]")):
        _, _, example = (folder / name).read_text(encoding="utf-8").partition(first_of_example)
        uncommented = (first_of_example + example).replace("\n# ", "\n").removeprefix("# ")
        (folder / name).write_text(uncommented, encoding="utf-8")
    assert run("check", "--corpus", str(folder)).stdout == "0 editions, 0 passages, 1 person\n"


def test_init_leaves_a_folder_that_is_not_empty_alone(corpus_folder: Path, run: Run) -> None:
    before = sorted(corpus_folder.rglob("*"))
    result = run("init", str(corpus_folder))
    assert result.exit_code == 1
    assert "not empty" in result.stderr
    assert sorted(corpus_folder.rglob("*")) == before


def test_a_file_that_may_not_be_read_is_told_without_traceback(corpus_folder: Path, run: Run) -> None:
    (corpus_folder / "people.toml").unlink()
    (corpus_folder / "people.toml").mkdir()
    result = run("check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "people.toml: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_who_leaves_early_is_no_error_to_tell(corpus_folder: Path) -> None:
    (corpus_folder / "tagung-2024" / "01-tagung.md").write_text(
        "# Forum 1 {: #forum-1 }\n\n"
        + "\n".join(f"{'Wort ' * 60}\n{{: #forum-1-{number} .discussion }}\n" for number in range(1, 600)),
        encoding="utf-8",
    )
    (corpus_folder / "tagung-2024" / "evidence.jsonl").unlink()
    command = [*KB, "export", "--corpus", str(corpus_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_output_is_utf_8_whatever_the_locale(corpus_folder: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    command = [*KB, "show", "tagung-2024/begruessung/2", "--corpus", str(corpus_folder)]
    answer = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert "wörtlich" in answer.stdout.decode("utf-8")


def test_serve_tells_its_address_and_ends_with_ctrl_c(indexed: Path, tmp_path: Path) -> None:
    # What is started in the background ignores Ctrl+C, and so does what it starts: the tests may be run that way.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from kb.cli import main; main()"
    command = [sys.executable, "-c", heeding, "serve", "--port", "0", "--index", str(tmp_path / "index")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        try:
            line = server.stdout.readline()
            assert line.startswith("Wortlaut läuft auf http://127.0.0.1:")
            with urlopen(line.split()[3], timeout=20) as answer:
                assert answer.status == 200
            server.send_signal(signal.SIGINT)
            _, errors = server.communicate(timeout=20)
            assert "Traceback" not in errors
        finally:
            server.kill()


def test_edited_synonyms_make_an_index_old(corpus_folder: Path, run: Run) -> None:
    run("index")
    assert "up to date" in run("index").stdout
    synonyms = corpus_folder / "synonyms.toml"
    synonyms.write_text('[[group]]\nwords = ["Rathaus", "Stadthaus"]\n', encoding="utf-8")
    assert "up to date" not in run("index").stdout

"""`kb eval`: the measures, what counts as an answer, and how it is asked on the command line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import make_corpus, make_passage
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from kb.evaluation import Answer, JudgedQuery, Ranks, evaluate, score
from kb.evidence import EvidenceFile, EvidenceRow, render_evidence
from kb.judgements import load_queries
from kb.model import Evidence, SourceFile

COLLECTION = [replace(make_passage(ordinal=n), source_id=f"s{n}") for n in range(1, 21)]
SOURCE = SourceFile("tagung.txt", "ab" * 32)


def ranked(*ordinals: int) -> Answer:
    """Return an answer with these passages of the collection in this order."""
    return Answer(tuple(COLLECTION[ordinal - 1] for ordinal in ordinals))


def a_query(*ids: str, group: str = "") -> JudgedQuery:
    return JudgedQuery("Wohnung", "q", group, frozenset(ids))


def test_the_first_relevant_hit_counts_for_success_and_reciprocal_rank() -> None:
    result = evaluate([a_query("s3", "s4")], lambda text: ranked(1, 2, 3, 4), COLLECTION).overall
    assert (result.queries, result.s1, result.s10, result.mrr) == (1, 0, 1, 1 / 3)


def test_ndcg_is_measured_against_the_best_order_there_could_be() -> None:
    best = evaluate([a_query("s1", "s2")], lambda text: ranked(2, 1, 9), COLLECTION).overall
    later = evaluate([a_query("s1", "s2")], lambda text: ranked(2, 9, 1), COLLECTION).overall
    assert best.ndcg == pytest.approx(1)
    assert later.ndcg == pytest.approx((1 + 1 / 2) / (1 + 0.6309297535714575))


def test_hits_behind_the_tenth_do_not_count() -> None:
    result = evaluate([a_query("s11")], lambda text: ranked(*range(1, 12)), COLLECTION).overall
    assert (result.s10, result.mrr, result.ndcg) == (0, 0, 0)


@pytest.mark.parametrize("wanted", ["s2", "probe-2020/forum-1/2"])
def test_a_passage_is_named_by_its_own_id_or_by_that_of_the_source(wanted: str) -> None:
    assert evaluate([a_query(wanted)], lambda text: ranked(2), COLLECTION).overall.s1 == 1


@pytest.mark.parametrize(
    ("span", "is_answer"), [((0, 10), False), ((10, 11), True), ((19, 30), True), ((20, 30), False), ((12, 13), True)]
)
def test_a_passage_read_from_a_judged_stretch_answers(span: tuple[int, int], is_answer: bool) -> None:
    passage = replace(make_passage(), source=SOURCE, spans=((10, 20),))
    query = JudgedQuery("Wohnung", spans=(span,), source=SOURCE.sha256)
    assert query.is_answered_by(passage) == is_answer
    assert not query.is_answered_by(replace(passage, source=SourceFile("andere.txt", "cd" * 32)))


def test_groups_are_measured_apart() -> None:
    queries = [a_query("s1", group="fact"), a_query("s2", group="person"), a_query("s1")]
    result = evaluate(queries, lambda text: ranked(1), COLLECTION)
    assert {name: row.s1 for name, row in result.groups.items()} == {"fact": 1, "person": 0}
    assert result.overall.s1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("answer", "falsely"),
    [(ranked(), 0), (ranked(1), 1), (replace(ranked(1), with_reservation=True), 0)],
)
def test_queries_without_an_answer_are_counted_apart(answer: Answer, falsely: int) -> None:
    result = evaluate([a_query()], lambda text: answer, COLLECTION)
    assert (result.overall.queries, result.unanswerable, result.falsely_answered) == (0, 1, falsely)


def test_answers_that_are_not_in_the_collection_are_told_and_count_as_not_found() -> None:
    result = evaluate([a_query("s99")], lambda text: ranked(1), COLLECTION)
    assert result.unknown == ("q",)
    assert (result.overall.queries, result.overall.s10) == (1, 0)


@given(
    relevant=st.sets(st.integers(1, 20), min_size=1),
    hits=st.permutations(range(1, 21)).map(lambda order: order[:12]),
)
def test_every_measure_lies_between_none_and_all(relevant: set[int], hits: Sequence[int]) -> None:
    query = a_query(*(f"s{n}" for n in relevant))
    result = evaluate([query], lambda text: ranked(*hits), COLLECTION).overall
    assert 0 <= result.s1 <= result.mrr <= result.s10 <= 1
    assert 0 <= result.ndcg <= 1 + 1e-9


@given(ranks=st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True).map(sorted))
def test_a_better_rank_is_never_measured_worse(ranks: list[int]) -> None:
    worse = score([Ranks(a_query("x"), tuple(rank + 1 for rank in ranks), relevant=3)])
    better = score([Ranks(a_query("x"), tuple(ranks), relevant=3)])
    assert better.mrr > worse.mrr
    assert better.ndcg > worse.ndcg


# --- on the command line --------------------------------------------------------------------------------------------
def write_queries(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "queries.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def indexed(tmp_path: Path, run: Run) -> Path:
    """A corpus of two passages, read from the second and the fourth line of a source, with its index."""
    text = "Titel\nWir bauen neue Wohnungen.\n\nDie Nachbarschaft hilft.\n"
    source = tmp_path / "tagung.txt"
    source.write_bytes(text.encode())
    paragraphs = ["Wir bauen neue Wohnungen.", "Die Nachbarschaft hilft."]
    folder = make_corpus(tmp_path / "corpus", paragraphs)
    rows = {
        f"probe-2020/forum-1/{number}": EvidenceRow(
            ((text.index(words), text.index(words) + len(words)),), Evidence("given", 1.0), source_id=f"s{number}"
        )
        for number, words in enumerate(paragraphs, start=1)
    }
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    evidence = render_evidence(EvidenceFile(SourceFile(source.name, digest), rows=rows))
    (folder / "probe-2020" / "evidence.jsonl").write_text(evidence, encoding="utf-8")
    assert run("index").exit_code == 0
    return source


def test_an_index_is_measured_by_ids_and_by_lines_of_the_source(indexed: Path, tmp_path: Path, run: Run) -> None:
    queries = write_queries(
        tmp_path,
        {"id": "a", "query": "Wohnung", "kind": "word", "relevant": [[1, 1]]},
        {"id": "b", "query": "Nachbarschaft", "tier": "other", "relevant_ids": ["s2"]},
        {"id": "c", "query": "Nachbarschaft", "tier": "other", "relevant_ids": ["probe-2020/forum-1/1"]},
        {"id": "d", "query": "Raumfahrt", "kind": "none", "relevant": []},
    )
    result = run("eval", str(queries), "--source", str(indexed), "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert answer["overall"]["s1"] == pytest.approx(2 / 3)
    assert {name: row["s1"] for name, row in answer["groups"].items()} == {"word": 1.0, "other": 0.5}
    assert [row["ranks"] for row in answer["queries"]] == [[1], [1], []]
    assert (answer["unanswerable"], answer["falsely_answered"], answer["unknown"]) == (1, 0, [])


def test_the_measures_are_shown_as_a_table(indexed: Path, tmp_path: Path, run: Run) -> None:
    queries = write_queries(
        tmp_path,
        {"id": "a", "query": "Wohnung", "kind": "word", "relevant_ids": ["s1"]},
        {"id": "b", "query": "Wohnung", "relevant_ids": ["nowhere"]},
        {"id": "c", "query": "Raumfahrt", "relevant_ids": []},
    )
    lines = run("eval", str(queries)).stdout.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["queries", "S@1", "S@10", "MRR@10", "nDCG@10"],
        ["all", "2", "0.500", "0.500", "0.500", "0.500"],
        ["word", "1", "1.000", "1.000", "1.000", "1.000"],
    ]
    assert lines[3:] == [
        "without an answer: 0 of 1 were given hits without a reservation",
        "nothing in the index answers: b (counted as not found)",
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{oops", "Expecting property name"),
        ("[]", 'each line is an object with a "query"'),
        ('{"query": " "}', 'each line is an object with a "query"'),
        ('{"query": "a"}', '"relevant_ids" or "relevant" lists what answers'),
        ('{"query": "a", "relevant": [[0, 99]]}', "the source has no lines 0 to 99; they run from 0 to 4"),
        ('{"query": "a", "relevant": [[2, 1]]}', "the source has no lines 2 to 1"),
        ('{"query": "a", "relevant": [3]}', "a range of lines is [first, last], not 3"),
    ],
)
def test_queries_that_cannot_be_read_are_told_by_line(row: str, told: str, indexed: Path, run: Run) -> None:
    path = indexed.parent / "queries.jsonl"
    path.write_text(f'{{"query": "a", "relevant_ids": []}}\n\n{row}\n', encoding="utf-8")
    result = run("eval", str(path), "--source", str(indexed))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{path}:3: {told}")


def test_lines_of_a_source_need_the_source(indexed: Path, tmp_path: Path, run: Run) -> None:
    queries = write_queries(tmp_path, {"query": "Wohnung", "relevant": [[1, 1]]})
    result = run("eval", str(queries))
    assert result.exit_code == 1
    assert "name the source with --source FILE" in result.stderr


@pytest.mark.parametrize(("raw", "told"), [(None, "no such file"), (b"\n", "no queries"), (b"\xff", "not UTF-8")])
def test_a_file_without_queries_is_refused(raw: bytes | None, told: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "queries.jsonl"
    if raw is not None:
        path.write_bytes(raw)
    result = run("eval", str(path))
    assert result.exit_code == 1
    assert told in result.stderr


@given(lines=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=8), min_size=1))
def test_a_range_of_lines_is_those_lines_of_the_source(lines: list[str], tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("ranges")
    text = "\n".join(lines)
    (folder / "source.txt").write_bytes(text.encode())
    rows = [{"query": "x", "relevant": [[n, len(lines) - 1]]} for n in range(len(lines))]
    queries = load_queries(write_queries(folder, *rows), source=folder / "source.txt")
    for n, query in enumerate(queries):
        ((start, end),) = query.spans
        assert text[start:end] == "\n".join(lines[n:])

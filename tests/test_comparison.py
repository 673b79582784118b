"""`kb eval --compare`: two settings side by side, and whether chance could tell them apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders import make_corpus, make_passage
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from kb.comparison import NUMBERS, Setting, chance, changed, compare
from kb.evaluation import Answer, Evaluation, JudgedQuery, evaluate

COLLECTION = [make_passage(ordinal=n) for n in range(1, 13)]
QUERIES = [
    JudgedQuery(f"Frage {n}", f"q{n}", "alle", frozenset({f"probe-2020/forum-1/{n}"}))
    for n in range(1, len(COLLECTION))
]


def evaluated(ranks: Sequence[int]) -> Evaluation:
    """Return the evaluation of as many queries, the answer to each found at its rank; 0: not found."""
    answers = {}
    for query, rank in zip(QUERIES, ranks, strict=False):
        (answer,) = (passage for passage in COLLECTION if passage.id in query.ids)
        others = [passage for passage in COLLECTION if passage != answer]
        answers[query.text] = Answer((*others[: rank - 1], answer) if rank else tuple(others[:10]))
    return evaluate(QUERIES[: len(ranks)], answers.__getitem__, COLLECTION)


def test_queries_that_moved_are_listed_with_their_ranks_the_largest_move_first() -> None:
    comparison = compare(evaluated([1, 2, 0, 5, 3]), evaluated([1, 1, 1, 7, 0]))
    assert [(change.query.id, change.before, change.after) for change in comparison.better] == [
        ("q3", (), (1,)),
        ("q2", (2,), (1,)),
    ]
    assert [(change.query.id, change.before, change.after) for change in comparison.worse] == [
        ("q5", (3,), ()),
        ("q4", (5,), (7,)),
    ]
    assert comparison.difference["s1"] == pytest.approx(2 / 5)
    assert comparison.difference["s10"] == pytest.approx(0)


@given(ranks=st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=10))
def test_swapping_the_settings_swaps_better_and_worse_and_keeps_p(ranks: list[tuple[int, int]]) -> None:
    first, second = evaluated([before for before, _ in ranks]), evaluated([after for _, after in ranks])
    there, back = compare(first, second), compare(second, first)
    assert {change.query.id for change in there.better} == {change.query.id for change in back.worse}
    for name, difference in there.difference.items():
        assert back.difference[name] == pytest.approx(-difference)
        assert back.p[name] == pytest.approx(there.p[name])
        assert 0 < there.p[name] <= 1


@pytest.mark.parametrize(
    ("differences", "p"),
    [
        ([], 1.0),
        ([0.0, 0.0], 1.0),
        ([0.5], 1.0),
        ([1.0] * 5, 2 / 32),
        ([1.0] * 6, 2 / 64),
        ([3.0, 1.0, -1.0], 0.75),
    ],
)
def test_p_counts_the_throws_of_the_coin_that_do_as_much(differences: list[float], p: float) -> None:
    assert chance(differences) == pytest.approx(p)


def test_with_many_queries_p_is_drawn_and_always_the_same() -> None:
    assert chance([0.1] * 40) < 0.001
    assert chance([0.1, -0.1] * 20) == chance([0.1, -0.1] * 20) > 0.9
    assert chance([1.0] * 8 + [-1.0] * 5) == pytest.approx(0.58, abs=0.02)  # the sign test has .581


@pytest.mark.parametrize(
    "change", ["synonyms", "sort=best", "index=", "k1=", "k1=0", "b=2", "part=-1", "text=nan", "x=1"]
)
def test_a_change_that_does_not_exist_is_refused_with_those_there_are(change: str) -> None:
    with pytest.raises(ValueError, match=r"none of no-synonyms|is a number"):
        changed(Setting(Path("index")), change)


def test_every_number_of_the_ranking_can_be_changed() -> None:
    plain = Setting(Path("index"))
    changes = {name: changed(plain, f"{name}=0.25").weighing for name in NUMBERS}
    assert len(set(changes.values()) - {plain.weighing}) == len(NUMBERS)
    assert dict(changes["speakers"].fields)["speakers"] == 0.25
    assert dict(changes["parts"].kinds) == {"": 1.0, "_parts": 0.25}


# --- on the command line --------------------------------------------------------------------------------------------
@pytest.fixture
def queries(tmp_path: Path, run: Run) -> Path:
    """Judged queries on an indexed corpus with synonyms."""
    folder = make_corpus(tmp_path / "corpus", ("Neue Wohnungen.", "Die Nachbarschaft hilft.", "Das Wohnungsamt hilft."))
    (folder / "synonyms.toml").write_text('[[group]]\nwords = ["Unterkunft", "Wohnung"]\n', encoding="utf-8")
    assert run("index").exit_code == 0
    rows = [
        {"id": "a", "query": "Unterkunft", "kind": "synonym", "relevant_ids": ["probe-2020/forum-1/1"]},
        {"id": "b", "query": "Nachbarschaft", "kind": "word", "relevant_ids": ["probe-2020/forum-1/2"]},
        {"id": "c", "query": "Raumfahrt", "relevant_ids": []},
    ]
    path = tmp_path / "queries.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_synonyms_bring_is_shown_beside_the_search_without_them(queries: Path, run: Run) -> None:
    lines = run("eval", str(queries), "--compare", "no-synonyms").stdout.splitlines()
    assert [line.split() for line in lines[1:4]] == [
        ["all,", "before", "2", "1.000", "1.000", "1.000", "1.000"],
        ["all,", "after", "2", "0.500", "0.500", "0.500", "0.500"],
        ["difference", "-0.500", "-0.500", "-0.500", "-0.500"],
    ]
    assert lines[-4] == "better: 0"
    assert lines[-2].split() == ["1", "→", "none", "a", "Unterkunft"]
    assert "chance alone may well" in lines[-1]


def test_the_comparison_as_json_holds_both_evaluations(queries: Path, run: Run) -> None:
    alone = json.loads(run("eval", str(queries), "--format", "json").stdout)
    told = json.loads(run("eval", str(queries), "--compare", "no-synonyms", "--format", "json").stdout)
    assert told["before"] == alone
    assert told["after"]["overall"]["s1"] == 0.5
    assert told["changes"] == ["no-synonyms"]
    assert told["p"]["s1"] == 1.0
    assert told["worse"] == [{"id": "a", "query": "Unterkunft", "before": [1], "after": []}]


def test_numbers_of_the_ranking_order_and_another_index_can_be_compared(
    queries: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "corpus" / "synonyms.toml").unlink()
    assert run("index", "--index", str(tmp_path / "other")).exit_code == 0
    for change in (f"index={tmp_path / 'other'}", "sort=oldest", "speakers=0"):
        result = run("eval", str(queries), "--compare", change, "--format", "json")
        assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(run("eval", str(queries), "--compare", f"index={tmp_path / 'other'}", "--format", "json").stdout)
    assert [row["id"] for row in told["worse"]] == ["a"]


def test_a_number_of_the_ranking_changes_what_is_found(tmp_path: Path, run: Run, queries: Path) -> None:
    row = {"id": "d", "query": "Wohnung", "relevant_ids": ["probe-2020/forum-1/3"]}
    queries.write_text(json.dumps(row), encoding="utf-8")
    told = json.loads(run("eval", str(queries), "--compare", "parts=0", "--format", "json").stdout)
    assert [told[side]["queries"][0]["ranks"] for side in ("before", "after")] == [[2], []]


def test_a_change_that_is_none_is_a_mistake_of_usage(queries: Path, run: Run) -> None:
    result = run("eval", str(queries), "--compare", "synonyms=maybe")
    assert result.exit_code == 2
    assert "no-synonyms" in result.stderr

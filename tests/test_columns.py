from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.columns import apply_masks, count_facets, facet_masks, load_column, make_column, save_column
from kb.results import FACETS, NONE

VALUES = ("ada", "ben", "cem")
Rows = list[dict[str, tuple[str, ...]]]

rows_strategy = st.lists(
    st.fixed_dictionaries({facet: st.lists(st.sampled_from(VALUES), max_size=2).map(tuple) for facet in FACETS[:3]}),
    max_size=12,
)
asked_strategy = st.dictionaries(
    st.sampled_from(FACETS[:3]),
    st.lists(st.sampled_from([*VALUES, NONE, "-ada", "-none", "nobody", "-nobody"]), max_size=3).map(tuple),
)


def passes(row: dict[str, tuple[str, ...]], asked: dict[str, tuple[str, ...]], *, but: str = "") -> bool:
    for facet, values in asked.items():
        has = set(row[facet] or (NONE,))
        chosen = {value for value in values if not value.startswith("-")}
        barred = {value[1:] for value in values if value.startswith("-")}
        if facet != but and ((chosen and not has & chosen) or has & barred):
            return False
    return True


@given(rows=rows_strategy, asked=asked_strategy, data=st.data())
def test_filters_and_counts_agree_with_counting_by_hand(
    rows: Rows, asked: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    matching = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))), dtype=np.bool_)
    columns = {facet: make_column([row[facet] for row in rows], {}) for facet in FACETS[:3]}
    masks = facet_masks(columns, asked)
    found = set(np.flatnonzero(apply_masks(matching, masks)).tolist())
    assert found == {number for number, row in enumerate(rows) if matching[number] and passes(row, asked)}
    for facet, values in count_facets(columns, matching, masks, asked).items():
        among = [row for number, row in enumerate(rows) if matching[number] and passes(row, asked, but=facet)]
        for value in values:
            assert value.count == sum(value.value in (row[facet] or (NONE,)) for row in among)
        shown = {value.value for value in values}
        assert {value for row in among for value in row[facet] or (NONE,)} <= shown


def test_values_are_sorted_by_count_then_label() -> None:
    column = make_column([("b",), ("c",), ("a",), ("c",)], {"a": "Zoe", "b": "Adam", "c": "Mia"})
    facet = count_facets({"speaker": column}, np.ones(4, dtype=np.bool_), {}, {})["speaker"]
    assert [value.label for value in facet] == ["Mia", "Adam", "Zoe"]


def test_a_chosen_value_nobody_has_is_still_listed() -> None:
    column = make_column([("a",)], {})
    asked = {"speaker": ("gone", "-away")}
    facet = count_facets({"speaker": column}, np.ones(1, dtype=np.bool_), {}, asked)["speaker"]
    assert {(value.value, value.selected, value.excluded) for value in facet if not value.count} == {
        ("gone", True, False),
        ("away", False, True),
    }


@given(rows=st.lists(st.lists(st.text(max_size=4).filter(bool), max_size=3)))
def test_a_column_comes_back_from_its_files(rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    column = make_column(rows, {"a": "Ä"})
    folder = tmp_path_factory.mktemp("columns")
    save_column(column, folder, "speaker")
    loaded = load_column(folder, "speaker")
    assert (loaded.values, loaded.labels, loaded.passages) == (column.values, column.labels, column.passages)
    assert loaded.numbers.tolist() == column.numbers.tolist()
    assert loaded.ordinals.tolist() == column.ordinals.tolist()

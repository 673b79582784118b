from __future__ import annotations

import json

import pytest
from builders import make_passage
from hypothesis import given
from hypothesis import strategies as st

from kb.locator import Locator
from kb.model import Evidence, Kind, Mark, Passage, Role, SourceFile, ThemeTag, Voice
from kb.store import PassageStore, passage_from_row, passage_row, write_passages

numbers = st.integers(min_value=0, max_value=10**6)
spans = st.lists(st.tuples(numbers, numbers), max_size=2).map(tuple)
words = st.lists(st.text(), max_size=2).map(tuple)
passages = st.builds(
    Passage,
    locator=st.builds(Locator, st.text(), st.text(), numbers),
    order=numbers,
    kind=st.sampled_from(Kind),
    voice=st.sampled_from(Voice),
    text=st.text(),
    page_first=st.text(),
    page_last=st.text(),
    section_title=st.text(),
    speaker_ids=words,
    speakers=words,
    speaker_printed=st.none() | st.text(),
    role=st.none() | st.sampled_from(Role),
    headings=words,
    list_mark=st.none() | st.text(),
    marks=st.lists(st.builds(Mark, numbers, st.text(), st.text()), max_size=2).map(tuple),
    themes=st.lists(st.builds(ThemeTag, st.text(), st.text(), st.booleans()), max_size=2).map(tuple),
    spans=spans,
    source=st.none() | st.builds(SourceFile, st.text(), st.text()),
    evidence=st.none() | st.builds(Evidence, st.text(), st.floats(0, 1), spans, st.text()),
)


@given(passages)
def test_every_field_of_a_passage_comes_back(passage: Passage) -> None:
    assert passage_from_row(json.loads(json.dumps(passage_row(passage)))) == passage


def test_passages_are_read_by_number_and_by_locator(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("store")
    written = [make_passage(f"Satz {number} – schön", ordinal=number, order=number) for number in range(1, 30)]
    write_passages(folder, written)
    store = PassageStore(folder)
    assert [store[number] for number in range(len(store))] == written
    assert [store.find(passage.locator) for passage in written] == written
    assert store.find(Locator("probe-2020", "forum-1", 99)) is None
    with pytest.raises(IndexError):
        store[-1]


def test_an_empty_store_can_be_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("store")
    write_passages(folder, [])
    assert len(PassageStore(folder)) == 0
    assert PassageStore(folder).find(Locator("a", "b", 1)) is None

"""What can be asked of an index beside hits: groups, concordance, distribution, likeness, how a word is understood."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from builders import make_corpus
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import build_index
from kb.columns import make_column
from kb.concordance import Line, concordance
from kb.distribution import Distribution, Share, distribution
from kb.grouping import group
from kb.index import Index, open_index
from kb.inquiry import Inquiry, inquire
from kb.locator import Locator
from kb.results import NONE, Search
from kb.similar import similar
from kb.synonyms import Group

FIRST = (
    "Zuerst fehlt die Wohnung am Rand. ⟦S. 6⟧ Dann fehlt die Wohnung in Mitte.",
    "Die Wohnungsbaugesellschaft plant Wohnungen.\n{: #forum-1-2 .turn by=jan-tal role=moderator }",
    "Ein Bild zeigt die Wohnung.\n{: #forum-1-3 .caption }",
    "## Impuls {: #impuls }",
    "Der Mieterbeirat streitet über die Kaltmiete am Hafen.\n{: #impuls-1 .reported by=jan-tal role=impulse }",
    "Über die Kaltmiete entscheidet der Mieterbeirat, nicht der Hafen.\n{: #impuls-2 .discussion }",
    "Wetter.\n{: #impuls-3 .discussion }",
)
SECOND = ("Später war die Wohnung frei, sagte Jan Tal.", "Niemand sprach vom Wetter.")
THIRD = ("Die Kaltmiete stieg.",)
SYNONYMS = '[[group]]\nwords = ["Wetter", "Witterung"]\n'


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("findings")
    make_corpus(folder / "corpus", FIRST)
    make_corpus(folder / "corpus", THIRD, edition="probe-2021", date="2021-03-01")
    make_corpus(folder / "corpus", SECOND, edition="probe-2022", date="2022-03-01")
    (folder / "corpus" / "synonyms.toml").write_text(SYNONYMS, encoding="utf-8")
    build_index(folder / "corpus", folder / "index")
    return open_index(folder / "index")


def lines(index: Index, text: str, *, by: str = "", width: int = 40, **changes: int) -> tuple[Line, ...]:
    return concordance(index.generation, Search(text, sort="reading", **changes), by=by, width=width).lines


def counted(index: Index, search: Search) -> Distribution:
    return distribution(index.generation, search)


def by_value(shares: tuple[Share, ...]) -> dict[str, int]:
    return {share.value: share.occurrences for share in shares}


def test_groups_stand_in_the_order_of_their_best_hit_with_all_they_hold_counted(index: Index) -> None:
    results = index.search(Search("Wohnung", group="speaker"))
    assert {(each.value, each.label, each.count) for each in results.groups} == {
        ("anna-berg", "Anna Berg", 2),
        ("jan-tal", "Jan Tal", 1),
    }
    in_order = [hit.passage.speaker_id for hit in results.hits]
    assert [each.value for each in results.groups] == list(dict.fromkeys(in_order))
    assert results.groups[0].hits[0] == results.hits[0]
    assert results.group_count == 2
    assert index.search(Search("Wohnung")).groups == ()


def test_a_section_is_named_with_those_around_it_and_its_year(index: Index) -> None:
    results = index.search(Search("Kaltmiete", group="section", sort="reading"))
    assert [(each.value, each.label) for each in results.groups] == [
        ("probe-2020/forum-1/impuls", "Forum 1: Bauen › Impuls (2020)"),
        ("probe-2021/forum-1", "Forum 1: Bauen (2021)"),
    ]


def test_offset_and_limit_cut_groups_and_hits_alike(index: Index) -> None:
    results = index.search(Search(group="speaker", sort="reading", limit=1, offset=1))
    everything = index.search(Search(group="speaker", sort="reading"))
    assert results.groups == everything.groups[1:2]
    assert results.hits == everything.hits[1:2]
    assert NONE in [each.value for each in everything.groups]


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=2), min_size=1, max_size=12), st.randoms())
def test_groups_hold_what_is_found_and_nothing_else(rows: list[list[str]], random: object) -> None:
    column = make_column([tuple(row) for row in rows], {})
    numbers = np.array([number for number in range(len(rows)) if number % 3], dtype=np.int64)[::-1]
    groups = group(column, numbers)
    expected = {value: [n for n in numbers.tolist() if value in (rows[n] or [NONE])] for value in ("a", "b", "c", NONE)}
    assert {each.value: each.numbers.tolist() for each in groups} == {v: n for v, n in expected.items() if n}
    best = [numbers.tolist().index(each.numbers[0]) for each in groups]
    assert best == sorted(best)


def test_every_occurrence_has_a_line_of_its_own_in_reading_order(index: Index) -> None:
    found = lines(index, "Wohnung")
    assert [(line.passage.id.partition("-")[2], line.match, line.page) for line in found] == [
        ("2020/forum-1/1", "Wohnung", "5"),
        ("2020/forum-1/1", "Wohnung", "6"),
        ("2020/forum-1/2", "Wohnungsbaugesellschaft", "6"),
        ("2020/forum-1/2", "Wohnungen", "6"),
        ("2022/forum-1/1", "Wohnung", "5"),
    ]
    assert all(line.left + line.match + line.right in " ".join(line.passage.text.split()) for line in found)


def test_lines_are_sorted_by_the_words_after_or_before_the_match(index: Index) -> None:
    assert [line.right.split()[0] for line in lines(index, "=Wohnung", by="right")] == ["am", "frei,", "in"]
    assert [line.left.split()[-2:] for line in lines(index, "=Wohnung", by="left")] == [
        ["fehlt", "die"],
        ["fehlt", "die"],
        ["war", "die"],
    ]


def test_the_context_is_cut_at_words(index: Index) -> None:
    (line,) = lines(index, "frei", width=12)
    assert (line.left, line.right) == ("die Wohnung ", ", sagte Jan")
    (line,) = lines(index, "frei", width=0)
    assert (line.left, line.right) == ("", "")


def test_lines_are_cut_and_all_are_counted(index: Index) -> None:
    found = concordance(index.generation, Search("Wohnung", sort="reading", limit=2, offset=3))
    assert (found.occurrences, found.passages) == (5, 3)
    assert found.lines == lines(index, "Wohnung")[3:5]


def test_only_passages_with_all_words_are_looked_at_while_there_are_any(index: Index) -> None:
    found = concordance(index.generation, Search("Kaltmiete stieg"))
    assert {line.passage.edition for line in found.lines} == {"probe-2021"}
    assert any("alle Wörter" in note for note in found.understood.notes)
    assert concordance(index.generation, Search("stieg Mitte")).passages == 2


def test_the_parts_of_a_word_are_listed_only_if_nobody_says_it(index: Index) -> None:
    assert [line.match for line in lines(index, "Wohnungsbaugesellschaft")] == ["Wohnungsbaugesellschaft"]
    assert [line.match for line in lines(index, "Hafenmieterbeirat")] == [
        "Mieterbeirat",
        "Hafen",
        "Mieterbeirat",
        "Hafen",
    ]


def test_a_distribution_counts_what_the_concordance_lists(index: Index) -> None:
    counts = counted(index, Search("Wohnung"))
    listed = concordance(index.generation, Search("Wohnung", limit=100)).lines
    assert by_value(counts.fields["speaker"]) == Counter(line.passage.speaker_id for line in listed)
    assert by_value(counts.fields["edition"]) == Counter(line.passage.edition for line in listed)
    assert by_value(counts.fields["section"]) == {"probe-2020/forum-1": 4, "probe-2022/forum-1": 1}
    assert (counts.whole.occurrences, counts.whole.passages) == (5, 3)


def test_a_year_without_the_word_stays_in_the_row(index: Index) -> None:
    assert by_value(counted(index, Search("Wohnung")).fields["year"]) == {"2020": 4, "2021": 0, "2022": 1}


@pytest.mark.parametrize(
    "search",
    [Search("Wohnung", {"speaker": ("jan-tal",)}), Search("Wohnung sprecher:tal"), Search("Wohnung person:tal")],
)
def test_the_words_a_share_is_of_are_those_the_filters_let_through(index: Index, search: Search) -> None:
    whole = counted(index, search).whole
    words = sum(len(passage.text.replace(",", "").split()) for passage in index.passages_of("jan-tal"))
    assert (whole.occurrences, whole.words) == (2, words)
    assert whole.per_10000 == pytest.approx(10_000 * 2 / words)


def test_what_nobody_says_is_nowhere(index: Index) -> None:
    counts = counted(index, Search("Xylophon"))
    assert counts.whole.occurrences == 0
    assert counts.fields["section"] == ()


def test_a_passage_is_like_those_that_share_its_telling_words(index: Index) -> None:
    passage = index.passage(Locator("probe-2020", "forum-1/impuls", 1))
    assert passage is not None
    found = similar(index.generation, passage)
    assert {term.word for term in found.terms} == {"Mieterbeirat", "Kaltmiete", "Hafen"}
    assert [alike.hit.passage.id for alike in found.alike] == ["probe-2020/forum-1/impuls/2"]
    assert set(found.alike[0].shared) == {"Mieterbeirat", "Kaltmiete", "Hafen"}


def test_nothing_is_like_a_passage_without_telling_words(index: Index) -> None:
    passage = index.passage(Locator("probe-2022", "forum-1", 1))
    assert passage is not None
    assert passage not in [alike.hit.passage for alike in similar(index.generation, passage).alike]
    assert "Tal" not in [term.word for term in similar(index.generation, passage).terms]


EVERYDAY = (
    "Davon stehen rund zwei Brunnen still, und Dank gilt der Stadtwerkstatt.",
    "Davon reden rund zwei Damen im Chor, sagen sie mit Dank.",
    "Der Brunnen gehört der Werkstatt am Wall.",
)


def test_everyday_words_are_not_what_passages_have_in_common(tmp_path: Path) -> None:
    make_corpus(tmp_path / "corpus", EVERYDAY)
    build_index(tmp_path / "corpus", tmp_path / "index")
    index = open_index(tmp_path / "index")
    passage = index.passage(Locator("probe-2020", "forum-1", 1))
    assert passage is not None
    found = similar(index.generation, passage).alike
    assert [(one.hit.passage.locator.ordinal, set(one.shared)) for one in found] == [(3, {"Brunnen", "-werkstatt"})]


def asked(index: Index, *words: str) -> tuple[Inquiry, ...]:
    return inquire(words, "de", index.synonyms, index.generation)


def test_an_inquiry_says_how_often_the_corpus_has_a_word(index: Index) -> None:
    home, misspelt = (inquiry.frequency for inquiry in asked(index, "Wohnungen", "Kaltmeite"))
    assert home is not None
    assert misspelt is not None
    assert (home.passages, home.inside) == (3, 0)
    assert (misspelt.passages, misspelt.alike) == (0, ("Kaltmiete",))


def test_an_inquiry_says_which_words_find_each_other(index: Index) -> None:
    home, company, weather, _ = asked(index, "Wohnung", "Wohnungsbaugesellschaft", "Witterung", "Wetter")
    assert home.finds == ("Wohnungsbaugesellschaft",)
    assert company.finds == ()
    assert weather.synonyms == weather.finds == ("Wetter",)


def test_an_inquiry_needs_no_index() -> None:
    (inquiry,) = inquire(("Städte",), "de", [Group(("Stadt", "Kommune"))])
    assert (inquiry.analysis.lemmas, inquiry.synonyms, inquiry.frequency) == (("Stadt",), ("Kommune",), None)

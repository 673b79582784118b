from __future__ import annotations

from pathlib import Path

import pytest
from builders import make_corpus

from indexer.build import build_index
from kb.explanation import ClauseScore, Explanation, explain
from kb.finding import find
from kb.generation import Generation
from kb.index import open_index
from kb.results import Search

BODY = (
    "Wir bauen neue Wohnungen in den Städten, und neue Wohnungen braucht jede Stadt.",
    "Die Wohnungsbaugesellschaften bauen zu wenig, sagen die Apotheker in der Nachbarschaft.",
    "Mühlacker.\n{: #forum-1-3 .turn by=jan-tal role=moderator }",
    "Der Rathauschef sucht eine Apotheke.\n{: #forum-1-4 .reported by=jan-tal role=impulse }",
)
SYNONYMS = '[[group]]\nwords = ["Bürgermeister", "Rathauschef"]\nweight = 0.8\n'
QUERIES = (
    "Wohnung",
    "neue Wohnungen in Mühlacker",
    "Wohnungsbaugesellschaft Apotheke",
    "Bürgermeister",
    '"neue Wohnungen" ODER Tal',
    "(bauen UND Stadt) Nachbarschaft -Mühlacker",
    "sprecher:tal Apotheke",
    '"Wohnungen Städten"~3',
    "",
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    folder = tmp_path_factory.mktemp("explained")
    corpus: Path = make_corpus(folder / "corpus", BODY)
    (corpus / "synonyms.toml").write_text(SYNONYMS, encoding="utf-8")
    build_index(corpus, folder / "index")
    return open_index(folder / "index").generation


def explained(generation: Generation, text: str) -> Explanation:
    """Return how the first hit for `text` comes by its score."""
    found = find(generation, Search(text))
    return explain(generation, found, int(found.numbers[0]))


@pytest.mark.parametrize("text", QUERIES)
def test_the_parts_give_the_score(generation: Generation, text: str) -> None:
    found = find(generation, Search(text))
    assert len(found.numbers)
    for number in map(int, found.numbers):
        explanation = explain(generation, found, number)
        assert explanation.total == pytest.approx(found.scores[number])
        assert len(explanation.clauses) == len(found.query.wanted)
        for clause in explanation.clauses:
            _check(clause)


def _check(clause: ClauseScore) -> None:
    if clause.evidence:
        assert clause.score == clause.evidence[0].score
    for evidence in clause.evidence:
        assert evidence.occurrences
        assert 0 < evidence.weight <= 1
    for inner in clause.inner:
        _check(inner)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Mühlacker", "word", "Mühlacker"),
        ("Bürgermeister", "synonym", "rathauschef"),
        ("Wohnungsbaupolitik Nachbarschaft", "parts", "wohnung + bau + politik"),
        ("Apothekerin Rathauschef", "stem", "apothek"),
    ],
)
def test_it_says_in_which_way_a_passage_holds_a_word(generation: Generation, text: str, kind: str, words: str) -> None:
    evidence = explained(generation, text).clauses[0].evidence[0]
    assert (evidence.kind, evidence.words) == (kind, words)


def test_it_says_where_a_word_stands(generation: Generation) -> None:
    occurrences = explained(generation, "Tal").clauses[0].evidence[0].occurrences
    assert [occurrence.field for occurrence in occurrences] == ["speakers"]


def test_words_that_stand_together_are_told(generation: Generation) -> None:
    assert [words for words, _ in explained(generation, "neue Wohnungen").together] == ["neue Wohnungen"]
    assert explained(generation, "Apotheker bauen").together == ()


def test_half_of_the_words_are_told_as_a_share(generation: Generation) -> None:
    assert explained(generation, "Mühlacker").share == 1
    explanation = explained(generation, "Nachbarschaft Mühlacker")
    assert 0 < explanation.share < 1
    assert explanation.coordination == pytest.approx(explanation.share**generation.weighing.coordination)
    assert explanation.clauses[0].evidence == () or explanation.clauses[1].evidence == ()

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builders import make_corpus

from indexer.build import build_index
from kb.corpus import load_corpus
from kb.errors import ConflictError, CorpusInvalid, IndexUnusable, KbError
from kb.generation import MANIFEST, POINTER, current_generation
from kb.index import Index, open_index
from kb.locator import Locator
from kb.results import SORTS, Results, Search

FIRST = (
    "Wir bauen neue Wohnungen in den Städten.",
    "Die Nachbarschaft hilft den Familien.\n{: #forum-1-2 .turn by=jan-tal role=moderator }",
    "Ein Bild der Stadt.\n{: #forum-1-3 .caption }",
    "## Impuls {: #impuls }",
    "Mühlacker baut Wohnungen.\n{: #impuls-1 .reported by=jan-tal role=impulse themes=wohnen }",
    "Es blieb offen, wer bezahlt.\n{: #impuls-2 .discussion }",
)
SECOND = ("Später waren die Wohnungen teuer.",)
THEMES = '[[theme]]\nid = "wohnen"\nlabel_de = "Wohnen"\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    make_corpus(tmp_path / "corpus", FIRST)
    return make_corpus(tmp_path / "corpus", SECOND, edition="probe-2022", date="2022-03-01", themes=THEMES)


@pytest.fixture
def index(corpus: Path, tmp_path: Path) -> Index:
    build_index(corpus, tmp_path / "index")
    return open_index(tmp_path / "index")


def ids(results: Results) -> list[str]:
    return [hit.passage.id for hit in results.hits]


def counts(results: Results, facet: str) -> dict[str, int]:
    return {value.label: value.count for value in results.facets[facet]}


def test_every_passage_comes_back_as_the_corpus_has_it(index: Index, corpus: Path) -> None:
    loaded = load_corpus(corpus)
    assert index.passages_in("probe-2020") + index.passages_in("probe-2022") == loaded.passages
    assert [index.passage(passage.locator) for passage in loaded.passages] == list(loaded.passages)
    assert index.passage(Locator("probe-2020", "forum-1", 99)) is None
    assert index.manifest.fingerprint == loaded.fingerprint
    assert index.manifest.passages == len(loaded.passages)


def test_a_section_gives_its_passages_and_those_nested_in_it(index: Index) -> None:
    assert len(index.passages_in("probe-2020", "forum-1")) == 5
    assert [passage.id for passage in index.passages_in("probe-2020", "forum-1/impuls")] == [
        "probe-2020/forum-1/impuls/1",
        "probe-2020/forum-1/impuls/2",
    ]
    assert index.passages_in("probe-2020", "forum") == ()
    assert index.passages_in("nowhere") == ()


def test_a_person_has_passages(index: Index) -> None:
    assert [passage.id for passage in index.passages_of("jan-tal")] == [
        "probe-2020/forum-1/2",
        "probe-2020/forum-1/impuls/1",
    ]
    assert index.passages_of("nobody") == ()


def test_the_facts_stay_as_they_were_when_the_index_was_built(index: Index, corpus: Path) -> None:
    expected = {edition.id: edition for edition in load_corpus(corpus).editions}
    (corpus / "probe-2020" / "edition.toml").write_text("title = 'anders'\n", encoding="utf-8")
    reopened = open_index(index.path)
    assert reopened.editions["probe-2020"].sections == expected["probe-2020"].sections
    assert reopened.editions["probe-2020"].title == "Tagung probe-2020"
    assert reopened.editions["probe-2020"].passages == ()
    assert reopened.speakers["anna-berg"].name == "Anna Berg"
    assert reopened.themes["wohnen"].label_de == "Wohnen"


def test_an_empty_search_gives_everything_in_reading_order(index: Index) -> None:
    results = index.search(Search())
    assert ids(results) == [
        "probe-2020/forum-1/1",
        "probe-2020/forum-1/2",
        "probe-2020/forum-1/impuls/1",
        "probe-2020/forum-1/impuls/2",
        "probe-2022/forum-1/1",
    ]
    assert results.total == 5


def test_captions_are_kept_but_not_found(index: Index) -> None:
    assert index.search(Search("Bild")).total == 0
    assert index.passage(Locator("probe-2020", "forum-1", 3)) is not None


def test_facets_are_counted_under_all_other_filters(index: Index) -> None:
    results = index.search(Search("Wohnungen", {"speaker": ("anna-berg",)}))
    assert results.total == 2
    assert counts(results, "speaker") == {"Anna Berg": 2, "Jan Tal": 1}
    assert counts(results, "year") == {"2020": 1, "2022": 1}
    assert counts(results, "voice") == {"wörtlich": 2}
    assert counts(results, "theme") == {"ohne Angabe": 2}
    assert counts(results, "role") == {"Vortrag": 2}
    assert counts(results, "forum") == {"Forum 1: Bauen (2020)": 1, "Forum 1: Bauen (2022)": 1}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"speaker": ("anna-berg", "jan-tal")}, 4),
        ({"speaker": ("none",)}, 1),
        ({"speaker": ("-none",)}, 4),
        ({"speaker": ("jan-tal",), "theme": ("wohnen",)}, 1),
        ({"theme": ("wohnen", "none")}, 5),
        ({"forum": ("probe-2020/forum-1",)}, 4),
        ({"year": ("2022",)}, 1),
        ({"year": ("-2022",)}, 4),
        ({"kind": ("discussion",), "voice": ("collective",)}, 1),
        ({"edition": ("gone",)}, 0),
    ],
)
def test_filters_are_or_inside_a_facet_and_and_across(
    index: Index, filters: dict[str, tuple[str, ...]], expected: int
) -> None:
    assert index.search(Search("", filters)).total == expected


def test_sorting_by_date_and_paging(index: Index) -> None:
    newest = index.search(Search("", sort="newest", limit=2))
    assert ids(newest) == ["probe-2022/forum-1/1", "probe-2020/forum-1/1"]
    assert newest.total == 5
    assert ids(index.search(Search("", sort="oldest", limit=2, offset=4))) == ["probe-2022/forum-1/1"]
    assert ids(index.search(Search("", offset=50))) == []


def test_when_no_passage_has_all_words_some_will_do_and_a_note_says_so(index: Index) -> None:
    results = index.search(Search("Nachbarschaft Wohnungen Raumfahrt Biologie"))
    assert results.total == 4
    assert len(results.understood.notes) == 1
    assert index.search(Search("Nachbarschaft hilft")).understood.notes == ()
    assert index.search(Search("Raumfahrt Biologie")).total == 0


@pytest.mark.parametrize("sort", SORTS)
def test_passages_with_all_words_come_first_and_a_note_counts_them(index: Index, sort: str) -> None:
    results = index.search(Search("Wohnungen teuer", sort=sort))
    assert results.hits[0].passage.text == "Später waren die Wohnungen teuer."
    assert results.understood.notes == ("1 enthält alle Wörter, 2 weitere einige davon.",)


def test_a_name_finds_what_the_person_says_then_what_is_said_of_her(tmp_path: Path) -> None:
    said_of = "Frau Berg sprach, und Berg blieb Berg.\n{: #forum-1-2 .turn by=jan-tal role=moderator }"
    build_index(make_corpus(tmp_path / "corpus", ("Wir bauen für alle, die hier leben.", said_of)), tmp_path / "index")
    assert ids(open_index(tmp_path / "index").search(Search("Berg"))) == [
        "probe-2020/forum-1/1",
        "probe-2020/forum-1/2",
    ]


def test_office_and_part_in_the_event_are_searched(corpus: Path, tmp_path: Path) -> None:
    people = (corpus / "people.toml").read_text(encoding="utf-8")
    office = 'offices = [{ edition = "probe-2020", organisation = "Hafenamt" }]'
    (corpus / "people.toml").write_text(people.replace('name = "Jan Tal"', f'name = "Jan Tal"\n{office}'), "utf-8")
    build_index(corpus, tmp_path / "index")
    index = open_index(tmp_path / "index")
    assert ids(index.search(Search("Hafenamt"))) == ["probe-2020/forum-1/2", "probe-2020/forum-1/impuls/1"]
    assert ids(index.search(Search("Moderation"))) == ["probe-2020/forum-1/2"]


def test_synonyms_of_the_corpus_are_found_told_and_can_be_switched_off(corpus: Path, tmp_path: Path) -> None:
    (corpus / "synonyms.toml").write_text('[[group]]\nwords = ["Unterkunft", "Wohnung"]\nweight = 0.8\n', "utf-8")
    build_index(corpus, tmp_path / "index")
    index = open_index(tmp_path / "index")
    (corpus / "synonyms.toml").unlink()
    results = index.search(Search("Unterkünfte"))
    assert results.total == 3
    assert results.understood.notes == ("auch gesucht: Wohnung",)
    assert ("Wohnungen", True) in results.hits[0].snippet
    assert index.search(Search("Unterkünfte", synonyms=False)).total == 0


def test_a_word_without_its_dots_is_found_if_nobody_uses_it_and_a_note_says_so(index: Index) -> None:
    results = index.search(Search("Muhlacker"))
    assert ids(results) == ["probe-2020/forum-1/impuls/1"]
    assert len(results.understood.notes) == 1
    assert index.search(Search("Mühlacker")).understood.notes == ()


def test_a_greeting_does_not_crowd_out_what_is_said(tmp_path: Path) -> None:
    body = (
        "Liebe Nachbarschaft, guten Tag!",
        "Eine Nachbarschaft trägt dort, wo Menschen einander kennen, einander helfen und auch einmal streiten.",
    )
    build_index(make_corpus(tmp_path / "corpus", body), tmp_path / "index")
    assert ids(open_index(tmp_path / "index").search(Search("Nachbarschaft"))) == [
        "probe-2020/forum-1/2",
        "probe-2020/forum-1/1",
    ]


def test_the_programme_does_not_crowd_out_what_is_said(tmp_path: Path) -> None:
    programme = "Wohnungen in der Stadt\n{: #forum-1-1 .programme }"
    said = "Alle reden über Wohnungen, und es fehlt in jeder Stadt an Geld und an Grund, um sie zu bauen."
    build_index(
        make_corpus(tmp_path / "corpus", (programme, f"{said}\n{{: #forum-1-2 .speech by=anna-berg }}")),
        tmp_path / "index",
    )
    assert ids(open_index(tmp_path / "index").search(Search("Wohnungen Stadt")))[0] == "probe-2020/forum-1/2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sprecher:berg", 2),
        ("-sprecher:berg", 3),
        ("sprecher:berg,tal", 4),
        ("sprecher:berg ODER Mühlacker", 3),
        ("jahr:2021-2023", 1),
        ("jahr:2020 Wohnungen", 2),
        ("thema:wohnen", 1),
        ("art:diskussion stimme:gemeinsam", 1),
        ("seite:5-6", 5),
        ("seite:7", 0),
        ("sprecher:niemand", 1),
        ("sprecher:wer-auch-immer", 0),
    ],
)
def test_fields_in_the_query_choose_by_facts(index: Index, text: str, expected: int) -> None:
    assert index.search(Search(text)).total == expected


def test_a_misspelt_index_folder_tells_to_build(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="kb index"):
        open_index(tmp_path / "nowhere")


def test_an_index_of_another_version_is_refused(index: Index) -> None:
    path = index.path / str(current_generation(index.path)) / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"format": 999}), encoding="utf-8")
    with pytest.raises(IndexUnusable, match="999"):
        open_index(index.path)


@pytest.mark.parametrize(
    "name", ["manifest.json", "facts.json", "passages.jsonl", "offsets.npy", "vocabulary.json", "words.tsv"]
)
@pytest.mark.parametrize("content", [b"", b"{", b"\xff\x00"])
def test_a_damaged_index_is_refused(index: Index, name: str, content: bytes) -> None:
    (index.path / str(current_generation(index.path)) / name).write_bytes(content)
    with pytest.raises(IndexUnusable, match="kb index"):
        open_index(index.path)


def test_an_index_folder_is_private(index: Index) -> None:
    if sys.platform != "win32":
        assert index.path.stat().st_mode & 0o077 == 0


def test_a_running_reader_notices_a_new_index(index: Index, corpus: Path) -> None:
    assert index.refreshed() is index
    with (corpus / "probe-2022" / "01-forum.md").open("a", encoding="utf-8") as words:
        words.write("\nGanz neu.\n{: #forum-1-2 .speech by=anna-berg }\n")
    build_index(corpus, index.path)
    assert index.search(Search()).total == 5
    fresh = index.refreshed()
    assert fresh.search(Search()).total == 6
    assert fresh.refreshed() is fresh


def test_a_broken_corpus_builds_nothing(index: Index, corpus: Path) -> None:
    before = sorted(path.name for path in index.path.iterdir())
    (corpus / "probe-2020" / "01-forum.md").write_text("# Bauen {: #forum-1 }\n\nA\n{: #forum-1-1 .speech by=x }\n")
    with pytest.raises(CorpusInvalid):
        build_index(corpus, index.path)
    assert sorted(path.name for path in index.path.iterdir()) == before
    assert open_index(index.path).search(Search()).total == 5


def generations(index: Index) -> list[str]:
    return sorted(path.name for path in index.path.glob("generation-*"))


@pytest.mark.parametrize("crash_at", [1, 3, 6])
def test_a_build_that_stops_leaves_the_old_index_and_the_next_clears_up(
    index: Index, corpus: Path, crash_at: int
) -> None:
    def stop(done: int, _: int) -> None:
        if done == crash_at:
            raise KeyboardInterrupt

    serving = current_generation(index.path)
    with pytest.raises(KeyboardInterrupt):
        build_index(corpus, index.path, progress=stop)
    assert current_generation(index.path) == serving
    assert open_index(index.path).search(Search("Wohnungen")).total == 3
    build_index(corpus, index.path)
    assert generations(index) == sorted({str(serving), str(current_generation(index.path))})


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("event", ["progress-2", "manifest", "pointer"])
def test_a_killed_build_leaves_the_old_index(index: Index, corpus: Path, event: str) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from indexer import build\n"
        "def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)\n"
        "event, corpus, index = sys.argv[1:]\n"
        "if event == 'manifest': build.Manifest.write = die\n"
        "if event == 'pointer': os.fsync = die\n"
        "def progress(done, total):\n"
        "    if event == f'progress-{done}': die()\n"
        "build.build_index(Path(corpus), Path(index), progress=progress)\n"
    )
    serving = current_generation(index.path)
    killed = subprocess.run([sys.executable, "-c", program, event, corpus, index.path], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert current_generation(index.path) == serving
    assert open_index(index.path).search(Search("Wohnungen")).total == 3
    build_index(corpus, index.path)
    assert len(generations(index)) == 2
    assert open_index(index.path).search(Search("Wohnungen")).total == 3


def test_only_the_pointer_changes_what_readers_see(index: Index, corpus: Path) -> None:
    pointer = (index.path / POINTER).read_bytes()
    seen: list[bytes] = []
    build_index(corpus, index.path, progress=lambda *_: seen.append((index.path / POINTER).read_bytes()))
    assert set(seen) == {pointer}
    assert (index.path / POINTER).read_bytes() != pointer


def test_the_generation_before_stays_and_older_ones_go(index: Index, corpus: Path) -> None:
    names = [current_generation(index.path)]
    for _ in range(3):
        build_index(corpus, index.path)
        names.append(current_generation(index.path))
    assert generations(index) == sorted(str(name) for name in names[-2:])


def test_two_builds_at_once_are_refused(index: Index, corpus: Path) -> None:
    refused: list[ConflictError] = []

    def build_again(done: int, _: int) -> None:
        if done == 1:
            with pytest.raises(ConflictError) as raised:
                build_index(corpus, index.path)
            refused.append(raised.value)

    build_index(corpus, index.path, progress=build_again)
    assert len(refused) == 1
    assert open_index(index.path).search(Search()).total == 5


def test_a_file_where_the_index_should_be_is_told(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a folder", encoding="utf-8")
    with pytest.raises(KbError, match="--index"):
        build_index(corpus, tmp_path / "index")


def test_two_builds_of_one_corpus_agree(index: Index, corpus: Path) -> None:
    report = build_index(corpus, index.path)
    again = index.refreshed()
    assert report.fingerprint == index.manifest.fingerprint
    for text in ("", "Wohnungen", "neue Stadt", '"neue Wohnungen"'):
        assert again.search(Search(text)).hits == index.search(Search(text)).hits


def test_an_empty_corpus_can_be_indexed_and_searched(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    assert build_index(tmp_path / "corpus", tmp_path / "index").passages == 0
    index = open_index(tmp_path / "index")
    assert index.search(Search()).total == 0
    assert index.search(Search("Wohnung")).hits == ()

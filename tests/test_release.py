"""Releases: ledgers are only added to, tell the corpus, and are written all of them or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import PEOPLE, make_corpus
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kb.release
from kb.corpus import load_corpus
from kb.errors import ConflictError, CorpusError, CorpusInvalid, KbError
from kb.ledger import EventKind, standing_of
from kb.ledger_file import read_ledger
from kb.locator import Locator
from kb.release import Declarations, release
from kb.releases import STAGE

FIRST = "Wir bauen neue Wohnungen in den Städten, und zwar bald."
SECOND = "Die Nachbarschaft hilft, wo sie kann, und fragt nicht lange."
NEW_YEAR = date(2024, 1, 1)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A corpus of two editions with two passages each, released."""
    folder = make_corpus(tmp_path / "corpus", (FIRST, SECOND))
    make_corpus(folder, (FIRST, SECOND), edition="probe-2021")
    release(folder, day=NEW_YEAR)
    return folder


def edit(folder: Path, old: str, new: str, edition: str = "probe-2020") -> None:
    path = folder / edition / "01-forum.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_adds_lines_and_touches_no_line_there_is(released: Path) -> None:
    before = (released / "probe-2020" / "ledger.jsonl").read_bytes()
    other = (released / "probe-2021" / "ledger.jsonl").read_bytes()
    edit(released, "neue", "gute")
    plan = release(released, day=date(2024, 2, 1))
    assert [event.kind for event in plan.all_events] == [EventKind.REWORDED]
    assert (released / "probe-2020" / "ledger.jsonl").read_bytes().startswith(before)
    assert (released / "probe-2021" / "ledger.jsonl").read_bytes() == other
    assert not (released / STAGE).exists()


def test_what_did_not_change_is_not_released_again(released: Path) -> None:
    before = contents(released)
    assert release(released, day=date(2024, 2, 1)).is_empty
    assert contents(released) == before


def test_a_dry_run_shows_what_would_be_added_and_writes_nothing(released: Path, run: Run) -> None:
    edit(released, "neue", "gute")
    before = contents(released)
    shown = run("release", "--dry-run", "--format", "json")
    answer = json.loads(shown.stdout)
    assert (answer["released"], [event["event"] for event in answer["events"]]) == (False, ["reworded"])
    assert contents(released) == before
    assert "would release" in run("release", "--dry-run").stdout


@pytest.mark.parametrize(
    "tamper",
    [
        lambda lines: [lines[0].replace("bald", "nie"), *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: lines[:-1],
        lambda lines: [lines[1], lines[0]],
        lambda lines: [*lines, lines[0].replace("forum-1/1", "forum-1/9")],
        lambda lines: [],
    ],
)
def test_a_line_changed_taken_out_or_put_in_is_noticed(
    tamper: Callable[[list[str]], list[str]], released: Path, run: Run
) -> None:
    ledger = released / "probe-2020" / "ledger.jsonl"
    lines = tamper(ledger.read_text(encoding="utf-8").splitlines(keepends=True))
    ledger.write_text("".join(lines), encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert f"{ledger}:" in result.stderr or f"{ledger}: " in result.stderr
    with pytest.raises(CorpusInvalid):
        release(released, day=date(2024, 2, 1))


def test_a_ledger_that_is_gone_is_missed_even_with_its_edition(released: Path, run: Run) -> None:
    for path in (released / "probe-2021").iterdir():
        path.unlink()
    (released / "probe-2021").rmdir()
    result = run("check")
    assert (result.exit_code, "2 lines were released" in result.stderr) == (1, True)


def test_a_changed_row_of_the_releases_is_noticed(released: Path, run: Run) -> None:
    edit(released, "neue", "gute")
    release(released, day=date(2024, 2, 1))
    path = released / "releases.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("2024-01-01", "2023-01-01"), encoding="utf-8")
    assert f"{path}:2: a row above is not as it was" in run("check").stderr


def test_a_release_that_breaks_off_leaves_everything_as_it_was(released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(released, "neue", "gute")
    edit(released, "neue", "gute", edition="probe-2021")
    before = contents(released)
    replace = Path.replace

    def breaks_off(path: Path, target: Path) -> Path:
        if path.name == "probe-2021.new":
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        release(released, day=date(2024, 2, 1))
    assert contents(released) == before


def test_a_release_cut_off_by_a_power_failure_is_told_and_undone_by_the_next(
    released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(released, "neue", "gute")
    with monkeypatch.context() as patched:
        # Nothing of what follows the failure happens: neither undoing nor clearing up.
        patched.setattr(kb.release, "_put_in_place", lambda editions, folder, stage: half_way(folder, stage))
        patched.setattr(kb.release, "_undo", lambda folder, stage: None)
        patched.setattr("shutil.rmtree", lambda *path, **options: None)
        release(released, day=date(2024, 2, 1))
    problems: list[CorpusError] = []
    with pytest.raises(CorpusInvalid, match="was cut off"):
        load_corpus(released, tagged=False)
    plan = release(released, day=date(2024, 3, 1))
    assert [event.day for event in plan.all_events] == [date(2024, 3, 1)]
    ledger = read_ledger(released / "probe-2020", problems)
    assert (len(ledger.lives[Locator("probe-2020", "forum-1", 1)].events), problems) == (2, [])


def half_way(folder: Path, stage: Path) -> None:
    (stage / "probe-2020.new").replace(folder / "probe-2020" / "ledger.jsonl")


def test_two_releases_at_once_do_not_mix(released: Path) -> None:
    (released / STAGE).mkdir()
    lock = sqlite3.connect(released / STAGE / "lock", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ConflictError, match="another release is at work"):
        release(released, day=date(2024, 2, 1))
    lock.close()
    assert release(released, day=date(2024, 2, 1)).is_empty


def test_days_never_run_backwards(released: Path) -> None:
    edit(released, "neue", "gute")
    with pytest.raises(KbError, match="--date"):
        release(released, day=date(2023, 12, 31))


def test_what_is_declared_must_fit_the_corpus(released: Path) -> None:
    here, nowhere = Locator("probe-2020", "forum-1", 1), Locator("probe-2020", "forum-1", 77)
    for declared in (
        Declarations(withdrawn=(here,), reason="Grund"),
        Declarations(withdrawn=(nowhere,), reason="Grund"),
        Declarations(reworded=(nowhere,)),
    ):
        with pytest.raises(KbError):
            release(released, day=date(2024, 2, 1), declared=declared)


def test_an_index_is_out_of_date_after_a_release(released: Path, run: Run) -> None:
    assert run("index").exit_code == 0
    assert "release 2024-01-01-" in run("doctor").stdout
    release(
        released,
        day=date(2024, 2, 1),
        declared=Declarations(
            remarks=(kb.release.Remark(EventKind.AUTHORISED, Locator("probe-2020", "forum-1", 1), "Anna Berg"),)
        ),
    )
    assert "older than the corpus" in run("doctor").stdout


WORDS = st.sampled_from(
    ["Bach", "Ufer", "Stadt", "Baum", "Haus", "Steg", "Licht", "Bank", "Weg", "Markt", "Turm", "Tor", "Platz", "Hof"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
PARAGRAPHS = st.lists(
    st.tuples(st.integers(1, 9), TEXTS, st.sampled_from(sorted(PEOPLE)), st.integers(1, 3)),
    max_size=6,
    unique_by=lambda paragraph: paragraph[0],
)


def rewrite(folder: Path, paragraphs: list[tuple[int, str, str, int]], step: int, ended: set[int]) -> None:
    """Put these paragraphs into the file; a number that has ended gets one that is new."""
    blocks = ["# Bauen {: #forum-1 }"]
    page = 5
    for number, text, person, turn in paragraphs:
        page += turn - 1
        mark = f"⟦S. {page}⟧ " if turn > 1 else ""
        fresh = number if number not in ended else 100 * step + number
        blocks.append(f"{mark}{text}\n{{: #forum-1-{fresh} .speech by={person} role=speaker }}")
    (folder / "probe-2020" / "01-forum.md").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


@given(st.lists(PARAGRAPHS, min_size=1, max_size=5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_edited_and_released_the_ledger_tells_the_corpus(
    editions: list[list[tuple[int, str, str, int]]],
) -> None:
    with TemporaryDirectory() as temporary:
        folder = make_corpus(Path(temporary) / "corpus")
        written = b""
        for step, paragraphs in enumerate(editions, start=1):
            problems: list[CorpusError] = []
            ledger = read_ledger(folder / "probe-2020", problems)
            rewrite(folder, paragraphs, step, {locator.ordinal for locator in ledger.ended})
            corpus = load_corpus(folder, tagged=False)
            same = tuple(passage.locator for passage in corpus.passages)
            declared = Declarations(reason="Grund", reworded=same)
            release(folder, day=NEW_YEAR + timedelta(days=step), declared=declared)
            ledger = read_ledger(folder / "probe-2020", problems)
            told = {locator: life.last for locator, life in ledger.living.items()}
            assert told == {passage.locator: standing_of(passage) for passage in corpus.passages}
            assert all(ledger.successors(locator) or ledger.fate(locator) for locator in ledger.lives)
            path = folder / "probe-2020" / "ledger.jsonl"
            now = path.read_bytes() if path.exists() else b""
            assert now.startswith(written)
            written = now
            assert problems == []

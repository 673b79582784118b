"""The engine writes in a second process: the same index, and failures of either side reach the caller."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.beside import write_beside
from kb.engines import whoosh
from kb.engines.base import Entry, Words

WORDS = ("wohnung", "miete", "stadt", "park")


def entries(count: int) -> Iterator[Entry]:
    for number in range(count):
        terms = (WORDS[number % len(WORDS)], "quartier")
        yield Entry(text=Words(terms, terms, ((), ()), ((terms[0],), (terms[1],))))


def occurrences(folder: Path) -> list[tuple[list[int], list[float]]]:
    engine = whoosh.open_engine(folder)
    counts = [engine.count("text", ((word,),)) for word in (*WORDS, "quartier")]
    engine.close()
    return [(numbers.tolist(), times.tolist()) for numbers, times in counts]


def test_both_ways_write_the_same(tmp_path: Path) -> None:
    write_beside(whoosh.NAME, tmp_path / "here", entries(250), few=1000)
    write_beside(whoosh.NAME, tmp_path / "beside", entries(250), few=20)
    assert occurrences(tmp_path / "here") == occurrences(tmp_path / "beside")
    assert occurrences(tmp_path / "beside")[-1] == (list(range(250)), [1.0] * 250)


def test_what_fails_beside_is_raised_here(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_beside(whoosh.NAME, tmp_path / "taken", entries(5000), few=10)


def test_what_fails_here_ends_the_other_process_too(tmp_path: Path) -> None:
    def broken() -> Iterator[Entry]:
        yield from entries(500)
        raise ValueError("no such language")

    with pytest.raises(ValueError, match="no such language"):
        write_beside(whoosh.NAME, tmp_path / "index", broken(), few=10)

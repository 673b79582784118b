"""The fictional editions, imported from their printed text: the corpus must come out again, word for word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from golden import visible

from indexer.importer import import_file
from kb.corpus import load_corpus, read_corpus

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
PRINTED = sorted((ROOT / "tests" / "cases" / "printed").glob("*.txt"))


@pytest.mark.parametrize("printed", PRINTED, ids=lambda path: path.stem)
def test_an_edition_comes_out_of_its_print_as_it_is_kept(printed: Path, tmp_path: Path) -> None:
    shutil.copy(CORPUS / "people.toml", tmp_path)
    (tmp_path / printed.stem).mkdir()
    shutil.copy(CORPUS / printed.stem / "edition.toml", tmp_path / printed.stem)
    report = import_file(printed, tmp_path, edition=printed.stem)
    kept = read_corpus(CORPUS, []).edition(printed.stem)
    read = load_corpus(tmp_path).edition(printed.stem)
    assert kept is not None
    assert read is not None
    assert [visible(passage) for passage in read.passages] == [visible(passage) for passage in kept.passages]
    assert [passage.speaker_printed for passage in read.passages] == [
        passage.speaker_printed for passage in kept.passages
    ]
    assert report.warnings == ()


@pytest.mark.parametrize("printed", PRINTED, ids=lambda path: path.stem)
def test_without_facts_nobody_is_misquoted(printed: Path, tmp_path: Path) -> None:
    """Section ids and titles may differ from the kept ones; speaker, voice, role, page and words may not."""
    import_file(printed, tmp_path, edition=printed.stem)
    kept = read_corpus(CORPUS, []).edition(printed.stem)
    read = load_corpus(tmp_path).edition(printed.stem)
    assert kept is not None
    assert read is not None
    assert [visible(passage)[1:] for passage in read.passages] == [visible(passage)[1:] for passage in kept.passages]

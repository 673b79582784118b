"""Corpora written out and read back, for the tests of each format."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from kb.corpus import load_corpus
from kb.export.extract import Extract, whole
from kb.export.formats import FORMS
from kb.model import Corpus, Passage

BASE = "https://wortlaut.example"
EXAMPLES = Path(__file__).resolve().parent.parent / "corpus"


@cache
def example_corpus() -> Corpus:
    """Return the two fictional editions, with their themes."""
    return load_corpus(EXAMPLES)


def an_extract(*passages: Passage, corpus: Corpus | None = None) -> Extract:
    """Return the passages as an extract of a corpus, or all of the corpus."""
    everything = whole(corpus or example_corpus())
    return replace(everything, passages=passages) if passages else everything


def written(form: str, extract: Extract | None = None, **options: Any) -> str:
    """Return an extract in a format, the fictional editions if none is given."""
    return "".join(FORMS[form].chunks(extract or an_extract(), base_url=BASE, **options))

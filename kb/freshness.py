"""Whether an index still says what the corpus says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kb.errors import IndexUnusable
from kb.histories import Histories
from kb.index import Index, open_index
from kb.model import Corpus, Passage
from kb.notes import load_notes
from kb.synonyms import FILE_NAME as SYNONYMS
from kb.synonyms import load_synonyms


def is_up_to_date(corpus: Corpus, corpus_folder: Path, index_folder: Path) -> bool:
    """Return whether the index in `index_folder` can be read and answers for this very corpus."""
    try:
        index = open_index(index_folder)
    except IndexUnusable:
        return False
    try:
        return agrees(index, corpus, corpus_folder)
    finally:
        index.close()


def agrees(index: Index, corpus: Corpus, corpus_folder: Path) -> bool:
    """Return whether an index holds people, themes, synonyms, notes, facts and passages of the corpus, and no others.

    The themes the tagger gave are not compared, as they follow from all that is: so the corpus need not be tagged.
    """
    facts = {edition.id: replace(edition, passages=()) for edition in corpus.editions}
    return (
        dict(index.speakers) == dict(corpus.speakers)
        and dict(index.themes) == dict(corpus.themes)
        and dict(index.editions) == facts
        and index.synonyms == load_synonyms(corpus_folder / SYNONYMS)
        and dict(index.notes) == load_notes(corpus_folder)
        and index.generation.histories.stamp() == Histories(corpus_folder).stamp()
        and index.manifest.passages == len(corpus.passages)
        and all(
            tuple(map(_untagged, index.passages_in(edition.id))) == tuple(map(_untagged, edition.passages))
            for edition in corpus.editions
        )
    )


def _untagged(passage: Passage) -> Passage:
    return replace(passage, themes=tuple(tag for tag in passage.themes if tag.by_hand)) if passage.themes else passage

"""The corpus folder: all editions with their authority files, loaded and validated as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import islice
from pathlib import Path

from kb.errors import CorpusError, CorpusInvalid
from kb.model import CONTENT_KINDS, Corpus, Edition, Passage, Speaker, Theme
from kb.note_check import check_notes
from kb.outline import FILE_NAME
from kb.people import load_people
from kb.permanence import check_permanence
from kb.synonyms import FILE_NAME as SYNONYMS
from kb.synonyms import load_synonyms
from kb.text import Token
from kb.themes import Tagger, load_themes


def load_corpus(folder: Path, *, tagged: bool = True) -> Corpus:
    """Return the corpus in `folder`, themes tagged unless told otherwise (tagging loads the dictionary: seconds).

    Raises:
        CorpusInvalid: something in it is wrong; `problems` lists all of it.
    """
    problems: list[CorpusError] = []
    corpus = read_corpus(folder, problems, tagged=tagged)
    if problems:
        raise CorpusInvalid(problems)
    return corpus


def read_corpus(folder: Path, problems: list[CorpusError], *, tagged: bool = True) -> Corpus:
    """Return what can be read of the corpus in `folder`; every problem goes into `problems`."""
    if not folder.is_dir():
        problems.append(CorpusError("no such corpus folder; make one with: kb init " + str(folder), folder))
        return Corpus((), {}, {})
    try:
        speakers = load_people(folder / "people.toml")
        themes = load_themes(folder / "themes.toml")
        load_synonyms(folder / SYNONYMS)  # only to see that it is sound: nothing is indexed from a corpus that is not
    except CorpusError as error:
        problems.append(error)
        return Corpus((), {}, {})
    editions = _load_editions(folder, speakers, problems)
    problems += [problem for edition in editions for problem in _unknown_themes(edition, themes, folder)]
    check_permanence(folder, editions, problems)
    corpus = Corpus(tuple(sorted(editions, key=_by_date)), speakers, themes)
    check_notes(folder, corpus, problems)
    return _tagged(corpus) if tagged else corpus


def _load_editions(folder: Path, speakers: Mapping[str, Speaker], problems: list[CorpusError]) -> list[Edition]:
    # Reading Markdown takes libraries that a command which only asks the index would load for nothing.
    load_edition = import_module("kb.edition").load_edition
    loaded = (load_edition(path, speakers, problems) for path in edition_folders(folder))
    return [edition for edition in loaded if edition is not None]


def edition_folders(folder: Path) -> list[Path]:
    """Return the folders of the editions in a corpus folder, by name."""
    return sorted(path.parent for path in folder.glob(f"*/{FILE_NAME}"))


def _by_date(edition: Edition) -> tuple[str, str]:
    return (edition.event.date.isoformat() if edition.event.date else "9999", edition.id)


def _unknown_themes(edition: Edition, themes: Mapping[str, Theme], folder: Path) -> Iterator[CorpusError]:
    for passage in edition.passages:
        for tag in passage.themes:
            if tag.theme not in themes:
                told = f"{passage.id}: unknown theme {tag.theme!r}; add it to themes.toml"
                yield CorpusError(told, folder / edition.id)


def _tagged(corpus: Corpus) -> Corpus:
    tagger = corpus_tagger(corpus)
    return with_passages(corpus, [tagged_passage(passage, tagger) for passage in corpus.passages])


def corpus_tagger(corpus: Corpus) -> Tagger:
    """Return the tagger for the themes of a corpus; the names of its people are no cues."""
    return Tagger(corpus.themes, names=[speaker.name for speaker in corpus.speakers.values()])


def tagged_passage(passage: Passage, tagger: Tagger, tokens: Sequence[Token] | None = None) -> Passage:
    """Return the passage with its themes; those set by hand stay, and what is no content gets none.

    `tokens` spares analysing its text once more.
    """
    if passage.themes or passage.kind not in CONTENT_KINDS:
        return passage
    return replace(passage, themes=tagger.tag(passage.text, (passage.section_title, *passage.headings), tokens))


def with_passages(corpus: Corpus, passages: Iterable[Passage]) -> Corpus:
    """Return the corpus with other passages in the place of its own, one for each."""
    rest = iter(passages)
    editions = (replace(edition, passages=tuple(islice(rest, len(edition.passages)))) for edition in corpus.editions)
    return replace(corpus, editions=tuple(editions))

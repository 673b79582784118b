"""The corpus folder: all editions with their authority files, loaded and validated as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kb.edition import load_edition
from kb.errors import CorpusError, CorpusInvalid
from kb.model import CONTENT_KINDS, Corpus, Edition, Passage, Theme, ThemeTag
from kb.outline import FILE_NAME
from kb.people import load_people
from kb.synonyms import FILE_NAME as SYNONYMS
from kb.synonyms import load_synonyms
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
    loaded = [load_edition(path, speakers, problems) for path in edition_folders(folder)]
    tagger = Tagger(themes, names=[speaker.name for speaker in speakers.values()]) if tagged else None
    editions = [_tagged(edition, themes, tagger, folder, problems) for edition in loaded if edition is not None]
    return Corpus(tuple(sorted(editions, key=_by_date)), speakers, themes)


def edition_folders(folder: Path) -> list[Path]:
    """Return the folders of the editions in a corpus folder, by name."""
    return sorted(path.parent for path in folder.glob(f"*/{FILE_NAME}"))


def _by_date(edition: Edition) -> tuple[str, str]:
    return (edition.event.date.isoformat() if edition.event.date else "9999", edition.id)


def _tagged(
    edition: Edition, themes: dict[str, Theme], tagger: Tagger | None, folder: Path, problems: list[CorpusError]
) -> Edition:
    """Return the edition with themes on its passages (none without a tagger); those set by hand stay, checked."""
    passages = []
    for passage in edition.passages:
        for tag in passage.themes:
            if tag.theme not in themes:
                problems.append(
                    CorpusError(
                        f"{passage.id}: unknown theme {tag.theme!r}; add it to themes.toml",
                        folder / edition.id,
                    )
                )
        passages.append(passage if passage.themes else replace(passage, themes=_tags(passage, tagger)))
    return replace(edition, passages=tuple(passages))


def _tags(passage: Passage, tagger: Tagger | None) -> tuple[ThemeTag, ...]:
    if tagger is None or passage.kind not in CONTENT_KINDS:
        return ()
    return tagger.tag(passage.text, (passage.section_title, *passage.headings))

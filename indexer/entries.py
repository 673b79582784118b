"""What an engine gets of the passages of a corpus; every text is analysed once, for engine, themes and vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kb import labels
from kb.corpus import corpus_tagger, tagged_passage
from kb.engines.base import Entry, Words
from kb.model import Corpus, Passage
from kb.text import Analyser, Token

_GERMAN = "de"


class EntryMaker:
    """Turns passages into entries; `tagged` holds those made so far, with their themes."""

    def __init__(self, corpus: Corpus, language: str) -> None:
        self.analyser = Analyser(language)
        self.tagged: list[Passage] = []
        self._corpus = corpus
        self._tagger = corpus_tagger(corpus)
        self._short = cache(self._analysed)  # titles, names and offices stand over many passages

    def entries(self) -> Iterator[Entry]:
        """Yield what the engine gets, passage by passage."""
        return map(self._entry, self._corpus.passages)

    def _entry(self, passage: Passage) -> Entry:
        tokens = self.analyser.tokens(passage.text)
        is_german = self.analyser.language == _GERMAN  # the cues are
        self.tagged.append(tagged_passage(passage, self._tagger, tokens if is_german else None))
        return Entry(
            text=self._words(tokens),
            headings=self._short(" ".join(passage.headings)),
            section=self._short(passage.section_title),
            speakers=self._short(" ".join(dict.fromkeys((*passage.speakers, passage.speaker_printed or "")))),
            office=self._short(_office(passage, self._corpus)),
        )

    def _analysed(self, text: str) -> Words:
        return self._words(self.analyser.tokens(text))

    def _words(self, tokens: Sequence[Token]) -> Words:
        return Words(
            terms=tuple(token.term for token in tokens),
            forms=tuple(token.form for token in tokens),
            parts=tuple(token.parts for token in tokens),
            stems=tuple(self.analyser.stem(token.term) for token in tokens),
        )


def _office(passage: Passage, corpus: Corpus) -> str:
    """Return what the speakers of a passage were at the event: their part in it, office and organisation."""
    offices = (
        office
        for speaker_id in passage.speaker_ids
        if speaker_id in corpus.speakers
        for office in corpus.speakers[speaker_id].offices
        if office.edition == passage.edition
    )
    words = [word for office in offices for word in (office.office, office.organisation)]
    return " / ".join(filter(None, (labels.ROLES[passage.role] if passage.role else "", *words)))

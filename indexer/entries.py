"""What an engine gets of the passages of a corpus; every text is analysed once, for engine, themes and vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kb import labels
from kb.corpus import corpus_tagger, tagged_passage
from kb.engines.base import Entry, Words
from kb.languages import language_of, languages_of
from kb.model import Corpus, Passage
from kb.text import Analyser, Token
from kb.word_rows import RowWriter
from kb.wordlist import WordCounter

_GERMAN = "de"


class EntryMaker:
    """Turns passages into entries, each read in the language of its edition; `analysers` stand by language.

    `tagged` holds the passages made so far, with their themes; `counter` has counted their words, `rows` has them
    in a row.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.analysers = {language: Analyser(language) for language in languages_of(corpus)}
        self._of_edition = {edition.id: self.analysers[language_of(edition)] for edition in corpus.editions}
        self.tagged: list[Passage] = []
        self._corpus = corpus
        self._tagger = corpus_tagger(corpus)
        self.counter = WordCounter()
        self.rows = RowWriter()
        self._short = cache(self._analysed)  # titles, names and offices stand over many passages

    def entries(self) -> Iterator[Entry]:
        """Yield what the engine gets, passage by passage."""
        return map(self._entry, self._corpus.passages)

    def _entry(self, passage: Passage) -> Entry:
        analyser = self._of_edition[passage.edition]
        tokens = analyser.tokens(passage.text)
        is_german = analyser.language == _GERMAN  # the cues are
        self.tagged.append(tagged_passage(passage, self._tagger, tokens if is_german else None))
        self.counter.see(passage.text, tokens)
        self.rows.add(tokens)
        entry = Entry(
            text=_words(tokens, analyser),
            headings=self._short(" ".join(passage.headings), analyser),
            section=self._short(passage.section_title, analyser),
            speakers=self._short(" ".join(dict.fromkeys((*passage.speakers, passage.speaker_printed or ""))), analyser),
            office=self._short(_office(passage, self._corpus), analyser),
        )
        self.counter.add(
            said=(*entry.text.forms, *entry.speakers.forms, *entry.office.forms),
            titles=(*entry.headings.forms, *entry.section.forms),
        )
        return entry

    def _analysed(self, text: str, analyser: Analyser) -> Words:
        tokens = analyser.tokens(text)
        self.counter.see(text, tokens)
        return _words(tokens, analyser)


def _words(tokens: Sequence[Token], analyser: Analyser) -> Words:
    return Words(
        terms=tuple(token.term for token in tokens),
        forms=tuple(token.form for token in tokens),
        parts=tuple(token.parts for token in tokens),
        stems=tuple(analyser.stems(token) for token in tokens),
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

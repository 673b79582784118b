"""Several languages in one corpus: a text is analysed in the language of its edition, a query in all of them.

For a corpus in one language all of this is that language's analyser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from kb.lemmas import primary_language
from kb.model import Corpus, Edition
from kb.text import Analyser, Vocabulary, fold

_DEFAULT = "de"
_SLOW = frozenset({"de"})
"""Languages whose lexicon takes seconds to load."""


def language_of(edition: Edition) -> str:
    """Return the language the texts of an edition are analysed in: "de" for "de-AT"."""
    return primary_language(edition.language)


def languages_of(corpus: Corpus) -> tuple[str, ...]:
    """Return the languages of the editions of a corpus, that of most passages first; German if there are none."""
    passages: Counter[str] = Counter()
    for edition in corpus.editions:
        passages[language_of(edition)] += len(edition.passages)
    return tuple(language for language, _ in passages.most_common()) or (_DEFAULT,)


def united_vocabulary(vocabularies: Sequence[Vocabulary]) -> Vocabulary:
    """Return a vocabulary with the printed words of all; what else is known of a word is known by its language."""
    if len(vocabularies) == 1:
        return vocabularies[0]
    return Vocabulary(terms={word: term for known in reversed(vocabularies) for word, term in known.terms.items()})


class Polyglot(Analyser):
    """Reads the words of a query in several languages; the first is the main one, in which synonyms are read, too.

    A language that has to load its lexicon for a word is asked only if its texts have the word, or nobody's have.
    """

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Wrap one analyser for each language, by its tag."""
        self._vocabularies = tuple(vocabularies.values())
        self._analysers = tuple(Analyser(language, known) for language, known in vocabularies.items())
        super().__init__(self._analysers[0].language, self._vocabularies[0])

    def of(self, language: str) -> Analyser:
        """Return the analyser for texts in a language; that of the main one if there are none in it."""
        tag = primary_language(language)
        return next((analyser for analyser in self._analysers if analyser.language == tag), self._analysers[0])

    def term(self, word: str) -> str:
        """Return what a printed word is known by in the first language whose texts have it."""
        return self._analyser_of([word in known.terms for known in self._vocabularies]).term(word)

    def stem(self, term: str) -> str:
        """Return the stem of a term in the first language whose texts have it."""
        return self._analyser_of([term in terms for terms in self._terms_of_texts]).stem(term)

    def parts(self, term: str) -> tuple[str, ...]:
        """Return what a compound is made of in the first language that takes it for one."""
        return next((parts for analyser in self._analysers if (parts := analyser.parts(term))), ())

    def readings(self, word: str) -> tuple[str, ...]:
        """Return all terms a typed word may mean in any of the languages."""
        form = fold(word)
        known = [form in vocabulary.readings for vocabulary in self._vocabularies]
        asked = [
            analyser
            for analyser, is_known in zip(self._analysers, known, strict=True)
            if is_known or not any(known) or analyser.language not in _SLOW
        ]
        return tuple(sorted({term for analyser in asked for term in analyser.readings(word)}))

    def weaker_readings(self, word: str) -> tuple[str, ...]:
        """Return the terms of words with umlauts that a word typed without their dots may mean, if nobody has it."""
        if any(fold(word) in known.readings for known in self._vocabularies):
            return ()
        return tuple(sorted({term for analyser in self._analysers for term in analyser.weaker_readings(word)}))

    @cached_property
    def _terms_of_texts(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(known.terms.values()) for known in self._vocabularies)

    def _analyser_of(self, known: Sequence[bool]) -> Analyser:
        return self._analysers[known.index(True)] if any(known) else self._analysers[0]


def analyser_for(vocabularies: Mapping[str, Vocabulary]) -> Analyser:
    """Return what reads the queries of a corpus with these words by language, the main one first."""
    if len(vocabularies) > 1:
        return Polyglot(vocabularies)
    ((language, known),) = vocabularies.items()
    return Analyser(language, known)


def of_language(analyser: Analyser, language: str) -> Analyser:
    """Return what reads the texts in one language of a corpus whose queries `analyser` reads."""
    return analyser.of(language) if isinstance(analyser, Polyglot) else analyser

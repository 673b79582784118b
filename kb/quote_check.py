"""Quotations checked against an index: are these the printed words, whose are they, on which page?"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from kb.alignment import PrintedWords, exact_stretches
from kb.claims import Names
from kb.fields import Facts
from kb.generation import Generation
from kb.manuscript import FEWEST_WORDS, read_manuscript
from kb.quote_wording import notes_on, sentence_on
from kb.quote_words import QuotedWords, quoted_words
from kb.quotes import MAX_CHARACTERS, MAX_QUOTES, Checked, NothingToCheck, Quote, TooMuch, Verdict
from kb.shingles import Shingles
from kb.store import PassageStore
from kb.verdicts import Decision, Source, decide

_SECONDS = 30.0
"""A check that takes longer answers for the quotations it got to and says so for the others."""

_REMEMBERED = 2_000
_SENTENCES = 20
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")


def check_quotes(generation: Generation, quotes: Sequence[Quote], *, seconds: float = _SECONDS) -> tuple[Checked, ...]:
    """Return the verdict on each quotation, in their order.

    Raises:
        TooMuch: there are too many quotations, one is too long, or they take more than `seconds`.
        NothingToCheck: there are none, or one has no words.
    """
    return QuoteCheck.of(generation).check(quotes, seconds=seconds)


class QuoteCheck:
    """Checks quotations against the passages of an index; what it took apart for one serves the next."""

    def __init__(self, shingles: Shingles, store: PassageStore, facts: Facts) -> None:
        self._shingles = shingles
        self._store = store
        self._facts = facts
        self._sources: dict[int, Source] = {}

    @classmethod
    def of(cls, generation: Generation) -> QuoteCheck:
        """Return a check against one generation of an index."""
        return cls(generation.shingles, generation.store, generation.facts)

    def check(self, quotes: Sequence[Quote], *, seconds: float = _SECONDS) -> tuple[Checked, ...]:
        """Return the verdict on each quotation; see `check_quotes`."""
        _refuse_too_much(quotes)
        until = time.monotonic() + seconds
        checked: list[Checked] = []
        for quote in quotes:
            if time.monotonic() > until:
                raise TooMuch("seconds", round(seconds))
            checked.append(self._checked(quote))
        return tuple(checked)

    def check_manuscript(self, text: str, *, seconds: float = _SECONDS) -> tuple[Checked, ...]:
        """Return the verdict on each quotation of a manuscript, with the names and pages found beside it.

        Raises:
            TooMuch: as `check_quotes`, or the manuscript is too long.
            NothingToCheck: nothing in it is quoted.
        """
        quotes = read_manuscript(text, self._names)
        if not quotes:
            raise NothingToCheck(f"the manuscript quotes nothing of {FEWEST_WORDS} words or more")
        return self.check(quotes, seconds=seconds)

    def _checked(self, quote: Quote) -> Checked:
        words = quoted_words(quote.text)
        if not words.count:
            raise NothingToCheck(f"there are no words to look for in {quote.text[:40]!r}")
        claim = self._names.claim(quote.speaker)
        found = self._shingles.candidates([_text_of(words, part) for part in range(len(words.parts))])
        decision = decide(
            words,
            claim,
            quote.page,
            everywhere=self._sources_of(found.everywhere),
            best=self._sources_of(dict.fromkeys((*found.numbers, *self._of_sentences(words)))),
            titles=self._titles(words),
            surnames=self._names.surnames,
        )
        if not found.is_complete and decision.verdict is Verdict.VERBATIM and not claim.is_made:
            decision = Decision(Verdict.AMBIGUOUS, decision.matches, decision.more)
        return Checked(
            quote=quote,
            verdict=decision.verdict,
            claim=claim,
            matches=decision.matches,
            sentence=sentence_on(decision.verdict, decision.matches, claim, quote, len(self._store)),
            notes=notes_on(words, claim, decision.verdict, decision.matches),
            more=decision.more,
        )

    def _of_sentences(self, words: QuotedWords) -> Iterator[int]:
        """Yield the passages nearest to each sentence, which those of the whole may hide."""
        sentences = list(_sentences(words))
        if len(sentences) > 1:
            for sentence in sentences[:_SENTENCES]:
                yield from self._shingles.candidates([sentence], best=2, most=0).numbers

    @cached_property
    def _names(self) -> Names:
        return Names(self._facts.speakers)

    @cached_property
    def _headings(self) -> tuple[PrintedWords, ...]:
        return tuple(
            PrintedWords(title)
            for edition in self._facts.editions.values()
            for section in edition.sections
            for title in dict.fromkeys((section.title, section.heading, section.subtitle))
            if title
        )

    def _titles(self, words: QuotedWords) -> int:
        """Return how many headings hold the very words."""
        folded = {word.folded for word in words.words if word.folded}
        return sum(bool(exact_stretches(words, heading)) for heading in self._headings if folded <= set(heading.folded))

    def _sources_of(self, numbers: Iterable[int]) -> list[Source]:
        return [self._source(number) for number in numbers]

    def _source(self, number: int) -> Source:
        if number not in self._sources:
            if len(self._sources) >= _REMEMBERED:
                self._sources.clear()
            passage = self._store[number]
            self._sources[number] = Source(passage, PrintedWords(passage.text))
        return self._sources[number]


def _text_of(words: QuotedWords, part: int) -> str:
    first, last = words.parts[part][0], words.parts[part][-1]
    return words.text[first.start : last.end]


def _sentences(words: QuotedWords) -> Iterator[str]:
    """Yield the sentences of a quotation, and what an ellipsis parts."""
    for part in range(len(words.parts)):
        for sentence in _SENTENCE_END.split(_text_of(words, part)):
            if sentence.count(" ") >= 2:
                yield sentence


def _refuse_too_much(quotes: Sequence[Quote]) -> None:
    if not quotes:
        raise NothingToCheck("there is no quotation to check")
    if len(quotes) > MAX_QUOTES:
        raise TooMuch("number of quotations", MAX_QUOTES)
    if any(len(quote.text) > MAX_CHARACTERS for quote in quotes):
        raise TooMuch("characters of one quotation", MAX_CHARACTERS)

"""Quotations built from chosen words: `[…]` for what is left out, one speaker only, cautions for what turns the sense.

The words themselves are handed out by `kb.citation` alone, which knows the rule of voices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb import translation
from kb.citation import Excerpt, page_span
from kb.errors import KbError, NotFound
from kb.inner_quotes import quotation_around
from kb.model import CONTENT_KINDS, Passage, Voice
from kb.omissions import (
    Caution,
    Where,
    inner_quotation,
    lost_question,
    omitted_words,
    page_turned,
    printed_ellipsis,
    retracted,
    unfinished,
)
from kb.printed_page import page_at
from kb.selection import Stretch, selection_path, span_in, stretch_of, word_spans
from kb.snippets import sentences
from kb.translation import N_

GAP = "[…]"
_PAIR = re.compile(r"„[^„“”]*[“”]|»[^»«]*«|«[^»«]*»|“[^„“”]*”|\"[^\"]*\"")
_DANGLING = re.compile(r"(?:\s*[,;:]|\s+[–—-])+$")

REFUSALS: Mapping[str, tuple[str, str]] = {
    "empty": (
        "no words chosen; name the first and the last, counted from 1: 12-27",
        N_("Es sind keine Wörter gewählt. Wählen Sie mindestens einen Satz."),
    ),
    "speakers": (
        "the words are by different speakers (%(about)s); quote each by themselves",
        N_("Die Worte stammen von verschiedenen Personen (%(about)s). Zitieren Sie jede für sich."),
    ),
    "between": (
        "somebody else speaks between the words chosen (%(about)s); quote each part by itself",
        N_("Zwischen den gewählten Worten spricht jemand anderes (%(about)s). Zitieren Sie jeden Teil für sich."),
    ),
    "nameless": (
        "it is not known who speaks in %(about)s; quote each passage by itself",
        N_("Bei %(about)s ist nicht bekannt, wer spricht. Zitieren Sie jede Stelle für sich."),
    ),
    "voices": (
        "a person's own words and the wording of a report cannot be one quotation (%(about)s); quote each by itself",
        N_(
            "Eigene Worte und der Wortlaut eines Berichts geben kein gemeinsames Zitat (%(about)s). "
            "Zitieren Sie jedes für sich."
        ),
    ),
}
"""Why a quotation is not built, in English and German, each with what to do, about names or locators."""


class QuotationRefused(KbError):
    """The words chosen must not be joined; `reason` is a key of `REFUSALS`, `sentence` tells it to readers."""

    def __init__(self, reason: str, about: str = "") -> None:
        english, german = REFUSALS[reason]
        super().__init__(english % {"about": about})
        self.reason = reason
        self.sentence = translation.gettext(german, about=about)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words quoted in one go: `first` to `last`, counted from 1, of a passage; [start, end) are its code points."""

    passage: Passage
    first: int
    last: int

    @property
    def start(self) -> int:
        return word_spans(self.passage.text)[self.first - 1][0]

    @property
    def end(self) -> int:
        return word_spans(self.passage.text)[self.last - 1][1]

    @property
    def text(self) -> str:
        """The words as they are printed."""
        return self.passage.text[self.start : self.end]

    @property
    def stretch(self) -> Stretch:
        """The words as a link names them."""
        return stretch_of(self.passage, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of one speaker (or of a report) with `[…]` for those left out; `cautions` say what that may hide."""

    pieces: tuple[Piece, ...]
    words: str
    cautions: tuple[Caution, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages quoted, each once."""
        return tuple({piece.passage.id: piece.passage for piece in self.pieces}.values())

    def excerpt(self, locale: str = "de") -> Excerpt:
        """Return the words with the printed pages they stand on: "16 und 17" if the page turns in a gap."""
        return Excerpt(self.words, _pages(_page_runs(self.pieces), locale))

    @property
    def path(self) -> str:
        """The locator of the words quoted."""
        return selection_path([piece.stretch for piece in self.pieces])


def build_quotation(
    stretches: Sequence[Stretch], passages: Sequence[Passage], *, whole_sentences: bool = False, language: str = "de"
) -> Quotation:
    """Return the quotation of some stretches of words; `passages` are those of the edition around, in reading order.

    Stretches that touch become one. With `whole_sentences` each is made to begin and end with a sentence.

    Raises:
        NotFound: a passage is not there.
        SelectionError: a passage has no such words, or other ones than its fingerprint says.
        QuotationRefused: the words are not one speaker's, or there are none.
    """
    places = {passage.locator: number for number, passage in enumerate(passages)}
    for stretch in stretches:
        if stretch.locator not in places:
            raise NotFound("passage", str(stretch.locator))
    in_order = sorted(stretches, key=lambda stretch: (places[stretch.locator], stretch.first))
    chosen = [_piece(stretch, passages[places[stretch.locator]], whole_sentences) for stretch in in_order]
    if not any(char.isalnum() for piece in chosen for char in piece.text):
        raise QuotationRefused("empty")
    first, last = places[chosen[0].passage.locator], places[chosen[-1].passage.locator]
    named = {piece.passage.id for piece in chosen}
    between = [one for one in passages[first : last + 1] if one.kind in CONTENT_KINDS or one.id in named]
    _refuse_others([piece.passage for piece in chosen], between)
    pieces = tuple(_united(chosen))
    gaps = [_gap(one, other, between) for one, other in pairwise(pieces)]
    labels = _page_runs(pieces)
    cautions = tuple(dict.fromkeys(_cautions(pieces, gaps, labels, language)))
    return Quotation(pieces, _joined(pieces, gaps), cautions)


def _piece(stretch: Stretch, passage: Passage, whole_sentences: bool) -> Piece:
    start, end = span_in(stretch, passage)
    if not whole_sentences:
        return Piece(passage, stretch.first, stretch.last)
    inside = [two for two in sentences(passage.text) if two[0] < end and two[1] > start]
    words = [
        number
        for number, (first, last) in enumerate(word_spans(passage.text), start=1)
        if first < inside[-1][1] and last > inside[0][0]
    ]
    return Piece(passage, words[0], words[-1])


def _refuse_others(chosen: Sequence[Passage], between: Sequence[Passage]) -> None:
    """Make sure that one voice, and one speaker, says all that is chosen and all that stands between."""
    if len({passage.id for passage in chosen}) == 1:
        return
    voices = {passage.voice for passage in chosen}
    ids = ", ".join(dict.fromkeys(passage.id for passage in chosen))
    if len(voices) > 1:
        raise QuotationRefused("voices", ids)
    if voices == {Voice.VERBATIM} and not all(map(whose, chosen)):
        raise QuotationRefused("nameless", ids)
    if len({whose(passage) for passage in chosen}) > 1:
        raise QuotationRefused("speakers", _names(chosen))
    others = [passage for passage in between if whose(passage) != whose(chosen[0])]
    if others:
        raise QuotationRefused("between", _names(others))


def whose(passage: Passage) -> tuple[str, ...]:
    """Return who says a passage: ids, or the name as printed; nobody if that is not known."""
    return passage.speaker_ids or tuple(filter(None, (passage.speaker_printed,)))


def _names(passages: Sequence[Passage]) -> str:
    named = (", ".join(one.speakers) or one.speaker_printed or one.id for one in passages)
    return ", ".join(dict.fromkeys(named))


def _united(chosen: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces in order, those that overlap or touch as one."""
    waiting = chosen[0]
    for piece in chosen[1:]:
        if piece.passage.id == waiting.passage.id and piece.first <= waiting.last + 1:
            waiting = Piece(waiting.passage, waiting.first, max(waiting.last, piece.last))
        else:
            yield waiting
            waiting = piece
    yield waiting


def _gap(one: Piece, other: Piece, between: Sequence[Passage]) -> str:
    """Return the words left out between two pieces."""
    if one.passage.id == other.passage.id:
        return one.passage.text[one.end : other.start].strip()
    ids = [passage.id for passage in between]
    skipped = between[ids.index(one.passage.id) + 1 : ids.index(other.passage.id)]
    texts = (one.passage.text[one.end :], *(passage.text for passage in skipped), other.passage.text[: other.start])
    return "\n\n".join(filter(None, map(str.strip, texts)))


def _joined(pieces: Sequence[Piece], gaps: Sequence[str]) -> str:
    """Return the words on one line, with marks where a piece lies in a quotation that it does not open or close."""
    around = [_quotation_marks(piece) for piece in pieces]
    written = []
    for number, piece in enumerate(pieces):
        opened, closed = around[number]
        goes_on = number > 0 and opened is not None and around[number - 1][1] == opened
        stays = number + 1 < len(pieces) and closed is not None and around[number + 1][0] == closed
        words = " ".join(piece.text.split())
        if number + 1 == len(pieces):
            words = _DANGLING.sub("", words)
        before = _mark(piece, opened, 0) if opened and not goes_on else ""
        after = _mark(piece, closed, -1) if closed and not stays else ""
        written.append(f"{before}{words}{after}")
    line = written[0]
    for gap, words in zip(gaps, written[1:], strict=True):
        line += f" {GAP} {words}" if gap else f" {words}"
    return line


_Pair = tuple[str, int, int]


def _quotation_marks(piece: Piece) -> tuple[_Pair | None, _Pair | None]:
    """Return the pairs of quotation marks, if any, that the first and the last code point of a piece lie between."""
    pairs = [(piece.passage.id, *match.span()) for match in _PAIR.finditer(piece.passage.text)]
    opened = next((pair for pair in pairs if pair[1] < piece.start < pair[2]), None)
    closed = next((pair for pair in pairs if pair[1] < piece.end < pair[2]), None)
    return opened, closed


def _mark(piece: Piece, pair: _Pair, side: int) -> str:
    return piece.passage.text[pair[1] : pair[2]][side]


def _page_runs(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Return the first and last printed page of each piece; pieces that share a page are one."""
    runs: list[tuple[str, str]] = []
    for piece in pieces:
        first, last = page_at(piece.passage, piece.start), page_at(piece.passage, piece.end - 1)
        if runs and runs[-1][1] == first:
            runs[-1] = runs[-1][0], last
        elif first:
            runs.append((first, last))
    return runs


def _pages(runs: Sequence[tuple[str, str]], locale: str = "de") -> tuple[str, str]:
    """Return the pages as a citation takes them: first and last, or all in words if there are some between."""
    if len(runs) < 2:
        return runs[0] if runs else ("", "")
    spans = [page_span(*run, locale=locale) for run in runs]
    return f"{', '.join(spans[:-1])} {'and' if locale == 'en' else 'und'} {spans[-1]}", ""


def _cautions(
    pieces: Sequence[Piece], gaps: Sequence[str], runs: Sequence[tuple[str, str]], language: str
) -> Iterator[Caution]:
    first = pieces[0]
    for gap in gaps:
        yield from omitted_words(gap, Where.GAP, language=language)
    bounds = sentences(first.passage.text)
    opening = next((start for start, end in bounds if start <= first.start < end), first.start)
    yield from omitted_words(first.passage.text[opening : first.start], Where.BEFORE, language=language)
    for piece, following in zip(pieces, (*pieces[1:], None), strict=True):
        yield from _broken_off(piece, following)
    yield from _behind(pieces[-1], language)
    yield from filter(None, map(_embedded, pieces))
    if any(GAP in piece.text for piece in pieces):
        yield printed_ellipsis()
    if len(runs) > 1:
        yield page_turned(_pages(runs, translation.language())[0])


def _broken_off(piece: Piece, following: Piece | None) -> Iterator[Caution]:
    """Yield cautions about the end of the sentence a piece breaks off in, unless the next piece goes on with it."""
    rest, end, _ = _rest(piece)
    if following is None or following.passage.id != piece.passage.id or following.start >= end:
        yield from unfinished(piece.text, rest)
        yield from lost_question(piece.text, rest)


def _behind(last: Piece, language: str) -> Iterator[Caution]:
    """Yield cautions about the rest of the sentence that the quotation ends in, and about the next one."""
    rest, _, following = _rest(last)
    yield from omitted_words(rest, Where.AFTER, language=language)
    if not any(char.isalnum() for char in rest):
        yield from retracted(following)


def _rest(piece: Piece) -> tuple[str, int, str]:
    """Return what is left of the sentence a piece ends in, where that sentence ends, and the sentence after it."""
    text = piece.passage.text
    bounds = sentences(text)
    number = next(number for number, (_, end) in enumerate(bounds) if piece.end <= end)
    end = bounds[number][1]
    return text[piece.end : end], end, text[slice(*bounds[number + 1])] if number + 1 < len(bounds) else ""


def _embedded(piece: Piece) -> Caution | None:
    """Return the caution that a piece is, or begins or ends as, somebody else's words."""
    text, outer = piece.passage.text, ", ".join(piece.passage.speakers)
    if around := quotation_around(text, piece.start, piece.end):
        return inner_quotation(around.speaker, outer, whole=True)
    for at in (piece.start, piece.end - 1):
        if text[at].isalnum() and (around := quotation_around(text, at, at + 1)):
            return inner_quotation(around.speaker, outer, whole=False)
    return None

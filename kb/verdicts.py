"""The verdict on a quotation: what follows from where its words stand and for whom they are claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from kb.alignment import Alignment, Piece, PrintedWords, Stretch, align, exact_stretches
from kb.claims import Claim, claimed_pages
from kb.embedding import Embedding, embedding_at
from kb.model import Passage, Voice
from kb.people import slug
from kb.polarity import drops_negation_at_edge, flips_sense, gap_hides_negation, is_negation
from kb.quote_words import LEFT_OUT, QuotedWords, Word, by_sentence, quoted_words, words_of
from kb.quotes import Match, Verdict
from kb.stitching import Part, coverage, is_reordered, stitched_parts
from kb.text import STOP_WORDS

NEAR = 0.65
"""From this likeness on a quotation is taken for one of the passage, changed."""

_REORDERED = 0.8
_RUN, _RUN_CONTENT, _RUN_SHARE = 6, 3, 1 / 3
"""So many words in a row, so many of them no function words, are a passage's own, whatever is put around them."""

_LONG_LOSS = 3
_SHOWN = 5


class Standing(IntEnum):
    """What the words of a place are to the person they are claimed for; the lower, the nearer."""

    OWN = 0
    EMBEDDED = 1
    REPORTED_OF = 2
    OTHER = 3
    REPORTED = 4


@dataclass(frozen=True)
class Source:
    """A passage that a quotation may come from, taken apart."""

    passage: Passage
    printed: PrintedWords


@dataclass(frozen=True)
class Decision:
    """A verdict with the places it rests on, nearest first; `more` counts those left out."""

    verdict: Verdict
    matches: tuple[Match, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class _Place:
    """A place where a quotation stands word for word; `hides` tells that a negation is cut off or left out."""

    source: Source
    match: Match
    standing: Standing
    on_page: bool
    hides: bool


def decide(
    quote: QuotedWords,
    claim: Claim,
    page: str,
    *,
    everywhere: Sequence[Source],
    best: Sequence[Source],
    titles: int = 0,
    surnames: frozenset[str] = frozenset(),
) -> Decision:
    """Return the verdict on a quotation.

    `everywhere` are the passages that may hold all its words, `best` those that share most of them, `titles` counts
    headings that have its very words, `surnames` are those of all known people.
    """
    pages = claimed_pages(page)
    places = [
        _place(quote, claim, pages, source, stretch, surnames)
        for source in everywhere
        for stretch in exact_stretches(quote, source.printed)
    ]
    if places:
        return _of_places(_one_a_passage(places), claim, pages, titles)
    if titles:
        return Decision(Verdict.AMBIGUOUS if titles > 1 else Verdict.REPORTED)
    return _of_likeness(quote, claim, best)


def _one_a_passage(places: Sequence[_Place]) -> list[_Place]:
    """Return the best place of each passage, nearest to the claim first."""
    best: dict[str, _Place] = {}
    for place in sorted(places, key=lambda one: (one.hides, one.standing, not one.on_page)):
        best.setdefault(place.match.passage.id, place)
    return list(best.values())


def _of_places(places: list[_Place], claim: Claim, pages: frozenset[str] | None, titles: int) -> Decision:
    """Return the verdict on a quotation that stands somewhere word for word."""
    sound = [place for place in places if not place.hides]
    if not sound:
        return _decision(Verdict.POLARITY, places)
    if not claim.is_made:
        named = [place for place in sound if place.on_page] if pages else []
        sound = named or sound
        if len(sound) + titles > 1:
            return _decision(Verdict.AMBIGUOUS, sound)
    nearest = min(place.standing for place in sound)
    kept = [place for place in sound if place.standing == nearest]
    if nearest is Standing.OWN:
        right = [place for place in kept if place.on_page]
        return _decision(Verdict.VERBATIM, right) if right else _decision(Verdict.PAGE_DIFFERS, kept)
    return _decision(_VERDICTS[nearest], kept)


_VERDICTS = {
    Standing.EMBEDDED: Verdict.EMBEDDED,
    Standing.REPORTED_OF: Verdict.REPORTED,
    Standing.OTHER: Verdict.OTHER_SPEAKER,
    Standing.REPORTED: Verdict.REPORTED,
}


def _decision(verdict: Verdict, places: Sequence[_Place]) -> Decision:
    matches = tuple(place.match for place in places[:_SHOWN])
    return Decision(verdict, matches, len(places) - len(matches))


def _place(
    quote: QuotedWords,
    claim: Claim,
    pages: frozenset[str] | None,
    source: Source,
    stretch: Stretch,
    surnames: frozenset[str],
) -> _Place:
    words, passage = source.printed.words, source.passage
    start, end = words[stretch.first].start, words[stretch.end - 1].end
    embedding = embedding_at(passage.text, start, end)
    match = Match(
        passage=passage,
        start=start,
        end=end,
        pieces=tuple(_same_pieces(passage.text, source.printed, stretch)),
        pages=printed_pages_of(passage, start, end),
        is_quotation=embedding is not None and embedding.is_direct,
    )
    gaps = zip(stretch.spans, stretch.spans[1:], strict=False)
    return _Place(
        source=source,
        match=match,
        standing=_standing(claim, passage, embedding, surnames),
        on_page=pages is None or bool(pages & {label.lower() for label in match.pages}),
        hides=drops_negation_at_edge(words, stretch.first, stretch.end, opens_anew=_opens_anew(quote, words, stretch))
        or any(gap_hides_negation(words, before[1], after[0]) for before, after in gaps),
    )


def _opens_anew(quote: QuotedWords, words: Sequence[Word], stretch: Stretch) -> bool:
    """Return whether a quotation begins with a capital that print does not have."""
    return quote.parts[0][0].key[:1].isupper() and not words[stretch.first].key[:1].isupper()


def _same_pieces(text: str, printed: PrintedWords, stretch: Stretch) -> list[Piece]:
    pieces: list[Piece] = []
    for first, end in stretch.spans:
        if pieces:
            pieces.append(Piece(LEFT_OUT, LEFT_OUT))
        words = " ".join(text[printed.words[first].start : printed.words[end - 1].end].split())
        pieces.append(Piece(words, words))
    return pieces


def printed_pages_of(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Return the labels of the printed pages on which `text[start:end]` of a passage stands."""
    labels = [passage.page_first] if passage.page_first else []
    for mark in passage.marks:
        if mark.kind != "page":
            continue
        if mark.offset <= start:
            labels = [mark.label]
        elif mark.offset < end:
            labels.append(mark.label)
    return tuple(dict.fromkeys(labels))


def _standing(claim: Claim, passage: Passage, embedding: Embedding | None, surnames: frozenset[str]) -> Standing:
    """Return what words of a passage are to the person claimed; `embedding` is the quotation they stand in there."""
    claimed = claim.is_made and claim.means(passage)
    if passage.voice is Voice.VERBATIM:
        if embedding is None or not claim.is_made:
            return Standing.OWN if claimed or not claim.is_made else Standing.OTHER
        if claimed:
            return Standing.EMBEDDED
        if embedding.names(claim.surname):
            return Standing.OWN if embedding.is_direct else Standing.REPORTED_OF
        return Standing.OTHER
    if claim.is_made and passage.voice is not Voice.EDITORIAL:
        direct = embedding is not None and embedding.is_direct
        if direct and embedding is not None and embedding.names(claim.surname):
            return Standing.OWN
        if claimed and direct and embedding is not None:
            others = surnames - {slug(name.split()[-1]) for name in passage.speakers}
            return Standing.EMBEDDED if _is_anothers(embedding, others) else Standing.OWN
    return Standing.REPORTED_OF if claimed else Standing.REPORTED


def _is_anothers(embedding: Embedding, others: frozenset[str]) -> bool:
    """Return whether the lead-in of a quotation names somebody else than the person the passage reports of."""
    words = embedding.around.split()
    names = [word for word, after in zip(words, [*words[1:], ""], strict=True) if word.istitle() and after.istitle()]
    return bool(others & {slug(word) for word in words}) or (embedding.around.rstrip().endswith(":") and bool(names))


def _of_likeness(quote: QuotedWords, claim: Claim, best: Sequence[Source]) -> Decision:
    """Return the verdict on a quotation that stands nowhere word for word."""
    parts = stitched_parts(quote.words, [source.printed for source in best])
    if parts:
        return Decision(Verdict.STITCHED, tuple(_part_match(quote, part, best[part.source]) for part in parts))
    found = [(align(quote, source.printed), source) for source in best[:4]]
    near = [(one, source) for one, source in found if one is not None]
    near.sort(key=lambda pair: (-round(pair[0].likeness, 2), not claim.means(pair[1].passage)))
    if not near:
        return Decision(Verdict.NOT_FOUND)
    alignment, source = near[0]
    if alignment.likeness < NEAR and coverage(quote.words, source.printed) >= _REORDERED:
        return _of_sentences_apart(quote, alignment, source)
    if alignment.likeness >= NEAR:
        flipped = _flips(alignment, source.printed, quote)
        return Decision(Verdict.POLARITY if flipped else Verdict.NEAR, (_near_match(alignment, source),))
    if _keeps_a_run(alignment, quote) or is_reordered(quote.words, source.printed):
        return Decision(Verdict.NEAR, (_near_match(alignment, source),))
    return Decision(Verdict.NOT_FOUND)


def _of_sentences_apart(quote: QuotedWords, alignment: Alignment, source: Source) -> Decision:
    """Return the verdict on a quotation whose sentences stand in one passage, but apart or in another order."""
    sentences = by_sentence(quote)
    each = [align(replace(sentences, parts=(part,)), source.printed) for part in sentences.parts]
    flipped = any(one and one.likeness >= NEAR and _flips(one, source.printed, quote) for one in each)
    apart = align(sentences, source.printed) or alignment
    match = _near_match(apart if apart.likeness > alignment.likeness else alignment, source)
    # What was left out without an ellipsis is a difference.
    pieces = tuple(Piece(LEFT_OUT, "") if piece.printed == LEFT_OUT else piece for piece in match.pieces)
    return Decision(Verdict.POLARITY if flipped else Verdict.NEAR, (replace(match, pieces=pieces),))


def _keeps_a_run(alignment: Alignment, quote: QuotedWords) -> bool:
    """Return whether a telling run of printed words is kept, however much is put around it."""
    for piece in alignment.pieces:
        run = [word.folded for word in words_of(piece.printed) if word.folded] if piece.is_same else []
        content = sum(word not in STOP_WORDS for word in run)
        if len(run) >= max(_RUN, _RUN_SHARE * quote.count) and content >= _RUN_CONTENT:
            return True
    return False


def _flips(alignment: Alignment, printed: PrintedWords, quote: QuotedWords) -> bool:
    """Return whether the differences turn the sense.

    Long stretches left out do so only within a clause, a sentence of its own that was put in only if it negates.
    """
    short = []
    for before, after in alignment.changes:
        if not after and sum(not word.is_mark for word in before) > _LONG_LOSS:
            first, last = printed.words.index(before[0]), printed.words.index(before[-1])
            if gap_hides_negation(printed.words, first, last + 1):
                return True
        elif before or not _is_sentence(after, quote.text):
            short.append((before, after))
    return flips_sense(short) or drops_negation_at_edge(printed.words, alignment.first, alignment.end)


def _is_sentence(words: Sequence[Word], text: str) -> bool:
    """Return whether the words are a sentence of their own in the text of a quotation, and none that negates."""
    only = [word for word in words if word.folded]
    if not only or any(is_negation(word.folded) for word in only):
        return False
    before, after = text[: only[0].start].rstrip(), text[only[-1].end :].lstrip()
    return before[-1:] in ".!?" and after[:1] in ".!?"


def _near_match(alignment: Alignment, source: Source) -> Match:
    start = source.printed.words[alignment.first].start
    end = source.printed.words[alignment.end - 1].end
    pages = printed_pages_of(source.passage, start, end)
    return Match(source.passage, start, end, alignment.pieces, pages, alignment.likeness)


def _part_match(quote: QuotedWords, part: Part, source: Source) -> Match:
    """Return the match of the part of a stitched quotation that stands in one of its passages."""
    words = [word for word in quote.words if word.folded][part.start : part.end]
    alignment = align(quoted_words(quote.text[words[0].start : words[-1].end]), source.printed)
    if alignment is None:
        return Match(source.passage, 0, 0, (), ())
    return _near_match(alignment, source)

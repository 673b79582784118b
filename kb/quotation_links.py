"""A quotation as it is handed out: its permanent link, its citation, its JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kb.citation import Citation, cite, page_span
from kb.locator import Locator
from kb.model import Edition, Passage
from kb.quotation import Quotation
from kb.selection import Stretch, word_spans
from kb.snippets import sentences
from kb.styling import StyledCitation
from kb.text_fragment import text_fragment


def quotation_fragment(quotation: Quotation, passages: Sequence[Passage]) -> str:
    """Return the text fragment that makes a browser jump to the words quoted; `passages` are those around."""
    shown = quotation.pieces[0].passage
    numbers = {passage.locator: number for number, passage in enumerate(passages)}
    place = numbers.get(shown.locator, 0)
    return text_fragment(
        shown.text,
        [(piece.start, piece.end) for piece in quotation.pieces if piece.passage.id == shown.id],
        cuts=[mark.offset for mark in shown.marks],
        earlier=[passage.text for passage in passages[max(0, place - 1) : place]],
    )


def quotation_citation(
    quotation: Quotation, edition: Edition, *, base_url: str, accessed: date | None = None, locale: str = "de"
) -> Citation:
    """Return the citation of a quotation, ready for every style and format; its link names the words by number."""
    passages = quotation.passages
    span = (quotation.pieces[0].start, quotation.pieces[-1].end) if len(passages) == 1 else None
    return cite(
        passages if len(passages) > 1 else passages[0],
        edition,
        base_url=base_url,
        accessed=accessed,
        selection=span,
        link=f"{base_url.rstrip('/')}/{quotation.path}",
        excerpt=quotation.excerpt(locale),
    )


def quotation_json(quotation: Quotation, styled: StyledCitation, fragment: str) -> dict[str, Any]:
    """Return a quotation as JSON: the words as they may be handed out, what they are made of, and all cautions.

    `marking_link` is the link with the text fragment by which a browser marks the words.
    """
    shown = quotation.pieces[0].passage
    return {
        "quotation": styled.words,
        "words": quotation.words,
        "voice": shown.voice.value,
        "speakers": list(shown.speakers),
        "pages": page_span(*quotation.excerpt().pages),
        "reference": styled.reference,
        "link": styled.citation.link,
        "marking_link": styled.citation.link + fragment,
        "pieces": [
            {"passage": piece.passage.id, "words": [piece.first, piece.last], "text": piece.text}
            for piece in quotation.pieces
        ],
        "warnings": [
            {"kind": one.kind, "where": one.where.value, "words": list(one.words), "sentence": one.sentence}
            for one in quotation.cautions
        ],
    }


def sentence_stretches(passage: Passage) -> tuple[tuple[Stretch, str], ...]:
    """Return the sentences of a passage: the words of each, counted, and its text."""
    words = word_spans(passage.text)
    found = []
    for start, end in sentences(passage.text):
        inside = [number for number, (first, last) in enumerate(words, start=1) if first < end and last > start]
        if inside:
            stretch = Stretch(passage.locator, inside[0], inside[-1], passage.fingerprint)
            found.append((stretch, passage.text[start:end]))
    return tuple(found)


def around(passages: Sequence[Passage], locator: Locator) -> tuple[Passage, ...]:
    """Return those of `passages` that stand in the same top-level section as `locator`."""
    top = locator.section.partition("/")[0]
    return tuple(one for one in passages if one.edition == locator.edition and one.section.partition("/")[0] == top)

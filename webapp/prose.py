"""Words cut where something is printed inside them: page beginnings and footnote calls."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Mark


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words (`kind` "text", or "marked") or what stands between: a "page" begins, a "note" is called."""

    kind: str
    text: str


def paragraphs(text: str, marks: tuple[Mark, ...]) -> tuple[tuple[Piece, ...], ...]:
    """Return the paragraphs of a passage as pieces; the text pieces of all, joined by blank lines, are `text`.

    >>> paragraphs("Haus", (Mark(2, "page", "21"),))
    ((Piece(kind='text', text='Ha'), Piece(kind='page', text='21'), Piece(kind='text', text='us')),)
    """
    cut = []
    start = 0
    remaining = sorted(marks, key=lambda mark: mark.offset)
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        inside = [mark for mark in remaining if mark.offset <= end]
        remaining = remaining[len(inside) :]
        cut.append(_pieces(text[start:end], start, inside))
        start = end + 2
    return tuple(cut)


def _pieces(paragraph: str, start: int, marks: list[Mark]) -> tuple[Piece, ...]:
    pieces = []
    position = 0
    for mark in marks:
        offset = min(max(mark.offset - start, position), len(paragraph))
        if offset > position:
            pieces.append(Piece("text", paragraph[position:offset]))
        pieces.append(Piece(mark.kind, mark.label))
        position = offset
    if position < len(paragraph) or not pieces:
        pieces.append(Piece("text", paragraph[position:]))
    return tuple(pieces)


def excerpt(text: str, *, length: int = 240) -> str:
    """Return the first words of a text, at most `length` characters, with an ellipsis if some are left out.

    >>> excerpt("Die Stadt gehört allen", length=12)
    'Die Stadt …'
    """
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    head = words[: length - 1]
    return (head.rpartition(" ")[0] or head).rstrip(",;:–- ") + " …"

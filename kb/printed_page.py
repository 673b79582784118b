"""Printed pages: which passages stand on the page with this label, and how such a page is addressed.

`/<edition>/seite/<label>` names a page by what is printed on it ("16", "iv"), so no section may be called `seite`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from kb.errors import NotFound
from kb.model import Passage

PAGE_WORD = "seite"
"""The word in the address that says a page follows; reserved among section ids."""

_NEAR = 3


class PageNotFound(NotFound):
    """No page of the edition has this label; `near` are labels that are like it or close to it."""

    def __init__(self, edition: str, label: str, near: Sequence[str]) -> None:
        hint = f"nearest pages: {', '.join(near)}" if near else "the words of this edition have no page numbers"
        super().__init__("page", f"{edition}/{label[:40]}", hint)
        self.edition = edition
        self.near = tuple(near)


def page_path(edition: str, label: str) -> str:
    """Return the locator of a printed page.

    >>> page_path("difu-2018", "iv")
    'difu-2018/seite/iv'
    """
    return f"{edition}/{PAGE_WORD}/{quote(label, safe='')}"


def labels_of(passage: Passage) -> tuple[str, ...]:
    """Return the labels of the printed pages that words of a passage stand on, in order."""
    turned = [mark.label for mark in passage.marks if mark.kind == "page" and 0 < mark.offset < len(passage.text)]
    return tuple(dict.fromkeys(label for label in (passage.page_first, *turned) if label))


def page_at(passage: Passage, offset: int) -> str:
    """Return the label of the printed page that the code point at `offset` of a passage stands on."""
    turned = [mark.label for mark in passage.marks if mark.kind == "page" and 0 < mark.offset <= offset]
    return turned[-1] if turned else passage.page_first


def page_labels(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the labels of all pages with words, in the order they are printed."""
    return tuple(dict.fromkeys(label for passage in passages for label in labels_of(passage)))


def passages_on(passages: Sequence[Passage], edition: str, label: str) -> tuple[Passage, ...]:
    """Return those of the passages of an edition that stand on the page with this label, wholly or in part.

    Raises:
        PageNotFound: no word stands on such a page; names the nearest ones.
    """
    found = tuple(passage for passage in passages if label in labels_of(passage))
    if not found:
        raise PageNotFound(edition, label, nearest(page_labels(passages), label))
    return found


def nearest(labels: Sequence[str], label: str) -> tuple[str, ...]:
    """Return up to three labels that `label` may be meant for, in printed order; of numbers the closest.

    >>> nearest(("iii", "iv", "4", "6", "9"), "7")
    ('4', '6', '9')
    >>> nearest(("iii", "iv", "4", "6"), "IV")
    ('iv',)
    """
    if label.isdecimal():
        numbers = [one for one in labels if one.isdecimal()]
        close = sorted(numbers, key=lambda one: abs(int(one) - int(label)))[:_NEAR]
    else:
        close = [one for one in labels if one.casefold() == label.casefold()]
        close = close or difflib.get_close_matches(label[:40], labels, n=_NEAR, cutoff=0.3)
    return tuple(one for one in labels if one in (close or labels[:1]))

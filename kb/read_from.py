"""On which printed page does the line stand that an attribution was read from?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.model import Passage


def page_read_from(passage: Passage, around: Iterable[Passage]) -> str:
    """Return the label of the page its attribution was read from, told by the passages `around` it; "" if unclear.

    A line between two passages stands on the page on which both do; where the page turns between them, it is unclear.
    A line before them all heads them: it stands on the page of the first.
    """
    if passage.evidence is None or not passage.evidence.read_from:
        return ""
    start = passage.evidence.read_from[0][0]
    known = sorted(place for one in around if one.source == passage.source for place in _known_pages(one))
    before = [label for offset, label in known if offset <= start]
    after = [label for offset, label in known if offset > start]
    labels = {*before[-1:], *after[:1]}
    return labels.pop() if len(labels) == 1 and after else ""


def _known_pages(passage: Passage) -> Iterator[tuple[int, str]]:
    """Yield the offsets of the source whose page a passage tells, each with the label of the page."""
    if passage.spans:
        yield passage.spans[0][0], passage.page_first
        yield passage.spans[-1][-1], passage.page_last

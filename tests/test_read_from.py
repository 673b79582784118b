"""On which printed page an attribution was read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import make_passage

from kb.model import Evidence, Passage, SourceFile
from kb.read_from import page_read_from
from webapp.wording import rule_words

SOURCE = SourceFile("bericht.txt", "0" * 64)


def printed(start: int, end: int, page: str, *, read_from: int = 0, until: str = "") -> Passage:
    evidence = Evidence("label", 0.99, ((read_from, read_from + 9),))
    passage = make_passage(page=page)
    return replace(passage, spans=((start, end),), page_last=until or page, source=SOURCE, evidence=evidence)


BEFORE = printed(100, 200, "15", until="16")


@pytest.mark.parametrize(
    ("passage", "page"),
    [
        (printed(220, 300, "16", read_from=205), "16"),
        (printed(220, 300, "17", read_from=205), ""),
        (printed(320, 400, "17", read_from=10), "15"),
        (replace(BEFORE, evidence=None), ""),
        (replace(BEFORE, evidence=Evidence("by_hand", 1.0)), ""),
    ],
)
def test_a_line_stands_on_the_page_of_what_stands_around_it(passage: Passage, page: str) -> None:
    assert page_read_from(passage, (BEFORE, passage)) == page


def test_only_what_was_read_from_a_line_has_a_page() -> None:
    assert rule_words(Evidence("label", 0.9), "S. 16") == "aus der Rednerzeile, S. 16"
    assert rule_words(Evidence("label", 0.9)) == "aus der Rednerzeile"
    assert rule_words(Evidence("edition", 0.9), "S. 16") == "nach den geprüften Angaben zur Veranstaltung"

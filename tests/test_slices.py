"""Where the parts of a printed compound stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.slices import part_slice
from kb.text import Analyser

GERMAN = Analyser("de")


@pytest.mark.parametrize(
    ("word", "slices"),
    [
        ("Wohnungsbau", ["Wohnungs", "bau"]),
        ("Städtebauförderung", ["Städte", "bau", "förderung"]),
        ("STAEDTEBAU", ["STAEDTE", "BAU"]),
        ("Wohngebiete", ["Wohn", "gebiete"]),
        ("Fachkra\u0308ftemangel", ["Fach", "kra\u0308fte", "mangel"]),
        ("Neubaueigentümer", ["Neu", "bau", "eigentümer"]),
        ("Straßen\u00adbäume", ["Straßen\u00ad", "bäume"]),
    ],
)
def test_a_part_is_cut_out_with_its_linking_element_and_ending(word: str, slices: list[str]) -> None:
    (token,) = GERMAN.tokens(word)
    places = [part_slice(word, part, token.parts) for part in token.parts]
    found = [word[place[0] : place[1]] for place in places if place]
    assert set(slices) <= set(found)


def test_a_part_that_looks_like_nothing_in_the_word_is_not_placed() -> None:
    assert part_slice("Kleinstadt", "euro", ("klein", "stadt")) is None


@given(
    st.text(alphabet="abeunäüß\u0308sg", max_size=12), st.lists(st.text("abeunsg", min_size=1, max_size=6), max_size=3)
)
def test_a_slice_lies_in_the_word(word: str, parts: list[str]) -> None:
    for part in parts:
        place = part_slice(word, part, tuple(parts))
        assert place is None or 0 <= place[0] < place[1] <= len(word)

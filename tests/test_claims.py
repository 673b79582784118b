"""Whom a claimed name means, and which pages a claimed page means."""

from __future__ import annotations

import pytest

from kb.claims import Names, claimed_pages
from kb.model import Office, Speaker

PEOPLE = {
    "thomas-franke": Speaker("thomas-franke", "Thomas Franke", title="Dr."),
    "frauke-burg": Speaker("frauke-burg", "Frauke Burg"),
    "otto-grau": Speaker("otto-grau", "Otto Grau"),
    "ida-weit-raum": Speaker("ida-weit-raum", "Ida Weit-Raum"),
    "gari-pavkowitz": Speaker("gari-pavkowitz", "Gari Pavkowitz", misprints={"Packowitz": "Bildunterschrift"}),
    "carsten-kuehl": Speaker("carsten-kuehl", "Carsten Kühl", offices=(Office("t", "Leiter", "Stadt Probe"),)),
    "ute-von-tal": Speaker("ute-von-tal", "Ute von Tal"),
    "eva-muster": Speaker("eva-muster", "Eva Muster"),
    "udo-muster": Speaker("udo-muster", "Udo Muster"),
}


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Dr. Thomas Franke", {"thomas-franke"}),
        ("Franke", {"thomas-franke"}),
        ("Th. Franke", set()),
        ("T. Franke", {"thomas-franke"}),
        ("K. Franke", set()),
        ("Tomas Franke", {"thomas-franke"}),
        ("Frau", set()),
        ("Frauke", {"frauke-burg"}),
        ("Herr Grau", {"otto-grau"}),
        ("Weit Raum", {"ida-weit-raum"}),
        ("WEIT-RAUM", {"ida-weit-raum"}),
        ("Packowitz", {"gari-pavkowitz"}),
        ("Pavkovitz", {"gari-pavkowitz"}),
        ("Kuehl, Carsten", {"carsten-kuehl"}),
        ("Kühl, Stadt Probe", {"carsten-kuehl"}),
        ("Kühl, Peter", set()),
        ("Oberbürgermeister Kühl (Probe)", {"carsten-kuehl"}),
        ("Frau von Tal", {"ute-von-tal"}),
        ("Muster", {"eva-muster", "udo-muster"}),
        ("Eva Muster", {"eva-muster"}),
        ("Peter Grau", set()),
        ("otto-grau", {"otto-grau"}),
        ("", set()),
    ],
)
def test_a_claimed_name_means_whom_it_names(written: str, people: set[str]) -> None:
    assert set(Names(PEOPLE).claim(written).people) == people


def test_names_in_running_text_are_found_with_what_belongs_to_them() -> None:
    text = "Dagegen meint Herr Dr. Franke, anders als Otto Grau, das Grauen sei vorbei."
    assert [name for _, name in Names(PEOPLE).mentioned(text)] == ["Herr Dr. Franke", "Otto Grau"]


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("12", {"12"}),
        ("S. 20 f.", {"20", "21"}),
        ("pp. 20–22", {"20", "21", "22"}),
        ("Seite 8-9", {"8", "9"}),
        ("p. 10", {"10"}),
        ("S. iv", {"iv"}),
        ("vgl. S. 15 f.", {"15", "16"}),
        ("siehe S. 15", {"15"}),
        ("S. 14/15", {"14", "15"}),
        ("S. 3, 7 und 9–10", {"3", "7", "9", "10"}),
    ],
)
def test_a_claimed_page_means_the_pages_a_citation_means(written: str, pages: set[str]) -> None:
    assert claimed_pages(written) == pages


@pytest.mark.parametrize("written", ["", "o. S.", "?", "vgl."])
def test_no_page_is_no_claim(written: str) -> None:
    assert claimed_pages(written) is None

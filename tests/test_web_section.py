"""The reading page of a section: contents, turn line, find in section, asides, the citation at its end."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from panel_samples import panel_app

from webapp.turns import WIDTH, turn_line

PANEL = "/forum-2021/gespraech"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return panel_app(tmp_path_factory.mktemp("section"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def read(client: FlaskClient, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def text(part: object) -> str:
    """Return the words of a part of a page with single blanks."""
    assert hasattr(part, "get_text")
    return " ".join(part.get_text(" ").split())


def test_the_contents_name_every_heading_and_lead_to_it(client: FlaskClient) -> None:
    page = read(client, PANEL)
    lines = page.select(".contents a")
    assert [text(line) for line in lines] == ["Erste Runde", "Zweite Runde", "Aus dem Saal"]
    assert [text(page.find(id=str(line["href"]).removeprefix("#"))) for line in lines] == list(map(text, lines))


def test_a_section_without_headings_has_no_contents(client: FlaskClient) -> None:
    assert not read(client, "/forum-2021/auftakt").select(".contents")


def test_the_turn_line_is_a_list_in_the_order_of_speaking(client: FlaskClient) -> None:
    page = read(client, PANEL)
    turns = page.select(".turns__list li")
    assert [text(turn.a) for turn in turns] == ["Mona Frage", "Ulf Wort", "Ina Rede", "Mona Frage", "Ina Rede"]
    assert [turn["value"] for turn in turns] == ["1", "2", "3", "4", "5"]
    assert text(turns[1]) == "Ulf Wort S. 11 f., 23 Wörter"
    for turn in turns:
        assert turn.a
        assert page.find(id=str(turn.a["href"]).removeprefix("#"))


def test_the_turn_line_tells_who_speaks_how_much_and_names_everybody(client: FlaskClient) -> None:
    page = read(client, PANEL)
    assert [text(name) for name in page.select(".lane__who")] == ["Mona Frage Moderation", "Ulf Wort", "Ina Rede"]
    assert [text(share) for share in page.select(".lane__share")] == [
        "2 Beiträge 24 % der Wörter",
        "1 Beitrag 56 % der Wörter",
        "2 Beiträge 20 % der Wörter",
    ]


def test_marks_on_the_line_are_for_the_eye_and_the_mouse(client: FlaskClient) -> None:
    for line in read(client, PANEL).select(".lane__line"):
        assert line["aria-hidden"] == "true"
        assert all(mark["tabindex"] == "-1" for mark in line.select("a"))
        assert all(text(mark.title) for mark in line.select("a"))


def test_turns_lie_behind_each_other_and_fill_the_line(app: Flask) -> None:
    with app.test_request_context():
        shelf = app.extensions["wortlaut"]
        line = turn_line(shelf.library().index.passages_in("forum-2021", "gespraech"))
    assert line
    ends = [turn.x + turn.width for turn in line.turns]
    assert all(end <= turn.x for end, turn in zip(ends, line.turns[1:], strict=False))
    assert line.turns[0].x == 0
    assert WIDTH - 5 < ends[-1] <= WIDTH
    assert {turn.number for lane in line.lanes for turn in lane.turns} == {turn.number for turn in line.turns}


def test_where_one_person_speaks_there_is_no_turn_line(client: FlaskClient) -> None:
    assert not read(client, "/forum-2021/auftakt").select(".turns")


def test_finding_marks_the_words_and_leads_to_them(client: FlaskClient) -> None:
    page = read(client, f"{PANEL}?q=brunnen")
    assert [text(mark) for mark in page.select(".reading mark")] == ["Brunnen", "Brunnen", "Brunnen", "Brunnen"]
    assert "4 Fundstellen in diesem Abschnitt" in text(page.select_one(".within [role=status]"))
    places = [str(place["href"]) for place in page.select(".within [role=status] a")]
    assert places == ["#erste-1", "#erste-2", "#erste-3", "#erste-6"]
    field = page.select_one("#im-abschnitt")
    assert field
    assert field["value"] == "brunnen"


def test_finding_understands_what_the_search_understands(client: FlaskClient) -> None:
    assert [text(mark) for mark in read(client, f'{PANEL}?q="halten auch"').select("mark")] == ["halten auch"]
    assert [text(mark) for mark in read(client, f"{PANEL}?q=Bank").select("mark")] == ["Bänke", "Bänke", "Bänke"]


def test_words_on_both_sides_of_a_page_break_are_marked(client: FlaskClient) -> None:
    page = read(client, f'{PANEL}?q="viel wie drei"')
    assert [text(mark) for mark in page.select("mark")] == ["viel", "wie drei"]
    assert page.select_one("#seite-12")


def test_what_is_not_in_the_section_is_looked_for_elsewhere(client: FlaskClient) -> None:
    page = read(client, f"{PANEL}?q=Baur%C3%A4tin")
    assert not page.select("mark")
    assert text(page.select_one(".within [role=status]")) == "Das steht in diesem Abschnitt nicht."
    assert page.select(".within a[href='/suche?q=Baur%C3%A4tin']")


def test_what_is_looked_for_stays_text(client: FlaskClient) -> None:
    answer = client.get(PANEL, query_string={"q": '"><script>alert(1)</script>'}).get_data(as_text=True)
    assert "<script>" not in answer.partition("<main")[2]


def test_without_a_query_nothing_is_told(client: FlaskClient) -> None:
    assert not read(client, f"{PANEL}?q=+").select(".within [role=status]")


def test_moderators_pictures_and_footnotes_are_told_apart(client: FlaskClient) -> None:
    page = read(client, PANEL)
    assert [one["id"] for one in page.select(".entry--moderation")] == ["erste-1", "zweite-1"]
    assert [one["id"] for one in page.select("aside[role=note]")] == ["erste-3"]
    assert [one["id"] for one in page.select("aside[role=doc-footnote]")] == ["erste-6"]


def test_the_section_as_a_whole_is_cited_at_its_end(client: FlaskClient) -> None:
    cited = text(read(client, "/forum-2021/auftakt").select_one(".source p"))
    assert cited.startswith("Auftakt, in: Forum 2021 (Forum Probe 2021, Probe, 4. Mai 2021)")
    assert "https://wortlaut.example/forum-2021/auftakt (Zugriff am " in cited
    assert cited.endswith("– fiktives Beispiel")

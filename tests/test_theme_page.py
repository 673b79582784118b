"""The page of a theme: whose words, own and reported apart, the most telling passages first, and the neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from builders import make_corpus
from flask.testing import FlaskClient

from indexer.build import build_index
from webapp import create_app

THEMES = "".join(
    f'[[theme]]\nid = "{name}"\nlabel_de = "{name.title()}"\ncues = ["{cues}"]\n'
    for name, cues in (("wohnen", 'Wohnung^1.3", "Miete^1.2'), ("wasser", "Bach^1.3"), ("leer", "Raumfahrt"))
)
ONCE = "Eine Wohnung braucht jeder, und am Bach liegt keine einzige davon, wie wir alle wissen."
TWICE = "Die Miete der Wohnung steigt, weil jede Wohnung fehlt, und keine Miete sinkt in diesem Jahr."
REPORTED = """\
Jan Tal schilderte, dass die Miete vieler Menschen in dieser Stadt seit Jahren zu hoch sei.
{: #forum-1-3 .reported by=jan-tal }"""
BY_HAND = """\
Hier spricht jemand ausführlich über das Dach über dem Kopf, ohne es ein einziges Mal so zu nennen.
{: #forum-1-4 .speech by=jan-tal themes=wohnen }"""
ASKED = """\
Wem gehört die Wohnung, in der Sie heute leben, und wer bezahlt sie eigentlich Monat für Monat?
{: #forum-1-5 .questions }"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("theme")
    build_index(
        make_corpus(folder / "corpus", (ONCE, TWICE, REPORTED, BY_HAND, ASKED), themes=THEMES), folder / "index"
    )
    return create_app(folder / "index").test_client()


def read(client: FlaskClient, path: str) -> Tag:
    answer = client.get(path)
    assert answer.status_code == 200, path
    main = BeautifulSoup(answer.get_data(as_text=True), "html.parser").main
    assert main is not None
    return main


def words(element: Tag) -> str:
    return " ".join(element.get_text(" ").replace("\u00a0", " ").split())


def test_people_are_counted_by_voice_and_each_number_leads_to_these_passages(client: FlaskClient) -> None:
    rows = read(client, "/themen/wohnen").select(".shares tbody tr")
    table = {words(row.select("th")[0]): [cell.select_one("a") for cell in row.select("td")] for row in rows}
    assert list(table) == ["Anna Berg", "Jan Tal"]
    for links, expected in ((table["Anna Berg"], (2, None)), (table["Jan Tal"], (1, 1))):
        for link, number in zip(links, expected, strict=True):
            assert (link is None) == (number is None)
            if link is not None:
                assert words(link).split()[0] == str(number)
                assert len(read(client, str(link["href"])).select(".hit")) == number


def test_the_most_telling_passages_come_first_and_questions_last(client: FlaskClient) -> None:
    links = [str(link["href"]) for link in read(client, "/themen/wohnen").select(".row__foot a")]
    assert [link.rpartition("/")[2] for link in links] == ["4", "2", "1", "3", "5"]


def test_neighbours_are_told_with_the_number_of_shared_passages(client: FlaskClient) -> None:
    (one,) = read(client, "/themen/wohnen").select(".neighbours li")
    assert words(one) == "Wasser 1"
    assert one.a is not None
    assert one.a["href"] == "/themen/wasser"


def test_a_theme_without_passages_says_so(client: FlaskClient) -> None:
    assert "noch keine Stelle" in words(read(client, "/themen/leer"))
    assert client.get("/api/v1/themen/leer").json["passages"] == 0


def test_the_json_twin_says_the_same(client: FlaskClient) -> None:
    told = client.get("/api/v1/themen/wohnen").json
    assert told["voices"] == {"verbatim": 3, "reported": 1, "editorial": 1}
    assert told["people"] == [
        {"id": "anna-berg", "name": "Anna Berg", "verbatim": 2, "reported": 0},
        {"id": "jan-tal", "name": "Jan Tal", "verbatim": 1, "reported": 1},
    ]
    assert [one["passage"]["ordinal"] for one in told["telling"]] == [4, 2, 1, 3, 5]
    assert told["telling"][0]["by_hand"]
    assert "Miete" in told["telling"][1]["reason"]
    assert told["neighbours"] == [{"id": "wasser", "label_de": "Wasser", "passages": 1}]
    assert client.get("/api/v1/themen/nichts").status_code == 404


def test_many_people_are_folded_away_but_none_is_left_out(tmp_path: Path) -> None:
    people = {f"person-{number:02}": f"Person {number:02}" for number in range(15)}
    said = [
        f"Die Wohnung {number} ist zu klein für alle.\n{{: #forum-1-{number + 1} .speech by=person-{number:02} }}"
        for number in range(15)
    ]
    corpus = make_corpus(tmp_path / "corpus", said, people=people, themes=THEMES)
    build_index(corpus, tmp_path / "index")
    page = read(create_app(tmp_path / "index").test_client(), "/themen/wohnen")
    assert len(page.select(".shares tbody tr")) == 15
    assert len(page.select("details .shares tbody tr")) == 3
    assert "alle 15 Stellen" in words(page)

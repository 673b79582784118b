"""The page of a passage: alone or in context, the question above an answer, similar passages, a way to report."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from panel_samples import panel_app

from webapp.reporting import BadReportTarget, report_target

QUESTION, ANSWER, SAME, OTHER = (f"/forum-2021/gespraech/erste/{number}" for number in (1, 2, 4, 5))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("panel")


@pytest.fixture(scope="module")
def app(folder: Path) -> Flask:
    return panel_app(folder)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def read(client: FlaskClient, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def near(page: BeautifulSoup) -> list[str]:
    """Return the words that stand around the passage."""
    return [part.get_text(" ", strip=True) for part in page.select(".entry--near .words")]


def test_the_question_stands_above_its_answer_even_alone(client: FlaskClient) -> None:
    for path in (ANSWER, f"{ANSWER}?view=alone"):
        page = read(client, path)
        assert near(page)[0] == "Herr Wort, was kostet ein Brunnen? 1"
        assert "Die Frage davor" in page.select(".entry--near .margin")[0].get_text()


def test_a_turn_that_goes_on_after_a_picture_keeps_its_question(client: FlaskClient) -> None:
    assert near(read(client, SAME))[:2] == [
        "Herr Wort, was kostet ein Brunnen? 1",
        near(read(client, QUESTION))[-1],
    ]


def test_somebody_who_answers_a_panelist_is_given_no_question(client: FlaskClient) -> None:
    assert near(read(client, OTHER))[0] == "Und die Bänke halten auch."
    assert not near(read(client, f"{OTHER}?view=alone"))


def test_a_moderation_that_asks_nothing_is_not_called_a_question(client: FlaskClient) -> None:
    page = read(client, "/forum-2021/gespraech/zweite/2")
    assert "Die Moderation davor" in page.select(".entry--near .margin")[0].get_text()


def test_alone_and_in_context_are_two_links_that_keep_the_rest_of_the_address(client: FlaskClient) -> None:
    page = read(client, f"{OTHER}?style=apa&view=alone")
    ways = {link.get_text(): link for link in page.select(".ways a")}
    assert ways["Im Zusammenhang"]["href"] == f"{OTHER}?style=apa"
    assert ways["Allein"]["aria-current"] == "true"
    assert not ways["Im Zusammenhang"].has_attr("aria-current")
    assert client.get(f"{OTHER}?view=sideways").status_code == 400


def test_another_style_keeps_the_view(client: FlaskClient) -> None:
    links = [str(link["href"]) for link in read(client, f"{OTHER}?view=alone").select(".cite__styles a")]
    assert links
    assert all("view=alone" in link for link in links)
    assert not any("view" in str(link["href"]) for link in read(client, OTHER).select(".cite__styles a"))


def test_citing_comes_right_after_the_words(client: FlaskClient) -> None:
    titles = [heading.get_text() for heading in read(client, ANSWER).select("main h2")]
    assert titles == ["Zitieren", "Zitat zusammenstellen", "Über diese Stelle", "Ähnliche Stellen"]


def test_similar_passages_are_named_with_the_words_they_share(client: FlaskClient) -> None:
    found = read(client, ANSWER).select(".alike li")
    assert next(one.a["href"] for one in found if one.a) == "/forum-2021/auftakt/1"
    assert "Ina Rede, S. 11" in found[0].get_text().replace("\u00a0", " ")
    assert "Brunnen" in found[0].select("p")[0].get_text()
    assert ANSWER not in {one.a["href"] for one in found if one.a}


def test_of_a_picture_nothing_similar_is_looked_for(client: FlaskClient) -> None:
    assert not read(client, "/forum-2021/gespraech/erste/3").select(".alike")


def test_a_report_is_offered_only_where_somebody_reads_it(client: FlaskClient) -> None:
    assert not read(client, ANSWER).select(".report")


@pytest.mark.parametrize(
    ("setting", "fields"),
    [
        ("redaktion@wortlaut.example", ("subject", "body")),
        ("mailto:redaktion@wortlaut.example?cc=amt@wortlaut.example", ("subject", "body")),
        ("https://code.example/stadt/berichte/issues/new", ("title", "body")),
        ("https://code.example/issues/new?labels=fehler", ("title", "body")),
    ],
)
def test_a_report_carries_locator_fingerprint_and_link(tmp_path: Path, setting: str, fields: tuple[str, str]) -> None:
    client = panel_app(tmp_path, report=setting).test_client()
    page = read(client, ANSWER)
    link = page.select_one("#link")
    report = page.select_one(".report a")
    assert link is not None
    assert report is not None
    address = str(report["href"])
    assert address.startswith(setting if ":" in setting else f"mailto:{setting}")
    assert "+" not in urlsplit(address).query
    sent = parse_qs(urlsplit(address).query)
    assert ANSWER.strip("/") in sent[fields[0]][0]
    permanent = link.get_text()
    assert permanent in sent[fields[1]][0]
    assert f"Fingerabdruck der Worte: {permanent.rpartition('~')[2]}" in sent[fields[1]][0]


@pytest.mark.parametrize("setting", ["javascript:alert(1)", "redaktion", "mailto:", "https://", "ftp://x.example"])
def test_reports_go_to_a_mail_or_web_address_and_nowhere_else(setting: str) -> None:
    with pytest.raises(BadReportTarget):
        report_target(setting)

"""The JSON twins: every page has one at its own address under `/api/v1`, and says where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from web_samples import write_web_corpus
from werkzeug.routing import Rule

from indexer.build import build_index
from webapp import create_app

BASE = "https://wortlaut.example"
NO_PAGES = {"static", "language.choose"}
VALUES: dict[str, tuple[str, ...]] = {
    "edition_id": ("tagung-2020",),
    "facet": ("speaker", "theme"),
    "label": ("7",),
    "name": ("impressum", "klima"),
    "place": ("runde", "begruessung/berg", "runde/5", "forum-1/1"),
    "speaker_id": ("anna-berg", "stumm-er"),
    "theme_id": ("wohnen",),
}
"""What stands in the addresses of pages for each of their parts."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("twins")
    corpus = write_web_corpus(folder / "corpus")
    (corpus / "notes").mkdir(exist_ok=True)
    (corpus / "notes" / "klima.md").write_text("# Klima\n\nEin Satz.\n", encoding="utf-8")
    build_index(corpus, folder / "index")
    (folder / "pages").mkdir()
    (folder / "pages" / "impressum.md").write_text("# Impressum\n\nStadt Probe\n", encoding="utf-8")
    return create_app(folder / "index", base_url=BASE, pages=folder / "pages")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def addresses(rule: Rule) -> Iterator[str]:
    """Yield addresses of the pages behind a rule, one for each value of its part that has several."""
    values = {name: VALUES[name] for name in rule.arguments}
    first = {name: found[0] for name, found in values.items()}
    for name, found in values.items():
        for value in found[1:]:
            yield _address(rule, first | {name: value})
    yield _address(rule, first)


def _address(rule: Rule, values: dict[str, str]) -> str:
    address = rule.rule
    for name, value in values.items():
        address = re.sub(rf"<(?:[^<>]+:)?{name}>", value, address)
    return address


def pages(app: Flask) -> set[str]:
    """Return addresses of all pages people read."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())]
    found = {
        address
        for rule in rules
        if rule.endpoint not in NO_PAGES and not rule.rule.startswith("/api/") and "." not in rule.rule
        for address in addresses(rule)
    }
    answers = {address: app.test_client().get(address) for address in found}
    return {
        address for address, answer in answers.items() if (answer.status_code, answer.mimetype) == (200, "text/html")
    }


def twin_of(client: FlaskClient, address: str) -> list[str]:
    page = BeautifulSoup(client.get(address).get_data(as_text=True), "html.parser")
    return [str(link["href"]) for link in page.select("link[rel=alternate][type='application/json']")]


def told(client: FlaskClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_json()


def test_every_page_has_a_twin_at_its_address_and_leads_to_it(app: Flask, client: FlaskClient) -> None:
    found = pages(app)
    assert {"/impressum", "/notizen/klima", "/tagung-2020/runde/5", "/suche/auswahl/theme"} <= found
    for address in sorted(found):
        assert twin_of(client, address) == [f"/api/v1{address}"], address
        answer = client.get(f"/api/v1{address}")
        assert (answer.status_code, answer.mimetype) == (200, "application/json"), address


def test_the_twin_takes_what_the_address_of_the_page_says(client: FlaskClient) -> None:
    address = "/suche?q=Brunnen&voice=verbatim&page=2"
    (twin,) = twin_of(client, address)
    assert twin == f"/api/v1{address}"
    answer = told(client, twin)
    shown = BeautifulSoup(client.get(address).get_data(as_text=True), "html.parser").select(".hit")
    assert [hit["passage"]["ordinal"] for hit in answer["hits"]] == list(range(11, 21))
    assert len(shown) == len(answer["hits"])


def test_the_parts_of_a_twin_are_pages(client: FlaskClient) -> None:
    links = client.get("/api/v1/suche?q=Brunnen&page=2").headers["Link"]
    assert f'<{BASE}/api/v1/suche?q=Brunnen&page=1>; rel="prev"' in links
    assert f'<{BASE}/api/v1/suche?q=Brunnen&page=3>; rel="next"' in links
    links = client.get("/api/v1/suche/kontext?q=Brunnen").headers["Link"]
    assert 'page=1>; rel="last"' in links


@pytest.mark.parametrize("address", ["/nirgends", "/tagung-2020/nirgends", "/personen/niemand", "/suche?page=x"])
def test_what_is_not_there_has_no_twin(client: FlaskClient, address: str) -> None:
    assert twin_of(client, address) == []
    assert client.get(f"/api/v1{address}").mimetype == "application/problem+json"


def test_an_event_tells_programme_speakers_and_the_silent(client: FlaskClient) -> None:
    event = told(client, "/api/v1/tagung-2020")
    assert [one["id"] for one in event["programme"]] == ["begruessung", "begruessung/berg", "forum-1", "runde"]
    assert event["programme"][0]["speakers"] == ["anna-berg", "stumm-er"]
    assert {one["id"]: one["passages"] for one in event["speakers"]} == {"boese": 23, "anna-berg": 2, "jan-tal": 1}
    assert [one["id"] for one in event["silent"]] == ["stumm-er"]


def test_a_section_tells_its_passages_and_those_nested_in_it(client: FlaskClient) -> None:
    section = told(client, "/api/v1/tagung-2020/begruessung")
    assert [one["id"].rpartition("/")[2] for one in section["passages"]] == ["1", "2", "3", "4"]
    assert told(client, "/api/v1/tagung-2020/runde/5")["id"] == "tagung-2020/runde/5"


def test_a_person_tells_roles_themes_and_printed_names(client: FlaskClient) -> None:
    person = told(client, "/api/v1/personen/anna-berg")
    assert person["roles"] == {"speaker": 2}
    assert person["themes"] == {"wohnen": 1}
    variants = {one["form"]: one["pages"] for one in person["variants"]}
    assert variants == {"Frau Berg": {}, "Anna Berk": {"tagung-2020": ["5"]}}
    assert [(one["voice"], one["total"]) for one in person["voices"]] == [("verbatim", 2)]
    assert person["events"][0]["programme"] == ["begruessung"]


def test_the_start_tells_what_is_in_the_collection(client: FlaskClient) -> None:
    start = told(client, "/api/v1/")
    assert [one["id"] for one in start["events"]] == ["tagung-2020", "angaben-2018"]
    assert start["people"]["count"] == 3
    assert start["themes"][0]["passages"] == 1
    assert start["additions"] == [
        {
            "date": start["corpus"]["built_at"][:10],
            "version": "",
            "passages": told(client, "/api/v1/suche")["total"],
            "new": ["tagung-2020"],
            "revised": [],
        }
    ]

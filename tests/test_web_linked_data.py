"""What programs read on a page: one address, a preview, event and person as linked data."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_samples import web_app

BASE = "https://wortlaut.example"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return web_app(tmp_path_factory.mktemp("linked"), base_url=BASE).test_client()


def read(client: FlaskClient, path: str) -> BeautifulSoup:
    """Return the page at `path`, parsed, whatever its status."""
    return BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")


def _named(page: BeautifulSoup, selector: str, attribute: str) -> list[str]:
    return [str(one[attribute]) for one in page.select(selector)]


def _linked(client: FlaskClient, path: str) -> Any:
    script = read(client, path).select_one("script[type='application/ld+json']")
    assert script is not None
    return json.loads(script.get_text())


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "/"),
        ("/personen?x=1", "/personen"),
        ("/tagung-2020/begruessung?q=Wohnung", "/tagung-2020/begruessung"),
        ("/personen/boese?voice=verbatim&page=2", "/personen/boese?voice=verbatim&page=2"),
        ("/personen/boese?page=1&x=2", "/personen/boese"),
        ("/suche?q=B%C3%A4che&page=1&stand=abcdef123456", "/suche?q=B%C3%A4che&page=1"),
    ],
)
def test_a_page_has_one_address(client: FlaskClient, path: str, address: str) -> None:
    page = read(client, path)
    assert _named(page, "link[rel=canonical]", "href") == [BASE + address]
    assert _named(page, "meta[property='og:url']", "content") == [BASE + address]


def test_no_two_pages_have_one_title_or_one_description(client: FlaskClient) -> None:
    paths = re.findall(f"<loc>{BASE}([^<]+)", client.get("/sitemap.xml").get_data(as_text=True))
    paths += [f"/tagung-2020/runde/{number}" for number in range(1, 6)]
    paths += ["/merkliste", "/suche?q=Brunnen", "/suche?q=Wohnung", "/personen/boese?voice=verbatim"]
    pages = [read(client, path) for path in paths]
    titles = [page.title.get_text() for page in pages if page.title]
    assert len(titles) == len(set(titles)) == len(paths)
    assert len({told for page in pages for told in _named(page, "meta[name=description]", "content")}) == len(paths)


def test_the_address_of_a_passage_is_its_permanent_link_however_it_is_shown(client: FlaskClient) -> None:
    page = read(client, "/tagung-2020/runde/5?style=apa&view=alone")
    (address,) = _named(page, "link[rel=canonical]", "href")
    assert address.startswith(f"{BASE}/tagung-2020/runde/5~")
    assert _named(page, "meta[property='og:url']", "content") == [address]


def test_what_is_not_there_has_no_address(client: FlaskClient) -> None:
    assert not read(client, "/nirgends").select("link[rel=canonical], meta[property='og:url']")


@pytest.mark.parametrize(
    "path", ["/", "/hilfe", "/tagung-2020", "/tagung-2020/runde", "/personen/boese", "/themen/wohnen"]
)
def test_a_preview_has_title_description_and_type(client: FlaskClient, path: str) -> None:
    page = read(client, path)
    for name in ("title", "description", "type"):
        (content,) = _named(page, f"meta[property='og:{name}']", "content")
        assert content.strip()
    assert _named(page, "meta[name=description]", "content") == _named(
        page, "meta[property='og:description']", "content"
    )


def test_the_preview_of_a_passage_tells_who_and_where_but_no_words(client: FlaskClient) -> None:
    (told,) = _named(read(client, "/tagung-2020/forum-1/1"), "meta[property='og:description']", "content")
    assert "Jan Tal, laut Bericht" in told
    assert "Bäche" not in told


def test_the_event_is_linked_data_and_an_invented_one_says_so(client: FlaskClient) -> None:
    event = _linked(client, "/tagung-2020")
    assert event["@type"] == "Event"
    assert (event["name"], event["startDate"]) == ("Tagung Probe 2020", "2020-05-04")
    assert event["location"]["name"] == "Probe"
    assert [one["name"] for one in event["organizer"]] == ["Institut A", "Stadt B"]
    assert "Fiktiv" in event["description"]
    assert "description" not in _linked(client, "/angaben-2018")


def test_the_person_is_linked_data_whatever_the_name_tries_to_be(client: FlaskClient) -> None:
    person = _linked(client, "/personen/boese")
    assert person["@type"] == "Person"
    assert person["name"] == "Eva <b>Fett</b> & Söhne"
    assert [one["url"] for one in person["performerIn"]] == [f"{BASE}/tagung-2020"]
    assert "Frau Berg" in _linked(client, "/personen/anna-berg")["alternateName"]


def test_who_said_nothing_took_part_in_nothing_as_far_as_is_known(client: FlaskClient) -> None:
    assert "performerIn" not in _linked(client, "/personen/stumm-er")

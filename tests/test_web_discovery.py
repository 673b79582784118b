"""What search engines and browsers ask for: all that is listed is there, whole or in parts, and well-formed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_samples import web_app

from webapp import create_app, finding_aids

BASE = "https://wortlaut.example"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BOX = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return web_app(tmp_path_factory.mktemp("discovery"), base_url=BASE).test_client()


def _listed(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "application/xml"
    return [str(one.text) for one in ET.fromstring(answer.get_data()).iter(f"{SITEMAP}loc")]


def test_the_site_map_lists_pages_that_are_there_each_once(client: FlaskClient) -> None:
    listed = _listed(client, "/sitemap.xml")
    assert len(set(listed)) == len(listed)
    assert all(one.startswith(f"{BASE}/") for one in listed)
    for one in listed:
        assert client.get(urlsplit(one).path).status_code == 200, one


def test_the_site_map_has_editions_people_themes_and_the_sections_with_words(client: FlaskClient) -> None:
    paths = {urlsplit(one).path for one in _listed(client, "/sitemap.xml")}
    assert {
        "/",
        "/hilfe",
        "/angaben-2018",
        "/tagung-2020/begruessung/berg",
        "/personen/boese",
        "/themen/wohnen",
        "/notizen/wohnen",
    } <= paths
    assert "/angaben-2018/vortrag" not in paths


def test_a_long_site_map_comes_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _listed(client, "/sitemap.xml")
    monkeypatch.setattr(finding_aids, "MOST", 5)
    parts = _listed(client, "/sitemap.xml")
    assert parts[0] == f"{BASE}/sitemap-1.xml"
    assert [one for part in parts for one in _listed(client, urlsplit(part).path)] == whole
    for number in (0, len(parts) + 1):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_robots_read_the_pages_but_not_narrowed_searches_and_api(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.get_data(as_text=True).splitlines()
    assert "Disallow: /suche?*&" in lines  # the parser below takes the asterisk for a letter
    rules = RobotFileParser()
    rules.parse(lines)
    assert rules.site_maps() == [f"{BASE}/sitemap.xml"]
    for path in ("/", "/tagung-2020/begruessung", "/tagung-2020/runde/1", "/personen/boese", "/suche?q=Brunnen"):
        assert rules.can_fetch("*", f"{BASE}{path}"), path
    for path in ("/suche/kontext?q=Brunnen", "/api/v1/search?q=Brunnen"):
        assert not rules.can_fetch("*", f"{BASE}{path}"), path


@pytest.mark.parametrize(("query", "is_kept_out"), [("Brunnen", False), ("Zeppelin", True), ("Brunen", True)])
def test_a_search_that_finds_nothing_is_in_no_search_engine(client: FlaskClient, query: str, is_kept_out: bool) -> None:
    page = BeautifulSoup(client.get(f"/suche?q={query}").get_data(as_text=True), "html.parser")
    rule = page.select_one("meta[name=robots]")
    assert (rule is not None and rule["content"] == "noindex") is is_kept_out


def test_a_browser_learns_from_any_page_how_to_search_here(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/personen").get_data(as_text=True), "html.parser")
    link = page.select_one("link[rel=search]")
    assert link is not None
    answer = client.get(str(link["href"]))
    assert answer.mimetype == link["type"] == "application/opensearchdescription+xml"
    box = ET.fromstring(answer.get_data())
    assert len(box.findtext(f"{BOX}ShortName") or "") <= 16
    address = str(box.findall(f"{BOX}Url")[0].get("template"))
    assert address.startswith(BASE)
    found = client.get(address.removeprefix(BASE).replace("{searchTerms}", "Brunnen"))
    assert 'class="hit' in found.get_data(as_text=True)
    icon = urlsplit(str(box.findtext(f"{BOX}Image")))
    with client.get(f"{icon.path}?{icon.query}") as picture:
        assert picture.status_code == 200


def test_robots_and_search_box_are_described_without_an_index_too(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    assert [client.get(path).status_code for path in ("/robots.txt", "/opensearch.xml")] == [200, 200]

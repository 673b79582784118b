"""Attempts stay text: what a corpus prints and what a reader sends, on every page, in every file and header."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
import rispy
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hostile_samples import ATTEMPT, FORMULA, hostile_index
from playwright.sync_api import Page, expect
from webserver import CHROMIUM, chromium, served
from werkzeug.test import TestResponse

from webapp import create_app

BASE = "https://wortlaut.example"
PASSAGE = "/tagung-2020/begruessung/1"
STARTS = (
    "/",
    "/hilfe",
    "/ueber",
    "/pruefen",
    "/notizen",
    "/notizen/boese",
    "/nirgends",
    "/suche?q=Wohnung",
    "/suche?q=Wohnung&group=speaker",
    "/suche?q=Zeppelin",
    "/suche/kontext?q=Wohnung",
    "/suche/verteilung?q=Wohnung",
    "/suche/auswahl/theme",
    f"{PASSAGE}~00000000",
    f"{PASSAGE}?w=1-2&style=apa&locale=en",
    "/tagung-2020/begruessung?q=Wohnung",
)
ASKED = (
    "/suche?q={}",
    "/suche?q=Wohnung&speaker={}",
    "/suche?q=Wohnung&theme={}",
    "/suche?q=Wohnung&year={}",
    "/suche?q=Wohnung&voice={}",
    "/suche?q=Wohnung&sort={}",
    "/suche?q=Wohnung&page={}",
    "/suche?q=Wohnung&group={}",
    "/suche?q=Wohnung&stand={}",
    "/suche/kontext?q={}",
    "/suche/kontext?q=Wohnung&by={}",
    "/suche/verteilung?q={}",
    "/suche/auswahl/speaker?q={0}&enthaelt={0}",
    "/suche/auswahl/{}",
    "/suche/feed?q={}",
    "/personen/{}",
    "/themen/{}",
    "/tagung-2020/{}",
    "/tagung-2020/begruessung?q={}",
    "/tagung-2020/seite/{}",
    f"{PASSAGE}?style={{}}",
    f"{PASSAGE}?locale={{}}",
    f"{PASSAGE}?view={{}}",
    f"{PASSAGE}?w={{}}",
    f"{PASSAGE}?von={{}}",
    "/unapi?id={}",
    f"/unapi?id={PASSAGE[1:]}&format={{}}",
    "/{}",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_index(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def client(index: Path) -> FlaskClient:
    return create_app(index, base_url=BASE, report="redaktion@wortlaut.example").test_client()


def parsed(answer: TestResponse) -> BeautifulSoup:
    """Return a page as a browser takes it apart."""
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def harm(page: BeautifulSoup) -> list[str]:
    """Return what on a page is more than text: elements and scripts nobody wrote into a template."""
    found = [str(one) for one in page.select("x-evil, img, iframe, object, embed, base, meta[http-equiv]")]
    for one in page.find_all(True):
        found += [f"{one.name} {name}" for name in one.attrs if name.startswith("on") or name == "style"]
        target = str(one.get("href") or one.get("src") or one.get("action") or one.get("formaction") or "")
        if urlsplit(target).scheme not in ("", "http", "https", "mailto"):
            found.append(target)
        if one.name == "script" and not one.has_attr("src"):
            json.loads(one.get_text())
    return found


def every_page(client: FlaskClient) -> Iterator[tuple[str, BeautifulSoup]]:
    """Yield all pages that links lead to, each once however it is shown."""
    waiting, seen = list(STARTS), set(STARTS)
    kinds: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code in (200, 404), path
        if answer.mimetype != "text/html":
            continue
        page = parsed(answer)
        yield path, page
        for link in page.select("a[href]"):
            parts = urlsplit(urljoin(BASE + path, str(link["href"])))
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            kinds[parts.path] = kinds.get(parts.path, 0) + (target not in seen)
            is_page = parts.hostname == urlsplit(BASE).hostname and not parts.path.startswith("/api/")
            if is_page and target not in seen and kinds[parts.path] < 4:
                seen.add(target)
                waiting.append(target)


def test_what_the_corpus_prints_stays_text_on_every_page(client: FlaskClient) -> None:
    shown = {}
    for path, page in every_page(client):
        assert not harm(page), path
        shown[path] = ATTEMPT in page.get_text()
    assert len(shown) > 40
    for path in ("/", "/personen", "/personen/anna-berg", "/themen/wohnen", "/tagung-2020", "/tagung-2020/begruessung"):
        assert shown[path], path


@pytest.mark.parametrize("path", [PASSAGE, "/tagung-2020", "/personen/anna-berg"])
def test_linked_data_carries_the_attempt_as_a_value(client: FlaskClient, path: str) -> None:
    (script,) = parsed(client.get(path)).select("script[type='application/ld+json']")
    assert "<" not in script.get_text()
    assert ATTEMPT in json.dumps(json.loads(script.get_text()), ensure_ascii=False).replace('\\"', '"')


@pytest.mark.parametrize("address", ASKED)
def test_what_a_reader_sends_stays_text(client: FlaskClient, address: str) -> None:
    for attempt in (ATTEMPT, "%22%27%3E%3Cx-evil%20onclick=alert(1)%3E", "%0d%0aX-Evil:%201"):
        answer = client.get(address.format(attempt.replace("&", "%26").replace("#", "%23")), follow_redirects=True)
        assert answer.status_code in (200, 300, 400, 404, 406)
        assert "X-Evil" not in answer.headers
        if answer.mimetype == "text/html":
            assert not harm(parsed(answer))
        else:
            assert not list(ET.fromstring(answer.get_data()).iter("x-evil"))


def test_a_checked_quotation_stays_text(client: FlaskClient) -> None:
    for field in ("text", "speaker", "page"):
        sent = {"text": "Jede Wohnung zählt:"} | {field: f"Jede Wohnung zählt: {ATTEMPT}"}
        assert not harm(parsed(client.post("/pruefen", data=sent)))


@pytest.mark.parametrize("path", ["/suche/feed?q=Wohnung", "/opensearch.xml", "/sitemap.xml", "/unapi"])
def test_what_programs_fetch_is_well_formed(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    names = {one.tag for one in ET.fromstring(answer.get_data()).iter()}
    assert not [name for name in names if name.endswith("x-evil")]
    if "feed" in path:
        assert ATTEMPT in "".join(ET.fromstring(answer.get_data()).itertext())


def test_a_table_for_spreadsheets_has_no_formula_in_it(client: FlaskClient) -> None:
    answer = client.get("/api/v1/export?format=csv&guard=1")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert f"'{FORMULA}" in cells


def test_the_table_a_page_offers_is_the_one_for_spreadsheets(client: FlaskClient) -> None:
    offered = [str(one["href"]) for one in parsed(client.get("/suche?q=Wohnung")).select("a[href*='format=csv']")]
    assert offered
    assert all("guard=1" in one for one in offered)


def test_no_name_writes_a_line_of_its_own_into_a_record(client: FlaskClient) -> None:
    for form in ("ris", "bibtex", "biblatex"):
        text = client.get(f"/api/v1/passages{PASSAGE}/citation/{form}").get_data(as_text=True)
        assert not re.search(r"^\W*X-Evil", text, re.MULTILINE)
    (read,) = rispy.loads(client.get(f"/api/v1/passages{PASSAGE}/citation/ris").get_data(as_text=True))
    assert read["custom3"].startswith("Band X-Evil: 1")


def test_no_header_says_what_a_corpus_or_an_address_wants(client: FlaskClient) -> None:
    for path in (
        PASSAGE,
        "/tagung-2020/begruessung",
        f"/api/v1/passages{PASSAGE}/citation/ris",
        "/api/v1/export?format=csv",
        "/api/v1/search?q=%0d%0aX-Evil:1%22%3E",
        "/tagung-2020/begruessung/%0d%0aX-Evil:1/",
    ):
        headers = client.get(path).headers
        assert "X-Evil" not in headers
        assert not [value for value in headers.values() if re.search(r"[\r\n\0]", value)], path
        for target in re.findall("<([^>]*)>", headers.get("Link", "")):
            assert not re.search(r"[\s\"'<>]", target)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/x\r\nX-Evil: 1",
    ],
)
def test_nobody_is_sent_to_another_site(client: FlaskClient, wanted: str) -> None:
    answers = [
        client.post("/sprache", data={"sprache": "en", "zurueck": wanted}),
        client.get("//evil.example/x/"),
        client.get("/%5Cevil.example/x/"),
        client.get("//evil.example/%2e%2e/"),
    ]
    for answer in answers:
        assert "X-Evil" not in answer.headers
        place = urlsplit(urljoin(BASE, answer.headers.get("Location", "/").replace("\\", "/").replace("\t", "")))
        assert place.hostname in (urlsplit(BASE).hostname, "localhost"), answer.headers["Location"]


@pytest.mark.parametrize("host", ['evil"><x-evil>', "evil.example/x", "a b", "evil.example,wortlaut.example"])
def test_a_made_up_host_gets_into_no_page(index: Path, host: str) -> None:
    answer = create_app(index).test_client().get(PASSAGE, headers={"Host": host})
    assert not harm(parsed(answer))
    for target in re.findall("<([^>]*)>", answer.headers.get("Link", "")):
        assert not re.search(r"[\s\"'<>]", target)


def _heard(page: Page) -> list[str]:
    """Return the list into which a page writes every dialog, error and broken policy from now on."""
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("console", lambda told: heard.append(told.text) if told.type == "error" else None)
    return heard


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")
def test_a_real_browser_runs_none_of_it(client: FlaskClient, index: Path) -> None:
    paths = [path for path, _ in every_page(client) if path != "/nirgends" and "style=" not in path]
    with served(create_app(index)) as base, chromium() as browser:
        page = browser.new_page(base_url=base, locale="de-DE")
        heard = _heard(page)
        for path in paths:
            page.goto(path)
            assert page.locator("x-evil, img").count() == 0, path
        page.goto("/suche")
        page.locator("#q").press_sequentially("Anna")
        expect(page.get_by_role("option").first).to_contain_text("<x-evil")
        page.locator("#q").fill(ATTEMPT)
        page.keyboard.press("Enter")
        expect(page.locator("#q")).to_have_value(ATTEMPT)
        page.goto("/suche?q=Wohnung")
        page.locator("[data-facet=theme] .choice__toggle").first.click()
        expect(page.locator(".chip")).to_have_count(1)
        page.goto("/pruefen")
        page.locator("#text").fill(f"Jede Wohnung zählt: {ATTEMPT}")
        page.get_by_role("button", name="Zitat prüfen").click()
        expect(page.locator(".check")).to_be_visible()
        assert page.locator("x-evil, img").count() == 0
    assert not heard


@pytest.mark.parametrize("facet", ["speaker", "theme", "forum", "edition"])
def test_thousands_of_signs_before_a_filter_are_one(client: FlaskClient, facet: str) -> None:
    """Each sign was once read by a call of its own, and a thousand of them were too many."""
    for path in ("/suche", "/suche/kontext", "/suche/verteilung", "/api/v1/search"):
        assert client.get(path, query_string={facet: "-" * 5000 + "x"}).status_code == 200


def test_brackets_in_brackets_are_no_json(client: FlaskClient) -> None:
    answer = client.post("/api/v1/verify", data=b"[" * 100_000, content_type="application/json")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"

"""The quotation builder and printed pages in the web application: without scripts, and in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from web_samples import web_app
from webserver import CHROMIUM, served

WELCOME = "/tagung-2020/begruessung/berg/1"
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return web_app(tmp_path_factory.mktemp("quoting"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    with served(app) as base:
        yield base


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="de-DE", viewport={"width": 1000, "height": 500})
    yield context.new_page()
    context.close()


def read(client: FlaskClient, path: str, *, status: int = 200) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == status
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text().split())


def pinned(client: FlaskClient, path: str = WELCOME) -> str:
    return f"{path}~{client.get(f'/api/v1/passages{path}').get_json()['fingerprint']}"


def built(client: FlaskClient, path: str) -> str:
    return words(read(client, path).select_one("#auswahl-worte"))


def test_words_named_by_a_link_are_marked_by_the_server(client: FlaskClient) -> None:
    page = read(client, f"{pinned(client)}?w=2-3&w=10-12")
    marks = [one.get_text() for one in page.select(".entry--here mark")]
    assert marks == ["in Probe,", "Häu", "ser alt sind."]  # page 6 begins inside the word
    assert words(page.select_one("#auswahl-worte")) == "„in Probe, […] Häuser alt sind.“"
    assert built(client, f"{pinned(client)}?w=10-12&sentences=1").startswith("„Willkommen in Probe")


def test_ticked_sentences_become_a_quotation_and_stay_ticked(client: FlaskClient) -> None:
    page = read(client, WELCOME)
    assert page.select_one("#auswahl-worte") is None
    form = page.select_one(".quoting form")
    assert form
    values = [box["value"] for box in form.select("[name=w]")]
    assert values[0] == "1-12"
    assert values[1].startswith("2~")  # the next passage by the same speaker
    target = str(form["action"]).partition("#")[0]
    page = read(client, f"{target}?w={values[0]}&w={values[1]}")
    assert "wird gehört.“" in words(page.select_one("#auswahl-worte"))
    assert [box["value"] for box in page.select(".quoting [name=w][checked]")] == values[:2]


def test_words_that_have_changed_are_not_marked_and_the_page_says_so(client: FlaskClient) -> None:
    page = read(client, f"{WELCOME}~00000000?w=2-3")
    assert not page.select("mark")
    assert "darum ist nichts markiert" in words(page.select_one(".quoting .note"))
    answer = client.get(f"/api/v1/passages{WELCOME}~00000000/quotation?w=2-3")
    assert (answer.status_code, answer.get_json()["reason"]) == (409, "changed")


def test_a_link_without_fingerprint_says_that_todays_words_are_counted(client: FlaskClient) -> None:
    assert "keinen Fingerabdruck" in words(read(client, f"{WELCOME}?w=2-3").select_one(".quoting"))
    assert "keinen Fingerabdruck" not in words(read(client, f"{pinned(client)}?w=2-3").select_one(".quoting"))


@pytest.mark.parametrize("asked", ["w=99", "w=x", "w=3-1", "w=9:1", "w=%3Cb%3E", "w=1&" * 60])
def test_words_that_are_none_are_told_and_nothing_breaks(client: FlaskClient, asked: str) -> None:
    page = read(client, f"{pinned(client)}?{asked}")
    assert "Wählen Sie neu" in words(page.select_one(".quoting .note"))
    assert not page.select("mark")
    assert client.get(f"/api/v1/passages{WELCOME}/quotation?{asked}").status_code in (400, 404)


def test_two_speakers_are_refused_with_what_to_do(client: FlaskClient) -> None:
    path = f"{pinned(client, '/tagung-2020/forum-1/1')}?w=1-2&w=2:1-2"
    assert "Zitieren Sie jedes für sich" in words(read(client, path).select_one(".quoting .note"))
    answer = client.get("/api/v1/passages/tagung-2020/forum-1/1/quotation?w=1-2&w=2:1-2")
    assert (answer.status_code, answer.get_json()["reason"]) == (400, "voices")


def test_reported_words_come_without_quotation_marks(client: FlaskClient) -> None:
    text = built(client, f"{pinned(client, '/tagung-2020/forum-1/1')}?w=1-3")
    assert "„" not in text
    assert "laut Bericht zu Forum 1" in text


def test_the_json_twin_says_the_same_as_the_page(client: FlaskClient) -> None:
    path = f"{pinned(client)}?w=1-3&w=7-12"
    page = read(client, path)
    answer = client.get(str(page.select_one(".quoting a[href^='/api/']")["href"])).get_json()  # type: ignore[index]
    assert answer["quotation"] == words(page.select_one("#auswahl-worte"))
    assert answer["reference"] == words(page.select_one("#auswahl-nachweis"))
    assert answer["marking_link"] == words(page.select_one("#auswahl-link"))
    assert [one["sentence"] for one in answer["warnings"]] == [words(one) for one in page.select(".quoting li")]
    assert answer["link"].endswith(path)
    assert [piece["words"] for piece in answer["pieces"]] == [[1, 3], [7, 12]]


def test_a_printed_page_lists_what_stands_on_it(client: FlaskClient) -> None:
    page = read(client, "/tagung-2020/seite/6")
    assert words(page.h1) == "Seite 6"
    assert "Willkommen in Probe" in words(page.main)  # it runs on from page 5
    assert page.select_one("a[rel=prev][href='/tagung-2020/seite/5']")
    answer = client.get("/api/v1/editions/tagung-2020/pages/6").get_json()
    assert answer["passages"][0]["id"] == WELCOME.removeprefix("/")
    assert answer["link"].endswith("/tagung-2020/seite/6")


def test_a_page_that_is_not_there_names_the_nearest(client: FlaskClient) -> None:
    page = read(client, "/tagung-2020/seite/8", status=404)
    assert page.select_one("main a[href='/tagung-2020/seite/7']")
    error = client.get("/api/v1/editions/tagung-2020/pages/8", headers={"Accept-Language": "en"})
    assert error.status_code == 404
    assert "nearest pages: 5, 6, 7" in error.get_json()["detail"]
    read(client, "/tagung-2020/seite/%3Cb%3E", status=404)
    read(client, "/nirgends/seite/8", status=404)


def _select(page: Page, first: str, last: str) -> None:
    """Select with the mouse from the beginning of one text to the end of another."""
    places = page.evaluate(
        """texts => texts.map((text, end) => {
            const words = document.querySelector(".entry--here .words");
            const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.textContent.indexOf(text);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + text.length);
                const box = range.getBoundingClientRect();
                return [end ? box.right : box.left, box.top + box.height / 2];
            }
        })""",
        [first, last],
    )
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1])
    page.mouse.up()


@in_browser
def test_words_selected_with_the_mouse_become_a_quotation_and_are_marked(page: Page) -> None:
    page.goto(WELCOME)
    expect(page.locator(".pick")).to_be_hidden()
    _select(page, "wo jede", "ser alt")
    expect(page.locator(".pick__count")).to_have_text("8 Wörter markiert")
    page.get_by_role("link", name="Zitat aus der Auswahl").click()
    expect(page.locator("#auswahl-worte")).to_have_text("„wo jede Wohnung zählt und die Häuser alt“")
    assert parse_qs(urlsplit(page.url).query) == {"w": ["4-11"]}
    assert page.locator(".entry--here mark").all_inner_texts() == ["wo jede Wohnung", " zählt und die Häu", "ser alt"]


@in_browser
def test_more_words_are_added_with_the_keyboard(page: Page) -> None:
    page.goto(WELCOME)
    path = page.locator(".quoting form").get_attribute("action")
    assert path
    page.goto(f"{path.partition('#')[0]}?w=1-2")
    _select(page, "wo jede", "wo jede")
    expect(page.get_by_role("link", name="hinzufügen")).to_be_visible()
    page.locator(".pick__go").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#auswahl-worte")).to_have_text("„Willkommen in […] wo jede“")


@in_browser
def test_the_whole_passage_and_single_words_are_counted_as_the_server_counts(page: Page) -> None:
    for path in (WELCOME, "/tagung-2020/forum-1/1", "/tagung-2020/forum-1/2"):
        page.goto(path)
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.entry--here'))")
        last = page.locator(".quoting [name=w]").first.get_attribute("value")
        expect(page.locator(".pick__go")).to_have_attribute("href", _ends_in(f"?w={last}#zitat-bauen"))


def _ends_in(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text) + "$")


@in_browser
def test_the_text_fragment_makes_the_browser_jump_to_the_words(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 160})
    page.goto(WELCOME)
    path = page.locator(".quoting form").get_attribute("action")
    assert path
    page.goto(f"{path.partition('#')[0]}?w=4-7")
    link = page.locator("#auswahl-link").text_content()
    assert link
    assert "#:~:text=" in link
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".entry--here mark").first).to_be_in_viewport()


@in_browser
def test_a_quotation_is_built_and_copied_by_hand_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(WELCOME)
    page.get_by_text("Sätze auswählen").click()
    page.locator(".quoting__sentence").first.click()
    page.get_by_role("button", name="Zitat zusammenstellen").click()
    expect(page.locator("#auswahl-worte")).to_contain_text("„Willkommen in Probe")
    expect(page.locator(".pick")).to_be_hidden()
    context.close()

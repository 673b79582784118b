"""The reading list in a real browser: collect, reload, note, share, take over, and all that without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from web_samples import EVIL, web_app
from webserver import CHROMIUM, served

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")
BERG, TURN = "tagung-2020/begruessung/berg/1", "tagung-2020/runde/1"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(web_app(tmp_path_factory.mktemp("list-browser"), turns=3)) as base:
        yield base


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=address, locale="de-DE")
    opened.set_default_timeout(8000)
    yield opened
    opened.close()


def _collect(page: Page) -> None:
    """Keep a passage among the hits of a search and another on its page."""
    page.goto("/suche?q=Wohnung")
    page.locator(f"[data-keep^='{BERG}~']").click()
    page.goto(f"/{TURN}")
    page.get_by_role("button", name=re.compile(r"Merken\s*: Stelle 1")).click()


def _count(page: Page) -> None:
    expect(
        page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name=re.compile(r"Merkliste\s*2"))
    ).to_be_visible()


def test_what_is_collected_is_there_again_and_can_be_given_away(context: BrowserContext, browser: Browser) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    _collect(page)
    page.reload()
    expect(page.get_by_role("button", name=re.compile(r"Gemerkt\s*: Stelle 1"))).to_have_attribute(
        "aria-pressed", "true"
    )
    _count(page)
    page.get_by_role("link", name=re.compile(r"Merkliste\s*2")).click()
    expect(page.locator(".listed")).to_have_count(2)
    page.locator("textarea").first.fill(f"Zeile 1\nZeile 2 & {EVIL} ä%+")
    page.locator("textarea").last.focus()
    expect(page.get_by_role("button", name="Link ohne Notizen kopieren")).to_be_visible()
    page.get_by_role("button", name="Link kopieren").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.locator("a[href*='/quotations/text']").click()
    assert f"Zeile 2 & {EVIL} ä%+" in download.value.path().read_text("utf-8")
    other = browser.new_context(locale="de-DE").new_page()
    other.goto(copied)
    expect(other.locator("textarea").first).to_have_value(f"Zeile 1\nZeile 2 & {EVIL} ä%+")
    expect(other.locator("[data-foreign]")).to_be_visible()
    other.context.close()
    assert not complaints


def test_changes_of_the_own_list_are_kept_and_clearing_empties_it(context: BrowserContext) -> None:
    page = context.new_page()
    _collect(page)
    page.goto("/merkliste")
    expect(page.locator("[data-foreign]")).to_be_hidden()
    page.locator("textarea").first.fill("Notiz")
    page.get_by_role("button", name=re.compile(r"nach unten\s*: 1")).click()
    expect(page.locator(".listed__place a").first).to_have_attribute("href", f"/{TURN}")
    page.goto("/")
    page.goto("/merkliste")
    expect(page.locator("textarea").last).to_have_value("Notiz")
    page.get_by_role("button", name=re.compile(r"entfernen\s*: 1")).click()
    expect(page.locator(".listed")).to_have_count(1)
    page.get_by_role("button", name="Liste leeren").click()
    expect(page.get_by_text("Hier ist noch nichts gemerkt.")).to_be_visible()
    page.goto(f"/{TURN}")
    expect(page.get_by_role("button", name=re.compile(r"Merken\s*: Stelle 1"))).to_have_attribute(
        "aria-pressed", "false"
    )


def test_the_list_of_a_link_does_not_touch_the_own_one_until_it_is_taken(context: BrowserContext) -> None:
    page = context.new_page()
    _collect(page)
    page.goto("/merkliste?p=tagung-2020/forum-1/1")
    expect(page.get_by_text("In diesem Browser liegt eine andere.")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"entfernen\s*: 1")).click()
    expect(page.locator(".listed")).to_have_count(2)  # nothing is left of the link: one's own list is opened
    page.goto("/merkliste?p=tagung-2020/forum-1/1")
    _count(page)
    page.get_by_role("button", name="In diesem Browser behalten").click()
    expect(page.locator(".listed")).to_have_count(3)
    expect(page.locator("[data-foreign]")).to_be_hidden()


def test_a_passage_is_taken_off_the_list_where_it_was_put_on(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/tagung-2020/runde")
    page.locator("#runde-2").hover()
    button = page.locator("#runde-2 .collect")
    for pressed in ("true", "false"):
        button.click()
        expect(button).to_have_attribute("aria-pressed", pressed)
    assert page.evaluate("localStorage.getItem('wortlaut.merkliste')") == ""


def test_the_list_of_a_browser_holds_no_more_than_an_address(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"/{TURN}")
    full = "&".join(f"p=tagung-2020/runde/{number}" for number in range(100, 440))
    page.evaluate(f"localStorage.setItem('wortlaut.merkliste', {json.dumps(full)})")
    page.reload()
    page.locator(f"[data-keep^='{TURN}~']").click()
    expect(page.locator(f"[data-keep^='{TURN}~']")).to_contain_text("Liste voll")


def test_without_scripts_the_address_carries_the_list(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(f"/{BERG}")
    page.get_by_role("link", name=re.compile(r"Merken\s*: Stelle 1")).click()
    expect(page.locator(".listed")).to_have_count(1)
    page.get_by_label("Eine Stelle hinzufügen").fill(f"{address}/{TURN}")
    page.locator("textarea").fill("bleibt")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Hinzufügen").click()
    expect(page.locator(".listed")).to_have_count(2)
    page.get_by_role("button", name=re.compile(r"nach oben\s*: 2")).click()
    expect(page.locator("textarea").last).to_have_value("bleibt")
    context.close()


def test_on_paper_the_list_has_words_references_and_notes(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"/merkliste?p={BERG}&n1=Meine+Notiz")
    page.emulate_media(media="print")
    expect(page.locator(".listed .words")).to_be_visible()
    expect(page.locator(".listed__printed")).to_be_visible()
    expect(page.locator("textarea")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    after = page.locator(".listed__reference a").evaluate("link => getComputedStyle(link, '::after').content")
    assert after == "none", "the reference says its link once"

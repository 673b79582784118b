"""The site in a real browser: copied links, completions, filters that renew the page, narrow screens, no other host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from web_samples import PAGES, web_app
from webserver import CHROMIUM, served

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")
DRAFTS = Path(__file__).resolve().parent.parent / "docs" / "pages"
TO_BE_SEEN = """[...document.querySelectorAll('a, button, input, textarea, select, summary')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => `${one.localName} ${one.textContent.trim() || one.name}`)"""
"""What can be used on a page."""

CUT_OFF = """[...document.querySelectorAll('main *')]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
  .filter((one) => getComputedStyle(one).overflowX === 'hidden')
  .map((one) => one.className)"""
"""What hides a part of its words at the side."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(web_app(tmp_path_factory.mktemp("browser"), pages=DRAFTS)) as base:
        yield base


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=address, locale="de-DE")
    yield opened
    opened.close()


def test_the_permanent_link_is_copied(context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/tagung-2020/runde/3")
    page.get_by_role("button", name="Link kopieren").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#link").inner_text()
    page.goto(copied)
    expect(page.get_by_role("status")).to_contain_text("Unverändert")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(base_url=address, locale="de-DE", viewport={"width": width, "height": 740})
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_at_twice_the_size_nothing_is_lost_and_nothing_scrolls_sideways(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page, plain = context.new_page(), browser.new_page(base_url=address, viewport={"width": 1280, "height": 800})
    for path in PAGES:
        page.goto(path)
        plain.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
        assert page.evaluate(CUT_OFF) == [], path
        assert set(plain.evaluate(TO_BE_SEEN)) <= set(page.evaluate(TO_BE_SEEN)), path
    plain.close()
    context.close()


def test_the_keyboard_reaches_the_words_first(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/tagung-2020/forum-1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_nothing_is_fetched_from_elsewhere(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(path)
    assert asked
    assert all(url.startswith(address) for url in asked)


def test_completions_are_chosen_with_the_keyboard(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/suche")
    field = page.get_by_role("combobox", name="Suchen nach Wörtern")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("Anna")
    expect(page.get_by_role("option", name="Anna Berg")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("Anna")
    field.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text("Anna Berg")
    field.press("Enter")
    expect(page).to_have_url(re.compile("anna-berg"))
    expect(page.locator(".hit").first).to_contain_text("Anna Berg")


def test_enter_without_a_choice_searches_what_was_typed(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/suche")
    page.locator("#q").press_sequentially("Brunn")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/suche\?q=Brunn$"))


def test_a_filter_renews_the_page_without_loading_it_and_keeps_the_focus(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/suche?q=Wohnung+ODER+Brunnen")
    page.evaluate("window.isSame = true")
    before = page.locator("#treffer").inner_text()
    toggle = page.locator("[data-facet=speaker] .choice__toggle", has_text="Anna Berg")
    toggle.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#ansage")).to_have_text("1\u00a0Stelle")
    expect(toggle).to_be_focused()
    expect(page).to_have_url(re.compile("speaker=anna-berg"))
    assert page.locator("form.search input[name=speaker]").get_attribute("value") == "anna-berg"
    expect(page.get_by_role("button", name="Link kopieren")).to_be_visible()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#treffer")).to_have_text(before)
    page.locator("#q").fill("Anna")
    expect(page.get_by_role("option", name="Anna Berg")).to_be_visible()
    assert page.evaluate("window.isSame")


def test_a_search_that_cannot_be_renewed_is_loaded(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/suche?q=Brunnen")
    page.route(
        "**/suche?*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    page.locator("a[rel=next]").click()
    expect(page.locator(".hits")).to_have_attribute("start", "11")

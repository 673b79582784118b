"""Every page for everybody: axe-core finds nothing; colours and motion are free."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from web_samples import PAGES, web_app
from webserver import CHROMIUM, served

from webapp import create_app

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FILES = {
    "static",
    "discovery.robots",
    "discovery.sitemap",
    "discovery.sitemap_part",
    "discovery.search_box",
    "findings.feed",
    "unapi.unapi",
}
"""What is served and is no page."""

DRAFTS = Path(__file__).resolve().parent.parent / "docs" / "pages"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(web_app(tmp_path_factory.mktemp("accessible"), pages=DRAFTS)) as base:
        yield base


def _violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_a_page_of_every_kind_is_looked_at(tmp_path: Path) -> None:
    app = create_app(tmp_path)
    addresses = app.url_map.bind("")
    seen = {addresses.match(path.partition("?")[0])[0] for path in PAGES if path != "/nirgends"}
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/") and rule.endpoint not in FILES
    }
    assert pages == seen


@pytest.mark.parametrize(("scheme", "locale"), [("light", "de-DE"), ("dark", "en-GB")])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, address: str, scheme: Literal["light", "dark"], locale: str
) -> None:
    context = browser.new_context(base_url=address, locale=locale, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(path)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        if broken := _violations(page):
            found[path] = broken
    assert not found
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_checked_quotation(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=address, locale="de-DE", color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto("/pruefen")
    page.locator("#text").fill("Beitrag Nummer 7 nicht über Brunnen")
    page.get_by_role("button", name="Zitat prüfen").click()
    expect(page.locator(".check")).to_be_visible()
    assert _violations(page) == []
    context.close()


def test_nothing_moves_for_whoever_asked_for_less_motion(browser: Browser, address: str) -> None:
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    for wish, expected in (("reduce", "auto"), ("no-preference", "smooth")):
        page = browser.new_page(base_url=address, reduced_motion=wish)
        page.goto("/tagung-2020/runde")
        assert page.evaluate(behaviour) == expected
        page.close()


def test_a_chosen_filter_is_told_in_forced_colours_too(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, forced_colors="active")
    page.goto("/suche?q=Wohnung&speaker=anna-berg")
    filled = "(selector) => getComputedStyle(document.querySelector(selector)).backgroundColor"
    chosen = page.evaluate(filled, ".choice--selected .choice__box")
    assert chosen != page.evaluate(filled, ".choice:not(.choice--selected) .choice__box")
    page.close()

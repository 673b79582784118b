"""Every page for everybody: axe-core finds nothing; colours and motion are free."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from web_samples import web_app
from webserver import CHROMIUM, served

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DRAFTS = Path(__file__).resolve().parent.parent / "docs" / "pages"
PATHS = (
    "/",
    "/hilfe",
    "/ueber",
    "/suche?q=Brunnen&page=2",
    "/suche?q=Zeppelin",
    "/suche?q=Wohnung&speaker=anna-berg&voice=-editorial",
    "/suche?q=Brunnen&group=speaker",
    "/suche/kontext?q=Brunnen",
    "/suche/verteilung?q=Wohnung",
    "/suche/auswahl/speaker",
    "/tagung-2020/begruessung/berg/1?view=alone",
    "/tagung-2020",
    "/tagung-2020/begruessung",
    "/tagung-2020/forum-1",
    "/tagung-2020/forum-1/1~00000000",
    "/tagung-2020/begruessung/berg/1?w=1-2&w=9-12",
    "/tagung-2020/seite/6",
    "/personen",
    "/personen/anna-berg",
    "/themen",
    "/themen/wohnen",
    "/notizen",
    "/notizen/wohnen",
    "/pruefen",
    "/merkliste",
    "/merkliste?p=tagung-2020/begruessung/berg/1~00000000&n1=Notiz&p=tagung-2020/forum-1/2&p=tagung-2020/runde/1&p=nirgends/x/1",
    "/merkliste?plus=nirgends",
    "/datenschutz",
    "/nirgends",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(web_app(tmp_path_factory.mktemp("accessible"), pages=DRAFTS)) as base:
        yield base


def _violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}
    for path in PATHS:
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

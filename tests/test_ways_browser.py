"""The ways of readers, each on a wide screen and on a phone: from a search to a citation, by keyboard, on paper …"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from webserver import CHROMIUM, served

from indexer.build import build_index
from webapp import create_app

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")
CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
PASSAGE = "/mahlbrueck-2023/gespraechsrunde/7"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ways")
    build_index(CORPUS, folder)
    with served(create_app(folder)) as base:
        yield base


@pytest.fixture(params=SCREENS)
def open_page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Open]:
    """A page on each screen in turn; `open_page(locale="en-GB")` sets what else a reader may have chosen."""
    opened = []

    def fresh(**chosen: Any) -> Page:
        settings = {"locale": "de-DE", **SCREENS[request.param], **chosen}
        context = browser.new_context(base_url=address, **settings)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened.append(context)
        return context.new_page()

    yield fresh
    for context in opened:
        context.close()


def _to_a_passage(page: Page) -> None:
    """Search for a word, keep one speaker, open the first passage."""
    page.goto("/")
    page.locator("main input[type=search]").fill("Wasser")
    page.locator("main form[role=search] button").click()
    expect(page.locator(".hit").first).to_be_visible()
    page.locator("[data-facet=speaker] .choice__toggle", has_text="Hedda Vornholt").click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".hit .margin__who").first).to_contain_text("Hedda Vornholt")
    page.locator(".hit__place a").first.click()
    expect(page.locator("#zitat")).to_contain_text("Hedda Vornholt")


def test_from_a_word_to_a_copied_citation_and_back(open_page: Open) -> None:
    page = open_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    _to_a_passage(page)
    page.locator("[data-copy=zitat-ganz]").click()
    expect(page.locator("[data-copy=zitat-ganz]")).to_have_text("Kopiert")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.match("„.+“ – Hedda Vornholt, .+, S. [0-9]+", copied.replace("\u00a0", " "))
    assert page.locator("#link").inner_text() in copied
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#q")).to_have_value("Wasser")
    assert not complaints


def test_the_same_way_without_javascript(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    _to_a_passage(page)
    expect(page.locator("#link")).to_be_visible()
    assert page.locator("button.copy:visible").count() == 0
    page.locator(".cite__styles a", has_text="APA").click()
    expect(page.locator("#zitat")).to_contain_text("Vornholt, H.")


def test_facets_add_exclude_unfold_and_are_taken_back(open_page: Open) -> None:
    page = open_page()
    page.goto("/suche")
    total = page.locator("#treffer").inner_text()
    voices, speakers = page.locator("[data-facet=voice]"), page.locator("[data-facet=speaker]")
    counts = []
    for label in ("berichtet", "gemeinsam"):
        choice = voices.locator(".choice", has_text=label)
        counts.append(int(choice.locator(".choice__count").inner_text()))
        choice.locator(".choice__toggle").click()
        expect(voices.locator(".choice--selected", has_text=label)).to_be_visible()
    expect(page.locator("#treffer")).to_contain_text(str(sum(counts)))
    page.locator(".chips__all").click()
    expect(page.locator("#treffer")).to_have_text(total)
    speakers.locator("summary").click()
    unfolded = speakers.locator("details .choice")
    name = unfolded.nth(2).locator(".choice__label").inner_text()
    speakers.get_by_placeholder("filtern").fill(name.lower())
    expect(unfolded.filter(visible=True)).to_have_count(1)
    unfolded.nth(2).locator(".choice__exclude").click()
    expect(page.locator(".chip--excluded")).to_contain_text(name)
    page.locator(".chip--excluded").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#treffer")).to_have_text(total)


def _tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab, or another key, until an element that `selector` finds has the focus and is seen to have it."""
    for _ in range(120):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            break
    else:
        pytest.fail(f"the keyboard never reaches {selector}")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_keyboard_alone_leads_from_a_search_to_a_copied_citation(open_page: Open) -> None:
    page = open_page()
    page.goto("/")
    _tab_to(page, "main input[type=search]")
    page.keyboard.type("Wasser")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()
    _tab_to(page, "[data-facet=speaker] .choice__toggle")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    _tab_to(page, ".hit__place a", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#zitat")).to_be_visible()
    _tab_to(page, "[data-copy=zitat-ganz]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#zitat-ganz").text_content()


def _brightness(page: Page, what: str) -> float:
    """Return how bright a colour of the page is, from 0 to 255."""
    written = page.evaluate(f"getComputedStyle(document.documentElement).{what}")
    parts = [float(part) for part in re.findall(r"[0-9.]+", written)[:3]]
    return sum(parts) / 3


def test_who_prefers_the_dark_gets_light_words_on_dark(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    for path in ("/suche?q=Wasser", PASSAGE):
        page.goto(path)
        assert _brightness(page, "color") > 160, path
        assert _brightness(page, "backgroundColor") < 60, path


def test_who_reads_english_is_addressed_in_english_and_reads_the_words_as_printed(open_page: Open) -> None:
    page = open_page(locale="en-GB")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="People").first).to_be_visible()
    page.goto(PASSAGE)
    expect(page.locator(".entry--here")).to_contain_text("Auf die zweite Zahl bin ich stolz")
    page.locator("footer").get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.url.endswith(PASSAGE)


def _printed(page: Page) -> list[str]:
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [" ".join(sheet.extract_text().split()) for sheet in sheets]


def test_what_is_printed_ends_in_its_citation_and_numbers_its_sheets(open_page: Open) -> None:
    page = open_page()
    page.goto(PASSAGE)
    sheets = _printed(page)
    whole = " ".join(sheets)
    assert "Korbinian Stroot" in whole
    assert "S. 9" in whole
    assert re.search(r"gespraechsrunde/7~[0-9a-f]{8}", whole.replace(" ", ""))
    page.goto("/mahlbrueck-2023/gespraechsrunde")
    sheets = _printed(page)
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number} / {len(sheets)}" in sheet
    assert "S. 10" in " ".join(sheets)
    assert "in: Hitze, Wasser, Schatten." in sheets[-1]


def test_a_missing_page_offers_what_is_near(open_page: Open) -> None:
    page = open_page()
    answer = page.goto("/mahlbrueck-2023/gespraech")
    assert answer is not None
    assert answer.status == 404
    page.locator("main a", has_text="Gesprächsrunde").click()
    expect(page.locator("h1")).to_contain_text("Wer gießt, wer zahlt")

"""Reading in a real browser: the pages on paper, the turn line by keyboard, narrow screens, the words found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from panel_samples import panel_app
from playwright.sync_api import Browser, Page, ViewportSize, expect
from webserver import CHROMIUM, served

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")
SECTION, PASSAGE = "/forum-2021/gespraech", "/forum-2021/gespraech/erste/2"
SHEET: ViewportSize = {"width": 673, "height": 980}
"""What is between the margins of an A4 sheet, in CSS pixels."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(panel_app(tmp_path_factory.mktemp("reading"), report="redaktion@wortlaut.example")) as base:
        yield base


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="de-DE", viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def on_paper(page: Page, path: str) -> Page:
    """Open a page as it is laid out on a sheet."""
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    page.goto(path)
    return page


def place(page: Page, selector: str) -> tuple[float, float]:
    """Return the left edge and the top of the first element that is met."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["x"], box["y"]


def is_black_on_white(page: Page) -> bool:
    ink, paper = page.evaluate(
        "[getComputedStyle(document.documentElement).color, getComputedStyle(document.documentElement).backgroundColor]"
    )
    return ink == "rgb(0, 0, 0)" and paper in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_a_printed_section_keeps_margin_and_page_numbers_and_ends_in_its_citation(page: Page) -> None:
    on_paper(page, f"{SECTION}?q=Brunnen")
    for screen_only in (".masthead", ".within", ".contents", ".turns details", ".beside", ".colophon"):
        expect(page.locator(screen_only).first).to_be_hidden()
    answer = "#erste-2"
    assert place(page, f"{answer} .margin")[0] < place(page, f"{answer} .words")[0]
    expect(page.locator("#seite-12 .page-mark__label")).to_be_visible()
    assert place(page, "#seite-12 .page-mark__label")[0] < place(page, f"{answer} .words")[0]
    expect(page.locator(f"{answer} .pilcrow")).to_be_visible()
    assert place(page, ".source")[1] > place(page, "#zweite-2")[1]
    expect(page.locator(".source")).to_contain_text("Gespräch, in: Forum 2021")
    expect(page.locator(".source")).to_contain_text("https://wortlaut.example/forum-2021/gespraech (Zugriff am")
    expect(page.locator(".source")).to_contain_text("https://wortlaut.example/forum-2021/gespraech/erste/1~")


def test_a_printed_passage_ends_in_its_citation_with_the_link_written_out(page: Page) -> None:
    on_paper(page, PASSAGE)
    for screen_only in (".ways", ".quoting", ".alike", ".report", ".cite__styles", ".cite__files", "button.copy"):
        expect(page.locator(screen_only).first).to_be_hidden()
    assert place(page, ".cite")[1] > place(page, ".about")[1] > place(page, ".entry--here")[1]
    expect(page.locator("#zitat")).to_contain_text("S. 11 f.")
    expect(page.locator("#link")).to_contain_text("https://wortlaut.example/forum-2021/gespraech/erste/2~")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(media="print", color_scheme=scheme)
    page.goto(SECTION)
    assert is_black_on_white(page)


def test_a_short_passage_prints_on_one_sheet(page: Page) -> None:
    page.goto(PASSAGE)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") == 1


def test_the_turn_line_leads_to_a_turn_by_keyboard(page: Page) -> None:
    page.goto(SECTION)
    page.locator(".turns summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".turns__list a").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#erste-2")
    expect(page.locator("#erste-2")).to_be_in_viewport()


def test_a_mark_on_the_turn_line_leads_to_its_turn(page: Page) -> None:
    page.goto(SECTION)
    page.locator(".lane .turn").nth(2).click()
    expect(page.locator("#erste-2")).to_be_in_viewport()


def test_the_marks_need_more_than_colour_nowhere(page: Page) -> None:
    page.goto(SECTION)
    lanes = page.locator(".lane")
    for number in range(lanes.count()):
        lane = lanes.nth(number)
        name, line = lane.locator(".lane__who").bounding_box(), lane.locator(".lane__line").bounding_box()
        assert name is not None
        assert line is not None
        assert name["y"] < line["y"] + line["height"]
        assert line["y"] < name["y"] + name["height"]


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("path", [f"{SECTION}?q=Brunnen", PASSAGE, f"{PASSAGE}?view=alone"])
def test_reading_pages_are_no_wider_than_a_phone(page: Page, width: int, path: str) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_finding_works_without_scripts_and_keeps_the_words_typed(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(SECTION)
    page.get_by_label("In diesem Abschnitt finden").fill("Bank")
    page.get_by_role("button", name="Finden").click()
    expect(page.locator(".reading mark")).to_have_count(3)
    expect(page.get_by_label("In diesem Abschnitt finden")).to_have_value("Bank")
    page.get_by_role("link", name="Markierung aufheben").click()
    expect(page.locator(".reading mark")).to_have_count(0)
    context.close()

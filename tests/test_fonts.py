"""The fonts: served from here, complete, light, with their licence; and little moves when they arrive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Route
from web_samples import web_app
from webserver import CHROMIUM, served

import webapp

STATIC = Path(webapp.__file__).parent / "static"
FONTS = STATIC / "fonts"
FONTS_BYTES, PAGE_BYTES, MOVED = 200_000, 60_000, 0.01
NAMED = frozenset(re.findall(r'url\("fonts/([^"]+)"\)', (STATIC / "style.css").read_text(encoding="utf-8")))
SHIFTED = """() => new Promise((told) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  document.fonts.ready.then(() => setTimeout(() => told(sum), 200));
})"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return web_app(folder / "client").test_client()


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(web_app(folder / "served")) as base:
        yield base


def test_the_stylesheet_names_every_font_that_is_there_and_no_other() -> None:
    assert {path.name for path in FONTS.glob("*.woff2")} == NAMED


def test_all_fonts_together_stay_within_their_budget() -> None:
    assert sum(path.stat().st_size for path in FONTS.glob("*.woff2")) < FONTS_BYTES


def test_the_licence_lies_beside_the_fonts() -> None:
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name ‘Source’" in licence


def test_a_page_asks_early_for_the_font_of_the_words_and_may_load_it(client: FlaskClient) -> None:
    page = client.get("/")
    asked = re.findall(r'rel="preload" href="/static/fonts/([^"]+)"', page.get_data(as_text=True))
    assert asked
    assert set(asked) <= NAMED
    assert "font-src 'self'" in page.headers["Content-Security-Policy"]
    with client.get(f"/static/fonts/{asked[0]}") as font:
        assert font.mimetype == "font/woff2"


def test_the_letters_of_a_font_are_asked_for_only_once(client: FlaskClient) -> None:
    faces = re.findall(r"@font-face \{[^}]*\}", (STATIC / "style.css").read_text(encoding="utf-8"))
    loaded = [face for face in faces if "url(" in face]
    assert all("font-display: swap" in face for face in loaded)
    keys = [re.findall(r"font-(?:family|style|weight): [^;]+|unicode-range: [^;]+", face) for face in loaded]
    assert len({tuple(key) for key in keys}) == len(loaded)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")
class TestInABrowser:
    @pytest.mark.parametrize(
        "path", ["/", "/suche?q=Brunnen", "/tagung-2020/begruessung", "/tagung-2020/runde", "/tagung-2020/runde/3"]
    )
    @pytest.mark.parametrize("width", [390, 1280])
    def test_little_moves_when_a_font_comes_late(self, browser: Browser, address: str, path: str, width: int) -> None:
        context = browser.new_context(base_url=address, locale="de-DE", viewport={"width": width, "height": 800})
        page = context.new_page()

        def late(route: Route) -> None:
            page.wait_for_timeout(300)
            route.continue_()

        page.route("**/*.woff2", late)
        page.goto(path)
        assert page.evaluate("document.fonts.load('1rem \"Wortlaut Serif\"').then((faces) => faces.length)")
        assert page.evaluate(SHIFTED) < MOVED
        context.close()

    @pytest.mark.parametrize("path", ["/", "/suche?q=Brunnen", "/tagung-2020/runde", "/tagung-2020/runde/3"])
    def test_a_page_without_its_fonts_is_light(self, browser: Browser, address: str, path: str) -> None:
        context = browser.new_context(base_url=address, locale="de-DE")
        page = context.new_page()
        page.goto(path, wait_until="networkidle")
        sizes = page.evaluate(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            ".filter((one) => !one.name.endsWith('.woff2')).map((one) => one.transferSize)"
        )
        assert sum(sizes) <= PAGE_BYTES
        context.close()

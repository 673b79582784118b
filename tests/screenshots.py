"""Pictures of every page type for the documentation: `python tests/screenshots.py [CORPUS]` writes `docs/screens/`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page
from webserver import chromium, served

from indexer.build import build_index
from webapp import create_app

FOLDER = Path("docs/screens")
PAGES = {
    "start": "/",
    "suche": "/suche?q=Wasser&voice=verbatim&role=-moderator",
    "nichts-gefunden": "/suche?q=Seilbahn",
    "veranstaltung": "/mahlbrueck-2023",
    "lesen": "/mahlbrueck-2023/keynote",
    "forum": "/mahlbrueck-2023/forum-1",
    "stelle": "/mahlbrueck-2023/gespraechsrunde/7",
    "person": "/personen/emre-soylukan",
    "thema": "/themen/foerderung",
    "pruefen": "/pruefen",
    "fehler": "/mahlbrueck-2023/gespraech",
}
PARTS = {
    "zitieren": ("/mahlbrueck-2023/gespraechsrunde/7", ".cite"),
    "zitieren-bericht": ("/mahlbrueck-2023/forum-1/6", ".cite"),
    "zitat-bauen": ("/mahlbrueck-2023/gespraechsrunde/7~b88143bb?w=1-11&w=42-57", ".quoting"),
}
"""Parts of pages that the documentation shows by themselves: name, address, what to picture."""

CHECKS = {
    "pruefen-verneinung": ("Auf die zweite Zahl bin ich nicht stolz", "Korbinian Stroot", "9"),
    "pruefen-seite": ("Kein Baum wird mehr gepflanzt, für den nicht drei Jahre Wasser bezahlt sind", "Stroot", "12"),
    "pruefen-person": ("Auf die zweite Zahl bin ich stolz", "Hedda Vornholt", ""),
}
"""Quotations whose verdicts are pictured: words, speaker, page."""

DESKTOP, PHONE = (1280, 1000), (390, 844)
DARK = ("suche", "stelle")
AROUND = 16
"""What is left free around a part of a page, in pixels."""


def _shoot(browser: Browser, address: str, name: str, size: tuple[int, int], *, dark: bool = False) -> None:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="de-DE",
    )
    page.goto(address)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.close()


def _shoot_part(page: Page, name: str, part: str, *, above: int = AROUND) -> None:
    box = page.locator(part).first.bounding_box()
    assert box, f"{part} is not to be seen"
    left, top = box["x"] - AROUND, box["y"] - above
    clip = FloatRect(x=left, y=top, width=box["width"] + 2 * AROUND, height=box["height"] + 2 * above)
    page.screenshot(path=FOLDER / f"{name}.png", clip=clip, full_page=True)


def _shoot_parts(browser: Browser, base: str) -> None:
    for name, (path, part) in PARTS.items():
        page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="de-DE")
        page.goto(base + path)
        _shoot_part(page, name, part)
        page.close()


def _shoot_checks(browser: Browser, base: str) -> None:
    for name, (words, speaker, printed_page) in CHECKS.items():
        page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="de-DE")
        page.goto(f"{base}/pruefen")
        page.locator("#text").fill(words)
        page.locator("#speaker").fill(speaker)
        page.locator("#page").fill(printed_page)
        page.get_by_role("button", name="Zitat prüfen").click()
        _shoot_part(page, name, ".check", above=0)
        page.close()


def main(corpus: Path) -> None:
    """Index a corpus in a temporary folder and take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        build_index(corpus, Path(folder))
        app = create_app(Path(folder), base_url="https://wortlaut.example")
        with served(app) as base, chromium() as browser:
            for name, path in PAGES.items():
                _shoot(browser, base + path, name, DESKTOP)
                _shoot(browser, base + path, f"{name}-schmal", PHONE)
                if name in DARK:
                    _shoot(browser, base + path, f"{name}-dunkel", DESKTOP, dark=True)
            _shoot_parts(browser, base)
            _shoot_checks(browser, base)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("corpus"))

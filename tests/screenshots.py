"""Pictures of every page type for the documentation: `python tests/screenshots.py [CORPUS]` writes `docs/screens/`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser
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
    "fehler": "/mahlbrueck-2023/gespraech",
}
DESKTOP, PHONE = (1280, 1000), (390, 844)
DARK = ("suche",)


def _shoot(browser: Browser, address: str, name: str, size: tuple[int, int], *, dark: bool = False) -> None:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="de-DE",
    )
    page.goto(address)
    page.screenshot(path=FOLDER / f"{name}.png")
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


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("corpus"))

"""Pictures of every page type for the documentation: `python tests/screenshots.py [CORPUS]` writes `docs/screens/`.

Only fictional editions and the people in them are pictured, whatever else the corpus holds.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
import tomllib
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page
from webserver import chromium, served

from indexer.build import build_index
from kb.release import Declarations, release
from webapp import create_app

FOLDER = Path("docs/screens")
TALK = "/mahlbrueck-2023/gespraechsrunde"
PAGES = {
    "start": "/",
    "suche": "/suche?q=Wasser&voice=verbatim&role=-moderator",
    "suche-gruppen": "/suche?q=Baum&group=speaker",
    "nichts-gefunden": "/suche?q=Seilbahn",
    "kontext": "/suche/kontext?q=Wasser&by=right",
    "verteilung": "/suche/verteilung?q=Baum",
    "auswahl": "/suche/auswahl/speaker?q=Baum",
    "veranstaltung": "/mahlbrueck-2023",
    "lesen": "/mahlbrueck-2023/keynote",
    "gespraech": TALK,
    "forum": "/mahlbrueck-2023/forum-1",
    "seite": "/mahlbrueck-2023/seite/9",
    "stelle": f"{TALK}/7",
    "stelle-allein": f"{TALK}/7?view=alone",
    "stelle-bericht": "/mahlbrueck-2023/forum-1/6",
    "personen": "/personen",
    "person": "/personen/emre-soylukan",
    "themen": "/themen",
    "thema": "/themen/foerderung",
    "notizen": "/notizen",
    "notiz": "/notizen/klima",
    "pruefen": "/pruefen",
    "hilfe": "/hilfe",
    "ueber": "/ueber",
    "impressum": "/impressum",
    "fehler": "/mahlbrueck-2023/gespraech",
}
"""Each page type, wide and on a phone."""

ERRORS = {"fehler": 404, "zurueckgezogen": 410}

DARK = ("start", "suche", "verteilung", "lesen", "stelle")
DARK_PHONE = ("suche", "stelle")
ENGLISH = ("start", "suche", "stelle")

PARTS = {
    "zitieren": (f"{TALK}/7", ".cite"),
    "zitieren-bericht": ("/mahlbrueck-2023/forum-1/6", ".cite"),
    "zitat-bauen": (f"{TALK}/7~b88143bb?w=1-11&w=42-57", ".quoting"),
}
"""Parts of pages that the documentation shows by themselves: name, address, what to picture."""

CHECKS = {
    "pruefen-verneinung": ("Auf die zweite Zahl bin ich nicht stolz", "Korbinian Stroot", "9"),
    "pruefen-seite": ("Kein Baum wird mehr gepflanzt, für den nicht drei Jahre Wasser bezahlt sind", "Stroot", "12"),
    "pruefen-person": ("Auf die zweite Zahl bin ich stolz", "Hedda Vornholt", ""),
}
"""Quotations whose verdicts are pictured: words, speaker, page."""

LIST = f"/merkliste?p={TALK[1:]}/9&n1=Daraus+die+Überschrift%3F&p=mahlbrueck-2023/forum-1/6&n2=Nur+als+Bericht+zitieren"
"""A reading list, pictured as that of the reader."""

WITHDRAWN, REWORDED = 11, 5
"""Turns of the talk that are taken out and changed, to picture what the links to them say then."""

DESKTOP, PHONE = (1280, 1000), (390, 844)
AROUND = 16
"""What is left free around a part of a page, in pixels."""

COLOURS = 64
"""So many a picture keeps: paper, ink and the edges of letters need no more."""


def _save(picture: bytes, name: str) -> None:
    with Image.open(io.BytesIO(picture)) as whole:
        whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def _opened(browser: Browser, size: tuple[int, int], **chosen: Any) -> Page:
    settings = {"locale": "de-DE", "color_scheme": "light", **chosen}
    return browser.new_page(viewport={"width": size[0], "height": size[1]}, **settings)


def _shoot(browser: Browser, address: str, name: str, size: tuple[int, int] = DESKTOP, **chosen: Any) -> None:
    """Take the picture of a page that is there; errors told of, `ERRORS`, are pages, too."""
    with closing(_opened(browser, size, **chosen)) as page:
        answer = page.goto(address)
        assert answer, address
        assert answer.status == ERRORS.get(name.removesuffix("-schmal"), 200), f"{address} answers {answer.status}"
        _save(page.screenshot(), name)


def _shoot_part(page: Page, name: str, part: str, *, above: int = AROUND) -> None:
    box = page.locator(part).first.bounding_box()
    assert box, f"{part} is not to be seen"
    left, top = box["x"] - AROUND, box["y"] - above
    clip = FloatRect(x=left, y=top, width=box["width"] + 2 * AROUND, height=box["height"] + 2 * above)
    _save(page.screenshot(clip=clip, full_page=True), name)


def _shoot_pages(browser: Browser, base: str) -> None:
    for name, path in PAGES.items():
        _shoot(browser, base + path, name)
        _shoot(browser, base + path, f"{name}-schmal", PHONE)
    for name in DARK:
        _shoot(browser, base + PAGES[name], f"{name}-dunkel", color_scheme="dark")
    for name in DARK_PHONE:
        _shoot(browser, base + PAGES[name], f"{name}-schmal-dunkel", PHONE, color_scheme="dark")
    for name in ENGLISH:
        _shoot(browser, base + PAGES[name], f"{name}-englisch", locale="en-GB")


def _shoot_parts(browser: Browser, base: str) -> None:
    for name, (path, part) in PARTS.items():
        with closing(_opened(browser, DESKTOP)) as page:
            page.goto(base + path)
            _shoot_part(page, name, part)


def _shoot_checks(browser: Browser, base: str) -> None:
    for name, (words, speaker, printed_page) in CHECKS.items():
        with closing(_opened(browser, DESKTOP)) as page:
            page.goto(f"{base}/pruefen")
            page.locator("#text").fill(words)
            page.locator("#speaker").fill(speaker)
            page.locator("#page").fill(printed_page)
            page.get_by_role("button", name="Zitat prüfen").click()
            _shoot_part(page, name, ".check", above=0)
            if name == "pruefen-verneinung":
                page.evaluate("window.scrollTo(0, 0)")
                _save(page.screenshot(), "pruefen-ergebnis")


def _shoot_list(browser: Browser, base: str) -> None:
    for name, size in {"merkliste": DESKTOP, "merkliste-schmal": PHONE}.items():
        with closing(_opened(browser, size)) as page:
            page.goto(base + LIST)
            page.get_by_role("button", name="In diesem Browser behalten").click()
            page.goto(f"{base}/merkliste")
            page.wait_for_url("**/merkliste?**")
            _save(page.screenshot(), name)


def _shoot_changes(browser: Browser, base: str, links: dict[str, str]) -> None:
    for name, path in links.items():
        _shoot(browser, base + path, name)
        _shoot(browser, base + path, f"{name}-schmal", PHONE)


def fictional(corpus: Path, folder: Path) -> Path:
    """Copy what is fictional of a corpus into `folder`: editions that say so, and the people with an office there."""
    shutil.copytree(corpus, folder)
    kept = []
    for facts in folder.glob("*/edition.toml"):
        if tomllib.loads(facts.read_text(encoding="utf-8")).get("fictional"):
            kept.append(facts.parent.name)
        else:
            shutil.rmtree(facts.parent)
    people = folder / "people.toml"
    tables = re.split(r"^(?=\[)", people.read_text(encoding="utf-8"), flags=re.MULTILINE)
    people.write_text("".join(one for one in tables if any(name in one for name in kept)), encoding="utf-8")
    return folder


def changed(corpus: Path) -> dict[str, str]:
    """Release a corpus, withdraw a passage and reword another, release it again; return the links to them as cited."""
    release(corpus, day=date(2024, 3, 1))
    words = next((corpus / TALK.split("/")[1]).glob("*gespraechsrunde.md"))
    text = words.read_text(encoding="utf-8")
    cited = {number: _block(text, number) for number in (WITHDRAWN, REWORDED)}
    before = {number: _link(corpus, number) for number in cited}
    text = text.replace(cited[WITHDRAWN], "")
    text = text.replace(cited[REWORDED], cited[REWORDED].replace(" und ", " wie auch ", 1))
    words.write_text(text, encoding="utf-8")
    release(corpus, day=date(2025, 9, 1), declared=Declarations(reason="auf Wunsch des Redners"))
    return {"zurueckgezogen": before[WITHDRAWN], "geaendert": before[REWORDED]}


def _block(text: str, number: int) -> str:
    """Return the words of a turn with the line that says whose they are."""
    found = re.search(rf"(?:^[^\n]+\n)+{{: #gespraechsrunde-{number} [^\n]*\n\n?", text, re.MULTILINE)
    assert found, number
    return found.group()


def _link(corpus: Path, number: int) -> str:
    ledger = (corpus / TALK.split("/")[1] / "ledger.jsonl").read_text(encoding="utf-8")
    found = re.search(rf"gespraechsrunde/{number}\"[^\n]*?\"new\": ?\"([0-9a-f]+)\"", ledger)
    assert found, number
    return f"{TALK}/{number}~{found.group(1)}"


def main(corpus: Path) -> None:
    """Index what is fictional of a corpus in a temporary folder and take all pictures anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        copy, index = fictional(corpus, Path(folder) / "corpus"), Path(folder) / "index"
        build_index(copy, index)
        app = create_app(index, base_url="https://wortlaut.example", pages=Path("docs/pages"))
        with served(app) as base:
            _shoot_pages(browser, base)
            _shoot_parts(browser, base)
            _shoot_checks(browser, base)
            _shoot_list(browser, base)
        links = changed(copy)
        build_index(copy, index)
        with served(create_app(index, base_url="https://wortlaut.example")) as base:
            _shoot_changes(browser, base, links)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("corpus"))

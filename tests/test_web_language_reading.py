"""Reading in English: the pages that show, quote and cite the German words say all of their own in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from builders import make_corpus
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from webserver import CHROMIUM, chromium, served
from werkzeug.test import TestResponse

from indexer.build import build_index
from kb.ledger import EventKind
from kb.locator import Locator, fingerprint
from kb.release import NOTHING_DECLARED, Declarations, Remark, release
from webapp import create_app

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SECTION = "/mahlbrueck-2023/gespraechsrunde"
PASSAGE = f"{SECTION}/7"
PATHS = (
    SECTION,
    f"{SECTION}?q=Wasser",
    f"{SECTION}?q=Seilbahn",
    "/mahlbrueck-2023/programm",
    "/mahlbrueck-2023/keynote",
    "/mahlbrueck-2023/forum-1",
    "/mahlbrueck-2023/seite/12",
    PASSAGE,
    f"{PASSAGE}?view=alone",
    f"{PASSAGE}?w=1-11&w=42-57",
    f"{PASSAGE}?w=999",
    f"{PASSAGE}~00000000?w=1-2",
    "/mahlbrueck-2023/forum-1/3",
    "/mahlbrueck-2023/forum-1/6",
    "/mahlbrueck-2023/forum-1/11?w=1-5",
    "/mahlbrueck-2023/keynote/6",
    "/personen",
    "/themen",
)
GERMAN = re.compile(
    r"\b(?:der|das|und|ist|nicht|von|mit|ein|eine|zu|im|dem|des|sich|oder|wird|auch|wie|nach|laut|aus|bei|dies\w*|"
    r"ihre|kein|keine|Seite|Stelle|Zitat|Abschnitt|Bericht|wörtlich|S\.)\b|[äöüßÄÖÜ„]",
    re.IGNORECASE,
)
QUOTED = re.compile("“[^”]*”")
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-one", "data-many", "data-copied")
REFERENCES = "#zitat, #zitat-ganz, .Z3988, #nachweis, .cite__more p, .quoting__reference, #auswahl-ganz, .source p"
"""A reference names German works within English words, so that neither language marks it."""
UNREAD = f"head, script, svg, pre, code, .permalink, #auswahl-link, {REFERENCES}"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Serve the corpus of the repository."""
    folder = tmp_path_factory.mktemp("index")
    build_index(CORPUS, folder)
    return create_app(folder, report="redaktion@wortlaut.example")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def asked(client: FlaskClient, path: str, language: str = "en") -> TestResponse:
    return client.get(path, headers={"Accept-Language": language})


def read(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def said_in_english(page: BeautifulSoup) -> Iterator[str]:
    """Yield what a page says in its own language, with the texts of its attributes; the page is used up by it."""
    for unread in page.select(UNREAD):
        unread.decompose()
    for element in page.find_all(True):
        if language(element) == "en":
            yield from (str(element[name]) for name in ATTRIBUTES if element.has_attr(name))
            yield from (str(text) for text in element.find_all(string=True, recursive=False) if text.strip())


def language(element: Tag) -> str:
    marked = element if element.has_attr("lang") else element.find_parent(lang=True)
    return str(marked["lang"]) if marked else ""


def german_in(answer: TestResponse) -> list[str]:
    return [text for text in said_in_english(read(answer)) if GERMAN.search(QUOTED.sub("", text))]


@pytest.mark.parametrize("path", PATHS)
def test_a_reading_page_says_nothing_german_of_its_own(client: FlaskClient, path: str) -> None:
    answer = asked(client, path)
    assert answer.status_code == 200
    assert german_in(answer) == []


@pytest.mark.parametrize("path", PATHS)
def test_the_words_of_the_corpus_are_marked_as_german(client: FlaskClient, path: str) -> None:
    page = read(asked(client, path))
    printed = page.select(".words p:not(.words__voice), .inner, .alike__words, .quoting__sentence span, .word-diff")
    assert [one for one in printed if language(one) != "de"] == []
    names = page.select("[href^='/personen/']")
    assert [one for one in names if language(one) != "de"] == []


def test_the_same_address_is_read_in_german(client: FlaskClient) -> None:
    german = read(asked(client, PASSAGE, "de")).get_text(" ", strip=True)
    english = read(asked(client, PASSAGE)).get_text(" ", strip=True)
    same = (("Zitieren", "Cite"), ("Stimme", "Voice"), ("Im Zusammenhang", "In context"), ("Autor–Jahr", "Author–date"))
    for here, there in same:
        assert here in german
        assert there not in german
        assert there in english
        assert here not in english


def test_printed_pages_and_dates_are_written_as_english_does(client: FlaskClient) -> None:
    section = read(asked(client, SECTION)).get_text().replace("\u00a0", " ")
    assert "printed pp. 9–11" in section
    assert "S. 9" not in section
    passage = read(asked(client, PASSAGE)).get_text().replace("\u00a0", " ")
    assert "14 September 2023" in passage


def test_a_page_cites_in_its_language_unless_asked_for_another(client: FlaskClient) -> None:
    def cited(path: str, language: str = "en") -> str:
        return read(asked(client, path, language)).select("#zitat")[0].get_text()

    assert "(accessed " in cited(PASSAGE)
    assert "(Zugriff am " in cited(f"{PASSAGE}?locale=de")
    assert "(Zugriff am " in cited(PASSAGE, "de")
    assert "(accessed " in cited(f"{PASSAGE}?locale=en", "de")
    built = read(asked(client, f"{PASSAGE}?w=1-11")).select("#auswahl-nachweis")
    assert [language(one) for one in built] == ["en"]
    assert "(accessed " in built[0].get_text()
    page = read(asked(client, f"{PASSAGE}?locale=de"))
    assert language(page.select("#zitat")[0]) == "de"


@pytest.mark.parametrize("twin", ["", "/citation", "/quotation?w=1-3", "/citation/bibtex"])
def test_programs_get_the_same_whatever_their_reader_speaks(client: FlaskClient, twin: str) -> None:
    path = f"/api/v1/passages{PASSAGE}{twin}"
    assert asked(client, path).get_data() == asked(client, path, "de").get_data()


def test_a_report_of_a_mistake_is_begun_in_english(client: FlaskClient) -> None:
    (report,) = read(asked(client, PASSAGE)).select(".report a")
    assert "subject=Mistake%20in%20passage%20mahlbrueck-2023" in str(report["href"])
    assert "Locator%3A%20mahlbrueck-2023" in str(report["href"])


FIRST = "Wir bauen neue Wohnungen am Hafen, und zwar bald."
SECOND = "Die Nachbarschaft hilft, wo sie kann, und fragt nicht lange."
BLOCK = "\n{: #forum-1-%d .speech by=anna-berg role=speaker }"
HERE = "/probe-2020/forum-1"


@pytest.mark.parametrize(
    ("number", "old", "new", "declared", "told"),
    [
        (1, "neue", "gute", NOTHING_DECLARED, "Reworded: This passage no longer has the same words"),
        (1, FIRST + BLOCK % 1, "⟦S. 6⟧ " + FIRST + BLOCK % 1, NOTHING_DECLARED, "then p. 5, now p. 6. Corrected on"),
        (1, BLOCK % 1, BLOCK.replace("anna-berg", "jan-tal") % 1, NOTHING_DECLARED, "now Jan Tal (verbatim)"),
        (
            1,
            FIRST + BLOCK % 1,
            f"Wir bauen neue Wohnungen{BLOCK % 3}\n\nam Hafen, und zwar bald.{BLOCK % 4}",
            NOTHING_DECLARED,
            "This passage was split. Split on 3 May 2024",
        ),
        (2, SECOND + BLOCK % 2, "", Declarations(reason="error"), "Withdrawn on 3 May 2024: error."),
        (
            1,
            FIRST,
            FIRST,
            Declarations(remarks=(Remark(EventKind.AUTHORISED, Locator("probe-2020", "forum-1", 1), "Anna Berg"),)),
            "These words were authorised by Anna Berg on 3 May 2024.",
        ),
    ],
)
def test_what_became_of_a_link_is_told_in_english(
    tmp_path: Path, number: int, old: str, new: str, declared: Declarations, told: str
) -> None:
    corpus = make_corpus(tmp_path / "corpus", (FIRST, SECOND))
    release(corpus, day=date(2024, 1, 1))
    words = corpus / "probe-2020" / "01-forum.md"
    words.write_text(words.read_text("utf-8").replace(old, new), "utf-8")
    release(corpus, day=date(2024, 5, 3), declared=declared)
    build_index(corpus, tmp_path / "index")
    link = f"{HERE}/{number}~{fingerprint((FIRST, SECOND)[number - 1])}"
    answer = asked(create_app(tmp_path / "index").test_client(), link)
    assert told in " ".join(read(answer).get_text(" ").replace("\u00a0", " ").split())
    assert german_in(answer) == []


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; CI has one")
def test_from_a_word_to_an_english_citation(app: Flask) -> None:
    with served(app) as address, chromium() as browser:
        _cite_in_english(browser, address)


def _cite_in_english(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/suche")
    page.locator("main [name=q]").fill("Wasser")
    page.locator("main").get_by_role("button", name="Search").click()
    page.locator("[data-facet=speaker] .choice__toggle", has_text="Emre Soylukan").click()
    expect(page.locator(".chip")).to_contain_text("Emre Soylukan")
    page.locator(".hit__place a").first.click()
    expect(page.get_by_role("heading", name="Cite", exact=True)).to_be_visible()
    expect(page.locator("#zitat")).to_contain_text("Emre Soylukan")
    expect(page.locator("#zitat")).to_contain_text("(accessed ")
    page.get_by_role("button", name="Copy quotation with reference").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith("“")
    assert "(accessed " in copied
    page.locator(".entry--here .words p").first.select_text()
    expect(page.locator("#auswahl")).to_contain_text("words selected")
    page.get_by_role("link", name="Quote the selection").click()
    expect(page.get_by_role("heading", name="Link that marks the words")).to_be_visible()
    expect(page.locator("#auswahl-worte")).to_have_attribute("lang", "de")
    context.close()


def test_a_reading_list_cites_in_the_language_of_the_page_and_its_link_says_so(client: FlaskClient) -> None:
    passage = "mahlbrueck-2023/gespraechsrunde/7"
    english = client.get(
        "/merkliste", query_string={"p": passage}, headers={"Accept-Language": "en"}, follow_redirects=True
    )
    assert "locale=en" in english.request.query_string.decode()
    assert "accessed" in english.get_data(as_text=True)
    german = client.get("/merkliste", query_string={"p": passage}, follow_redirects=True)
    assert "locale" not in german.request.query_string.decode()
    assert "Zugriff am" in german.get_data(as_text=True)


def test_a_language_chosen_for_a_reading_list_stays(client: FlaskClient) -> None:
    asked = {"p": "mahlbrueck-2023/gespraechsrunde/7", "locale": "de"}
    answer = client.get("/merkliste", query_string=asked, headers={"Accept-Language": "en"}, follow_redirects=True)
    assert "Zugriff am" in answer.get_data(as_text=True)

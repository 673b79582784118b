"""The language of the interface: asked for by the browser, chosen by the reader, the same addresses in each."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.build import build_index
from webapp import create_app

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

SEARCH_PAGES = (
    "/suche",
    "/suche?q=Baum",
    "/suche?q=Baum&stand=0123abc",
    "/suche?q=Baum&voice=verbatim&kind=-caption&synonyms=0",
    "/suche?q=Baum&group=speaker&sort=newest",
    "/suche?q=Baum&group=section&page=99",
    "/suche?q=Quastenflosser&role=moderator",
    "/suche?q=Quastenflosser",
    "/suche?q=Bauum&speaker=nobody",
    "/suche?speaker=none&theme=-none",
    "/suche/kontext",
    "/suche/kontext?q=Baum&by=left",
    "/suche/kontext?q=Baum&page=99",
    "/suche/verteilung",
    "/suche/verteilung?q=Baum&measure=relative",
    "/suche/auswahl/speaker?q=Baum",
    "/suche/auswahl/role?enthaelt=xyz",
    "/hilfe",
    "/ueber",
    "/pruefen",
)
ERROR_PAGES = (
    ("/nowhere", 404),
    ("/nowhere/here/1", 404),
    ("/personen/nobody", 404),
    ("/suche?sort=best", 400),
    ("/suche?year=soon", 400),
    ("/suche?page=0", 400),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the corpus of the repository."""
    folder = tmp_path_factory.mktemp("index")
    build_index(CORPUS, folder)
    return folder


@pytest.fixture
def client(index: Path) -> FlaskClient:
    """Return a new reader of the site, who has chosen nothing yet."""
    return create_app(index).test_client()


def language_of(client: FlaskClient, asked: str | None = None) -> str:
    page = client.get("/", headers={"Accept-Language": asked} if asked else {}).get_data(as_text=True)
    return page.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (None, "de"),
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("en-US,en;q=0.9", "en"),
        ("en;q=0.4,de;q=0.9", "de"),
        ("fr,en;q=0.5", "en"),
        ("fr", "de"),
        ("*", "de"),
    ],
)
def test_the_browser_asks_for_a_language(client: FlaskClient, asked: str | None, answered: str) -> None:
    assert language_of(client, asked) == answered


def test_what_the_reader_chose_holds_against_the_browser(client: FlaskClient) -> None:
    answer = client.post("/sprache", data={"sprache": "en", "zurueck": "/suche?q=Boden"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/suche?q=Boden")
    assert language_of(client, "de") == "en"
    client.post("/sprache", data={"sprache": "de", "zurueck": "/"})
    assert language_of(client, "en") == "de"


def test_a_language_nobody_knows_changes_nothing(client: FlaskClient) -> None:
    client.post("/sprache", data={"sprache": "xx", "zurueck": "/"})
    assert language_of(client) == "de"


COMMON_GERMAN = (
    "aber alle als auch auf aus bei bitte das dem den der des die diese dieser dieses durch ein eine einem einen einer"
    " es für gedruckt gibt hier ich ihr im ist jede jeder kein keine mehr mit nach nicht nichts noch nur oder ohne sich"
    " sie sind über um und unter vom von vor war weiter werden wie wird wo zu zum zur zurück zuerst"
    " abschnitt abschnitte berichtet fassung fehler fundstelle fundstellen gemeinsam jahr personen redaktionell rolle"
    " seite seiten stelle stellen stimme suche suchen thema themen treffer veranstaltung wort worte wörter wörtlich"
    " zitat zitate"
)
"""German words that no English sentence has, most of them among the commonest."""

SPOKEN = ("aria-label", "placeholder", "alt")
VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "rect"))


UNREAD = ("de", "zxx")
"""German, and what is in no language."""


class Reading(HTMLParser):
    """Gathers the words of a page that are not marked as German, those of attributes that are read aloud, too."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self._around = [("", "en")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self._around[-1][1]
        if tag not in VOID:
            self._around.append((tag, language))
        if language not in UNREAD:
            self.told += [value for name, value in attrs if value and (name in SPOKEN or name.startswith("data-"))]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing is in an element that ends at once."""

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _ in self._around):
            while self._around.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside, language = self._around[-1]
        if language not in UNREAD and inside not in ("title", "script", "style"):
            self.told.append(data)


def left_in_german(page: str) -> list[str]:
    """Return the stretches of an English page that are German and not marked so."""
    reading = Reading()
    reading.feed(page)
    return [told.strip() for told in reading.told if is_german(told)]


def is_german(words: str) -> bool:
    found = re.findall(r"[^\W\d_]+", words.lower())
    return not set(COMMON_GERMAN.split()).isdisjoint(found) or bool(re.search("[äöüß]", words.lower()))


def english(client: FlaskClient, address: str, *, status: int = 200) -> str:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("address", SEARCH_PAGES)
def test_nothing_but_the_words_of_the_corpus_is_german_on_an_english_page(client: FlaskClient, address: str) -> None:
    assert left_in_german(english(client, address)) == []


@pytest.mark.parametrize(("address", "status"), ERROR_PAGES)
def test_what_went_wrong_is_said_in_english_too(client: FlaskClient, address: str, status: int) -> None:
    assert left_in_german(english(client, address, status=status)) == []


@pytest.mark.parametrize("address", SEARCH_PAGES)
def test_the_head_of_a_page_is_in_its_language(client: FlaskClient, address: str) -> None:
    page = english(client, address)
    title, description = re.search("<title>(.*?)</title>", page), re.search('name="description" content="(.*?)"', page)
    assert title
    assert description
    assert not is_german(title[1])
    assert not is_german(description[1])


@pytest.mark.parametrize("passage", ["Wir haben beim 780. Baum aufgehört", "Nobody ever printed these words", ""])
def test_a_checked_quotation_is_judged_in_english(client: FlaskClient, passage: str) -> None:
    answer = client.post("/pruefen", data={"text": passage, "page": "9"}, headers={"Accept-Language": "en"})
    assert left_in_german(answer.get_data(as_text=True)) == []


def test_the_same_reading_finds_german_on_the_german_page(client: FlaskClient) -> None:
    assert (
        len(left_in_german(client.get("/suche?q=Baum").get_data(as_text=True).replace('<html lang="de">', "<html>")))
        > 20
    )


@pytest.mark.parametrize(
    ("address", "status", "german", "english_detail"),
    [
        ("/api/v1/search?sort=best", 400, "Möglich ist", "Possible values"),
        ("/api/v1/passages/nowhere/here/1", 404, "gibt es hier nicht", "no such event"),
        ("/api/v1/passages/nonsense", 404, "nennt keine Stelle", "names no passage"),
        ("/api/v1/verify", 405, "kann hier nicht beantwortet werden", "cannot be answered here"),
    ],
)
def test_a_problem_is_told_to_programs_in_the_language_asked_for(
    client: FlaskClient, address: str, status: int, german: str, english_detail: str
) -> None:
    for asked, told in (("de", german), ("en", english_detail)):
        answer = client.get(address, headers={"Accept-Language": asked})
        assert answer.status_code == status
        assert told in answer.get_json()["detail"]
    assert not is_german(answer.get_json()["title"])


def test_a_feed_says_which_of_its_words_are_in_which_language(client: FlaskClient) -> None:
    feed = english(client, "/suche/feed?q=Baum")
    assert 'xml:lang="en"' in feed.partition("<title>")[0]
    assert '<summary xml:lang="de">' in feed


def test_the_search_box_of_a_browser_is_described_in_its_language(client: FlaskClient) -> None:
    assert "<Language>en</Language>" in english(client, "/opensearch.xml")
    assert "<Language>de</Language>" in client.get("/opensearch.xml").get_data(as_text=True)


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:x()", ""])
def test_the_choice_leads_to_no_other_site(client: FlaskClient, address: str) -> None:
    answer = client.post("/sprache", data={"sprache": "en", "zurueck": address})
    assert answer.headers["Location"] == "/"


def test_caches_keep_the_languages_apart(client: FlaskClient) -> None:
    assert {"Accept-Language", "Cookie"} <= set(client.get("/").vary)
    with client.get("/static/style.css") as file:
        assert "Cookie" not in file.vary


@pytest.mark.parametrize("address", ["/themen/klima", "/themen/stadtgruen", "/notizen", "/notizen/klima"])
def test_themes_and_notes_are_told_in_english_but_for_their_own_words(client: FlaskClient, address: str) -> None:
    assert left_in_german(english(client, address)) == []

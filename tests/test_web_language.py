"""The language of the interface: asked for by the browser, chosen by the reader, the same addresses in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.build import build_index
from webapp import create_app

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


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


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:x()", ""])
def test_the_choice_leads_to_no_other_site(client: FlaskClient, address: str) -> None:
    answer = client.post("/sprache", data={"sprache": "en", "zurueck": address})
    assert answer.headers["Location"] == "/"


def test_caches_keep_the_languages_apart(client: FlaskClient) -> None:
    assert {"Accept-Language", "Cookie"} <= set(client.get("/").vary)
    with client.get("/static/style.css") as file:
        assert "Cookie" not in file.vary

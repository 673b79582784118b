"""Help and the page about the collection: what they tell is so, here and in a corpus about something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_samples import THEMES, web_app, write_web_corpus

from indexer.build import build_index
from webapp import create_app


def read(client: FlaskClient, path: str) -> BeautifulSoup:
    """Return the page at `path`, parsed."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def words(page: BeautifulSoup) -> str:
    """Return the text of a page with single blanks."""
    assert page.main is not None
    return " ".join(page.main.get_text(" ").replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return web_app(tmp_path_factory.mktemp("about")).test_client()


def _without_themes(folder: Path) -> FlaskClient:
    corpus = write_web_corpus(folder / "corpus")
    (corpus / "themes.toml").write_text(THEMES.replace('"Wohnung"', '"Raumfahrt"'), encoding="utf-8")
    build_index(corpus, folder / "index")
    return create_app(folder / "index").test_client()


def _examples(client: FlaskClient) -> dict[str, str]:
    return {link.get_text(): str(link["href"]) for link in read(client, "/hilfe").select(".guide a")}


def test_every_example_of_the_help_finds_something_as_it_is_typed(client: FlaskClient) -> None:
    examples = _examples(client)
    assert {"Wohnung", "=Wohnung", '"jede Wohnung"', "stimme:wörtlich", "jahr:2020"} <= set(examples)
    for path in examples.values():
        page = read(client, path)
        assert page.select(".hit"), path
        assert "Meinten Sie" not in words(page)
        assert "unbekannt" not in words(page)


def test_without_themes_the_examples_are_the_words_that_are_printed_most(tmp_path: Path) -> None:
    client = _without_themes(tmp_path)
    examples = _examples(client)
    assert "Brunnen" in " ".join(examples)
    for path in examples.values():
        assert read(client, path).select(".hit"), path


def test_an_empty_collection_has_help_without_examples(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "people.toml").write_text("", encoding="utf-8")
    (tmp_path / "corpus" / "themes.toml").write_text("", encoding="utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index")
    client = create_app(tmp_path / "index").test_client()
    assert not read(client, "/hilfe").select(".guide")
    assert "0 Stellen aus 0 Veranstaltungen" in words(read(client, "/ueber"))


def test_the_page_about_the_collection_tells_what_is_in_it_and_of_what_only_facts_are(client: FlaskClient) -> None:
    page = read(client, "/ueber")
    told = words(page)
    assert "aus 2 Veranstaltungen, 3 Personen" in told
    assert "Tagung Probe 2020 4. Mai 2020. 29 Stellen, 3 Personen. Fiktives Beispiel. Rechte: nicht angegeben." in told
    assert "Nur Angaben, keine Worte." in told
    assert [link["href"] for link in page.select(".guide a")] == ["/tagung-2020", "/angaben-2018"]


def test_mistakes_are_reported_only_where_somebody_takes_them(client: FlaskClient, tmp_path: Path) -> None:
    assert "Mangel melden" not in words(read(client, "/ueber"))
    build_index(write_web_corpus(tmp_path / "corpus"), tmp_path / "index")
    reporting = create_app(tmp_path / "index", report="redaktion@wortlaut.example").test_client()
    link = read(reporting, "/ueber").select_one("main a[href^=mailto]")
    assert link is not None
    assert link["href"] == "mailto:redaktion@wortlaut.example"


@pytest.mark.parametrize("path", ["/", "/suche", "/tagung-2020/runde/1", "/personen"])
def test_every_page_leads_to_help_and_about(client: FlaskClient, path: str) -> None:
    assert {"/hilfe", "/ueber"} <= {link["href"] for link in read(client, path).select("footer a")}

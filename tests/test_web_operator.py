"""Imprint, privacy and contact come from the operator's Markdown: shown when supplied, cleaned, and missed aloud."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Run
from flask.testing import FlaskClient
from web_samples import EVIL, write_web_corpus

from indexer.build import build_index
from webapp import create_app
from webapp.operator_pages import OperatorPagesError, page_html, read_pages

DRAFTS = Path(__file__).resolve().parent.parent / "docs" / "pages"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("operator")
    build_index(write_web_corpus(folder / "corpus", turns=3), folder / "index")
    return folder / "index"


def site(index: Path, folder: Path | None, **files: str) -> FlaskClient:
    """Return a client of a site whose operator wrote these files."""
    for name, text in files.items():
        assert folder is not None
        folder.mkdir(exist_ok=True)
        (folder / f"{name.replace('_', '.')}.md").write_text(text, encoding="utf-8")
    return create_app(index, pages=folder).test_client()


def read(client: FlaskClient, path: str, *, language: str = "de") -> BeautifulSoup:
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def foot(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select(".colophon__links a")]


def test_what_is_supplied_stands_at_the_foot_of_every_page(index: Path, tmp_path: Path) -> None:
    client = site(index, tmp_path / "p", impressum="# Impressum\n\nStadt *Probe*", kontakt="Schreiben Sie uns.")
    assert foot(read(client, "/"))[-2:] == ["Impressum", "Kontakt"]
    page = read(client, "/impressum")
    assert [heading.get_text() for heading in page.select("h1")] == ["Impressum"]
    assert page.select_one(".supplied em")
    assert read(client, "/kontakt").select_one("h1").get_text() == "Kontakt"  # type: ignore[union-attr]  # read checks it
    assert client.get("/datenschutz").status_code == 404


def test_without_pages_nothing_is_mentioned(index: Path) -> None:
    client = site(index, None)
    assert not {"Impressum", "Datenschutz", "Kontakt"} & set(foot(read(client, "/")))
    assert client.get("/impressum").status_code == 404
    assert client.get("/api/v1/impressum").mimetype == "application/problem+json"


def test_a_page_is_shown_in_the_language_of_the_reader_if_it_is_there(index: Path, tmp_path: Path) -> None:
    client = site(index, tmp_path / "p", impressum="# Impressum\n\nDeutsch", impressum_en="# Imprint\n\nEnglish")
    (tmp_path / "p" / "kontakt.md").write_text("Nur Deutsch", encoding="utf-8")
    client = site(index, tmp_path / "p")
    assert read(client, "/impressum", language="en").select_one(".supplied[lang=en]")
    assert read(client, "/kontakt", language="en").select_one(".supplied[lang=de]")


def test_nothing_in_a_page_runs_or_loads(index: Path, tmp_path: Path) -> None:
    evil = (
        f"# {EVIL}Titel\n\n{EVIL}\n\n<img src=x onerror=alert(1)> <p onclick='x()' style='color:red'>P</p>\n\n"
        "[a](javascript:alert(1)) <iframe src=//x></iframe> [b](https://example.org)"
    )
    page = read(site(index, tmp_path / "p", impressum=evil), "/impressum")
    assert not page.select("main script, main img, main iframe, main [onclick], main [style], a[href^=javascript]")
    heading = page.select_one("h1")
    assert heading
    assert heading.get_text() == "Titel"
    link = page.select_one(".supplied a[href='https://example.org']")
    assert link
    assert "noopener" in link["rel"]


def test_tables_lists_and_addresses_stay(index: Path, tmp_path: Path) -> None:
    text = "Stadt  \nPlatz 1\n\n- eins\n- zwei\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<redaktion@wortlaut.example>"
    page = read(site(index, tmp_path / "p", kontakt=text), "/kontakt")
    assert page.select_one(".supplied br")
    assert [len(page.select(f".supplied {one}")) for one in ("li", "th", "td")] == [2, 2, 2]
    assert page.select_one(".supplied a[href='mailto:redaktion@wortlaut.example']")


def test_the_api_has_the_same_page(index: Path, tmp_path: Path) -> None:
    client = site(index, tmp_path / "p", impressum="# Wer wir sind\n\nStadt *Probe*")
    told = client.get("/api/v1/impressum").json
    assert (told["name"], told["title"], told["language"]) == ("impressum", "Wer wir sind", "de")
    assert told["html"] == "<p>Stadt <em>Probe</em></p>"
    assert told["markdown"].startswith("# Wer wir sind")


def test_a_missing_folder_or_unreadable_file_stops_the_start(index: Path, tmp_path: Path) -> None:
    with pytest.raises(OperatorPagesError, match="no such folder"):
        create_app(index, pages=tmp_path / "nirgends")
    with pytest.raises(OperatorPagesError, match=r"none of the pages.*impressum\.md"):
        create_app(index, pages=tmp_path)
    (tmp_path / "kontakt.md").write_bytes("Straße".encode("latin-1"))
    with pytest.raises(OperatorPagesError, match=r"kontakt\.md: not UTF-8 at byte 4"):
        create_app(index, pages=tmp_path)
    (tmp_path / "kontakt.md").write_text(" \n", encoding="utf-8")
    with pytest.raises(OperatorPagesError, match=r"kontakt\.md: is empty"):
        create_app(index, pages=tmp_path)
    (tmp_path / "kontakt.md").unlink()
    (tmp_path / "kontakt.md").mkdir()
    with pytest.raises(OperatorPagesError, match=r"kontakt\.md: cannot be read"):
        create_app(index, pages=tmp_path)


def test_serve_says_which_folder_is_missing(run: Run, corpus_folder: Path, tmp_path: Path) -> None:
    build_index(corpus_folder, tmp_path / "index")
    result = run("serve", "--pages", str(tmp_path / "nirgends"))
    assert result.exit_code == 1
    assert "--pages: " in result.output
    assert "no such folder" in result.output


def test_the_drafts_can_be_served_as_they_are() -> None:
    pages = read_pages(DRAFTS)
    assert set(pages) == {"impressum", "datenschutz", "kontakt"}
    assert set(pages["datenschutz"]) == {"de", "en"}
    assert "<h2>" in pages["datenschutz"]["de"].html


def test_cleaning_twice_changes_nothing() -> None:
    once = page_html("**a** <b title='x'>c</b> & d <script>e</script>\n\n1. f")
    assert "script" not in once
    assert page_html(once) == once

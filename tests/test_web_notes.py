"""Notes on pages: passages shown with whose words they are and what became of them, links and the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from builders import make_corpus
from flask.testing import FlaskClient
from web_samples import EVIL, WORDS, web_app

from indexer.build import build_index
from kb.locator import fingerprint
from kb.release import NOTHING_DECLARED, Declarations, release
from webapp import create_app

FIRST = "Wir bauen neue Wohnungen, und sie sagte: „Endlich.“"
SECOND = "Die Nachbarschaft hilft, wo sie kann."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return web_app(tmp_path_factory.mktemp("notes"), base_url="https://probe.example").test_client()


def read(client: FlaskClient, path: str) -> Tag:
    """Return the main part of the page at `path`."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    main = BeautifulSoup(answer.get_data(as_text=True), "html.parser").main
    assert main is not None
    return main


def words(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").replace("\u00a0", " ").split())


def test_own_words_are_quoted_with_speaker_page_voice_and_link(client: FlaskClient) -> None:
    shown, _ = read(client, "/notizen/wohnen").select("figure.shown")
    assert words(shown.blockquote) == f"„{WORDS}“"
    assert words(shown.select_one(".margin")) == "Anna Berg wörtlich S. 5 f."
    link = shown.select_one("figcaption a")
    assert link is not None
    assert link["href"] == f"/tagung-2020/begruessung/berg/1~{fingerprint(WORDS)}"
    assert client.get(str(link["href"])).status_code == 200
    assert not shown.select(".verdict")


def test_reported_words_are_never_in_quotation_marks_and_changed_ones_are_told(client: FlaskClient) -> None:
    _, shown = read(client, "/notizen/wohnen").select("figure.shown")
    assert words(shown.blockquote) == "Jan Tal berichtete, dass offene Bäche kühlen."
    assert "berichtet" in words(shown.select_one(".margin"))
    assert "geändert" in words(shown.select_one(".verdict--changed"))


def test_links_are_called_what_they_lead_to_unless_the_note_says_otherwise(client: FlaskClient) -> None:
    found = {str(link["href"]): words(link) for link in read(client, "/notizen/wohnen").select(".note-text li a")}
    assert found == {
        "/personen/anna-berg": "Anna Berg",
        "/tagung-2020/forum-1": "Forum 1: Bauen & <em>Wohnen</em>",
        "/tagung-2020": "2020",
        "/notizen/baeche": "<i onclick=x>Bäche</i>",
        "/tagung-2020/runde/1": "Eva <b>Fett</b> & Söhne, S. 7",
        "/themen/wohnen": "Wohnen <i>und</i> Bauen",
    }


@pytest.mark.parametrize("path", ["/notizen/wohnen", "/themen/wohnen"])
def test_what_is_evil_in_a_note_stays_text(client: FlaskClient, path: str) -> None:
    text = read(client, path).select_one(".note-text")
    assert text is not None
    assert EVIL in words(text)
    assert not text.select("script, img, style, iframe, b, i, [onclick], [onerror], [style]")
    assert all(str(link.get("href", "/")).startswith(("/", "https://")) for link in text.select("a"))


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/notizen/wohnen", "Bäche"),
        ("/notizen/baeche", "Wohnen & <b>Bauen</b>"),
        ("/tagung-2020/runde/1", "Wohnen & <b>Bauen</b>"),
        ("/tagung-2020/begruessung/berg/1", "Wohnen & <b>Bauen</b>"),
    ],
)
def test_a_page_says_which_notes_speak_of_it(client: FlaskClient, path: str, title: str) -> None:
    assert [words(link) for link in read(client, path).select(".mentioned a")] == [title]


def test_a_passage_no_note_speaks_of_says_nothing_of_notes(client: FlaskClient) -> None:
    assert not read(client, "/tagung-2020/runde/3").select(".mentioned")
    assert not read(client, "/themen/wohnen").select(".mentioned")


def test_the_list_of_notes_is_in_the_foot_of_every_page_if_there_are_any(client: FlaskClient, tmp_path: Path) -> None:
    assert [words(link) for link in read(client, "/notizen").select("li a")] == ["Bäche", "Wohnen & <b>Bauen</b>"]
    assert 'href="/notizen"' in client.get("/hilfe").text
    build_index(make_corpus(tmp_path / "corpus"), tmp_path / "index")
    without = create_app(tmp_path / "index").test_client()
    assert 'href="/notizen"' not in without.get("/hilfe").text
    assert "keine Notizen" in words(read(without, "/notizen"))


def test_notes_as_json_hold_text_links_and_the_way_back(client: FlaskClient) -> None:
    told = client.get("/api/v1/notizen").json["notes"]
    assert [(note["name"], note["theme"], note["fictional"]) for note in told] == [
        ("baeche", None, False),
        ("wohnen", "wohnen", True),
    ]
    note = client.get("/api/v1/notizen/wohnen").json
    assert note["text"].startswith(EVIL)
    assert note["linked_from"] == ["baeche"]
    shown = [link for link in note["links"] if link["is_shown"]]
    assert [link["id"] for link in shown] == ["tagung-2020/begruessung/berg/1", "tagung-2020/forum-1/1"]
    assert shown[0]["url"] == f"https://probe.example/tagung-2020/begruessung/berg/1~{fingerprint(WORDS)}"
    assert client.get("/api/v1/notizen/nichts").status_code == 404


def _edited(folder: Path, *, gone: bool, released: bool = True) -> Tag:
    """Return a note that shows a passage which was changed, or withdrawn, after the note was written."""
    corpus = make_corpus(folder / "corpus", (FIRST, SECOND))
    (corpus / "notes").mkdir()
    shown = f"# Notiz\n\n![[probe-2020/forum-1/1~{fingerprint(FIRST)}]]\n"
    (corpus / "notes" / "notiz.md").write_text(shown, encoding="utf-8")
    release(corpus, day=date(2024, 1, 1))
    path = corpus / "probe-2020" / "01-forum.md"
    text = path.read_text(encoding="utf-8")
    block = f"{FIRST}\n{{: #forum-1-1 .speech by=anna-berg role=speaker }}"
    assert block in text
    path.write_text(text.replace(block, "") if gone else text.replace("neue", "gute"), encoding="utf-8")
    declared = Declarations(reason="falsch gelesen") if gone else NOTHING_DECLARED
    if released:
        release(corpus, day=date(2024, 5, 3), declared=declared)
    build_index(corpus, folder / "index")
    return read(create_app(folder / "index").test_client(), "/notizen/notiz")


def test_a_reworded_passage_is_shown_with_the_words_then_and_now(tmp_path: Path) -> None:
    page = _edited(tmp_path, gone=False)
    assert [words(one) for one in page.select(".verdict del, .verdict ins")] == ["neue", "gute"]
    assert words(page.blockquote) == "„Wir bauen gute Wohnungen, und sie sagte: ‚Endlich.‘“"


def test_a_withdrawn_passage_is_told_instead_of_shown(tmp_path: Path) -> None:
    page = _edited(tmp_path, gone=True)
    assert "falsch gelesen" in words(page.select_one(".verdict"))
    assert not page.select("blockquote")
    assert "Wohnungen" not in words(page)


def test_a_passage_taken_out_since_the_last_release_is_told_to_be_gone(tmp_path: Path) -> None:
    page = _edited(tmp_path, gone=True, released=False)
    assert "nicht mehr in der Sammlung" in words(page.select_one(".verdict"))
    assert not page.select("blockquote, figcaption")

"""The page of the reading list: all its state is its address, and nothing on it is lost or runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from bs4 import BeautifulSoup
from builders import make_corpus
from flask.testing import FlaskClient
from web_samples import EVIL, web_app

from indexer.build import build_index
from kb.locator import fingerprint
from kb.reading_sheets import SHEET_FORMS, SHEETS
from kb.release import Declarations, release
from webapp import create_app
from webapp.reading_list import MAX_ADDRESS

BERG, REPORTED, TURN = "tagung-2020/begruessung/berg/1", "tagung-2020/forum-1/1", "tagung-2020/runde/1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return web_app(tmp_path_factory.mktemp("list"), turns=3).test_client()


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def written(client: FlaskClient, address: str) -> list[str]:
    """Return the passages of the list that an address leads to, without fingerprints."""
    answer = client.get(address, follow_redirects=True)
    query = parse_qs(urlsplit(answer.request.url).query)
    return [one.partition("~")[0] for one in query.get("p", [])]


def text(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").replace("\u00a0", " ").split())


def test_without_passages_the_page_says_how_to_collect_some(client: FlaskClient) -> None:
    page = read(client, "/merkliste")
    assert "Hier ist noch nichts gemerkt" in text(page)
    assert page.select_one("noscript .note")


@pytest.mark.parametrize("path", [f"/{BERG}", "/tagung-2020/begruessung", "/suche?q=Wohnung"])
def test_merken_is_a_link_that_opens_the_list_with_the_passage(client: FlaskClient, path: str) -> None:
    link = read(client, path).select_one(f"a[data-keep^='{BERG}~']")
    assert link
    page = read(client, str(link["href"]))
    assert [str(one["href"]) for one in page.select(".listed__place a")] == [f"/{BERG}"]
    assert page.select_one(".listed.words--verbatim")


def test_words_are_pinned_in_the_address(client: FlaskClient) -> None:
    answer = client.get(f"/merkliste?p={BERG}")
    assert answer.status_code == 302
    assert answer.location.startswith(f"/merkliste?p={BERG}~")
    assert client.get(answer.location).headers["Cache-Control"] == "private, no-cache"


def test_buttons_move_remove_and_clear(client: FlaskClient) -> None:
    three = f"/merkliste?p={BERG}&p={REPORTED}&p={TURN}"
    assert written(client, f"{three}&do=up-3") == [BERG, TURN, REPORTED]
    assert written(client, f"{three}&do=down-1") == [REPORTED, BERG, TURN]
    assert written(client, f"{three}&do=up-1") == [BERG, REPORTED, TURN]
    assert written(client, f"{three}&do=down-3") == [BERG, REPORTED, TURN]
    assert written(client, f"{three}&do=remove-2") == [BERG, TURN]
    assert written(client, f"{three}&do=remove-9") == [BERG, REPORTED, TURN]
    assert written(client, f"{three}&do=clear") == []
    assert client.get(f"{three}&do=up-3").location.endswith("#stelle-2")


def test_a_note_moves_with_its_passage(client: FlaskClient) -> None:
    page = read(client, f"/merkliste?p={BERG}&p={TURN}&n1=Anfang&n2=Ende&do=up-2")
    assert [(note["name"], note.get_text().strip()) for note in page.select("textarea")] == [
        ("n1", "Ende"),
        ("n2", "Anfang"),
    ]
    sorted_page = read(client, f"/merkliste?p={TURN}&p={BERG}&n1=Ende&n2=Anfang&sort=place")
    assert [(note["name"], note.get_text().strip()) for note in sorted_page.select("textarea")] == [
        ("n2", "Anfang"),
        ("n1", "Ende"),
    ]


def test_a_pasted_link_is_added_and_nonsense_is_told(client: FlaskClient) -> None:
    pasted = quote(f"https://wortlaut.example/{TURN}~00000000?view=alone")
    assert written(client, f"/merkliste?p={BERG}&plus={pasted}") == [BERG, TURN]
    page = read(client, f"/merkliste?p={BERG}&plus=%22%3EUnsinn")
    field = page.select_one("input[name=plus]")
    assert field
    assert (field["value"], field["aria-invalid"]) == ('">Unsinn', "true")
    assert "nennt keine Stelle" in text(page)
    assert len(page.select(".listed")) == 1


def test_what_is_unknown_stays_in_the_list_and_says_so(client: FlaskClient) -> None:
    page = read(client, f"/merkliste?p={quote(EVIL)}&p=tagung-2020/runde/99&p={BERG}&n1=Notiz")
    assert len(page.select(".listed")) == 3
    assert text(page).count("Unbekannt.") == 2
    assert "2 Stellen sind nicht nachzuweisen" in text(page)
    assert EVIL in text(page)
    assert not page.select("main script")


def test_a_note_stays_text_wherever_it_stands(client: FlaskClient) -> None:
    evil = f"</textarea>{EVIL}\n\n{{{{ 7*7 }}}}"
    address = f"/merkliste?p={BERG}&n1={quote(evil)}"
    page = read(client, address)
    note = page.select_one("textarea")
    assert note
    assert note.get_text().strip() == evil
    assert not page.select("main script")
    assert 'alert("x")' not in "".join(str(script) for script in page.select("script"))
    sheet = client.get(f"/api/v1/merkliste/quotations/html?p={BERG}&n1={quote(evil)}")
    assert not BeautifulSoup(sheet.text, "html.parser").select("script")
    assert sheet.headers["Content-Disposition"].startswith("attachment")


def test_an_address_too_long_is_refused_with_the_limit(client: FlaskClient) -> None:
    passages = "&".join(f"p=x/y/{number}&n{number}={'ä' * 900}" for number in range(1, 4))
    answer = client.get(f"/merkliste?{passages}")
    assert answer.status_code == 414
    assert f"{MAX_ADDRESS // 1000}.000 Zeichen" in text(BeautifulSoup(answer.text, "html.parser"))
    many = "&".join(f"p=x/y/{number}" for number in range(1, 202))
    assert "200 Stellen, diese hätte 201" in text(BeautifulSoup(client.get(f"/merkliste?{many}").text, "html.parser"))
    refused = client.get(f"/api/v1/merkliste?p={BERG}&n1={'x' * 1001}")
    assert (refused.status_code, refused.mimetype) == (414, "application/problem+json")


def test_style_and_language_of_the_references_are_chosen(client: FlaskClient) -> None:
    page = read(client, f"/merkliste?p={BERG}&style=apa&locale=en")
    reference = page.select_one(".listed__reference[lang=en]")
    assert reference
    assert "(2020)" in reference.get_text()
    link = page.select_one("a[href*='quotations/text']")
    assert link
    assert "style=apa&locale=en" in str(link["href"])
    assert client.get("/merkliste?style=mla").status_code == 400


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("form", SHEET_FORMS)
def test_every_sheet_is_a_file(client: FlaskClient, kind: str, form: str) -> None:
    answer = client.get(f"/api/v1/merkliste/{kind}/{form}?p={BERG}&p={REPORTED}&n1=Notiz")
    assert answer.status_code == 200
    assert answer.mimetype == SHEET_FORMS[form].media_type
    assert "Berg" in answer.text
    assert client.get(f"/api/v1/merkliste/{kind}/pdf?p={BERG}").status_code == 400


def test_the_json_twin_tells_what_became_of_each(client: FlaskClient) -> None:
    told = client.get(f"/api/v1/merkliste?p={BERG}&p={REPORTED}&p=x/y/1&n2=Notiz").json
    assert [one["status"] for one in told["entries"]] == ["unchanged", "unchanged", "unknown"]
    assert [one["note"] for one in told["entries"]] == ["", "Notiz", ""]
    assert told["entries"][1]["passage"]["voice"] == "reported"
    assert not told["entries"][1]["quotation"].startswith("„")
    assert told["entries"][2]["passage"] is None


FIRST, SECOND = "Wir bauen neue Wohnungen in den Städten, und zwar bald.", "Die Nachbarschaft hilft, wo sie kann."
BLOCK = "\n{: #forum-1-%d .speech by=anna-berg role=speaker }"
HERE = "probe-2020/forum-1"


@pytest.fixture
def edited(tmp_path: Path) -> FlaskClient:
    """A site whose first passage was reworded and whose second was withdrawn since they were kept."""
    corpus = make_corpus(tmp_path / "corpus", (FIRST, SECOND))
    release(corpus, day=date(2024, 1, 1))
    path = corpus / "probe-2020" / "01-forum.md"
    words = path.read_text("utf-8").replace("neue", "gute").replace(SECOND + BLOCK % 2, "")
    path.write_text(words, "utf-8")
    gone = Declarations(reason="falsch gelesen")
    release(corpus, day=date(2024, 5, 3), declared=gone)
    build_index(corpus, tmp_path / "index")
    return create_app(tmp_path / "index").test_client()


def test_changed_words_say_so_and_withdrawn_ones_why(edited: FlaskClient) -> None:
    address = f"/merkliste?p={HERE}/1~{fingerprint(FIRST)}&p={HERE}/2~{fingerprint(SECOND)}&n1=N"
    page = read(edited, address)
    assert [one.get_text().strip() for one in page.select(".word-diff del, .word-diff ins")] == ["neue", "gute"]
    assert "zurückgezogen" in text(page)
    assert "falsch gelesen" in text(page)
    assert [one["value"] for one in page.select("button[value^=renew], button[value^=follow]")] == ["renew-1"]
    renewed = read(edited, f"{address}&do=renew-1")
    assert not renewed.select("#stelle-1 .verdict")
    note = renewed.select_one("#n1")
    assert note
    assert note.get_text().strip() == "N"

"""What a reference manager and a robot take from a page: typed links, the record behind it, the embedded tags."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
import rispy
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_samples import EDITION, web_app, write_web_corpus

from indexer.build import build_index
from webapp import create_app

BASE = "https://wortlaut.example"
OWN, TOLD = "/tagung-2020/begruessung/berg/1", "/tagung-2020/forum-1/1"
PUBLISHED = """
[publication]
title = "Probe. Dokumentation der Tagung"
publisher = "Verlag Probe"
place = "Probeort"
year = 2021
rights = "Namensnennung, siehe https://creativecommons.org/licenses/by/4.0/."
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("signposts")
    corpus = write_web_corpus(folder / "corpus", turns=2)
    head, section, rest = EDITION.partition("\n[[section]]")
    (corpus / "tagung-2020" / "edition.toml").write_text(head + PUBLISHED + section + rest, encoding="utf-8")
    build_index(corpus, folder / "index")
    return create_app(folder / "index", base_url=BASE).test_client()


def links(client: FlaskClient, path: str) -> dict[str, list[tuple[str, str]]]:
    """Return the typed links of a page by relation: address and media type."""
    found: dict[str, list[tuple[str, str]]] = {}
    for target, relation, media in re.findall(
        r'<([^<>]*)>; rel="([a-z-]+)"(?:; type="([^"]*)")?(?:, |$)', client.get(path).headers["Link"]
    ):
        found.setdefault(relation, []).append((target, media))
    return found


def tags(client: FlaskClient, path: str) -> list[tuple[str, str]]:
    """Return the `citation_…` tags of a page, in their order."""
    page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
    return [(str(one["name"]), str(one["content"])) for one in page.select("meta[name^=citation_]")]


def record(client: FlaskClient, path: str) -> dict[str, object]:
    """Return the record that a reader of unAPI takes from a page: server, id, formats and the RIS behind them."""
    page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
    server, place = page.select_one("link[rel=unapi-server]"), page.select_one("abbr.unapi-id")
    assert server is not None
    assert place is not None
    offered = client.get(str(server["href"]))
    assert (offered.status_code, offered.mimetype) == (200, "application/xml")
    assert {"ris", "bibtex"} == {one.get("name") for one in ET.fromstring(offered.get_data())}
    answer = client.get(str(server["href"]), query_string={"id": str(place["title"]), "format": "ris"})
    assert answer.mimetype == "application/x-research-info-systems"
    (read,) = rispy.loads(answer.get_data(as_text=True))
    return dict(read)


def test_every_signpost_leads_somewhere(client: FlaskClient) -> None:
    for path in (OWN, TOLD, "/tagung-2020/begruessung"):
        for relation, targets in links(client, path).items():
            for target, media in targets:
                if target.startswith(BASE):
                    answer = client.get(target.removeprefix(BASE))
                    assert answer.status_code == 200, target
                    assert not media or answer.mimetype == media, target
                else:
                    assert relation in ("type", "license")


def test_the_signposts_of_a_passage_name_its_lasting_link_its_author_and_records(client: FlaskClient) -> None:
    found = links(client, OWN)
    ((lasting, _),) = found["cite-as"]
    assert re.fullmatch(rf"{BASE}{OWN}~[0-9a-f]{{8}}", lasting)
    assert found["author"] == [(f"{BASE}/personen/anna-berg", "")]
    assert ("https://schema.org/Quotation", "") in found["type"]
    assert {media for _, media in found["describedby"]} >= {
        "application/x-bibtex",
        "application/x-research-info-systems",
    }
    assert found["collection"] == [(f"{BASE}/tagung-2020/begruessung/berg", "text/html")]
    assert found["license"] == [("https://creativecommons.org/licenses/by/4.0/", "")]


def test_nobody_is_signposted_as_the_author_of_what_a_report_says_of_them(client: FlaskClient) -> None:
    found = links(client, TOLD)
    assert "author" not in found
    assert ("https://schema.org/Chapter", "") in found["type"]


def test_rights_without_an_address_are_no_licence(tmp_path_factory: pytest.TempPathFactory) -> None:
    other = web_app(tmp_path_factory.mktemp("no-licence"), turns=1, base_url=BASE).test_client()
    assert "license" not in links(other, "/tagung-2020/runde")


def test_a_saved_speech_has_speaker_title_event_book_and_page(client: FlaskClient) -> None:
    saved = record(client, OWN)
    assert saved["type_of_reference"] == "CPAPER"
    assert saved["authors"] == ["Berg, Anna"]
    assert saved["title"] == "Begrüßung"
    assert saved["secondary_title"] == "Tagung Probe 2020"
    assert saved["custom3"] == "Probe. Dokumentation der Tagung"
    assert (saved["year"], saved["start_page"], saved["end_page"]) == ("2021", "5", "6")
    assert saved["urls"] == [link for link, _ in links(client, OWN)["cite-as"]]


def test_a_saved_report_is_a_chapter_of_the_book_and_says_whose_words_it_has(client: FlaskClient) -> None:
    saved = record(client, TOLD)
    assert saved["type_of_reference"] == "CHAP"
    assert saved["secondary_title"] == "Probe. Dokumentation der Tagung"
    assert str(saved["title"]).startswith("Bericht zu Forum 1")
    assert saved["start_page"] == "7"
    assert "end_page" not in saved
    assert "Wortlaut des Berichts" in str(saved["notes"])


def test_the_embedded_tags_say_the_same_as_the_record(client: FlaskClient) -> None:
    for path in (OWN, TOLD):
        said, saved = dict(tags(client, path)), record(client, path)
        event = saved["secondary_title"] if path == OWN else "Tagung Probe 2020"
        assert said["citation_title"] == saved["title"]
        assert [content for name, content in tags(client, path) if name == "citation_author"] == saved["authors"]
        assert said["citation_conference_title"] == event
        assert said["citation_inbook_title"] == "Probe. Dokumentation der Tagung"
        assert said["citation_firstpage"] == saved["start_page"]
        assert said.get("citation_lastpage") == saved.get("end_page")


def test_the_last_title_tag_tells_a_speech_from_a_chapter(client: FlaskClient) -> None:
    """Zotero takes the type of what it saves from the last of these two tags."""
    named = ("citation_inbook_title", "citation_conference_title")
    last = {path: [name for name, _ in tags(client, path) if name in named][-1] for path in (OWN, TOLD)}
    assert last == {OWN: "citation_conference_title", TOLD: "citation_inbook_title"}


def test_the_context_object_says_the_same_as_the_record(client: FlaskClient) -> None:
    for path in (OWN, TOLD):
        page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
        span = page.select_one("span.Z3988")
        assert span is not None
        told, saved = parse_qs(str(span["title"])), record(client, path)
        assert told["rft.atitle"] == [saved["title"]]
        assert told["rft.spage"] == [saved["start_page"]]
        assert told["rft.btitle"] == ["Probe. Dokumentation der Tagung"]
        assert told["rft_id"] == saved["urls"]


def test_a_section_is_saved_as_a_chapter_by_nobody(client: FlaskClient) -> None:
    said = tags(client, "/tagung-2020/begruessung")
    assert ("citation_title", "Begrüßung") in said
    assert ("citation_conference_title", "Tagung Probe 2020") in said
    assert ("citation_firstpage", "5") in said
    assert ("citation_lastpage", "6") in said
    assert said.index(("citation_inbook_title", "Probe. Dokumentation der Tagung")) > said.index(
        ("citation_conference_title", "Tagung Probe 2020")
    )
    assert "citation_author" not in dict(said)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"id": OWN[1:]}, 300),
        ({"id": f"{OWN[1:]}99"}, 404),
        ({"id": f"{OWN[1:]}99", "format": "ris"}, 404),
        ({"id": "kein Ort", "format": "ris"}, 404),
        ({"id": OWN[1:], "format": "marc"}, 406),
    ],
)
def test_unapi_answers_as_it_is_written(client: FlaskClient, asked: dict[str, str], status: int) -> None:
    answer = client.get("/unapi", query_string=asked)
    assert answer.status_code == status
    if status == 300:
        assert ET.fromstring(answer.get_data()).get("id") == asked["id"]


def test_the_links_of_a_page_reach_the_host_that_was_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    other = web_app(tmp_path_factory.mktemp("host"), turns=1).test_client()
    answer = other.get("/tagung-2020/runde", headers={"Host": "lesen.example:8080"})
    assert urlsplit(answer.headers["Link"].partition(">")[0][1:]).netloc == "lesen.example:8080"

"""How answers travel: kept, asked again, compressed, in parts, open to other sites."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_samples import web_app

BASE = "https://wortlaut.example"
PASSAGE = "/api/v1/passages/tagung-2020/forum-1/1"
PAGES = ("/", "/suche?q=Brunnen", "/tagung-2020/runde", "/tagung-2020/forum-1/1", PASSAGE, "/api/v1/search?q=Brunnen")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return web_app(tmp_path_factory.mktemp("delivery"), base_url=BASE)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def stylesheet(client: FlaskClient) -> str:
    found = re.search(r'"(/static/style\.css\?v=[0-9a-f]+)"', client.get("/").get_data(as_text=True))
    assert found
    return found[1]


@pytest.mark.parametrize("path", PAGES)
def test_what_did_not_change_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_other_words_have_another_tag(client: FlaskClient) -> None:
    assert client.get(PASSAGE).headers["ETag"] != client.get(f"{PASSAGE[:-1]}2").headers["ETag"]


@pytest.mark.parametrize("path", PAGES)
def test_answers_are_compressed_for_whoever_takes_that(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert client.get(path, headers={"Accept-Encoding": "gzip;q=0"}).data == plain.data


def test_a_tag_of_a_compressed_answer_is_good_for_asking_again(client: FlaskClient) -> None:
    packed = {"Accept-Encoding": "gzip"}
    tag = client.get(PASSAGE, headers=packed).headers["ETag"]
    assert client.get(PASSAGE, headers={**packed, "If-None-Match": tag}).status_code == 304


def test_static_files_with_their_digest_are_kept_for_good(client: FlaskClient, stylesheet: str) -> None:
    answer = client.get(stylesheet, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"font-family" in gzip.decompress(answer.data)
    assert client.get(stylesheet, headers={"If-None-Match": answer.headers["ETag"]}, buffered=True).status_code == 304
    assert client.get("/static/style.css", buffered=True).headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(("path", "status"), [("/api/v1/passages/unsinn", 404), ("/nirgends/x", 404)])
def test_errors_are_not_kept(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
    assert "ETag" not in answer.headers


def test_pages_of_other_sites_may_read_the_interface_and_nothing_else(client: FlaskClient) -> None:
    for path in (PASSAGE, "/api/v1/passages/unsinn", "/api/v1/export?format=csv"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    asked = client.options(PASSAGE, headers={"Origin": "https://elsewhere.example"})
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Origin" not in client.post("/api/v1/verify", json={}).headers
    assert "Access-Control-Allow-Origin" not in client.get("/suche").headers


def links(client: FlaskClient, query: str) -> dict[str, str]:
    header = client.get(f"/api/v1/{query}").headers.get("Link", "")
    return {name: address for address, name in re.findall(r'<([^>]+)>; rel="(\w+)"', header)}


def test_the_parts_of_an_answer_lead_to_each_other(client: FlaskClient) -> None:
    seen: list[str] = []
    query = "search?q=Brunnen&limit=5&sort=reading&voice=verbatim&voice=reported"
    while query:
        seen += [hit["passage"]["id"] for hit in client.get(f"/api/v1/{query}").get_json()["hits"]]
        following = links(client, query).get("next", "")
        assert following.startswith(f"{BASE}/api/v1/search?") or not following
        query = following.rpartition("/api/v1/")[2]
    assert len(seen) == len(set(seen)) == 23


@pytest.mark.parametrize(
    ("query", "names", "offsets"),
    [
        ("search?q=Brunnen&limit=10", "first next last", {"next": 10, "last": 20}),
        ("search?q=Brunnen&limit=10&offset=20", "first prev last", {"prev": 10, "last": 20}),
        ("search?q=Brunnen&limit=10&offset=500", "first prev last", {"prev": 20}),
        ("search?q=Brunnen&limit=23", "first last", {"last": 0}),
        ("search?q=Brunnen&limit=1&group=speaker", "first last", {}),
        ("concordance?q=Brunnen&limit=20", "first next last", {"next": 20}),
        ("search?q=Brunnen&limit=0", "", {}),
        ("search?q=Xylophon", "", {}),
    ],
)
def test_links_lead_to_parts_that_are_there(
    client: FlaskClient, query: str, names: str, offsets: dict[str, int]
) -> None:
    found = links(client, query)
    assert list(found) == names.split()
    for name, offset in offsets.items():
        assert found[name].endswith(f"offset={offset}")

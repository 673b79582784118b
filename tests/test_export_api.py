"""The export over HTTP: the formats of `kb export`, streamed, with a limit."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from web_samples import web_app

from kb.export.formats import FORMS
from kb.export.rows import BOM
from webapp.views import export


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return web_app(tmp_path_factory.mktemp("export"), base_url="https://wortlaut.example").test_client()


@pytest.mark.parametrize("form", FORMS)
def test_what_a_search_finds_comes_as_a_file(client: FlaskClient, form: str) -> None:
    answer = client.get(f"/api/v1/export?format={form}&q=Brunnen")
    assert answer.status_code == 200
    assert answer.mimetype == FORMS[form].media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="wortlaut.{FORMS[form].suffix}"'
    assert "tagung-2020" in answer.get_data(as_text=True)


def test_all_that_is_found_is_written_not_one_page_of_it(client: FlaskClient) -> None:
    total = client.get("/api/v1/search?q=Brunnen").get_json()["total"]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/export?format=csv&q=Brunnen").get_data(as_text=True))))
    assert len(rows) == total > 10
    assert rows[0]["link"].startswith("https://wortlaut.example/")


def test_passages_with_some_of_the_words_come_if_asked_for(client: FlaskClient) -> None:
    def found(query: str) -> int:
        return len(client.get(f"/api/v1/export?q=Brunnen+Wohnung{query}").get_data().splitlines())

    assert found("&partial=1") > found("")


def test_a_table_for_a_spreadsheet_begins_with_a_byte_order_mark(client: FlaskClient) -> None:
    assert client.get("/api/v1/export?format=csv&bom=1").get_data(as_text=True).startswith(BOM)


@pytest.mark.parametrize("query", ["format=docx", "year=abc"])
def test_what_cannot_be_asked_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/export?{query}")
    assert answer.status_code == 400
    assert "detail" in answer.get_json()


def test_more_than_the_limit_is_refused_with_another_way(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MAX_PASSAGES", 3)
    answer = client.get("/api/v1/export?q=Brunnen")
    assert answer.status_code == 400
    assert "kb export" in answer.get_json()["detail"]


def test_tei_of_nothing_is_no_broken_file(client: FlaskClient) -> None:
    assert client.get("/api/v1/export?format=tei&q=Quastenflosser").status_code == 404
    assert json.loads(client.get("/api/v1/export?format=json&q=Quastenflosser").get_data()) == []

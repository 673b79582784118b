"""The examples of docs/api.md run as they stand."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.build import build_index
from kb.assistant import Assistant
from webapp import create_app

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
HOST = "http://127.0.0.1:8000"
EXAMPLES = re.findall(r"^curl .*$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("api-docs")
    build_index(ROOT / "corpus", folder)
    return create_app(folder)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_answered(client: FlaskClient, example: str) -> None:
    _, address, *rest = shlex.split(example)
    path = address.removeprefix(HOST)
    answer = client.post(path, json=json.loads(rest[1])) if rest else client.get(path)
    assert answer.status_code == 200
    told = answer.get_json(silent=True)
    assert told is None or any(told.get(name, True) for name in ("hits", "lines", "completions", "results"))
    assert answer.data


def test_the_problem_shown_is_the_one_answered(client: FlaskClient) -> None:
    shown = re.search(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    assert shown
    answer = client.get("/api/v1/passages/nirgends/x/1", headers={"Accept-Language": "en"})
    assert answer.get_json() == json.loads(shown[1])


def test_every_address_and_tool_is_mentioned(app: Flask) -> None:
    ends = {rule.rule.rpartition("/")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert not [end for end in ends if end and "<" not in end and end not in PAGE]
    assert not [name for name in vars(Assistant) if not name.startswith("_") and f"`{name}`" not in PAGE]

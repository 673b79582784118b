"""The OpenAPI description says what the interface does: valid, complete, and held against invented requests."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate
from webserver import served

from indexer.build import build_index
from webapp import create_app

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
CONFIG = Path(__file__).with_name("schemathesis.toml")
REFUSALS = ("api.nothing", "checking.verify_methods")
BASE = "https://wortlaut.example"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("openapi")
    build_index(CORPUS, folder)
    return create_app(folder, base_url=BASE)


@pytest.fixture(scope="module")
def described(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.mimetype == "application/json"
    told: dict[str, Any] = answer.get_json()
    return told


def test_the_description_is_valid_openapi(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": BASE}]
    validate(described)


def test_every_address_is_described_and_no_other(app: Flask, described: dict[str, Any]) -> None:
    served = {
        (address, method.lower())
        for rule in app.url_map.iter_rules()
        for address in _shapes(rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.endpoint not in REFUSALS
    }
    told = {
        (re.sub("{[^}]+}", "{}", path), method) for path, methods in described["paths"].items() for method in methods
    }
    assert told == served


def _shapes(rule: str) -> list[str]:
    """Return the addresses of a rule, any value as `{}`; where a name ends it, one address for each name."""
    names = re.search(r"<any\(([^)]*)\):[^>]+>$", rule)
    rules = [rule.replace(names[0], name.strip()) for name in names[1].split(",")] if names else [rule]
    return [re.sub("<[^>]+>", "{}", one) for one in rules]


def test_no_two_addresses_have_one_shape(described: dict[str, Any]) -> None:
    shapes = [re.sub("{[^}]+}", "{}", path) for path in described["paths"]]
    assert len(set(shapes)) == len(shapes)


def test_invented_requests_are_answered_as_described(app: Flask, tmp_path: Path) -> None:
    """Requests that fit the description and such that do not, with each value at and beyond its bounds."""
    tool = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"]
    phases = ["--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "1", "--no-color"]
    with served(app) as address:
        told = subprocess.run(
            [*tool, f"{address}/api/v1/openapi.json", "--url", address, *phases],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    assert told.returncode == 0, (told.stdout + told.stderr)[-5000:]

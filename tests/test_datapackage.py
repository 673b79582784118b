"""The data package: what it says of its tables is what they hold."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import Run
from exports import BASE, an_extract, example_corpus

from kb.export.datapackage import write_datapackage
from kb.model import Publication

TYPES = {
    "string": str,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}

_KEYS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_FIELD = {
    "type": "object",
    "required": ["name", "type"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "type": {"enum": list(TYPES)},
        "constraints": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "required": {"type": "boolean"},
                "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
            },
        },
    },
}
_RESOURCE = {
    "type": "object",
    "required": ["name", "path", "type", "format", "mediatype", "encoding", "bytes", "hash", "schema"],
    "properties": {
        "name": {"type": "string", "pattern": r"^[a-z0-9._-]+$"},
        "path": {"type": "string", "pattern": r"^(?!/)(?!.*\.\.).+$"},
        "type": {"const": "table"},
        "bytes": {"type": "integer", "minimum": 1},
        "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "schema": {
            "type": "object",
            "required": ["fields", "primaryKey"],
            "properties": {"fields": {"type": "array", "items": _FIELD, "minItems": 1}, "primaryKey": _KEYS},
        },
    },
}
_TITLED = {"type": "object", "required": ["title"], "properties": {"path": {"type": "string", "format": "uri"}}}
_LICENCE = {"type": "object", "anyOf": [{"required": ["name"]}, {"required": ["path"]}]}
PACKAGE = {
    "type": "object",
    "required": ["$schema", "name", "resources"],
    "properties": {
        "name": {"type": "string", "pattern": r"^[a-z0-9._-]+$"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "sources": {"type": "array", "minItems": 1, "items": _TITLED},
        "contributors": {"type": "array", "minItems": 1, "items": _TITLED},
        "resources": {"type": "array", "items": _RESOURCE, "minItems": 1},
    },
}
"""What Data Package 2.0 asks of the properties that are written."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("package") / "paket"
    write_datapackage(an_extract(), target, base_url=BASE)
    return target


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return read


def table(folder: Path, resource: dict[str, Any]) -> list[dict[str, str]]:
    with (folder / resource["path"]).open(encoding=resource["encoding"], newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_description_has_the_shape_of_a_data_package(package: dict[str, Any]) -> None:
    jsonschema.validate(package, PACKAGE)
    assert package["corpus"]["fingerprint"] == example_corpus().fingerprint


def test_nothing_lies_beside_what_is_described(folder: Path, package: dict[str, Any]) -> None:
    described = {resource["path"] for resource in package["resources"]}
    assert {path.name for path in folder.iterdir()} == described | {"datapackage.json"}
    assert [path.name for path in folder.parent.iterdir()] == ["paket"]


def test_size_and_digest_are_those_of_the_files(folder: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_cell_is_of_the_type_and_within_the_constraints_described(folder: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        rows = table(folder, resource)
        assert list(rows[0]) == [field["name"] for field in fields]
        for field in fields:
            cells = [row[field["name"]] for row in rows]
            constraints = field.get("constraints", {})
            assert all(cells) or not constraints.get("required"), field
            assert set(cells) - {""} <= set(constraints.get("enum", cells)), field
            for cell in filter(None, cells):
                TYPES[field["type"]](cell)


def test_keys_are_unique_and_point_at_rows_that_are_there(folder: Path, package: dict[str, Any]) -> None:
    rows = {resource["name"]: table(folder, resource) for resource in package["resources"]}
    for resource in package["resources"]:
        schema = resource["schema"]
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows[resource["name"]]]
        assert len(set(keys)) == len(keys)
        for foreign in schema.get("foreignKeys", []):
            there = foreign["reference"]
            targets = {tuple(row[name] for name in there["fields"]) for row in rows[there["resource"]]}
            here = {tuple(row[name] for name in foreign["fields"]) for row in rows[resource["name"]]}
            assert {key for key in here if all(key)} <= targets


def test_rights_stand_by_edition_and_are_a_licence_if_they_name_one(tmp_path: Path) -> None:
    everything = an_extract()
    edition = replace(
        everything.editions["mahlbrueck-2019"],
        publication=Publication(rights="CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"),
    )
    extract = replace(everything, editions={**everything.editions, edition.id: edition})
    write_datapackage(extract, tmp_path / "paket", base_url=BASE)
    package = json.loads((tmp_path / "paket" / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema.validate(package, PACKAGE)
    assert [licence["path"] for licence in package["licenses"]] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert set(package["corpus"]["rights"]) == {"mahlbrueck-2019", "mahlbrueck-2023"}


def test_the_command_writes_a_package_again_in_its_place(run: Run, corpus_folder: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("export", "--format", "datapackage", "--output", str(tmp_path / "paket")).exit_code == 0
    names = {path.name for path in (tmp_path / "paket").iterdir()}
    assert names == {"datapackage.json", "passages.csv", "sections.csv", "editions.csv", "people.csv"}

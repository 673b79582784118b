"""The voice rule on every surface: a report's words never stand in quotation marks, wherever words are handed out."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.build import build_index
from kb.citation_json import TEXT_FORMATS
from kb.cli import commands
from kb.corpus import load_corpus
from kb.model import Kind, Passage, Voice
from kb.styling import STYLES
from webapp import create_app

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
OPENING = '[„“”"»«‚‘›‹]'


def one_of_each() -> list[Passage]:
    """Return a passage of every kind and voice of the example editions that is no picture."""
    found: dict[tuple[Kind, Voice], Passage] = {}
    for passage in load_corpus(CORPUS, tagged=False).passages:
        if passage.kind is not Kind.CAPTION:
            found.setdefault((passage.kind, passage.voice), passage)
    return list(found.values())


EXAMPLES = one_of_each()
NOT_THEIR_OWN = [passage for passage in EXAMPLES if passage.voice is not Voice.VERBATIM]
identify = pytest.mark.parametrize("passage", NOT_THEIR_OWN, ids=lambda passage: passage.id)


def quoted(passage: Passage, text: str) -> bool:
    """Return whether the words of a passage begin right behind a quotation mark in `text`."""
    beginning = " ".join(passage.text.split())[:40]
    return re.search(OPENING + r"\s*" + re.escape(beginning), " ".join(text.split())) is not None


def strings(value: Any) -> Iterator[str]:
    """Return every text inside a JSON value: the marks around it are JSON's own."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    index = tmp_path_factory.mktemp("voices") / "index"
    build_index(CORPUS, index)
    return create_app(index).test_client()


def test_there_are_examples_of_every_voice() -> None:
    assert {passage.voice for passage in EXAMPLES} == set(Voice)


def test_the_check_finds_a_broken_rule() -> None:
    passage = NOT_THEIR_OWN[0]
    assert quoted(passage, f"Er sagte: „{passage.text}“")


@identify
def test_the_command_line_quotes_no_report(passage: Passage) -> None:
    whole = f"--words=1-{len(passage.text.split())}"
    for form, command in product(("text", "json"), (["cite"], ["quote", whole])):
        shown = CliRunner().invoke(commands, [*command, passage.id, "--format", form, "--corpus", str(CORPUS)]).stdout
        texts = strings(json.loads(shown)) if form == "json" else [shown]
        assert not any(quoted(passage, text) for text in texts), form


@identify
def test_the_interface_quotes_no_report(client: FlaskClient, passage: Passage) -> None:
    assert not any(quoted(passage, text) for text in strings(client.get(f"/api/v1/passages/{passage.id}").get_json()))
    built = client.get(f"/api/v1/passages/{passage.id}/quotation?w=1-{len(passage.text.split())}").get_json()
    assert built["quotation"]
    assert not any(quoted(passage, text) for text in strings(built))
    for style in STYLES:
        answer = client.get(_citation_path(passage, style)).get_json()
        assert set(answer["formats"]) == set(TEXT_FORMATS)
        assert not any(quoted(passage, text) for text in strings(answer)), style


def _citation_path(passage: Passage, style: str) -> str:
    return f"/api/v1/passages/{passage.id}/citation?style={style}"


@identify
def test_no_page_quotes_a_report(client: FlaskClient, passage: Passage) -> None:
    section = passage.id.rpartition("/")[0]
    for path in (
        f"/{passage.id}",
        f"/{passage.id}?style=presse&locale=en",
        f"/{passage.id}?w=1-{len(passage.text.split())}",
        f"/{section}",
        f"/suche?q={passage.text[:60]}",
    ):
        page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
        for part in page.select("input"):
            part.decompose()
        assert not quoted(passage, page.get_text(" ")), path


@pytest.mark.parametrize("passage", EXAMPLES, ids=lambda passage: passage.id)
def test_the_copy_buttons_say_whose_words_are_copied(client: FlaskClient, passage: Passage) -> None:
    page = BeautifulSoup(client.get(f"/{passage.id}?w=1-2").get_data(as_text=True), "html.parser")
    buttons = [button.get_text() for button in page.select("button.copy") if "mit Nachweis" in button.get_text()]
    named = {Voice.VERBATIM: "Zitat", Voice.EDITORIAL: "Wortlaut der Redaktion"}
    assert set(buttons) == {f"{named.get(passage.voice, 'Wortlaut des Berichts')} mit Nachweis kopieren"}


def test_a_persons_own_words_are_quoted(client: FlaskClient) -> None:
    passage = next(passage for passage in EXAMPLES if passage.kind is Kind.TURN)
    assert quoted(passage, client.get(_citation_path(passage, "fussnote")).get_json()["text"])


WORDS = ("text", "words", "excerpt", "snippet")
"""What words of a passage are called in code and templates."""


def built_quotations(source: str) -> list[int]:
    """Return the lines of a module where an opening mark is put before words of a passage."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            for before, value in zip(node.values, node.values[1:], strict=False):
                marked = isinstance(before, ast.Constant) and str(before.value)[-1:] in "„“»"
                if marked and isinstance(value, ast.FormattedValue) and _names_words(value.value):
                    found.append(node.lineno)
    return found


def _names_words(expression: ast.expr) -> bool:
    named = {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(expression)}
    return bool(named & set(WORDS)) and not named & {"evidence", "query"}


def test_nobody_else_puts_quotation_marks_around_words_of_a_passage() -> None:
    modules = [path for package in ("kb", "webapp", "indexer") for path in (ROOT / package).rglob("*.py")]
    rule = ROOT / "kb" / "citation.py"
    found = {
        str(path.relative_to(ROOT)): lines
        for path in modules
        if path != rule and (lines := built_quotations(path.read_text(encoding="utf-8")))
    }
    assert not found, "hand words out through kb.citation.quotable_text"
    templates = (ROOT / "webapp" / "templates").glob("*.html")
    pattern = re.compile(r"[„“»]\s*\{\{[^}]*\b(?:" + "|".join(WORDS) + r")\b")
    assert not [path.name for path in templates if pattern.search(path.read_text(encoding="utf-8"))]


def test_the_search_for_home_made_quotations_finds_one() -> None:
    assert built_quotations('a = f"„{passage.text}“"') == [1]

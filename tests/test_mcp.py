"""What assistants are told over the Model Context Protocol, asked with its official client."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from samples import write_corpus

from indexer.build import build_index
from kb.assistant import Assistant
from kb.mcp_server import mcp_server

ROOT = Path(__file__).resolve().parents[1]
KB = ["-c", "from kb.cli import main; main()", "mcp"]
HEAD = ["locator", "voice", "page", "citation", "link", "whose_words"]
BASE = "https://wortlaut.example"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp")
    build_index(write_corpus(folder / "corpus"), folder / "index")
    return folder / "index"


@pytest.fixture
def ask(index_folder: Path) -> Ask:
    """Call a tool of a server in this process and return its answer; `refused` is the text of an error."""
    server = mcp_server(Assistant(index_folder, base_url=BASE))

    async def asked(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        async with Client(server) as client:
            answer = await client.call_tool(tool, arguments)
            if answer.is_error:
                return {"refused": answer.content[0].text}
            assert answer.structured_content is not None
            return answer.structured_content

    return lambda tool, **arguments: asyncio.run(asked(tool, arguments))


def test_the_tools_are_served_over_stdio(index_folder: Path) -> None:
    async def talk() -> tuple[list[Any], dict[str, Any]]:
        arguments = [*KB, "--index", str(index_folder), "--base-url", BASE]
        server = StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT)
        async with Client(stdio_client(server)) as client:
            tools = (await client.list_tools()).tools
            found = await client.call_tool("search_passages", {"query": "Bach", "speaker": "Muster"})
            return tools, found.structured_content or {}

    tools, found = asyncio.run(talk())
    names = "search_passages read_passage read_section list_people list_themes cite verify_quote"
    assert {tool.name for tool in tools} == set(names.split())
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    assert [hit["locator"] for hit in found["hits"]] == ["tagung-2024/forum-1/1"]


def test_the_tools_are_served_over_http(index_folder: Path) -> None:
    async def talk(address: str) -> dict[str, Any]:
        async with Client(address) as client:
            found = await client.call_tool("read_passage", {"locator": "tagung-2024/begruessung/1"})
            return found.structured_content or {}

    with _http_server(index_folder) as address:
        assert asyncio.run(talk(address))["page"] == "S. 3"


@contextmanager
def _http_server(index_folder: Path) -> Iterator[str]:
    arguments = [sys.executable, *KB, "--index", str(index_folder), "--http", "--port", str(_free_port())]
    with subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = process.stderr.readline()
        try:
            address = re.search(r"http://\S+", told)
            assert address, told
            _wait_for(process, address[0])
            yield address[0]
        finally:
            process.terminate()
            process.stderr.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(process: subprocess.Popen[str], address: str) -> None:
    port = int(address.split(":")[2].split("/")[0])
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.mark.parametrize(
    ("tool", "arguments", "where"),
    [
        ("search_passages", {"query": "Bach"}, "hits"),
        ("read_section", {"section": "tagung-2024/forum-1"}, "passages"),
        ("verify_quote", {"quote": "der Stadt an drei Bächen"}, "matches"),
    ],
)
def test_every_passage_comes_with_its_citation_first(
    ask: Ask, tool: str, arguments: dict[str, Any], where: str
) -> None:
    answer = ask(tool, **arguments)
    assert next(iter(answer)) == where
    for passage in answer[where]:
        assert list(passage)[: len(HEAD)] == HEAD
        assert passage["link"].startswith(f"{BASE}/{passage['locator']}~")
        assert passage["link"] in passage["citation"]
        assert passage["page"] in passage["citation"]


def test_words_of_a_report_are_never_handed_out_in_quotation_marks(ask: Ask) -> None:
    reported = ask("cite", locator="tagung-2024/forum-1/1")
    assert reported["voice"] == "reported"
    assert "„" not in reported["quotation"]
    assert "nicht der genannten Person" in reported["whose_words"]
    assert ask("cite", locator="tagung-2024/begruessung/1")["quotation"].startswith("„Willkommen")


def test_a_passage_is_read_with_what_stands_around_it(ask: Ask) -> None:
    answer = ask("read_passage", locator="tagung-2024/begruessung/2", around=3)
    assert list(answer)[: len(HEAD)] == HEAD
    assert answer["page"] == "S. 3 f."
    assert [one["locator"] for one in answer["before"]] == ["tagung-2024/begruessung/1"]
    assert answer["after"] == []


def test_a_permanent_link_is_read_and_changed_words_are_told(ask: Ask) -> None:
    link = ask("read_passage", locator="tagung-2024/begruessung/1")["link"]
    assert "since_cited" not in ask("read_passage", locator=link)
    changed = ask("read_passage", locator="tagung-2024/begruessung/1~00000000")
    assert changed["since_cited"]["status"] == "unknown"
    assert "since_cited" in ask("cite", locator="tagung-2024/begruessung/1~00000000")


def test_a_long_section_is_read_in_parts(ask: Ask) -> None:
    first = ask("read_section", section="tagung-2024/forum-1", limit=1)
    assert (first["total"], first["next_offset"]) == (2, 1)
    last = ask("read_section", section="tagung-2024/forum-1", limit=1, offset=1)
    assert (last["passages"][0]["locator"], last["next_offset"]) == ("tagung-2024/forum-1/2", None)


def test_an_edition_answers_with_its_sections(ask: Ask) -> None:
    sections = ask("read_section", section="tagung-2024")["sections"]
    assert [one["id"] for one in sections] == ["tagung-2024/begruessung", "tagung-2024/forum-1"]


def test_people_are_counted_by_voice(ask: Ask) -> None:
    people = {one["id"]: one["passages"] for one in ask("list_people", edition="tagung-2024")["people"]}
    assert people == {"ada-beispiel": {"verbatim": 2}, "bodo-muster": {"reported": 1}}
    assert [one["id"] for one in ask("list_people", name="muster")["people"]] == ["bodo-muster"]


def test_a_range_is_cited_in_the_format_asked_for(ask: Ask) -> None:
    answer = ask("cite", locator="tagung-2024/begruessung/1-2", format="bibtex", style="apa", language="en")
    assert answer["locator"] == "tagung-2024/begruessung/1-2"
    assert answer["formatted"].startswith("@inproceedings{")
    assert "pp. 3–4" in answer["citation"]


def test_a_quotation_of_somebody_else_is_not_confirmed(ask: Ask) -> None:
    assert ask("verify_quote", quote="der Stadt an drei Bächen", speaker="Beispiel")["verdict"] == "verbatim"
    assert ask("verify_quote", quote="der Stadt an drei Bächen", speaker="Muster")["verdict"] == "other_speaker"


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search_passages", {"speaker": "Beispeil"}, "perhaps ada-beispiel"),
        ("search_passages", {"year": "now"}, "a year of four digits"),
        ("search_passages", {"limit": 51}, "0 … 50"),
        ("read_passage", {"locator": "tagung-2024/forum-1/9"}, "numbers here run to 2"),
        ("read_passage", {"locator": "tagung-2024/forum-9/1"}, "sections here: begruessung, forum-1"),
        ("read_passage", {"locator": "unsinn"}, "names no passage"),
        ("read_section", {"section": "tagung-2024/forum-9"}, "sections here"),
        ("read_section", {"section": "tagung-1999"}, "edition not found"),
        ("cite", {"locator": "tagung-2024/forum-1/1", "format": "word"}, "bibtex"),
        ("cite", {"locator": "tagung-2024/forum-1/1", "characters": "5000-5001"}, "selects no words"),
        ("verify_quote", {"quote": "…"}, "no words"),
    ],
)
def test_what_cannot_be_answered_says_what_to_ask_instead(
    ask: Ask, tool: str, arguments: dict[str, Any], told: str
) -> None:
    assert told in ask(tool, **arguments)["refused"]


def test_a_missing_index_is_told_before_anything_is_served(run: Run) -> None:
    answer = run("mcp")
    assert answer.exit_code == 1
    assert "kb index" in answer.output


def test_without_the_library_the_command_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "kb.mcp_server")
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    answer = run("mcp")
    assert answer.exit_code == 1
    assert "-m pip install mcp" in answer.output

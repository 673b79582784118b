"""The answers of `kb.assistant` as tools of the Model Context Protocol; alone knows the library for that."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations

from kb.assistant import Answer, Assistant
from kb.errors import KbError

_INSTRUCTIONS = """\
Proceedings of conferences as passages attributed to speaker, section and printed page. Every passage comes with its
locator, voice, page, finished citation and permanent link: hand these on unchanged. Put in quotation marks, and give to
a person as their words, only passages with the voice "verbatim"; "reported" and "collective" are the words of the
report. Check quotations with verify_quote before using them. That somebody is not found here means that nothing is
printed in this collection, not that nothing was said."""
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def mcp_server(assistant: Assistant) -> MCPServer[Any]:
    """Return a server whose tools are the answers of `assistant`; none of them changes anything."""
    server: MCPServer[Any] = MCPServer(
        "wortlaut", instructions=_INSTRUCTIONS, version=version("wortlaut"), log_level="WARNING"
    )
    for answer in (
        assistant.search_passages,
        assistant.read_passage,
        assistant.read_section,
        assistant.list_people,
        assistant.list_themes,
        assistant.cite,
        assistant.verify_quote,
    ):
        server.add_tool(_told(answer), annotations=_READS)
    return server


def run_stdio(assistant: Assistant) -> None:
    """Serve the program that started this one, over standard input and output, until it hangs up."""
    mcp_server(assistant).run("stdio")


def run_http(assistant: Assistant, *, host: str, port: int, base_url: str) -> None:
    """Serve over streamable HTTP at `/mcp` until interrupted; without sessions, as every question stands for itself.

    Only requests to this machine, to `host` or to the host of `base_url` are answered, so that no page somebody visits
    can ask in their name.
    """
    own = urlsplit(base_url)
    hosts = [f"{name}:*" for name in ("127.0.0.1", "localhost", "[::1]", host)]
    guard = TransportSecuritySettings(
        allowed_hosts=[*hosts, own.netloc, host],
        allowed_origins=[*(f"http://{name}" for name in hosts), f"{own.scheme}://{own.netloc}"],
    )
    server = mcp_server(assistant)
    server.run(
        "streamable-http", host=host, port=port, stateless_http=True, json_response=True, transport_security=guard
    )


def _told(answer: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return a tool that tells the assistant what it can mend, in the words the command line has for it."""

    @wraps(answer)
    def tool(*args: Any, **kwargs: Any) -> Answer:
        try:
            return answer(*args, **kwargs)
        except KbError as error:
            raise ToolError(str(error)) from error

    return tool

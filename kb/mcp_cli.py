"""The command `kb mcp`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from kb.cli import Problem, base_url_option, index_option


@click.command("mcp")
@click.option("--http", is_flag=True, help="Serve over HTTP at /mcp instead of standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at, with --http.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port, with --http.")
@index_option
@base_url_option
def mcp_command(http: bool, host: str, port: int, index_folder: Path, base_url: str) -> None:
    """Serve search, passages, citations and the quote check to assistants (Model Context Protocol).

    Needs the package mcp: pip install mcp. A new index is taken up without a restart.

    \b
    Example:
      kb mcp --base-url https://protokolle.example
      kb mcp --http --port 8001
    """
    server = _server()
    assistant = import_module("kb.assistant").Assistant(index_folder, base_url=base_url)
    if http:
        click.echo(f"Wortlaut for assistants: http://{host}:{port}/mcp  (end with Ctrl+C)", err=True)
        server.run_http(assistant, host=host, port=port, base_url=base_url)
    else:
        server.run_stdio(assistant)


def _server() -> ModuleType:
    """Return the module with the server, which only this command loads: its library is an extra."""
    try:
        return import_module("kb.mcp_server")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise Problem(f"this needs the package mcp; install it with: {sys.executable} -m pip install mcp") from error


COMMANDS: list[click.Command] = [mcp_command]

"""The command that serves the web application."""

from __future__ import annotations

import click

COMMANDS: list[click.Command] = []

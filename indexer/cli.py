"""Commands that import sources and build the index."""

from __future__ import annotations

import click

COMMANDS: list[click.Command] = []

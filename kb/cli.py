"""Commands that read, show, cite and check the corpus."""

from __future__ import annotations

import click

COMMANDS: list[click.Command] = []

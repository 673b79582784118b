"""Fixtures shared by all tests: a small corpus, and the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from samples import write_corpus

from kb.cli import commands

Run = Callable[..., Result]

# Machines differ in speed, so no example has a deadline; in CI the examples are the same each time.
settings.register_profile("wortlaut", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("wortlaut")


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """A small valid corpus: one edition, a welcome and a forum, two people."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command line on the corpus and index of this test: `run("check")`."""
    environment = {
        "WORTLAUT_CORPUS": str(tmp_path / "corpus"),
        "WORTLAUT_INDEX": str(tmp_path / "index"),
        "WORTLAUT_BASE_URL": "http://127.0.0.1:8000",
    }

    def run_command(*arguments: str) -> Result:
        return CliRunner(env=environment).invoke(commands, list(arguments))

    return run_command

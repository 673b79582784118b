"""Fixtures shared by all tests: a small corpus, and the command line."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from playwright.sync_api import Browser
from samples import write_corpus
from webserver import chromium

from kb.cli import commands

Run = Callable[..., Result]

# Machines differ in speed, so no example has a deadline; in CI the examples are the same each time.
settings.register_profile("wortlaut", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("wortlaut")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end which tests were left out, and why."""
    left_out = Counter(_told(report) for report in terminalreporter.stats.get("skipped", ()))
    if left_out:
        terminalreporter.section("tests left out")
    for (path, reason), count in sorted(left_out.items()):
        terminalreporter.write_line(f"{path}: {count} ({reason})")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail in CI if a test was left out: what is not there to test with is a fault there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _told(report: pytest.TestReport) -> tuple[str, str]:
    reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return report.nodeid.partition("::")[0], reason.removeprefix("Skipped: ")


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """A small valid corpus: one edition, a welcome and a forum, two people."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; its own in each module, as it may not stay open beside tests that run an event loop."""
    with chromium() as opened:
        yield opened


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

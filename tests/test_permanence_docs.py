"""The recipes of docs/permanence.md give the fingerprints Wortlaut gives."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.ledger import EventKind
from kb.locator import fingerprint
from kb.verification import Status

PAGE = (Path(__file__).parents[1] / "docs" / "permanence.md").read_text(encoding="utf-8")
TEXTS = ("Zwei Wörter.", "  Umlaute: ä ö ü ß, „Zitat“ –\n\nund ein   zweiter\tAbsatz. \n", "x")


def recipe(language: str) -> str:
    """Return the recipe in the chapter on the fingerprint."""
    _, _, chapter = PAGE.partition("## The fingerprint")
    match = re.search(rf"```{language}\n(.*?)```", chapter, re.DOTALL)
    assert match
    return match.group(1)


def computed(command: list[str], text: str) -> str:
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout.decode().strip()


@pytest.mark.parametrize("text", [*TEXTS, "zerlegt: a\u0308 und gesch\u00fctzter\u00a0Leerraum"])
def test_the_python_recipe_gives_the_fingerprint(text: str) -> None:
    assert computed([sys.executable, "-X", "utf8", "-c", recipe("python")], text) == fingerprint(text)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="a shell with sha256sum is needed to run the recipe")
@pytest.mark.parametrize("text", TEXTS)
def test_the_shell_recipe_gives_the_fingerprint(text: str) -> None:
    assert computed(["sh", "-c", recipe("sh")], text) == fingerprint(text)


def test_every_event_and_status_is_explained() -> None:
    assert not [kind for kind in EventKind if kind.value not in PAGE]
    assert not [status for status in Status if status.value.replace("_", " ") not in PAGE.replace("re-a", "re a")]

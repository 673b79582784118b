"""Themes: the controlled terms of `themes.toml`, and a tagger that gives them to passages and keeps the reason."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kb.model import Theme, ThemeTag


def load_themes(path: Path) -> dict[str, Theme]:
    """Return the themes of `themes.toml` by id; an empty mapping if there is no such file."""
    return {}


class Tagger:
    """Gives themes to passages by their cues."""

    def __init__(self, themes: Mapping[str, Theme]) -> None:
        self._themes = themes

    def tag(self, text: str, headings: tuple[str, ...] = ()) -> tuple[ThemeTag, ...]:
        """Return the themes of a text, strongest first, each with the words that earned it."""
        return ()

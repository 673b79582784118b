"""The list of themes, and the page of one theme."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint

from webapp import urls
from webapp.entries import row
from webapp.library import library
from webapp.pages import ThemePage, ThemesPage
from webapp.parts import Link

blueprint = Blueprint("themes", __name__, url_prefix="/themen")
_AT_MOST = 60


@blueprint.get("", strict_slashes=False)
def themes() -> str:
    """Return all controlled themes with the number of their passages."""
    here = library()
    counts = here.counts("theme")
    page = ThemesPage(
        themes=tuple(
            (theme, Link(theme.label_de, urls.theme_path(theme.id), count=counts.get(theme.id, 0)))
            for theme in sorted(here.themes.values(), key=lambda theme: theme.label_de)
        )
    )
    return page.render()


@blueprint.get("/<theme_id>")
def theme(theme_id: str) -> str:
    """Return one theme: its scope note and the passages that were given it, in reading order."""
    here = library()
    found = here.theme(theme_id)
    asked = urls.filtered("theme", theme_id)
    results = here.index.search(replace(asked, sort="reading", limit=_AT_MOST))
    page = ThemePage(
        theme=found,
        rows=tuple(row(here, hit.passage, theme=theme_id) for hit in results.hits),
        total=results.total,
        search_path=urls.search_path(asked),
    )
    return page.render()

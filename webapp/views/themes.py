"""The list of themes, the page of one theme, and its JSON twin."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp import urls
from webapp.library import library
from webapp.pages import ThemesPage
from webapp.parts import Link
from webapp.theme_page import theme_json, theme_page

blueprint = Blueprint("themes", __name__)


@blueprint.get("/themen", strict_slashes=False)
def themes() -> str:
    """Return all controlled themes with the number of their passages."""
    here = library()
    counts = here.counts("theme")
    page = ThemesPage(
        themes=tuple(
            (theme, Link(theme.label_de, urls.theme_path(theme.id), count=counts.get(theme.id, 0)))
            for theme in here.by_label()
        )
    )
    return page.render()


@blueprint.get("/themen/<theme_id>")
def theme(theme_id: str) -> str:
    """Return one theme: its scope note, whose words are here, and the passages that tell most of it."""
    here = library()
    return theme_page(here, here.theme(theme_id)).render()


@blueprint.get("/api/v1/themen/<theme_id>")
def theme_facts(theme_id: str) -> Response:
    """Return what the page of a theme shows."""
    here = library()
    return jsonify(theme_json(here, here.theme(theme_id)))

"""Help on searching, and the page about the collection."""

from __future__ import annotations

from flask import Blueprint

from webapp.about import about_page, help_page
from webapp.library import library

blueprint = Blueprint("about", __name__)


@blueprint.get("/hilfe")
def searching() -> str:
    """Return the search help."""
    return help_page(library()).render()


@blueprint.get("/ueber")
def about() -> str:
    """Return the page about the collection, the method and its limits."""
    return about_page(library()).render()

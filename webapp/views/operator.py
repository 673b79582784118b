"""Imprint, privacy, contact: the pages the operator supplies."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.operator_pages import NAMES, operator_page, supplied_page

blueprint = Blueprint("operator", __name__)

_NAME = f"<any({', '.join(NAMES)}):name>"


@blueprint.get(f"/{_NAME}")
def page(name: str) -> str:
    """Return a page of the operator."""
    return operator_page(name).render()


@blueprint.get(f"/api/v1/{_NAME}")
def page_text(name: str) -> Response:
    """Return the same page as Markdown and HTML."""
    found = supplied_page(name)
    shown = operator_page(name)
    told = {"title": shown.title, "language": found.language, "markdown": found.markdown, "html": found.html}
    return jsonify({"name": name, **told})

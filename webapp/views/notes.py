"""The list of notes, the page of a note, and their JSON twins."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.library import library
from webapp.notes import note_json, note_page, notes_json, notes_page

blueprint = Blueprint("notes", __name__)


@blueprint.get("/notizen", strict_slashes=False)
def notes() -> str:
    """Return the list of all notes."""
    return notes_page(library()).render()


@blueprint.get("/notizen/<name>")
def note(name: str) -> str:
    """Return a note."""
    here = library()
    return note_page(here, here.note(name)).render()


@blueprint.get("/api/v1/notizen")
def all_notes() -> Response:
    """Return all notes without their text."""
    return jsonify(notes_json(library()))


@blueprint.get("/api/v1/notizen/<name>")
def one_note(name: str) -> Response:
    """Return a note with its text and its links."""
    here = library()
    return jsonify(note_json(here, here.note(name)))

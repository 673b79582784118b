"""What a search finds as a file for other programs, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flask import Blueprint, Response, request, stream_with_context

from kb.export.extract import Extract
from kb.export.formats import FORMS, Chunks, Form
from kb.export.found import found_by
from kb.export.rows import csv_chunks
from kb.results import Search
from kb.search_arguments import BadArgument
from kb.translation import gettext as _
from kb.translation import whole_number
from webapp.citing import base_url, chosen
from webapp.keeping import MAX_PASSAGES
from webapp.library import library
from webapp.urls import api_search

blueprint = Blueprint("export", __name__, url_prefix="/api/v1")


@blueprint.get("/export")
def export() -> Response:
    """Return all passages a search finds, in reading order, in the format asked for.

    Those that hold all words; with `partial=1` those that hold some, too. `limit` and `offset` are nothing to it.

    Raises:
        BadArgument: there is no such format, or more is found than one request may export.
    """
    name = chosen(request.args, "format", tuple(FORMS))
    asked = library().resolved(api_search(request.args, sort="reading"))[0]
    extract = _found(asked, also_partial=request.args.get("partial") == "1")
    return _streamed(_started(_writer(name)(extract, base_url=base_url())), FORMS[name])


def _streamed(chunks: Iterator[str], form: Form) -> Response:
    answer = Response(stream_with_context(map(str.encode, chunks)), content_type=_content_type(form.media_type))
    answer.headers["Content-Disposition"] = f'attachment; filename="wortlaut.{form.suffix}"'
    return answer


def _writer(name: str) -> Chunks:
    if name != "csv":
        return FORMS[name].chunks
    return partial(csv_chunks, bom=request.args.get("bom") == "1", guard=request.args.get("guard") == "1")


def _content_type(media_type: str) -> str:
    """Return the type with its charset; JSON is always UTF-8 and has none."""
    return media_type if media_type.endswith("json") else f"{media_type}; charset=utf-8"


def _found(asked: Search, *, also_partial: bool) -> Extract:
    extract, written = found_by(library().index, asked, also_partial=also_partial)[:2]
    if written > MAX_PASSAGES:
        allowed = _(
            "höchstens %(most)s Stellen, nicht %(found)s: bitte weiter eingrenzen oder kb export verwenden",
            most=whole_number(MAX_PASSAGES),
            found=whole_number(written),
        )
        raise BadArgument("q", asked.text, allowed)
    return extract


def _started(chunks: Iterator[str]) -> Iterator[str]:
    """Return the chunks with the first one made, so that what cannot be written is told before the answer begins."""
    first = next(chunks, "")

    def whole() -> Iterator[str]:
        yield first
        yield from chunks

    return whole()

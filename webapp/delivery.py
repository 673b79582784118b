"""How an answer travels: who may keep it and for how long, asked again only if it changed, compressed, in parts."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Flask, Request, Response, request

from kb.results import Search
from webapp.citing import base_url
from webapp.urls import MAX_OFFSET

_SMALLEST = 500
"""Answers of fewer bytes do not get smaller by compressing them."""

API = "/api/"
_TWINS = "/api/v1/suche"
"""Below this address answers are parted as pages are."""

_TEXTS = ("json", "xml", "javascript")
_OPEN = ("GET", "HEAD", "OPTIONS")
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(_OPEN),
    "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def register(app: Flask) -> None:
    """Deliver every answer of an application so."""
    app.after_request(_delivered)


def _delivered(answer: Response) -> Response:
    if request.path.startswith(API) and request.method in _OPEN:
        for name, value in _CORS.items():
            answer.headers.setdefault(name, value)
    if request.endpoint == "static" or "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = _kept(request, answer)
    answer.vary.add("Accept-Encoding")
    if answer.status_code != 200 or (answer.is_streamed and not answer.direct_passthrough):
        return answer
    if _is_compressible(answer):
        answer.direct_passthrough = False  # a small file of our own: it is read to be compressed
        _compress(answer)
    if request.method in ("GET", "HEAD") and not answer.direct_passthrough:
        answer.add_etag(weak=True)  # compressed or not, it says the same
        answer.make_conditional(request)
    return answer


def _kept(asked: Request, answer: Response) -> str:
    """Return for how long an answer may be kept: for good if its address names its digest, else if still the same.

    A page may change with every new index, and a permanent link tells what became of its words: so caches ask again.
    """
    if asked.method not in ("GET", "HEAD") or answer.status_code >= 400:
        return "no-store"
    if asked.endpoint == "static" and asked.args.get("v"):
        return "public, max-age=31536000, immutable"
    return "public, no-cache"


def _is_compressible(answer: Response) -> bool:
    kind = answer.mimetype or ""
    is_text = kind.startswith("text/") or kind.endswith(_TEXTS)
    accepted = request.accept_encodings["gzip"] > 0
    return is_text and accepted and "Content-Encoding" not in answer.headers


def _compress(answer: Response) -> None:
    """Compress the body if that makes it smaller; the same body always to the same bytes."""
    body = answer.get_data()
    tag, _ = answer.get_etag()
    if len(body) >= _SMALLEST:
        answer.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
        if tag:
            answer.set_etag(tag, weak=True)


def page_links(search: Search, total: int) -> str:
    """Return the header `Link` of an answer that holds a part of `total`: the first, previous, next and last part."""
    return ", ".join(f'<{_part(search, offset)}>; rel="{name}"' for name, offset in _parts(search, total))


def _parts(search: Search, total: int) -> Iterator[tuple[str, int]]:
    if not search.limit or not total:
        return
    last = min((total - 1) // search.limit * search.limit, MAX_OFFSET)
    yield "first", 0
    if search.offset:
        yield "prev", max(0, min(search.offset - search.limit, last))
    if search.offset + search.limit < total:
        yield "next", search.offset + search.limit
    yield "last", last


def _part(search: Search, offset: int) -> str:
    """Return the address of this request with another offset or, where a page has the address, another page."""
    name, value = ("page", offset // search.limit + 1) if request.path.startswith(_TWINS) else ("offset", offset)
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != name]
    return f"{base_url()}{request.path}?{urlencode([*pairs, (name, str(value))], safe='/')}"

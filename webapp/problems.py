"""A request that cannot be answered, told to programs: a problem as RFC 9457 writes it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, json

MEDIA_TYPE = "application/problem+json"


def problem_json(status: int, detail: str, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a problem: status, what it is called, what is wrong here, and what `more` there is to say."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **(more or {}),
    }


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return the answer that tells of a problem."""
    return Response(json.dumps(problem_json(status, detail, more)), status=status, content_type=MEDIA_TYPE)

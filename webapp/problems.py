"""A request that cannot be answered, told to programs: a problem as RFC 9457 writes it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, json

from kb.translation import N_
from kb.translation import gettext as _

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: N_("Ungültige Anfrage"),
    404: N_("Nicht gefunden"),
    405: N_("Methode nicht erlaubt"),
    409: N_("Nicht mehr wie zuvor"),
    410: N_("Nicht mehr vorhanden"),
    413: N_("Zu umfangreich"),
    415: N_("Dieses Format wird nicht gelesen"),
    500: N_("Fehler im Server"),
    503: N_("Zurzeit nicht verfügbar"),
}


def problem_json(status: int, detail: str, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a problem: status, what it is called, what is wrong here, and what `more` there is to say."""
    return {
        "type": "about:blank",
        "title": _(_TITLES[status]) if status in _TITLES else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **(more or {}),
    }


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return the answer that tells of a problem."""
    return Response(json.dumps(problem_json(status, detail, more)), status=status, content_type=MEDIA_TYPE)

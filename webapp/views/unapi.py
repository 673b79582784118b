"""unAPI: how a reference manager fetches the record of the passage whose page it is on."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from webapp.citing import asked_citation, citation_file
from webapp.finding_aids import RECORDS, RecordFormats

blueprint = Blueprint("unapi", __name__)


@blueprint.get("/unapi")
def unapi() -> Response:
    """Return the records there are or, for the passage `id`, that in one `format`.

    Raises:
        LocatorError, NotFound, Ended, CitationError: there is no such passage.
        NotAcceptable: there is no such format.
    """
    place, form = request.args.get("id", ""), request.args.get("format", "")
    if form:
        return citation_file(place, form, request.args) if place and form in RECORDS else abort(406)
    if place:
        asked_citation(place, request.args)
    offered = RecordFormats(place, RECORDS).render()
    return Response(offered, status=300 if place else 200, mimetype="application/xml")

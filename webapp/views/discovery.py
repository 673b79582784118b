"""What search engines and browsers ask a site for: robots.txt, the site map, the description of the search box."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.citing import base_url
from webapp.finding_aids import Robots, SearchBox, site_map, site_map_part
from webapp.library import library

blueprint = Blueprint("discovery", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Return the rules for robots: searches narrowed further and further and the API are not for them."""
    return Response(Robots(sitemap=f"{base_url()}/sitemap.xml").render(), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Return the site map, or the list of its parts."""
    return Response(site_map(library(), base_url=base_url()).render(), mimetype="application/xml")


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """Return a part of the site map."""
    return Response(site_map_part(library(), number, base_url=base_url()).render(), mimetype="application/xml")


@blueprint.get("/opensearch.xml")
def search_box() -> Response:
    """Return the description by which a browser searches here."""
    described = SearchBox(base=base_url()).render()
    return Response(described, mimetype="application/opensearchdescription+xml")

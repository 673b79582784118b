"""What the addresses of the JSON interface take: the parameters of a search, a place, a page, a quotation."""

from __future__ import annotations

from collections.abc import Sequence

from kb.concordance import CONTEXTS, WIDTH
from kb.locator import SLUG
from kb.results import FACETS, GROUPS, NONE, SORTS
from kb.search_arguments import CLOSED_FACETS
from webapp.openapi.schema import SLUG_TEXT, TEXT, Schema, one_of
from webapp.urls import LINES_PER_PAGE, MAX_LIMIT, MAX_OFFSET, MAX_WIDTH, PER_PAGE

_PLACE = rf"{SLUG}/({SLUG}/)*{SLUG}/[1-9][0-9]{{0,5}}"
TILDE = "(~[0-9a-f]{8})?"
"""The fingerprint that may stand behind a locator."""

_EXAMPLE = "mahlbrueck-2023/gespraechsrunde/7"


def in_query(name: str, schema: Schema, about: str = "") -> Schema:
    """Return a parameter that stands behind the question mark of an address."""
    return {"name": name, "in": "query", "schema": schema, **({"description": about} if about else {})}


def in_path(name: str, schema: Schema, example: str = "") -> Schema:
    """Return a parameter that is a part of the path."""
    parameter: Schema = {"name": name, "in": "path", "required": True, "schema": schema}
    return parameter | ({"example": example} if example else {})


def located(ending: str) -> Schema:
    """Return the parameter that names a passage, with what may stand behind its number."""
    return in_path("locator", {"type": "string", "pattern": f"^{_PLACE}{ending}$"}, _EXAMPLE)


def limit(*, least: int = 0, default: int = PER_PAGE) -> Schema:
    """Return the parameter that says how many are wanted."""
    return in_query("limit", {"type": "integer", "minimum": least, "maximum": MAX_LIMIT, "default": default})


def search_parameters(*, cut: bool) -> list[Schema]:
    """Return the parameters of a search; `cut` with those of a part of what it finds."""
    found = [in_query("q", TEXT, "What is searched; see the search help."), *map(_facet, FACETS)]
    found += [in_query("synonyms", TEXT, "0: only the words typed."), in_query("sort", one_of(SORTS))]
    if cut:
        offset = {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}
        found += [limit(), in_query("offset", offset), in_query("group", one_of(GROUPS))]
        found.append(in_query("explain", TEXT, "1: tell of each hit what its score is made of."))
    return found


def page_number(most: int) -> Schema:
    """Return the parameter that counts pages."""
    return in_query("page", {"type": "integer", "minimum": 1, "maximum": most, "default": 1})


def paged_parameters(per_page: int) -> list[Schema]:
    """Return the parameters of a page of results."""
    shown = [one for one in search_parameters(cut=True) if one["name"] not in ("limit", "offset", "explain")]
    return [*shown, page_number(MAX_OFFSET // per_page)]


def contexts_on_page() -> list[Schema]:
    """Return the parameters of a page of words in their contexts."""
    shown = [one for one in paged_parameters(LINES_PER_PAGE) if one["name"] != "group"]
    return [*shown, *(one for one in context_parameters() if one["name"] in ("by", "width"))]


def _facet(name: str) -> Schema:
    """Return the parameter of a facet: any of its values, a leading "-" excludes."""
    value: Schema = {"type": "string"}
    if name in CLOSED_FACETS:
        value["pattern"] = f"^-?({'|'.join((*CLOSED_FACETS[name], NONE))})$"
    elif name == "year":
        value["pattern"] = f"^-?([0-9]{{4}}|{NONE})$"
    return in_query(name, {"type": "array", "items": value}, "Any of these; a leading - excludes.")


def context_parameters() -> list[Schema]:
    """Return the parameters of a concordance."""
    width = {"type": "integer", "minimum": 0, "maximum": MAX_WIDTH, "default": WIDTH}
    shown = [one for one in search_parameters(cut=True) if one["name"] not in ("group", "explain")]
    return [*shown, in_query("by", one_of(CONTEXTS)), in_query("width", width, "Signs on each side.")]


def edition_parameter() -> Schema:
    """Return the parameter that names an edition."""
    return in_path("edition", SLUG_TEXT, _EXAMPLE.partition("/")[0])


def page_parameters() -> list[Schema]:
    """Return the parameters that name a printed page."""
    return [edition_parameter(), in_path("page", {"type": "string", "minLength": 1}, "9")]


def quotation_parameters(place: Schema, style: Sequence[Schema]) -> list[Schema]:
    """Return the parameters of a quotation at a `place`."""
    stretch = {"type": "string", "pattern": "^([1-9][0-9]{0,5}(~[0-9a-f]{8})?:)?[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})?$"}
    words = in_query(
        "w",
        {"type": "array", "items": stretch, "minItems": 1},
        "Words, counted from 1: 1-9; of a passage beside it: 4:1-9.",
    )
    chosen = words | {"required": True, "example": ["1-9", "15-22"]}
    return [place, chosen, in_query("sentences", TEXT, "1: whole sentences."), *style]

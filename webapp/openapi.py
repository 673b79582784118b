"""The OpenAPI description of the JSON interface: which addresses there are, what they take, what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from kb.citation_formats import FORMATS
from kb.citation_wording import LOCALES
from kb.concordance import CONTEXTS, WIDTH
from kb.export.formats import FORMS
from kb.locator import SLUG
from kb.model import Voice
from kb.reading_sheets import SHEET_FORMS
from kb.results import FACETS, GROUPS, NONE, SORTS
from kb.search_arguments import CLOSED_FACETS
from kb.styling import STYLES
from webapp.openapi_lists import LIST_PARAMETERS, LIST_SCHEMAS, SHEET_PARAMETERS
from webapp.openapi_notes import NOTE_SCHEMAS, SLUG_TEXT
from webapp.openapi_schemas import SCHEMAS, TEXT, Schema, one_of, ref
from webapp.openapi_twin_schemas import TWIN_SCHEMAS
from webapp.operator_pages import NAMES
from webapp.problems import MEDIA_TYPE
from webapp.reading_list import PATH as READING_LIST
from webapp.urls import LINES_PER_PAGE, MAX_LIMIT, MAX_OFFSET, MAX_WIDTH, PER_PAGE

_PLACE = rf"{SLUG}/({SLUG}/)*{SLUG}/[1-9][0-9]{{0,5}}"
_TILDE = "(~[0-9a-f]{8})?"
_EXAMPLE = "mahlbrueck-2023/gespraechsrunde/7"
_PROBLEM = {"description": "What is wrong.", "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
_FILE_TYPES = ("application/x-bibtex", "application/x-research-info-systems", FORMS["csl-json"].media_type)
_LINKS = {
    "Link": {
        "description": "The first, prev, next and last part of the answer (RFC 8288).",
        "schema": {"type": "string"},
    }
}


def description(base_url: str) -> dict[str, Any]:
    """Return the description of the interface as it is served at `base_url`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Wortlaut",
            "version": version("wortlaut"),
            "summary": "Who said what at a conference, in which words, on which page, and how to cite it.",
            "description": "Slashes in a locator may be written as they are. Every `GET` may be asked by pages of "
            "other sites; nothing needs a key.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base_url}],
        "tags": [{"name": name} for name in ("search", "passages", "citations", "notes", "pages")],
        "paths": {f"/api/v1{path}": methods for path, methods in (_paths() | _twins()).items()},
        "components": {"schemas": {**SCHEMAS, **LIST_SCHEMAS, **NOTE_SCHEMAS, **TWIN_SCHEMAS}},
    }


def _paths() -> dict[str, Any]:
    place, cited = _located(_TILDE), _located(_TILDE + "((-|–|\\.\\.)[1-9][0-9]{0,5})?")
    style = [_query("style", one_of(STYLES)), _query("locale", one_of(LOCALES))]
    words = [_query("chars", {"type": "string", "pattern": "^[0-9]{1,9}-[0-9]{1,9}$"}), _query("quoted", TEXT)]
    return {
        "/search": _get("search", "search", "SearchResults", _search_parameters(cut=True), paged=True),
        "/concordance": _get("concordance", "search", "Concordance", _context_parameters(), paged=True),
        "/distribution": _get("distribution", "search", "Distribution", _search_parameters(cut=False)),
        "/suggest": _get("suggest", "search", "Completions", [_query("q", TEXT)]),
        "/export": _export(),
        "/editions/{edition}/pages/{page}": _get("printedPage", "passages", "PrintedPage", _page_parameters()),
        "/passages/{locator}": _get("passage", "passages", "Passage", [place]),
        "/passages/{locator}/similar": _get("similar", "passages", "Similar", [place, _limit(least=1, default=5)]),
        "/passages/{locator}/history": _get("history", "passages", "History", [place]),
        "/passages/{locator}/citation": _get("citation", "citations", "Citation", [cited, *style, *words]),
        "/passages/{locator}/citation/{form}": _file([cited, _path("form", one_of(FORMATS)), *words]),
        "/passages/{locator}/quotation": _get(
            "quotation", "citations", "Quotation", _quotation_parameters(place, style)
        ),
        "/verify": _verify(),
        READING_LIST: _get("readingList", "citations", "ReadingList", [*LIST_PARAMETERS, *style]),
        f"{READING_LIST}/{{kind}}/{{form}}": _sheet([*SHEET_PARAMETERS, *LIST_PARAMETERS, *style]),
        "/themen/{theme}": _get("theme", "notes", "Theme", [_path("theme", SLUG_TEXT, "klima")]),
        "/notizen": _get("notes", "notes", "Notes", []),
        "/notizen/{name}": _get("note", "notes", "Note", [_path("name", SLUG_TEXT, "klima")]),
        "/{page}": _get("operatorPage", "search", "OperatorPage", [_path("page", one_of(NAMES), "impressum")]),
        "/openapi.json": _get("description", "search", "", []),
    }


def _twins() -> dict[str, Any]:
    """Return the twins of pages: what stands at the address of a page is described as under `/api/v1`."""
    edition, person = (
        _page_parameters()[0],
        _path("person", {"type": "string", "pattern": f"^{SLUG}$"}, "emre-soylukan"),
    )
    place = _path("place", {"type": "string", "pattern": f"^{SLUG}(/{SLUG})*(/[1-9][0-9]{{0,5}}{_TILDE})?$"}, "keynote")
    voice = _query("voice", one_of(Voice), "Only what is in this voice.")
    found, filtered = _paged_parameters(PER_PAGE), _search_parameters(cut=False)
    facet, holding = _path("facet", one_of(FACETS)), _query("enthaelt", TEXT, "Only values whose label holds this.")
    return {
        "/": _get("start", "pages", "Start", []),
        "/suche": _get("pageOfResults", "pages", "SearchResults", found, paged=True),
        "/suche/kontext": _get("pageOfContexts", "pages", "Concordance", _contexts_on_page(), paged=True),
        "/suche/verteilung": _get("pageOfFigures", "pages", "Distribution", filtered),
        "/suche/auswahl/{facet}": _get("choices", "pages", "Choices", [facet, holding, *filtered]),
        "/personen": _get("people", "pages", "People", []),
        "/personen/{person}": _get("person", "pages", "Person", [person, voice, _page(MAX_OFFSET)]),
        "/themen": _get("themes", "pages", "Themes", []),
        "/hilfe": _get("help", "pages", "Examples", []),
        "/ueber": _get("about", "pages", "About", []),
        "/pruefen": _get("checking", "pages", "Checking", []),
        "/{edition}": _get("event", "pages", "Event", [edition]),
        "/{edition}/seite/{page}": _get("pageAsPrinted", "pages", "PrintedPage", _page_parameters()),
        "/{edition}/{place}": _get("place", "pages", "SectionOrPassage", [edition, place]),
    }


_SUMMARIES: Mapping[str, str] = {
    "search": "Search: hits, facets, how the query was understood",
    "concordance": "Every occurrence with the words around it",
    "distribution": "How often the words stand in each section, year, edition and speaker's words",
    "suggest": "Words, people, themes and sections that begin as typed",
    "export": "All passages a search finds, as a file",
    "printedPage": "What stands on a printed page",
    "passage": "A passage",
    "similar": "Passages that say something alike",
    "history": "What became of a passage since it was cited",
    "citation": "The citation of a passage or a range, in a style and in every format",
    "citationFile": "The citation as a file for a reference manager",
    "quotation": "A quotation of chosen words, with what leaving out the others may hide",
    "theme": "A theme: whose words are here, the passages that tell most, the themes beside it",
    "notes": "All notes, without their text",
    "note": "A note: its Markdown, where it links to, which notes link to it",
    "verify": "Check quotations against the print",
    "readingList": "A reading list: what became of each passage, and how it is cited",
    "readingSheet": "A reading list as a file: a bibliography or a quotation sheet",
    "operatorPage": "Imprint, privacy or contact, if the operator supplied it",
    "description": "This description",
    "start": "What is in the collection, and what was added last",
    "pageOfResults": "A page of the search results",
    "pageOfContexts": "A page of the words in their contexts",
    "pageOfFigures": "The figures on a search",
    "choices": "All values of a facet that a search may be narrowed to",
    "people": "Everybody known, by surname",
    "person": "A person: offices, roles, themes, printed names, panels, passages by voice",
    "themes": "All themes with the number of their passages",
    "help": "Queries that find something",
    "about": "State and rights of the collection",
    "checking": "What may be sent to be checked",
    "event": "An event: facts, programme, who has words and who has none",
    "pageAsPrinted": "What stands on a printed page",
    "place": "A section with its passages, or a passage",
}


def _get(name: str, tag: str, schema: str, parameters: Sequence[Schema], *, paged: bool = False) -> dict[str, Any]:
    shape = ref(schema) if schema else {"type": "object"}
    answer: dict[str, Any] = {"description": "OK", "content": {"application/json": {"schema": shape}}}
    if paged:
        answer["headers"] = _LINKS
    return {"get": _operation(name, tag, answer, parameters=list(parameters))}


def _operation(name: str, tag: str, answer: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    answers = {"200": answer, "304": {"description": "Not changed since."}, "default": _PROBLEM}
    return {"operationId": name, "summary": _SUMMARIES[name], "tags": [tag], **more, "responses": answers}


def _export() -> dict[str, Any]:
    parameters = [
        _query("format", one_of(FORMS)),
        *_search_parameters(cut=False),
        _query("partial", TEXT, "1: also what holds some of the words."),
        _query("bom", TEXT, "1: CSV begins with a byte order mark."),
        _query("guard", TEXT, "1: CSV with nothing that a spreadsheet takes for a formula."),
    ]
    types = dict.fromkeys(form.media_type for form in FORMS.values())
    answer = {"description": "The file.", "content": {media: {"schema": {}} for media in types}}
    return {"get": _operation("export", "search", answer, parameters=parameters)}


def _file(parameters: Sequence[Schema]) -> dict[str, Any]:
    answer = {"description": "The file.", "content": {media: {"schema": {}} for media in _FILE_TYPES}}
    return {"get": _operation("citationFile", "citations", answer, parameters=list(parameters))}


def _sheet(parameters: Sequence[Schema]) -> dict[str, Any]:
    types = dict.fromkeys(form.media_type for form in SHEET_FORMS.values())
    answer = {"description": "The file.", "content": {media: {"schema": {}} for media in types}}
    return {"get": _operation("readingSheet", "citations", answer, parameters=list(parameters))}


def _verify() -> dict[str, Any]:
    answer = {"description": "OK", "content": {"application/json": {"schema": ref("Checks")}}}
    body = {"required": True, "content": {"application/json": {"schema": ref("ToCheck")}}}
    operation = _operation("verify", "citations", answer, requestBody=body)
    del operation["responses"]["304"]
    return {"post": operation}


def _query(name: str, schema: Schema, about: str = "") -> Schema:
    return {"name": name, "in": "query", "schema": schema, **({"description": about} if about else {})}


def _path(name: str, schema: Schema, example: str = "") -> Schema:
    parameter: Schema = {"name": name, "in": "path", "required": True, "schema": schema}
    return parameter | ({"example": example} if example else {})


def _located(ending: str) -> Schema:
    """Return the parameter that names a passage, with what may stand behind its number."""
    return _path("locator", {"type": "string", "pattern": f"^{_PLACE}{ending}$"}, _EXAMPLE)


def _limit(*, least: int = 0, default: int = PER_PAGE) -> Schema:
    return _query("limit", {"type": "integer", "minimum": least, "maximum": MAX_LIMIT, "default": default})


def _search_parameters(*, cut: bool) -> list[Schema]:
    found = [_query("q", TEXT, "What is searched; see the search help."), *map(_facet, FACETS)]
    found += [_query("synonyms", TEXT, "0: only the words typed."), _query("sort", one_of(SORTS))]
    if cut:
        offset = {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}
        found += [_limit(), _query("offset", offset), _query("group", one_of(GROUPS))]
        found.append(_query("explain", TEXT, "1: tell of each hit what its score is made of."))
    return found


def _page(most: int) -> Schema:
    return _query("page", {"type": "integer", "minimum": 1, "maximum": most, "default": 1})


def _paged_parameters(per_page: int) -> list[Schema]:
    """Return the parameters of a page of results."""
    shown = [one for one in _search_parameters(cut=True) if one["name"] not in ("limit", "offset", "explain")]
    return [*shown, _page(MAX_OFFSET // per_page)]


def _contexts_on_page() -> list[Schema]:
    shown = [one for one in _paged_parameters(LINES_PER_PAGE) if one["name"] != "group"]
    return [*shown, *(one for one in _context_parameters() if one["name"] in ("by", "width"))]


def _facet(name: str) -> Schema:
    """Return the parameter of a facet: any of its values, a leading "-" excludes."""
    value: Schema = {"type": "string"}
    if name in CLOSED_FACETS:
        value["pattern"] = f"^-?({'|'.join((*CLOSED_FACETS[name], NONE))})$"
    elif name == "year":
        value["pattern"] = f"^-?([0-9]{{4}}|{NONE})$"
    return _query(name, {"type": "array", "items": value}, "Any of these; a leading - excludes.")


def _context_parameters() -> list[Schema]:
    width = {"type": "integer", "minimum": 0, "maximum": MAX_WIDTH, "default": WIDTH}
    shown = [one for one in _search_parameters(cut=True) if one["name"] not in ("group", "explain")]
    return [*shown, _query("by", one_of(CONTEXTS)), _query("width", width, "Signs on each side.")]


def _page_parameters() -> list[Schema]:
    edition = _path("edition", {"type": "string", "pattern": f"^{SLUG}$"}, _EXAMPLE.partition("/")[0])
    return [edition, _path("page", {"type": "string", "minLength": 1}, "9")]


def _quotation_parameters(place: Schema, style: Sequence[Schema]) -> list[Schema]:
    stretch = {"type": "string", "pattern": "^([1-9][0-9]{0,5}(~[0-9a-f]{8})?:)?[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})?$"}
    words = _query(
        "w",
        {"type": "array", "items": stretch, "minItems": 1},
        "Words, counted from 1: 1-9; of a passage beside it: 4:1-9.",
    )
    chosen = words | {"required": True, "example": ["1-9", "15-22"]}
    return [place, chosen, _query("sentences", TEXT, "1: whole sentences."), *style]

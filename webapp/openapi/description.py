"""The OpenAPI description of the JSON interface: which addresses there are, what they take, what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from kb.citation_formats import FORMATS
from kb.citation_wording import LOCALES
from kb.export.formats import FORMS
from kb.locator import SLUG
from kb.model import Voice
from kb.reading_sheets import SHEET_FORMS
from kb.results import FACETS
from kb.styling import STYLES
from webapp.openapi.answers import ANSWERS
from webapp.openapi.notes import NOTE_SCHEMAS
from webapp.openapi.pages import PAGE_SCHEMAS
from webapp.openapi.parameters import (
    TILDE,
    context_parameters,
    contexts_on_page,
    edition_parameter,
    in_path,
    in_query,
    limit,
    located,
    page_number,
    page_parameters,
    paged_parameters,
    quotation_parameters,
    search_parameters,
)
from webapp.openapi.reading_list import LIST_PARAMETERS, LIST_SCHEMAS, SHEET_PARAMETERS
from webapp.openapi.schema import SLUG_TEXT, TEXT, Schema, one_of, ref
from webapp.operator_pages import NAMES
from webapp.problems import MEDIA_TYPE
from webapp.reading_list import PATH as READING_LIST
from webapp.urls import MAX_OFFSET, PER_PAGE

_PROBLEM = {"description": "What is wrong.", "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
_CITATION_TYPES = ("application/x-bibtex", "application/x-research-info-systems", FORMS["csl-json"].media_type)
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
        "components": {"schemas": {**ANSWERS, **LIST_SCHEMAS, **NOTE_SCHEMAS, **PAGE_SCHEMAS}},
    }


def _paths() -> dict[str, Any]:
    place, cited = located(TILDE), located(TILDE + "((-|–|\\.\\.)[1-9][0-9]{0,5})?")
    style = [in_query("style", one_of(STYLES)), in_query("locale", one_of(LOCALES))]
    words = [
        in_query("chars", {"type": "string", "pattern": "^[0-9]{1,9}-[0-9]{1,9}$"}),
        in_query("quoted", TEXT),
    ]
    return {
        "/search": _get("search", "search", "SearchResults", search_parameters(cut=True), paged=True),
        "/concordance": _get("concordance", "search", "Concordance", context_parameters(), paged=True),
        "/distribution": _get("distribution", "search", "Distribution", search_parameters(cut=False)),
        "/suggest": _get("suggest", "search", "Completions", [in_query("q", TEXT)]),
        "/export": _export(),
        "/editions/{edition}/pages/{page}": _get("printedPage", "passages", "PrintedPage", page_parameters()),
        "/passages/{locator}": _get("passage", "passages", "Passage", [place]),
        "/passages/{locator}/similar": _get("similar", "passages", "Similar", [place, limit(least=1, default=5)]),
        "/passages/{locator}/history": _get("history", "passages", "History", [place]),
        "/passages/{locator}/citation": _get("citation", "citations", "Citation", [cited, *style, *words]),
        "/passages/{locator}/citation/{form}": _file(
            "citationFile", "citations", [cited, in_path("form", one_of(FORMATS)), *words], _CITATION_TYPES
        ),
        "/passages/{locator}/quotation": _get(
            "quotation", "citations", "Quotation", quotation_parameters(place, style)
        ),
        "/verify": _verify(),
        READING_LIST: _get("readingList", "citations", "ReadingList", [*LIST_PARAMETERS, *style]),
        f"{READING_LIST}/{{kind}}/{{form}}": _file(
            "readingSheet",
            "citations",
            [*SHEET_PARAMETERS, *LIST_PARAMETERS, *style],
            [form.media_type for form in SHEET_FORMS.values()],
        ),
        "/themen/{theme}": _get("theme", "notes", "Theme", [in_path("theme", SLUG_TEXT, "klima")]),
        "/notizen": _get("notes", "notes", "Notes", []),
        "/notizen/{name}": _get("note", "notes", "Note", [in_path("name", SLUG_TEXT, "klima")]),
        **{f"/{name}": _get(name, "pages", "OperatorPage", []) for name in NAMES},
        "/openapi.json": _get("description", "search", "", []),
    }


def _twins() -> dict[str, Any]:
    """Return the twins of pages: what stands at the address of a page is described as under `/api/v1`."""
    edition, person = edition_parameter(), in_path("person", SLUG_TEXT, "emre-soylukan")
    place = in_path(
        "place", {"type": "string", "pattern": f"^{SLUG}(/{SLUG})*(/[1-9][0-9]{{0,5}}{TILDE})?$"}, "keynote"
    )
    voice = in_query("voice", one_of(Voice), "Only what is in this voice.")
    found, filtered = paged_parameters(PER_PAGE), search_parameters(cut=False)
    facet, holding = (
        in_path("facet", one_of(FACETS)),
        in_query("enthaelt", TEXT, "Only values whose label holds this."),
    )
    return {
        "/": _get("start", "pages", "Start", []),
        "/suche": _get("pageOfResults", "pages", "SearchResults", found, paged=True),
        "/suche/kontext": _get("pageOfContexts", "pages", "Concordance", contexts_on_page(), paged=True),
        "/suche/verteilung": _get("pageOfFigures", "pages", "Distribution", filtered),
        "/suche/auswahl/{facet}": _get("choices", "pages", "Choices", [facet, holding, *filtered]),
        "/personen": _get("people", "pages", "People", []),
        "/personen/{person}": _get("person", "pages", "Person", [person, voice, page_number(MAX_OFFSET)]),
        "/themen": _get("themes", "pages", "Themes", []),
        "/hilfe": _get("help", "pages", "Examples", []),
        "/ueber": _get("about", "pages", "About", []),
        "/pruefen": _get("checking", "pages", "Checking", []),
        "/{edition}": _get("event", "pages", "Event", [edition]),
        "/{edition}/seite/{page}": _get("pageAsPrinted", "pages", "PrintedPage", page_parameters()),
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
    "impressum": "The imprint, if the operator supplied it",
    "datenschutz": "What is kept of readers, if the operator supplied it",
    "kontakt": "How to reach the operator, if the operator supplied it",
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
        in_query("format", one_of(FORMS)),
        *search_parameters(cut=False),
        in_query("partial", TEXT, "1: also what holds some of the words."),
        in_query("bom", TEXT, "1: CSV begins with a byte order mark."),
        in_query("guard", TEXT, "1: CSV with nothing that a spreadsheet takes for a formula."),
    ]
    return _file("export", "search", parameters, [form.media_type for form in FORMS.values()])


def _file(name: str, tag: str, parameters: Sequence[Schema], media_types: Iterable[str]) -> dict[str, Any]:
    """Return what answers with a file, of one of the media types."""
    content: dict[str, Any] = {media: {"schema": {}} for media in media_types}
    answer = {"description": "The file.", "content": content}
    return {"get": _operation(name, tag, answer, parameters=list(parameters))}


def _verify() -> dict[str, Any]:
    answer = {"description": "OK", "content": {"application/json": {"schema": ref("Checks")}}}
    body = {"required": True, "content": {"application/json": {"schema": ref("ToCheck")}}}
    operation = _operation("verify", "citations", answer, requestBody=body)
    del operation["responses"]["304"]
    return {"post": operation}

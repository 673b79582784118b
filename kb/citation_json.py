"""A citation as JSON and in every text format by name: what API, command line and pages hand out alike."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from kb.citation_formats import FORMATS, coins, json_ld, meta_tags
from kb.styling import StyledCitation

TEXT_FORMATS = ("text", "html", "markdown", *FORMATS, "json-ld", "coins", "meta")


def in_format(styled: StyledCitation, form: str) -> str:
    """Return a styled citation in one of `TEXT_FORMATS`; those made for programs know no style.

    Raises:
        KeyError: there is no such format.
    """
    if form in ("text", "html", "markdown"):
        return str(getattr(styled, form))
    if form == "json-ld":
        return json.dumps(json_ld(styled.citation), ensure_ascii=False, indent=2) + "\n"
    if form == "coins":
        return coins(styled.citation)
    return meta_html(styled) if form == "meta" else FORMATS[form](styled.citation)


def meta_html(styled: StyledCitation) -> str:
    """Return the `<meta>` elements of a citation, one a line."""
    return "".join(
        f'<meta name="{name}" content="{escape(content)}">\n' for name, content in meta_tags(styled.citation)
    )


def citation_json(styled: StyledCitation) -> dict[str, Any]:
    """Return the citation in the shape of the JSON contract, with all formats."""
    citation = styled.citation
    return {
        "style": styled.style.id,
        "text": styled.text,
        "html": styled.html,
        "link": citation.link,
        "formats": {form: in_format(styled, form) for form in TEXT_FORMATS},
    }

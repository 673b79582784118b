"""What of HTML that others wrote may stand on a page: nothing runs, nothing is loaded, links lead where they say.

Each kind of text has its list of what is allowed; whatever is not in it is taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import nh3


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a text may hold: elements, attributes by element, what links may begin with; `link_rel` is put on each."""

    elements: frozenset[str]
    attributes: Mapping[str, set[str]]
    schemes: frozenset[str]
    link_rel: str | None = None


_WORDS = {"p", "br", "hr", "ul", "ol", "li", "blockquote", "a", "em", "strong", "code"}
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}

NOTE = Allowed(
    elements=frozenset(_WORDS | _HEADINGS),
    attributes={"a": {"href", "title"}},
    schemes=frozenset({"http", "https", "mailto"}),
)
"""What a note of the corpus may hold: words and links, nothing that a page of notes could trip over."""

SITE_PAGE = Allowed(
    elements=NOTE.elements
    | {"h1", "dl", "dt", "dd", "pre", "abbr", "address", "b", "i", "sub", "sup"}
    | {"table", "thead", "tbody", "tr", "th", "td", "caption"},
    attributes={
        "a": {"href", "title", "lang", "hreflang"},
        "abbr": {"title"},
        **{element: {"lang", "id"} for element in ("h1", *_HEADINGS, "p")},
        "th": {"scope", "colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    schemes=NOTE.schemes | {"tel"},
    link_rel="noopener noreferrer",
)
"""What a page of the operator may hold: tables, places to link to, and words of other languages, too."""

NOTHING = Allowed(frozenset(), {}, frozenset())
"""Of a text with no elements only the words are left."""


def sanitised(html: str, allowed: Allowed) -> str:
    """Return HTML with nothing in it but what is allowed.

    >>> sanitised('<p onclick="x()">Ein <a href="javascript:x()">Link</a><script>x()</script></p>', NOTE)
    '<p>Ein <a>Link</a></p>'
    """
    return nh3.clean(
        html,
        tags=set(allowed.elements),
        attributes=dict(allowed.attributes),
        url_schemes=set(allowed.schemes),
        link_rel=allowed.link_rel,
    )

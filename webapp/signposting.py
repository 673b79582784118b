"""What programs need to know of a page before they read it: typed links in the header `Link` (FAIR Signposting)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from kb.model import Voice
from webapp import urls
from webapp.citing import base_url
from webapp.pages import PassagePage, SectionPage

_LANDING_PAGE = "https://schema.org/AboutPage"
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def passage_links(page: PassagePage) -> str:
    """Return the header `Link` of the page of a passage.

    It names the permanent link, what kind of text this is, whose own words these are, the records for reference
    managers, the words as JSON, the section they are of, and the licence where the rights name its address.
    """
    passage, own = page.entry.passage, page.entry.passage.voice is Voice.VERBATIM
    links = [
        _link(page.citation.link, "cite-as"),
        _link(_LANDING_PAGE, "type"),
        _link(f"https://schema.org/{'Quotation' if own else 'Chapter'}", "type"),
        *(_link(one.path, "author") for one in page.entry.names if own and one.path),
        *(_link(one.path, "describedby", one.media) for one in page.citation.files),
        _link(f"/api/v1/passages/{passage.id}", "item", "application/json"),
        _link(urls.section_path(passage.edition, passage.section), "collection", "text/html"),
        *_licence(page.edition.publication.rights),
    ]
    return ", ".join(links)


def section_links(page: SectionPage) -> str:
    """Return the header `Link` of the reading page of a section: its lasting address, kind, words as JSON, event."""
    links = [
        _link(page.path, "cite-as"),
        _link(_LANDING_PAGE, "type"),
        _link("https://schema.org/Chapter", "type"),
        _link(f"/api/v1{page.path}", "item", "application/json"),
        _link(urls.edition_path(page.edition.id), "collection", "text/html"),
        *_licence(page.edition.publication.rights),
    ]
    return ", ".join(links)


def _licence(rights: str) -> Iterator[str]:
    """Yield a link to the licence if the rights of an edition name one by its address."""
    if found := _WEB_ADDRESS.search(rights):
        yield _link(found.group().rstrip(".,;)"), "license")


def _link(address: str, relation: str, media: str = "") -> str:
    """Return a typed link; what has no place in a header is percent-encoded."""
    whole = address if "://" in address else base_url() + address
    kind = f'; type="{media}"' if media else ""
    return f'<{quote(whole, safe="/:?#[]@!$&()*+,;=~%")}>; rel="{relation}"{kind}'

"""What the search page offers above the hits: the corrected query, and synonyms on or off."""

from __future__ import annotations

from dataclasses import replace

from kb.results import Results
from kb.translation import gettext as _
from webapp import urls
from webapp.parts import Link


def suggestion_link(results: Results) -> Link | None:
    """Return the corrected query, with filters and order kept, if there is one to offer."""
    understood = results.understood
    if not understood.offer:
        return None
    return Link(understood.suggestion, urls.search_path(replace(results.search, text=understood.suggestion, offset=0)))


def synonyms_link(results: Results) -> Link | None:
    """Return what switches the synonyms of this search off, or on again; None if it makes no difference."""
    asked = results.search
    if not asked.synonyms:
        return Link(_("Auch Synonyme suchen"), urls.search_path(replace(asked, synonyms=True, offset=0)))
    if not results.understood.synonyms:
        return None
    return Link(_("Nur die getippten Wörter suchen"), urls.search_path(replace(asked, synonyms=False, offset=0)))

"""What a search answers: plain dataclasses, free of any engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.model import Passage
from kb.translation import gettext as _

FACETS = ("speaker", "role", "forum", "theme", "voice", "kind", "edition", "year")
"""The facets, in the order a page shows them; `speaker` counts speaker ids, `forum` edition/section."""

SORTS = ("relevance", "reading", "newest", "oldest")

GROUPS = ("speaker", "section")
"""What hits may be grouped by."""

NONE = "none"
"""Facet value of passages that have none in this facet: "ohne Angabe"."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search as asked: the reader's text, the chosen facet values, order and cut.

    `filters` maps a facet to the chosen values (OR inside a facet, AND across); a leading `-` excludes. Without
    `synonyms` only the words typed are searched. `group` is one of `GROUPS` or nothing; limit and offset then cut the
    groups as well.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    limit: int = 10
    offset: int = 0
    synonyms: bool = True
    group: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found; `snippet` is pieces of its words `(text, is_match)`, never HTML."""

    passage: Passage
    score: float
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What one speaker says or one section holds of the passages found: how many, and the first of them.

    `value` is a speaker id or edition/section, "none" for passages that have no speaker.
    """

    value: str
    label: str
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with the number of passages that have it under all other filters."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """How the reader's text was understood: in words, with notes on what was repaired or left out.

    `canonical` is a text that asks the same, spelled in one way however it was typed.

    `synonyms` are searched beside the words typed. `suggestion` is the text with misspelt words corrected, where that
    finds more; if nothing was found for the text as typed, it was searched instead: `is_corrected`. The notes tell
    of all that.
    """

    text: str
    words: str
    notes: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    suggestion: str = ""
    is_corrected: bool = False
    canonical: str = ""

    @property
    def offer(self) -> str:
        """The note that offers the suggestion; "" if there is none to offer."""
        if not self.suggestion or self.is_corrected:
            return ""
        return _("Meinten Sie „%(suggestion)s“?", suggestion=self.suggestion)


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a search. `total` counts all matching passages, `hits` are the ones asked for.

    `groups` are those asked for of `group_count`, the one with the best hit first; none if no grouping was asked for.
    """

    search: Search
    understood: Understood
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    corpus_fingerprint: str
    corpus_passages: int
    groups: tuple[Group, ...] = ()
    group_count: int = 0

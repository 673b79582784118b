"""A search as named arguments, the way an address carries it: `q`, the facets, `sort`, `synonyms`; and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb import labels
from kb.errors import KbError
from kb.results import FACETS, GROUPS, NONE, SORTS, Search
from kb.translation import gettext as _

_YEAR = re.compile(r"[0-9]{4}")
CLOSED_FACETS = {facet: tuple(words) for facet, words in labels.CLOSED.items()}
"""The values of the facets that the model fixes."""


class BadArgument(KbError):
    """The argument `name` has a `value` nobody can use; `expected` says in English which are usable.

    `allowed` says the same in the language of the reader.
    """

    def __init__(self, name: str, value: str, expected: str, *, allowed: str = "") -> None:
        super().__init__(f"{name!r} must be one of: {expected}; not {value[:40]!r}")
        self.name = name
        self.value = value[:40]
        self.expected = expected
        self.allowed = allowed or expected


def search_arguments(search: Search) -> list[tuple[str, str]]:
    """Return the arguments that ask for `search`, without what goes without saying; its cut is left to the caller.

    >>> search_arguments(Search("Wohnen", {"voice": ("-editorial",)}, synonyms=False))
    [('q', 'Wohnen'), ('voice', '-editorial'), ('synonyms', '0')]
    """
    arguments = [("q", search.text)] if search.text else []
    arguments += [(facet, value) for facet in FACETS for value in search.filters.get(facet, ())]
    if search.sort != SORTS[0]:
        arguments.append(("sort", search.sort))
    if not search.synonyms:
        arguments.append(("synonyms", "0"))
    if search.group:
        arguments.append(("group", search.group))
    return arguments


def search_from_arguments(arguments: Iterable[tuple[str, str]], *, sort: str = SORTS[0]) -> Search:
    """Return the search that `arguments` ask for, in the order `sort` unless they say one.

    Of an argument given twice that is no facet, the first counts. Arguments with other names are left alone.

    Raises:
        BadArgument: there is no such order, group or value of a facet.
    """
    given: dict[str, list[str]] = {}
    for name, value in arguments:
        given.setdefault(name, []).append(value)
    chosen = {facet: tuple(dict.fromkeys(filter(None, map(str.strip, given.get(facet, []))))) for facet in FACETS}
    for facet, values in chosen.items():
        for value in values:
            check_value(facet, value)
    filters = {facet: values for facet, values in chosen.items() if values}
    text, order, synonyms, group = (given.get(name, [""])[0] for name in ("q", "sort", "synonyms", "group"))
    for name, value, allowed in (("sort", order, SORTS), ("group", group, GROUPS)):
        if value and value not in allowed:
            raise BadArgument(name, value, ", ".join(allowed))
    return Search(text, filters, order or sort, synonyms=synonyms != "0", group=group)


def check_value(facet: str, value: str) -> None:
    """Make sure that a facet can have a value, or, with a leading "-", exclude it.

    Raises:
        BadArgument: it cannot, whatever the corpus; whether somebody is called so is not asked here.
    """
    bare = value.removeprefix("-")
    if bare == NONE:
        return
    if facet in CLOSED_FACETS and bare not in CLOSED_FACETS[facet]:
        raise BadArgument(facet, value, ", ".join(CLOSED_FACETS[facet]))
    if facet == "year" and not _YEAR.fullmatch(bare):
        allowed = _("eine Jahreszahl mit vier Ziffern, %(none)s", none=NONE)
        raise BadArgument(facet, value, f"a year of four digits, {NONE}", allowed=allowed)

"""From a query back to a text that asks the same: one spelling for all ways to type it.

What only the whole text tells is not in it: function words that were left out, and synonyms that span several words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.fields import FIELD_NAMES
from kb.parsing import is_plain_word
from kb.query import AllOf, AnyOf, Clause, Field, Node, Query, is_pattern

_SIMPLE_VALUE = re.compile(r"[^\s,()\"„“”«»]+")


def query_text(query: Query) -> str:
    """Return what may be typed for `query`; the tree of that text is the same.

    >>> from kb.parsing import parse_query
    >>> from kb.text import Analyser
    >>> query_text(parse_query("Stadt AND (Miete OR „sozialer Wohnungsbau“) NOT Berlin", Analyser()))
    'Stadt UND (Miete ODER "sozialer Wohnungsbau") -Berlin'
    """
    wanted = query.wanted
    if len(wanted) == 1 and isinstance(wanted[0], AnyOf) and not query.excluded:
        return _options(wanted[0])
    return _sequence(wanted, query.excluded)


def _options(node: AnyOf) -> str:
    return " ODER ".join(
        _sequence(option.wanted, option.excluded) if isinstance(option, AllOf) else _sequence((option,), ())
        for option in node.options
    )


def _sequence(wanted: Sequence[Node], excluded: Sequence[Node]) -> str:
    """Return nodes side by side, joined by UND where that makes words a must."""
    text = ""
    for number, node in enumerate(wanted):
        before = wanted[number - 1] if number else None
        after = wanted[number + 1] if number + 1 < len(wanted) else None
        joined = text and _may_join(before) and (_is_must(node) or _is_must(before)) and _may_join(node)
        alone = _is_must(node) and not joined and not _may_join(after)
        written = f"(UND {_written(node)})" if alone else _written(node)
        text += f"{' UND ' if joined else ' ' if text else ''}{written}"
    return " ".join(filter(None, (text, *(f"-{_written(node)}" for node in excluded))))


def _is_must(node: Node | None) -> bool:
    return isinstance(node, Clause) and node.must


def _may_join(node: Node | None) -> bool:
    """Return whether UND beside a node changes nothing of it: it is a must already, or no word."""
    return node is not None and (not isinstance(node, Clause) or node.must)


def _written(node: Node) -> str:
    if isinstance(node, Field):
        values = (value if _SIMPLE_VALUE.fullmatch(value) else f'"{value}"' for value in node.written)
        return f"{FIELD_NAMES[node.name]}:{','.join(values)}"
    if isinstance(node, AnyOf):
        return f"({_options(node)})"
    if isinstance(node, AllOf):
        return f"({_sequence(node.wanted, node.excluded)})"
    if is_pattern(node):
        return node.printed.removesuffix("…").removesuffix("~") + node.positions[0][0][-1]
    if node.exact:
        return f'"{node.printed}"' + (f"~{node.near}" if node.near else "")
    return _word(node.printed)


def _word(printed: str) -> str:
    """Return a bare word so that it is read as nothing else: a comma before it keeps "UND" from being an operator."""
    missing = ")" if printed.rfind("(") > printed.rfind(")") else ""
    return f"{printed}{missing}" if is_plain_word(f"{printed}{missing}") else f",{printed}{missing}"

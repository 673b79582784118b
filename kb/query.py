"""What a reader asks, as a frozen tree that knows no engine, and says itself in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.results import Understood
from kb.translation import BOTH, N_, alternatives, chained, ngettext
from kb.translation import gettext as _

Positions = tuple[tuple[str, ...], ...]
"""Words in a row: for each the terms that will do. Of exact words "wohn*" is a beginning, "wort~" a likeness."""

_WEAKER = 0.9
_LONG = 6


@dataclass(frozen=True, slots=True)
class Row:
    """Words in a row that will do as well; `weight` (above 0, at most 1) says how much they count."""

    positions: Positions
    weight: float


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing to look for: a word, or words in a row.

    `positions` holds, word for word, the terms that will do; if `exact`, they are folded forms as printed, not lemmas,
    and with `near` so many other words may stand between them, in any order. `others` will do as well: synonyms.
    `parts` are the terms of what a typed compound is made of. `stems` are those of the word: words made from the same
    stem are a hint, not a match. `must` tells that a passage without it will not do, `whole` that a compound that holds
    the word is not meant.
    """

    printed: str
    positions: Positions
    exact: bool = False
    others: tuple[Row, ...] = ()
    parts: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    near: int = 0
    must: bool = False
    whole: bool = False

    @property
    def words(self) -> str:
        """The clause in words."""
        if not self.exact:
            return self.printed
        if not self.near:
            return _("„%(words)s“", words=self.printed)
        return ngettext(
            "„%(words)s“ (höchstens %(num)s Wort dazwischen)",
            "„%(words)s“ (höchstens %(num)s Wörter dazwischen)",
            self.near,
            words=self.printed,
        )


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on the facts of a passage: it has any of `values` in the column `name`; `words` says so.

    `written` are the values as the reader wrote them.
    """

    name: str
    values: tuple[str, ...]
    words: str
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of `wanted` and none of `excluded`."""

    wanted: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()

    @property
    def words(self) -> str:
        """The node in words."""
        return f"({_in_words(self.wanted, self.excluded)})"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of `options`."""

    options: tuple[Node, ...]

    @property
    def words(self) -> str:
        """The node in words."""
        return f"({alternatives(option.words for option in self.options)})"


Node = Clause | Field | AllOf | AnyOf


def _in_words(wanted: tuple[Node, ...], excluded: tuple[Node, ...]) -> str:
    first = chained((node.words for node in wanted), BOTH) or _("alle Textstellen")
    if not excluded:
        return first
    without = chained((node.words for node in excluded), N_("%(one)s und ohne %(other)s"))
    return _("%(wanted)s, ohne %(excluded)s", wanted=first, excluded=without)


@dataclass(frozen=True, slots=True)
class Query:
    """The reader's text as understood: passages must have all of `wanted` and none of `excluded`."""

    text: str
    wanted: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    notes: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The query in words."""
        words = _in_words(self.wanted, self.excluded)
        is_one = len(self.wanted) == 1 and isinstance(self.wanted[0], AnyOf) and not self.excluded
        return words.removeprefix("(").removesuffix(")") if is_one else words

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All words a passage may be found for, wherever they stand in the tree."""
        return tuple(node for node in _leaves(self.wanted) if isinstance(node, Clause))

    @property
    def fields(self) -> tuple[Field, ...]:
        """All conditions on facts, wanted or excluded."""
        nodes = _leaves((*self.wanted, *self.excluded), excluded_too=True)
        return tuple(node for node in nodes if isinstance(node, Field))

    def understood(self, *more_notes: str) -> Understood:
        """Return the query as a result page shows it."""
        return Understood(self.text, self.words, self.notes + more_notes, self.synonyms)


def _leaves(nodes: tuple[Node, ...], *, excluded_too: bool = False) -> Iterator[Clause | Field]:
    for node in nodes:
        if isinstance(node, AnyOf):
            yield from _leaves(node.options, excluded_too=excluded_too)
        elif isinstance(node, AllOf):
            yield from _leaves(node.wanted + (node.excluded if excluded_too else ()), excluded_too=excluded_too)
        else:
            yield node


def is_required(node: Node) -> bool:
    """Return whether a passage without `node` will not do: all but bare words."""
    return not isinstance(node, Clause) or node.exact or node.must


def is_pattern(clause: Clause) -> bool:
    """Return whether a clause looks for all words that begin so or are like one."""
    return clause.exact and clause.positions[0][0].endswith(("*", "~"))


def may_differ(word: str) -> int:
    """Return how many letters a word may differ in from one typed as "wort~".

    >>> may_differ("Haus"), may_differ("Segregation")
    (1, 2)
    """
    return 1 if len(word) < _LONG else 2


def rows_of(clause: Clause) -> tuple[list[Positions], list[Positions]]:
    """Return what is marked for a clause: the words and their synonyms, or else the parts; what is near, by itself."""
    if clause.near:
        return [(position,) for position in clause.positions], []
    return [clause.positions, *(row.positions for row in clause.others)], [((part,),) for part in clause.parts]


def fits(form: str, wanted: str) -> bool:
    """Return whether a folded form is what is wanted: that word, its beginning "wohn*", or one like it: "wort~".

    >>> fits("wohnung", "wohn*"), fits("segregation", "segregazion~"), fits("haus", "maus")
    (True, True, False)
    """
    if wanted.endswith("*"):
        return form.startswith(wanted[:-1])
    if wanted.endswith("~"):
        return _distance(form, wanted[:-1]) <= may_differ(wanted[:-1])
    return form == wanted


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out or replaced to make `one` of `other`."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, beside in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != beside))
    return row[-1]


def unknown_words(query: Query, frequencies: tuple[int, ...]) -> tuple[Clause, ...]:
    """Return the bare words that no passage has; `frequencies` stand beside what is wanted."""
    return tuple(
        node
        for node, frequency in zip(query.wanted, frequencies, strict=True)
        if isinstance(node, Clause) and not frequency and not node.exact and len(node.positions) == 1
    )


def also_looking_for(query: Query, clause: Clause, terms: tuple[str, ...], note: str) -> Query:
    """Return `query` with `terms` as weaker readings of one of its clauses, and a note on it."""
    wider = replace(clause, others=(*clause.others, Row((terms,), _WEAKER)))
    wanted = tuple(wider if node == clause else node for node in query.wanted)
    return replace(query, wanted=wanted, notes=(*query.notes, note))

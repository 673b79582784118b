"""Every place where the words of a query stand in what it finds: what a concordance lists and a distribution counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.finding import Found, find
from kb.generation import Generation
from kb.query import Clause, Query
from kb.results import Search, Understood
from kb.translation import N_, gettext
from kb.word_rows import Places

_COMPLETE_ONLY = N_("Gezählt ist nur in Textstellen, die alle Wörter enthalten.")


@dataclass(frozen=True)
class Spans:
    """Matches: the first word of each in the rows of words, how many words it has, and the passage it stands in."""

    firsts: Places
    lengths: Places
    passages: Places


@dataclass(frozen=True)
class Occurrences:
    """What a search finds, the passages of it that are looked at, and the query whose words are looked for in them.

    They are those with all words, unless there are none.
    """

    found: Found
    numbers: NDArray[np.int64]
    query: Query

    @property
    def understood(self) -> Understood:
        """The query as a reader is shown it, with a note if some passages found are not looked at."""
        understood = self.found.understood
        if len(self.numbers) == len(self.found.numbers):
            return understood
        return replace(understood, notes=(*understood.notes, gettext(_COMPLETE_ONLY)))

    def spans(self, generation: Generation) -> Spans:
        """Return the matches, passage by passage in the order found."""
        looked_at = np.zeros(len(generation.store), dtype=np.bool_)
        looked_at[self.numbers] = True
        firsts, lengths = generation.rows.matches(self.query.clauses, looked_at)
        passages = generation.rows.passages(firsts)
        order = np.zeros(len(generation.store), dtype=np.int64)
        order[self.numbers] = np.arange(len(self.numbers))
        by_order = np.argsort(order[passages], kind="stable")
        return Spans(firsts[by_order], lengths[by_order], passages[by_order])


def occurrences(generation: Generation, search: Search) -> Occurrences:
    """Return where to look for the words of `search`; its limit and offset are nothing to it."""
    found = find(generation, search)
    complete = complete_numbers(found)
    wanted = tuple(_counted(generation, clause) for clause in found.query.clauses)
    return Occurrences(found, complete if len(complete) else found.numbers, replace(found.query, wanted=wanted))


def _counted(generation: Generation, clause: Clause) -> Clause:
    """Return a clause without its parts if the corpus has the word: scattered over a passage, they are not the word."""
    rows = [clause.positions, *(row.positions for row in clause.others)]
    counts = (generation.engine.count(field, row)[0] for row in rows for field in ("text", "text_parts"))
    return replace(clause, parts=()) if clause.parts and any(map(len, counts)) else clause


def complete_numbers(found: Found) -> NDArray[np.int64]:
    """Return the passages found that hold all that is wanted, in the order found."""
    return found.numbers[found.complete[found.numbers]]

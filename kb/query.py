"""What a reader types, as a tree: forgiving, never an error, with notes on what was repaired or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.results import Understood
from kb.text import STOP_WORDS, Analyser, fold

MAX_LENGTH, MAX_CLAUSES, MAX_ROW = 2000, 32, 64
"""A pasted page is no query: so many characters are read, so many words and words in a row searched for."""

_OPENING = '"„“”«»'
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:[{_OPENING}](?P<phrase>[^{_OPENING}]*)(?P<end>[{_OPENING}]|$)|(?P<word>[^\s{_OPENING}]+))"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing to look for: a word, or words in a row.

    `positions` holds, word for word, the terms that will do; if `exact`, they are folded forms as printed, not lemmas.
    """

    printed: str
    positions: tuple[tuple[str, ...], ...]
    exact: bool = False

    @property
    def words(self) -> str:
        return f"„{self.printed}“" if self.exact else self.printed


@dataclass(frozen=True, slots=True)
class Query:
    """The reader's text as understood: passages must have all of `wanted` and none of `excluded`."""

    text: str
    wanted: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def bare_words(self) -> tuple[Clause, ...]:
        """The wanted clauses that are not in quotation marks."""
        return tuple(clause for clause in self.wanted if not clause.exact)

    @property
    def words(self) -> str:
        """The query in German words."""
        wanted = " und ".join(clause.words for clause in self.wanted) or "alle Textstellen"
        excluded = " und ohne ".join(clause.words for clause in self.excluded)
        return f"{wanted}, ohne {excluded}" if excluded else wanted

    def understood(self, *more_notes: str) -> Understood:
        """Return the query as a result page shows it."""
        return Understood(self.text, self.words, self.notes + more_notes)


def parse_query(text: str, analyser: Analyser) -> Query:
    """Return the query that `text` asks: bare words, "exact words in a row", and -word to exclude.

    Any text is a query; what cannot be used is left out and told in `notes`.
    """
    pieces = list(_PIECE.finditer(text[:MAX_LENGTH]))
    clauses = dict.fromkeys((bool(piece["minus"]), clause) for piece in pieces for clause in _clauses(piece, analyser))
    wanted = _without_stop_words([clause for is_excluded, clause in clauses if not is_excluded])
    excluded = tuple(clause for is_excluded, clause in clauses if is_excluded)
    query = Query(text, wanted[:MAX_CLAUSES], excluded[:MAX_CLAUSES])
    is_cut = len(text) > MAX_LENGTH or max(len(wanted), len(excluded)) > MAX_CLAUSES
    is_open = any(piece["phrase"] is not None and not piece["end"] for piece in pieces)
    return replace(query, notes=tuple(_notes(query, is_cut=is_cut, is_open=is_open and not is_cut)))


def _notes(query: Query, *, is_cut: bool, is_open: bool) -> Iterator[str]:
    if is_open:
        yield "Ein Anführungszeichen wird nicht geschlossen; gesucht ist die Wortfolge bis zum Ende."
    if query.text.strip() and not query.wanted and not query.excluded:
        yield "Die Eingabe enthält kein Wort, nach dem gesucht werden kann."
    if is_cut:
        yield "Die Eingabe ist sehr lang; gesucht wird nur nach ihrem Anfang."
    if any(len(clause.positions) == MAX_ROW for clause in query.wanted + query.excluded):
        yield f"Von einer sehr langen Wortfolge werden nur die ersten {MAX_ROW} Wörter gesucht."


def _clauses(piece: re.Match[str], analyser: Analyser) -> Iterator[Clause]:
    """Yield the clause a piece of the text stands for; none if there is no word in it."""
    is_exact = piece["phrase"] is not None
    printed = piece["phrase"] if is_exact else piece["word"]
    tokens = analyser.tokens(printed)[:MAX_ROW]
    if not tokens:
        return
    shown = " ".join(printed[0 if is_exact else tokens[0].start : tokens[-1].end].split())
    if is_exact:
        yield Clause(shown, tuple((token.form,) for token in tokens), exact=True)
    else:
        yield Clause(shown, tuple(analyser.readings(printed[token.start : token.end]) for token in tokens))


def _without_stop_words(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Return the clauses that carry the question; all of them if there are none but function words."""
    telling = [clause for clause in clauses if clause.exact or fold(clause.printed) not in STOP_WORDS]
    return tuple(telling or clauses)

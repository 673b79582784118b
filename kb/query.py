"""What a reader types, as a tree: forgiving, never an error, with notes on what was repaired or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.results import Understood
from kb.synonyms import Expanded, Expansion, Thesaurus
from kb.text import STOP_WORDS, Analyser, fold

Positions = tuple[tuple[str, ...], ...]
"""Words in a row: for each of them the terms that will do."""

MAX_LENGTH, MAX_CLAUSES, MAX_ROW = 2000, 32, 64
"""A pasted page is no query: so many characters are read, so many words and words in a row searched for."""

_OPENING = '"„“”«»'
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:[{_OPENING}](?P<phrase>[^{_OPENING}]*)(?P<end>[{_OPENING}]|$)|(?P<word>[^\s{_OPENING}]+))"
)


_WEAKER = 0.9
_MAX_SHOWN = 8
"""So many synonyms are named in a note; all are searched."""


@dataclass(frozen=True, slots=True)
class Row:
    """Words in a row that will do as well; `weight` (above 0, at most 1) says how much they count."""

    positions: Positions
    weight: float


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing to look for: a word, or words in a row.

    `positions` holds, word for word, the terms that will do; if `exact`, they are folded forms as printed, not lemmas.
    `others` will do as well: synonyms. `parts` are the terms of what a typed compound is made of.
    """

    printed: str
    positions: Positions
    exact: bool = False
    others: tuple[Row, ...] = ()
    parts: tuple[str, ...] = ()

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


def parse_query(text: str, analyser: Analyser, thesaurus: Thesaurus | None = None) -> Query:
    """Return the query that `text` asks: bare words, "exact words in a row", and -word to exclude.

    Any text is a query; what cannot be used is left out and told in `notes`, as are the words that `thesaurus` adds.
    """
    read = text[:MAX_LENGTH]
    pieces = list(_PIECE.finditer(read))
    synonyms = _Synonyms(thesaurus.expand_all(_bare(read, pieces)) if thesaurus else (), analyser)
    clauses = dict.fromkeys(
        (bool(piece["minus"]), clause) for piece in pieces for clause in _clauses(piece, analyser, synonyms)
    )
    wanted = _without_stop_words([clause for is_excluded, clause in clauses if not is_excluded], read)
    excluded = tuple(clause for is_excluded, clause in clauses if is_excluded)
    query = Query(text, wanted[:MAX_CLAUSES], excluded[:MAX_CLAUSES])
    is_cut = len(text) > MAX_LENGTH or max(len(wanted), len(excluded)) > MAX_CLAUSES
    is_open = any(piece["phrase"] is not None and not piece["end"] for piece in pieces)
    notes = (*_notes(query, is_cut=is_cut, is_open=is_open and not is_cut), *synonyms.notes())
    return replace(query, notes=notes)


def with_weaker_readings(query: Query, frequencies: tuple[int, ...], analyser: Analyser) -> Query:
    """Return `query` with the words no passage has read less strictly, "Gmund" as "Gmünd", and a note on it.

    `frequencies` holds, beside the wanted clauses, how many passages have each.
    """
    wanted, notes = [], list(query.notes)
    for clause, frequency in zip(query.wanted, frequencies, strict=True):
        weaker = () if frequency or clause.exact else _weaker(clause, analyser)
        if weaker:
            notes.append(f"„{clause.printed}“ kommt nicht vor; gesucht auch mit Umlaut.")
        wanted.append(replace(clause, others=clause.others + weaker))
    return replace(query, wanted=tuple(wanted), notes=tuple(notes))


def _weaker(clause: Clause, analyser: Analyser) -> tuple[Row, ...]:
    readings = analyser.weaker_readings(clause.printed) if len(clause.positions) == 1 else ()
    return (Row((readings,), _WEAKER),) if readings else ()


def _bare(text: str, pieces: list[re.Match[str]]) -> str:
    """Return `text` with a full stop for every character of what is quoted or excluded: that has no synonyms."""
    for piece in pieces:
        if piece["phrase"] is not None or piece["minus"]:
            text = text[: piece.start()] + "." * len(piece.group()) + text[piece.end() :]
    return text


class _Synonyms:
    """What else to look for instead of a stretch of the query."""

    def __init__(self, found: tuple[Expanded, ...], analyser: Analyser) -> None:
        self._found = found
        self._analyser = analyser

    def rows(self, start: int, end: int) -> tuple[Row, ...]:
        """Return what will do for the words at `[start, end)`."""
        return tuple(
            self._row(expansion)
            for expanded in self._found
            if (expanded.start <= start and end <= expanded.end) or (start <= expanded.start and expanded.end <= end)
            for expansion in expanded.expansions
        )

    def _row(self, expansion: Expansion) -> Row:
        tokens = self._analyser.tokens(" ".join(expansion.words))
        return Row(tuple((token.term,) for token in tokens), expansion.weight)

    def notes(self) -> Iterator[str]:
        """Yield what the reader is told."""
        words = dict.fromkeys(
            " ".join(expansion.words) for expanded in self._found for expansion in expanded.expansions
        )
        if words:
            more = " …" if len(words) > _MAX_SHOWN else ""
            yield f"auch gesucht: {', '.join(list(words)[:_MAX_SHOWN])}{more}"


def _notes(query: Query, *, is_cut: bool, is_open: bool) -> Iterator[str]:
    if is_open:
        yield "Ein Anführungszeichen wird nicht geschlossen; gesucht ist die Wortfolge bis zum Ende."
    if query.text.strip() and not query.wanted and not query.excluded:
        yield "Die Eingabe enthält kein Wort, nach dem gesucht werden kann."
    if is_cut:
        yield "Die Eingabe ist sehr lang; gesucht wird nur nach ihrem Anfang."
    if any(len(clause.positions) == MAX_ROW for clause in query.wanted + query.excluded):
        yield f"Von einer sehr langen Wortfolge werden nur die ersten {MAX_ROW} Wörter gesucht."


def _clauses(piece: re.Match[str], analyser: Analyser, synonyms: _Synonyms) -> Iterator[Clause]:
    """Yield the clause a piece of the text stands for; none if there is no word in it."""
    is_exact = piece["phrase"] is not None
    printed = piece["phrase"] if is_exact else piece["word"]
    tokens = analyser.tokens(printed)[:MAX_ROW]
    if not tokens:
        return
    shown = " ".join(printed[0 if is_exact else tokens[0].start : tokens[-1].end].split())
    if is_exact:
        yield Clause(shown, tuple((token.form,) for token in tokens), exact=True)
        return
    positions = tuple(analyser.readings(printed[token.start : token.end]) for token in tokens)
    at = piece.start("word")
    rows = () if piece["minus"] else synonyms.rows(at + tokens[0].start, at + tokens[-1].end)
    if len(tokens) > 1:
        rows += (Row((("".join(token.term for token in tokens),),), 1.0),)
    parts = _simple_parts(positions[0], analyser) if len(tokens) == 1 and not piece["minus"] else ()
    yield Clause(shown, positions, others=rows, parts=parts)


def _simple_parts(readings: tuple[str, ...], analyser: Analyser) -> tuple[str, ...]:
    """Return what a typed compound is made of, without the compounds inside it; those end with one of the parts."""
    parts = next((parts for term in readings if (parts := analyser.parts(term))), ())
    return tuple(part for part in parts if not any(part != other and part.endswith(other) for other in parts))


def _without_stop_words(clauses: list[Clause], text: str) -> tuple[Clause, ...]:
    """Return the clauses that carry the question; all of them if there are none but function words.

    Capitals make another word of it: "OB" is no function word, unless all is typed in capitals.
    """
    is_shouted = text.isupper() and len(clauses) > 1

    def is_telling(clause: Clause) -> bool:
        is_abbreviation = len(clause.printed) > 1 and clause.printed.isupper() and not is_shouted
        return clause.exact or is_abbreviation or fold(clause.printed) not in STOP_WORDS

    return tuple(filter(is_telling, clauses)) or tuple(clauses)

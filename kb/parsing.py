"""From what a reader types to a query: forgiving, never an error, with notes on what was repaired or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kb.fields import NAMES, Facts, read_field
from kb.query import AllOf, AnyOf, Clause, Field, Node, Query, Row, is_required
from kb.synonyms import Expanded, Expansion, Thesaurus
from kb.text import STOP_WORDS, Analyser, Token, fold
from kb.tokens import HYPHENS
from kb.translation import N_
from kb.translation import gettext as _

MAX_LENGTH, MAX_CLAUSES, MAX_ROW, MAX_DEPTH = 2000, 32, 64, 20
"""A pasted page is no query: so many characters are read, so many words, words in a row and nested brackets."""

MAX_PARTS, MAX_COSTLY = 16, 8
"""So many words may hang together in one ("Obmann-Modell"), and so many beginnings, likenesses and near words are
searched: each stands for very many words or places."""

_MAX_SHOWN = 8
"""So many synonyms are named in a note; all are searched."""

_QUOTES = '"„“”«»'
_VALUE = rf"(?:[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]|[^\s,(){_QUOTES}]+)"
_PIECE = re.compile(
    rf"(?P<minus>(?<![^\s(])-)?(?:"
    rf"(?P<field>{'|'.join(NAMES)}):(?P<values>{_VALUE}(?:,{_VALUE})*)"
    rf"|[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]|$)(?:~(?P<near>\d{{1,2}}))?"
    rf"|(?P<bracket>[()])"
    rf"|(?P<word>[^\s(){_QUOTES}]+(?:\([^\s(){_QUOTES}]*\)[^\s(){_QUOTES}]*)*))",
    re.IGNORECASE,
)
_PATTERN = re.compile(r"(?P<beginning>[^\W_]{2,})\*|(?P<like>[^\W_]{3,})~\d?")
_LONG_WORD = re.compile(r"[^\W\d_]{6}")
"""Where there is none, capitals are abbreviations: "KI OB"."""

_OPERATORS = {"UND": "and", "AND": "and", "ODER": "or", "OR": "or", "NICHT": "not", "NOT": "not"}
_Piece = re.Match[str]


def parse_query(text: str, analyser: Analyser, thesaurus: Thesaurus | None = None, facts: Facts | None = None) -> Query:
    """Return the query that `text` asks.

    Bare words, "exact words in a row", =word, begin*, like~, "near words"~5, -word, UND, ODER, NICHT, brackets and
    fields like sprecher:siebel, whose names `facts` resolve. Any text is a query; what cannot be used is left out and
    told in `notes`, as are the words that `thesaurus` adds.
    """
    read = text[:MAX_LENGTH]
    pieces = list(_PIECE.finditer(read))
    synonyms = _Synonyms(thesaurus.expand_all(_bare(read, pieces)) if thesaurus else (), analyser)
    parser = _Parser(
        pieces,
        _Words(analyser, synonyms, facts or Facts()),
        is_shouted=read.isupper() and bool(_LONG_WORD.search(read)),
    )
    root = parser.query()
    query = Query(text, root.wanted, root.excluded)
    is_cut = len(text) > MAX_LENGTH or parser.is_cut
    is_open = any(piece["phrase"] is not None and not piece["end"] for piece in pieces)
    notes = _notes(query, is_cut=is_cut, is_open=is_open and not is_cut)
    told = tuple(dict.fromkeys((*notes, *parser.notes, *synonyms.notes())))
    return replace(query, notes=told, synonyms=synonyms.words)


def _bare(text: str, pieces: list[_Piece]) -> str:
    """Return `text` with a full stop for every character of what is no bare word: that has no synonyms."""
    for piece in pieces:
        is_bare = piece["word"] is not None and not piece["minus"] and piece["word"] not in _OPERATORS
        if not is_bare or piece["word"].startswith("=") or _PATTERN.fullmatch(piece["word"]):
            text = text[: piece.start()] + "." * len(piece.group()) + text[piece.end() :]
    return text


def is_plain_word(text: str) -> bool:
    """Return whether all of `text` is read as one bare word, no operator, field or pattern.

    >>> is_plain_word("Stadt"), is_plain_word("UND"), is_plain_word("seite:3"), is_plain_word("-Stadt")
    (True, False, False, False)
    """
    piece = _PIECE.match(text)
    word = piece["word"] if piece else None
    return word == text and word not in _OPERATORS and word[0] != "=" and not _PATTERN.fullmatch(word)


def with_word(text: str, word: str, other: str) -> str:
    """Return the text of a query with a word looked for replaced by another; all else stays as it was typed.

    >>> with_word("Berg -Brg sprecher:Brg Brg", "Brg", "Berg")
    'Berg -Brg sprecher:Brg Berg'
    """
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    read = text[:MAX_LENGTH]
    for piece in reversed(list(_PIECE.finditer(read))):
        if not piece["minus"] and (piece["word"] is not None or piece["phrase"] is not None):
            read = read[: piece.start()] + whole.sub(lambda match: other, piece.group()) + read[piece.end() :]
    return read + text[MAX_LENGTH:]


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

    @property
    def words(self) -> tuple[str, ...]:
        """All that is searched beside what was typed, each once."""
        expansions = (expansion for expanded in self._found for expansion in expanded.expansions)
        return tuple(dict.fromkeys(" ".join(expansion.words) for expansion in expansions))

    def notes(self) -> Iterator[str]:
        """Yield what the reader is told."""
        if self.words:
            more = " …" if len(self.words) > _MAX_SHOWN else ""
            yield _("auch gesucht: %(words)s", words=", ".join(self.words[:_MAX_SHOWN]) + more)


def _operator(piece: _Piece) -> str:
    return "" if piece["minus"] or piece["word"] is None else _OPERATORS.get(piece["word"], "")


class _Parser:
    """Reads pieces from left to right: options joined by ODER, each of them words joined by UND or nothing."""

    def __init__(self, pieces: list[_Piece], words: _Words, *, is_shouted: bool) -> None:
        self._pieces = pieces
        self._words = words
        self._is_shouted = is_shouted and len(pieces) > 1
        self._at = 0
        self.is_cut = False
        self.notes: list[str] = words.notes

    def query(self) -> AllOf:
        """Return the tree of all pieces."""
        root = self._options(0, plain=False)
        if isinstance(root, AllOf):
            return root
        return AllOf((root,)) if root else AllOf()

    def _options(self, depth: int, *, plain: bool) -> Node | None:
        options = [self._all_of(depth, plain=plain)]
        while self._at < len(self._pieces) and _operator(self._pieces[self._at]) == "or":
            operator = self._pieces[self._at].group()
            self._at += 1
            options.append(self._all_of(depth, plain=plain))
            if not all(map(_holds, options[-2:])):
                self.notes.append(_joins_nothing(operator))
        options = list(filter(_holds, options))
        nodes = tuple(dict.fromkeys(map(_simple, options)))
        if len(nodes) < 2:
            return options[0] if options else None
        self.is_cut |= len(nodes) > MAX_CLAUSES
        return AnyOf(nodes[:MAX_CLAUSES])

    def _all_of(self, depth: int, *, plain: bool) -> AllOf:
        """Return everything up to the next ODER or the closing bracket."""
        wanted: list[Node] = []
        excluded: list[Node] = []
        joins, denies, operator = False, False, ""
        while self._at < len(self._pieces) and not self._ends_here(depth):
            piece = self._pieces[self._at]
            self._at += 1
            if _operator(piece):
                joins, denies = joins or _operator(piece) == "and", denies or _operator(piece) == "not"
                operator = piece.group()
                continue
            is_out = denies or bool(piece["minus"])
            nodes = self._nodes(piece, depth, plain=plain or is_out)
            if nodes:
                if joins and wanted:
                    wanted[-1] = _must(wanted[-1])
                (excluded if is_out else wanted).extend(map(_must, nodes) if joins and not is_out else nodes)
                joins, denies, operator = False, False, ""
        if operator:
            self.notes.append(_joins_nothing(operator))
        return AllOf(self._telling(wanted), self._limited(excluded))

    def _ends_here(self, depth: int) -> bool:
        piece = self._pieces[self._at]
        return _operator(piece) == "or" or (depth > 0 and piece["bracket"] == ")")

    def _nodes(self, piece: _Piece, depth: int, *, plain: bool) -> list[Node]:
        """Return what a piece stands for, a bracket with all that is in it."""
        if piece["bracket"] is None:
            return self._words.nodes(piece, plain=plain)
        if piece["bracket"] == ")" or depth == MAX_DEPTH:
            self.notes.append(_("Eine Klammer, zu der keine zweite gehört, bleibt unbeachtet."))
            return []
        inner = self._options(depth + 1, plain=plain)
        if self._at == len(self._pieces):
            self.notes.append(_("Eine Klammer wird nicht geschlossen; sie gilt bis zum Ende."))
        self._at += 1
        return [_simple(inner)] if inner else []

    def _telling(self, nodes: list[Node]) -> tuple[Node, ...]:
        """Return what carries the question; all of it if there are none but function words."""
        nodes = self._words.without_honorifics(nodes)
        return self._limited(list(filter(self._is_telling, nodes)) or nodes)

    def _is_telling(self, node: Node) -> bool:
        """Return whether a node is no function word. Capitals make another word of it, unless all is in capitals."""
        if is_required(node) or not isinstance(node, Clause):
            return True
        is_abbreviation = len(node.printed) > 1 and node.printed.isupper() and not self._is_shouted
        return is_abbreviation or fold(node.printed) not in STOP_WORDS

    def _limited(self, nodes: list[Node]) -> tuple[Node, ...]:
        different = tuple(dict.fromkeys(nodes))
        self.is_cut |= len(different) > MAX_CLAUSES
        return different[:MAX_CLAUSES]


def _joins_nothing(operator: str) -> str:
    return _("„%(operator)s“ verbindet hier nichts und bleibt unbeachtet.", operator=operator)


def _holds(node: AllOf) -> bool:
    return bool(node.wanted or node.excluded)


def _simple(node: Node) -> Node:
    """Return the one thing that all is about, if it is one."""
    if isinstance(node, AllOf) and len(node.wanted) == 1 and not node.excluded:
        return node.wanted[0]
    return node


def _must(node: Node) -> Node:
    return replace(node, must=True) if isinstance(node, Clause) else node


class _Words:
    """Makes nodes of the pieces that hold words; tells in `notes` what was made of names."""

    def __init__(self, analyser: Analyser, synonyms: _Synonyms, facts: Facts) -> None:
        self._analyser = analyser
        self._synonyms = synonyms
        self._facts = facts
        self._fields: dict[str, Field] = {}
        self._costly: set[str] = set()
        self.notes: list[str] = []

    def nodes(self, piece: _Piece, *, plain: bool) -> list[Node]:
        """Return the node a piece stands for; none if there is no word in it. A plain one means just these words."""
        if piece["field"] is not None:
            return [self._field(piece)]
        word = piece["word"] or ""
        pattern = _PATTERN.fullmatch(word)
        if pattern or piece["near"]:
            self._costly.add(piece.group())
            if len(self._costly) > MAX_COSTLY:
                self.notes.append(_(_TOO_COSTLY, most=MAX_COSTLY))
                return []
        if piece["phrase"] is not None:
            return self._exact(piece["phrase"], near=int(piece["near"] or 0))
        if pattern:
            return [_pattern(pattern)]
        if word.startswith("="):
            return self._exact(word[1:])
        return self._bare_word(word, piece.start("word"), plain=plain)

    def without_honorifics(self, nodes: list[Node]) -> list[Node]:
        """Return `nodes` without "Frau", "Prof. Dr." before a name: people are found by name, whatever they are called.

        A word that is somebody's name and a title too is a name.
        """
        kept: list[Node] = []
        is_before_name = False
        for node in reversed(nodes):
            word = "" if is_required(node) or not isinstance(node, Clause) else fold(node.printed.strip("."))
            if is_before_name and word in self._facts.honorifics - self._facts.name_words:
                continue
            kept.append(node)
            is_before_name = word in self._facts.name_words
        return kept[::-1]

    def _field(self, piece: _Piece) -> Field:
        written = f"{piece['field']}:{piece['values']}"
        if written in self._fields:
            return self._fields[written]
        values = [value.strip(_QUOTES) for value in re.findall(_VALUE, piece["values"])]
        field, notes = read_field(NAMES[piece["field"].lower()], values, self._facts)
        self.notes += notes
        self._fields[written] = field
        return field

    def _exact(self, printed: str, *, near: int = 0) -> list[Node]:
        tokens = self._analyser.tokens(printed)[:MAX_ROW]
        if not tokens:
            return []
        shown = " ".join(printed[: tokens[-1].end].split())
        near = near if 1 < len(tokens) <= _MOST_NEAR else 0
        return [Clause(shown, tuple((token.form,) for token in tokens), exact=True, near=near)]

    def _bare_word(self, printed: str, at: int, *, plain: bool) -> list[Node]:
        analyser = self._analyser
        tokens = analyser.tokens(printed)[:MAX_PARTS]
        if not tokens:
            return []
        shown = " ".join(printed[tokens[0].start : tokens[-1].end].split())
        positions = tuple(analyser.readings(printed[token.start : token.end]) for token in tokens)
        rows = () if plain else self._synonyms.rows(at + tokens[0].start, at + tokens[-1].end)
        if len(tokens) > 1:
            joined = Row((("".join(token.term for token in tokens),),), 1.0)
            parts = () if plain else _joined_parts(printed, tokens)
            return [Clause(shown, positions, others=(*rows, joined), parts=parts, whole=plain)]
        if plain:
            return [Clause(shown, positions, whole=True)]
        stems = tuple(sorted({analyser.stem(term) for term in positions[0]}))
        return [Clause(shown, positions, others=rows, parts=_simple_parts(positions[0], analyser), stems=stems)]


_MOST_NEAR = 3
_TOO_COSTLY = N_("Von Wortanfängen, ähnlichen und nahen Wörtern werden nur die ersten %(most)s gesucht.")


def _pattern(pattern: _Piece) -> Clause:
    if pattern["beginning"]:
        return Clause(f"{pattern['beginning']}…", ((f"{fold(pattern['beginning'])}*",),), exact=True)
    return Clause(f"{pattern['like']}~", ((f"{fold(pattern['like'])}~",),), exact=True)


def _simple_parts(readings: tuple[str, ...], analyser: Analyser) -> tuple[str, ...]:
    """Return what a typed compound is made of, without the compounds inside it; those end with one of the parts."""
    parts = next((parts for term in readings if (parts := analyser.parts(term))), ())
    return tuple(part for part in parts if not any(part != other and part.endswith(other) for other in parts))


def _joined_parts(printed: str, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the words that hyphens or strokes join, but for numbers and lone letters; none if it is but one."""
    between = {printed[one.end : other.start] for one, other in pairwise(tokens)}
    terms = [token.term for token in tokens if len(token.term) > 1 and not token.term[0].isdigit()]
    parts = tuple(dict.fromkeys(term for term in terms if term not in STOP_WORDS))
    return parts if between <= {*HYPHENS, "/"} and len(parts) > 1 else ()


def _notes(query: Query, *, is_cut: bool, is_open: bool) -> Iterator[str]:
    if is_open:
        yield _("Ein Anführungszeichen wird nicht geschlossen; gesucht ist die Wortfolge bis zum Ende.")
    if query.text.strip() and not query.wanted and not query.excluded:
        yield _("Die Eingabe enthält kein Wort, nach dem gesucht werden kann.")
    if is_cut:
        yield _("Die Eingabe ist sehr lang; gesucht wird nur nach ihrem Anfang.")
    for longest, is_exact in ((MAX_ROW, True), (MAX_PARTS, False)):
        if any(len(clause.positions) == longest and clause.exact == is_exact for clause in query.clauses):
            yield _("Von einer sehr langen Wortfolge werden nur die ersten %(most)s Wörter gesucht.", most=longest)

"""The cues of a theme: how a word in `themes.toml` is written, and which words of a text meet it.

`Wort` is met by the word in any inflected form, and, with five letters or more, by a longer word that begins or ends
with it. `Wort*` is met by what begins so, `*wort` by what ends so, `=Wort` by this form alone. Several words are met in
a row. `Wort^0.5` says the weight; without one a cue weighs 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.text import Analyser, Token

_PART_LENGTH = 5
PART = 0.8
"""What a longer word earns of the weight of a cue it begins or ends with."""

_CUE = re.compile(
    r"(?:(?P<exact>=)|(?P<before>\*)|)(?P<words>[^*^=]*[^*^=\s])"
    r"(?P<after>(?(exact)|(?(before)|\*?)))(?:\^(?P<weight>\d(?:\.\d+)?))?"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: the words as analysed, what it weighs, and whether it is one form alone or open at an end."""

    forms: tuple[str, ...]
    terms: tuple[str, ...]
    weight: float = 1.0
    is_exact: bool = False
    is_open: tuple[bool, bool] = (False, False)

    def earns(self, token: Token) -> float:
        """Return the weight a single word earns: all for the word itself, less for a longer word with it, else 0."""
        form, term = self.forms[0], self.terms[0]
        if form == token.form or (not self.is_exact and term in (token.form, token.term)):
            return self.weight
        if any(self.is_open):
            return self.weight if self._is_met_at_an_end(token, form) else 0.0
        if self.is_exact or len(term) < _PART_LENGTH:
            return 0.0
        words = (token.form, token.term)
        is_part = any(word.startswith(term) or word.endswith(term) for word in words)
        return self.weight * PART if is_part else 0.0

    def _is_met_at_an_end(self, token: Token, form: str) -> bool:
        words = (token.form, token.term)
        return any(word.endswith(form) if self.is_open[0] else word.startswith(form) for word in words)

    def stands_at(self, at: int, tokens: Sequence[Token]) -> bool:
        """Return whether the words of this cue stand in a row in a text, from one of its tokens on."""
        return tuple(token.term for token in tokens[at : at + len(self.terms)]) == self.terms


def is_cue(written: str) -> bool:
    """Return whether this is a way to write a cue.

    >>> is_cue("Miet*"), is_cue("soziale Mischung^2"), is_cue("Miete^x"), is_cue("*miet*")
    (True, True, False, False)
    """
    match = _CUE.fullmatch(written)
    return match is not None and any(sign.isalnum() for sign in match["words"])


def parse_cue(written: str, analyser: Analyser) -> Cue:
    """Return the cue written in `themes.toml`.

    >>> parse_cue("Mieten^0.5", Analyser())
    Cue(forms=('mieten',), terms=('miete',), weight=0.5, is_exact=False, is_open=(False, False))

    Raises:
        ValueError: it is not written as a cue.
    """
    match = _CUE.fullmatch(written)
    if match is None:
        raise ValueError(f"{written!r} is no cue")
    tokens = analyser.tokens(match["words"])
    return Cue(
        forms=tuple(token.form for token in tokens),
        terms=tuple(token.term for token in tokens),
        weight=float(match["weight"] or 1),
        is_exact=bool(match["exact"]),
        is_open=(bool(match["before"]), bool(match["after"])),
    )

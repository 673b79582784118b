"""What a quotation leaves out that may turn its meaning: negations, conditions, the speaker's own distance.

Words are found by form, without grammar: a caution says that such a word is missing, not that the quotation is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.lemmas import primary_language
from kb.translation import N_
from kb.translation import gettext as _


class Where(StrEnum):
    """Where the words stand that are left out."""

    GAP = "gap"
    BEFORE = "before"
    AFTER = "after"
    NEXT = "next"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a reader of the quotation should know; `words` are those it is about, `sentence` tells it."""

    kind: str
    where: Where
    words: tuple[str, ...]
    sentence: str


def _words(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


_GERMAN: Mapping[str, re.Pattern[str]] = {
    "negation": _words(
        "nicht", "nichts", "nie", "niemals", "niemand(?:em|en|es)?", "nirgend(?:s|wo)", "weder", "ohne", "kaum", "nein",
        r"kein\w*", "mitnichten", "statt", "anstatt",
    ),
    "condition": _words(
        "wenn", "falls", "sofern", "soweit", "solange", "vorausgesetzt", "es sei denn", "angenommen", "im falle?",
        "unter der bedingung", "unter der voraussetzung",
    ),
    "restriction": _words(
        "nur", "lediglich", "bloß", "ausschließlich", "höchstens", "allenfalls", "fast", "beinahe", "teilweise",
        "manchmal", "bis auf", "außer", "mindestens",
    ),
    "contrast": _words(
        "aber", "jedoch", "allerdings", "zwar", "sondern", "dennoch", "trotzdem", "hingegen", "dagegen", "obwohl",
        "obgleich", "wenngleich", "gleichwohl", "andererseits", "während", r"(?<=[.,;:!?–] )doch",
    ),
    "distance": _words(
        r"angeblich\w*", r"vermeintlich\w*", r"mutmaßlich\w*", r"so ?genannt\w*", "ich zitiere", "zitat", "zitiert",
        r"so (?:mein\w*|unser\w*|sein\w*|ihr\w*|der|die|herr|frau) \w+", "zufolge", "laut",
        r"(?:manche|viele|einige|andere|die einen|die leute|man|er|sie) (?:sagt|sagen|meint|meinen|behauptet|behaupten|"
        r"glaubt|glauben|denkt|denken)",
        r"(?:sagt|sagen|meint|meinen|behauptet|behaupten|glaubt|glauben) (?:manche|viele|einige|andere|man|er|sie)",
        "behauptung", "vorurteil", "gerücht", "mythos",
    ),
    "subjunctive": _words("sei", "seien", "wäre[nt]?", "hätte[nt]?", "würde[nt]?", "könnte[nt]?", "möge[nt]?"),
}  # fmt: skip
_ENGLISH: Mapping[str, re.Pattern[str]] = {
    "negation": _words(
        "not", r"\w+n['’]t", "cannot", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without",
        "hardly", "barely",
    ),
    "condition": _words("if", "unless", "provided", "as long as", "in case", "assuming"),
    "restriction": _words("only", "merely", "solely", "almost", "partly", "except", "at most", "at least"),
    "contrast": _words("but", "however", "although", "though", "yet", "nevertheless", "whereas", "despite"),
    "distance": _words(
        "allegedly", "supposedly", "so-called", "i quote", "quote", "according to",
        "(?:some|many|people|others|they) (?:say|claim|think|believe)",
    ),
    "subjunctive": _words("would", "could", "might"),
}  # fmt: skip
_TABLES = {"en": _ENGLISH}

_RETRACTED = re.compile(
    r"[\"„“»«‚‘(\[]*(?P<words>Aber|Doch|Jedoch|Allerdings|Nein|Im Gegenteil|(?:Das|Dies) (?:ist|war|stimmt|gilt)"
    r"(?:\s\w+){0,2}? (?:nicht|falsch)|But|However|No|On the contrary)(?!\w)"
)
_NAMES = {
    "negation": N_("eine Verneinung"),
    "condition": N_("eine Bedingung"),
    "restriction": N_("eine Einschränkung"),
    "contrast": N_("ein Gegensatz"),
    "distance": N_("eine Distanzierung"),
    "subjunctive": N_("eine Möglichkeitsform"),
}
_PLACES = {
    Where.GAP: N_("In der Auslassung steht %(what)s: %(words)s."),
    Where.BEFORE: N_("Vor dem Zitat steht im selben Satz %(what)s: %(words)s."),
    Where.AFTER: N_("Nach dem Zitat steht im selben Satz %(what)s: %(words)s."),
}
_INNER: Mapping[tuple[bool, bool], str] = {
    (True, True): N_("Die Worte sind ein Zitat im Zitat: von %(speaker)s, zitiert von %(outer)s. Nennen Sie beide."),
    (True, False): N_("Die Worte sind ein Zitat im Zitat: von %(speaker)s. Nennen Sie beide."),
    (False, True): N_(
        "Ein Teil der Worte ist ein Zitat im Zitat: von %(speaker)s, zitiert von %(outer)s. Nennen Sie beide."
    ),
    (False, False): N_("Ein Teil der Worte ist ein Zitat im Zitat: von %(speaker)s. Nennen Sie beide."),
}
"""By whether all words are somebody else's, and whether it is known who quotes them."""

_CLAUSE_END = re.compile(r"[.,;:!?…–)\"“”«»‘’]")
_REST = 2


def omitted_words(text: str, where: Where, *, language: str = "de") -> Iterator[Caution]:
    """Yield a caution for each kind of word in `text`, which is left out, that may turn the meaning of the rest.

    >>> [caution.kind for caution in omitted_words("wenn es nicht regnet,", Where.GAP)]
    ['negation', 'condition']
    """
    for kind, pattern in _TABLES.get(primary_language(language), _GERMAN).items():
        found = tuple(dict.fromkeys(" ".join(match.group().split()) for match in pattern.finditer(text)))
        if found:
            told = _(
                _PLACES[where], what=_(_NAMES[kind]), words=", ".join(_("„%(words)s“", words=one) for one in found)
            )
            yield Caution(kind, where, found, told)


def unfinished(kept: str, rest: str) -> Iterator[Caution]:
    """Yield a caution if only a word or two of a clause are left out at its end: in German that is where the verb is.

    >>> [caution.words for caution in unfinished("Wir lehnen das Haus", "ab, weil")]
    [('ab',)]
    """
    clause = _CLAUSE_END.split(rest, maxsplit=1)[0].split()
    if clause and len(clause) <= _REST and not _CLAUSE_END.match(kept[-1:]):
        missing = " ".join(clause)
        told = _("Das Zitat bricht kurz vor dem Ende des Teilsatzes ab: „%(words)s“ fehlt.", words=missing)
        yield Caution("unfinished", Where.AFTER, (missing,), told)


def lost_question(kept: str, rest: str) -> Iterator[Caution]:
    """Yield a caution if the sentence the quotation breaks off in is a question."""
    if rest.rstrip('"“”«»‘’) ').endswith("?") and "?" not in kept:
        told = _("Der Satz ist eine Frage; das Fragezeichen fehlt im Zitat.")
        yield Caution("question", Where.AFTER, ("?",), told)


def retracted(following: str) -> Iterator[Caution]:
    """Yield a caution if the sentence after the quotation begins by taking something back."""
    if match := _RETRACTED.match(following):
        said = " ".join(match["words"].split())
        yield Caution("contrast", Where.NEXT, (said,), _("Der nächste Satz beginnt mit „%(words)s“.", words=said))


def inner_quotation(speaker: str, outer: str, *, whole: bool) -> Caution:
    """Return the caution that the words, or some of them, are somebody else's whom the speaker quotes."""
    told = _(_INNER[whole, bool(outer)], speaker=speaker or _("jemand anderem"), outer=outer)
    return Caution("embedded", Where.INSIDE, (speaker,) if speaker else (), told)


def page_turned(pages: str) -> Caution:
    """Return the caution that a page begins between the words quoted."""
    told = _("In der Auslassung beginnt eine neue Seite; der Nachweis nennt S. %(pages)s.", pages=pages)
    return Caution("page_break", Where.GAP, (), told)


def printed_ellipsis() -> Caution:
    """Return the caution that an ellipsis in brackets is printed in the source, too."""
    told = _("„[…]“ steht auch im Druck; im Zitat ist das von Ihrer Auslassung nicht zu unterscheiden.")
    return Caution("printed_ellipsis", Where.INSIDE, ("[…]",), told)

"""Changes that turn the sense of a sentence: a negation, a number or a quantity lost, added or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.quote_words import DASH, QUOTE, Word

_NEGATION = re.compile(
    r"nicht|nichts|kein(?:e[nmrs]?|erlei|esfalls|eswegs)?|keinesfalls|keineswegs|nie|niemals|niemand(?:e[nms]|s)?"
    r"|nirgend\w*|ohne|weder|kaum|mitnichten|not|no|never|nobody|nothing|neither|nor|without|hardly|cannot"
    r"|\w+n't"
)
_DIRECT = re.compile(r"nicht|nie|niemals|kaum|kein(?:e[nmrs]?)?|not|never|no")
_UN = re.compile(r"(?:nicht|un|miss|in|im|il|ir|dis|des|anti)-?")
_LOS = re.compile(r"(\w{3,})los(?:e[nmrs]?)?")
_DIGITS = re.compile(r"\d[\d.,]*")
_THOUSANDS = re.compile(r"(?<=\b\d) (?=\d{3}\b)|(?<=\b\d\d) (?=\d{3}\b)|(?<=\b\d{3}) (?=\d{3}\b)")
_NUMBER_WORDS = {
    word: value
    for value, words in {
        0: "null zero", 1: "eins one", 2: "zwei zwo two", 3: "drei dreien three", 4: "vier four", 5: "fuenf five",
        6: "sechs six", 7: "sieben seven", 8: "acht eight", 9: "neun nine", 10: "zehn ten", 11: "elf eleven",
        12: "zwoelf twelve", 13: "dreizehn", 14: "vierzehn", 15: "fuenfzehn", 16: "sechzehn", 17: "siebzehn",
        18: "achtzehn", 19: "neunzehn", 20: "zwanzig twenty", 30: "dreissig thirty", 40: "vierzig forty",
        50: "fuenfzig fifty", 60: "sechzig sixty", 70: "siebzig seventy", 80: "achtzig eighty", 90: "neunzig ninety",
        100: "hundert einhundert hundred", 1000: "tausend eintausend thousand", 10**6: "million millionen",
        10**9: "milliarde milliarden billion",
    }.items()
    for word in words.split()
}  # fmt: skip
_UNITS = "ein|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf"
_TENS = "zwanzig|dreissig|vierzig|fuenfzig|sechzig|siebzig|achtzig|neunzig"
_COMPOUND_NUMBER = re.compile(
    rf"(?:{_UNITS})(?:und(?:{_TENS})|hundert\w*|tausend\w*|tel\w*|tens|stellig\w*)|(?!ein)(?:{_UNITS})(?:mal|fach\w*|ten?)"
    rf"|(?:{_TENS})(?:ste[nrsm]?|mal|fach\w*)|doppelt\w*|verdoppel\w*|halb\w*|halbier\w*|haelfte|drittel\w*|viertel\w*"
    r"|erste[nrsm]?|zweite[nrsm]?|dritte[nrsm]?|dutzend\w*|hunderte[nr]?|tausende[nr]?|half|third|quarter|double"
)
_QUANTITY = re.compile(
    r"all(?:e[nmrs]?)?|saemtliche[nmrs]?|jede[nmrs]?|einige[nmrs]?|etliche[nmrs]?|viele[nmrs]?|viel|wenige[nmrs]?|wenig"
    r"|manche[nmrs]?|mehrere[nmrs]?|meiste[nmrs]?|meist|meistens|beide[nmrs]?|mehrheit\w*|minderheit|mehrzahl|grossteil"
    r"|saemtlich|niemand|jemand|immer|stets|selten|haeufig|oft|oftmals|manchmal|mindestens|hoechstens|maximal|minimal"
    r"|every|each|some|many|few|most|both|several|always|often|seldom|rarely"
)
_FREQUENCY_WORDS = "immer stets selten haeufig oft oftmals manchmal meist meistens always often seldom rarely"
_FREQUENCY = frozenset(_FREQUENCY_WORDS.split())
_OPPOSITES = frozenset(
    frozenset(pair.split())
    for pair in ("mehr weniger", "mehr minder", "more less", "mehr kaum", "viel wenig", "groesser kleiner")
)

Change = tuple[tuple[Word, ...], tuple[Word, ...]]


def flips_sense(changes: Iterable[Change]) -> bool:
    """Return whether any of the changes (printed words, quoted words) loses, adds or changes a negation or quantity."""
    return any(_flips(_folded(before), _folded(after)) for before, after in changes)


def _folded(words: Sequence[Word]) -> list[str]:
    text = " ".join(word.folded.strip("-") for word in words if word.folded)
    return _THOUSANDS.sub("", text).split()


def _flips(before: Sequence[str], after: Sequence[str]) -> bool:
    lost = [word for word in before if word not in after]
    added = [word for word in after if word not in before]
    return (
        _negations(lost) != _negations(added)
        or _numbers(lost) != _numbers(added)
        or _quantities_differ(lost, added)
        or any(_is_negated(one, other) for one in lost for other in added)
        or any(frozenset((one, other)) in _OPPOSITES for one in lost for other in added)
    )


def is_negation(folded: str) -> bool:
    """Return whether a folded word negates: nicht, kein, nie, ohne, weder, kaum and their forms."""
    return bool(_NEGATION.fullmatch(folded))


def _negations(words: Iterable[str]) -> int:
    return sum(map(is_negation, words))


def _numbers(words: Iterable[str]) -> list[str]:
    return sorted(number for number in map(_number, words) if number)


def _number(word: str) -> str:
    """Return the number a word names, as figures where they are known; "" if it names none."""
    if word in _NUMBER_WORDS:
        return str(_NUMBER_WORDS[word])
    figures = _DIGITS.search(word)
    if figures:
        return figures.group().replace(".", "").rstrip(",")
    return word if _COMPOUND_NUMBER.fullmatch(word) else ""


def _quantities_differ(lost: Sequence[str], added: Sequence[str]) -> bool:
    """Return whether a quantity is gone, new or another; how often something happens counts only if it is replaced."""
    before, after = _quantities(lost), _quantities(added)
    if before == after:
        return False
    return bool(before and after) or bool((before | after) - _FREQUENCY)


def _quantities(words: Iterable[str]) -> set[str]:
    found = (word for word in words if _QUANTITY.fullmatch(word))
    return {re.sub(r"(?<=[a-z]{3})e[nmrs]?$", "", word) for word in found}


def _is_negated(one: str, other: str) -> bool:
    """Return whether the words differ by a prefix or suffix that negates: umkehrbar, unumkehrbar."""
    shorter, longer = sorted((one, other), key=len)
    match = _UN.match(longer)
    stem = longer[match.end() :] if match else ""
    if len(shorter) >= 4 and stem and _same_stem(stem, shorter):
        return True
    without = _LOS.fullmatch(longer)
    return bool(without and shorter.startswith(without.group(1)[:5]) and not _LOS.fullmatch(shorter))


def _same_stem(one: str, other: str) -> bool:
    """Return whether the words are the same but for their endings."""
    shared = min(len(one), len(other))
    return abs(len(one) - len(other)) <= 2 and one[: max(4, shared - 2)] == other[: max(4, shared - 2)]


def drops_negation_at_edge(words: Sequence[Word], first: int, end: int, *, opens_anew: bool = False) -> bool:
    """Return whether the words `[first, end)` leave out a negation of the clause they begin or end.

    So they do with "nicht", "nie", "kein" right before them if they end the clause, or begin with a capital that print
    does not have (`opens_anew`), and right behind them if they begin it.
    """
    before = words[first - 1] if first else None
    after = words[end] if end < len(words) else None
    begins = before is None or before.is_mark
    ends = after is None or after.is_mark
    lost_before = before is not None and _DIRECT.fullmatch(before.folded) and (ends or opens_anew)
    return bool(lost_before or (after is not None and begins and is_negation(after.folded)))


def gap_hides_negation(words: Sequence[Word], start: int, end: int) -> bool:
    """Return whether the words left out, `[start, end)`, hold a negation of a clause of which other words are kept."""
    for at in range(start, end):
        if words[at].folded and is_negation(words[at].folded):
            left = next((k for k in range(at - 1, -1, -1) if _ends_clause(words[k])), -1)
            right = next((k for k in range(at + 1, len(words)) if _ends_clause(words[k])), len(words))
            if left + 1 < start or right > end:
                return True
    return False


def _ends_clause(word: Word) -> bool:
    return word.is_mark and word.key not in (QUOTE, DASH, "(", ")", "/")

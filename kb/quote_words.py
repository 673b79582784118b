"""The words of a passage and of a quotation as they are compared: letter for letter, without what is mere typography.

White space, soft hyphens, the Unicode form and the style of quotation marks, hyphens and dashes make no difference;
case, spelling and every punctuation mark inside do.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.folding import SOFT_HYPHENS, fold, normalise

QUOTE, DASH, ELLIPSIS = '"', "–", "…"
LEFT_OUT = "[…]"
"""How words are shown that an ellipsis stands for."""

_LETTER = r"[^\W\d_]"
_INSIDE = rf"(?:[^\W_]|[\u0300-\u036f{SOFT_HYPHENS[1:]}]|[\u00ad¬]\s*(?=[^\W\d_]))*"
_NUMBER = r"\d+(?:[.,]\d+)*(?:[–—-]\d+(?:[.,]\d+)*)*"
_ELEMENT = rf"(?:{_NUMBER}(?![^\W\d_])|[^\W_]{_INSIDE}[\u00ad¬]?)"
_WORD = rf"(?:(?<![^\s(/\[])[-‐‑](?={_LETTER}))?{_ELEMENT}(?:[-‐‑–'’‘]{_ELEMENT})*(?:[-‐‑](?![-‐‑\w]))?"
_ELLIPSES = r"\[\s*(?:…|(?:\.\s*){2,4})\s*\]|\(\s*(?:…|(?:\.\s*){3})\s*\)|…|\.\s?\.\s?\."
_TOKEN = re.compile(
    rf"(?P<ellipsis>{_ELLIPSES})|(?P<word>{_WORD})|(?P<quote>,,|''|``|<<|>>|[„“”»«\"‚‘’‹›'`´])"
    r"|(?P<dash>[-‐‑–—―−]+)|(?P<other>\S)"
)
_ENDINGS = frozenset(".,;:!") | {QUOTE, DASH, ELLIPSIS}
_CASE_IN_BRACKETS = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_EDITORIAL = re.compile(
    r"\s*\[\s*(?:sic\s*!?|!|\?|(?:herv|kursiv|anm|übers|meine übers)\w*\b[^\]]{0,60})\s*\]", re.IGNORECASE
)
_NOTE_CALL = re.compile(rf"(?:(?<={_LETTER}{_LETTER}{_LETTER})|(?<=[.,;:!?“”\"]))[¹²³⁰⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark at `[start, end)` of its text; `key` is what is compared, `folded` that without case and accents.

    `folded` is empty for marks.
    """

    start: int
    end: int
    key: str
    folded: str

    @property
    def is_mark(self) -> bool:
        return not self.folded


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A quotation taken apart: `text` is what was read, `parts` its stretches between ellipses, none of them empty.

    `ending` is the mark that closes it, "" if none does.
    """

    text: str
    parts: tuple[tuple[Word, ...], ...]
    ending: str = ""

    @property
    def words(self) -> tuple[Word, ...]:
        """All words and marks, ellipses as marks between the parts."""
        joined: list[Word] = []
        for part in self.parts:
            if joined:
                joined.append(Word(part[0].start, part[0].start, ELLIPSIS, ""))
            joined += part
        return tuple(joined)

    @property
    def count(self) -> int:
        """How many words there are, marks left aside."""
        return sum(not word.is_mark for part in self.parts for word in part)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words and marks of `text` in order.

    >>> [word.key for word in words_of("Er fragt: »Boden- und Mietpreise?« – ja")]
    ['Er', 'fragt', ':', '"', 'Boden-', 'und', 'Mietpreise', '?', '"', '–', 'ja']
    """
    return tuple(_word(match) for match in _TOKEN.finditer(text))


def _word(match: re.Match[str]) -> Word:
    start, end = match.span()
    if match.lastgroup == "word":
        return Word(start, end, *_keys(match.group()))
    marks = {"ellipsis": ELLIPSIS, "quote": QUOTE, "dash": DASH}
    return Word(start, end, marks.get(match.lastgroup or "", match.group()), "")


@lru_cache(maxsize=200_000)
def _keys(printed: str) -> tuple[str, str]:
    key = normalise(re.sub(r"[\u00ad¬]\s*", "", printed))
    for sign in "‐‑–—":
        key = key.replace(sign, "-")
    return key, fold(key) or key.lower()


def quoted_words(text: str) -> QuotedWords:
    """Return a quotation taken apart; outer quotation marks and what its author noted in brackets left aside.

    >>> quote = quoted_words("„[D]ie Stadt […] wächst [sic].“")
    >>> [[word.key for word in part] for part in quote.parts], quote.ending
    ([['Die', 'Stadt'], ['wächst']], '.')
    """
    read = _EDITORIAL.sub("", _CASE_IN_BRACKETS.sub(r"\1", _NOTE_CALL.sub("", text))).strip()
    parts: list[list[Word]] = [[]]
    for word in words_of(read):
        if word.key == ELLIPSIS:
            parts.append([])
        else:
            parts[-1].append(word)
    ending = next((word.key for word in reversed(parts[-1]) if word.key not in (QUOTE, DASH)), "")
    trimmed = [_trimmed(part) for part in parts]
    return QuotedWords(read, tuple(part for part in trimmed if part), ending if ending in ".!?,;:" else "")


def by_sentence(quote: QuotedWords) -> QuotedWords:
    """Return a quotation with its sentences as parts, as if an ellipsis stood between them."""
    parts: list[list[Word]] = []
    for part in quote.parts:
        parts.append([])
        for word in part:
            parts[-1].append(word)
            if word.key in (".", "!", "?"):
                parts.append([])
    trimmed = [_trimmed(part) for part in parts]
    return replace(quote, parts=tuple(part for part in trimmed if part))


def _trimmed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return words without the marks at their edges that say nothing of what stands between."""
    start, end = 0, len(words)
    while start < end and words[start].key in _ENDINGS:
        start += 1
    while end > start and words[end - 1].key in _ENDINGS:
        end -= 1
    kept = words[start:end]
    return tuple(kept) if any(not word.is_mark for word in kept) else ()


def mended(words: Sequence[Word], printed: Container[str]) -> tuple[Word, ...]:
    """Return the words of a quotation with hyphens of its own line ends taken out where print has the whole word.

    >>> text = "Zusam- menhalt in der Klein- und der Groß-stadt"
    >>> [word.key for word in mended(words_of(text), {"Zusammenhalt", "Klein-", "und", "Großstadt"})][:3]
    ['Zusammenhalt', 'in', 'der']
    """
    if not any("-" in word.key for word in words):
        return tuple(words)
    whole: list[Word] = []
    for word in words:
        last = whole[-1] if whole else None
        joined = _joined(last, word, printed) if last is not None and last.key.endswith("-") else None
        if joined is not None:
            whole[-1] = joined
        else:
            whole.append(word)
    return tuple(piece for word in whole for piece in _as_printed(word, printed))


def _joined(first: Word, second: Word, printed: Container[str]) -> Word | None:
    for key in (first.key[:-1] + second.key, first.key + second.key):
        if _is_printed(key, printed):
            return replace(first, end=second.end, key=key, folded=fold(key))
    return None


def _as_printed(word: Word, printed: Container[str]) -> tuple[Word, ...]:
    """Return a word without the one hyphen before a small letter that print does not have, or parted by dashes."""
    if "-" not in word.key or _is_printed(word.key, printed):
        return (word,)
    for match in re.finditer(r"(?<=\w)-(?=[a-zäöüß])", word.key):
        key = word.key[: match.start()] + word.key[match.end() :]
        if _is_printed(key, printed):
            return (replace(word, key=key, folded=fold(key)),)
    pieces = word.key.split("-")
    if not all(piece and _is_printed(piece, printed) for piece in pieces):
        return (word,)
    dash = replace(word, key=DASH, folded="")
    words = [replace(word, key=piece, folded=fold(piece)) for piece in pieces]
    return tuple(one for piece in words for one in (dash, piece))[1:]


def _is_printed(key: str, printed: Container[str]) -> bool:
    return key in printed or other_case(key) in printed


def other_case(key: str) -> str:
    """Return a word with its first letter in the other case.

    >>> other_case("die"), other_case("Stadt")
    ('Die', 'stadt')
    """
    return (key[:1].lower() if key[:1].isupper() else key[:1].upper()) + key[1:]

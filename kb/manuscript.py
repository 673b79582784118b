"""The quotations of a manuscript, with whom and which page its author names for them.

Plain text and Markdown. What stands in quotation marks of any style and in block quotes is taken; quotations inside
quotations belong to the outer one. A name is looked for in the sentence the quotation stands in and in the brackets
behind it; a pronoun names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.claims import Names
from kb.quote_marks import outermost
from kb.quotes import MAX_CHARACTERS, MAX_MANUSCRIPT, MAX_QUOTES, Quote, TooMuch
from kb.text import STOP_WORDS, fold

FEWEST_WORDS = 4
"""Fewer words between marks are a term, not a quotation."""

_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^)]*\))*\)|\[\^[^\]]+\]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_QUOTED_LINE = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_INDENTED = re.compile(r"(?:^(?: {4,}|\t)\S.*(?:\n|$))+", re.MULTILINE)
_SIGNED = re.compile(
    r"\n?\s*(?:[–—]|--?)\s*(?=[A-ZÄÖÜ])(?P<source>[^\n]{2,150})$|\n?\s*\((?P<bracket>[^()\n]{2,150})\)\s*$"
)
_SENTENCE_END = re.compile(r"(?<![A-ZÄÖÜ]\.)(?<!\b[A-Za-zÄÖÜ])(?<!\bDr)(?<!\bProf)(?<!\bSt)(?<!\bvgl)[.!?](?=\s|$)")
_BRACKET = re.compile(r"\s*[.,;:]?\s*[(\[]([^()\[\]]{1,200})[)\]]")
_PAGE = re.compile(
    r"(?:\b(?:S|Seiten?|pp?|pages?)\b\.?\s*)(\d{1,4}(?:\s*(?:[-–—]|bis)\s*\d{1,4}|\s*ff?\b\.?)?)", re.IGNORECASE
)
_BARE_PAGE = re.compile(r"(?:\d{4}[a-z]?\s*[:,]\s*|^\s*)(\d{1,4}(?:\s*[-–]\s*\d{1,4}|\s*ff?\b\.?)?)\s*$")
_VERBS = (
    r"(?:sag|mein|beton|erklär|schreib|schrieb|forder|berichte|ergänz|antwort|warn|frag|stell|resümier|formulier|wünsch"
    r"|hob|heb|unterstr|verw|plädier|kritisier|konstatier|bemerk|äußer|sprach|sprich|rief|ruf|zitier)\w*"
)
_TITLE = (
    r"(?:(?:Herrn?|Frau|Dr\.|Prof\.|OB|Oberbürgermeister(?:in)?|(?:Staats)?[Mm]inister(?:in)?|Bürgermeister(?:in)?)\s+)"
)
_NAME = (
    rf"{_TITLE}*[A-ZÄÖÜ][\w’-]+(?:\s+(?:von|van|de|der|zu)\s+|\s+)?(?:[A-ZÄÖÜ][\w’-]+){{0,1}}(?:\s+[A-ZÄÖÜ][\w’-]+)?"
)
_NAMED_AFTER = re.compile(rf"^\s*[.!?]?\s*[,–-]?\s*(?:so|{_VERBS})\s+(?:auch\s+|etwa\s+|dazu\s+)?(?P<name>{_NAME})")
_NAMED_BEFORE = re.compile(rf"(?P<name>{_NAME})(?:\s*\([^)]*\)|,[^,:]{{2,80}},)?\s*(?:{_VERBS}[^.:!?]{{0,60}})?:\s*$")
_NAME_IN_BRACKET = re.compile(rf"^\s*(?:vgl\.\s+|so\s+)?(?P<name>{_NAME})(?=\s*[,:;\d]|\s*$)")


@dataclass(frozen=True, slots=True)
class _Found:
    """Words quoted in a paragraph, with what stands before and behind them in it."""

    words: str
    before: str
    behind: str


def read_manuscript(text: str, names: Names) -> tuple[Quote, ...]:
    """Return the quotations of a manuscript in order, with the names and pages its author gives them.

    Raises:
        TooMuch: the manuscript is too long, or has too many quotations.
    """
    if len(text) > MAX_MANUSCRIPT:
        raise TooMuch("characters of a manuscript", MAX_MANUSCRIPT)
    quotes: list[Quote] = []
    for found in _quotations(text.replace("\r\n", "\n").replace("\r", "\n")):
        if len(found.words.split()) < FEWEST_WORDS:
            continue
        if len(quotes) == MAX_QUOTES:
            raise TooMuch("quotations of a manuscript", MAX_QUOTES)
        if len(found.words) > MAX_CHARACTERS:
            raise TooMuch("characters of one quotation", MAX_CHARACTERS)
        quotes.append(Quote(found.words, _speaker(found, names), _page(found)))
    return tuple(quotes)


def _quotations(text: str) -> Iterator[_Found]:
    before = ""
    for paragraph in _PARAGRAPHS.split(text):
        if _is_block(paragraph):
            yield _block_quote(paragraph, before)
        else:
            plain = _plain(paragraph)
            for one in outermost(plain):
                yield _Found(_on_one_line(plain[one.start : one.end]), plain[: one.start - 1], plain[one.end + 1 :])
        before = paragraph


def _is_block(paragraph: str) -> bool:
    lines = [line for line in paragraph.split("\n") if line.strip()]
    if not lines:
        return False
    quoted = all(_QUOTED_LINE.match(line) for line in lines) or bool(_QUOTED_LINE.match(lines[0]))
    return quoted or bool(_INDENTED.fullmatch("\n".join(lines)) and len(paragraph.split()) > 2 * FEWEST_WORDS)


def _block_quote(paragraph: str, before: str) -> _Found:
    """Return the words of a block quote, its source line or the brackets at its end taken for what is behind it."""
    words = _plain(_QUOTED_LINE.sub("", paragraph)).strip()
    signed = _SIGNED.search(words)
    behind = f"({signed.group('source') or signed.group('bracket')})" if signed else ""
    words = words[: signed.start()] if signed else words
    whole = next(outermost(words.strip()), None)
    inner = words.strip()
    if whole is not None and whole.start <= 1 and whole.end >= len(inner.rstrip(".")) - 1:
        inner = inner[whole.start : whole.end]
    lead = _plain(before).rstrip()
    return _Found(_on_one_line(inner), lead if lead.endswith(":") else "", behind)


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _plain(text: str) -> str:
    """Return Markdown without emphasis, links and footnote calls."""
    text = _LINK.sub(lambda match: match.group(1) or "", text)
    return _EMPHASIS.sub(r"\2", text)


def _speaker(found: _Found, names: Names) -> str:
    """Return the name nearest to a quotation: in brackets behind it, in the clause behind it, before it."""
    bracket = _BRACKET.match(found.behind)
    clause = _clause_behind(found.behind)
    lead = _sentence_before(found.before)
    in_bracket = _name(bracket.group(1), names, _NAME_IN_BRACKET, last=False) if bracket else ""
    after = _name(clause, names, _NAMED_AFTER, last=False)
    before = _name(lead, names, _NAMED_BEFORE, last=True)
    if in_bracket:
        return in_bracket
    return before or after if lead.rstrip().endswith(":") else after or before


def _name(text: str, names: Names, pattern: re.Pattern[str], *, last: bool) -> str:
    """Return the known name in a text, the first or the last; else what stands where a name is expected."""
    known = names.mentioned(text)
    if known:
        return known[-1 if last else 0][1]
    match = pattern.search(text)
    name = " ".join(match.group("name").split()) if match else ""
    return "" if fold(name.partition(" ")[0]) in STOP_WORDS else name


def _clause_behind(behind: str) -> str:
    """Return what goes on behind a quotation up to the end of the sentence or to the next quotation."""
    text = re.split(r"[„“»«\"]", behind, maxsplit=1)[0]
    if re.match(r"\s*[.!?]?\s+[A-ZÄÖÜ]", text) or text.startswith((".", "!", "?")):
        return ""
    end = _SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def _sentence_before(before: str) -> str:
    """Return the sentence that leads to a quotation, without quotations that stand in it."""
    text = before
    for one in reversed(list(outermost(before))):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    ends = [match.end() for match in _SENTENCE_END.finditer(text.rstrip())]
    start = next((at for at in reversed(ends) if text[at:].strip()), 0)
    return text[start:]


def _page(found: _Found) -> str:
    bracket = _BRACKET.match(found.behind)
    texts = [bracket.group(1)] if bracket else []
    texts += [_clause_behind(found.behind), _sentence_before(found.before)]
    for text in texts:
        match = _PAGE.search(text)
        if match:
            return match.group(1)
    bare = _BARE_PAGE.search(bracket.group(1)) if bracket else None
    return bare.group(1) if bare else ""

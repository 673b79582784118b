"""A citation as a printed reference: rendered by a CSL processor from the styles of this project.

A style is loaded once for each language. One rendering makes text, HTML and Markdown, so that they cannot differ.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any

from citeproc import Citation as Cluster
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON

from kb.citation import Citation, page_span
from kb.csl import csl_item
from kb.model import Voice
from kb.translation import N_

LONG = 400
"""Quotations of more characters than this stand by themselves; `StyledCitation.text` is then the reference alone."""

_FOLDER = Path(__file__).parent / "styles"
_PROCESSOR_LOCALES: Mapping[str, str] = {"de": "de-DE", "en": "en-GB"}
_AMERICAN = "en-US"
_REMEMBERED = 1000
"""So many references are kept: a page that is asked for again, or in another form, is not rendered again."""

_RENDERING = Lock()  # the processor keeps what it is doing in the style it renders with


@dataclass(frozen=True, slots=True)
class Style:
    """A style of citing.

    `in_text` with a short reference behind the words, `spoken` if it tells who said them, `american` if its English
    dates are.
    """

    id: str
    label: str
    in_text: bool = False
    spoken: bool = False
    american: bool = False


_STYLES = (
    Style("fussnote", N_("Fußnote")),
    Style("autor-jahr", N_("Autor–Jahr"), in_text=True),
    Style("apa", "APA", in_text=True, american=True),
    Style("presse", N_("Presse"), spoken=True),
)
STYLES: Mapping[str, Style] = {style.id: style for style in _STYLES}

# Noncharacters: no text holds them. Two stand for the ends of italics, the others for signs the processor would read.
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
_ITALIC, _UPRIGHT = "\ufdd0", "\ufdd1"
_SIGNS = "<-–,&"
_GUARD = {ord(sign): chr(0xFDD2 + place) for place, sign in enumerate(_SIGNS)}
_LINK = "\ufddf"
"""Stands for the link, as passages of one speaker on one page differ in nothing else and so are rendered once."""

_UNGUARD = {ord(guard): chr(sign) for sign, guard in _GUARD.items()}
_FORMATTER = SimpleNamespace(
    preformat=str,
    Italic=lambda text: f"{_ITALIC}{text}{_UPRIGHT}",
    **dict.fromkeys(("Oblique", "Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str),
)
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~]")
_RENAMED = {"event-title": "event"}
_DOUBLE_STOP = re.compile(r"(?<=[?!])\.")
_LAST_STOP = re.compile(r"(?<![.…])\.(?=[“‘”’]+$)")


@dataclass(frozen=True, slots=True)
class StyledCitation:
    """A citation in one style and language.

    `quotation` is the words as they may be handed out, `short` the reference right behind them ("" if the style has
    none there), `marked_reference` the full reference with its italics marked.
    """

    citation: Citation
    style: Style
    locale: str
    quotation: str
    short: str
    marked_reference: str

    @property
    def reference(self) -> str:
        """Who, where, on which page, and the permanent link: plain text."""
        return self.marked_reference.replace(_ITALIC, "").replace(_UPRIGHT, "")

    @property
    def is_said(self) -> bool:
        """Whether "sagte …" follows the words, so that both are one sentence."""
        return _is_said(self.citation, self.style)

    @property
    def joined(self) -> str:
        """What stands between words and reference."""
        if not self.is_said:
            return " – "
        return " " if self.locale == "en" else ", "

    @property
    def words(self) -> str:
        """The words with the short reference behind them."""
        return f"{self.quotation} {self.short}" if self.short else self.quotation

    @property
    def whole(self) -> str:
        """Words and reference, however long."""
        return f"{self.words}{self.joined}{self.reference}"

    @property
    def text(self) -> str:
        """Words and reference; for a long passage the reference alone."""
        return self.reference if len(self.quotation) > LONG else self.whole

    @property
    def html(self) -> str:
        """`text` as HTML, the link leading there."""
        return self._before(html.escape) + self.reference_html

    @property
    def reference_html(self) -> str:
        """The full reference as HTML."""
        marked = html.escape(self.marked_reference).replace(_ITALIC, "<i>").replace(_UPRIGHT, "</i>")
        link = html.escape(self.citation.link)
        return marked.replace(link, f'<a href="{link}">{link}</a>')

    @property
    def whole_html(self) -> str:
        """`whole` as HTML, the link leading there."""
        return html.escape(f"{self.words}{self.joined}") + self.reference_html

    @property
    def markdown(self) -> str:
        """`text` as Markdown."""
        return self._before(markdown_text) + self.reference_markdown

    @property
    def whole_markdown(self) -> str:
        """`whole` as Markdown."""
        return markdown_text(f"{self.words}{self.joined}") + self.reference_markdown

    @property
    def reference_markdown(self) -> str:
        """The full reference as Markdown."""
        link = self.citation.link
        escaped = f"<{link}>".join(markdown_text(part) for part in self.marked_reference.split(link))
        return escaped.replace(_ITALIC, "*").replace(_UPRIGHT, "*")

    def _before(self, escape: Callable[[str], str]) -> str:
        """Return what `text` has before the reference."""
        return escape(self.text[: len(self.text) - len(self.reference)])


def styled(citation: Citation, style: str = "fussnote", locale: str = "de") -> StyledCitation:
    """Return the citation in one of `STYLES`, in German or English.

    Raises:
        KeyError: there is no such style or language.
    """
    chosen = STYLES[style]
    item = _for_processor(csl_item(citation, locale), citation, locale)
    short, reference = _rendered(json.dumps(item | {"URL": _LINK}, sort_keys=True), style, locale)
    if citation.voice is not Voice.VERBATIM and not chosen.in_text:
        quotation = citation.quotation(locale)
    else:
        quotation = citation.bare_quotation(locale)
    if _is_said(citation, chosen):
        quotation = _before_said(quotation, locale)
    return StyledCitation(citation, chosen, locale, quotation, short, reference.replace(_LINK, citation.link))


def _is_said(citation: Citation, style: Style) -> bool:
    """Return whether "sagte …" follows the words."""
    return style.spoken and citation.voice is Voice.VERBATIM and not citation.inner


def _before_said(quotation: str, locale: str) -> str:
    """Return a quotation as it stands before "sagte …": without its full stop, in English with the comma inside.

    >>> _before_said("„Der Bach bleibt.“", "de"), _before_said("„Bleibt er?“", "de")
    ('„Der Bach bleibt“', '„Bleibt er?“')
    >>> _before_said("“The brook stays.”", "en"), _before_said("“Does it stay?”", "en")
    ('“The brook stays,”', '“Does it stay?”')
    """
    if locale != "en":
        return _LAST_STOP.sub("", quotation)
    stopped = _LAST_STOP.sub(",", quotation)
    return stopped if re.search(r"[,?!][”’]+$", stopped) else re.sub(r"(?=[”’]+$)", ",", stopped, count=1)


@lru_cache(_REMEMBERED)
def _rendered(item: str, style: str, locale: str) -> tuple[str, str]:
    """Return the short reference, "" in a style that has none, and the full one, as the processor makes them."""
    source = CiteProcJSON([json.loads(item)])
    with _RENDERING:
        bibliography = CitationStylesBibliography(_style(style, locale), source, _FORMATTER)
        cluster = Cluster([CitationItem("cited")])
        bibliography.register(cluster)
        short = str(bibliography.cite(cluster, None)) if STYLES[style].in_text else ""
        (reference,) = map(str, bibliography.bibliography())
    return _clean(short), _clean(reference)


def _for_processor(item: dict[str, Any], citation: Citation, locale: str) -> dict[str, Any]:
    """Return the item as the processor takes it: its names of fields, no sign it would read as markup or as a range.

    An event called like the edition is not named twice, and a year nobody printed is no year of publication. The
    processor finds no names whose field has a hyphen, so the person quoted goes before the words "zitiert von".
    """
    guarded = {_RENAMED.get(key, key): _guarded(value) for key, value in item.items()} | {"id": "cited"}
    guarded["page"] = _guarded(page_span(*citation.printed_pages, locale=locale)).translate(_GUARD)
    if citation.quoted and guarded.pop("original-author", None):
        guarded["annote"] = f"{_guarded(citation.quoted)}, {guarded['annote']}"
    known = (citation.edition.title, citation.edition.publication.title)
    left_out = {
        "event": citation.edition.event.title in known,
        "issued": citation.edition.publication.year is None,
        "page": not guarded["page"],
        "title-short": not guarded.get("title-short"),
    }
    return {key: value for key, value in guarded.items() if not left_out.get(key)}


def _guarded(value: Any) -> Any:
    """Return a value of a CSL item without noncharacters and with "<" guarded: the processor reads tags in titles."""
    if isinstance(value, str):
        return _NONCHARACTERS.sub("", value).replace("<", _GUARD[ord("<")])
    if isinstance(value, list):
        return [_guarded(one) for one in value]
    return {key: _guarded(one) for key, one in value.items()} if isinstance(value, dict) else value


def _clean(rendered: str) -> str:
    return _DOUBLE_STOP.sub("", rendered.translate(_UNGUARD))


@cache
def _style(style: str, locale: str) -> CitationStylesStyle:
    """Return a loaded style; that it is sound is tested, and not checked again here, which would take long."""
    dialect = _AMERICAN if locale == "en" and STYLES[style].american else _PROCESSOR_LOCALES[locale]
    return CitationStylesStyle(str(_FOLDER / f"{style}.csl"), locale=dialect, validate=False)


def markdown_text(text: str) -> str:
    """Return a text as Markdown prints it, sign for sign.

    >>> markdown_text("*gut* [1]")
    '\\\\*gut\\\\* \\\\[1\\\\]'
    """
    return _MARKDOWN.sub(lambda match: f"\\{match[0]}", text)

"""Pages, dates, figures and titles as the reader's language writes them, with blanks that do not break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from kb.citation import pages
from kb.translation import gettext as _
from kb.translation import listed, ngettext, whole_number
from webapp.language import interface_language, locale
from webapp.parts import Link

NBSP = "\u00a0"
_TOGETHER = re.compile(r"(?<=[Sp]\.) (?=\d)|(?<=\d) (?=ff?\.)|(?<=\d\.) (?=[A-Z][a-zä]+ \d{4})")
"""The blanks at which no line should end: in pages and in dates."""


def printed_pages(first: str, last: str = "") -> str:
    """Return printed page labels as an apparatus writes them; empty if there is no page.

    >>> printed_pages("20", "21").replace(NBSP, "_")
    'S._20_f.'
    """
    return pages(first, last, locale=interface_language()).replace(" ", NBSP)


def unbroken(text: str) -> str:
    """Return a text in which no line ends within pages and dates.

    >>> unbroken("Bericht, S. 20 f., zu S. Fischer (Zugriff am 3. Mai 2024)").replace(NBSP, "_")
    'Bericht, S._20_f., zu S. Fischer (Zugriff am 3._Mai 2024)'
    """
    return _TOGETHER.sub(NBSP, text)


def long_date(day: date | None) -> str:
    """Return a date in words, empty for none.

    >>> long_date(date(2018, 12, 10)).replace(NBSP, "_")
    '10._Dezember 2018'
    """
    return format_date(day, "long", locale=locale()).replace(" ", NBSP, 1) if day else ""


def decimal(figure: float) -> str:
    """Return a number with one decimal.

    >>> decimal(1234.56)
    '1.234,6'
    """
    return format_decimal(figure, "#,##0.0", locale=locale())


def percent(share: float) -> str:
    """Return a share of 1 in whole percent.

    >>> percent(0.123).replace(NBSP, "_")
    '12_%'
    """
    return format_percent(share, locale=locale())


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun, which is translated.

    >>> counted(1, "Stelle", "Stellen").replace(NBSP, "_"), counted(0, "Stelle", "Stellen").replace(NBSP, "_")
    ('1_Stelle', '0_Stellen')
    """
    return f"{whole_number(count)}{NBSP}{ngettext(one, many, count)}"


def titles(links: Sequence[Link]) -> Markup:
    """Return the names of events as an enumeration in quotation marks, each in its language."""
    return Markup(listed([_("„%(title)s“", title=spoken(one.label, one.language)) for one in links]))


def spoken(words: str, language: str) -> Markup:
    """Return words as HTML, marked if they are of another language than the page."""
    marked = lang(language)
    return Markup("<span{}>{}</span>").format(marked, words) if marked else escape(words)


def lang(language: str) -> Markup:
    """Return the attribute that marks words of another language than the page's; nothing for words in its own."""
    return Markup(' lang="{}"').format(language) if language not in ("", interface_language()) else Markup()

"""German typography: pages, dates and numbers as they are printed, with blanks that do not break."""

from __future__ import annotations

from datetime import date

from kb.citation import german_date, pages

NBSP = "\u00a0"


def printed_pages(first: str, last: str = "") -> str:
    """Return printed page labels as German apparatus writes them; empty if there is no page.

    >>> printed_pages("20", "21").replace(NBSP, "_")
    'S._20_f.'
    """
    return pages(first, last).replace(" ", NBSP)


def long_date(day: date | None) -> str:
    """Return a date in words, empty for none.

    >>> long_date(date(2018, 12, 10)).replace(NBSP, "_")
    '10._Dezember 2018'
    """
    return german_date(day).replace(". ", f".{NBSP}") if day else ""


def number(count: int) -> str:
    """Return a whole number with German thousands.

    >>> number(12345)
    '12.345'
    """
    return f"{count:,}".replace(",", ".")


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "Stelle", "Stellen").replace(NBSP, "_"), counted(0, "Stelle", "Stellen").replace(NBSP, "_")
    ('1_Stelle', '0_Stellen')
    """
    return f"{number(count)}{NBSP}{one if count == 1 else many}"


def listed(words: tuple[str, ...]) -> str:
    """Return words as a German enumeration.

    >>> listed(("Anna", "Bernd", "Cem"))
    'Anna, Bernd und Cem'
    """
    return " und ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)

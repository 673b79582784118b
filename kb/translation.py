"""In which language a reader is addressed: German as the code has it, or another one by a catalogue of translations.

Whoever answers a reader says so once with `speak`; where nobody did, as on the command line, everything is German.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from functools import reduce
from gettext import NullTranslations

_catalogue: ContextVar[NullTranslations] = ContextVar("catalogue")
_language: ContextVar[str] = ContextVar("language", default="de")
_GERMAN = NullTranslations()


def speak(catalogue: NullTranslations, language: str) -> None:
    """Say everything from here on, in this context, in a language, whose translations are in the catalogue."""
    _catalogue.set(catalogue)
    _language.set(language)


def speak_german() -> None:
    """Say everything from here on in German, as where nobody asked for another language."""
    speak(_GERMAN, "de")


def language() -> str:
    """Return the code of the language the reader is addressed in: "de" where nobody said another."""
    return _language.get()


def gettext(message: str, /, **values: object) -> str:
    """Return a German message in the language of the reader, each `%(name)s` in it replaced by the value of that name.

    >>> gettext("Stelle %(number)s öffnen", number=3)
    'Stelle 3 öffnen'
    """
    told = _catalogue.get(_GERMAN).gettext(message)
    return told % values if values else told


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the message for a count in the language of the reader; `%(num)s` in it is the count.

    >>> ngettext("%(num)s Treffer", "%(num)s Treffern", 2)
    '2 Treffern'
    """
    return _catalogue.get(_GERMAN).ngettext(one, many, count) % {"num": count, **values}


def whole_number(count: int) -> str:
    """Return a count as the reader's language writes it.

    >>> whole_number(12345)
    '12.345'
    """
    written = f"{count:,}"
    return written.replace(",", ".") if language() == "de" else written


def N_(message: str) -> str:
    """Return a message as it is, marked for the catalogues: for tables of messages that `gettext` looks up later."""
    return message


BOTH = N_("%(one)s und %(other)s")
"""The message that puts two words together."""


def listed(words: Iterable[str]) -> str:
    """Return words as an enumeration.

    >>> listed(("Anna", "Bernd", "Cem"))
    'Anna, Bernd und Cem'
    """
    *first, last = [*words] or [""]
    return chained((", ".join(first), last) if first else (last,), BOTH)


def alternatives(words: Iterable[str]) -> str:
    """Return words as things to choose from.

    >>> alternatives(("Anna", "Bernd"))
    'Anna oder Bernd'
    """
    return chained(words, N_("%(one)s oder %(other)s"))


def chained(words: Iterable[str], message: str) -> str:
    """Return words put together by a message that says how `one` goes with the `other`.

    >>> chained(("Anna", "Bernd", "Cem"), BOTH)
    'Anna und Bernd und Cem'
    """
    first, *others = [*words] or [""]
    return reduce(lambda one, other: gettext(message, one=one, other=other), others, first)

"""In which language a reader is addressed: German as the code has it, or another one by a catalogue of translations.

Whoever answers a reader says so once with `speak`; where nobody did, as on the command line, everything is German.
"""

from __future__ import annotations

from contextvars import ContextVar
from gettext import NullTranslations

_catalogue: ContextVar[NullTranslations] = ContextVar("catalogue")
_GERMAN = NullTranslations()


def speak(catalogue: NullTranslations) -> None:
    """Say everything from here on, in this context, in the language of a catalogue."""
    _catalogue.set(catalogue)


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


def N_(message: str) -> str:
    """Return a message as it is, marked for the catalogues: for tables of messages that `gettext` looks up later."""
    return message

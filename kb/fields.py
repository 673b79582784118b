"""Fields of a query, in German and English: from what a reader writes to the values of a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kb import labels
from kb.errors import NotFound
from kb.folding import fold
from kb.model import Edition, Speaker, Theme
from kb.people import slug
from kb.query import Field
from kb.resolve import Ambiguous, nearest, resolve_edition, resolve_forum, resolve_speaker, resolve_theme
from kb.results import NONE
from kb.translation import N_, alternatives, language, listed
from kb.translation import gettext as _

PAGE = "page"
"""The column of printed pages, which is no facet."""

_ALIASES = {
    "speaker": "sprecher sprecherin person speaker",
    "forum": "forum abschnitt section",
    "theme": "thema theme",
    "voice": "stimme voice",
    "role": "rolle role",
    "edition": "tagung edition event",
    "year": "jahr year",
    PAGE: "seite page",
    "kind": "art kind",
}
NAMES: Mapping[str, str] = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}
"""The column of each field, by the names a reader may write."""

FIELD_NAMES: Mapping[str, str] = {name: aliases.split()[0] for name, aliases in _ALIASES.items()}
"""How a field is written, by its column."""

_LABELS = {
    "speaker": N_("Person"),
    "forum": N_("Abschnitt"),
    "theme": N_("Thema"),
    "voice": N_("Stimme"),
    "role": N_("Rolle"),
    "edition": N_("Tagung"),
    "year": N_("Jahr"),
    PAGE: N_("Seite"),
    "kind": N_("Art"),
}
_HONORIFICS = frozenset(["herr", "herrn", "frau", "dr", "prof", "professor", "professorin", "doktor"])
_NOBODY = frozenset({NONE, "ohne", "niemand", "keine", "keiner"})
_RANGE = re.compile(r"(\d{1,4})?[-–](\d{1,4})?")
_MOST, _MOST_VALUES = 500, 32
_Resolve = Callable[[str], str]


@dataclass(frozen=True)
class Facts:
    """The people, themes and editions that a name may mean, by id."""

    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    editions: Mapping[str, Edition] = field(default_factory=dict)

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of all names, folded."""
        return frozenset(fold(word) for speaker in self.speakers.values() for word in speaker.name.split())

    @cached_property
    def honorifics(self) -> frozenset[str]:
        """What stands before names, folded: forms of address and the titles people have."""
        titles = (word.strip(".,") for speaker in self.speakers.values() for word in speaker.title.split())
        return _HONORIFICS | {fold(title) for title in titles if title}


def read_field(name: str, written: Sequence[str], facts: Facts) -> tuple[Field, list[str]]:
    """Return the condition that any of `written` holds in the column `name`, and notes on how names were understood.

    A value nobody has matches nothing and is told. Of very many values the first are read.
    """
    if len(different := list(dict.fromkeys(written))) > _MOST_VALUES:
        first, told = read_field(name, different[:_MOST_VALUES], facts)
        many = _(
            "Von sehr vielen Angaben zu „%(field)s“ gelten nur die ersten %(most)s.",
            field=_label(name),
            most=_MOST_VALUES,
        )
        return first, [*told, many]
    values: list[str] = []
    shown: list[str] = []
    notes: list[str] = []
    for value in different:
        found, note = _values(name, value.strip(), facts)
        values += found
        shown += _shown(name, value, found, facts)
        notes += [note] if note else []
    words = f"{_label(name)}: {alternatives(shown)}"
    return Field(name, tuple(dict.fromkeys(values)), words, tuple(different)), notes


def _values(name: str, value: str, facts: Facts) -> tuple[list[str], str]:
    if value.lower() in _NOBODY:
        return [NONE], ""
    if name in ("year", PAGE):
        return _numbers(value), ""
    if name in labels.CLOSED:
        return _closed(name, value)
    resolve: Mapping[str, _Resolve] = {
        "speaker": lambda wanted: resolve_speaker(wanted, facts.speakers),
        "forum": lambda wanted: resolve_forum(wanted, facts.editions),
        "theme": lambda wanted: resolve_theme(wanted, facts.themes),
        "edition": lambda wanted: resolve_edition(wanted, facts.editions),
    }
    return _resolved(name, value, resolve[name], facts)


def _numbers(value: str) -> list[str]:
    """Return the numbers of a range; a page label that is no number is itself."""
    if not (match := _RANGE.fullmatch(value)) or not any(match.groups()):
        return [value]
    first = int(match[1]) if match[1] else max(0, int(match[2]) - _MOST)
    last = int(match[2]) if match[2] else first + _MOST
    return [str(number) for number in range(first, min(last, first + _MOST) + 1)]


def _closed(name: str, value: str) -> tuple[list[str], str]:
    words = labels.CLOSED[name]
    found = [code for code, label in words.items() if slug(value) in (slug(code), slug(label))]
    if found or not slug(value):
        return found, "" if found else _("%(field)s „%(value)s“ gibt es nicht.", field=_label(name), value=value)
    # What a query finds is the same for all readers: German words and the codes, which are English, are understood.
    known = ", ".join(words.values() if language() == "de" else words)
    told = _("%(field)s „%(value)s“ gibt es nicht; es gibt: %(known)s.", field=_label(name), value=value, known=known)
    return [], told


def _resolved(name: str, value: str, resolve: _Resolve, facts: Facts) -> tuple[list[str], str]:
    """Return the entries a name means: the one, all of that name, or the most likely."""
    for attempt in (value, *value.split()[-1:]):
        try:
            return [resolve(attempt.lstrip("-"))], ""
        except Ambiguous as several:
            names = listed(_names(name, several.candidates, facts))
            told = _("„%(value)s“ kann mehreres heißen; gesucht sind %(names)s.", value=value, names=names)
            return list(several.candidates), told
        except NotFound:
            continue
    near = _nearest(name, value, facts)
    if not near:
        return [], _("%(field)s „%(value)s“ ist nicht bekannt.", field=_label(name), value=value)
    names = listed(_names(name, near, facts))
    told = _(
        "%(field)s „%(value)s“ ist nicht bekannt; gesucht ist %(names)s.", field=_label(name), value=value, names=names
    )
    return near, told


def _nearest(name: str, value: str, facts: Facts) -> list[str]:
    """Return the entries with a form most like `value`: misprints of names, surnames, words of titles."""
    forms: dict[str, set[str]] = {}
    for entry, written in _forms(name, facts):
        for form in written:
            forms.setdefault(slug(form), set()).add(entry)
    close = nearest(slug(value), forms, most=1, likeness=0.75)
    return sorted(forms[close[0]]) if close else []


def _forms(name: str, facts: Facts) -> Iterable[tuple[str, tuple[str, ...]]]:
    if name == "speaker":
        return ((one.id, (one.name, one.surname, *one.printed, *one.misprints)) for one in facts.speakers.values())
    if name == "theme":
        return ((one.id, (one.label_de, one.label_en)) for one in facts.themes.values())
    if name == "edition":
        return ((one.id, (one.title,)) for one in facts.editions.values())
    return (
        (f"{edition.id}/{section.id}", (section.title, section.heading))
        for edition in facts.editions.values()
        for section in edition.sections
        if "/" not in section.id
    )


def _names(name: str, entries: Sequence[str], facts: Facts) -> list[str]:
    known: dict[str, str] = {entry: written[0] for entry, written in _forms(name, facts)}
    return [known.get(entry) or entry for entry in entries]


def _label(name: str) -> str:
    return labels.heading(_LABELS[name])


def _shown(name: str, value: str, found: list[str], facts: Facts) -> list[str]:
    if name in ("year", PAGE) or not found:
        return [value]
    if found == [NONE]:
        return [labels.none_word()]
    return [labels.value_word(name, code) for code in found] if name in labels.CLOSED else _names(name, found, facts)

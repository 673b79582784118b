"""The words for what the model names in codes: what facets, badges and lists show.

The tables are German; the functions say the word in the language of the reader.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb import results
from kb.model import Kind, Role, Voice
from kb.translation import N_
from kb.translation import gettext as _

VOICES: Mapping[Voice, str] = {
    Voice.VERBATIM: N_("wörtlich"),
    Voice.REPORTED: N_("berichtet"),
    Voice.COLLECTIVE: N_("gemeinsam"),
    Voice.EDITORIAL: N_("redaktionell"),
}

ROLES: Mapping[Role, str] = {
    Role.SPEAKER: N_("Vortrag"),
    Role.MODERATOR: N_("Moderation"),
    Role.PANELIST: N_("Podium"),
    Role.IMPULSE: N_("Impuls"),
    Role.AUDIENCE: N_("Publikum"),
    Role.PODIUM_GUEST: N_("Gast auf dem Podium"),
    Role.RAPPORTEUR: N_("Berichterstattung"),
}

KINDS: Mapping[Kind, str] = {
    Kind.SPEECH: N_("Rede"),
    Kind.TURN: N_("Gesprächsbeitrag"),
    Kind.REPORTED: N_("Wiedergabe"),
    Kind.DISCUSSION: N_("Diskussion"),
    Kind.QUESTIONS: N_("Leitfragen"),
    Kind.THESES: N_("Thesen"),
    Kind.SUMMARY: N_("Ergebnisse"),
    Kind.PROGRAMME: N_("Programm"),
    Kind.SESSION_INFO: N_("Angaben zur Veranstaltung"),
    Kind.FOOTNOTE: N_("Fußnote"),
    Kind.CAPTION: N_("Bildunterschrift"),
    Kind.INTERJECTION: N_("Zwischenruf"),
}

FACETS: Mapping[str, str] = {
    "speaker": N_("Person"),
    "role": N_("Rolle"),
    "forum": N_("Forum"),
    "theme": N_("Thema"),
    "voice": N_("Stimme"),
    "kind": N_("Textart"),
    "edition": N_("Veranstaltung"),
    "year": N_("Jahr"),
}

NONE = N_("ohne Angabe")
"""The label of the facet value for passages that have none."""

CLOSED: Mapping[str, Mapping[str, str]] = {
    "voice": {voice.value: word for voice, word in VOICES.items()},
    "role": {role.value: word for role, word in ROLES.items()},
    "kind": {kind.value: word for kind, word in KINDS.items()},
}
"""Facets whose values are fixed by the model, with the word for each value."""


def voice_word(voice: Voice) -> str:
    """Return what a voice is called: "wörtlich"."""
    return _(VOICES[voice])


def role_word(role: Role) -> str:
    """Return what a role is called: "Moderation"."""
    return heading(ROLES[role])


def kind_word(kind: Kind) -> str:
    """Return what a sort of text is called: "Fußnote"."""
    return heading(KINDS[kind])


def facet_word(facet: str) -> str:
    """Return the heading of a facet: "Veranstaltung"."""
    return heading(FACETS[facet])


def none_word() -> str:
    """Return the label of the facet value for passages that have none."""
    return _(NONE)


def value_word(facet: str, value: str) -> str:
    """Return the word for a value of a facet; "" for one that the corpus has a name for."""
    if value == results.NONE:
        return none_word()
    word = CLOSED.get(facet, {}).get(value, "")
    if not word:
        return ""
    return _(word) if facet == "voice" else heading(word)


def heading(message: str) -> str:
    """Return the word of a table as it stands at the head of a list or a sentence."""
    word = _(message)
    return word[:1].upper() + word[1:]

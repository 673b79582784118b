"""The German words for what the model names in codes: what facets, badges and lists show."""

from __future__ import annotations

from collections.abc import Mapping

from kb.model import Kind, Role, Voice

VOICES: Mapping[Voice, str] = {
    Voice.VERBATIM: "wörtlich",
    Voice.REPORTED: "berichtet",
    Voice.COLLECTIVE: "gemeinsam",
    Voice.EDITORIAL: "redaktionell",
}

ROLES: Mapping[Role, str] = {
    Role.SPEAKER: "Vortrag",
    Role.MODERATOR: "Moderation",
    Role.PANELIST: "Podium",
    Role.IMPULSE: "Impuls",
    Role.AUDIENCE: "Publikum",
    Role.PODIUM_GUEST: "Gast auf dem Podium",
    Role.RAPPORTEUR: "Berichterstattung",
}

KINDS: Mapping[Kind, str] = {
    Kind.SPEECH: "Rede",
    Kind.TURN: "Gesprächsbeitrag",
    Kind.REPORTED: "Wiedergabe",
    Kind.DISCUSSION: "Diskussion",
    Kind.QUESTIONS: "Leitfragen",
    Kind.THESES: "Thesen",
    Kind.SUMMARY: "Ergebnisse",
    Kind.PROGRAMME: "Programm",
    Kind.SESSION_INFO: "Angaben zur Veranstaltung",
    Kind.FOOTNOTE: "Fußnote",
    Kind.CAPTION: "Bildunterschrift",
    Kind.INTERJECTION: "Zwischenruf",
}

FACETS: Mapping[str, str] = {
    "speaker": "Person",
    "role": "Rolle",
    "forum": "Forum",
    "theme": "Thema",
    "voice": "Stimme",
    "kind": "Textart",
    "edition": "Veranstaltung",
    "year": "Jahr",
}

NONE = "ohne Angabe"
"""The label of the facet value for passages that have none."""

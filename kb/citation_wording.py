"""What a reference says about whose words these are, in German and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.model import Kind, Role, Voice

LOCALES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; `{}` stands for a name or a section.

    `said` tells of each voice whose words they are, `marked` opens words that are nobody's own, `kinds` name what is
    no speech, `roles` what a speaker was beside speaking.
    """

    kinds: Mapping[Kind, str]
    roles: Mapping[Role, str]
    said: Mapping[Voice, str]
    marked: Mapping[Voice, str]
    quotes: tuple[str, str]
    report: str
    according_to: str
    in_forum: str
    in_section: str
    reported: str
    quoted_by: str
    words_of: str
    somebody: str
    speech: str
    fictional: str
    passages: str


GERMAN = Wording(
    kinds={
        Kind.DISCUSSION: "Diskussion",
        Kind.SUMMARY: "Zusammenfassung",
        Kind.THESES: "Thesen",
        Kind.QUESTIONS: "Leitfragen",
        Kind.PROGRAMME: "Programm",
        Kind.SESSION_INFO: "Angaben zur Veranstaltung",
        Kind.FOOTNOTE: "Fußnote",
        Kind.CAPTION: "Bildunterschrift",
        Kind.INTERJECTION: "Zwischenruf",
    },
    roles={Role.MODERATOR: "Moderation", Role.AUDIENCE: "Publikum", Role.PODIUM_GUEST: "Podiumsgast"},
    said={
        Voice.VERBATIM: "Gedruckt als eigene Worte der Person.",
        Voice.REPORTED: "Wortlaut des Berichts, nicht der genannten Person.",
        Voice.COLLECTIVE: "Wortlaut des Berichts, niemandes eigene Worte.",
        Voice.EDITORIAL: "Wortlaut der Redaktion.",
    },
    marked={
        Voice.REPORTED: "Wortlaut des Berichts: ",
        Voice.COLLECTIVE: "Wortlaut des Berichts: ",
        Voice.EDITORIAL: "Wortlaut der Redaktion: ",
    },
    quotes=("„", "“"),
    report="Bericht",
    according_to="laut Bericht zu {}",
    in_forum="{} in {}, laut Bericht",
    in_section="{} ({}), laut Bericht",
    reported="Bericht zu {}",
    quoted_by="zitiert von",
    words_of="Worte von {}, zitiert von {}.",
    somebody="Worte einer anderen Person, zitiert von {}.",
    speech="Redebeitrag",
    fictional="fiktives Beispiel",
    passages="Stellen: {}.",
)

ENGLISH = Wording(
    kinds={
        Kind.DISCUSSION: "Discussion",
        Kind.SUMMARY: "Summary",
        Kind.THESES: "Theses",
        Kind.QUESTIONS: "Guiding questions",
        Kind.PROGRAMME: "Programme",
        Kind.SESSION_INFO: "Session information",
        Kind.FOOTNOTE: "Footnote",
        Kind.CAPTION: "Caption",
        Kind.INTERJECTION: "Interjection",
    },
    roles={Role.MODERATOR: "moderator", Role.AUDIENCE: "audience", Role.PODIUM_GUEST: "guest on the panel"},
    said={
        Voice.VERBATIM: "Printed as the person's own words.",
        Voice.REPORTED: "Words of the report, not of the person named.",
        Voice.COLLECTIVE: "Words of the report, nobody's own.",
        Voice.EDITORIAL: "Words of the editors.",
    },
    marked={
        Voice.REPORTED: "Words of the report: ",
        Voice.COLLECTIVE: "Words of the report: ",
        Voice.EDITORIAL: "Words of the editors: ",
    },
    quotes=("“", "”"),
    report="Report",
    according_to="according to the report on {}",
    in_forum="{} in {}, according to the report",
    in_section="{} ({}), according to the report",
    reported="Report on {}",
    quoted_by="quoted by",
    words_of="Words of {}, quoted by {}.",
    somebody="Words of another person, quoted by {}.",
    speech="Contribution",
    fictional="fictional example",
    passages="Passages: {}.",
)


def wording(locale: str) -> Wording:
    """Return the words for "de" or "en"; German for whatever else."""
    return ENGLISH if locale == "en" else GERMAN

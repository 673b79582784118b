"""The German words by which a rapporteur tells whose words come next, as patterns for `indexer.reported`."""

from __future__ import annotations

import re

REPORTING = (
    r"(?:sag|erklär|bericht|beton|schilder|skizzier|stell|leg|beschreib|beschrieb|nenn|nann|forder|verwies|verweis|wies"
    r"|weis|heb|hob|mach|führ|erläuter|präsentier|unterstr|plädier|warn|appellier|kritisier|sieht|sah|sehen|fass"
    r"|konstatier|referier|argumentier|hinterfrag|empf[ia]|merk|spr[ia]ch|g[ai]b|zeig|geh|ging|lob|wünsch|ergänz|rief|ruf"
    r"|schloss|schließ|begann|beginn|eröffne|leite|zog|zieh|rät|riet|mein|hält|hielt|betracht|charakterisier|vergleich"
    r"|verglich|antwort|rechne|schlug|schläg|trug|träg|bracht|bring|verwend|knüpf|äußer|zitier|widme|stimm)\w*"
)
"""Stems of verbs that say somebody says something."""

_CONTRIBUTION = (
    r"(?:Impuls\w*|Input\w*|Vortrag\w*|Beitrag\w*|Referat\w*|Anmoderation|Einführung\w*|Einleitung|Statement|Moderation"
    r"|Präsentation|Bericht|Schilderung\w*|Ausführungen|Kurzvortrag\w*|Eingangsstatement|Überblick)"
)
IN_CONTRIBUTION = re.compile(
    r"\b(?:[Ii]n|[Mm]it|[Zz]u Beginn|[Aa]m (?:Anfang|Ende)|[Zz]um (?:Abschluss|Schluss))"
    rf"\s+(?:seine|ihre|diese)[mnrs]?\s+(?:\w+\s+)?{_CONTRIBUTION}"
)
OWN_WORK = re.compile(r"\b(?:Impuls(?:geber|vortrag|referat)?\w*|Beitrag|Vortrag|Input)\s+(?:von|kam von|hielt)\b")

QUESTIONS = re.compile(
    r"(?:(?:folgende|zentrale|leitende|diese|die)\w*\s+(?:\w+\s+)?(?:Leit|Kern)?(?:[Ff]ragen|[Ff]ragestellungen)"
    r"|\b(?:[Zz]wei|[Dd]rei|[Vv]ier|[Ff]ünf|[Ss]echs|[Mm]ehrere|[Ee]inige)\s+(?:Leit|Kern)?[Ff]ragen|Leitfragen|Fragestellungen)[^.]{0,60}$"
)
QUESTION_HEADINGS = re.compile(r"(?:Leit|Kern)?fragen|Fragestellungen|Leitende Fragen|Zentrale Fragen", re.IGNORECASE)

_TALK = r"(?:Diskussion|Debatte|Aussprache|Runde)"
DISCUSSION = re.compile(
    rf"\b(?:[Ii]n|[Aa]us|[Ii]m Verlauf|[Ii]m Rahmen|[Bb]ei|[Zz]u Beginn)\s+(?:der|dieser)\s+(?:\w+\s+)?{_TALK}\b"
    rf"|^(?:Die|Eine)\s+(?:(?:sich\s+)?(?:an|darauf\s+)?\w+\s+){{0,2}}{_TALK}\b"
    r"|\bim gesamten Diskussionsverlauf\b|\b(?:wurde|wird)\s+(?:\w+\s+){0,4}diskutiert\b"
    r"|^(?:Die|Viele|Mehrere|Einige)\s+(?:Teilnehmenden|Teilnehmer|Teilnehmerinnen|Diskutierenden|Anwesenden)\b"
)
DISCUSSION_HEADINGS = re.compile(r"(?:Anschließende )?(?:Diskussion\w*|Aussprache|Debatte|Austausch)", re.IGNORECASE)

SUMMARY = re.compile(
    r"(?:Ergebnis\w*|Diskussion\w*|Erforderlich\w*|Herausforder\w*|Punkte|Aspekte|Thesen)\b[^.]*"
    r"\b(?:zusammen(?:ge|zu)?fass\w*|gefasst|festhalten|festgehalten)\b"
    r"|^(?:Zusammenfassend|Zusammengefasst|Als (?:\w+\s+)?(?:Ergebnis|Fazit)|Im Ergebnis|Am Ende|Zum Abschluss)\b"
    r"[^.]*:$"
    r"|\b(?:Forum|Runde|Gruppe|Workshop)\b[^.]*\bhielt\w*\b[^.]*\bfest:$|^Zusammenfassend\b"
)
SUMMARY_HEADINGS = re.compile(
    r"(?:Ergebnisse?|Fazit|Zusammenfassung|Resümee|Ausblick|Schlussfolgerungen)\b.*", re.IGNORECASE
)

IMPULSE_HEADINGS = re.compile(r"(?:Impuls\w*|Input|Vortrag|Kurzvortrag|Einführung)(?:\s+.*)?", re.IGNORECASE)
THESES = re.compile(r"\bThesen\b[^.]*:$")
BACK_REFERENCE = re.compile(
    r"^(?:Wie|Ausgehend von|Anknüpfend an|Bezugnehmend auf|Mit Blick auf|Auf die (?:Frage|These)|Die (?:im|in|von|aus))"
    r"\b"
)
PRONOUN = re.compile(
    rf"^(?:[Ee]r|[Ss]ie)\s+{REPORTING}|\b{REPORTING}\s+(?:er|sie)\b|\bfür (?:ihn|sie)\b|\baus (?:seiner|ihrer) Sicht\b"
)


def says(name: str) -> re.Pattern[str]:
    """Return the pattern of a sentence in which the person printed as `name` says something."""
    who = rf"(?:Frau |Herrn? )?{re.escape(name)}"
    return re.compile(
        rf"{who}(?:\s*\([^)]*\))?(?:,[^,]{{0,80}},)?\s+(?:\w+\s+)?{REPORTING}\b|\b{REPORTING}\s+(?:\w+\s+){{0,2}}{who}"
        rf"|{who}\s+zufolge|\b(?:[Ll]aut|[Nn]ach Ansicht von|[Nn]ach|[Ff]ür)\s+{who}|\bso\s+{who}\b"
        rf"|{who}\s+(?:ist|war)\s+(?:überzeugt|der (?:Ansicht|Meinung|Auffassung))"
    )

"""The German words by which proceedings announce what comes: session headings, roles, lead-ins.

These are words of the genre, not of one report. Everything that reads them says which rule it followed.
"""

from __future__ import annotations

import re

from kb.model import Role

SESSION_KINDS: tuple[tuple[str, str], ...] = (
    (r"(?:tagungs|veranstaltungs|konferenz)?(?:programm|ablauf)|programme?", "programme"),
    (r"begrüßung\w*|eröffnung\w*|willkommen|begrüßung und \w+|welcome|opening(?: remarks)?", "welcome"),
    (r"gru(?:ß|ss)worte?", "greeting"),
    (r"key ?note(?: speech| lecture)?|(?:haupt|eröffnungs|fest|leit)vortrag|festrede", "keynote"),
    (r"(?:impuls|fach|abschluss|abend)?(?:vortrag|vorträge)|impuls|referat|bericht|input|lesung|lecture|talk", "talk"),
    (r"gesprächsrunde|talkrunde|podium(?:s\w+)?|panel(?: discussion)?|expertengespräch|\w*gespräch|fishbowl", "panel"),
    (r"interview|round ?table", "panel"),
    (
        r"\w*for(?:um|en)|workshops?|arbeitsgruppen?|ag|fachgruppen?|werkstatt|werkstätten|session|themeninseln?",
        "forum",
    ),
    (r"schluss\w*|verabschiedung|abschluss\w*|ausblick|resümee|nachwort|vorwort|einleitung|einführung\w*", "speech"),
    (r"closing(?: remarks)?|introduction", "speech"),
    (r"zusammenfassung\w*|zusammenfassende thesen.*|ergebnisse(?: (?:der|aus|des) .*)?|fazit", "summary"),
    (r"(?:plenums|abschluss)?diskussion|plenum|aussprache|debatte", "discussion"),
)
_NUMBER = r"(?:\s+(?:\d{1,2}|[ivx]{1,4}|[a-h]))?"
_HEADINGS = [(re.compile(rf"(?:{words}){_NUMBER}", re.IGNORECASE), kind) for words, kind in SESSION_KINDS]
_NUMBERED_SESSION = re.compile(
    r"\w*(?:forum|gruppe|workshop|werkstatt|panel|session|block|AG)\s+(?:\d{1,2}|[IVX]{1,4}|[A-H])", re.IGNORECASE
)

SUB_ONLY = re.compile(
    r"(?:impuls(?:vortrag|referat)?|input|(?:anschließende )?diskussion|leitfragen|fragen|ergebnisse|fazit|thesen"
    r"|zusammenfassung|aussprache|ausblick|bericht|einführung|einleitung)",
    re.IGNORECASE,
)
"""Headings that inside a forum part its report and open no session of their own."""


def session_kind(heading: str) -> str:
    """Return the kind of session a heading announces, "" if it announces none.

    >>> session_kind("Dialogforum 3"), session_kind("Grußwort"), session_kind("Was tun?")
    ('forum', 'greeting', '')
    """
    text = heading.strip().rstrip(":.").strip()
    for pattern, kind in _HEADINGS:
        if pattern.fullmatch(text):
            return kind
    first = re.match(r"[\w-]+", text)
    if first:
        for pattern, kind in _HEADINGS:
            if pattern.fullmatch(first.group()) and re.match(rf"{re.escape(first.group())}\s*[:–,]", text):
                return kind
    return ""


def is_numbered_session(text: str) -> bool:
    """Return whether a line is a heading like "Dialogforum 2" or "Workshop B"."""
    return bool(_NUMBERED_SESSION.fullmatch(text.strip().rstrip(":")))


INFO_LABEL = re.compile(
    r"(?P<label>(?:Moderation|Moderator(?:in)?|Moderiert von|Leitung|Impulse?|Impulsvortrag|Input|Inputs|Vortrag"
    r"|Vorträge|Referent(?:in|en|innen)?|Mitwirkende|Mit|Podium|Gäste?|Auf dem Podium|Es diskutieren|Es diskutierten"
    r"|Teilnehme(?:r|rin|nde|rinnen)(?:\s+und\s+Teilnehmer(?:innen)?)?|Gesprächspartner(?:in|innen)?"
    r"|Berichterstatt(?:ung|er|erin)|Bericht|Protokoll)"
    r"(?:\s*\([^)]*\))?)\s*:\s*"
)
CONVERSATION = re.compile(r"^(?P<host>.+?)\s+im Gespräch mit\b\s*(?:\([^)]*\))?\s*:?\s*")


def role_of_label(label: str) -> Role:
    """Return the role that a label in a session's head gives to the people behind it."""
    word = label.lower()
    if word.startswith(("moder", "leitung")):
        return Role.MODERATOR
    if word.startswith(("impuls", "input")):
        return Role.IMPULSE
    if word.startswith(("vortr", "refer")):
        return Role.SPEAKER
    if word.startswith(("bericht", "protokoll")):
        return Role.RAPPORTEUR
    return Role.PANELIST


AUDIENCE_LABEL = re.compile(
    r"(?:(?:Stimme|Frage|Wortmeldung|Beitrag|Zuruf|Nachfrage)\s+aus\s+dem\s+(?:Publikum|Plenum|Saal)|Publikum|Plenum"
    r"|Teilnehmer(?:in)?|Zuhörer(?:in)?)"
)
GUEST_LABEL = re.compile(r"(?:Gast|Gästin|Stimme)\s+auf\s+dem\s+Podium|Podiumsgast")

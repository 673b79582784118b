"""The interface's own words, in German, where `kb.labels` has none: what voices mean, what rules are called."""

from __future__ import annotations

from collections.abc import Mapping

from kb.labels import KINDS, ROLES, VOICES
from kb.model import Evidence, Voice
from kb.results import NONE

VOICE_MEANINGS: Mapping[str, str] = {
    Voice.VERBATIM: "Gedruckt als eigene Worte dieser Person. Darf in Anführungszeichen zitiert werden.",
    Voice.REPORTED: "Der Bericht gibt wieder, was diese Person gesagt hat; die Worte sind die des Berichts. "
    "Nicht als wörtliches Zitat der Person verwenden.",
    Voice.COLLECTIVE: "Aus der Diskussion oder ihrer Zusammenfassung. Der Bericht nennt niemanden als Urheber.",
    Voice.EDITORIAL: "Text der Veröffentlichung selbst (Programm, Leitfragen, Anmerkungen), von niemandem gesagt.",
}

NONES: Mapping[str, str] = {"speaker": "niemand genannt", "theme": "ohne Thema", "role": "ohne Rolle"}

SORTS: Mapping[str, str] = {
    "relevance": "Relevanz",
    "reading": "Lesereihenfolge",
    "newest": "neueste zuerst",
    "oldest": "älteste zuerst",
}

GROUPS: Mapping[str, str] = {"": "einzeln", "speaker": "nach Person", "section": "nach Abschnitt"}

LISTED: Mapping[str, str] = {"": "Treffer", "speaker": "Personen", "section": "Abschnitte"}
"""What is counted in a list of results, by what it is grouped by."""

CONTEXT_ORDERS: Mapping[str, str] = {"": "wie gedruckt", "left": "nach dem Wort davor", "right": "nach dem Wort danach"}
MEASURES: Mapping[bool, str] = {False: "Fundstellen", True: "je 10.000 Wörter"}

CLOSED_FACETS: Mapping[str, Mapping[str, str]] = {
    "voice": {voice.value: word for voice, word in VOICES.items()},
    "role": {role.value: word for role, word in ROLES.items()},
    "kind": {kind.value: word for kind, word in KINDS.items()},
}
"""Facets whose values are fixed by the model, with the word for each value."""

UNSURE = "unsicher"

RULES: Mapping[str, str] = {
    "by_hand": "von Hand zugeordnet",
    "given": "so in der Quelle angegeben",
    "edition": "nach den geprüften Angaben zur Veranstaltung",
    "programme": "aus dem Programm",
    "head": "aus dem Kopf des Abschnitts",
    "heading": "aus der Überschrift",
    "byline": "aus der Namenszeile",
    "label": "aus dem Namen vor dem Redebeitrag",
    "named": "aus dem Namen im Text",
    "lead_in": "aus dem einleitenden Satz",
    "opening": "aus der Stellung am Anfang des Abschnitts",
    "before_first_turn": "aus der Stellung vor dem ersten Redebeitrag",
    "after_questions": "aus der Stellung nach den Leitfragen",
    "after_subheading": "aus der Stellung nach einer Zwischenüberschrift",
    "continued": "setzt die Stelle davor fort",
    "caption": "als Bildunterschrift gedruckt",
    "interjection": "als Zwischenruf gedruckt",
    "footnote": "als Fußnote gedruckt",
}


def none_word(facet: str) -> str:
    """Return what a facet calls the passages that have no value in it."""
    return NONES.get(facet, "ohne Angabe")


def closed_word(facet: str, value: str) -> str | None:
    """Return the word for a value of a facet with fixed values, or None for an open one."""
    if value == NONE:
        return none_word(facet)
    return CLOSED_FACETS.get(facet, {}).get(value)


def rule_words(evidence: Evidence) -> str:
    """Return in words which rule decided an attribution."""
    return RULES.get(evidence.rule, f"nach der Regel „{evidence.rule}“")


def certainty(confidence: float) -> str:
    """Return how sure an attribution is, in one word.

    >>> certainty(0.99), certainty(0.85), certainty(0.4)
    ('sicher', 'wahrscheinlich', 'unsicher')
    """
    if confidence >= 0.95:
        return "sicher"
    return "wahrscheinlich" if confidence >= 0.8 else UNSURE

"""The interface's own words where `kb.labels` has none: what voices mean, what rules are called.

The tables are in German, as the catalogues want them; who prints a word of one translates it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb import labels
from kb.model import Evidence, Voice
from kb.results import NONE
from kb.translation import N_
from kb.translation import gettext as _

VOICE_MEANINGS: Mapping[str, str] = {
    Voice.VERBATIM: N_("Gedruckt als eigene Worte dieser Person. Darf in Anführungszeichen zitiert werden."),
    Voice.REPORTED: N_(
        "Der Bericht gibt wieder, was diese Person gesagt hat; die Worte sind die des Berichts. "
        "Nicht als wörtliches Zitat der Person verwenden."
    ),
    Voice.COLLECTIVE: N_("Aus der Diskussion oder ihrer Zusammenfassung. Der Bericht nennt niemanden als Urheber."),
    Voice.EDITORIAL: N_("Text der Veröffentlichung selbst (Programm, Leitfragen, Anmerkungen), von niemandem gesagt."),
}

NONES: Mapping[str, str] = {"speaker": N_("niemand genannt"), "theme": N_("ohne Thema"), "role": N_("ohne Rolle")}

SORTS: Mapping[str, str] = {
    "relevance": N_("Relevanz"),
    "reading": N_("Lesereihenfolge"),
    "newest": N_("neueste zuerst"),
    "oldest": N_("älteste zuerst"),
}

GROUPS: Mapping[str, str] = {"": N_("einzeln"), "speaker": N_("nach Person"), "section": N_("nach Abschnitt")}

LISTED: Mapping[str, str] = {"": N_("Treffer"), "speaker": N_("Personen"), "section": N_("Abschnitte")}
"""What is counted in a list of results, by what it is grouped by."""

CONTEXT_ORDERS: Mapping[str, str] = {
    "": N_("wie gedruckt"),
    "left": N_("nach dem Wort davor"),
    "right": N_("nach dem Wort danach"),
}
MEASURES: Mapping[bool, str] = {False: N_("Fundstellen"), True: N_("je 10.000 Wörter")}

RULES: Mapping[str, str] = {
    "by_hand": N_("von Hand zugeordnet"),
    "given": N_("so in der Quelle angegeben"),
    "edition": N_("nach den geprüften Angaben zur Veranstaltung"),
    "programme": N_("aus dem Programm"),
    "head": N_("aus dem Kopf des Abschnitts"),
    "heading": N_("aus der Überschrift"),
    "byline": N_("aus der Namenszeile"),
    "label": N_("aus der Rednerzeile"),
    "named": N_("aus dem Namen im Text"),
    "lead_in": N_("aus dem einleitenden Satz"),
    "opening": N_("aus der Stellung am Anfang des Abschnitts"),
    "before_first_turn": N_("aus der Stellung vor dem ersten Redebeitrag"),
    "after_questions": N_("aus der Stellung nach den Leitfragen"),
    "after_subheading": N_("aus der Stellung nach einer Zwischenüberschrift"),
    "continued": N_("setzt die Stelle davor fort"),
    "caption": N_("als Bildunterschrift gedruckt"),
    "interjection": N_("als Zwischenruf gedruckt"),
    "footnote": N_("als Fußnote gedruckt"),
}

READ_FROM_A_LINE = frozenset({"programme", "head", "heading", "byline", "label", "named", "lead_in"})
"""The rules that read an attribution from a line of print: where it stands can be said."""


def none_word(facet: str) -> str:
    """Return what a facet calls the passages that have no value in it."""
    return _(NONES.get(facet, labels.NONE))


def closed_word(facet: str, value: str) -> str | None:
    """Return the word for a value of a facet with fixed values, or None for an open one."""
    if value == NONE:
        return none_word(facet)
    return labels.value_word(facet, value) or None


def rule_words(evidence: Evidence, pages: str = "") -> str:
    """Return in words which rule decided an attribution, and on which page the line stands that it was read from."""
    if evidence.rule not in RULES:
        return _("nach der Regel „%(rule)s“", rule=evidence.rule)
    rule = _(RULES[evidence.rule])
    return _("%(rule)s, %(pages)s", rule=rule, pages=pages) if pages and evidence.rule in READ_FROM_A_LINE else rule


def certainty(confidence: float) -> str:
    """Return how sure an attribution is, in one word.

    >>> certainty(0.99), certainty(0.85), certainty(0.4)
    ('sicher', 'wahrscheinlich', 'unsicher')
    """
    if confidence >= 0.95:
        return _("sicher")
    return _("wahrscheinlich") if is_sure(confidence) else _("unsicher")


def is_sure(confidence: float) -> bool:
    """Return whether an attribution is so sure that nobody need look again."""
    return confidence >= 0.8

"""What a verdict says, as a neutral sentence: facts on the print, nothing on whoever quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from kb.citation import pages
from kb.claims import Claim
from kb.model import Passage, Voice
from kb.quote_words import QuotedWords
from kb.quotes import Match, Quote, Verdict
from kb.translation import N_, language, listed, ngettext, whole_number
from kb.translation import gettext as _

_Whose = Literal["own", "quoted", "report", "quoted in report"]

LABELS: Mapping[Verdict, str] = {
    Verdict.VERBATIM: N_("Wörtlich so gedruckt"),
    Verdict.OTHER_SPEAKER: N_("Wörtlich, aber Worte einer anderen Person"),
    Verdict.REPORTED: N_("Worte des Berichts"),
    Verdict.PAGE_DIFFERS: N_("Wörtlich, aber andere Seite"),
    Verdict.NEAR: N_("Ähnlich, nicht wörtlich"),
    Verdict.POLARITY: N_("Ähnlich, aber mit anderem Sinn"),
    Verdict.EMBEDDED: N_("Zitat einer dritten Person"),
    Verdict.AMBIGUOUS: N_("An mehreren Stellen"),
    Verdict.STITCHED: N_("Aus mehreren Stellen zusammengesetzt"),
    Verdict.NOT_FOUND: N_("Nicht in dieser Sammlung"),
}
"""What each verdict is called."""


_SAID: Mapping[tuple[Verdict, _Whose | None], str] = {
    (Verdict.VERBATIM, "own"): N_("So gedruckt%(where)s als Worte von %(whose)s."),
    (Verdict.VERBATIM, "quoted"): N_("So gedruckt%(where)s, dort als Zitat in einem Text von %(whose)s."),
    (Verdict.VERBATIM, "report"): N_("So gedruckt%(where)s im Bericht."),
    (Verdict.VERBATIM, "quoted in report"): N_("So gedruckt%(where)s, dort als wörtliches Zitat im Bericht."),
    (Verdict.NEAR, "own"): N_(
        "Gedruckt steht%(where)s etwas Ähnliches als Worte von %(whose)s; die Abweichungen sind gezeigt."
    ),
    (Verdict.NEAR, "quoted"): N_(
        "Gedruckt steht%(where)s etwas Ähnliches, dort als Zitat in einem Text von %(whose)s; "
        "die Abweichungen sind gezeigt."
    ),
    (Verdict.NEAR, "report"): N_("Gedruckt steht%(where)s etwas Ähnliches im Bericht; die Abweichungen sind gezeigt."),
    (Verdict.NEAR, "quoted in report"): N_(
        "Gedruckt steht%(where)s etwas Ähnliches, dort als wörtliches Zitat im Bericht; die Abweichungen sind gezeigt."
    ),
    (Verdict.POLARITY, "own"): N_(
        "Gedruckt steht%(where)s etwas Ähnliches als Worte von %(whose)s, mit einer Abweichung, die den Sinn ändern "
        "kann: eine Verneinung, eine Zahl oder eine Menge."
    ),
    (Verdict.POLARITY, "quoted"): N_(
        "Gedruckt steht%(where)s etwas Ähnliches, dort als Zitat in einem Text von %(whose)s, mit einer Abweichung, "
        "die den Sinn ändern kann: eine Verneinung, eine Zahl oder eine Menge."
    ),
    (Verdict.POLARITY, "report"): N_(
        "Gedruckt steht%(where)s etwas Ähnliches im Bericht, mit einer Abweichung, die den Sinn ändern kann: "
        "eine Verneinung, eine Zahl oder eine Menge."
    ),
    (Verdict.POLARITY, "quoted in report"): N_(
        "Gedruckt steht%(where)s etwas Ähnliches, dort als wörtliches Zitat im Bericht, mit einer Abweichung, "
        "die den Sinn ändern kann: eine Verneinung, eine Zahl oder eine Menge."
    ),
    (Verdict.OTHER_SPEAKER, None): N_("So gedruckt%(where)s, aber als Worte von %(whose)s, nicht von %(claimed)s."),
    (Verdict.PAGE_DIFFERS, None): N_("So gedruckt, aber%(where)s; angegeben war %(page)s."),
    (Verdict.EMBEDDED, None): N_(
        "So gedruckt%(where)s, aber als Wiedergabe fremder Worte in einem Text von %(whose)s."
    ),
    (Verdict.AMBIGUOUS, None): N_("Diese Worte stehen an mehreren Stellen. Wer sprach, war nicht angegeben."),
    (Verdict.STITCHED, None): N_("Die Teile stehen an verschiedenen Stellen; zusammen sind sie so nicht gedruckt."),
}
"""What there is to say, by whose the words are where that matters."""


def verdict_word(verdict: Verdict) -> str:
    """Return what a verdict is called."""
    return _(LABELS[verdict])


def sentence_on(verdict: Verdict, matches: Sequence[Match], claim: Claim, quote: Quote, passages: int) -> str:
    """Return what there is to say of a quotation; `passages` is how many were looked through."""
    if verdict is Verdict.NOT_FOUND:
        return _not_found(passages)
    if verdict is Verdict.REPORTED:
        return _reported(matches)
    where = _where(matches[0]) if matches else ""
    if verdict is Verdict.PAGE_DIFFERS and not where:
        where = " " + _("ohne Seitenangabe")
    message = _SAID.get((verdict, None)) or _SAID[verdict, _whose(matches[0])]
    whose = whose_words(matches[0].passage) if matches else ""
    return _(message, where=where, whose=whose, claimed=claim.written, page=quote.page.strip())


def whose_words(passage: Passage) -> str:
    """Return whose words a passage has, by name; that nobody is named, if so."""
    named = ", ".join(passage.speakers) or passage.speaker_printed or ""
    return named or _("einer nicht genannten Person")


def _whose(match: Match) -> _Whose:
    if match.passage.voice is Voice.VERBATIM:
        return "quoted" if match.is_quotation else "own"
    return "quoted in report" if match.is_quotation else "report"


def _reported(matches: Sequence[Match]) -> str:
    if not matches:
        return _("Diese Worte sind eine Überschrift, keine Äußerung.")
    passage, where = matches[0].passage, _where(matches[0])
    if passage.voice is Voice.EDITORIAL:
        return _("So gedruckt%(where)s, aber als Text der Redaktion, nicht als Äußerung einer Person.", where=where)
    if not passage.speakers:
        return _(
            "So gedruckt%(where)s, aber als Wortlaut des Berichts; einer Person ist es dort nicht zugeordnet.",
            where=where,
        )
    return _(
        "So gedruckt%(where)s, aber als Wiedergabe durch den Bericht: was %(whose)s sagte, in dessen Worten.",
        where=where,
        whose=whose_words(passage),
    )


def _not_found(passages: int) -> str:
    return ngettext(
        "In dieser Sammlung (eine Stelle) steht das nicht, auch nicht ähnlich.",
        "In dieser Sammlung (%(passages)s Stellen) steht das nicht, auch nicht ähnlich.",
        passages,
        passages=whole_number(passages),
    )


def _where(match: Match) -> str:
    """Return the pages as they stand after a word, with the blank before them; empty if there are none."""
    label = pages(match.pages[0], match.pages[-1], locale=language()) if match.pages else ""
    return " " + _("auf %(pages)s", pages=label) if label else ""


def notes_on(words: QuotedWords, claim: Claim, verdict: Verdict, matches: Sequence[Match]) -> tuple[str, ...]:
    """Return what was understood or left open: the name, the page, words in brackets, short quotations."""
    # Somebody quoted in a passage needs no entry among the people.
    notes = [claim.note] if claim.people or verdict is not Verdict.VERBATIM else []
    if "[" in "".join(word.key for word in words.words):
        notes.append(_("Zusätze in eckigen Klammern gehören nicht zum gedruckten Wortlaut und gelten als Abweichung."))
    if words.count < 4:
        notes.append(_("So wenige Wörter können überall stehen."))
    if matches and claim.people and not any(claim.means(match.passage) for match in matches):
        printed = dict.fromkeys(whose_words(match.passage) for match in matches)
        notes.append(_("Die Stelle ist %(people)s zugeordnet.", people=listed(printed)))
    return tuple(note for note in notes if note)

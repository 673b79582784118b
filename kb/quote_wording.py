"""What a verdict says, as a neutral German sentence: facts on the print, nothing on whoever quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.citation import pages
from kb.claims import Claim
from kb.model import Passage, Voice
from kb.quote_words import QuotedWords
from kb.quotes import Match, Quote, Verdict

LABELS: Mapping[Verdict, str] = {
    Verdict.VERBATIM: "Wörtlich so gedruckt",
    Verdict.OTHER_SPEAKER: "Wörtlich, aber Worte einer anderen Person",
    Verdict.REPORTED: "Worte des Berichts",
    Verdict.PAGE_DIFFERS: "Wörtlich, aber andere Seite",
    Verdict.NEAR: "Ähnlich, nicht wörtlich",
    Verdict.POLARITY: "Ähnlich, aber mit anderem Sinn",
    Verdict.EMBEDDED: "Zitat einer dritten Person",
    Verdict.AMBIGUOUS: "An mehreren Stellen",
    Verdict.STITCHED: "Aus mehreren Stellen zusammengesetzt",
    Verdict.NOT_FOUND: "Nicht in dieser Sammlung",
}
"""What each verdict is called."""


def sentence_on(verdict: Verdict, matches: Sequence[Match], claim: Claim, quote: Quote, passages: int) -> str:
    """Return what there is to say of a quotation; `passages` is how many were looked through."""
    whose = whose_words(matches[0].passage) if matches else ""
    where = _pages(matches[0]) if matches else ""
    said = {
        Verdict.VERBATIM: f"So gedruckt{where}{_as_whose(matches)}.",
        Verdict.OTHER_SPEAKER: f"So gedruckt{where}, aber als Worte von {whose}, nicht von {claim.written}.",
        Verdict.REPORTED: _reported(matches),
        Verdict.PAGE_DIFFERS: f"So gedruckt, aber{where or ' ohne Seitenangabe'}; angegeben war {quote.page.strip()}.",
        Verdict.NEAR: f"Gedruckt steht{where} etwas Ähnliches{_as_whose(matches)}; die Abweichungen sind gezeigt.",
        Verdict.POLARITY: f"Gedruckt steht{where} etwas Ähnliches{_as_whose(matches)}, mit einer Abweichung, die den "
        "Sinn ändern kann: eine Verneinung, eine Zahl oder eine Menge.",
        Verdict.EMBEDDED: f"So gedruckt{where}, aber als Wiedergabe fremder Worte in einem Text von {whose}.",
        Verdict.AMBIGUOUS: "Diese Worte stehen an mehreren Stellen. Wer sprach, war nicht angegeben.",
        Verdict.STITCHED: "Die Teile stehen an verschiedenen Stellen; zusammen sind sie so nicht gedruckt.",
        Verdict.NOT_FOUND: f"In dieser Sammlung ({_counted(passages)}) steht das nicht, auch nicht ähnlich.",
    }
    return said[verdict]


def whose_words(passage: Passage) -> str:
    """Return whose words a passage has, by name; what sort of text it is if nobody is named."""
    named = ", ".join(passage.speakers) or passage.speaker_printed or ""
    return named or "einer nicht genannten Person"


def _as_whose(matches: Sequence[Match]) -> str:
    if not matches:
        return ""
    passage = matches[0].passage
    if passage.voice is Voice.VERBATIM:
        quoted = ", dort als Zitat in einem Text" if matches[0].is_quotation else " als Worte"
        return f"{quoted} von {whose_words(passage)}"
    return ", dort als wörtliches Zitat im Bericht" if matches[0].is_quotation else " im Bericht"


def _reported(matches: Sequence[Match]) -> str:
    if not matches:
        return "Diese Worte sind eine Überschrift, keine Äußerung."
    passage, where = matches[0].passage, _pages(matches[0])
    if passage.voice is Voice.EDITORIAL:
        return f"So gedruckt{where}, aber als Text der Redaktion, nicht als Äußerung einer Person."
    if passage.speakers:
        told = f"was {whose_words(passage)} sagte, in dessen Worten"
        return f"So gedruckt{where}, aber als Wiedergabe durch den Bericht: {told}."
    return f"So gedruckt{where}, aber als Wortlaut des Berichts; einer Person ist es dort nicht zugeordnet."


def _pages(match: Match) -> str:
    label = pages(match.pages[0], match.pages[-1]) if match.pages else ""
    return f" auf {label}" if label else ""


def _counted(passages: int) -> str:
    return f"{passages:,} Stellen".replace(",", ".") if passages != 1 else "eine Stelle"


def notes_on(words: QuotedWords, claim: Claim, verdict: Verdict, matches: Sequence[Match]) -> tuple[str, ...]:
    """Return what was understood or left open: the name, the page, words in brackets, short quotations."""
    # Somebody quoted in a passage needs no entry among the people.
    notes = [claim.note] if claim.people or verdict is not Verdict.VERBATIM else []
    if "[" in "".join(word.key for word in words.words):
        notes.append("Zusätze in eckigen Klammern gehören nicht zum gedruckten Wortlaut und gelten als Abweichung.")
    if words.count < 4:
        notes.append("So wenige Wörter können überall stehen.")
    if matches and claim.people and not any(claim.means(match.passage) for match in matches):
        printed = dict.fromkeys(whose_words(match.passage) for match in matches)
        notes.append(f"Die Stelle ist {' und '.join(printed)} zugeordnet.")
    return tuple(note for note in notes if note)

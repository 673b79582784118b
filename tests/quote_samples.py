"""A fictional corpus in which every verdict of a quote check can be had."""

from __future__ import annotations

from pathlib import Path

from builders import make_corpus

from indexer.build import build_index
from kb.index import Index, open_index
from kb.quote_check import QuoteCheck
from kb.quotes import Checked, Quote

PEOPLE = {
    "anna-berg": "Anna Berg",
    "jan-tal": "Jan Tal",
    "karla-franke": "Karla Franke",
    "otto-grau": "Otto Grau",
    "mia-schweiger-lind": "Mia Schweiger-Lind",
    "jochen-kuehnke": "Jochen Kühnke",
}

OWN = (
    "Unsere Stadt hat 38 Brunnen, und keiner davon ist älter als „hundert Jahre“ – wer hätte das gedacht? "
    "Die Wege am Wasser sind für alle Menschen da, und dafür brauchen wir Bänke, Schatten und Geduld."
)
LONG = (
    "Im Sommer war der Marktplatz leer. Wir haben dort zwölf Linden gepflanzt, die ⟦S. 8⟧ heute schon Schatten geben "
    "und nicht viel Pflege brauchen. Das ist ein unumkehrbarer Anfang."
)
EMBEDDED = (
    "Ich denke gern an die alte Gärtnerin. Sie schrieb dem Rat im Frühjahr: „Wer einen Baum vergisst, der pflanzt "
    "Brennholz. Gebt mir ein Fass Wasser und zwei Leute.“ Danach sei das Geld knapp geworden und habe nie gereicht. "
    "Das war 1911."
)
NAMED = "Zitat Rosa Wintermoor: „Ein Platz ohne Bank ist eine Straße für Eilige.“ Daran halten wir uns bis heute."

REPORTED = (
    "⟦S. 9⟧ Herr Kühnke berichtet, offene Bäche kühlten die Straßen deutlich. „Das Wasser muss wieder nach oben.“ So "
    "sehe er es seit Jahren."
)
FUNDING = "die langfristige Förderung durch den Bund"

PARAGRAPHS = (
    f"⟦S. 7⟧ {OWN}\n{{: #forum-1-1 .turn by=anna-berg role=panelist }}",
    f"{LONG}\n{{: #forum-1-2 .turn by=jan-tal role=panelist }}",
    f"{EMBEDDED}\n{{: #forum-1-3 .turn by=anna-berg role=panelist }}",
    f"{NAMED}\n{{: #forum-1-4 .turn by=jan-tal role=panelist }}",
    f"{REPORTED}\n{{: #forum-1-5 .reported by=jochen-kuehnke role=impulse }}",
    "Die Runde wünscht sich mehr Zeit für Gespräche am offenen Bach.\n{: #forum-1-6 .discussion }",
    f"Dafür fehlt uns {FUNDING}, sagt man im Rathaus.\n{{: #forum-1-7 .turn by=jan-tal role=panelist }}",
    f"Ohne {FUNDING} bliebe jeder Bach ein Rohr.\n{{: #forum-1-8 .turn by=karla-franke role=moderator }}",
)


def quote_corpus(folder: Path) -> Path:
    """Write the corpus into `folder` and return it."""
    return make_corpus(folder, PARAGRAPHS, people=PEOPLE)


def quote_index(folder: Path) -> Index:
    """Return the index of the corpus, built in `folder`."""
    build_index(quote_corpus(folder / "corpus"), folder / "index")
    return open_index(folder / "index")


def checked(index: Index, text: str, speaker: str = "", page: str = "") -> Checked:
    """Return the verdict on one quotation."""
    return QuoteCheck.of(index.generation).check([Quote(text, speaker, page)])[0]

"""What the page of the quote check prints, and what of it a reader may send."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.labels import voice_word
from kb.quote_json import quotable, steps
from kb.quote_wording import verdict_word
from kb.quotes import MAX_CHARACTERS, MAX_MANUSCRIPT, MAX_QUOTES, Checked, Match, NothingToCheck, TooMuch, Verdict
from kb.translation import N_, whole_number
from kb.translation import gettext as _
from webapp import urls
from webapp.entries import name_links
from webapp.library import Library, event_name
from webapp.pages import Page
from webapp.parts import Link
from webapp.typography import printed_pages

SECONDS = 15.0
"""A request is not worked at for longer."""

MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Sent:
    """What a reader typed into the forms, to be shown again."""

    text: str = ""
    speaker: str = ""
    page: str = ""
    manuscript: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place a quotation stands at: where, whose words, how they are printed, and what differs."""

    path: str
    place: str
    event: str
    language: str
    names: tuple[Link, ...]
    voice: str
    voice_label: str
    pages: str
    printed: str
    steps: tuple[tuple[str, str], ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """A quotation with its verdict, as the page prints it."""

    number: int
    quoted: str
    claimed: str
    verdict: str
    label: str
    sentence: str
    notes: tuple[str, ...]
    places: tuple[PlaceFound, ...]
    more: int


@dataclass(frozen=True)
class CheckPage(Page):
    template = "checking.html"
    sent: Sent
    problem: str
    entries: tuple[CheckEntry, ...]
    tally: tuple[tuple[str, int], ...]
    passages: int
    max_characters: int = MAX_CHARACTERS
    max_manuscript: int = MAX_MANUSCRIPT
    max_quotes: int = MAX_QUOTES


def check_page(here: Library, sent: Sent, checks: Sequence[Checked] = (), *, problem: str = "") -> CheckPage:
    """Return the page with the forms, what was typed into them, and the verdicts."""
    counts = Counter(checked.verdict for checked in checks)
    return CheckPage(
        sent=sent,
        problem=problem,
        entries=tuple(_entry(here, at, checked) for at, checked in enumerate(checks, start=1)),
        tally=tuple((verdict_word(verdict), counts[verdict]) for verdict in Verdict if counts[verdict]),
        passages=here.overview.total,
    )


def problem_words(error: TooMuch | NothingToCheck) -> str:
    """Return what is wrong with what was sent, for a reader."""
    if isinstance(error, NothingToCheck):
        return _("Darin ist nichts zu prüfen: Es fehlen Wörter oder, in einem Manuskript, Zitate in Anführungszeichen.")
    return _(_LIMITED.get(error.what, _MORE), limit=whole_number(error.limit))


_MORE = N_("Das ist zu viel auf einmal: mehr als %(limit)s. Bitte teilen.")
_LIMITED = {
    "number of quotations": N_("Das ist zu viel auf einmal: mehr als %(limit)s Zitate. Bitte teilen."),
    "quotations of a manuscript": N_(
        "Das ist zu viel auf einmal: ein Manuskript mit mehr als %(limit)s Zitaten. Bitte teilen."
    ),
    "characters of one quotation": N_(
        "Das ist zu viel auf einmal: ein Zitat mit mehr als %(limit)s Zeichen. Bitte teilen."
    ),
    "characters of a manuscript": N_(
        "Das ist zu viel auf einmal: ein Manuskript mit mehr als %(limit)s Zeichen. Bitte teilen."
    ),
    "seconds": N_("Das ist zu viel auf einmal: mehr als %(limit)s Sekunden Arbeit. Bitte teilen."),
}


def _entry(here: Library, at: int, checked: Checked) -> CheckEntry:
    quote = checked.quote
    claimed = ", ".join(part for part in (quote.speaker.strip(), printed_pages(_bare(quote.page))) if part)
    return CheckEntry(
        number=at,
        quoted=quote.text.strip(),
        claimed=claimed,
        verdict=checked.verdict.value,
        label=verdict_word(checked.verdict),
        sentence=checked.sentence,
        notes=checked.notes,
        places=tuple(_place(here, match) for match in checked.matches),
        more=checked.more,
    )


def _bare(page: str) -> str:
    return page.strip().removeprefix("S.").strip()


def _place(here: Library, match: Match) -> PlaceFound:
    passage = match.passage
    edition = here.edition(passage.edition)
    told = tuple(step for piece in match.pieces for step in steps(piece))
    return PlaceFound(
        path=urls.passage_path(passage),
        place=passage.section_title,
        event=event_name(edition),
        language=edition.language,
        names=name_links(passage),
        voice=passage.voice.value,
        voice_label=voice_word(passage.voice),
        pages=printed_pages(match.pages[0], match.pages[-1]) if match.pages else "",
        printed=quotable(match),
        steps=told,
        differs=any(step != "same" for step, _ in told),
    )

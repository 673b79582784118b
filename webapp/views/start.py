"""The start page: what is in here, and searches that find something."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint

from kb.results import NONE, Search
from webapp import urls
from webapp.facets import corpus_note
from webapp.library import Library, library
from webapp.pages import StartPage
from webapp.parts import EditionCard, Link
from webapp.typography import long_date

blueprint = Blueprint("start", __name__)
_CUES = 8


@blueprint.get("/")
def start() -> str:
    """Return the start page."""
    here = library()
    people = set(here.counts("speaker")) & set(here.speakers)
    page = StartPage(
        editions=tuple(_cards(here)),
        corpus=corpus_note(here),
        people_count=len(people),
        examples=tuple(_examples(here)),
    )
    return page.render()


def _cards(here: Library) -> Iterator[EditionCard]:
    counts = here.counts("edition")
    for edition in sorted(here.editions.values(), key=lambda edition: -(edition.year or 0)):
        yield EditionCard(
            edition=edition,
            path=urls.edition_path(edition.id),
            date=long_date(edition.event.date),
            passages=counts.get(edition.id, 0),
            people=len(here.statements(edition.id)),
        )


def _examples(here: Library) -> Iterator[Link]:
    """Yield searches drawn from the corpus: a word that earned a theme, a person, a section, a theme."""
    word = _telling_word(here)
    if word:
        yield Link(word, urls.search_path(Search(word)), "Ein Wort")
    for facet, note in (("speaker", "Eine Person"), ("theme", "Ein Thema"), ("forum", "Ein Abschnitt")):
        value = _commonest(here, facet)
        if value:
            yield Link(here.label(facet, value), urls.search_path(urls.filtered(facet, value)), note)


def _commonest(here: Library, facet: str) -> str:
    counts = {value: count for value, count in here.counts(facet).items() if value != NONE}
    return max(counts, key=lambda value: counts[value], default="")


def _telling_word(here: Library) -> str:
    """Return the cue of the commonest theme that a search finds most often; empty if it finds none."""
    theme = here.themes.get(_commonest(here, "theme"))
    cues = [cue for cue in theme.cues if cue.isalpha()] if theme else []
    totals = {cue: here.index.search(Search(cue, limit=1)).total for cue in cues[:_CUES]}
    word = max(totals, key=lambda cue: totals[cue], default="")
    return word if totals.get(word) else ""

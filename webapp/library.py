"""The open index as the pages need it: look-ups that say what is missing, and facts asked for again and again."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

from flask import current_app

from kb.errors import Ended, NotFound
from kb.index import Index, open_index
from kb.locator import Locator
from kb.mentions import Mentioned, mentions
from kb.model import Edition, Passage, Section, Speaker, Theme
from kb.notes import Note
from kb.people import slug
from kb.resolve import Ambiguous, resolve_filter
from kb.results import Results, Search
from kb.similar import Similar, similar
from kb.translation import alternatives
from kb.translation import gettext as _
from webapp import urls
from webapp.parts import Link
from webapp.wording import closed_word

_REMEMBERED = 2000
"""For so many passages it is kept which ones say something alike: finding them takes longer than all else on a page."""

_EXAMPLES = 100
"""Of so many queries offered as examples it is kept how much they find."""


class Library:
    """One opened index. Everything it remembers belongs to that index and goes with it."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._statements: dict[str, Mapping[str, int]] = {}
        self._with_words: dict[str, frozenset[str]] = {}
        self.similar = lru_cache(maxsize=_REMEMBERED)(self._similar)
        self.finding = lru_cache(maxsize=_EXAMPLES)(self._finding)

    @property
    def editions(self) -> Mapping[str, Edition]:
        return self.index.editions

    @property
    def speakers(self) -> Mapping[str, Speaker]:
        return self.index.speakers

    @property
    def themes(self) -> Mapping[str, Theme]:
        return self.index.themes

    @property
    def notes(self) -> Mapping[str, Note]:
        return self.index.notes

    @cached_property
    def mentions(self) -> Mapping[Mentioned, list[Note]]:
        """The notes that speak of somebody or something, by what it is."""
        return mentions(self.notes, self.index.passage)

    def search(self, search: Search) -> Results:
        """Return the answer to a search whose filters may be names; what nobody is called is told in a note."""
        meant, notes = self.resolved(search)
        results = self.index.search(meant)
        understood = replace(results.understood, notes=(*results.understood.notes, *notes))
        return replace(results, understood=understood)

    def resolved(self, search: Search) -> tuple[Search, tuple[str, ...]]:
        """Return a search with the names in its filters turned into ids, and notes on those nobody is called."""
        notes: list[str] = []
        filters = {
            facet: tuple(dict.fromkeys(meant for value in values for meant in self._meant(facet, value, notes)))
            for facet, values in search.filters.items()
        }
        return replace(search, filters=filters), tuple(notes)

    def _meant(self, facet: str, value: str, notes: list[str]) -> tuple[str, ...]:
        """Return the facet values that a name means: itself if it means nothing, several if several are called so."""
        try:
            return (resolve_filter(facet, value, speakers=self.speakers, themes=self.themes, editions=self.editions),)
        except Ambiguous as error:
            candidates = ", ".join(error.candidates)
            notes.append(_("„%(value)s“ kann mehrere meinen: %(candidates)s", value=value, candidates=candidates))
            return error.candidates
        except NotFound as error:
            near = alternatives(filter(None, error.hint.removeprefix("perhaps ").split(" or ")))
            unknown = _("„%(value)s“ ist hier unbekannt; vielleicht %(near)s?", value=value, near=near)
            notes.append(unknown if near else _("„%(value)s“ ist hier unbekannt", value=value))
            return (value,)

    @cached_property
    def overview(self) -> Results:
        """The answer to the empty search: every facet counted over the whole corpus.

        It is kept, so its words are in the language of whoever asked first: only its figures are for showing.
        """
        return self.index.search(Search(limit=1))

    def counts(self, facet: str) -> Mapping[str, int]:
        """Return how many passages each value of a facet has in the whole corpus."""
        return {choice.value: choice.count for choice in self.overview.facets[facet]}

    @cached_property
    def heard(self) -> frozenset[str]:
        """The ids of everybody of whom a passage is here."""
        return frozenset(value for value, count in self.counts("speaker").items() if count and value in self.speakers)

    def by_surname(self) -> list[Speaker]:
        """Return everybody of the authority file, by surname."""
        return sorted(self.speakers.values(), key=lambda speaker: (speaker.surname.casefold(), speaker.name))

    def by_label(self) -> list[Theme]:
        """Return all themes, by their German labels."""
        return sorted(self.themes.values(), key=lambda theme: theme.label_de)

    def newest_first(self) -> list[Edition]:
        """Return the editions, that of the latest event first."""
        return sorted(self.editions.values(), key=lambda edition: -(edition.year or 0))

    def edition(self, edition_id: str) -> Edition:
        """Return the edition with this id.

        Raises:
            NotFound: there is none.
        """
        if edition_id not in self.editions:
            raise NotFound("edition", edition_id)
        return self.editions[edition_id]

    def section(self, edition_id: str, section_id: str) -> Section:
        """Return the section with this id path.

        Raises:
            NotFound: edition or section is missing.
        """
        section = self.edition(edition_id).section(section_id)
        if section is None:
            raise NotFound("section", f"{edition_id}/{section_id}")
        return section

    def speaker(self, speaker_id: str) -> Speaker:
        """Return the person with this id.

        Raises:
            NotFound: there is none.
        """
        if speaker_id not in self.speakers:
            raise NotFound("speaker", speaker_id)
        return self.speakers[speaker_id]

    def theme(self, theme_id: str) -> Theme:
        """Return the theme with this id.

        Raises:
            NotFound: there is none.
        """
        if theme_id not in self.themes:
            raise NotFound("theme", theme_id)
        return self.themes[theme_id]

    def note(self, name: str) -> Note:
        """Return the note with this name.

        Raises:
            NotFound: there is none.
        """
        if name not in self.notes:
            raise NotFound("note", name)
        return self.notes[name]

    def statements(self, edition_id: str) -> Mapping[str, int]:
        """Return how many passages each person has in an edition; who has none is not in it."""
        if edition_id not in self._statements:
            results = self.index.search(Search(filters={"edition": (edition_id,)}, limit=1))
            self._statements[edition_id] = {
                choice.value: choice.count
                for choice in results.facets["speaker"]
                if choice.count and choice.value in self.speakers
            }
        return self._statements[edition_id]

    def sections_with_words(self, edition_id: str) -> frozenset[str]:
        """Return the ids of the sections of an edition that have passages in or below them."""
        if edition_id not in self._with_words:
            paths = {passage.section for passage in self.index.passages_in(edition_id)}
            self._with_words[edition_id] = frozenset(
                "/".join(path.split("/")[:length]) for path in paths for length in range(1, path.count("/") + 2)
            )
        return self._with_words[edition_id]

    def has_words(self, edition_id: str) -> bool:
        """Return whether the words of an edition are here, not its facts alone."""
        return bool(self.counts("edition").get(edition_id))

    def silent(self, edition: Edition) -> tuple[str, ...]:
        """Return the people named in the programme of an edition of whom it prints no statement.

        Nobody is called silent in an edition whose words are not here.
        """
        if not self.has_words(edition.id):
            return ()
        spoke = self.statements(edition.id)
        return tuple(person for person in programme_people(edition) if person not in spoke)

    def unheard(self, edition: Edition) -> tuple[str, ...]:
        """Return the people of the programme of whom no statement is here, printed or not."""
        return self.silent(edition) if self.has_words(edition.id) else programme_people(edition)

    @cached_property
    def _unheard(self) -> tuple[tuple[str, str, Edition], ...]:
        """Every person unheard in an edition, with the surname as a slug and the edition."""
        return tuple(
            (person, slug(self.speakers[person].surname), edition)
            for edition in self.editions.values()
            for person in self.unheard(edition)
        )

    def unheard_named(self, search: Search) -> Mapping[str, tuple[Edition, ...]]:
        """Return the people whom a search names, by surname or as filter, with the editions they are unheard in."""
        asked = f"-{slug(search.text)}-"
        chosen = search.filters.get("speaker", ())
        found: dict[str, tuple[Edition, ...]] = {}
        for person, surname, edition in self._unheard:
            if person in chosen or f"-{surname}-" in asked:
                found[person] = (*found.get(person, ()), edition)
        return found

    def office(self, speaker_id: str, edition_id: str) -> str:
        """Return office and organisation of a person at the time of an edition, as printed there."""
        speaker = self.speakers.get(speaker_id)
        office = speaker.office_in(edition_id) if speaker else None
        return ", ".join(part for part in (office.office, office.organisation) if part) if office else ""

    def label(self, facet: str, value: str) -> str:
        """Return the word for a facet value; the value itself if nobody knows it."""
        word = closed_word(facet, value)
        if word is not None:
            return word
        if facet == "speaker":
            return self.speakers[value].name if value in self.speakers else value
        if facet == "theme":
            return self.themes[value].label_de if value in self.themes else value
        if facet == "edition":
            return event_name(self.editions[value]) if value in self.editions else value
        return self._forum_labels.get(value, value) if facet == "forum" else value

    def language_of(self, facet: str, value: str) -> str:
        """Return the language of the word for a facet value; empty if it is the interface's own or nobody's."""
        if closed_word(facet, value) is not None:
            return ""
        if facet in ("edition", "forum", "section"):
            edition = self.editions.get(value.partition("/")[0])
            return edition.language if edition else ""
        return self.language if facet in ("speaker", "theme") else ""

    @property
    def language(self) -> str:
        """The language most of the words here are in; names and themes count as words of it."""
        return self.index.manifest.languages[0]

    @cached_property
    def _forum_labels(self) -> Mapping[str, str]:
        """The word for each top-level section; one that several editions have says which year it is of."""
        forums = [(edition, one) for edition in self.editions.values() for one in edition.sections if "/" not in one.id]
        often = Counter(section.label for _, section in forums)
        return {
            f"{edition.id}/{section.id}": f"{section.label} ({edition.year})"
            if often[section.label] > 1 and edition.year
            else section.label
            for edition, section in forums
        }

    def passage(self, locator: Locator) -> Passage:
        """Return the passage at `locator`.

        Raises:
            Ended: it was withdrawn, or went into others.
            NotFound: edition, section or passage is missing.
        """
        found = self.index.passage(locator)
        if found is None:
            self._refuse_ended(locator)
            self.section(locator.edition, locator.section)
            raise NotFound("passage", str(locator))
        return found

    def _refuse_ended(self, locator: Locator) -> None:
        life = self.index.ledger(locator.edition).lives.get(locator)
        if life is not None and life.end is not None:
            raise Ended(str(locator), f"{life.end.kind} on {life.end.day}")

    def _similar(self, locator: Locator, limit: int) -> Similar:
        """Return up to `limit` passages that say something like the one at `locator`; remembered as `similar`."""
        return similar(self.index.generation, self.passage(locator), limit=limit)

    def _finding(self, query: str) -> int:
        """Return how many passages a query finds as it is written; remembered as `finding`."""
        results = self.search(Search(query, limit=0))
        return 0 if results.understood.is_corrected else results.total

    def around(self, passage: Passage) -> tuple[Passage, ...]:
        """Return the passages of the top-level section a passage stands in, in reading order."""
        return self.index.passages_in(passage.edition, passage.section.partition("/")[0])


def programme_people(edition: Edition) -> tuple[str, ...]:
    """Return the ids of everybody named in the outline of an edition, each once."""
    return tuple(dict.fromkeys(person for section in edition.sections for person in section.people))


def event_name(edition: Edition) -> str:
    """Return what an event is called in a list: its title, with the year if the title does not say it."""
    name = edition.event.title or edition.title
    return f"{name} ({edition.year})" if edition.year and str(edition.year) not in name else name


def event_link(edition: Edition) -> Link:
    """Return the way to an edition, called by its event."""
    return Link(event_name(edition), urls.edition_path(edition.id), language=edition.language)


def keep_for_good() -> None:
    """Tell Python that what is loaded now stays, except what is no longer needed.

    Otherwise its collector of cycles looks through dictionary and index again and again, while a reader waits: 60 to 80
    milliseconds each time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Shelf:
    """Holds the index of a folder open and takes the new one once it was swapped in; one for an application."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library: Library | None = None
        self._lock = Lock()

    def library(self) -> Library:
        """Return the current index.

        Raises:
            IndexUnusable: there is none, or one this version cannot read.
        """
        with self._lock:
            if self._library is None:
                self._library = Library(open_index(self._folder))
            current = self._library.index.refreshed()
            if current is not self._library.index:
                self._library = Library(current)
                keep_for_good()
            return self._library


def library() -> Library:
    """Return the library of the application that answers this request.

    Raises:
        IndexUnusable: there is no index to answer from.
    """
    shelf: Shelf = current_app.extensions["wortlaut"]
    return shelf.library()

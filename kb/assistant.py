"""What an assistant is told: passages, people, themes and citations, the citation before the words.

Each passage comes with locator, voice, page, finished citation and link first, so that nobody has to put them together
from parts; `whose_words` says in a sentence whether the words may be quoted as somebody's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from kb.citable import parse_range, parse_selection, passages_from
from kb.citation import Citation, cite, pages
from kb.citation_json import TEXT_FORMATS, in_format
from kb.citation_wording import LOCALES, wording
from kb.errors import NotFound
from kb.index import Index, open_index
from kb.locator import Locator
from kb.lookup import refuse_ended_in
from kb.model import Edition, Passage, Section, Voice
from kb.passage_json import passage_json
from kb.people import slug
from kb.quote_check import QuoteCheck
from kb.quote_json import checked_json
from kb.quotes import Match, Quote
from kb.references import references_in
from kb.resolve import resolve_edition, resolve_filter
from kb.results import Hit, Search
from kb.search_arguments import BadArgument, check_value
from kb.styling import STYLES, styled
from kb.verification import Finding, Status, verify
from kb.verification_report import finding_json

MOST = 50
"""Passages, people or themes that one answer holds at most."""

_SECONDS = 15.0
_STYLE = next(iter(STYLES))
Answer = dict[str, Any]


class Assistant:
    """Answers from the index in a folder, a new one as soon as it was swapped in. Safe to use from several threads.

    Every method but `__init__` is a tool: its docstring is what an assistant reads of it.
    """

    def __init__(self, index_folder: Path, *, base_url: str) -> None:
        """Open the index; links in the answers start with `base_url`.

        Raises:
            IndexUnusable: there is none, or one this version cannot read.
        """
        self._index = open_index(index_folder)
        self._base_url = base_url
        self._lock = Lock()

    def search_passages(
        self,
        query: str = "",
        speaker: str = "",
        section: str = "",
        theme: str = "",
        voice: Literal["", "verbatim", "reported", "collective", "editorial"] = "",
        role: str = "",
        edition: str = "",
        year: str = "",
        sort: Literal["relevance", "reading", "newest", "oldest"] = "relevance",
        limit: int = 10,
        offset: int = 0,
    ) -> Answer:
        """Search what was said at the events of this collection.

        `query` is German search text; "phrases", UND, ODER, NICHT, `wort*` and fields such as `sprecher:name` work.
        The filters take ids or names: `speaker`, `theme`, `edition`, `section` (a top-level section as
        edition/section). A leading "-" excludes. `voice` "verbatim" finds people's own words only. At most 50 hits
        come at once; `offset` goes on. Cite what you use with the `citation` and `link` given beside it, and quote in
        quotation marks only what has the voice "verbatim".
        """
        index = self._opened()
        asked = {"speaker": speaker, "forum": section, "theme": theme, "voice": voice}
        asked |= {"role": role, "edition": edition, "year": year}
        filters = _filters(index, {facet: value for facet, value in asked.items() if value})
        most, start = _whole("limit", limit, 0, MOST), _whole("offset", offset, 0, 1_000_000)
        results = index.search(Search(query, filters, sort, most, start))
        return {
            "hits": [self._hit(index, hit) for hit in results.hits],
            "total": results.total,
            "next_offset": _next(results.search.offset, len(results.hits), results.total),
            "understood_as": results.understood.words,
            "notes": list(results.understood.notes),
            "suggestion": results.understood.suggestion,
            "corpus": {
                "fingerprint": results.corpus_fingerprint,
                "passages": results.corpus_passages,
                "release": index.manifest.release,
            },
        }

    def read_passage(self, locator: str, around: int = 0) -> Answer:
        """Read one passage, with as many as `around` (at most 10) passages before and after it in its section.

        `locator` is edition/section/number, with or without ~fingerprint, or a permanent link. If the words are not
        those the fingerprint was made of any more, `since_cited` says what became of them.
        """
        index = self._opened()
        passage, finding = _passage(index, locator)
        reach = _whole("around", around, 0, 10)
        inside = index.passages_in(passage.edition, passage.section.partition("/")[0])
        place = next(number for number, one in enumerate(inside) if one.id == passage.id)
        return {
            **self._entry(index, passage),
            "before": [self._entry(index, one) for one in inside[max(0, place - reach) : place]],
            "after": [self._entry(index, one) for one in inside[place + 1 : place + 1 + reach]],
            **_since_cited(finding),
        }

    def read_section(self, section: str, offset: int = 0, limit: int = MOST) -> Answer:
        """Read a section and those nested in it, in the order of print, 50 passages at most at once.

        `section` is edition/section as it stands in every locator before the number. An edition alone answers with the
        list of its sections.
        """
        index = self._opened()
        edition_id, _, path = section.strip("/").partition("/")
        edition = index.editions[resolve_edition(edition_id, index.editions)]
        if not path:
            return {"edition": _edition(edition), "sections": [_section(edition, one) for one in edition.sections]}
        found = edition.section(path)
        if found is None:
            known = ", ".join(one.id for one in edition.sections)
            raise NotFound("section", f"{edition.id}/{path}", f"sections here: {known}")
        inside = index.passages_in(edition.id, path)
        start, most = _whole("offset", offset, 0, 1_000_000), _whole("limit", limit, 1, MOST)
        shown = inside[start : start + most]
        return {
            "passages": [self._entry(index, one) for one in shown],
            "total": len(inside),
            "next_offset": _next(start, len(shown), len(inside)),
            "section": _section(edition, found),
            "edition": _edition(edition),
        }

    def list_people(self, name: str = "", edition: str = "", limit: int = MOST, offset: int = 0) -> Answer:
        """List the people of the collection by surname, with offices, and how many passages they have in each voice.

        `name` keeps those whose name holds it, `edition` those of one edition. Who is listed without any passage was
        named, in a programme for example, but no words of theirs are printed here.
        """
        index = self._opened()
        wanted = resolve_edition(edition, index.editions) if edition else ""
        people = sorted(index.speakers.values(), key=lambda one: (slug(one.surname), one.id))
        counts = _counts(index, "speaker", {"edition": (wanted,)} if wanted else {})
        named = _named(index.editions[wanted]) if wanted else frozenset(index.speakers)
        found = [one for one in people if slug(name) in slug(one.name) and (one.id in named or one.id in counts)]
        start, most = _whole("offset", offset, 0, 1_000_000), _whole("limit", limit, 1, MOST)
        shown = found[start : start + most]
        rows = [
            {
                "id": one.id,
                "name": " ".join(filter(None, (one.title, one.name))),
                "offices": [asdict(office) for office in one.offices if not wanted or office.edition == wanted],
                "passages": counts.get(one.id, {}),
            }
            for one in shown
        ]
        return {"people": rows, "total": len(found), "next_offset": _next(start, len(shown), len(found))}

    def list_themes(self) -> Answer:
        """List the controlled themes with their scope and how many passages have each in which voice."""
        index = self._opened()
        counts = _counts(index, "theme", {})
        rows = [
            {
                "id": theme.id,
                "label": theme.label_de,
                "label_en": theme.label_en,
                "scope": theme.scope_note,
                "passages": counts.get(theme.id, {}),
            }
            for theme in sorted(index.themes.values(), key=lambda theme: slug(theme.label_de))
        ]
        return {"themes": rows, "total": len(rows)}

    def cite(
        self,
        locator: str,
        style: Literal["fussnote", "autor-jahr", "apa", "presse"] = "fussnote",
        language: Literal["de", "en"] = "de",
        characters: str = "",
        format: str = "text",
    ) -> Answer:
        """Cite a passage, a range of one section (edition/section/3-5), or the `characters` 12-40 of a passage.

        `citation` is the reference, `quotation` the words as they may be handed out: in quotation marks only if they
        are a person's own. `format` may be text, html, markdown, bibtex, biblatex, ris, csl-json, json-ld, coins or
        meta; `formatted` holds it.
        """
        for name, value, allowed in (("style", style, STYLES), ("language", language, LOCALES)):
            _refuse_unknown(name, value, tuple(allowed))
        _refuse_unknown("format", format, TEXT_FORMATS)
        index = self._opened()
        citation, finding = self._citation(index, locator, parse_selection(characters) if characters else None)
        done = styled(citation, style, language)
        return {
            **_head(citation, done.reference),
            "quotation": done.words,
            "formatted": in_format(done, format),
            **_since_cited(finding),
        }

    def verify_quote(self, quote: str, speaker: str = "", page: str = "") -> Answer:
        """Check whether a quotation is printed so, whose words it is, and on which page.

        `verdict` is one of verbatim, other_speaker, reported, page_differs, near, polarity, embedded, ambiguous,
        stitched, not_found; only "verbatim" confirms it. `matches` are the places, with what differs there.
        """
        index = self._opened()
        (checked,) = QuoteCheck.of(index.generation).check([Quote(quote, speaker, page)], seconds=_SECONDS)
        told = checked_json(checked, base_url=self._base_url)
        rows = zip(checked.matches, told.pop("matches"), strict=True)
        return {"matches": [self._match(index, match) | row for match, row in rows], **told}

    def _opened(self) -> Index:
        with self._lock:
            self._index = self._index.refreshed()
            return self._index

    def _entry(self, index: Index, passage: Passage) -> Answer:
        """Return a passage, its citation before its words."""
        citation = self._cite(index, passage)
        return {**_head(citation, styled(citation, _STYLE, LOCALES[0]).reference), "passage": passage_json(passage)}

    def _hit(self, index: Index, hit: Hit) -> Answer:
        found = "".join(f"**{text}**" if is_match else text for text, is_match in hit.snippet)
        return {**self._entry(index, hit.passage), "snippet": found, "score": round(hit.score, 3)}

    def _match(self, index: Index, match: Match) -> Answer:
        citation = self._cite(index, match.passage, selection=(match.start, match.end))
        return _head(citation, styled(citation, _STYLE, LOCALES[0]).reference)

    def _cite(
        self, index: Index, passages: Passage | Sequence[Passage], selection: tuple[int, int] | None = None
    ) -> Citation:
        first = passages if isinstance(passages, Passage) else passages[0]
        edition = index.editions[first.edition]
        return cite(passages, edition, base_url=self._base_url, accessed=date.today(), selection=selection)

    def _citation(
        self, index: Index, written: str, selection: tuple[int, int] | None
    ) -> tuple[Citation, Finding | None]:
        if "//" in written:
            passage, finding = _passage(index, written)
            return self._cite(index, passage, selection), finding
        first, last, fingerprint = parse_range(written)
        passage, finding = _passage(index, f"{first}~{fingerprint}" if fingerprint else str(first))
        if last == first.ordinal:
            return self._cite(index, passage, selection), finding
        inside = passages_from(index.passages_in(first.edition, first.section), first, last)
        return self._cite(index, inside, selection), finding


def _head(citation: Citation, reference: str) -> Answer:
    """Return what comes first of every passage."""
    last = citation.passages[-1].locator.ordinal
    ending = f"-{last}" if len(citation.passages) > 1 else ""
    return {
        "locator": f"{citation.passage.id}{ending}",
        "voice": citation.voice.value,
        "page": pages(*citation.printed_pages),
        "citation": reference,
        "link": citation.link,
        "whose_words": wording("de").said[citation.voice],
    }


def _passage(index: Index, written: str) -> tuple[Passage, Finding | None]:
    """Return the passage a locator or link names, and what became of the words if it has a fingerprint."""
    reference = references_in(written, editions=index.editions)[0]
    locator = reference.locator
    if locator is None:
        raise NotFound("passage", written[:200])
    passage = index.passage(locator)
    if passage is None:
        refuse_ended_in(index.ledger(locator.edition), locator)
        raise NotFound("passage", str(locator), _nearest(index, locator))
    return passage, verify(reference, index) if reference.fingerprint else None


def _nearest(index: Index, locator: Locator) -> str:
    """Return where a passage might be that is not at `locator`."""
    edition = index.editions.get(locator.edition)
    if edition is None:
        return f"editions here: {', '.join(index.editions) or 'none'}"
    if edition.section(locator.section) is None:
        return f"sections here: {', '.join(one.id for one in edition.sections)}"
    numbers = [one.locator.ordinal for one in index.passages_in(edition.id, locator.section)]
    return f"numbers here run to {max(numbers)}" if numbers else "the section has no words of its own"


def _since_cited(finding: Finding | None) -> Answer:
    if finding is None or finding.status is Status.UNCHANGED:
        return {}
    return {"since_cited": finding_json(finding)}


def _filters(index: Index, asked: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the filters with names turned into ids.

    Raises:
        BadArgument, NotFound, Ambiguous: a value means nothing, or several things; the message names the nearest.
    """
    resolved = partial(resolve_filter, speakers=index.speakers, themes=index.themes, editions=index.editions)
    for facet, value in asked.items():
        check_value(facet, value)
    return {facet: (resolved(facet, value),) for facet, value in asked.items()}


def _counts(index: Index, facet: str, filters: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, int]]:
    """Return how many passages each value of a facet has, by voice; voices with none are left out."""
    found: dict[str, dict[str, int]] = {}
    for voice in Voice:
        results = index.search(Search(filters={**filters, "voice": (voice.value,)}, limit=0))
        for choice in results.facets[facet]:
            if choice.count:
                found.setdefault(choice.value, {})[voice.value] = choice.count
    return found


def _named(edition: Edition) -> frozenset[str]:
    return frozenset(person for section in edition.sections for person in section.people)


def _edition(edition: Edition) -> Answer:
    day = edition.event.date
    return {"id": edition.id, "title": edition.title, "date": day.isoformat() if day else None}


def _section(edition: Edition, section: Section) -> Answer:
    page = pages(section.page_first, section.page_last)
    return {"id": f"{edition.id}/{section.id}", "title": section.label, "kind": section.kind, "page": page}


def _next(offset: int, shown: int, total: int) -> int | None:
    """Return where the rest begins; None if there is none."""
    return offset + shown if shown and offset + shown < total else None


def _whole(name: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise BadArgument(name, str(value), f"{least} … {most}")
    return value


def _refuse_unknown(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise BadArgument(name, value, ", ".join(allowed))

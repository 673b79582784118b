"""Where the words of a search stand, line by line and in figures; what it may be narrowed to, and what of it is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.citation import permanent_link
from kb.concordance import CONTEXTS, Concordance, Line, concordance
from kb.distribution import Distribution, Share, distribution
from kb.labels import facet_word, heading, kind_word, role_word, voice_word
from kb.model import Edition, Passage
from kb.results import Hit, Results, Search
from kb.translation import N_
from kb.translation import gettext as _
from webapp import urls
from webapp.citing import base_url
from webapp.facets import chips, containing, facet_choices, hidden_fields
from webapp.keeping import narrowing, view_links
from webapp.library import Library, event_name
from webapp.pages import ChoicePage, ContextPage, DistributionPage
from webapp.parts import Link
from webapp.search_parts import Bar, Chart, ContextLine, FeedEntry
from webapp.typography import decimal, printed_pages
from webapp.wording import CONTEXT_ORDERS, MEASURES, closed_word

_WIDTH = 55
_MOST_BARS = 30
_CHARTS = (
    ("speaker", N_("Wer es sagt"), N_("Person")),
    ("section", N_("Wo im Programm"), N_("Abschnitt")),
    ("year", N_("Über die Jahre"), N_("Jahr")),
    ("edition", N_("Auf welcher Veranstaltung"), N_("Veranstaltung")),
)

_ALWAYS = ("speaker", "section")
"""Charts that say something even with one bar."""


def context_page(here: Library, asked: Search, by: str, notes: tuple[str, ...]) -> ContextPage:
    """Return the page with each occurrence of the words on a line, sorted `by` what stands beside them."""
    found = concordance(here.index.generation, asked, by=by, width=_WIDTH)
    bare = replace(asked, sort="relevance")
    order = (("by", by),) if by else ()

    def address(search: Search) -> str:
        return urls.context_path(search, by)

    return ContextPage(
        text=asked.text,
        understood=found.understood.words,
        notes=(*found.understood.notes, *notes),
        chips=chips(here, bare, address=address),
        hidden=(*hidden_fields(bare), *order),
        without_filters=address(Search(asked.text)) if asked.filters else "",
        views=view_links(bare, 1),
        orders=_context_orders(bare, by),
        lines=_context_lines(here, found),
        occurrences=found.occurrences,
        passages=found.passages,
        paging=urls.paging(bare, found.occurrences, per_page=urls.LINES_PER_PAGE, address=address),
        json_path=urls.api_path("concordance", bare, *order),
    )


def _context_lines(library: Library, found: Concordance) -> tuple[ContextLine, ...]:
    """Return the lines of a concordance as a page prints them."""
    return tuple(_context_line(library, line) for line in found.lines)


def _context_line(library: Library, line: Line) -> ContextLine:
    passage = line.passage
    return ContextLine(
        left=line.left,
        match=line.match,
        right=line.right,
        path=urls.passage_path(passage),
        names=_named(passage),
        kind=kind_word(passage.kind),
        voice=voice_word(passage.voice),
        page=printed_pages(line.page),
        code=passage.voice.value,
        language=library.edition(passage.edition).language,
    )


def _named(passage: Passage) -> str:
    return ", ".join(passage.speakers) or passage.speaker_printed or ""


def _who(passage: Passage) -> str:
    return _named(passage) or kind_word(passage.kind)


def _context_orders(search: Search, by: str) -> tuple[tuple[Link, bool], ...]:
    """Return what lines may be sorted by, each with whether they are so now."""
    first = replace(search, offset=0)
    return tuple((Link(_(CONTEXT_ORDERS[one]), urls.context_path(first, one)), one == by) for one in ("", *CONTEXTS))


def distribution_page(here: Library, asked: Search, notes: tuple[str, ...], *, relative: bool) -> DistributionPage:
    """Return the page that tells how the occurrences are distributed; `relative` to the number of words or not."""
    found = distribution(here.index.generation, asked)
    measure = (("measure", "relative"),) if relative else ()

    def address(search: Search) -> str:
        return urls.distribution_path(search, relative=relative)

    return DistributionPage(
        text=asked.text,
        understood=found.understood.words,
        notes=(*found.understood.notes, *notes),
        chips=chips(here, asked, address=address),
        hidden=(*hidden_fields(asked), *measure),
        without_filters=address(Search(asked.text)) if asked.filters else "",
        views=view_links(asked, 2),
        measures=_measure_links(asked, relative=relative),
        charts=_charts(here, found, relative=relative) if found.whole.occurrences else (),
        occurrences=found.whole.occurrences,
        passages=found.whole.passages,
        relative=_per_10000(found.whole),
        json_path=urls.api_path("distribution", asked),
    )


def _measure_links(search: Search, *, relative: bool) -> tuple[tuple[Link, bool], ...]:
    """Return what bars may measure, each with whether they do so now."""
    return tuple(
        (Link(_(word), urls.distribution_path(search, relative=kind)), kind is relative)
        for kind, word in MEASURES.items()
    )


def _charts(library: Library, found: Distribution, *, relative: bool) -> tuple[Chart, ...]:
    """Return a chart for each field that parts the occurrences; `relative` measures against the number of words."""
    made = (_chart(library, found, *chart, relative=relative) for chart in _CHARTS)
    return tuple(chart for chart in made if len(chart.bars) > 1 or (chart.bars and chart.name in _ALWAYS))


def _chart(library: Library, found: Distribution, field: str, title: str, head: str, *, relative: bool) -> Chart:
    shares = found.fields[field]
    shown = shares if field != "speaker" else shares[:_MOST_BARS]
    longest = max((_measured(share, relative=relative) for share in shown), default=0.0) or 1.0
    bars = tuple(
        Bar(
            link=narrowing(library, found.search, field, share.value, _label(library, field, share)),
            occurrences=share.occurrences,
            passages=share.passages,
            relative=_per_10000(share),
            length=round(100 * _measured(share, relative=relative) / longest, 1),
        )
        for share in shown
    )
    return Chart(field, _(title), heading(head), bars, len(shares) - len(shown))


def _measured(share: Share, *, relative: bool) -> float:
    return share.per_10000 if relative else float(share.occurrences)


def _per_10000(share: Share) -> str:
    """Return the occurrences per 10,000 words, with one decimal."""
    return decimal(share.per_10000)


def _label(library: Library, field: str, share: Share) -> str:
    return share.label if field == "section" else closed_word(field, share.value) or library.label(field, share.value)


def choice_page(here: Library, results: Results, facet: str, written: str) -> ChoicePage:
    """Return the page with the values of a facet whose labels hold what was written."""
    choices = facet_choices(here, results, facet)
    asked = results.search
    return ChoicePage(
        facet=facet,
        label=facet_word(facet),
        understood=results.understood.words,
        written=written,
        choices=containing(choices, written),
        total=len(choices),
        hidden=((("q", asked.text),) if asked.text else ()) + hidden_fields(asked),
        back=urls.search_path(asked),
    )


def feed_entries(library: Library, hits: tuple[Hit, ...]) -> Iterator[FeedEntry]:
    """Yield hits as entries of a feed; the day of one is that of the event."""
    for hit in hits:
        passage, edition = hit.passage, library.edition(hit.passage.edition)
        where = (printed_pages(passage.page_first, passage.page_last), passage.section_title)
        role = f" ({role_word(passage.role)})" if passage.role else ""
        yield FeedEntry(
            title=", ".join(filter(None, (f"{_who(passage)}{role}", *where))),
            link=permanent_link(passage, base_url=base_url()),
            updated=_day(library, edition),
            author=_who(passage),
            voice=voice_word(passage.voice),
            place=event_name(edition),
            snippet=hit.snippet,
            language=edition.language,
        )


def _day(library: Library, edition: Edition) -> str:
    day = edition.event.date
    return f"{day.isoformat()}T00:00:00Z" if day else library.index.manifest.built_at

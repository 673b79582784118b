"""The page of a passage: its words alone or in context, the question they answer, and what says something alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import current_app, request

from kb.labels import kind_word, voice_word
from kb.locator import Locator
from kb.model import CONTENT_KINDS, Kind, Passage, Role
from kb.read_from import page_read_from
from kb.translation import N_
from kb.translation import gettext as _
from webapp import urls, wording
from webapp.citing import base_url, chosen, citation_box
from webapp.entries import crumbs, entry, note_paths, theme_notes
from webapp.history import history_rows, verdicts
from webapp.library import Library, event_name
from webapp.pages import PassagePage
from webapp.parts import AlikeRow, Entry, Link, Proof
from webapp.quoting import QuotationBox, mark_words, quotation_box
from webapp.reporting import report_link
from webapp.typography import long_date, printed_pages

_AROUND = 1
_ALIKE = 4
_VIEWS = {"context": N_("Im Zusammenhang"), "alone": N_("Allein")}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is shown around a passage: the question it answers, and what stands just before and after."""

    question: Passage | None
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]


def passage_page(here: Library, locator: Locator, fingerprint: str) -> PassagePage:
    """Return the page of the passage at `locator`; `fingerprint` is that of the words a link was made for.

    Raises:
        NotFound, Ended: there is no such passage, or no more.
        BadArgument: there is no such view, style or language.
    """
    passage = here.passage(locator)
    found = here.edition(locator.edition)
    around = here.around(passage)
    near = surroundings(passage, around, alone=chosen(request.args, "view", tuple(_VIEWS)) == "alone")
    box = quotation_box(passage, fingerprint, request.args, around=around, edition=found, base_url=base_url())
    shown = _Shown(here, note_paths(around, on_page=False), box)
    printed = passage.speaker_printed or ""
    return PassagePage(
        edition=found,
        crumbs=crumbs(found, passage.section, include_last=True),
        entry=shown.one(passage),
        question=shown.one(near.question) if near.question else None,
        question_label=_question_label(near.question),
        before=shown.all(near.before),
        after=shown.all(near.after),
        views=_views(),
        in_section=urls.reading_path(passage),
        kind=kind_word(passage.kind),
        meaning=_(wording.VOICE_MEANINGS[passage.voice]),
        printed=printed if printed not in passage.speakers else "",
        proof=_proof(passage, around),
        themes=theme_notes(here, passage),
        citation=citation_box(passage, request.args),
        verdicts=verdicts(here, passage, fingerprint, came_from=request.args.get("von", "")),
        history=history_rows(here, passage.locator),
        event_date=long_date(found.event.date),
        quoting=box,
        alike=_alike(here, passage),
        report=report_link(current_app.config["REPORT"], passage, base_url=base_url()),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """How passages are printed here: with their footnotes linked and the words marked that are selected."""

    library: Library
    notes: dict[str, str]
    box: QuotationBox

    def one(self, passage: Passage) -> Entry:
        printed = entry(self.library, passage, self.notes)
        return replace(printed, paragraphs=mark_words(printed.paragraphs, self.box.spans.get(passage.id, ())))

    def all(self, passages: Sequence[Passage]) -> tuple[Entry, ...]:
        return tuple(map(self.one, passages))


def surroundings(passage: Passage, around: Sequence[Passage], *, alone: bool) -> Surroundings:
    """Return what is shown around `passage` of those `around` it, without pictures and footnotes.

    The question belongs to an answer even where the answer stands alone.
    """
    apart = (Kind.CAPTION, Kind.FOOTNOTE)
    nearby = [one for one in around if one.id == passage.id or one.kind not in apart]
    here = next(number for number, one in enumerate(nearby) if one.id == passage.id)
    asked = _question(nearby, here)
    question = nearby[asked] if asked is not None else None
    if alone:
        return Surroundings(question, (), ())
    first = max(0, here - _AROUND) if asked is None else asked + 1
    return Surroundings(question, tuple(nearby[first:here]), tuple(nearby[here + 1 : here + 1 + _AROUND]))


def _question(nearby: Sequence[Passage], here: int) -> int | None:
    """Return where the moderator's turn stands that a turn answers; None if somebody else spoke between, or nobody."""
    answer = nearby[here]
    if answer.kind is not Kind.TURN or answer.role in (Role.MODERATOR, None):
        return None
    at = here - 1
    while at >= 0 and nearby[at].kind is Kind.TURN and _said_by_same(nearby[at], answer):
        at -= 1
    asks = at >= 0 and nearby[at].kind is Kind.TURN and nearby[at].role is Role.MODERATOR
    return at if asks and nearby[at].section == answer.section else None


def _said_by_same(one: Passage, other: Passage) -> bool:
    return bool(one.speaker_ids) and (one.speaker_ids, one.section) == (other.speaker_ids, other.section)


def _question_label(question: Passage | None) -> str:
    """Return what the turn before an answer is called: not every one asks something."""
    if question is None:
        return ""
    return _("Die Frage davor") if "?" in question.text else _("Die Moderation davor")


def _views() -> tuple[tuple[Link, bool], ...]:
    """Return the ways to see this page, each with whether it is the one shown; all else in the address stays."""
    shown = request.args.get("view") or next(iter(_VIEWS))
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "view"]
    addresses = {view: [*kept, *([("view", view)] if view != "context" else [])] for view in _VIEWS}
    return tuple(
        (Link(_(label), f"{request.path}?{urlencode(addresses[view])}".rstrip("?")), view == shown)
        for view, label in _VIEWS.items()
    )


def _alike(here: Library, passage: Passage) -> tuple[AlikeRow, ...]:
    """Return the passages that say something alike; of pictures, notes and programmes none are looked for."""
    if passage.kind not in CONTENT_KINDS:
        return ()
    return tuple(
        AlikeRow(
            path=urls.passage_path(one.hit.passage),
            language=here.edition(one.hit.passage.edition).language,
            names=", ".join(one.hit.passage.speakers) or one.hit.passage.speaker_printed or "",
            kind=kind_word(one.hit.passage.kind),
            place=one.hit.passage.section_title,
            event="" if one.hit.passage.edition == passage.edition else _event(here, one.hit.passage),
            pages=printed_pages(one.hit.passage.page_first, one.hit.passage.page_last),
            voice=one.hit.passage.voice.value,
            voice_label=voice_word(one.hit.passage.voice),
            snippet=one.hit.snippet,
            shared=one.shared,
        )
        for one in here.similar(passage.locator, _ALIKE).alike
    )


def _event(here: Library, passage: Passage) -> str:
    return event_name(here.edition(passage.edition))


def _proof(passage: Passage, around: Sequence[Passage]) -> Proof | None:
    """Return by which rule a passage is attributed, where that was read, and how sure it is; None if nobody says."""
    if passage.evidence is None:
        return None
    page, sure = page_read_from(passage, around), passage.evidence.confidence
    rule = wording.rule_words(passage.evidence, printed_pages(page, page))
    return Proof(rule, wording.certainty(sure), wording.is_sure(sure), passage.evidence.doubt)

"""What became of a link somebody follows: verdicts, the history of a passage, where the links to ended ones lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, request

from kb.errors import LocatorError
from kb.labels import voice_word
from kb.ledger import Attribution, Event, EventKind, Life
from kb.ledger_file import event_row
from kb.locator import Locator, parse_locator
from kb.model import Passage
from kb.references import Reference
from kb.translation import N_
from kb.translation import gettext as _
from kb.verification import Change, Finding, Status, verify
from kb.verification_report import finding_json
from kb.word_diff import word_diff
from webapp import urls
from webapp.library import Library
from webapp.pages import EndedPage
from webapp.parts import HistoryRow, Link, Verdict
from webapp.problems import problem
from webapp.typography import long_date, printed_pages

_TITLES: Mapping[Status, str] = {
    Status.UNCHANGED: N_("Unverändert:"),
    Status.PAGE_MOVED: N_("Andere Seite:"),
    Status.REWORDED: N_("Umformuliert:"),
    Status.RE_ATTRIBUTED: N_("Anders zugeordnet:"),
    Status.MOVED: N_("Diese Stelle steht heute anderswo"),
    Status.MERGED: N_("Diese Stelle ging in eine andere ein"),
    Status.SPLIT: N_("Diese Stelle wurde geteilt"),
    Status.WITHDRAWN: N_("Diese Stelle wurde zurückgezogen"),
    Status.UNKNOWN: N_("Die Worte haben sich geändert,"),
}
_ENDINGS: Mapping[Status, str] = {
    Status.MOVED: N_("Unter neuer Nummer seit dem %(day)s"),
    Status.MERGED: N_("Vereint am %(day)s"),
    Status.SPLIT: N_("Geteilt am %(day)s"),
    Status.WITHDRAWN: N_("Zurückgezogen am %(day)s"),
}


def verdicts(here: Library, passage: Passage, fingerprint: str, *, came_from: str) -> tuple[Verdict, ...]:
    """Return what who came by a link with a fingerprint, or from a passage that went into this one, must know."""
    found = []
    if came_from and (finding := _arrival(here, passage, came_from)):
        found.append(gone(finding))
    if fingerprint:
        finding = verify(Reference(passage.id, locator=passage.locator, fingerprint=fingerprint), here.index)
        found += _of_living(here, finding, passage)
    return tuple(found)


def _arrival(here: Library, passage: Passage, came_from: str) -> Finding | None:
    """Return what became of the passage a reader was sent on from; None unless it really leads here."""
    try:
        locator, fingerprint = parse_locator(came_from)
    except LocatorError:
        return None
    finding = verify(Reference(came_from, locator=locator, fingerprint=fingerprint), here.index)
    return finding if finding.status in _ENDINGS and passage in finding.places else None


def _of_living(here: Library, finding: Finding, passage: Passage) -> list[Verdict]:
    asked = finding.reference.fingerprint
    if finding.holds:
        return [Verdict(_(_TITLES[finding.status]), _unchanged(finding), changed=False)]
    if finding.status is Status.UNKNOWN:
        told = _(
            "seit dieser Link entstand (damals %(before)s, heute %(now)s), oder der Link ist falsch abgeschrieben. "
            "Bitte vor dem Zitieren mit dem Druck vergleichen.",
            before=asked,
            now=passage.fingerprint,
        )
        return [Verdict(_(_TITLES[Status.UNKNOWN]), told)]
    found = [_of_change(here, change, finding) for change in finding.changes]
    return sorted(found, key=lambda verdict: not verdict.diff)


def _unchanged(finding: Finding) -> str:
    told = _(
        "Die Worte sind dieselben wie bei der Entstehung dieses Links (%(fingerprint)s).",
        fingerprint=finding.reference.fingerprint,
    )
    return " ".join([told, *(_remark(remark) for remark in finding.remarks)])


def _of_change(here: Library, change: Change, finding: Finding) -> Verdict:
    title = _(_TITLES[change.status])
    if change.status is Status.REWORDED:
        told = _("Diese Stelle ist nicht mehr in denselben Worten da wie bei der Entstehung dieses Links.")
        return Verdict(title, _dated(told, change), diff=finding.diff)
    if change.status is Status.PAGE_MOVED:
        told = _("damals S. %(before)s, heute S. %(now)s.", before=change.before, now=change.now)
        return Verdict(title, _dated(told, change))
    if change.status is Status.RE_ATTRIBUTED:
        before = _whose(here, change.whose_before) if change.whose_before else change.before
        told = _("damals %(before)s, heute %(now)s.", before=before, now=_whose(here, change.whose_now))
        return Verdict(title, _dated(told, change))
    told = _("Am %(day)s: Was der Link zitiert, steht heute hier:", day=long_date(change.day))
    return Verdict(f"{title}.", told, diff=finding.diff, places=_links(finding.places))


def _dated(told: str, change: Change) -> str:
    """Return what is told of a change, with the day it was made if that is known."""
    return " ".join([told, *([_("Berichtigt am %(day)s.", day=long_date(change.day))] if change.day else [])])


def _whose(here: Library, attribution: Attribution | None) -> str:
    """Return an attribution in words: "Anna Berg (wörtlich)"."""
    if attribution is None:
        return ""
    who = ", ".join(map(here.index.name, attribution.speakers)) or _("niemand genannt")
    return f"{who} ({voice_word(attribution.voice)})"


def _links(passages: tuple[Passage, ...]) -> tuple[Link, ...]:
    return tuple(Link(passage.id, urls.passage_path(passage)) for passage in passages)


def history_rows(here: Library, locator: Locator) -> tuple[HistoryRow, ...]:
    """Return all that happened to a passage, oldest first; nothing if nothing did but that it came to be."""
    life = here.index.ledger(locator.edition).lives.get(locator)
    if life is None:
        return ()
    words_shown = life.end is None or life.end.kind is not EventKind.WITHDRAWN
    return tuple(_row(here, life, number, words_shown=words_shown) for number in range(len(life.events)))


def _row(here: Library, life: Life, number: int, *, words_shown: bool) -> HistoryRow:
    event = life.events[number]
    before = life.standings[max(0, number - 1)]
    changed = event.text is not None and number > 0 and words_shown
    others = event.into or event.made_of
    links = tuple(Link(str(one), f"/{one}") for one in others if one != life.locator)
    diff = word_diff(before.text, event.text or "") if changed else ()
    return HistoryRow(long_date(event.day), _told(here, event), links, diff)


def _told(here: Library, event: Event) -> str:
    """Return in words what happened."""
    if event.kind is EventKind.CREATED:
        return _created(event)
    if event.pages and event.pages_before:
        before, now = (printed_pages(*one) or _("keine") for one in (event.pages_before, event.pages))
        return _("Seitenangabe berichtigt: %(before)s → %(now)s", before=before, now=now)
    if event.attribution and event.attribution_before:
        before, now = (_whose(here, one) for one in (event.attribution_before, event.attribution))
        return _("anders zugeordnet: %(before)s → %(now)s", before=before, now=now)
    if event.kind in (EventKind.AUTHORISED, EventKind.DISPUTED):
        return _remark(event)
    plain = {
        EventKind.REWORDED: _("Wortlaut berichtigt"),
        EventKind.SPLIT: _("geteilt, auch in"),
        EventKind.MERGED: _("ging ein in") if event.into else _("aufgegangen in dieser Stelle:"),
        EventKind.MOVED: _("steht heute hier:"),
        EventKind.WITHDRAWN: _("zurückgezogen: %(reason)s", reason=event.reason),
    }
    return plain[event.kind]


def _created(event: Event) -> str:
    page = printed_pages(*event.pages) if event.pages else ""
    if event.made_of:
        return _("aufgenommen, %(pages)s, aus", pages=page) if page else _("aufgenommen, aus")
    return _("aufgenommen, %(pages)s", pages=page) if page else _("aufgenommen")


def _remark(event: Event) -> str:
    day, by = long_date(event.day), event.by
    if event.kind is EventKind.AUTHORISED:
        told = _("Diese Worte wurden am %(day)s von %(by)s autorisiert", day=day, by=by)
    else:
        told = _("Diese Worte wurden am %(day)s von %(by)s bestritten", day=day, by=by)
    return f"{told}: {event.note}." if event.note else f"{told}."


def ended_answer(here: Library, wanted: str, *, is_api: bool) -> Response:
    """Return where the link to a passage leads that is no more: on, where one passage holds its words (301); to all of
    them, where several do (300); to the reason, where none does (410)."""
    finding = _asked(here, wanted)
    withdrawn = any(change.status is Status.WITHDRAWN for change in finding.changes)
    if len(finding.places) == 1 and not withdrawn:
        (place,) = finding.places
        written = _written(finding)
        target = request.path.replace(written, place.id, 1) if is_api else f"/{place.id}"
        answer = make_response(redirect(f"{target}?von={written}", code=301))
        # What became of the words may change again: nobody should remember this answer for ever.
        answer.headers["Cache-Control"] = "no-cache"
        return answer
    status = 300 if finding.places else 410
    if is_api:
        told = "; ".join(f"{one.status} {one.day or ''} {one.reason}".strip() for one in finding.changes)
        places = [place.id for place in finding.places]
        return problem(status, f"{wanted}: {told}", places=places)
    answer = make_response(_ended_page(here, finding).render())
    answer.status_code = status
    return answer


def ended_verdict(here: Library, locator: Locator, fingerprint: str) -> Verdict:
    """Return what became of words cited with a fingerprint at a locator that names no passage any more."""
    cited = verify(Reference(str(locator), locator=locator, fingerprint=fingerprint or None), here.index)
    is_known = cited.status is not Status.UNKNOWN
    return gone(cited if is_known else verify(Reference(str(locator), locator=locator), here.index))


def _asked(here: Library, wanted: str) -> Finding:
    """Return what became of the passage this request asks for."""
    locator, _fingerprint = parse_locator(wanted)
    behind = request.path.partition(f"{wanted}~")[2]
    cited = verify(Reference(wanted, locator=locator, fingerprint=behind[:8] or None), here.index)
    return cited if cited.status is not Status.UNKNOWN else verify(Reference(wanted, locator=locator), here.index)


def _written(finding: Finding) -> str:
    """Return the locator as it was asked for, with its fingerprint if it had one."""
    fingerprint = finding.reference.fingerprint
    return str(finding.reference.locator) + (f"~{fingerprint}" if fingerprint else "")


def _ended_page(here: Library, finding: Finding) -> EndedPage:
    locator = finding.reference.locator
    assert locator is not None  # an ended passage has one
    edition = here.editions[locator.edition]
    outline = edition.section(locator.section)
    section = Link(outline.label, urls.section_path(locator.edition, outline.id)) if outline else None
    return EndedPage(str(locator), edition.language, gone(finding), history_rows(here, locator), section)


def gone(finding: Finding) -> Verdict:
    """Return what became of a passage that is no more."""
    days = ", ".join(_(_ENDINGS[one.status], day=long_date(one.day)) for one in finding.changes if one.day)
    reasons = [change.reason for change in finding.changes if change.reason]
    told = [f"{days}: {reasons[-1]}." if reasons else f"{days}."]
    if finding.places:
        told.append(_("Ihre Worte stehen heute hier:"))
    title = f"{_(_TITLES[finding.status])}."
    return Verdict(title, " ".join(told), diff=finding.diff, places=_links(finding.places))


def history_json(here: Library, written: str) -> dict[str, Any]:
    """Return what became of the words cited with a locator, and all that happened to the passage, without its words.

    Raises:
        LocatorError, NotFound: there is no such passage, and never was.
    """
    locator, fingerprint = parse_locator(written)
    life = here.index.ledger(locator.edition).lives.get(locator)
    if life is None:
        here.passage(locator)
    finding = verify(Reference(written, locator=locator, fingerprint=fingerprint), here.index)
    rows = [event_row(event) for event in life.events] if life else []
    events = [{name: value for name, value in row.items() if name != "text"} for row in rows]
    return {**finding_json(finding), "events": events}

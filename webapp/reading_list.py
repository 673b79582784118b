"""The reading list: what its page shows, what its buttons do to it, and its address. The address is all its state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from kb.citation import cite
from kb.citation_wording import LOCALES
from kb.passage_json import passage_json
from kb.reading_list import (
    SORTS,
    Collected,
    Kept,
    ListTooLong,
    ReadingList,
    arranged,
    collect,
    list_arguments,
    list_from_arguments,
    named_in,
    pinned,
    united,
)
from kb.reading_sheets import Entry as SheetEntry
from kb.styling import STYLES, StyledCitation, styled
from kb.translation import N_
from kb.translation import gettext as _
from kb.verification import Status
from kb.verification_report import finding_json
from webapp.citing import base_url, chosen
from webapp.history import gone, verdicts
from webapp.language import interface_language
from webapp.library import Library
from webapp.parts import Verdict
from webapp.typography import unbroken

PATH = "/merkliste"
MAX_ADDRESS = 8000
"""So many characters the address of a list may have: what servers and proxies on the way let through."""

_DEED = re.compile(r"(up|down|remove|renew|follow)-([1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as an address asks for it: the passages, the order they are shown in, style and language of references."""

    kept: ReadingList
    sort: str
    style: str
    locale: str

    def pairs(self, *, with_notes: bool = True) -> list[tuple[str, str]]:
        """Return the parameters of the address; what is as usual, whoever opens it, is left out."""
        shown = (("sort", self.sort, SORTS[0]), ("style", self.style, next(iter(STYLES))))
        is_usual = not self.kept or {self.locale, interface_language()} == {LOCALES[0]}
        return [
            *list_arguments(self.kept, with_notes=with_notes),
            *((name, value) for name, value, usual in shown if value != usual),
            *(() if is_usual else (("locale", self.locale),)),
        ]

    def path(self, path: str = PATH, *, with_notes: bool = True) -> str:
        """Return the address of the list, or of what else `path` makes of it.

        Raises:
            ListTooLong: it has more than `MAX_ADDRESS` characters.
        """
        query = urlencode(self.pairs(with_notes=with_notes), safe="/~")
        address = f"{path}?{query}" if query else path
        if len(address) > MAX_ADDRESS:
            raise ListTooLong("address", MAX_ADDRESS, len(address))
        return address


def asked_list(args: MultiDict[str, str], *, locale: str = LOCALES[0]) -> Asked:
    """Return the list that the parameters of an address ask for; references are in `locale` if they ask for none.

    Raises:
        BadArgument: there is no such order, style or language.
        ListTooLong: it holds too much.
    """
    return Asked(
        list_from_arguments(args.items(multi=True)),
        chosen(args, "sort", SORTS),
        chosen(args, "style", tuple(STYLES)),
        chosen(args, "locale", LOCALES) if args.get("locale") else locale,
    )


def changed_list(here: Library, asked: Asked, args: MultiDict[str, str]) -> tuple[Asked, int]:
    """Return the list after what `do` and `plus` say, today's words pinned, and the place in it that was changed.

    The place is counted from 1; 0 where none was.

    Raises:
        LocatorError: `plus` names no passage.
        ListTooLong: it then holds too much.
    """
    kept = asked.kept
    if added := named_in(args.get("plus", "")[:MAX_ADDRESS], here.editions):
        kept = united((*kept, *added))
    kept, place = _done(here, pinned(kept, here.index), args.get("do", ""))
    return replace(asked, kept=kept), place or (len(kept) if added else 0)


def _done(here: Library, kept: ReadingList, deed: str) -> tuple[ReadingList, int]:
    if deed == "clear":
        return (), 0
    match = _DEED.fullmatch(deed)
    number = int(match[2]) if match else 0
    if match is None or number > len(kept):
        return kept, 0
    before, one, after = kept[: number - 1], kept[number - 1], kept[number:]
    if match[1] == "up":
        return (*before[:-1], one, *before[-1:], *after), max(1, number - 1)
    if match[1] == "down":
        return (*before, *after[:1], one, *after[1:]), min(len(kept), number + 1)
    if match[1] == "remove":
        return (*before, *after), min(len(kept) - 1, number)
    return united((*before, *_of_today(here, one), *after)), number


def _of_today(here: Library, kept: Kept) -> ReadingList:
    """Return a passage kept with its words of today, or the places they are at today; the note goes with the first."""
    (collected,) = collect((kept,), here.index)
    today = (collected.passage,) if collected.passage else collected.finding.places
    found = tuple(Kept(f"{passage.id}~{passage.fingerprint}") for passage in today)
    return (replace(found[0], note=kept.note), *found[1:]) if found else (kept,)


def collected_list(here: Library, asked: Asked) -> tuple[Collected, ...]:
    """Return what there is of each passage of a list, in the order asked for."""
    return arranged(collect(asked.kept, here.index), asked.sort, editions=here.editions)


def citation_of(here: Library, one: Collected, asked: Asked) -> StyledCitation | None:
    """Return the citation of a passage as it stands today; None if it is no more."""
    if one.passage is None:
        return None
    edition = here.edition(one.passage.edition)
    return styled(cite(one.passage, edition, base_url=base_url(), accessed=date.today()), asked.style, asked.locale)


def sheet_entries(here: Library, asked: Asked) -> tuple[SheetEntry, ...]:
    """Return the list as sheets take it."""
    return tuple(SheetEntry(one, citation_of(here, one, asked)) for one in collected_list(here, asked))


def list_json(here: Library, asked: Asked) -> dict[str, Any]:
    """Return the list as JSON: of each passage what became of its words, and how it is cited today."""
    return {
        "url": base_url() + asked.path(),
        "sort": asked.sort,
        "style": asked.style,
        "locale": asked.locale,
        "entries": [_entry_json(entry) for entry in sheet_entries(here, asked)],
    }


def _entry_json(entry: SheetEntry) -> dict[str, Any]:
    one, cited = entry.collected, entry.citation
    told = {name: value for name, value in finding_json(one.finding).items() if name != "where"}
    return {
        **told,
        "written": one.kept.written,
        "note": one.kept.note,
        "passage": passage_json(one.passage) if one.passage else None,
        "quotation": cited.words if cited else None,
        "reference": cited.reference if cited else None,
        "link": cited.citation.link if cited else None,
    }


def told_of(here: Library, one: Collected) -> tuple[Verdict, ...]:
    """Return what must be known of a passage of a list before it is cited; nothing if all is as it was kept."""
    found = one.finding
    if one.passage is not None:
        every = verdicts(here, one.passage, found.reference.fingerprint or "", came_from="")
        return every if found.remarks else tuple(verdict for verdict in every if verdict.changed)
    if found.status is not Status.UNKNOWN:
        return (gone(found),)
    return (Verdict(_("Unbekannt."), _("Diese Stelle gibt es hier nicht, und in keiner Fassung gab es sie.")),)


def offer(one: Collected) -> tuple[str, str]:
    """Return the deed that brings a passage of a list up to today, and what it is called; ("", "") if none would."""
    if one.passage is not None:
        changed = one.finding.reference.fingerprint != one.passage.fingerprint
        return ("renew", _("Die heutigen Worte übernehmen")) if changed else ("", "")
    places = one.finding.places
    if not places:
        return "", ""
    return "follow", _("Durch die heutige Stelle ersetzen") if len(places) == 1 else _("Durch die Stellen ersetzen")


SORT_LABELS = {"kept": N_("eigene"), "place": N_("Veranstaltung und Seite"), "speaker": N_("Person")}


def reference_html(cited: StyledCitation | None) -> Markup:
    """Return the reference of a passage as HTML; nothing for a passage that is no more."""
    return Markup(unbroken(cited.reference_html)) if cited else Markup()  # escaped by kb.styling


def numbered(asked: Asked, shown: Sequence[Collected]) -> list[tuple[int, Collected]]:
    """Return each passage shown with its number in the list as somebody arranged it."""
    numbers = {kept.place: number for number, kept in enumerate(asked.kept, start=1)}
    return [(numbers[one.kept.place], one) for one in shown]

"""From what a person writes to the entry that is meant: ids, names, surnames, labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import Indel

from kb.errors import KbError, NotFound
from kb.model import Edition, Speaker, Theme
from kb.people import slug
from kb.results import NONE

_Forms = Mapping[str, set[str]]


class Ambiguous(KbError):
    """Several entries answer to the name; `candidates` are their ids."""

    def __init__(self, wanted: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"{wanted!r} may be {' or '.join(candidates)}; say which")
        self.wanted = wanted
        self.candidates = candidates


def resolve_speaker(wanted: str, speakers: Mapping[str, Speaker]) -> str:
    """Return the id of the person meant by an id, a name, a printed form or a surname.

    A leading "-" (exclude) stays; "none" (nobody named) is a value of its own. The same holds for all functions here.

    Raises:
        NotFound: nobody is called that; the message names the nearest.
        Ambiguous: several people are.
    """
    names = {speaker.id: _names(speaker) for speaker in speakers.values()}
    surnames = {speaker.id: {slug(speaker.surname)} for speaker in speakers.values()}
    return _resolve("speaker", wanted, names, surnames)


def resolve_theme(wanted: str, themes: Mapping[str, Theme]) -> str:
    """Return the id of the theme meant by an id or a label.

    Raises:
        NotFound: there is no such theme; the message names the nearest.
    """
    forms = {theme.id: {slug(form) for form in (theme.id, theme.label_de, theme.label_en)} for theme in themes.values()}
    return _resolve("theme", wanted, forms)


def resolve_edition(wanted: str, editions: Mapping[str, Edition]) -> str:
    """Return the id of the edition meant by an id or a title.

    Raises:
        NotFound: there is no such edition; the message names the nearest.
    """
    return _resolve("edition", wanted, {entry.id: {entry.id, slug(entry.title)} for entry in editions.values()})


def resolve_forum(wanted: str, editions: Mapping[str, Edition]) -> str:
    """Return `edition/section` of the top-level section meant by that, by its id, printed heading or title.

    Raises:
        NotFound: there is no such section; the message names the nearest.
        Ambiguous: several editions have it.
    """
    forms = {
        f"{edition.id}/{section.id}": {slug(form) for form in (section.id, section.heading, section.title) if form}
        for edition in editions.values()
        for section in edition.sections
        if "/" not in section.id
    }
    return _resolve("forum", wanted, forms)


def resolve_filter(
    facet: str,
    wanted: str,
    *,
    speakers: Mapping[str, Speaker],
    themes: Mapping[str, Theme],
    editions: Mapping[str, Edition],
) -> str:
    """Return the value of `facet` that is meant; facets without names of their own give back what was asked.

    Raises:
        NotFound, Ambiguous: as the functions above.
    """
    if facet == "speaker":
        return resolve_speaker(wanted, speakers)
    if facet == "theme":
        return resolve_theme(wanted, themes)
    if facet == "forum":
        return resolve_forum(wanted, editions)
    return resolve_edition(wanted, editions) if facet == "edition" else wanted


def _resolve(kind: str, wanted: str, *attempts: _Forms) -> str:
    """Return the one id whose forms hold `wanted`, trying one set of forms after the other."""
    if wanted.startswith("-"):
        return "-" + _resolve(kind, wanted.lstrip("-"), *attempts)
    if wanted == NONE or wanted in attempts[0]:
        return wanted
    asked = slug(wanted)
    for forms in attempts:
        found = tuple(entry for entry, written in forms.items() if asked in written)
        if len(found) > 1:
            raise Ambiguous(wanted, found)
        if found:
            return found[0]
    raise NotFound(kind, wanted, _nearest(asked, attempts))


def _names(speaker: Speaker) -> set[str]:
    return {slug(form) for form in (speaker.id, speaker.name, f"{speaker.title} {speaker.name}", *speaker.printed)}


def _nearest(asked: str, attempts: tuple[_Forms, ...]) -> str:
    by_form = {form: entry for forms in attempts for entry, written in forms.items() for form in written}
    near = dict.fromkeys(by_form[form] for form in nearest(asked, by_form, most=3, likeness=0.7))
    return f"perhaps {' or '.join(near)}" if near else ""


def nearest(asked: str, forms: Iterable[str], *, most: int, likeness: float) -> list[str]:
    """Return the forms most like `asked`, the nearest first; likeness 1 is the same, 0 has no letter in common.

    >>> nearest("koehncke", ["koehnke", "kuehl", "arnold"], most=2, likeness=0.7)
    ['koehnke']
    """
    found = process.extract(
        asked, sorted(forms), scorer=Indel.normalized_similarity, score_cutoff=likeness, limit=most, processor=None
    )
    return [form for form, _, _ in found]

"""Whom and which page somebody claims for a quotation: names in any form, pages as they are cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import OSA

from kb.model import Passage, Speaker
from kb.people import slug
from kb.text import STOP_WORDS
from kb.translation import gettext as _

_COURTESY_WORDS = """
frau herr herrn hr fr mr mrs ms dr drs prof professor professorin dipl ing phd ba ma msc mag med phil jur rer nat h c hc
habil mdb mdl mdep a d von vom zu van de der den ten ter la le du
ob oberbuergermeister oberbuergermeisterin buergermeister buergermeisterin bm minister ministerin senator senatorin
staatsminister staatsministerin staatssekretaer staatssekretaerin praesident praesidentin vizepraesident
vizepraesidentin bundeskanzler bundeskanzlerin kanzler kanzlerin bundespraesident bundesminister bundesministerin
abgeordneter abgeordnete kollege kollegin direktor direktorin leiter leiterin vorsitzender vorsitzende moderator
moderatorin moderation dezernent dezernentin stadtrat stadtraetin beigeordneter beigeordnete geschaeftsfuehrer
geschaeftsfuehrerin referent referentin sprecher sprecherin soziologe soziologin bundestagspraesident
bundestagspraesidentin landrat landraetin gast publikum
"""
_COURTESY = frozenset(_COURTESY_WORDS.split())
"""Titles and offices beside a name; no part of it, and never compared with one."""

_PARTICLES = frozenset(("von", "vom", "zu", "van", "de", "der", "den", "ten", "ter", "la", "le", "du"))
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_PAGE_NUMBER = r"(\d+|\b[ivxlcdm]+\b)"
_PAGE = re.compile(rf"{_PAGE_NUMBER}(?:\s*(?:[-–—]|bis)\s*{_PAGE_NUMBER}|\s*(ff?)\b\.?)?", re.IGNORECASE)
_AND_PAGE = re.compile(r"\s*(?:[/,;&+]|und|u\.|and)\s*", re.IGNORECASE)
_PAGE_WORD = re.compile(r"\b(?:seiten?|pages?|pp?|s|bl|blatt)\b\.?", re.IGNORECASE)
_SHORT, _LONG = 5, 9
_ALIKE = 0.75
_FOLLOWING = 3
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """Whom a quotation is claimed for: the name as `written`, the people it may mean, what was made of it in `note`.

    Nobody is claimed if `written` is empty; a name that nobody here has means nobody.
    """

    written: str
    people: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_made(self) -> bool:
        return bool(self.written)

    def means(self, passage: Passage) -> bool:
        """Return whether the passage is attributed to whom the claim means."""
        if set(self.people) & set(passage.speaker_ids):
            return True
        return not self.people and bool(passage.speaker_printed) and slug(passage.speaker_printed or "") == self.slug

    @property
    def slug(self) -> str:
        return slug(self.written)

    @property
    def surname(self) -> str:
        """The last word of the name as it is compared; "" if only titles were written."""
        return next((word for word in reversed(_words(_without_aside(self.written))) if word not in _COURTESY), "")


class Names:
    """The people of a corpus by all the forms their names take."""

    def __init__(self, speakers: Mapping[str, Speaker]) -> None:
        self._speakers = speakers
        self._surnames: dict[str, set[str]] = {}
        self._forms: dict[str, set[str]] = {}
        for speaker in speakers.values():
            for form in (speaker.id, speaker.name, *speaker.printed, *speaker.misprints):
                words = _name_words(form)
                self._forms.setdefault("-".join(words), set()).add(speaker.id)
                if words:
                    self._surnames.setdefault(words[-1], set()).add(speaker.id)
            for surname in _surnames(speaker.name):
                self._surnames.setdefault(surname, set()).add(speaker.id)

    @property
    def surnames(self) -> frozenset[str]:
        """The surnames of all people, as slugs."""
        return frozenset(self._surnames)

    def claim(self, written: str) -> Claim:
        """Return whom `written` means: an id, a full name, a surname, with titles, misprinted or turned round.

        A name that differs is taken for a misprint only if a single person has a name so like it; titles are no part
        of a name, and another first name is another person.
        """
        name = " ".join(written.split())
        if not name:
            return Claim("")
        if name in self._speakers:
            return Claim(name, (name,))
        plain = _without_aside(name)
        words = _name_words(_turned(plain))
        exact = self._forms.get("-".join(words)) or self._by_surname(words) or self._with_office(plain)
        if exact:
            return Claim(name, tuple(sorted(exact)), _several(exact, self._speakers))
        near = self._misprinted(words)
        if len(near) == 1:
            person = next(iter(near))
            return Claim(
                name,
                (person,),
                _("„%(name)s“ verstanden als %(person)s", name=name, person=self._speakers[person].name),
            )
        return Claim(name, (), _("„%(name)s“ ist in dieser Sammlung kein bekannter Name", name=name))

    def mentioned(self, text: str) -> list[tuple[int, str]]:
        """Return where known surnames stand in running text, each with the first names and titles before it."""
        words = list(re.finditer(r"[^\W\d_][\w’'.-]*", text))
        found = []
        for at, match in enumerate(words):
            if not match.group()[0].isupper() or slug(match.group()) not in self._surnames:
                continue
            first = at
            while first and at - first < _LONGEST_NAME and _belongs_to_name(words[first - 1], words[first], text):
                first -= 1
                if _opens_sentence(text, words[first].start()) and not self._fits(words[first : at + 1]):
                    first += 1
                    break
            found.append((match.start(), text[words[first].start() : match.end()].rstrip(".’'")))
        return found

    def _fits(self, words: list[re.Match[str]]) -> bool:
        """Return whether the words, as they stand, are the name of somebody."""
        return bool(self.claim(" ".join(word.group() for word in words)).people)

    def _with_office(self, text: str) -> set[str]:
        """Return the people named before a comma whose offices hold what stands behind it."""
        name, __, office = text.partition(",")
        words = _name_words(name)
        told = set(_name_words(office))
        if not told or not words:
            return set()
        people = self._forms.get("-".join(words)) or self._by_surname(words)
        return {person for person in people if told & _office_words(self._speakers[person])}

    def _by_surname(self, words: list[str]) -> set[str]:
        """Return the people with one of the surnames in `words` and nothing that speaks against it."""
        for size in (2, 1):
            for start in range(len(words) - size, -1, -1):
                surname = "-".join(words[start : start + size])
                rest = words[:start]
                people = self._surnames.get(surname, set())
                fitting = {person for person in people if _first_names_fit(rest, self._speakers[person].name)}
                if fitting:
                    return fitting
            if size == 1 and len(words) == 1:
                return {person for person in self._speakers if _first_name(self._speakers[person].name) == words[0]}
        return set()

    def _misprinted(self, words: list[str]) -> set[str]:
        if not words:
            return set()
        surname = words[-1]
        near = {
            person
            for known, people in self._surnames.items()
            if _is_misprint(surname, known)
            for person in people
            if _first_names_fit(words[:-1], self._speakers[person].name)
        }
        return near


def _belongs_to_name(word: re.Match[str], after: re.Match[str], text: str) -> bool:
    """Return whether a word is a title or a first name of what follows: capital, nothing but a blank between."""
    written = word.group()
    if text[word.end() : after.start()].strip() or not written[0].isupper():
        return False
    if slug(written) in _COURTESY:
        return True
    return not written.endswith(".") and slug(written) not in STOP_WORDS


def _opens_sentence(text: str, at: int) -> bool:
    """Return whether a word at `at` would have a capital whatever it is."""
    before = text[:at].rstrip()
    return not before or before[-1] in '.!?:„“"('


def _without_aside(text: str) -> str:
    return _ASIDE.sub(" ", text)


def _turned(text: str) -> str:
    """Return "Kühl, Carsten" as "Carsten Kühl"; anything else behind a comma is an office and left out."""
    name, comma, rest = text.partition(",")
    given = rest.split()
    is_given = bool(comma) and len(_name_words(name)) == 1 and 1 <= len(given) <= 2
    return f"{rest} {name}" if is_given and all(word[:1].isupper() and word.isalpha() for word in given) else name


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s./]+", text) for word in (slug(word),) if word]


def _name_words(text: str) -> list[str]:
    """Return the words of a name as slugs, titles left out; "Widmann-Mauz" is one word."""
    return [word for word in _words(text) if word not in _COURTESY]


def _surnames(name: str) -> set[str]:
    """Return what a person may be called by: the last word of the name, its halves, all behind a particle."""
    words = [slug(word) for word in name.split()]
    found = {words[-1], *(half for half in words[-1].split("-") if len(half) > 2)}
    for at, word in enumerate(words[1:-1], start=1):
        if word in _PARTICLES:
            found.add("-".join(word for word in words[at:] if word not in _PARTICLES))
    return found


def _office_words(speaker: Speaker) -> set[str]:
    told = (part for office in speaker.offices for part in (office.office, office.organisation))
    return {word for part in told for word in _words(part) if len(word) > 2}


def _first_name(name: str) -> str:
    return slug(name.split()[0])


def _first_names_fit(claimed: Iterable[str], name: str) -> bool:
    """Return whether first names, initials or offices before a surname may belong to the person called `name`."""
    own = [slug(word) for word in name.split()[:-1]]
    own += [part for word in own for part in word.split("-")]
    given = [word for word in claimed if word not in _COURTESY]
    if not given or not own:
        return True
    return all(any(_same_first_name(word, mine) for mine in own) for word in given)


def _same_first_name(claimed: str, own: str) -> bool:
    if len(claimed) == 1 or len(own) == 1:
        return claimed[0] == own[0]
    return claimed == own or (claimed[0] == own[0] and SequenceMatcher(None, claimed, own).ratio() >= _ALIKE)


def _is_misprint(written: str, known: str) -> bool:
    """Return whether a surname may be a misprint of a known one: one letter wrong, two in a long name."""
    if min(len(written), len(known)) < _SHORT or written[0] != known[0]:
        return False
    allowed = 2 if min(len(written), len(known)) >= _LONG else 1
    return OSA.distance(written, known, score_cutoff=allowed) <= allowed


def _several(people: Iterable[str], speakers: Mapping[str, Speaker]) -> str:
    named = [speakers[person].name for person in sorted(people)]
    return _("so heißen mehrere: %(names)s", names=", ".join(named)) if len(named) > 1 else ""


def claimed_pages(written: str) -> frozenset[str] | None:
    """Return the printed pages somebody claims: "12", "S. 20 f.", "20–23", "7/9"; None if no page is claimed.

    >>> sorted(claimed_pages("vgl. S. 20 f.")), sorted(claimed_pages("7, 9")), claimed_pages("o. S.")
    (['20', '21'], ['7', '9'], None)
    """
    pages: set[str] = set()
    text = _PAGE_WORD.sub(" ", written)
    match = _PAGE.search(text)
    while match:
        pages |= _pages_of(*match.groups())
        joint = _AND_PAGE.match(text, match.end())
        match = _PAGE.match(text, joint.end()) if joint else None
    return frozenset(pages) or None


def _pages_of(first: str, last: str | None, following: str | None) -> frozenset[str]:
    """Return the pages from `first` to `last`, or those `following` it: "f" for one, "ff" for several."""
    if not first.isdecimal():
        return frozenset({first.lower(), *([last.lower()] if last else [])})
    start = int(first)
    end = int(last) if last and last.isdecimal() else start
    if following:
        end = start + (1 if following.lower() == "f" else _FOLLOWING)
    return frozenset(str(page) for page in range(start, min(max(end, start), start + 500) + 1))

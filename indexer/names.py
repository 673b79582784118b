"""Names of people as they are printed: titles, offices, name, affiliation; and a register that finds them again.

The register grows while a report is read (programme, bylines, labels, captions). A form that is not in it is joined to
a person only with evidence: the surname is one letter off and nobody else fits; such a joining is always recorded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import simplemma
from rapidfuzz.distance import DamerauLevenshtein

from kb.people import slug

_UPPER = r"[A-ZÄÖÜÀ-ÖØ-Þ]"
_WORD = rf"{_UPPER}[\w’']*(?:-{_UPPER}?[\w’']+)*"
_PARTICLE = r"(?:von|van|de|del|della|da|zu|zum|der|den|dem|ter|di|al)"
NAME = rf"{_WORD}(?:\s+{_UPPER}\.)?(?:\s+{_PARTICLE})*(?:\s+{_WORD}){{1,3}}"
TITLE = (
    r"(?:Prof(?:essor(?:in)?)?\.?|Dr\.(?:-Ing\.)?|PD|Dipl\.-\w+\.?|Mag\.|M\.\s?A\.|M\.\s?Sc\.|Ing\.|h\.\s?c\.|em\."
    r"|Univ\.-)"
)
_OFFICE_HEAD = (
    r"(?:minister|bürgermeister|präsident|sekretär|direktor|senator|stadtrat|stadträt|landrat|landrät|kanzler|dezernent"
    r"|beauftragte|vorsitzende|beigeordnete|dekan|rektor|amtsleiter|referent|bischof|pfarrer)(?:in|r)?"
)
OFFICE = rf"(?:\w*(?i:{_OFFICE_HEAD}))"
_ADDRESS = r"(?:Frau|Herrn?|Kollegin|Kollegen?)"
PERSON = re.compile(
    rf"(?P<office>(?:{OFFICE}\s+)*)(?P<title>(?:{TITLE}\s*)*)(?P<name>{NAME})(?=$|[,;:/(.]|\s+(?:und|&|im)\b|\s+\()"
)
ADDRESSED = re.compile(rf"{_ADDRESS}\s+(?:{OFFICE}\s+)?(?:{TITLE}\s*)*(?P<name>{_WORD}(?:\s+{_WORD})?)")
_OFFICE_WORDS = re.compile(
    rf"\b(?:Leit(?:er|erin|ung)|Referat|Amt|Abteilung|Fachbereich|Ressort|Koordinator|{_OFFICE_HEAD}|"
    r"Geschäftsführ\w+|Sprecher\w*|Mitglied|Gründer\w*|\w*koordinator\w*|\w*planer\w*|\w*forscher\w*|\w*ingenieur\w*"
    r"|Moderator\w*|Journalist\w*|Architekt\w*|Autor\w*|Stellvertret\w+|Vorstand\w*|Inhaber\w*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Person:
    """A person as found in this source; becomes an entry of `people.toml`."""

    id: str
    name: str
    title: str = ""
    office: str = ""
    organisation: str = ""
    printed: tuple[str, ...] = ()
    misprints: tuple[tuple[str, str], ...] = ()

    @property
    def surname(self) -> str:
        return self.name.split()[-1]


@dataclass(frozen=True)
class PrintedPerson:
    """One person as a line prints them, taken apart."""

    printed: str
    name: str
    title: str = ""
    office: str = ""
    organisation: str = ""


_LONGEST = 400
"""Characters of a line that can name people; a longer one is running text."""


@lru_cache(maxsize=50_000)
def _people(text: str) -> tuple[PrintedPerson, ...]:
    return tuple(_read_people(text))


def read_people(text: str) -> list[PrintedPerson]:
    """Return the people an entry names: "Dr. A B/C D, Institut", "Leiterin E F, Stadt G", "A B, Amt, Stadt und".

    >>> [(person.title, person.name, person.organisation) for person in read_people("Dr. Kai Beil/Uta Rau, Difu")]
    [('Dr.', 'Kai Beil', 'Difu'), ('', 'Uta Rau', 'Difu')]
    """
    return list(_people(text))


def _read_people(text: str) -> list[PrintedPerson]:
    if len(text) > _LONGEST:
        return []
    text = re.sub(r"\s+(?:und|sowie|&)$", "", text.strip().rstrip(",;"))
    heads, _, affiliation = text.partition(",")
    found = []
    for head in re.split(r"\s*/\s*|\s+und\s+(?=(?:[^\s,]+\s+)+[^\s,]+$)|\s+&\s+", heads):
        match = PERSON.match(re.sub(rf"^{_ADDRESS}\s+", "", head.strip()))
        if match and _is_name(match["name"]):
            found.append(_printed(match, head.strip()))
    office, organisation = _affiliation(affiliation)
    return [replace(person, office=person.office or office, organisation=organisation) for person in found]


_NO_NAME = re.compile(
    rf"(?:\w*(?:ung|amt|ämter|schaft|verband|regierung|stadt|kreis|universität|hochschule|institut|stiftung|ministerium"
    r"|netzwerk|bund|zentrum|verein|stelle|bezirk|gemeinde|land|haus|behörde|werke|büro|forum|dialog|programm|projekt)"
    r"|\w{3,}(?:rat|zunft|kammer|gilde|club|klub|gruppe|initiative|kirche|schule|dienst|bahn|zeitung|verlag|museum"
    r"|theater|archiv|bibliothek|kasse|bank|union|liga|genossenschaft|werkstatt|agentur|gesellschaft)"
    rf"|Stadt\w*|Land\w*|Leiter\w*|Ressort|Amt|Bad|{OFFICE}|Mitglied|Vorstand|Moderation|Impuls\w*|Sankt|Essenz|Rolle"
    r"|Prozent|Jahre?n?|Frau|Herr|Damen|Herren)",
    re.IGNORECASE,
)


_SALUTATIONS = frozenset(["Liebe", "Lieber", "Sehr", "Meine", "Guten", "Geehrte", "Verehrte", "Werte", "Hallo", "Dear"])


def _is_name(name: str) -> bool:
    """Return whether capitalised words can be a person's name: no institution, no adjective at the front."""
    words = name.split()
    if any(_NO_NAME.fullmatch(word) for word in words) or words[0] in _SALUTATIONS:
        return False
    return not _is_adjective(words[0])


def _is_adjective(word: str) -> bool:
    """Return whether a capitalised word is an inflected adjective ("Kommunale", "Schwäbisch", "Kühle").

    The word without its ending is then a word of its own; "Malte", which the dictionary takes for a verb, is none.
    """
    if simplemma.lemmatize(word, lang="de")[:1].islower() and not word.endswith("e"):
        return True
    small = word.lower()
    endings = [ending for ending in ("e", "er", "es", "en", "em") if small.endswith(ending) and small != ending]
    stems = [small.removesuffix(ending) for ending in endings]
    return any(simplemma.is_known(stem, lang="de") and simplemma.lemmatize(stem, lang="de") == stem for stem in stems)


def _printed(match: re.Match[str], printed: str) -> PrintedPerson:
    return PrintedPerson(
        printed=re.sub(r"\s*\(.*", "", printed).rstrip(",:"),
        name=" ".join(match["name"].split()),
        title=" ".join(match["title"].split()),
        office=" ".join(match["office"].split()),
    )


def _affiliation(text: str) -> tuple[str, str]:
    """Return office and organisation of what stands behind a name: the last part is the organisation."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        return "", ""
    if len(parts) == 1:
        return (parts[0], "") if _OFFICE_WORDS.search(parts[0]) else ("", parts[0])
    if _OFFICE_WORDS.search(parts[-1]) and not _OFFICE_WORDS.search(parts[0]):
        return parts[-1], ", ".join(parts[:-1])
    cut = len(parts) - 1 if _OFFICE_WORDS.search(parts[0]) else 0
    return ", ".join(parts[:cut]), ", ".join(parts[cut:])


@dataclass
class Register:
    """Everybody met so far, by id; `find` reads a printed form."""

    people: dict[str, Person] = field(default_factory=dict)
    _by_form: dict[str, dict[str, None]] = field(default_factory=dict)
    _by_length: dict[tuple[str, int], dict[str, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.people.values():
            self._know(person)

    def _know(self, person: Person) -> None:
        """Take up every form of a person's name; forms are never unlearnt."""
        for form in (person.name, *(form for form, _ in person.misprints), *person.printed):
            self._by_form.setdefault(form, {})[person.id] = None
        self._by_length.setdefault((person.name[:1], len(person.name)), {})[person.id] = None

    def add_all(self, printed: Sequence[PrintedPerson]) -> list[Person]:
        """Return the people one list names. Two of them whose names differ by a letter are two people."""
        names = [person.name for person in printed]
        return [self.add(person, exact=any(one_letter_off(person.name, name) for name in names)) for person in printed]

    def add(self, printed: PrintedPerson, *, exact: bool = False) -> Person:
        """Return the person a line names, new or known; printed forms, titles and offices are taken along.

        With `exact` a name that differs by a letter from a known one is somebody else's.
        """
        known, why = self.match(printed.name)
        if why and exact and printed.name not in dict(known.misprints if known else ()):
            known, why = None, ""
        if known is None:
            known = Person(id=slug(printed.name), name=printed.name)
        misprints = dict(known.misprints)
        if why:
            misprints.setdefault(printed.name, why)
        forms = dict.fromkeys([*known.printed, printed.printed])
        person = replace(
            known,
            title=max(known.title, printed.title, key=len),
            office=known.office or printed.office,
            organisation=known.organisation or printed.organisation,
            printed=tuple(text for text in forms if text),
            misprints=tuple(misprints.items()),
        )
        if self.people.get(person.id) != person:
            self.replace(person)
        return person

    def match(self, name: str) -> tuple[Person | None, str]:
        """Return the person called `name` and, if letters had to be forgiven, why; (None, "") if nobody fits."""
        known = [self.people[person_id] for person_id in self._by_form.get(name, ())]
        exact = [person for person in known if person.name == name]
        if exact or len(known) == 1:
            person = (exact or known)[0]
            return person, dict(person.misprints).get(name, "")
        close = [person for person in self._like(name) if one_letter_off(person.name, name)] if not known else []
        if len(close) == 1:
            return close[0], f"ein Buchstabe anders als „{close[0].name}“, und niemand sonst heißt so"
        return None, ""

    def _like(self, name: str) -> list[Person]:
        """Return the people whose names begin with the same letter and are about as long."""
        keys = [(name[:1], len(name) + difference) for difference in (-1, 0, 1)]
        return [self.people[person_id] for key in keys for person_id in self._by_length.get(key, ())]

    def printed_form(self, text: str, person: Person) -> str:
        """Return how a text names a person first: as "Frau X", by full name, surname or known misprint; "" if never."""
        wrong = [form for form, _ in person.misprints]
        forms = "|".join(
            re.escape(form) for form in sorted({person.name, *wrong, person.surname}, key=len, reverse=True)
        )
        match = re.search(rf"(?:(?:Frau|Herrn?)\s+)?(?:{TITLE}\s*)*(?<![\w-])(?:{forms})(?![\w-])", text)
        return match.group() if match else ""

    def surnamed(self, surname: str, among: tuple[str, ...] = ()) -> tuple[Person | None, str]:
        """Return the one person of this surname (first `among` some ids, then all) and why letters were forgiven."""
        for group in ([self.people[i] for i in among if i in self.people], list(self.people.values())):
            same = [person for person in group if person.surname == surname or person.name.endswith(f" {surname}")]
            if len(same) == 1:
                return same[0], ""
            if same:
                return None, ""
        near = [self.people[i] for i in among if i in self.people and one_letter_off(self.people[i].surname, surname)]
        if len(near) == 1:
            return near[0], f"ein Buchstabe anders als „{near[0].surname}“, die einzige solche Person dieses Abschnitts"
        return None, ""

    def replace(self, person: Person) -> None:
        """Put a new or changed person in the place of the old one."""
        self.people[person.id] = person
        self._know(person)


def one_letter_off(name: str, other: str) -> bool:
    """Return whether two forms differ by one letter and are long enough for that to mean a misprint."""
    if min(len(name), len(other)) < 5 or name[0] != other[0] or abs(len(name) - len(other)) > 1:
        return False
    if name.count(" ") != other.count(" "):
        return False
    words = zip(name.split(), other.split(), strict=True)
    distances = [DamerauLevenshtein.distance(a, b) for a, b in words]
    return sum(distances) == 1 and all(
        distance == 0 or min(len(a), len(b)) >= 5
        for distance, a, b in zip(distances, name.split(), other.split(), strict=True)
    )

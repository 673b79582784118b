"""What the German dictionary tells of compounds: which words there are, and how often each begins or ends another.

The dictionary is simplemma's own, already in memory for lemmatising; nothing is copied from it. How many of its nouns
begin with "wohnungs" or end with "politik" (the word's family) is evidence as good as a frequency list, and also says
which linking element a word takes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from simplemma.strategies.dictionaries import DEFAULT_DICTIONARY_FACTORY

_SHORT_PARTS = """
akt alt amt arm art arz bad bar bau bio bus ehe ehr eid eis erb erd erz fan fuß gas geo gut hof hör hut job kur lob maß
mut nah neu not öko ohr ort ost rad rat roh rot ruf see ski süd tag tal tat tee tod ton tor tür typ uhr web weg zoo zug
"""
SHORT = frozenset(_SHORT_PARTS.split())
"""The parts of three letters there are; any other row of three letters is an accident."""

_VERB_PARTICLES = """
ab an auf aus auseinander außer be bei da dar durch ein emp empor ent entgegen entlang er fehl fest fort frei ge gegen
gegenüber her herab heran herauf heraus herbei herein herum herunter hervor hin hinab hinauf hinaus hinein hinter hinzu
inner inter kon los miss mit nach nieder ob para per prä pro rück statt trans über um un unter ur ver vor voran voraus
vorbei vorher vorüber wahr weiter wider wieder wohl zer zu zurecht zurück zusammen zwischen
"""
PARTICLES = frozenset(_VERB_PARTICLES.split())
"""What begins a derived word and is no part of a compound."""

_ADVERBS = frozenset({"außen", "binnen", "höchst", "innen", "mindest", "nicht", "selbst"})
_NOUN_ENDINGS = """
anten arier ariern ation chen ei el ende er este heit in innen ion ionen isch ische ismus ist keit lein ler ling loge
login lungen nahme ner nis rei rin rinnen schaft sche tion tum tät ung ungen
"""
_SUFFIXES = frozenset(_NOUN_ENDINGS.split())
_LINKED_SUFFIX = re.compile(r".{3}(?:ung|heit|keit|schaft|ion|tät|tum|ling)$")
_PRINTED = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+$")
_VOWEL = re.compile("[aeiouyäöü]")
_COMMON_PREFIX = 15
_GERMAN_ENDINGS = "ungen ungs ung erinnen erin ers ern er rn rs r es s en e n"
_LATIN_ENDINGS = "ationen ations ation ator atoren atorin atorinnen ion ions ionen"
_DEVERBAL = {
    **dict.fromkeys(_GERMAN_ENDINGS.split(), ("en", "n")),
    **dict.fromkeys(_LATIN_ENDINGS.split(), ("ieren",)),
}
"""The endings of words made from verbs, with what the infinitive has in their place."""


def dictionary() -> Mapping[str, str]:
    """Return simplemma's German dictionary, word form → lemma.

    The one place that reaches into simplemma. Should a new version move the factory, any iterable mapping of German
    forms to lemmas will do here.
    """
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("de")


def own_lemma(form: str, found: str, forms: Mapping[str, str]) -> str:
    """Return the lemma of `form`: what `forms` has `found`, or the form itself where they take it for another's.

    The dictionary has "Halle" as a dative of "Hall", "Kellner" as the verb and "waschen" under a longer verb; the other
    forms of these words show what they are.

    >>> [own_lemma(form, dictionary()[form], dictionary()) for form in ("Halle", "Kellner", "waschen", "Tage")]
    ['Halle', 'Kellner', 'waschen', 'Tag']
    """
    small = form.lower()
    is_feminine = f"{found}e" == form and forms.get(f"{form}n") == form and forms.get(small) != small[:-1]
    is_agent = found == f"{small}n" != f"{form}n" and forms.get(f"{form}s") == form
    is_verb = form == small and form.endswith("n") and found.endswith(form)
    return form if is_feminine or is_agent or is_verb else found


@cache
def german_lexicon() -> Lexicon:
    """Return the lexicon; the first call takes seconds (one if families are kept), all others share its answer."""
    return Lexicon(dictionary(), _read_families(_kept[0]) if _kept else None)


_VERSION = f"2 simplemma {version('simplemma')}"
"""Families come from the dictionary of this version, counted in a way that has this number."""

_kept: list[Path] = []
"""The file named last by `families_at`. They are facts of the dictionary: every index keeps the same."""


def families_at(path: Path) -> None:
    """Name a file that `write_families` may have written; a lexicon that is not loaded yet will read it."""
    _kept[:] = [path]


def write_families(path: Path) -> None:
    """Write the families of the lexicon, so that they need not be counted again."""
    families = german_lexicon().families
    row = {"of": _VERSION, **asdict(families), "prefixes": sorted(families.prefixes)}
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")


def _read_families(path: Path) -> Families | None:
    """Return the families in a file; None if there are none, or those of another dictionary."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        if row["of"] != _VERSION:
            return None
        return Families(row["begins"], row["ends"], frozenset(row["prefixes"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


@dataclass(frozen=True)
class Families:
    """How many nouns of the dictionary begin or end with a word, and which `prefixes` are no words themselves."""

    begins: Mapping[str, int]
    ends: Mapping[str, int]
    prefixes: frozenset[str]


class Lexicon:
    """Words of German and their families. Words are asked for in lower case; lemmas come as they are printed."""

    def __init__(self, forms: Mapping[str, str], families: Families | None = None) -> None:
        self._forms = forms
        self._prefixes = families.prefixes if families else frozenset[str]()
        self.modifier = cache(self._modifier)
        self.derived = cache(self._derived)
        self.families = families or self._count_families()

    def noun(self, form: str) -> str | None:
        """Return the lemma of a noun.

        >>> german_lexicon().noun("gesellschaften")
        'Gesellschaft'
        """
        lemma = self._lemma(form.capitalize())
        return lemma if lemma is not None and _PRINTED.match(lemma) else None

    def _lemma(self, form: str) -> str | None:
        found = self._forms.get(form)
        return found if found is None or found == form else own_lemma(form, found, self._forms)

    def verb(self, lemma: str) -> bool:
        """Return whether `lemma` is the infinitive of a verb."""
        return lemma.endswith("n") and self._lemma(lemma) == lemma

    def written_small(self, form: str) -> bool:
        """Return whether `form` is a verb, an adjective or another word that is no noun."""
        lemma = self._forms.get(form)
        return lemma is not None and lemma[0].islower()

    def _derived(self, word: str) -> bool:
        """Return whether `word` is made from a verb, so that it is no compound even if it looks like one.

        >>> german_lexicon().derived("herausforderungen"), german_lexicon().derived("wohnungsmarkt")
        (True, False)
        """
        return any(
            self.verb(word.removesuffix(suffix) + ending)
            for suffix, endings in _DEVERBAL.items()
            if word.endswith(suffix) and len(word) - len(suffix) >= 5
            for ending in endings
        )

    def begins(self, part: str) -> int:
        """Return how many nouns begin with this part, linking element included."""
        return self.families.begins.get(part, 0)

    def ends(self, lemma: str) -> int:
        """Return how many nouns end with this noun."""
        return self.families.ends.get(lemma.lower(), 0)

    def head(self, part: str) -> str | None:
        """Return the lemma of a noun that may end a compound."""
        lemma = self.noun(part)
        if lemma is None or part in _SUFFIXES or lemma.lower() in _SUFFIXES or not _VOWEL.search(part):
            return None
        return lemma if len(lemma) > 3 or lemma.lower() in SHORT else None

    def _modifier(self, part: str) -> str | None:
        """Return the lemma of what may begin a compound, its linking element taken off; None if nothing does.

        >>> [german_lexicon().modifier(part) for part in ("wohnungs", "schul", "fahr", "neu", "heraus")]
        ['Wohnung', 'Schule', 'fahren', 'neu', None]
        """
        if part in _ADVERBS or part in self._prefixes:
            return part
        if part in PARTICLES or _LINKED_SUFFIX.search(part) or not _VOWEL.search(part):
            return None
        if part in _SUFFIXES or part.removesuffix("s") in _SUFFIXES or (len(part) < 4 and part not in SHORT):
            return None
        return self._noun_modifier(part) or self._stem(part)

    def _noun_modifier(self, part: str) -> str | None:
        lemma = self.noun(part)
        if lemma is not None and (lemma.lower() == part or part.endswith(("s", "n", "er", "e"))):
            return lemma
        # "Wohnungs-", "Schul-", "Hilfs-": the linking s goes, the e that gave way to it or to nothing comes back.
        bare = part.removesuffix("s")
        candidates = (bare, f"{part}e", f"{bare}e")
        return next((lemma for form in candidates if (lemma := self.noun(form)) and lemma.lower() == form), None)

    def _stem(self, part: str) -> str | None:
        if self._forms.get(part) == part and self._forms.get(f"{part}e") == part:
            return part
        return next((verb for verb in (f"{part}en", f"{part}n") if self.verb(verb)), None)

    def _count_families(self) -> Families:
        nouns = {form.lower() for form in self._forms if _PRINTED.match(form) and self._lemma(form) == form}
        # "Blendende" is the participle once more: it ends in no "Ende".
        compounds = [noun for noun in nouns if not (noun.endswith(("e", "r", "s")) and self.written_small(noun))]
        halves = list(_halves(compounds, nouns))
        self._prefixes = _combining_forms(halves)
        begins: Counter[str] = Counter()
        ends: Counter[str] = Counter()
        seen: set[str] = set()
        for first, last in halves:
            if self.modifier(first) is not None and not self._is_late(first, last, nouns):
                begins[first] += 1
                ends[last] += first + last not in seen
                seen.add(first + last)
        return Families(dict(begins), dict(ends), self._prefixes)

    def _is_late(self, first: str, last: str, nouns: set[str]) -> bool:
        """Return whether the cut is one letter early: "Gericht|stag" is "Gerichts|tag", "Tran|sport" no compound."""
        linked = f"{first}s"
        is_better = linked in PARTICLES or (last[1:] in nouns and self.modifier(linked) is not None)
        return last[0] == "s" and is_better


def _halves(compounds: list[str], nouns: set[str]) -> Iterator[tuple[str, str]]:
    for word in compounds:
        for cut in range(3, len(word) - 2):
            if word[cut:] in nouns and word[cut:] not in _SUFFIXES:
                yield word[:cut], word[cut:]


def _combining_forms(halves: list[tuple[str, str]]) -> frozenset[str]:
    """Return what begins many nouns without being a word: "elektro", "mikro", "thermo"."""
    counts = Counter(first for first, last in halves if first[-1] == "o" and len(last) > 4)
    return frozenset(first for first, count in counts.items() if count >= _COMMON_PREFIX and len(first) > 3)

"""What changed in an edition since its ledger was last added to, told as events.

What became of a passage that is gone, and where a new one comes from, is found by the words: those of one passage that
now stand in several were split, those of several that now stand in one were merged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import TypeVar

from kb.ledger import Event, EventKind, Ledger, Standing, standing_of
from kb.locator import Locator
from kb.model import Passage

_Found = TypeVar("_Found")
_MOST = 0.75
"""Share of words from which a text counts as standing in another."""
_SURELY = 0.9
"""Share of words from which it does so outside its own section."""
_OTHER = 0.3
"""Share below which a passage has not been reworded: these are other words."""
_SHORT, _UNLIKE = 20, 0.5
"""Up to so many words the letters are compared, too: a misprint may be all there is."""
_LEAST = 4
"""Fewer words than that stand in another text by chance; only if nothing is left over they count as part of it."""
_CANDIDATES = 8
_RUN = 3


@dataclass(frozen=True)
class Changes:
    """What happened to the passages of an edition.

    `vanished` are those whose words are nowhere any more: a person has to say why. `replaced` are locators at which
    wholly other words stand now: a number was used again, unless a person says it is the same passage.
    """

    events: tuple[Event, ...] = ()
    vanished: tuple[Locator, ...] = ()
    replaced: tuple[Locator, ...] = ()


def changes(ledger: Ledger, passages: Iterable[Passage], *, day: date, withdrawn: Collection[Locator] = ()) -> Changes:
    """Return what happened between the state a ledger tells of and `passages`, in an order in which it could happen.

    What is `withdrawn` is not looked for elsewhere: it is among the vanished.
    """
    now = {passage.locator: standing_of(passage) for passage in passages}
    comparison = _Comparison(ledger, now, day, withdrawn)
    comparison.trace()
    return comparison.told()


@dataclass
class _Comparison:
    """The passages before and now; `into` tells which words went where, `made_of` the other way round.

    What is `joined` holds more words than those that went there.
    """

    ledger: Ledger
    now: Mapping[Locator, Standing]
    day: date
    withdrawn: Collection[Locator]
    into: dict[Locator, tuple[Locator, ...]] = field(default_factory=dict)
    made_of: dict[Locator, tuple[Locator, ...]] = field(default_factory=dict)
    joined: set[Locator] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.before = {locator: life.last for locator, life in self.ledger.living.items()}
        self.gone = [locator for locator in self.before if locator not in self.now]
        self.fresh = [locator for locator in self.now if locator not in self.ledger.lives]
        self.reworded = [
            locator
            for locator, standing in self.now.items()
            if locator in self.before and standing.fingerprint != self.before[locator].fingerprint
        ]

    def trace(self) -> None:
        """Find out which words went where."""
        moving = [locator for locator in (*self.gone, *self.reworded) if locator not in self.withdrawn]
        old = _Texts({locator: self.before[locator].text for locator in moving})
        new = _Texts({locator: self.now[locator].text for locator in (*self.fresh, *self.reworded)})
        for locator, words in old.words.items():
            parts = _nearest(_parts, words, new, locator.section) or ()
            # What still stands at its own place was not split into passages elsewhere that are like it.
            if locator in parts or (parts and locator not in self.now):
                self.into[locator] = parts
        split_off = {part for parts in self.into.values() for part in parts}
        for locator, words in new.words.items():
            found = _nearest(_parts, words, old, locator.section) or ()
            sources = tuple(source for source in found if source not in self.into)
            if len(sources) > 1 and locator not in split_off and set(sources) & set(self.gone):
                self._merge(locator, sources)
        for locator in self.gone:
            if locator in self.into or locator not in old.words:
                continue
            home = _nearest(_home, old.words[locator], new, locator.section)
            if home is not None:
                self.into[locator] = (home,)
                if _share(new.words[home], old.words[locator]) < _MOST:
                    self.joined.add(home)

    def _merge(self, locator: Locator, sources: tuple[Locator, ...]) -> None:
        """Note that one passage now holds the words of several; who stays under its locator was not merged away."""
        ended = [source for source in sources if source in self.gone]
        self.made_of[locator] = tuple(source for source in sources if source in ended or source == locator)
        self.into |= dict.fromkeys(ended, (locator,))

    def told(self) -> Changes:
        """Return what was found as events."""
        replaced = tuple(locator for locator in self.reworded if self._has_other_words(locator))
        events = [
            *map(self._created, self.fresh),
            *(self._changed_words(locator) for locator in self.reworded),
            *(self._ended(locator) for locator in self.gone if locator in self.into),
            *(event for locator in self.now if locator in self.before for event in self._changed_facts(locator)),
        ]
        vanished = tuple(locator for locator in self.gone if locator not in self.into)
        return Changes(tuple(events), vanished, replaced)

    def _has_other_words(self, locator: Locator) -> bool:
        if locator in self.into.get(locator, ()) or locator in self.made_of:
            return False
        old, new = self.before[locator].text, self.now[locator].text
        if max(len(old.split()), len(new.split())) <= _SHORT and SequenceMatcher(None, old, new).ratio() >= _UNLIKE:
            return False
        return max(_share(old.split(), new.split()), _share(new.split(), old.split())) < _OTHER

    def _created(self, locator: Locator) -> Event:
        standing = self.now[locator]
        sources = tuple(source for source, targets in self.into.items() if locator in targets)
        return Event(
            EventKind.CREATED,
            locator,
            self.day,
            new=standing.fingerprint,
            text=standing.text,
            pages=standing.pages,
            attribution=standing.attribution,
            made_of=sources,
        )

    def _changed_words(self, locator: Locator) -> Event:
        kind = EventKind.REWORDED
        if locator in self.into:
            kind = EventKind.SPLIT
        elif locator in self.made_of:
            kind = EventKind.MERGED
        return Event(
            kind,
            locator,
            self.day,
            old=self.before[locator].fingerprint,
            new=self.now[locator].fingerprint,
            text=self.now[locator].text,
            into=self.into.get(locator, ()),
            made_of=self.made_of.get(locator, ()),
        )

    def _ended(self, locator: Locator) -> Event:
        targets = self.into[locator]
        merged = targets[0] in self.made_of or targets[0] in self.joined
        kind = EventKind.SPLIT if len(targets) > 1 else EventKind.MERGED if merged else EventKind.MOVED
        return Event(kind, locator, self.day, old=self.before[locator].fingerprint, into=targets)

    def _changed_facts(self, locator: Locator) -> Iterable[Event]:
        before, now = self.before[locator], self.now[locator]
        words = now.fingerprint
        if before.pages != now.pages:
            yield Event(
                EventKind.PAGE_MOVED,
                locator,
                self.day,
                old=words,
                new=words,
                pages=now.pages,
                pages_before=before.pages,
            )
        if before.attribution != now.attribution:
            yield Event(
                EventKind.RE_ATTRIBUTED,
                locator,
                self.day,
                old=words,
                new=words,
                attribution=now.attribution,
                attribution_before=before.attribution,
            )


class _Texts:
    """Texts as words, and which of them share runs of words with another."""

    def __init__(self, texts: Mapping[Locator, str]) -> None:
        self.words = {locator: text.split() for locator, text in texts.items()}
        self._by_run: dict[tuple[str, ...], list[Locator]] = {}
        for locator, words in self.words.items():
            for run in _runs(words, min(_RUN, len(words))):
                self._by_run.setdefault(run, []).append(locator)

    def near(self, words: Sequence[str], section: str | None) -> list[Locator]:
        """Return the texts, of one section or of all, that share most runs of words with these, for their length."""
        runs = set().union(*(_runs(words, size) for size in range(1, _RUN + 1)))
        sharing = (locator for run in runs for locator in self._by_run.get(run, ()))
        shared = Counter(locator for locator in sharing if section in (None, locator.section))
        ranked = sorted(shared, key=lambda locator: (-shared[locator] / len(self.words[locator]), locator))
        return ranked[:_CANDIDATES]


def _nearest(
    find: Callable[[Sequence[str], _Texts, list[Locator], float], _Found | None],
    words: Sequence[str],
    among: _Texts,
    section: str,
) -> _Found | None:
    """Return what is found in the same section, or else, surely, anywhere: formulas stand in many places alike."""
    found = find(words, among, among.near(words, section), _MOST)
    return found or find(words, among, among.near(words, None), _SURELY)


def _runs(words: Sequence[str], size: int) -> set[tuple[str, ...]]:
    """Return the runs of so many words."""
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)} if size else set()


def _share(part: Sequence[str], whole: Sequence[str]) -> float:
    """Return which share of the words of `part` stand in `whole`, in their order."""
    blocks = SequenceMatcher(None, part, whole, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(part) if part else 0.0


def _parts(words: Sequence[str], among: _Texts, candidates: list[Locator], most: float) -> tuple[Locator, ...]:
    """Return the candidates that together make up `words`, in their order: none if it is not several.

    Each stands in it at a place of its own, and together they hold it.
    """
    inside = [locator for locator in candidates if _share(among.words[locator], words) >= most]
    inside.sort(key=lambda locator: _place(among.words[locator], words))
    while len(inside) > 1:
        together = [word for locator in inside for word in among.words[locator]]
        matched = {
            position
            for block in SequenceMatcher(None, words, together, autojunk=False).get_matching_blocks()
            for position in range(block.b, block.b + block.size)
        }
        lengths = [len(among.words[locator]) for locator in inside]
        astray = _least_matched(lengths, matched, most)
        if astray is None and together != list(words) and min(lengths) < _LEAST:
            astray = lengths.index(min(lengths))
        if astray is None:
            return tuple(inside) if len(matched) >= most * len(words) else ()
        del inside[astray]
    return ()


def _least_matched(lengths: Sequence[int], matched: set[int], most: float) -> int | None:
    """Return which of several texts in a row is matched least, if that is not enough."""
    shares, start = [], 0
    for length in lengths:
        shares.append(len(matched.intersection(range(start, start + length))) / length)
        start += length
    least = min(range(len(shares)), key=shares.__getitem__)
    return least if shares[least] < most else None


def _place(part: Sequence[str], whole: Sequence[str]) -> int:
    """Return where the longest run of words of `part` stands in `whole`."""
    return SequenceMatcher(None, part, whole, autojunk=False).find_longest_match().b


def _home(words: Sequence[str], among: _Texts, candidates: list[Locator], most: float) -> Locator | None:
    """Return the candidate in which these words stand now; None if there is none, or several are as good."""
    shares = {}
    for locator in candidates:
        other = among.words[locator]
        here, there = _share(words, other), _share(other, words)
        if here >= most and (there >= most or len(words) >= _LEAST):
            shares[locator] = here + there
    best = [locator for locator, share in shares.items() if share == max(shares.values())]
    return best[0] if len(best) == 1 else None

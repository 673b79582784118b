"""Quotations with known verdicts, made of the passages of a corpus: taken over, changed, claimed for others, joined.

Nothing here knows how the check works: what a case must be called follows from how it was made.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.model import Passage, Speaker, Voice

_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÄÖÜ])")
_NEGATION = re.compile(r"\b(?:nicht|nie|kaum|niemals)\b ?|\b[Kk]eine?[nmrs]?\b", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:nicht|kein\w*|nie|ohne|weder|kaum|niemand|nichts)\b", re.IGNORECASE)
_MARKS = '„“”»«"‚‘’'
_SWAPS = (("alle", "einige"), ("viele", "wenige"), ("einige", "alle"), ("mehrere", "keine"), ("zwei", "drei"))


@dataclass(frozen=True, slots=True)
class Case:
    """A quotation with its claim, what it was made by, and the verdicts that are right."""

    made_by: str
    text: str
    speaker: str
    page: str
    verdicts: frozenset[str]


class CaseMaker:
    """Makes cases from passages; the same seed makes the same ones."""

    def __init__(
        self, passages: Sequence[Passage], speakers: dict[str, Speaker], foreign: Sequence[str], *, seed: int
    ) -> None:
        self._random = random.Random(seed)
        self._speakers = speakers
        self._foreign = foreign
        self._passages = [one for one in passages if one.voice is not Voice.EDITORIAL and len(one.speaker_ids) <= 1]
        self._all_texts = [_plain(passage.text) for passage in passages]
        self._own = [one for one in self._passages if one.voice is Voice.VERBATIM and one.speaker_ids]
        self._told = [one for one in self._passages if one.voice is not Voice.VERBATIM]
        self._vocabulary = sorted(
            {word for one in self._passages for word in re.findall(r"\b[a-zäöüß]{7,}\b", one.text)}
        )

    def cases(self, each: int) -> list[Case]:
        """Return `each` cases of every way to make one, as far as the passages yield them."""
        made: list[Case] = []
        for maker in (
            self._verbatim, self._styled, self._shortened, self._unclaimed, self._other_speaker, self._unknown_name,
            self._reported, self._reported_unclaimed, self._wrong_page, self._word_replaced, self._word_dropped,
            self._word_added, self._inflected, self._misspelt, self._negation_lost, self._negation_added,
            self._number_changed, self._quantity_changed, self._un_changed, self._embedded, self._ambiguous,
            self._joined, self._joined_by_ellipsis, self._joined_turns, self._foreign_sentence, self._shuffled,
        ):  # fmt: skip
            made += self._several(maker, each)
        return made

    def _several(self, maker: Callable[[], Case | None], each: int) -> Iterator[Case]:
        seen = set()
        for _ in range(each * 40):
            case = maker()
            if case is not None and case.text not in seen:
                seen.add(case.text)
                yield replace(case, made_by=maker.__name__.strip("_"))
            if len(seen) == each:
                return

    def _case(self, verdict: str, text: str, speaker: str = "", page: str = "", also: Sequence[str] = ()) -> Case:
        return Case("", text, speaker, page, frozenset({verdict, *also}))

    def _sentence(self, among: Sequence[Passage], *, least: int = 7, most: int = 45) -> tuple[Passage, str] | None:
        """Return a passage and a sentence of it that stands once in the corpus and neither in nor around quotes."""
        passage = self._random.choice(among)
        sentences = [one for part in passage.text.split("\n") for one in _SENTENCE.split(part)]
        sentence = self._random.choice(sentences).strip()
        if not least <= len(sentence.split()) <= most or any(mark in passage.text for mark in _MARKS):
            return None
        if sum(_plain(sentence) in text for text in self._all_texts) != 1:
            return None
        return passage, sentence

    def _named(self, passage: Passage) -> str:
        speaker = self._speakers[passage.speaker_ids[0]]
        surname = speaker.surname
        same = [one for one in self._speakers.values() if one.surname == surname]
        forms = [speaker.name, f"{speaker.title} {speaker.name}".strip()]
        forms += [surname, f"Frau {surname}", f"{surname} (Stadt X)"] if len(same) == 1 else []
        return self._random.choice(forms)

    def _page(self, passage: Passage) -> str:
        return self._random.choice(["", passage.page_first]) if passage.page_first == passage.page_last else ""

    def _verbatim(self) -> Case | None:
        found = self._sentence(self._own)
        return found and self._case("verbatim", found[1], self._named(found[0]), self._page(found[0]))

    def _unclaimed(self) -> Case | None:
        found = self._sentence(self._own)
        return found and self._case("verbatim", found[1], "", self._page(found[0]))

    def _styled(self) -> Case | None:
        found = self._sentence(self._own)
        if found is None:
            return None
        text = found[1]
        for change in self._random.sample(_STYLES, k=3):
            text = change(text, self._random)
        return self._case("verbatim", text, self._named(found[0]), self._page(found[0]))

    def _shortened(self) -> Case | None:
        found = self._sentence(self._own, least=14)
        if found is None:
            return None
        words = found[1].split()
        start = self._random.randrange(4, len(words) - 8)
        end = start + self._random.randrange(1, 4)
        if any(_TOLD.search(word) for word in words[start:end]):
            return None
        sign = self._random.choice(["[…]", "…", "[...]", "(…)", "..."])
        text = " ".join([*words[:start], sign, *words[end:]])
        return self._case("verbatim", text, self._named(found[0]))

    def _other_speaker(self) -> Case | None:
        found = self._sentence(self._own)
        others = [one for one in self._speakers.values() if found and one.surname != self._surname(found[0])]
        return found and self._case("other_speaker", found[1], self._random.choice(others).name)

    def _unknown_name(self) -> Case | None:
        found = self._sentence(self._own)
        name = self._random.choice(["Xaver Zzyzyk", "Frau Qwertz", "Ottokar Wxyzmann", "Frau"])
        return found and self._case("other_speaker", found[1], name)

    def _surname(self, passage: Passage) -> str:
        return self._speakers[passage.speaker_ids[0]].surname

    def _reported(self) -> Case | None:
        told = [one for one in self._told if one.speaker_ids]
        found = self._sentence(told) if told else None
        return found and self._case("reported", found[1], self._named(found[0]), self._page(found[0]))

    def _reported_unclaimed(self) -> Case | None:
        found = self._sentence(self._told) if self._told else None
        return found and self._case("reported", found[1])

    def _wrong_page(self) -> Case | None:
        found = self._sentence(self._own)
        if found is None or not found[0].page_last.isdecimal():
            return None
        page = str(int(found[0].page_last) + self._random.randrange(1, 9))
        return self._case("page_differs", found[1], self._named(found[0]), f"S. {page}")

    def _altered(self, among: Sequence[Passage] | None = None) -> tuple[Passage, list[str], int] | None:
        """Return a passage, the words of a sentence, and the place of one inside that is no negation and no number."""
        found = self._sentence(among or self._own, least=8)
        if found is None:
            return None
        words = found[1].split()
        plain = [at for at in range(2, len(words) - 2) if re.fullmatch(r"[a-zäöüß]{5,}", words[at])]
        plain = [at for at in plain if not _TOLD.search(words[at]) and not _counts(words[at])]
        return (found[0], words, self._random.choice(plain)) if plain else None

    def _changed(self, verdict: str, change: Callable[[list[str], int], None]) -> Case | None:
        found = self._altered(self._own if self._random.random() < 0.7 or not self._told else self._told)
        if found is None:
            return None
        passage, words, at = found
        before = list(words)
        change(words, at)
        named = self._named(passage) if passage.speaker_ids else ""
        return self._case(verdict, " ".join(words), named) if words != before else None

    def _word_replaced(self) -> Case | None:
        def change(words: list[str], at: int) -> None:
            words[at] = self._random.choice(
                [one for one in self._vocabulary if not _TOLD.search(one) and not _counts(one)]
            )

        return self._changed("near", change)

    def _word_dropped(self) -> Case | None:
        return self._changed("near", lambda words, at: words.__delitem__(at))

    def _word_added(self) -> Case | None:
        added = self._random.choice(["natürlich", "besonders", "heute", "wirklich", "insgesamt", "[die Stadt]"])
        return self._changed("near", lambda words, at: words.insert(at, added))

    def _inflected(self) -> Case | None:
        def change(words: list[str], at: int) -> None:
            word = words[at]
            words[at] = word[:-1] if word.endswith(("e", "n", "t")) else f"{word}e"

        return self._changed("near", change)

    def _misspelt(self) -> Case | None:
        def change(words: list[str], at: int) -> None:
            word = words[at]
            words[at] = word[0] + word[2] + word[1] + word[3:]

        return self._changed("near", change)

    def _negation_lost(self) -> Case | None:
        found = self._sentence(self._passages, least=6)
        if found is None or len(_NEGATION.findall(found[1])) != 1:
            return None
        text = _NEGATION.sub(lambda match: match.group()[1:] if match.group()[0] in "kK" else "", found[1])
        text = " ".join(text.split())
        return self._case("polarity", text[0].upper() + text[1:], self._claim(found[0]))

    def _negation_added(self) -> Case | None:
        found = self._altered()
        if found is None or _TOLD.search(" ".join(found[1])):
            return None
        words = [*found[1][: found[2]], self._random.choice(["nicht", "kaum", "nie"]), *found[1][found[2] :]]
        return self._case("polarity", " ".join(words), self._claim(found[0]))

    def _number_changed(self) -> Case | None:
        found = self._sentence(self._passages, least=6)
        if found is None or not re.search(r"\b\d+\b", found[1]):
            return None
        text = re.sub(r"\b\d+\b", lambda match: str(int(match.group()) + 7), found[1], count=1)
        return self._case("polarity", text, self._claim(found[0]))

    def _quantity_changed(self) -> Case | None:
        found = self._sentence(self._passages, least=6)
        swaps = [pair for pair in _SWAPS if found and re.search(rf"\b{pair[0]}\b", found[1])]
        if found is None or not swaps:
            return None
        before, after = self._random.choice(swaps)
        text = re.sub(rf"\b{before}\b", after, found[1], count=1)
        return self._case("polarity", text, self._claim(found[0]))

    def _un_changed(self) -> Case | None:
        found = self._sentence(self._passages, least=6)
        if found is None or not re.search(r"\bun(?!ter|s|d|ge)[a-zäöü]{6,}", found[1]):
            return None
        text = re.sub(r"\bun(?!ter|s|d|ge)(?=[a-zäöü]{6,})", "", found[1], count=1)
        return self._case("polarity", text, self._claim(found[0]))

    def _claim(self, passage: Passage) -> str:
        return self._named(passage) if passage.speaker_ids else ""

    def _embedded(self) -> Case | None:
        passage = self._random.choice(self._own)
        inner = [one for one in re.findall(r": [„»\"]([^„“”»«\"]{25,})[“”«\"]", passage.text) if len(one.split()) > 4]
        if not inner or sum(_plain(inner[0]) in text for text in self._all_texts) != 1:
            return None
        return self._case("embedded", inner[0], self._speakers[passage.speaker_ids[0]].name)

    def _ambiguous(self) -> Case | None:
        if not hasattr(self, "_phrases"):
            self._phrases = _repeated_phrases(self._passages)
        return self._case("ambiguous", self._random.choice(self._phrases)) if self._phrases else None

    def _joined(self) -> Case | None:
        one, other = self._sentence(self._own, most=25), self._sentence(self._own, most=25)
        if one is None or other is None or one[0] is other[0]:
            return None
        return self._case("stitched", f"{one[1]} {other[1]}", self._named(one[0]))

    def _joined_by_ellipsis(self) -> Case | None:
        one, other = self._sentence(self._own, most=25), self._sentence(self._passages, most=25)
        if one is None or other is None or one[0] is other[0]:
            return None
        return self._case("stitched", f"{one[1]} […] {other[1]}", self._named(one[0]))

    def _joined_turns(self) -> Case | None:
        at = self._random.randrange(len(self._passages) - 1)
        one, other = self._passages[at], self._passages[at + 1]
        last, first = _SENTENCE.split(one.text)[-1], _SENTENCE.split(other.text)[0]
        if min(len(last.split()), len(first.split())) < 5 or one.edition != other.edition:
            return None
        return self._case("stitched", f"{last} {first}", self._claim(one))

    def _foreign_sentence(self) -> Case | None:
        if not self._foreign:
            return None
        text = self._random.choice(self._foreign)
        return None if any(_plain(text) in one for one in self._all_texts) else self._case("not_found", text)

    def _shuffled(self) -> Case | None:
        found = self._sentence(self._passages, least=12)
        if found is None:
            return None
        words = found[1].split()
        self._random.shuffle(words)
        return self._case("not_found", " ".join(words), also=("near", "polarity"))


_QUANTITIES = (
    "alle viel wenig einig manch mehr meist beid jede sämtlich oft immer selten häufig zwei drei vier fünf sechs acht "
    "zehn hundert tausend doppelt halb erst zweit dritt hälfte"
)


def _counts(word: str) -> bool:
    return word.startswith(tuple(_QUANTITIES.split()))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(dict.fromkeys(map(ord, _MARKS))).split()).lower()


def _repeated_phrases(passages: Sequence[Passage]) -> list[str]:
    """Return runs of five words that stand in two to five passages."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, passage in enumerate(passages):
        words = passage.text.split()
        for at in range(len(words) - 4):
            run = words[at : at + 5]
            if all(re.fullmatch(r"[^\W\d_]+", word) for word in run) and sum(len(word) > 6 for word in run) >= 2:
                holders[" ".join(run)].add(number)
    found = Counter({run: len(numbers) for run, numbers in holders.items() if 2 <= len(numbers) <= 5})
    return sorted(found)


def _nfd(text: str, _: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def _line_ends(text: str, choose: random.Random) -> str:
    words = text.split()
    long = [at for at, word in enumerate(words) if re.fullmatch(r"[A-Za-zäöüß]{8,}", word)]
    if long:
        at = choose.choice(long)
        words[at] = (
            f"{words[at][:4]}{choose.choice(['-', '- ', '-' + chr(10), chr(0xAD), chr(0xAD) + chr(10)])}{words[at][4:]}"
        )
    return " ".join(words)


def _blanks(text: str, choose: random.Random) -> str:
    return "".join(choose.choice([" ", "  ", "\n", "\u00a0", " \t"]) if sign == " " else sign for sign in text)


def _dashes(text: str, choose: random.Random) -> str:
    return text.replace(" – ", choose.choice([" - ", " — ", " -- ", "—"]))


def _outer_marks(text: str, choose: random.Random) -> str:
    opening, closing = choose.choice(["„“", "“”", "»«", '""', "‚‘", "«»"])
    return f"{opening}{text}{closing}"


def _other_case(text: str, _: random.Random) -> str:
    return (text[0].lower() if text[0].isupper() else text[0].upper()) + text[1:]


def _no_full_stop(text: str, choose: random.Random) -> str:
    return text.rstrip(".") + choose.choice(["", ",", " …"]) if text.endswith(".") else text


_STYLES = (_nfd, _line_ends, _blanks, _dashes, _outer_marks, _other_case, _no_full_stop)

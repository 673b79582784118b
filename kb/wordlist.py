"""The words of an index as they are printed, with how many passages each finds: for suggestions and completions.

They stand beside the index, sorted, and are read when somebody first needs them.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import NamedTuple

from kb.folding import fold, without_dots
from kb.lemmas import WITH_DICTIONARY, is_known
from kb.text import Analyser, Token

FILE_NAME = "words.tsv"
_HIGHEST = "\U0010ffff"


class Word(NamedTuple):
    """A word as it is printed most often; `passages` hold it, or stand under it if it occurs in titles alone.

    `is_sound` tells that the dictionary has it or that it is made of words; a misprint is not, nor are most names.
    """

    form: str
    printed: str
    passages: int
    is_sound: bool = False


class WordCounter:
    """Counts words passage by passage while an index is built."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()
        self._titles: Counter[str] = Counter()
        self._printed: dict[str, Counter[str]] = {}

    def see(self, text: str, tokens: Sequence[Token]) -> None:
        """Learn how the words of a text are printed."""
        for token in tokens:
            self._printed.setdefault(token.form, Counter())[text[token.start : token.end]] += 1

    def add(self, *, said: Iterable[str], titles: Iterable[str]) -> None:
        """Count the folded forms of one passage, each once."""
        self._said.update(set(said))
        self._titles.update(set(titles))

    def words(self, analysers: Iterable[Analyser]) -> Iterator[Word]:
        """Yield all words counted, sorted by form; one that is sound in any of the languages is sound."""
        languages = tuple(analysers)
        passages: Mapping[str, int] = {**self._titles, **self._said}
        for form in sorted(filter(None, passages)):
            ((printed, _),) = self._printed[form].most_common(1)
            sound = any(is_sound(printed, analyser) for analyser in languages)
            yield Word(form, " ".join(printed.split()), passages[form], sound)


def is_sound(printed: str, analyser: Analyser) -> bool:
    """Return whether the dictionary has a word or it is made of words; nobody knows that without a dictionary."""
    if analyser.language not in WITH_DICTIONARY or analyser.parts(analyser.term(printed)):
        return True
    return any(is_known(form, analyser.language) for form in {printed, printed.lower(), printed.capitalize()})


def write_words(folder: Path, words: Iterable[Word]) -> None:
    """Write the words, sorted by form, into `folder`; the first line says how many bytes follow."""
    lines = "".join(map(_line, words)).encode()
    (folder / FILE_NAME).write_bytes(b"%d\n" % len(lines) + lines)


def _line(word: Word) -> str:
    plain = "" if word.printed.isascii() else without_dots(word.printed)
    return "\t".join(
        (word.form, "" if plain == word.form else plain, word.printed, str(word.passages), f"{word.is_sound:d}\n")
    )


class WordList:
    """The words that `write_words` wrote; safe to ask from several threads.

    Raises:
        OSError, ValueError: the file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        with (folder / FILE_NAME).open("rb") as lines:
            self._size = int(lines.readline())
            # Mapped, the file outlives the generation that a newer one has replaced.
            self._lines = mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._lines) != len(b"%d\n" % self._size) + self._size:
            raise ValueError(f"{FILE_NAME} has not the {self._size} bytes it should have")

    @cached_property
    def _rows(self) -> list[str]:
        return self._lines[len(self._lines) - self._size :].decode().split("\n")[:-1]

    @cached_property
    def forms(self) -> list[str]:
        """The folded forms of all words, sorted; their places are the numbers of the words."""
        return [row[: row.index("\t")] for row in self._rows]

    @cached_property
    def keys(self) -> list[tuple[str, int]]:
        """What a reader may type, sorted, with the number of the word: its form, or the word without its dots."""
        plain = ((row.split("\t", 2)[1], number) for number, row in enumerate(self._rows) if "\t\t" not in row)
        return sorted([*zip(self.forms, count(), strict=False), *plain])

    def __len__(self) -> int:
        return len(self.forms)

    def __getitem__(self, number: int) -> Word:
        """Return the word with this number, from 0."""
        form, _, printed, passages, is_sound = self._rows[number].split("\t")
        return Word(form, printed, int(passages), is_sound == "1")

    def find(self, word: str) -> Word | None:
        """Return the word of this spelling, or None."""
        form = fold(word)
        at = bisect_left(self.forms, form)
        return self[at] if at < len(self) and self.forms[at] == form else None

    def beginning(self, start: str) -> Iterator[Word]:
        """Yield the words that begin so, each once, in any order; umlauts may be typed without their dots."""
        first, last = (bisect_left(self.keys, (end,)) for end in (fold(start), fold(start) + _HIGHEST))
        return (self[number] for number in {number for _, number in self.keys[first:last]})

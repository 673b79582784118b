"""How right the themes are: `python benchmarks/themes.py` prints the tables of docs/quality.md.

Needs the report and passages labelled by hand beside the repository (`../shared/data/report`): JSON Lines with `start`
and `end` (lines of the report, from 0) and `themes`. `--labels FILE` takes others. The numbers behind the tagger
(`Weighing`) are fitted on all sections but one and judged on that one, section by section.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from indexer.importer import import_file
from kb.corpus import load_corpus
from kb.cues import Cue, parse_cue
from kb.model import Corpus, Passage, Theme
from kb.text import Analyser, Token
from kb.themes import Tagger, Weighing

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT.parent / "shared" / "data" / "report"
EDITION = "difu-2018"
GRID = [
    {"enough": enough, "growth": growth, "heading": heading, "beside": beside}
    for enough, growth, heading, beside in product((1.0, 1.2, 1.4), (0.35, 0.55), (0.2, 0.35), (0.3, 0.35, 0.4))
]


@dataclass(frozen=True)
class Score:
    """Themes given rightly, given wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)

    def __str__(self) -> str:
        return f"{self.f1:.3f} | {self.precision:.3f} | {self.recall:.3f}"


@dataclass(frozen=True)
class Labelled:
    """A passage and the themes a person gave it."""

    passage: Passage
    themes: frozenset[str]

    @property
    def section(self) -> str:
        return self.passage.section.split("/")[0]


def imported(folder: Path) -> Corpus:
    """Return the corpus with the report, imported into `folder` with the facts and themes this repository ships."""
    for name in ("people.toml", "themes.toml"):
        shutil.copy(ROOT / "corpus" / name, folder)
    (folder / EDITION).mkdir()
    shutil.copy(ROOT / "corpus" / EDITION / "edition.toml", folder / EDITION)
    import_file(REPORT / "report.txt", folder, edition=EDITION)
    return load_corpus(folder)


def labelled(corpus: Corpus, labels: Path) -> list[Labelled]:
    """Return the passages that stand on lines somebody labelled."""
    source = (REPORT / "report.txt").read_text(encoding="utf-8")
    starts = [0, *(place + 1 for place, sign in enumerate(source) if sign == "\n")]
    given = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line]
    found = []
    for passage in corpus.passages:
        lines = range(bisect_right(starts, passage.spans[0][0]) - 1, bisect_right(starts, passage.spans[-1][1] - 1))
        rows = [row for row in given if row["start"] in lines or row["end"] in lines]
        if rows:
            found.append(Labelled(passage, frozenset(theme for row in rows for theme in row["themes"])))
    return found


def tagged(tagger: Tagger, passage: Passage) -> set[str]:
    """Return the themes the tagger gives a passage."""
    return {tag.theme for tag in tagger.tag(passage.text, (passage.section_title, *passage.headings))}


def score(tagger: Tagger, passages: Iterable[Labelled]) -> Score:
    """Return how the themes a tagger gives compare with those given by hand."""
    total = Score()
    for one in passages:
        given = tagged(tagger, one.passage)
        total += Score(len(given & one.themes), len(given - one.themes), len(one.themes - given))
    return total


def taggers(corpus: Corpus) -> dict[Weighing, Tagger]:
    """Return a tagger for each way of weighing that fitting may choose."""
    weighings = [replace(Weighing(), **settings) for settings in GRID]
    return {weighing: Tagger(corpus.themes, names_in(corpus), weighing) for weighing in weighings}


def left_out(candidates: Mapping[Weighing, Tagger], passages: Sequence[Labelled]) -> Score:
    """Return the score when each section is judged by numbers fitted on all the others."""
    sections = sorted({one.section for one in passages})
    scores = {
        (weighing, section): score(tagger, [one for one in passages if one.section == section])
        for weighing, tagger in candidates.items()
        for section in sections
    }
    total = Score()
    for section in sections:
        others = [other for other in sections if other != section]
        fitted = max(candidates, key=lambda weighing: sum((scores[weighing, other] for other in others), Score()).f1)
        total += scores[fitted, section]
    return total


def untaught(corpus: Corpus, passages: Sequence[Labelled]) -> Score:
    """Return the score when each section is judged without the cues that are met in it and in no other one.

    Whoever wrote these cues may have read them there. Words that happen to stand in one section alone go with them, so
    the tagger is better than this.
    """
    analyser = Analyser()
    said: dict[str, list[list[Token]]] = {}
    for passage in corpus.passages:
        said.setdefault(passage.section.split("/")[0], []).append(analyser.tokens(passage.text))
    parsed = {word: parse_cue(word, analyser) for theme in corpus.themes.values() for word in cues_of(theme)}
    places = {
        word: [section for section, texts in said.items() if any(cue_is_met(cue, text) for text in texts)]
        for word, cue in parsed.items()
    }
    total = Score()
    for section in sorted({one.section for one in passages}):
        kept = {word for word in parsed if places[word] != [section]}
        tagger = Tagger({theme.id: with_cues(theme, kept) for theme in corpus.themes.values()}, names_in(corpus))
        total += score(tagger, [one for one in passages if one.section == section])
    return total


def cues_of(theme: Theme) -> tuple[str, ...]:
    return (*theme.cues, *theme.misleading)


def with_cues(theme: Theme, kept: set[str]) -> Theme:
    cues, misleading = (tuple(filter(kept.__contains__, words)) for words in (theme.cues, theme.misleading))
    return replace(theme, cues=cues, misleading=misleading)


def cue_is_met(cue: Cue, tokens: Sequence[Token]) -> bool:
    if len(cue.terms) == 1:
        return any(cue.earns(token) for token in tokens)
    return any(cue.stands_at(at, tokens) for at in range(len(tokens)))


def names_in(corpus: Corpus) -> list[str]:
    """Return the names that are never cues."""
    return [speaker.name for speaker in corpus.speakers.values()]


def by_theme(tagger: Tagger, passages: Sequence[Labelled], themes: Iterable[str]) -> Iterable[str]:
    """Yield a line a theme: how often given by hand, rightly and wrongly by the tagger."""
    counts: dict[str, Counter[str]] = {theme: Counter() for theme in themes}
    for one in passages:
        given = tagged(tagger, one.passage)
        for theme in given | one.themes:
            counts[theme]["by hand"] += theme in one.themes
            counts[theme]["rightly"] += theme in one.themes & given
            counts[theme]["wrongly"] += theme in given - one.themes
    for theme, count in counts.items():
        yield f"| {theme} | {count['by hand']} | {count['rightly']} | {count['wrongly']} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=REPORT / "themes.jsonl")
    labels = parser.parse_args().labels
    with tempfile.TemporaryDirectory() as folder:
        corpus = imported(Path(folder))
    passages = labelled(corpus, labels)
    tagger = Tagger(corpus.themes, names_in(corpus))
    print(f"{len(passages)} passages\n\n| | micro-F1 | precision | recall |\n|---|---|---|---|")
    print(f"| as shipped | {score(tagger, passages)} |")
    print(f"| each section left out of the fitting | {left_out(taggers(corpus), passages)} |")
    print(f"| each section without the cues met in it alone | {untaught(corpus, passages)} |")
    print("\n| theme | by hand | rightly | wrongly |\n|---|---|---|---|")
    print("\n".join(by_theme(tagger, passages, corpus.themes)))
    start = time.perf_counter()
    for passage in corpus.passages:
        tagged(tagger, passage)
    print(f"\n{len(corpus.passages)} passages tagged in {time.perf_counter() - start:.2f} s, warm")


if __name__ == "__main__":
    main()

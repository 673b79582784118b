"""How right and how fast a quote check is.

    python benchmarks/quotes.py --corpus corpus --index var/index
    python benchmarks/quotes.py --corpus corpus --index var/index --labels ../shared/data/report/quotes.jsonl
    python benchmarks/quotes.py --corpus corpus --index var/index --passages 100000

The first makes cases of the corpus, whose verdicts follow from how they were made; `--foreign` names a second corpus
for sentences that are not in it. The second adds labelled ones. The last measures the time that 300 quotations take
against that many passages, made of those of the corpus.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from quote_cases import Case, CaseMaker

from kb.corpus import load_corpus
from kb.fields import Facts
from kb.index import Index, open_index
from kb.locator import Locator
from kb.model import Corpus, Passage
from kb.quote_check import QuoteCheck
from kb.quotes import Quote, Verdict
from kb.shingles import Shingles, write_shingles
from kb.store import PassageStore, write_passages

_QUOTES = 300


def main() -> None:
    """Print how many verdicts are right, by kind of case, how many are wrongly `verbatim`, and the time it took."""
    arguments = _parse_arguments()
    corpus = load_corpus(arguments.corpus, tagged=False)
    if arguments.passages:
        _measure_time(corpus, arguments.passages, arguments.seed)
        return
    with closing(open_index(arguments.index)) as index:
        if arguments.labels:
            _print("labelled", _labelled(arguments.labels), index, verbose=arguments.verbose)
        foreign = _sentences(load_corpus(arguments.foreign, tagged=False)) if arguments.foreign else []
        maker = CaseMaker(corpus.passages, dict(corpus.speakers), foreign, seed=arguments.seed)
        _print("made", maker.cases(arguments.each), index, verbose=arguments.verbose)


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="corpus the cases are made of")
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index of that corpus")
    parser.add_argument("--foreign", type=Path, help="another corpus, for sentences that cannot be found")
    parser.add_argument("--labels", type=Path, help="JSON Lines of labelled quotations")
    parser.add_argument("--each", type=int, default=20, help="cases of each kind (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the choice (default: 1)")
    parser.add_argument("--passages", type=int, default=0, help="measure the time against so many passages")
    parser.add_argument("--verbose", action="store_true", help="print every wrong verdict")
    return parser.parse_args()


def _labelled(path: Path) -> list[Case]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Case(
            row["verdict"],
            row["text"],
            row["speaker"] or "",
            row["page"] or "",
            frozenset({row["verdict"], *row["acceptable"]}),
        )
        for row in rows
    ]


def _sentences(corpus: Corpus) -> list[str]:
    choose = random.Random(7)
    passages = choose.sample(corpus.passages, k=min(2000, len(corpus.passages)))
    return [one for passage in passages for one in passage.text.split(". ") if 6 <= len(one.split()) <= 30]


def _print(title: str, cases: Sequence[Case], index: Index, *, verbose: bool) -> None:
    check = QuoteCheck.of(index.generation)
    right: dict[str, Counter[bool]] = defaultdict(Counter)
    wrongly_verbatim = missed = 0
    for case in cases:
        checked = check.check([Quote(case.text, case.speaker, case.page)])[0]
        is_right = checked.verdict in case.verdicts
        right[case.made_by][is_right] += 1
        wrongly_verbatim += checked.verdict is Verdict.VERBATIM and not is_right
        missed += "verbatim" in case.verdicts and not is_right
        if verbose and not is_right:
            where = ", ".join(f"{match.passage.id} {match.likeness:.2f}" for match in checked.matches)
            print(f"  {case.made_by}: {checked.verdict} [{where}] {case.speaker!r} {case.page!r} {case.text!r}")
    total = sum(counts[True] for counts in right.values())
    print(f"{title}: {total} of {len(cases)} right ({total / max(1, len(cases)):.1%}); "
          f"wrongly verbatim: {wrongly_verbatim}; verbatim missed: {missed}")  # fmt: skip
    for made_by, counts in right.items():
        print(f"  {made_by:22} {counts[True]:4} of {counts.total():4}")


def _measure_time(corpus: Corpus, passages: int, seed: int) -> None:
    """Print how long an index of shingles takes to write, how large it is, and how long 300 quotations take."""
    many = list(_multiplied(corpus.passages, passages, random.Random(seed)))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        started = time.perf_counter()
        write_shingles(folder, (passage.text for passage in many))
        written = time.perf_counter() - started
        write_passages(folder, many)
        size = sum(path.stat().st_size for path in folder.glob("shingles*")) / 1e6
        print(f"{len(many)} passages: shingles written in {written:.1f} s, {size:.0f} MB")
        quotes = _manuscript(many, dict(corpus.speakers), seed)
        check = QuoteCheck(Shingles(folder), PassageStore(folder), Facts(corpus.speakers))
        started = time.perf_counter()
        verdicts = Counter(one.verdict.value for one in check.check(quotes, seconds=600))
        print(f"{len(quotes)} quotations in {time.perf_counter() - started:.2f} s: {dict(verdicts)}")


def _multiplied(passages: Sequence[Passage], count: int, choose: random.Random) -> Iterator[Passage]:
    """Yield so many passages: those there are, then copies with some of their words from elsewhere."""
    words = sorted({word for passage in passages for word in passage.text.split()})
    for number in range(count):
        passage = passages[number % len(passages)]
        if number >= len(passages):
            changed = [choose.choice(words) if choose.random() < 0.3 else word for word in passage.text.split()]
            locator = Locator(
                passage.edition, f"copy-{number // len(passages)}/{passage.section}", passage.locator.ordinal
            )
            passage = replace(passage, locator=locator, text=" ".join(changed), marks=())
        yield passage


def _manuscript(passages: Sequence[Passage], speakers: dict[str, object], seed: int) -> list[Quote]:
    """Return quotations as a manuscript has them: most word for word, a third with a word changed, some of nowhere."""
    choose = random.Random(seed)
    quotes: list[Quote] = []
    while len(quotes) < _QUOTES:
        passage = choose.choice(passages)
        words = passage.text.split()
        if len(words) < 12:
            continue
        start = choose.randrange(len(words) - 10)
        quoted = words[start : start + choose.randrange(8, 40)]
        if len(quotes) % 3 == 0:
            quoted[len(quoted) // 2] = "anders"
        if len(quotes) % 10 == 0:
            choose.shuffle(quoted)
        quotes.append(
            Quote(" ".join(quoted)[:4000], passage.speakers[0] if passage.speakers else "", passage.page_first)
        )
    return quotes


if __name__ == "__main__":
    main()

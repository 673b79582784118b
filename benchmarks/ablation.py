"""What each part of the search brings: `python benchmarks/ablation.py --keep DIR` prints the table of docs/quality.md.

Every part is switched off in turn, when asking; the indexes stay as they are. Sets and `--keep` are those of
`benchmarks/retrieval.py`; *made* are the queries of `benchmarks/made_queries.py`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from judged_sets import SETS, indexed
from made_queries import made

from kb.evaluation import DEPTH, Answer, Evaluation, JudgedQuery, evaluate
from kb.finding import find
from kb.generation import Generation
from kb.index import Index, open_index
from kb.judgements import load_queries
from kb.ranking import SHIPPED, Weighing
from kb.results import Search
from kb.synonyms import Thesaurus
from kb.text import Analyser, fold

Change = Callable[[Generation], Generation]
MADE, SEED = 150, 1
COLUMNS = (
    *("report MRR", "inflected S@10", "inflected MRR", "paraphrase S@10", "paraphrase MRR", "XQuAD MRR"),
    *("made inflected MRR", "made derived MRR"),
)


class _Folding(Analyser):
    """Knows every word only as it is written, folded."""

    def readings(self, word: str) -> tuple[str, ...]:
        return (fold(word),)

    def weaker_readings(self, word: str) -> tuple[str, ...]:
        return ()

    def parts(self, term: str) -> tuple[str, ...]:
        return ()


def _weighed(weighing: Weighing) -> Change:
    return lambda generation: replace(generation, weighing=weighing)


def _without_fields(*names: str) -> Change:
    return _weighed(replace(SHIPPED, fields=tuple(field for field in SHIPPED.fields if field[0] not in names)))


def _only_folding(generation: Generation) -> Generation:
    forms = replace(SHIPPED, kinds=(("_forms", 1.0),), part=0.0, stem=0.0, together=0.0)
    analyser = _Folding(generation.analyser.language, generation.vocabulary)
    return replace(generation, analyser=analyser, weighing=forms)


def _without_synonyms(generation: Generation) -> Generation:
    return replace(generation, thesaurus=Thesaurus((), generation.analyser))


CHANGES: Mapping[str, Change] = {
    "as shipped": _weighed(SHIPPED),
    "only folding: no lemmas, parts, stems": _only_folding,
    "no parts of compounds, on either side": _weighed(replace(SHIPPED, kinds=(("", 1.0),), part=0.0)),
    "no parts of compounds in the text": _weighed(replace(SHIPPED, kinds=(("", 1.0),))),
    "no parts of typed compounds": _weighed(replace(SHIPPED, part=0.0)),
    "no stems": _weighed(replace(SHIPPED, stem=0.0)),
    "no synonyms": _without_synonyms,
    "no coordination": _weighed(replace(SHIPPED, coordination=0.0)),
    "no proximity": _weighed(replace(SHIPPED, together=0.0)),
    "no headings and titles": _without_fields("headings", "section"),
    "no speakers and offices": _without_fields("speakers", "office"),
}


@dataclass(frozen=True)
class Measured:
    """A set of queries with the index they are asked of."""

    index: Index
    queries: Sequence[JudgedQuery]

    def evaluation(self, change: Change) -> Evaluation:
        """Return how the index does with a part changed."""
        generation = change(self.index.generation)

        def answer(text: str) -> Answer:
            return Answer(generation.passages(find(generation, Search(text)).numbers[:DEPTH]))

        passages = (passage for edition in self.index.editions for passage in self.index.passages_in(edition))
        return evaluate(self.queries, answer, passages)


def _made(index: Index, left_out: Sequence[JudgedQuery]) -> list[JudgedQuery]:
    used = frozenset(wanted for query in left_out for wanted in query.ids)
    return list(made(index, number=MADE, seed=SEED, left_out=used))


def _row(name: str, sets: Mapping[str, Measured], change: Change) -> str:
    scores = {of: measured.evaluation(change) for of, measured in sets.items()}
    known, own = scores["known-item"].groups, scores["made"].groups
    numbers = (
        scores["report"].overall.mrr,
        known["inflected"].s10,
        known["inflected"].mrr,
        known["paraphrase"].s10,
        known["paraphrase"].mrr,
        scores["XQuAD"].overall.mrr,
        own["inflected"].mrr,
        own["derived"].mrr,
    )
    return f"| {name} | {' | '.join(f'{number:.3f}' for number in numbers)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="folder in which corpora and indexes stay")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as opened:
        folder = arguments.keep or Path(temporary)
        sets = {}
        for name, (importer, queries, source) in SETS.items():
            index = open_index(indexed(name, importer, folder, rebuild=False))
            sets[name] = Measured(opened.enter_context(closing(index)), load_queries(queries, source=source))
        pool = sets["known-item"]
        sets["made"] = Measured(pool.index, _made(pool.index, pool.queries))
        print(f"| | {' | '.join(COLUMNS)} |\n|{'---|' * (len(COLUMNS) + 1)}")
        for name, change in CHANGES.items():
            print(_row(name, sets, change), flush=True)


if __name__ == "__main__":
    main()

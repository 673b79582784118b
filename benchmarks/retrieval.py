"""How well the search finds: `python benchmarks/retrieval.py` prints the table of docs/quality.md.

Three sets, expected beside the repository (`../shared/data`): a printed report with its queries; 28,668 paragraphs of
parliament with queries for known paragraphs, inflected or paraphrased; and the German part of XQuAD-R. Each is imported
and indexed in a temporary folder (with `--keep DIR` in that one, which is used again as long as it is there).
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from contextlib import closing
from pathlib import Path

from judged_sets import SETS, indexed

from kb.evaluation import Evaluation, Score, evaluate_index
from kb.index import open_index
from kb.judgements import load_queries


def measured(index_folder: Path, queries: Path, source: Path | None) -> Evaluation:
    """Return how the index does, asked as a reader asks."""
    with closing(open_index(index_folder)) as index:
        return evaluate_index(load_queries(queries, source=source), index)


def _row(name: str, score: Score) -> str:
    return f"| {name} | {score.queries} | {score.s1:.3f} | {score.s10:.3f} | {score.mrr:.3f} | {score.ndcg:.3f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help=f"of {', '.join(SETS)}; without, all")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="folder in which corpora and indexes stay")
    parser.add_argument("--rebuild", action="store_true", help="build the indexes anew, of the corpora in --keep")
    arguments = parser.parse_args()
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}")
    table = ["| set | queries | S@1 | S@10 | MRR@10 | nDCG@10 |", "|---|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as temporary:
        for name in arguments.sets or SETS:
            importer, queries, source = SETS[name]
            index = indexed(name, importer, arguments.keep or Path(temporary), rebuild=arguments.rebuild)
            begun = time.perf_counter()
            evaluation = measured(index, queries, source)
            print(f"{name}: evaluated in {time.perf_counter() - begun:.1f} s")
            table.append(_row(f"**{name}**", evaluation.overall))
            table += [_row(f"{name}: {group}", score) for group, score in evaluation.groups.items()]
            if evaluation.unanswerable:
                wrong = f"{evaluation.falsely_answered} of {evaluation.unanswerable}"
                print(f"{name}: {wrong} queries without an answer were given hits without a reservation")
            if evaluation.unknown:
                print(f"{name}: nothing in the index answers {', '.join(evaluation.unknown)}")
    print("\n".join(table))


if __name__ == "__main__":
    main()

"""How long a search takes, all facets counted and ten snippets made.

    python benchmarks/search.py --index var/index
    python benchmarks/search.py --index var/index --url http://127.0.0.1:8000
    python benchmarks/search.py --pool --keep var/benchmarks

The second also asks a running server for the same searches and measures whole requests. The third asks natural
questions of six words and more of 28,668 paragraphs of parliament (of `../shared/data`, kept in --keep),
in turn with Whoosh as it comes, whose `groupedby` counts the same facets of the same passages, and prints the ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from judged_sets import SETS, indexed_pool
from plain_whoosh import PlainWhoosh, write_plain

from kb.index import Index, open_index
from kb.parsing import parse_query
from kb.results import Search

QUERIES = (
    "",
    "Wohnung",
    "Stadt",
    "Zusammenhalt",
    "freie Wohnungen",
    "Integration in der Kommune",
    '"sozialer Zusammenhalt"',
    "Muehlacker",
    "Verwaltung -Bund",
    "ein langer Satz ohne gemeinsame Fundstelle im ganzen Bestand",
)
NATURAL = (
    "Wie wollen wir den Bau bezahlbarer Wohnungen beschleunigen",
    "Wer bezahlt den Ausbau der Schulen auf dem Land",
    "Was tut die Regierung gegen steigende Mieten in Städten",
    "mehr Geld für die Pflege alter Menschen zu Hause",
    "Warum fehlen in den Krankenhäusern so viele Pflegekräfte",
    "Rechte der Verbraucher beim Kauf von Waren im Internet",
    "Wie viele junge Leute finden nach der Ausbildung Arbeit",
    "Anträge der Opposition zum Schutz von Wald und Wasser",
)
"""Questions of some eight words, as they are typed, beside those of the query file."""

_FEWEST_WORDS = 6


def main() -> None:
    """Print p50 and p95 of a warm search, in process and, if asked for, through a server or beside plain Whoosh."""
    arguments = _parse_arguments()
    if arguments.pool:
        with tempfile.TemporaryDirectory() as temporary:
            _measure_pool(arguments, Path(temporary))
        return
    index = _opened(arguments.index)
    _measure("in process", lambda text: index.search(Search(text)), arguments.repeats)
    if arguments.url:
        _measure("page", lambda text: _get(arguments.url, "/suche", text), arguments.repeats)
        _measure("JSON", lambda text: _get(arguments.url, "/api/v1/search", text), arguments.repeats)


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder (default: var/index)")
    parser.add_argument("--url", help="address of a running server, like http://127.0.0.1:8000")
    parser.add_argument("--repeats", type=int, default=20, help="times each query is asked (default: 20)")
    parser.add_argument("--pool", action="store_true", help="measure on the paragraphs of parliament, beside Whoosh")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="folder in which corpus and index of --pool stay")
    parser.add_argument("--rebuild", action="store_true", help="build the index of --pool anew")
    parser.add_argument("--passages", type=int, metavar="N", help="only the first N passages of the pool")
    return parser.parse_args()


def _opened(folder: Path) -> Index:
    """Return the index, having told machine, size and time."""
    started = time.perf_counter()
    index = open_index(folder)
    seconds = time.perf_counter() - started
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    print(f"{index.manifest.passages} passages, engine {index.manifest.engine}, opened in {1000 * seconds:.1f} ms")
    return index


def _measure(what: str, ask: Callable[[str], object], repeats: int) -> None:
    """Ask every query once to warm up, then `repeats` times, and print the milliseconds."""
    for text in QUERIES:
        ask(text)
    _print_times(what, [_milliseconds(ask, text) for _ in range(repeats) for text in QUERIES])


def _print_times(what: str, times: Sequence[float]) -> None:
    median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{what:24}  p50 {median:7.1f} ms   p95 {slow:7.1f} ms   max {max(times):7.1f} ms   {len(times)} searches")


def _measure_pool(arguments: argparse.Namespace, temporary: Path) -> None:
    folder = arguments.keep or temporary
    with closing(_opened(indexed_pool(folder, passages=arguments.passages, rebuild=arguments.rebuild))) as index:
        started = time.perf_counter()
        write_plain(temporary / "plain", index)
        print(f"the same passages in plain Whoosh, written in {time.perf_counter() - started:.1f} s")
        plain = PlainWhoosh(temporary / "plain")
        _measure_in_turn(index, plain, _natural_queries(), arguments.repeats)


def _natural_queries() -> tuple[str, ...]:
    """Return questions of six words and more: those of the query file, then our own."""
    _, path, _ = SETS["known-item"]
    texts = [json.loads(line)["query"] for line in path.read_text(encoding="utf-8").splitlines()]
    return (*(text for text in texts if len(text.split()) >= _FEWEST_WORDS), *NATURAL)


def _measure_in_turn(index: Index, plain: PlainWhoosh, queries: Sequence[str], repeats: int) -> None:
    """Ask both in turn, as the machine is not always equally fast: once for the first time, then warm."""
    words = [len(text.split()) for text in queries]
    print(f"{len(queries)} queries of {min(words)} to {max(words)} words, {statistics.median(words):g} in the median")
    terms = {text: _terms(index, text) for text in queries}
    for told, rounds in (("for the first time", 1), ("warm", repeats)):
        ours, theirs = [], []
        for _ in range(rounds):
            for text in queries:
                ours.append(_milliseconds(lambda asked: index.search(Search(asked)), text))
                theirs.append(_milliseconds(lambda asked: plain.search(terms[asked]), text))
        _print_times(f"Wortlaut, {told}", ours)
        _print_times(f"groupedby, {told}", theirs)
        print(f"{'ratio of the medians':24}  {statistics.median(theirs) / statistics.median(ours):.1f}")


def _terms(index: Index, text: str) -> tuple[str, ...]:
    """Return the terms of the words of a query, without synonyms, parts and stems."""
    clauses = parse_query(text, index.analyser).clauses
    return tuple(sorted({term for clause in clauses for position in clause.positions for term in position}))


def _milliseconds(ask: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    ask(text)
    return 1000 * (time.perf_counter() - started)


def _get(base_url: str, path: str, text: str) -> bytes:
    address = f"{base_url.rstrip('/')}{path}?{urllib.parse.urlencode({'q': text})}"
    with urllib.request.urlopen(address) as response:
        content: bytes = response.read()
        return content


if __name__ == "__main__":
    main()

"""How long a search takes, all facets counted and ten snippets made.

    python benchmarks/search.py --index var/index
    python benchmarks/search.py --index var/index --url http://127.0.0.1:8000

The second also asks a running server for the same searches and measures whole requests.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from kb.index import Index, open_index
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


def main() -> None:
    """Print p50 and p95 of a warm search, in process and, if asked for, through a server."""
    arguments = _parse_arguments()
    started = time.perf_counter()
    index = open_index(arguments.index)
    _print_machine(index, time.perf_counter() - started)
    _measure("in process", lambda text: index.search(Search(text)), arguments.repeats)
    if arguments.url:
        _measure("page", lambda text: _get(arguments.url, "/suche", text), arguments.repeats)
        _measure("JSON", lambda text: _get(arguments.url, "/api/v1/search", text), arguments.repeats)


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder (default: var/index)")
    parser.add_argument("--url", help="address of a running server, like http://127.0.0.1:8000")
    parser.add_argument("--repeats", type=int, default=20, help="times each query is asked (default: 20)")
    return parser.parse_args()


def _print_machine(index: Index, seconds: float) -> None:
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    print(f"{index.manifest.passages} passages, engine {index.manifest.engine}, opened in {1000 * seconds:.1f} ms")


def _measure(what: str, ask: Callable[[str], object], repeats: int) -> None:
    """Ask every query once to warm up, then `repeats` times, and print the milliseconds."""
    for text in QUERIES:
        ask(text)
    times = [_milliseconds(ask, text) for _ in range(repeats) for text in QUERIES]
    median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{what:10}  p50 {median:6.1f} ms   p95 {slow:6.1f} ms   max {max(times):6.1f} ms   {len(times)} searches")


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

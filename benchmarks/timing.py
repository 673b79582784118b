"""How long it takes as a user runs it, start-up included: `python benchmarks/timing.py [SOURCE]`, five runs of each.

Prints the median and the slowest of five runs and their time of the processor, with the machine: where other work keeps
it busy, only the latter tells something. Windows does not say it. Searches are timed by `benchmarks/search.py`.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
UNKNOWN = "Quallenfischereihafen"
"""A word no index has, so that the dictionary is loaded for it."""

KB = str(Path(sys.executable).with_name("kb"))
REPORT = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "report" / "report.txt"


def seconds(*arguments: str) -> tuple[float, float]:
    """Return how long one run of `kb` takes, and how long it keeps a processor, in seconds."""
    begun, before = time.perf_counter(), os.times()
    subprocess.run([KB, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    passed, after = time.perf_counter() - begun, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return passed, used


def main(source: Path) -> None:
    """Print the timings."""
    if not source.exists():
        sys.exit(f"{source} is not here; name a text file to import")
    times: dict[str, list[tuple[float, float]]] = {
        "import": [],
        "index": [],
        "search (cold)": [],
        "search (unknown word)": [],
    }
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            corpus, index = f"{folder}/corpus-{run}", f"{folder}/index-{run}"
            times["import"].append(seconds("import", str(source), "--edition", "report", "--corpus", corpus))
            times["index"].append(seconds("index", "--corpus", corpus, "--index", index))
            asked = ("--corpus", corpus, "--index", index)
            times["search (cold)"].append(seconds("search", "Wohnung", *asked))
            times["search (unknown word)"].append(seconds("search", UNKNOWN, *asked))
    print(f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores, {RUNS} runs")
    for what, values in times.items():
        passed, used = zip(*values, strict=True)
        told = f"median {statistics.median(passed):.2f} s, slowest {max(passed):.2f} s"
        print(f"kb {what}: {told}, of the processor {statistics.median(used):.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT)

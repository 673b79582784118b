"""How long it takes as a user runs it, start-up included: `python benchmarks/timing.py [SOURCE]`, five runs of each.

Prints the median and the slowest of five runs, with the machine. Searches are timed by `benchmarks/search.py`.
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
KB = str(Path(sys.executable).with_name("kb"))
REPORT = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "report" / "report.txt"


def seconds(*arguments: str) -> float:
    """Return how long one run of `kb` takes, in seconds."""
    begun = time.perf_counter()
    subprocess.run([KB, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main(source: Path) -> None:
    """Print the timings."""
    if not source.exists():
        sys.exit(f"{source} is not here; name a text file to import")
    times: dict[str, list[float]] = {"import": [], "index": [], "search (cold)": []}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            corpus, index = f"{folder}/corpus-{run}", f"{folder}/index-{run}"
            times["import"].append(seconds("import", str(source), "--edition", "report", "--corpus", corpus))
            times["index"].append(seconds("index", "--corpus", corpus, "--index", index))
            times["search (cold)"].append(seconds("search", "Wohnung", "--corpus", corpus, "--index", index))
    print(f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores, {RUNS} runs")
    for what, values in times.items():
        print(f"kb {what}: median {statistics.median(values):.2f} s, slowest {max(values):.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT)

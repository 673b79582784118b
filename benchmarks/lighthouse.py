"""The four scores of Lighthouse on start, search, passage and reading page: `python benchmarks/lighthouse.py`.

Lighthouse is no part of this project. With Node 18 or newer:

    npm install --prefix var/lighthouse lighthouse@12

(version 13 needs Node 22). A server of our own serves the index on a free port, the browser is the Chromium of this
machine. The passage and the section are those with most words; what is searched for is the commonest noun. Each page
is opened as a phone with a slow line sees it and as a desk does. What falls short is told below the table.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pages import queries
from waitress.server import create_server

from kb.index import Index, open_index
from webapp import create_app

INSTALLED = Path("var/lighthouse/node_modules/.bin/lighthouse")
TARGET = 0.95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
_SIGHT = {"first-contentful-paint": "first paint", "cumulative-layout-shift": "shift", "total-byte-weight": "bytes"}


def main() -> None:
    """Print a table with a row for each page and device; ends with 1 if a score is below the target."""
    arguments = _parse_arguments()
    if not shutil.which(arguments.lighthouse):
        sys.exit(f"{arguments.lighthouse} is not here; npm install --prefix var/lighthouse lighthouse@12")
    index = open_index(arguments.index)
    print(f"| page | device | {' | '.join(CATEGORIES)} | {' | '.join(_SIGHT.values())} |")
    print("|---" * (2 + len(CATEGORIES) + len(_SIGHT)) + "|")
    short: list[str] = []
    with served(arguments.index) as base:
        for name, path in chosen(index).items():
            for device in ("mobile", "desktop"):
                report = audited(arguments.lighthouse, base + path, device)
                print(_row(name, device, report), flush=True)
                short += [f"{name}, {device}: {told}" for told in _short(report)]
    print("\n".join(short))
    sys.exit(any(" below " in told for told in short))


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder (default: var/index)")
    parser.add_argument("--lighthouse", default=str(INSTALLED), help=f"the program (default: {INSTALLED})")
    return parser.parse_args()


@contextmanager
def served(index: Path) -> Iterator[str]:
    """Serve the index on a free port while the block runs; yields the address."""
    server = create_server(create_app(index), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


def chosen(index: Index) -> dict[str, str]:
    """Return the address of each page that is looked at, by what it is."""
    passages = [passage for edition in index.editions for passage in index.passages_in(edition)]
    longest = max(passages, key=lambda passage: len(passage.text))
    words = Counter[str]()
    for passage in passages:
        words[f"/{passage.edition}/{passage.section}"] += len(passage.text)
    noun = next(word for word in queries(index)[1:] if word[:1].isupper() and len(word) > 4)
    return {
        "start": "/",
        "search": f"/suche?q={noun}",
        "passage": f"/{longest.locator}",
        "reading page": words.most_common(1)[0][0],
    }


def audited(program: str, address: str, device: str) -> dict[str, Any]:
    """Return what Lighthouse reports of a page."""
    preset = ["--preset=desktop"] if device == "desktop" else []
    command = [program, address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}", *preset]
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    environment = {**os.environ, "CHROME_PATH": os.environ.get("CHROME_PATH", chromium)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _row(name: str, device: str, report: dict[str, Any]) -> str:
    scores = [f"{100 * report['categories'][category]['score']:.0f}" for category in CATEGORIES]
    return f"| {name} | {device} | {' | '.join((*scores, *(_told(report, audit) for audit in _SIGHT)))} |"


def _told(report: dict[str, Any], audit: str) -> str:
    return str(report["audits"][audit].get("displayValue", ""))


def _short(report: dict[str, Any]) -> Iterator[str]:
    """Yield what costs points: categories below the target, and the audits that count and are not whole."""
    for category in CATEGORIES:
        one = report["categories"][category]
        if one["score"] < TARGET:
            yield f"{category} is below {100 * TARGET:.0f}"
        for audit in one["auditRefs"]:
            score = report["audits"][audit["id"]]["score"]
            if audit["weight"] and score is not None and score < 1:
                yield f"{category}, {audit['id']}: {score} {_told(report, audit['id'])}"


if __name__ == "__main__":
    main()

"""How right the import of the real report is: `python benchmarks/attribution.py` prints the table of docs/quality.md.

Needs the report and its hand labels beside the repository (`../shared/data/report`). Two settings are scored: fully
automatic (an empty corpus) and with the facts this repository ships (`corpus/difu-2018/edition.toml`, `people.toml`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer.importer import import_file
from kb.corpus import load_corpus
from kb.passage_json import passage_json

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
REPORT = SHARED / "data" / "report"
EDITION = "difu-2018"
COLUMNS = (
    "covered", "speaker", "voice", "role", "kind", "page", "section", "starts", "all", "furniture", "text_edit_rate",
    "hyphens_right",
)  # fmt: skip


def imported(folder: Path, *, with_facts: bool) -> Path:
    """Import the report into the corpus `folder` and return the passages as a JSON Lines file beside it."""
    folder.mkdir(parents=True)
    if with_facts:
        shutil.copy(ROOT / "corpus" / "people.toml", folder)
        (folder / EDITION).mkdir()
        shutil.copy(ROOT / "corpus" / EDITION / "edition.toml", folder / EDITION)
    import_file(REPORT / "report.txt", folder, edition=EDITION)
    passages = folder / "passages.jsonl"
    rows = [json.dumps(passage_json(passage), ensure_ascii=False) for passage in load_corpus(folder).passages]
    passages.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return passages


def scores(passages: Path) -> dict[str, float]:
    """Return what the scorer of the hand labels says of some passages."""
    command = [sys.executable, str(SHARED / "tools" / "score_attribution.py"), "--json", "--passages", str(passages)]
    for name, file in (("source", "report.txt"), ("labels", "labels.jsonl"), ("hyphens", "hyphens.json")):
        command += [f"--{name}", str(REPORT / file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(answer.stdout)
    return result


def main() -> None:
    """Print the table."""
    if not REPORT.exists():
        sys.exit(f"{REPORT} is not here: the real report and its hand labels lie beside the repository")
    print("| |", " | ".join(COLUMNS), "|")
    print("|---|" + "---|" * len(COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        for title, with_facts in (("fully automatic", False), ("with the shipped facts", True)):
            result = scores(imported(Path(folder) / title.replace(" ", "-"), with_facts=with_facts))
            print(f"| {title} |", " | ".join(f"{result[name]:g}" for name in COLUMNS), "|")


if __name__ == "__main__":
    main()

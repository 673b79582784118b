"""The import of a real report, held against hand labels. The report itself is not in this repository."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from attribution import REPORT, imported, scores  # noqa: E402  # a script folder, on the path only from here on

pytestmark = pytest.mark.skipif(
    not REPORT.exists() and "CI" not in os.environ,
    reason="the real report and its labels lie beside the repository (../shared/data/report) and are not here",
)

AUTOMATIC = {
    "covered": 0.995, "speaker": 0.97, "voice": 0.97, "role": 0.95, "kind": 0.95, "page": 1.0, "section": 0.99,
    "starts": 0.93, "all": 0.95, "furniture": 0.97, "hyphens_right": 0.995,
}  # fmt: skip
WITH_FACTS = {
    "covered": 0.998, "speaker": 0.995, "voice": 0.99, "role": 0.99, "kind": 0.99, "page": 1.0, "section": 1.0,
    "starts": 0.97, "all": 0.99, "furniture": 0.99, "hyphens_right": 0.998,
}  # fmt: skip


@pytest.mark.parametrize(
    ("with_facts", "floors", "most_edits"),
    [(False, AUTOMATIC, 0.003), (True, WITH_FACTS, 0.0015)],
    ids=["automatic", "with facts"],
)
def test_the_report_is_attributed_as_well_as_promised(
    tmp_path: Path, with_facts: bool, floors: dict[str, float], most_edits: float
) -> None:
    result = scores(imported(tmp_path / "corpus", with_facts=with_facts))
    assert {name: result[name] for name in floors if result[name] < floors[name]} == {}
    assert result["text_edit_rate"] <= most_edits
    assert result["doubled_chars"] == 0


def test_the_shipped_facts_need_no_addition(tmp_path: Path) -> None:
    imported(tmp_path / "corpus", with_facts=True)
    shipped = (ROOT / "corpus" / "people.toml").read_text(encoding="utf-8")
    assert (tmp_path / "corpus" / "people.toml").read_text(encoding="utf-8") == shipped

"""The review list leads to the line where a person corrects an attribution."""

from __future__ import annotations

from pathlib import Path

from samples import EDITION, write_corpus

from kb.corpus import load_corpus
from kb.review import uncertain_passages

SECTIONS = "".join(
    f'[[section]]\nid = "{section}"\ntitle = "{section}"\nkind = "part"\n'
    for section in ("vormittag", "vormittag/runde", "nachmittag", "nachmittag/runde", "runde")
)
WORDS = """\
# Vormittag {: #vormittag }

## Runde {: #runde }

Eins.
{: #runde-1 .discussion }

# Nachmittag {: #nachmittag }

## Runde {: #runde }

Zwei.
{: #runde-1 .discussion }

# Runde {: #runde }

Drei.
{: #runde-1 .discussion }
"""


def doubt(locator: str) -> str:
    return (
        f'{{"id": "{locator}", "spans": [], "rule": "guess", "confidence": 0.5, "written": {{"kind": "discussion"}}}}\n'
    )


def test_sections_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    evidence = doubt("tagung-2024/nachmittag/runde/1") + doubt("tagung-2024/runde/1")
    folder = write_corpus(
        tmp_path,
        {
            "tagung-2024/edition.toml": EDITION.partition("[[section]]")[0] + SECTIONS,
            "tagung-2024/01-tagung.md": WORDS,
            "tagung-2024/evidence.jsonl": evidence,
        },
    )
    uncertain = uncertain_passages(load_corpus(folder), folder)
    assert [(entry.passage.text, entry.line) for entry in uncertain] == [("Zwei.", 13), ("Drei.", 18)]


def test_a_sure_passage_is_not_listed_but_a_doubt_always_is(tmp_path: Path) -> None:
    sure = doubt("tagung-2024/forum-1/2").replace("0.5", "0.99")
    folder = write_corpus(tmp_path, {"tagung-2024/evidence.jsonl": sure})
    assert uncertain_passages(load_corpus(folder), folder) == []
    doubted = sure.replace('"rule"', '"doubt": "two people of that name", "rule"')
    write_corpus(folder, {"tagung-2024/evidence.jsonl": doubted})
    assert [entry.passage.id for entry in uncertain_passages(load_corpus(folder), folder)] == ["tagung-2024/forum-1/2"]

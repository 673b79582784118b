"""The life of one passage through its corrections, each verified from the citation made at its birth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from kb.locator import fingerprint

BORN = "Wir öfnen die Bäche und wir pflanzen Bäume, damit die Stadt im Sommer kühler wird und wir wieder schlafen."
MENDED = BORN.replace("öfnen", "öffnen")
HEAD, TAIL = (
    "Wir öffnen die Bäche und wir pflanzen Bäume,",
    "damit die Stadt im Sommer kühler wird und wir wieder schlafen.",
)
LATER = "Das kostet Geld, und wir haben es nicht."
PLACE = "tagung-2024/begruessung/2"
CITATION = f"{PLACE}~{fingerprint(BORN)}"

HEADING = (
    "# Begrüßung {: #begruessung }\n\n⟦S. 3⟧ Willkommen in Musterau.\n{: #begruessung-1 .speech by=ada-beispiel }\n"
)


def paragraph(number: int, text: str, by: str = "ada-beispiel") -> str:
    return f"\n{text}\n{{: #begruessung-{number} .speech by={by} }}\n"


@dataclass
class Story:
    """A corpus that is edited and released, and a citation that is never edited."""

    folder: Path
    run: Run
    year: int = 2000

    def write(self, *paragraphs: str) -> None:
        path = self.folder / "corpus" / "tagung-2024" / "01-tagung.md"
        path.write_text(HEADING + "".join(paragraphs), encoding="utf-8")

    def release(self, *options: str) -> str:
        self.year += 1
        result = self.run("release", "--date", f"{self.year}-01-01", *options)
        assert result.exit_code == 0, result.stderr
        assert self.run("check").exit_code == 0
        return result.stdout

    def verified(self) -> dict[str, Any]:
        """Return what `kb verify` says of the citation made at birth."""
        result = self.run("verify", CITATION, "--format", "json")
        (finding,) = json.loads(result.stdout)
        assert result.exit_code == (0 if finding["status"] == "unchanged" else 1)
        return dict(finding)

    def changes(self) -> list[tuple[str, str, str]]:
        return [(one["status"], one["before"], one["now"]) for one in self.verified()["changes"]]


@pytest.fixture
def story(corpus_folder: Path, run: Run) -> Story:
    """A passage that was just born, released and cited."""
    (corpus_folder / "tagung-2024" / "evidence.jsonl").unlink()
    told = Story(corpus_folder.parent, run)
    told.write(paragraph(2, BORN))
    told.release()
    assert told.verified()["status"] == "unchanged"
    return told


def test_a_life_through_its_corrections_is_told_from_the_citation_made_at_birth(story: Story) -> None:
    # 1 a misprint is mended
    story.write(paragraph(2, MENDED))
    story.release()
    finding = story.verified()
    assert finding["status"] == "reworded"
    assert [piece for piece in finding["diff"] if piece[0] != "same"] == [["removed", "öfnen "], ["added", "öffnen "]]

    # 2 the page was wrong
    story.write(paragraph(2, "⟦S. 4⟧ " + MENDED))
    story.release()
    assert ("page_moved", "3", "4") in story.changes()
    assert story.verified()["status"] == "reworded"

    # 3 somebody else said it
    story.write(paragraph(2, "⟦S. 4⟧ " + MENDED, by="bodo-muster"))
    story.release()
    assert story.verified()["status"] == "re_attributed"
    assert ("re_attributed", "Ada Beispiel (verbatim)", "Bodo Muster (verbatim)") in story.changes()

    # 4 who said it stands by it, and somebody objects
    story.release("--authorise", PLACE, "--by", "Bodo Muster")
    story.release("--dispute", PLACE, "--by", "Ada Beispiel", "--note", "Das habe ich gesagt.")
    assert story.verified()["remarks"] == []  # of the words cited nobody said anything

    # 5 it was two paragraphs in print
    story.write(
        paragraph(2, "⟦S. 4⟧ " + HEAD, by="bodo-muster"),
        paragraph(3, TAIL, by="bodo-muster"),
        paragraph(4, LATER, by="bodo-muster"),
    )
    story.release()
    finding = story.verified()
    assert finding["status"] == "split"
    assert [place["id"] for place in finding["places"]] == [PLACE, "tagung-2024/begruessung/3"]

    # 6 and the second of them goes on
    story.write(paragraph(2, "⟦S. 4⟧ " + HEAD, by="bodo-muster"), paragraph(3, f"{TAIL} {LATER}", by="bodo-muster"))
    assert "merged" in story.release()
    assert story.verified()["status"] == "split"
    (later,) = json.loads(
        story.run("verify", f"tagung-2024/begruessung/4~{fingerprint(LATER)}", "--format", "json").stdout
    )
    assert (later["status"], later["places"][0]["id"]) == ("merged", "tagung-2024/begruessung/3")

    # 7 it is taken back
    story.write(paragraph(3, f"⟦S. 4⟧ {TAIL} {LATER}", by="bodo-muster"))
    story.release("--withdraw", PLACE, "--reason", "auf Wunsch des Redners")
    finding = story.verified()
    assert finding["status"] == "withdrawn"
    assert finding["changes"][-1]["reason"] == "auf Wunsch des Redners"


def test_what_was_split_into_others_leads_to_them_and_on_to_what_became_of_those(story: Story) -> None:
    story.write(paragraph(3, HEAD), paragraph(4, TAIL))
    story.release()
    finding = story.verified()
    assert (finding["status"], len(finding["places"])) == ("split", 2)
    story.write(paragraph(3, HEAD), paragraph(5, f"{TAIL} {LATER}"))
    story.release()
    assert [place["id"] for place in story.verified()["places"]] == [
        "tagung-2024/begruessung/3",
        "tagung-2024/begruessung/5",
    ]


def test_a_passage_that_is_no_more_is_shown_with_what_became_of_it(story: Story) -> None:
    story.write(paragraph(3, BORN))
    story.release()
    result = story.run("show", PLACE)
    assert (result.exit_code, result.stderr) == (
        1,
        f"{PLACE}: moved on 2002-01-01; its words stand at tagung-2024/begruessung/3\n",
    )


def test_words_under_another_number_are_told_to_have_moved(story: Story) -> None:
    story.write(paragraph(3, BORN))
    story.release()
    assert story.verified()["status"] == "moved"


def test_words_authorised_are_told_with_the_citation_of_just_these_words(story: Story) -> None:
    story.release("--authorise", PLACE, "--by", "Ada Beispiel", "--note", "so gesagt")
    finding = story.verified()
    assert finding["status"] == "unchanged"
    assert finding["remarks"] == [
        {"event": "authorised", "date": "2002-01-01", "by": "Ada Beispiel", "note": "so gesagt"}
    ]


def test_a_passage_that_vanished_needs_a_reason_and_nothing_is_written_without(story: Story) -> None:
    story.write(paragraph(3, LATER))
    before = {path: path.read_bytes() for path in story.folder.rglob("*") if path.is_file()}
    result = story.run("release", "--date", "2010-01-01")
    assert result.exit_code == 1
    assert "ledger.jsonl:2: " in result.stderr
    assert f'kb release --withdraw {PLACE} --reason "…"' in result.stderr
    assert {path: path.read_bytes() for path in story.folder.rglob("*") if path.is_file()} == before
    assert story.verified()["status"] == "unknown"  # nobody said yet what became of it
    assert story.run("release", "--date", "2010-01-01", "--reason", "doppelt gedruckt").exit_code == 0
    assert story.verified()["status"] == "withdrawn"


def test_a_number_once_given_never_gets_other_words(story: Story) -> None:
    story.write(paragraph(2, LATER))
    result = story.run("release", "--date", "2010-01-01")
    assert result.exit_code == 1
    assert "01-tagung.md:7: other words stand at tagung-2024/begruessung/2" in result.stderr
    assert story.run("release", "--date", "2010-01-01", "--reworded", PLACE).exit_code == 0


def test_a_number_that_was_withdrawn_is_refused_by_every_command(story: Story) -> None:
    story.write()
    story.release("--reason", "doppelt gedruckt")
    story.write(paragraph(2, BORN))
    for command in ("check", "release", "index"):
        result = story.run(command)
        assert result.exit_code == 1
        assert "01-tagung.md:7: tagung-2024/begruessung/2 was withdrawn on 2002-01-01: doppelt" in result.stderr
        assert "3 or above" in result.stderr

"""Importing again: ids stay, corrections by hand are kept or discarded only when asked, facts by hand are used."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Run
from printing import forum, keynote, report, second_forum, write

from kb.edition import load_edition
from kb.errors import CorpusError
from kb.people import load_people

FIRST = "Ich spreche über Straßen am Ufer, und ich frage, wem sie gehören und wer auf ihnen gehen darf."
SECOND = "Früher lag hier ein Hafen mit Kränen und Schuppen, und niemand wäre auf den Gedanken gekommen, dort zu baden."
THIRD = "Heute wollen alle ans Wasser, und deshalb müssen wir neu verhandeln, was am Ufer fahren und parken darf."
ADDED = "Neulich fragte mich ein Kind, warum der Fluss eingesperrt sei, und ich wusste keine Antwort, die genügte."
IMPULSE = "Kaspar Rennebohm berichtet, dass der Steg am Hafen seit Jahren gesperrt sei und niemand ihn vermisse."
TALK = "In der Diskussion wird gefragt, wer den Steg bezahle und warum die Stadt so lange gewartet habe."
WISH = "Viele wünschen sich Bänke am Wasser und abends Licht, damit der Weg auch im Winter benutzt werden könne."


def printed(*speech: str, talk: str = TALK) -> str:
    return report(keynote(*(speech or (FIRST, SECOND, THIRD))), forum(IMPULSE, talk, WISH))


@dataclass
class Workplace:
    """A corpus with the edition `tagung` imported from a printed text."""

    folder: Path
    run: Run

    def edit(self, old: str, new: str, name: str = "03-keynote.md") -> None:
        """Correct a file by hand."""
        path = self.folder / "corpus" / "tagung" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def print(self, text: str) -> None:
        """Change the printed source."""
        write(self.folder, {"tagung.txt": text})

    def imports(self, *options: str) -> str:
        """Import again and return the report."""
        result = self.run("import", str(self.folder / "tagung.txt"), *options)
        assert result.exit_code == 0, result.stderr
        assert self.run("check").exit_code == 0
        return result.stdout

    def refused(self, *options: str) -> str:
        """Import again, see it refused with nothing changed, and return the message."""
        before = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        result = self.run("import", str(self.folder / "tagung.txt"), *options)
        assert (result.exit_code, result.stdout) == (1, "")
        assert {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()} == before
        return result.stderr

    def passages(self, section: str = "") -> dict[str, str]:
        """Return the words of each passage by its id within the edition, in reading order."""
        problems: list[CorpusError] = []
        people = load_people(self.folder / "corpus" / "people.toml")
        edition = load_edition(self.folder / "corpus" / "tagung", people, problems)
        assert problems == []
        return {p.id.partition("/")[2]: p.text for p in edition.passages if p.section.startswith(section)}

    def rows(self) -> dict[str, dict[str, object]]:
        """Return the passages as exported, by id within the edition."""
        rows = [json.loads(line) for line in self.run("export").stdout.splitlines()]
        return {row["id"].partition("/")[2]: row for row in rows}


@pytest.fixture
def work(tmp_path: Path, run: Run) -> Workplace:
    """The printed text imported once."""
    workplace = Workplace(write(tmp_path, {"tagung.txt": printed()}), run)
    (tmp_path / "corpus").mkdir()
    workplace.imports()
    return workplace


def test_the_same_source_changes_nothing(work: Workplace) -> None:
    before = work.passages()
    assert list(before)[-3:] == ["forum-1/3", "forum-1/4", "forum-1/5"]
    work.imports()
    assert work.passages() == before


# --- a changed source -------------------------------------------------------------------------------------------------
def test_a_reworded_paragraph_keeps_its_id_and_all_others_theirs(work: Workplace) -> None:
    before = work.passages()
    work.print(printed(FIRST, SECOND.replace("Kränen", "Kähnen"), THIRD))
    work.imports()
    assert work.passages() == before | {"keynote/3": SECOND.replace("Kränen", "Kähnen")}


def test_an_inserted_paragraph_gets_a_new_number_and_its_place(work: Workplace) -> None:
    work.print(printed(FIRST, ADDED, SECOND, THIRD))
    work.imports()
    assert list(work.passages("keynote").items())[1:] == [
        ("keynote/2", FIRST),
        ("keynote/5", ADDED),
        ("keynote/3", SECOND),
        ("keynote/4", THIRD),
    ]


def test_the_number_of_a_removed_paragraph_is_never_used_again(work: Workplace) -> None:
    work.print(printed(FIRST, SECOND))
    work.imports()
    assert list(work.passages("keynote")) == ["keynote/1", "keynote/2", "keynote/3"]
    work.print(printed(FIRST, SECOND, ADDED))
    work.imports()
    assert work.passages("keynote")["keynote/5"] == ADDED
    assert "keynote/4" not in work.passages()


def test_paragraphs_that_change_places_keep_their_ids(work: Workplace) -> None:
    work.print(printed(THIRD, FIRST, SECOND))
    work.imports()
    assert list(work.passages("keynote").items())[1:] == [
        ("keynote/4", THIRD),
        ("keynote/2", FIRST),
        ("keynote/3", SECOND),
    ]


def test_a_paragraph_printed_twice_keeps_both_ids(work: Workplace) -> None:
    work.print(printed(FIRST, SECOND, FIRST, THIRD))
    work.imports()
    assert list(work.passages("keynote"))[1:] == ["keynote/2", "keynote/3", "keynote/5", "keynote/4"]
    before = work.passages()
    work.imports()
    assert work.passages() == before


HARBOUR = "Der alte Steg am Hafen ist seit drei Jahren gesperrt, und niemand weiß warum."
MARKET = "Der alte Steg am Markt ist seit zwei Jahren gesperrt, und niemand weiß warum."


def test_the_id_goes_to_the_likest_paragraph_and_not_to_the_first_that_is_like_it(work: Workplace) -> None:
    work.print(printed(FIRST, HARBOUR, MARKET))
    work.imports()
    old = {text: passage_id for passage_id, text in work.passages("keynote").items()}
    work.print(printed(FIRST, MARKET.replace("warum", "weshalb")))
    work.imports()
    assert work.passages("keynote")[old[MARKET]] == MARKET.replace("warum", "weshalb")


def test_a_section_that_is_gone_and_comes_back_uses_no_number_twice(work: Workplace) -> None:
    before = work.passages("forum-1")
    work.print(report(keynote(FIRST, SECOND, THIRD)))
    work.imports()
    assert work.passages("forum-1") == {}
    work.print(printed())
    work.imports()
    assert not set(before) & set(work.passages("forum-1"))


# --- corrections by hand ----------------------------------------------------------------------------------------------
def test_a_corrected_edition_is_refused_and_the_message_names_the_file(work: Workplace) -> None:
    work.edit("Kränen", "Kranen")
    message = work.refused()
    assert message == (
        f"{work.folder / 'corpus' / 'tagung'}: corrected by hand in 03-keynote.md; "
        "keep the corrections with --merge, or discard them with --replace\n"
    )


def test_a_file_added_by_hand_counts_as_a_correction(work: Workplace) -> None:
    write(work.folder / "corpus" / "tagung", {"99-nachtrag.md": "# Forum 1 {: #forum-1 }\n"})
    assert "99-nachtrag.md" in work.refused()


def test_replace_discards_corrections_and_keeps_ids(work: Workplace) -> None:
    before = work.passages()
    work.edit("Kränen", "Kranen")
    work.imports("--replace")
    assert work.passages() == before


def test_merge_keeps_a_corrected_word(work: Workplace) -> None:
    work.edit("Kränen", "Kranen")
    assert "conflict" not in work.imports("--merge")
    assert work.passages()["keynote/3"] == SECOND.replace("Kränen", "Kranen")


def test_merge_keeps_a_corrected_speaker_role_and_kind(work: Workplace) -> None:
    work.edit("#forum-1-4 .discussion", "#forum-1-4 .reported by=silke-vautrin role=moderator", "04-forum-1.md")
    work.imports("--merge")
    row = work.rows()["forum-1/4"]
    assert (row["speaker_id"], row["role"], row["kind"]) == ("silke-vautrin", "moderator", "reported")


def test_a_correction_kept_once_is_kept_again(work: Workplace) -> None:
    work.edit("Kränen", "Kranen")
    work.imports("--merge")
    work.imports("--merge")
    assert work.passages()["keynote/3"] == SECOND.replace("Kränen", "Kranen")
    assert "03-keynote.md" in work.refused()


def test_merge_takes_what_is_new_in_the_source_beside_a_correction(work: Workplace) -> None:
    work.edit("Kränen", "Kranen")
    work.print(printed(FIRST.replace("Ufer", "Fluss"), SECOND, ADDED, THIRD))
    assert "conflict" not in work.imports("--merge")
    assert list(work.passages("keynote").items())[1:] == [
        ("keynote/2", FIRST.replace("Ufer", "Fluss")),
        ("keynote/3", SECOND.replace("Kränen", "Kranen")),
        ("keynote/5", ADDED),
        ("keynote/4", THIRD),
    ]


def test_merge_lists_a_conflict_and_lets_the_hand_win(work: Workplace) -> None:
    work.edit("Kränen", "Kranen")
    work.print(printed(FIRST, SECOND.replace("Kränen", "Kähnen"), THIRD))
    told = work.imports("--merge")
    assert re.search(r"conflict: .*03-keynote\.md: tagung/keynote/3: text is ", told)
    assert work.passages()["keynote/3"] == SECOND.replace("Kränen", "Kranen")


def test_a_conflict_is_told_until_it_is_settled(work: Workplace) -> None:
    work.edit("Kränen", "Kranen")
    work.print(printed(FIRST, SECOND.replace("Kränen", "Kähnen"), THIRD))
    work.imports("--merge")
    assert "corrected by hand in 03-keynote.md" in work.refused()
    work.imports("--merge")
    assert work.passages()["keynote/3"] == SECOND.replace("Kränen", "Kranen")


def test_merge_takes_a_new_section_along(work: Workplace) -> None:
    work.edit("Kränen", "Kranen")
    work.print(
        printed() + "\f" + second_forum("Nele Kortum betont, dass Kinder auf dem Weg zur Schule Platz bräuchten.")
    )
    work.imports("--merge")
    assert work.passages("forum-2")["forum-2/4"].startswith("Nele Kortum betont")
    assert work.passages()["keynote/3"] == SECOND.replace("Kränen", "Kranen")


def test_merge_keeps_a_paragraph_parted_in_two_by_hand(work: Workplace) -> None:
    work.edit(
        ", und ich frage, wem",
        ".\n{: #keynote-2 .speech by=benno-achterkamp role=speaker }\n\nUnd ich frage, wem",
    )
    path = work.folder / "corpus" / "tagung" / "03-keynote.md"
    head, _, tail = path.read_text(encoding="utf-8").partition("Und ich frage")
    path.write_text(head + "Und ich frage" + tail.replace("#keynote-2 ", "#keynote-7 ", 1), encoding="utf-8")
    work.imports("--merge")
    found = list(work.passages("keynote").items())[1:3]
    assert found == [
        ("keynote/2", "Ich spreche über Straßen am Ufer."),
        ("keynote/7", "Und ich frage, wem sie gehören und wer auf ihnen gehen darf."),
    ]


def test_merge_keeps_a_passage_added_by_hand(work: Workplace) -> None:
    own = "Diesen Absatz hat der Setzer vergessen.\n{: #keynote-9 .speech by=benno-achterkamp role=speaker }\n\n"
    work.edit("Heute wollen", own + "Heute wollen")
    work.print(printed(FIRST, SECOND, ADDED, THIRD))
    work.imports("--merge")
    found = work.passages("keynote")
    assert found["keynote/9"] == "Diesen Absatz hat der Setzer vergessen."
    assert found["keynote/10"] == ADDED
    assert list(found)[-1] == "keynote/4"


def test_merge_leaves_out_a_passage_deleted_by_hand(work: Workplace) -> None:
    path = work.folder / "corpus" / "tagung" / "03-keynote.md"
    parts = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text("\n\n".join(part for part in parts if "#keynote-3" not in part), encoding="utf-8")
    told = work.imports("--merge")
    assert "keynote/3 was taken out by hand; left out" in told
    assert list(work.passages("keynote")) == ["keynote/1", "keynote/2", "keynote/4"]


def test_a_passage_deleted_by_hand_stays_out_for_good_and_its_number_unused(work: Workplace) -> None:
    path = work.folder / "corpus" / "tagung" / "03-keynote.md"
    parts = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text("\n\n".join(part for part in parts if "#keynote-4" not in part), encoding="utf-8")
    work.imports("--merge")
    work.imports("--merge")
    assert list(work.passages("keynote")) == ["keynote/1", "keynote/2", "keynote/3"]


def test_merge_keeps_a_corrected_passage_that_left_the_source_and_tells_it(work: Workplace) -> None:
    work.edit("Kränen", "Kranen")
    work.print(printed(FIRST, THIRD))
    assert "keynote/3 is not found in the source any more; kept" in work.imports("--merge")
    assert list(work.passages("keynote")) == ["keynote/1", "keynote/2", "keynote/3", "keynote/4"]


def test_merge_keeps_a_corrected_heading(work: Workplace) -> None:
    work.edit("Wem gehört die Uferstraße?", "Wem gehört die Uferstrasse?")
    work.imports("--merge")
    keynote_file = work.folder / "corpus" / "tagung" / "03-keynote.md"
    assert "Keynote: Wem gehört die Uferstrasse?" in keynote_file.read_text(encoding="utf-8")


# --- facts and people by hand -----------------------------------------------------------------------------------------
def test_facts_corrected_by_hand_are_used_and_kept(work: Workplace) -> None:
    write(
        work.folder / "corpus",
        {
            "people.toml": (work.folder / "corpus" / "people.toml").read_text(encoding="utf-8")
            + '\n[gesa-moor]\nname = "Gesa Moor"\n'
        },
    )
    work.edit('impulse = ["kaspar-rennebohm"]', 'impulse = ["kaspar-rennebohm", "gesa-moor"]', "edition.toml")
    facts = (work.folder / "corpus" / "tagung" / "edition.toml").read_text(encoding="utf-8")
    work.print(printed(talk="Gesa Moor schildert, wie der Steg am Hafen früher aussah und wer dort saß."))
    work.imports()
    assert (work.folder / "corpus" / "tagung" / "edition.toml").read_text(encoding="utf-8") == facts
    assert [row["speaker_id"] for row in work.rows().values() if row["text"].startswith("Gesa Moor")] == ["gesa-moor"]


def test_a_drafted_edition_file_is_drafted_anew(work: Workplace) -> None:
    work.print(printed().replace("Brücken für alle", "Stege für alle"))
    work.imports()
    assert "Stege für alle" in (work.folder / "corpus" / "tagung" / "edition.toml").read_text(encoding="utf-8")


def test_comments_and_own_words_in_people_toml_survive(work: Workplace) -> None:
    path = work.folder / "corpus" / "people.toml"
    text = "# Wer hier spricht\n\n" + path.read_text(encoding="utf-8").replace(
        "[nele-kortum]\n", '[nele-kortum] # mit K\nnote = "früher Stadt Tiefensee"\n'
    )
    path.write_text(text, encoding="utf-8")
    work.imports()
    assert path.read_text(encoding="utf-8") == text
    work.print(printed().replace("Ilka Brandis", "Ilka Sander"))
    work.imports()
    after = path.read_text(encoding="utf-8")
    assert after.startswith(text.rstrip("\n"))
    assert "[ilka-sander]" in after


def test_a_title_corrected_in_people_toml_is_kept(work: Workplace) -> None:
    path = work.folder / "corpus" / "people.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"Prof. Dr."', '"Prof. em. Dr."'), encoding="utf-8")
    work.imports()
    assert '"Prof. em. Dr."' in path.read_text(encoding="utf-8")


def test_a_number_that_was_withdrawn_is_never_given_again(work: Workplace) -> None:
    before = work.passages("keynote")
    path = work.folder / "corpus" / "tagung" / "03-keynote.md"
    (place,) = [f"tagung/{place}" for place, text in before.items() if text == SECOND]
    assert work.run("release", "--date", "2024-01-01").exit_code == 0
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text("\n\n".join(block for block in blocks if SECOND[:20] not in block), encoding="utf-8")
    assert work.run("release", "--date", "2024-02-01", "--withdraw", place, "--reason", "doppelt").exit_code == 0
    work.imports("--merge")
    assert SECOND not in work.passages("keynote").values()
    work.imports("--replace")
    (again,) = [number for number, text in work.passages("keynote").items() if text == SECOND]
    assert again not in before
    released = work.run("release", "--date", "2024-03-01")
    assert released.exit_code == 0, released.stderr


def test_a_passage_that_only_the_ledger_remembers_gets_its_number_back(work: Workplace) -> None:
    before = work.passages()
    assert work.run("release", "--date", "2024-01-01").exit_code == 0
    work.print(printed(FIRST, THIRD))
    work.imports()
    work.print(printed())
    work.imports()
    assert work.passages() == before

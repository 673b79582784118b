"""JSON Lines of attributed paragraphs as a source: one edition an event, nothing interpreted that is given."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from test_import_cli import break_replace, state

from indexer.attributed_rows import attributed_row
from indexer.people_file import completed_people
from indexer.readers.jsonl import JsonLine, read_json_lines
from indexer.readers.text import clean
from kb.corpus import load_corpus
from kb.errors import CorpusError
from kb.model import Corpus, Office, Role, Speaker, Voice
from kb.people import load_people
from kb.store import passage_from_row, passage_row

_GIVEN: dict[str, Any] = {
    "id": "p1",
    "event": "Rat der Stadt Musterau, 3. Sitzung",
    "date": "2021-03-04",
    "section": "Punkt 1: Bäche",
    "speaker": "Dr. Ada Beispiel",
    "party_or_org": "Bachpartei",
    "role": "",
    "page": 12,
    "speech_id": None,
    "text": "Wir öffnen die Bäche.",
}


def a_row(**changes: Any) -> dict[str, Any]:
    """Return a row; a test changes what it is about."""
    return {**_GIVEN, **changes}


def as_text(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_rows(folder: Path, *rows: dict[str, Any], name: str = "rat.jsonl") -> Path:
    """Write a JSON Lines file beside an empty corpus, packed as its name says."""
    (folder / "corpus").mkdir(exist_ok=True)
    raw = as_text(rows).encode()
    packed = gzip.compress(raw) if name.endswith(".gz") else lzma.compress(raw) if name.endswith(".xz") else raw
    (folder / name).write_bytes(packed)
    return folder / name


def imported(folder: Path, run: Run, *rows: dict[str, Any], options: tuple[str, ...] = ()) -> Corpus:
    """Import rows through the command line and return the corpus."""
    result = run("import", str(write_rows(folder, *rows)), *options)
    assert (result.exit_code, result.stderr) == (0, "")
    return load_corpus(folder / "corpus")


@pytest.mark.parametrize("name", ["rat.jsonl", "rat.jsonl.gz", "rat.jsonl.xz"])
def test_a_row_becomes_a_passage_with_all_the_source_says(name: str, tmp_path: Path, run: Run) -> None:
    result = run("import", str(write_rows(tmp_path, a_row(), name=name)))
    assert result.exit_code == 0, result.stderr
    corpus = load_corpus(tmp_path / "corpus")
    (passage,) = corpus.passages
    assert passage.id == "rat-der-stadt-musterau-3-sitzung/punkt-1-baeche/1"
    assert (passage.text, passage.voice, passage.role) == ("Wir öffnen die Bäche.", Voice.VERBATIM, Role.SPEAKER)
    assert (passage.speaker, passage.speaker_printed, passage.page_first) == ("Ada Beispiel", "Dr. Ada Beispiel", "12")
    assert (passage.section_title, passage.source_id) == ("Punkt 1: Bäche", "p1")
    assert passage.evidence
    assert (passage.evidence.rule, passage.evidence.confidence) == ("given", 1.0)
    assert passage.source
    assert passage.source.file == name
    speaker = corpus.speakers["ada-beispiel"]
    assert speaker.title == "Dr."
    assert speaker.offices == (Office("rat-der-stadt-musterau-3-sitzung", "", "Bachpartei"),)
    (edition,) = corpus.editions
    assert (edition.title, str(edition.event.date)) == ("Rat der Stadt Musterau, 3. Sitzung", "2021-03-04")


def test_each_event_becomes_an_edition_unless_one_is_named(tmp_path: Path, run: Run) -> None:
    rows = [a_row(), a_row(event="4. Sitzung", id="p2"), a_row(event="4. Sitzung", id="p3")]
    corpus = imported(tmp_path, run, *rows)
    assert {edition.id: len(edition.passages) for edition in corpus.editions} == {
        "rat-der-stadt-musterau-3-sitzung": 1,
        "4-sitzung": 2,
    }
    corpus = imported(tmp_path, run, *rows, options=("--edition", "rat-2021"))
    edition = corpus.edition("rat-2021")
    assert edition is not None
    assert len(edition.passages) == 3


def test_sections_stand_in_order_of_first_appearance_with_ids_of_their_own(tmp_path: Path, run: Run) -> None:
    titles = ["Punkt 2", "Punkt: 2", "Anfang", "Punkt 2", ""]
    corpus = imported(tmp_path, run, *(a_row(section=title, id=str(n)) for n, title in enumerate(titles)))
    (edition,) = corpus.editions
    assert [(section.id, section.title) for section in edition.sections] == [
        ("punkt-2", "Punkt 2"),
        ("punkt-2-2", "Punkt: 2"),
        ("anfang", "Anfang"),
        ("rat-der-stadt-musterau-3-sitzung", "Rat der Stadt Musterau, 3. Sitzung"),
    ]
    assert [passage.source_id for passage in edition.passages] == ["0", "3", "1", "2", "4"]


@pytest.mark.parametrize(
    ("changes", "role"),
    [
        ({"role": "Präsident", "party_or_org": ""}, Role.MODERATOR),
        ({"role": "Vizepräsidentin", "party_or_org": ""}, Role.MODERATOR),
        ({"role": "Vizepräsident in", "party_or_org": ""}, Role.MODERATOR),
        ({"role": "Präsident Dr. Ada Beispiel", "party_or_org": ""}, Role.MODERATOR),
        ({"role": "Präsidentin", "party_or_org": "Verband der Bäche"}, Role.SPEAKER),
        ({"role": "Ministerpräsidentin", "party_or_org": ""}, Role.SPEAKER),
        ({"role": "audience"}, Role.AUDIENCE),
    ],
)
def test_who_chairs_moderates(changes: dict[str, Any], role: Role, tmp_path: Path, run: Run) -> None:
    (passage,) = imported(tmp_path, run, a_row(**changes)).passages
    assert passage.role == role


@pytest.mark.parametrize(
    ("speaker", "person_id", "name", "title"),
    [
        ("Dr. h. c. Bodo Muster", "bodo-muster", "Bodo Muster", "Dr. h. c."),
        ("Dr. h. c. (Univ Musterau) Bodo Muster", "bodo-muster", "Bodo Muster", "Dr. h. c. (Univ Musterau)"),
        ("Dr. h. c.", "dr-h-c", "Dr. h. c.", ""),
        ("Bodo Muster (Talheim)", "bodo-muster-talheim", "Bodo Muster", ""),
        ("Bodo Muster (Bachpartei)", "bodo-muster", "Bodo Muster", ""),
        ("Bodo Muster, Bürgermeister (Talheim)", "bodo-muster", "Bodo Muster", ""),
    ],
)
def test_a_name_is_told_from_title_and_place(
    speaker: str, person_id: str, name: str, title: str, tmp_path: Path, run: Run
) -> None:
    corpus = imported(tmp_path, run, a_row(speaker=speaker))
    assert {person.id: (person.name, person.title) for person in corpus.speakers.values()} == {person_id: (name, title)}
    assert corpus.passages[0].speaker_printed == speaker


def test_a_known_printed_form_means_the_known_person(tmp_path: Path, run: Run) -> None:
    path = write_rows(tmp_path, a_row())
    entry = '# ours\n[a-b]  # short\nname = "Adelheid Beispiel"\nprinted = ["Dr. Ada Beispiel"]  # as in 2019\n'
    (tmp_path / "corpus/people.toml").write_text(entry, encoding="utf-8")
    assert run("import", str(path)).exit_code == 0
    (passage,) = load_corpus(tmp_path / "corpus").passages
    assert passage.speaker_ids == ("a-b",)
    text = (tmp_path / "corpus/people.toml").read_text(encoding="utf-8")
    assert text.startswith(entry)
    assert "Bachpartei" in text


def test_a_paragraph_nobody_is_named_for_has_no_speaker(tmp_path: Path, run: Run) -> None:
    (passage,) = imported(tmp_path, run, a_row(speaker="", party_or_org="")).passages
    assert (passage.speaker, passage.role) == (None, None)


def test_only_the_words_are_needed_if_the_edition_is_named(tmp_path: Path, run: Run) -> None:
    (passage,) = imported(tmp_path, run, {"text": "Ein Satz."}, options=("--edition", "texte")).passages
    assert (passage.id, passage.text) == ("texte/texte/1", "Ein Satz.")


def test_pages_turn_where_the_rows_say_so_and_run_on_where_they_say_nothing(tmp_path: Path, run: Run) -> None:
    corpus = imported(tmp_path, run, *(a_row(page=page, id=str(n)) for n, page in enumerate([7, 7, None, "8", "IX"])))
    assert [passage.page_first for passage in corpus.passages] == ["7", "7", "7", "8", "IX"]


def test_blank_lines_part_paragraphs_and_other_line_ends_are_blanks(tmp_path: Path, run: Run) -> None:
    (passage,) = imported(tmp_path, run, a_row(text="Eins\nzwei.\n\n Drei \u00adTäler. ")).passages
    assert passage.text == "Eins zwei.\n\nDrei Täler."


def test_spans_are_the_lines_of_the_decoded_file(tmp_path: Path, run: Run) -> None:
    rows = [a_row(text="Täler 🌊 und Höhen."), a_row(id="p2", text="Noch eins.")]
    text = "\ufeff" + as_text(rows[:1]) + "\r\n" + as_text(rows[1:]).rstrip("\n")
    path = write_rows(tmp_path)
    path.write_bytes(text.encode())
    assert run("import", str(path)).exit_code == 0
    spans = [passage.spans for passage in load_corpus(tmp_path / "corpus").passages]
    assert [json.loads(text[start:end]) for ((start, end),) in spans] == rows


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{oops", "not JSON: "),
        ("[1]", "each line is one JSON object"),
        ('{"event": "E", "text": " "}', "no words"),
        ('{"event": "E"}', "no words"),
        ('{"event": "E", "text": 3}', '"text" is a text, not 3'),
        ('{"event": "E", "text": "x", "speaker": ["A"]}', '"speaker" is a text'),
        ('{"event": "E", "text": "x", "page": true}', '"page" is a text'),
        ('{"event": "E", "text": "x", "date": "gestern"}', '"date" is a day like 2018-12-10'),
        ('{"event": "E", "text": "x", "speaker": "李明"}', "no id can be made"),
        ('{"text": "x"}', 'no "event"'),
    ],
)
def test_bad_rows_are_told_by_line_and_nothing_is_written(line: str, told: str, tmp_path: Path, run: Run) -> None:
    path = write_rows(tmp_path, a_row())
    (tmp_path / "corpus").rmdir()
    path.write_text(as_text([a_row()]) + "\n" + line + "\n{again\n", encoding="utf-8")
    before = state(tmp_path)
    result = run("import", str(path))
    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    assert first.startswith(f"{path}:3: {told}")
    assert second.startswith(f"{path}:4: not JSON")
    assert state(tmp_path) == before


def test_an_event_in_two_places_is_refused(tmp_path: Path, run: Run) -> None:
    path = write_rows(tmp_path, a_row(), a_row(event="Andere"), a_row(id="p3"))
    result = run("import", str(path))
    assert result.exit_code == 1
    assert f"{path}:3: event 'Rat der Stadt Musterau, 3. Sitzung' stands apart" in result.stderr


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.jsonl", b"", "nothing to import"),
        ("a.jsonl.gz", gzip.compress(b'{"event": "E", "text": "x"}\n' * 2000)[:-20], "damaged"),
        ("a.jsonl.gz", b"no gzip", "damaged"),
        ("a.jsonl.xz", b"no xz", "damaged"),
        ("a.jsonl", b'{"event": "E", "text": "\xff"}\n', ":1: byte 24 of the line (0xff) is not utf-8"),
        ("a.jsonl", b" " * 1_000_001, ":1: a line of more than"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(name: str, raw: bytes, told: str, tmp_path: Path, run: Run) -> None:
    path = write_rows(tmp_path, name=name)
    path.write_bytes(raw)
    result = run("import", str(path))
    assert result.exit_code == 1
    assert told in result.stderr
    assert not any((tmp_path / "corpus").iterdir())


def test_importing_again_changes_nothing(tmp_path: Path, run: Run) -> None:
    rows = [a_row(), a_row(id="p2", speaker="Bodo Muster (Talheim)"), a_row(id="", text="Ohne Nummer.")]
    imported(tmp_path, run, *rows)
    before = state(tmp_path / "corpus")
    imported(tmp_path, run, *rows)
    assert state(tmp_path / "corpus") == before


def test_rows_keep_their_numbers_when_others_come_before_them(tmp_path: Path, run: Run) -> None:
    imported(tmp_path, run, a_row(), a_row(id="", text="Ohne Nummer."))
    changed = [a_row(id="p0", text="Neu davor."), a_row(text="Anders gesagt."), a_row(id="", text="Ohne Nummer.")]
    corpus = imported(tmp_path, run, *changed)
    assert [(passage.locator.ordinal, passage.text) for passage in corpus.passages] == [
        (3, "Neu davor."),
        (1, "Anders gesagt."),
        (2, "Ohne Nummer."),
    ]


def test_corrections_by_hand_are_kept_or_discarded_only_when_asked(tmp_path: Path, run: Run) -> None:
    imported(tmp_path, run, a_row(), a_row(id="p2", text="Zweiter Satz."))
    words = tmp_path / "corpus/rat-der-stadt-musterau-3-sitzung/01-punkt-1-baeche.md"
    words.write_text(words.read_text(encoding="utf-8").replace("Bäche.\n", "Flüsse.\n"), encoding="utf-8")
    path = str(tmp_path / "rat.jsonl")
    refused = run("import", path)
    assert refused.exit_code == 1
    assert "corrected by hand in 01-punkt-1-baeche.md" in refused.stderr
    assert run("import", path, "--merge").exit_code == 0
    assert load_corpus(tmp_path / "corpus").passages[0].text == "Wir öffnen die Flüsse."
    assert run("import", path, "--replace").exit_code == 0
    assert load_corpus(tmp_path / "corpus").passages[0].text == "Wir öffnen die Bäche."


def test_one_corrected_edition_keeps_all_the_others_back(tmp_path: Path, run: Run) -> None:
    imported(tmp_path, run, a_row(event="Erste"), a_row(event="Zweite"))
    words = tmp_path / "corpus/zweite/01-punkt-1-baeche.md"
    words.write_text(words.read_text(encoding="utf-8").replace("Bäche.\n", "Flüsse.\n"), encoding="utf-8")
    before = state(tmp_path / "corpus")
    path = write_rows(tmp_path, a_row(event="Erste", text="Neu."), a_row(event="Zweite"))
    assert run("import", str(path)).exit_code == 1
    assert state(tmp_path / "corpus") == before


@pytest.mark.parametrize("at", range(1, 7))
def test_an_import_that_fails_half_way_leaves_every_edition_as_it_was(
    at: int, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(tmp_path, run, a_row(event="Erste"), a_row(event="Zweite"))
    before = state(tmp_path / "corpus")
    path = write_rows(tmp_path, *(a_row(event=event, text="Neu.") for event in ("Erste", "Zweite", "Dritte")))
    with monkeypatch.context() as patch:
        break_replace(patch, at=at, error=PermissionError(13, "Permission denied", "x"))
        assert run("import", str(path)).exit_code == 1
    assert state(tmp_path / "corpus") == before


def test_facts_corrected_by_hand_stay(tmp_path: Path, run: Run) -> None:
    imported(tmp_path, run, a_row())
    facts = tmp_path / "corpus/rat-der-stadt-musterau-3-sitzung/edition.toml"
    corrected = facts.read_text(encoding="utf-8").replace('title = "Rat', 'subtitle = "geprüft"\ntitle = "Rat', 1)
    facts.write_text(corrected, encoding="utf-8")
    imported(tmp_path, run, a_row())
    assert facts.read_text(encoding="utf-8") == corrected


def test_the_id_of_the_source_survives_the_index(tmp_path: Path, run: Run) -> None:
    (passage,) = imported(tmp_path, run, a_row()).passages
    assert passage_from_row(json.loads(json.dumps(passage_row(passage)))).source_id == "p1"
    exported = json.loads(run("export").stdout)
    assert exported["source"]["id"] == "p1"


def test_entries_that_do_not_change_keep_every_letter() -> None:
    source = '# all\n\n["a"]\nname = "A"\n[a.misprints]\nX = "why"\n\n[b] # b\nname="B"\noffices = [{edition="e"}]\n'
    known = {"a": Speaker("a", "A"), "b": Speaker("b", "B", offices=(Office("e"),))}
    met = [known["a"], Speaker("b", "B", offices=(Office("e"), Office("f", "Rat"))), Speaker("c", "C", printed=("C",))]
    written = completed_people(source, met, known)
    kept, _, changed = written.partition("[b]")
    assert kept == source.partition("[b]")[0]
    assert 'offices = [{edition="e"}, {edition = "f", office = "Rat"}]' in changed
    assert completed_people(source, known.values(), known) == source


_names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=12)


@given(names=st.lists(_names, min_size=1, max_size=5), title=_names, office=_names)
def test_every_new_entry_reads_back(names: list[str], title: str, office: str, tmp_path_factory: Any) -> None:
    people = [
        Speaker(f"p-{n}", f"N{name}", title, (Office("e", office, name),), (name,)) for n, name in enumerate(names)
    ]
    path = tmp_path_factory.mktemp("people") / "people.toml"
    path.write_text(completed_people("", people, {}), encoding="utf-8", newline="\n")
    assert list(load_people(path).values()) == people


@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=5))
def test_every_line_is_found_where_its_span_says(texts: list[str], tmp_path_factory: Any) -> None:
    source = as_text({"text": text} for text in texts)
    path = tmp_path_factory.mktemp("lines") / "lines.jsonl"
    path.write_bytes(source.encode())
    lines = [line for line in read_json_lines(path) if isinstance(line, JsonLine)]
    assert [json.loads(source[slice(*line.span)])["text"] for line in lines] == texts
    for line in lines:
        try:
            row = attributed_row(line, path)
        except CorpusError:
            assert not clean(line.fields["text"]).strip()
        else:
            assert all(row.paragraphs)

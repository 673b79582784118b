"""The programme page: entries with times, headings, titles, and people with their roles."""

from __future__ import annotations

import pytest
from printing import PROGRAMME, import_text, paged, report

from indexer.programme import find_programme, read_roles
from kb.model import Kind, Role

MODERATOR, IMPULSE, SPEAKER, PANELIST = Role.MODERATOR, Role.IMPULSE, Role.SPEAKER, Role.PANELIST


def entries(text: str) -> list[tuple[str, str, str]]:
    """Return time, heading and title of each entry."""
    programme = find_programme(paged(text))
    return [(entry.time, entry.heading, entry.title) for entry in programme.entries] if programme else []


def test_entries_have_time_heading_and_title() -> None:
    assert entries(PROGRAMME) == [
        ("9.30", "Begrüßung", ""),
        ("10.00", "Keynote", "Wem gehört die Uferstraße?"),
        ("11.00", "Gesprächsrunde", "Wege durch die Stadt"),
        ("13.00", "Foren", ""),
        ("", "Forum 1", "Brücken für alle"),
        ("", "Forum 2", "Schulwege ohne Angst"),
    ]


@pytest.mark.parametrize(
    ("printed", "time"),
    [
        ("9.30 Uhr Keynote", "9.30"),
        ("9:30 Keynote", "9:30"),
        ("09.30 – 10.15 Uhr Keynote", "09.30 – 10.15"),
        ("9.30-10.15 Keynote", "9.30-10.15"),
        ("ab 9.30 Uhr Keynote", "ab 9.30"),
        ("9.30 | Keynote", "9.30"),
    ],
)
def test_a_time_is_read_in_its_usual_forms(printed: str, time: str) -> None:
    text = f"Programm\n\n{printed}\n\n12.00 Uhr Mittag\n\n15.00 Uhr Ende\n"
    assert entries(text)[0] == (time, "Keynote", "")


def test_a_title_over_two_lines_is_one() -> None:
    text = PROGRAMME.replace("Wem gehört die Uferstraße?", "Wem gehört die Ufer-\nstraße?")
    assert entries(text)[1][2] == "Wem gehört die Uferstraße?"


def test_less_than_three_times_are_no_programme() -> None:
    assert entries("Wir treffen uns um\n9.30 Uhr am Hafen\n\n12.00 Uhr am Markt\n") == []


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (
            ["Moderation: Silke Vautrin/Jobst Henneke, Institut"],
            [(MODERATOR, "Silke Vautrin"), (MODERATOR, "Jobst Henneke")],
        ),
        (
            ["Moderation: Silke Vautrin/", "Jobst Henneke, Institut"],
            [(MODERATOR, "Silke Vautrin"), (MODERATOR, "Jobst Henneke")],
        ),
        (
            ["• Moderation: Silke Vautrin", "• Impuls: Nele Kortum, Stadt"],
            [(MODERATOR, "Silke Vautrin"), (IMPULSE, "Nele Kortum")],
        ),
        (
            ["Impulse: Nele Kortum, Radverband", "Ilka Brandis, Elternrat"],
            [(IMPULSE, "Nele Kortum"), (IMPULSE, "Ilka Brandis")],
        ),
        (
            ["Impulse:", "• Nele Kortum, Radverband", "• Ilka Brandis, Elternrat"],
            [(IMPULSE, "Nele Kortum"), (IMPULSE, "Ilka Brandis")],
        ),
        (["• Nele Kortum, Leiterin des Amtes für", "Wege und Plätze, Stadt"], [(SPEAKER, "Nele Kortum")]),
        (
            ["Theda Quast im Gespräch mit:", "• Ruven Maibaum, Stadt", "• Nele Kortum"],
            [(MODERATOR, "Theda Quast"), (PANELIST, "Ruven Maibaum"), (PANELIST, "Nele Kortum")],
        ),
        (["Teilnehmerinnen und Teilnehmer:", "• Ruven Maibaum, Stadt"], [(PANELIST, "Ruven Maibaum")]),
        (
            ["Teilnehmer (v.r.n.l.): Ruven Maibaum, Nele Kortum"],
            [(PANELIST, "Ruven Maibaum"), (PANELIST, "Nele Kortum")],
        ),
        (["Bericht: Ilka Brandis"], [(Role.RAPPORTEUR, "Ilka Brandis")]),
    ],
)
def test_the_lines_of_a_head_give_people_and_roles(lines: list[str], people: list[tuple[Role, str]]) -> None:
    assert [(role, person.name) for role, person in read_roles(lines)] == people


def test_the_programme_is_exported_as_apparatus_without_bullets() -> None:
    found = import_text(report())
    passages = found.of("programm")
    assert {(passage.kind, passage.speaker_id) for passage in passages} == {(Kind.PROGRAMME, None)}
    assert (
        passages[1].text
        == "10.00 Uhr Keynote Wem gehört die Uferstraße? Prof. Dr. Benno Achterkamp, Hochschule Tiefensee"
    )
    section = found.edition.section("programm")
    assert section is not None
    assert (section.kind, section.title, section.page_first) == ("programme", "Programm", "1")


def test_private_use_bullets_are_bullets() -> None:
    assert entries(PROGRAMME.replace("•", "\uf067")) == entries(PROGRAMME)


def test_a_programme_on_the_page_of_the_first_section_ends_where_its_heading_comes_again() -> None:
    found = import_text(report().replace("\fBegrüßung", "\n\nBegrüßung"))
    assert [passage.speaker_id for passage in found.said("begruessung")] == ["marta-ohlendiek"]
    assert len(found.of("programm")) == 6


@pytest.mark.parametrize("organisation", ["Elternrat Lindenholm", "Fischerzunft Tiefensee", "Wasserwerke Lindenholm"])
def test_an_organisation_of_two_words_is_no_person(organisation: str) -> None:
    people = read_roles(["Impulse: Nele Kortum, Radverband Tiefensee", f"Ilka Brandis, {organisation}"])
    assert [person.name for _, person in people] == ["Nele Kortum", "Ilka Brandis"]

"""Names as printed: taken apart, found again, and joined over a misprint only where the evidence allows it."""

from __future__ import annotations

import pytest
from printing import PROGRAMME, forum, import_text, panel, report

from indexer.names import Person, Register, read_people
from kb.model import Role
from kb.people import slug


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        ("Nele Kortum", [("", "Nele Kortum", "", "")]),
        (
            "Prof. Dr. Benno Achterkamp, Hochschule Tiefensee",
            [("Prof. Dr.", "Benno Achterkamp", "", "Hochschule Tiefensee")],
        ),
        (
            "Ruven Maibaum, Leiter des Tiefbauamtes, Stadt Lindenholm",
            [("", "Ruven Maibaum", "Leiter des Tiefbauamtes", "Stadt Lindenholm")],
        ),
        ("Imke Feddersen-Rohr, Architektin", [("", "Imke Feddersen-Rohr", "Architektin", "")]),
        ("Frau Nele Kortum", [("", "Nele Kortum", "", "")]),
        ("Onno von der Wettern, Hafenamt", [("", "Onno von der Wettern", "", "Hafenamt")]),
        (
            "Dr. Silke Vautrin/Jobst Henneke, Institut für Wege",
            [("Dr.", "Silke Vautrin", "", "Institut für Wege"), ("", "Jobst Henneke", "", "Institut für Wege")],
        ),
        ("Nele Kortum und Ruven Maibaum", [("", "Nele Kortum", "", ""), ("", "Ruven Maibaum", "", "")]),
        ("Nele Kortum, Radverband Tiefensee und", [("", "Nele Kortum", "", "Radverband Tiefensee")]),
    ],
)
def test_a_printed_entry_is_taken_apart(printed: str, people: list[tuple[str, str, str, str]]) -> None:
    found = [(person.title, person.name, person.office, person.organisation) for person in read_people(printed)]
    assert found == people


@pytest.mark.parametrize(
    "office",
    ["Bürgermeisterin", "Oberbürgermeister", "Ministerin", "Staatssekretär", "Präsidentin", "Senator", "Direktorin"],
)
def test_an_office_before_a_name_is_an_office(office: str) -> None:
    assert [(person.office, person.name) for person in read_people(f"{office} Marta Ohlendiek")] == [
        (office, "Marta Ohlendiek")
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "Stadt Lindenholm",
        "Institut für Wege",
        "Neue Wege",
        "Kommunale Wegeplanung",
        "Meine Damen",
        "Hochschule Tiefensee",
        "Amalie Reinhold Stiftung",
        "Sechs Prozent",
        "der alte Steg",
    ],
)
def test_capitalised_words_that_name_nobody(printed: str) -> None:
    assert read_people(printed) == []


def register(*names: str) -> Register:
    return Register({slug(name): Person(slug(name), name) for name in names})


@pytest.mark.parametrize(
    ("known", "printed", "joined"),
    [
        (["Kaspar Rennebohm"], "Kaspar Rennebohm", "Kaspar Rennebohm"),
        (["Kaspar Rennebohm"], "Kaspar Renebohm", "Kaspar Rennebohm"),
        (["Kaspar Rennebohm"], "Kaspar Rennebhom", "Kaspar Rennebohm"),
        (["Kaspar Rennebohm", "Kaspar Rannebohm"], "Kaspar Rinnebohm", None),
        (["Kaspar Rennebohm"], "Kasper Rennebohn", None),
        (["Kaspar Rennebohm"], "Jasper Rennebohm", None),
        (["Silke Grau"], "Silke Frau", None),
        (["Silke Grau"], "Silke Grauf", None),
        (["Nele Kortum"], "Kortum Nele", None),
    ],
)
def test_a_form_one_letter_off_is_joined_only_to_the_one_person_it_can_mean(
    known: list[str], printed: str, joined: str | None
) -> None:
    person, why = register(*known).match(printed)
    assert (person.name if person else None) == joined
    assert bool(why) == (joined is not None and joined != printed)


@pytest.mark.parametrize(
    ("surname", "among", "found"),
    [
        ("Kortum", (), "Nele Kortum"),
        ("Henneke", (), None),
        ("Henneke", ("jobst-henneke",), "Jobst Henneke"),
        ("Kortun", ("nele-kortum",), "Nele Kortum"),
        ("Kortun", (), None),
        ("Frau", ("silke-grau",), None),
    ],
)
def test_a_surname_is_looked_for_first_among_the_people_of_the_section(
    surname: str, among: tuple[str, ...], found: str | None
) -> None:
    known = register("Nele Kortum", "Jobst Henneke", "Ida Henneke", "Silke Grau")
    person, _ = known.surnamed(surname, among)
    assert (person.name if person else None) == found


def test_a_misprint_is_joined_and_recorded_with_its_reason() -> None:
    found = import_text(
        report(
            panel(
                "Theda Quast: Wer bezahlt die Brücke?",
                "Ruwen Maibaum: Das bezahlt am Ende die Stadt, und zwar aus dem Topf für Straßen.",
                "Nele Kortum: Dann bleibt für Radwege wieder nichts übrig.",
            )
        )
    )
    turn = found.said("gespraechsrunde")[1]
    assert (turn.speaker_id, turn.speaker_printed) == ("ruven-maibaum", "Ruwen Maibaum")
    assert "ein Buchstabe anders" in found.people["ruven-maibaum"].misprints["Ruwen Maibaum"]
    assert turn.evidence is not None
    assert (turn.evidence.confidence < 0.9, "Ruwen Maibaum" in turn.evidence.doubt) == (True, True)
    assert "ruwen-maibaum" not in found.people


def test_a_misprint_in_running_text_is_recorded_too() -> None:
    found = import_text(
        report(
            forum(
                "Im Forum ging es um zwei alte Stege am Hafen und um das, was sie kosten.",
                "Herr Renebohm berichtet, dass der Steg am Hafen seit Jahren gesperrt sei.",
            )
        )
    )
    passage = found.said("forum-1")[-1]
    assert passage.speaker_id == "kaspar-rennebohm"
    assert passage.evidence is not None
    assert "Renebohm" in passage.evidence.doubt


def test_the_word_frau_is_nobody_called_grau() -> None:
    text = forum(
        "Kaspar Rennebohm berichtet, dass nachts kaum eine Frau über den Steg gehe, weil das Licht fehle.",
        "In der Diskussion hieß es, jede Frau kenne solche Wege.",
    ).replace("Kaspar Rennebohm, Stadt", "Silke Grau, Stadt")
    people = import_text(report(text.replace("Kaspar Rennebohm", "Silke Grau"))).people
    assert people["silke-grau"].printed == ("Silke Grau",)
    assert not people["silke-grau"].misprints


def test_people_who_are_only_announced_are_known_and_say_nothing() -> None:
    found = import_text(report())
    assert {"benno-achterkamp", "silke-vautrin", "jobst-henneke", "ilka-brandis"} <= set(found.people)
    assert {passage.speaker_id for passage in found.edition.passages if passage.speaker_id} == {"marta-ohlendiek"}
    assert set(found.report.unprinted) >= {"Keynote", "Gesprächsrunde", "Forum 1", "Forum 2"}


def test_titles_offices_and_organisations_come_from_the_print() -> None:
    people = import_text(report()).people
    assert people["benno-achterkamp"].title == "Prof. Dr."
    office = people["ruven-maibaum"].office_in("tagung")
    assert office is not None
    assert (office.office, office.organisation) == ("Leiter des Tiefbauamtes", "Stadt Lindenholm")


def test_one_person_in_two_sections_has_two_roles() -> None:
    found = import_text(
        report(
            panel(
                "Theda Quast: Wie kommen Kinder zur Schule?",
                "Nele Kortum: Sie fahren mit dem Rad, wenn man sie lässt und wenn der Weg es zulässt.",
                "Ruven Maibaum: Und sonst bringt sie das Auto der Eltern.",
            ),
            forum("Nele Kortum betont, dass Brücken ohne Rampe für Räder nutzlos seien."),
        )
    )
    roles = {(p.section, p.role, p.voice.value) for p in found.edition.passages if p.speaker_id == "nele-kortum"}
    assert ("gespraechsrunde", Role.PANELIST, "verbatim") in roles
    assert len({person for person in found.people if "kortum" in person}) == 1


def test_two_people_one_letter_apart_in_one_session_stay_two() -> None:
    programme = PROGRAMME.replace(
        "• Ilka Brandis, Elternrat", "• Ilka Brandis, Elternrat Lindenholm\n• Ilka Brandes, Elternrat"
    )
    people = import_text(report(programme=programme)).people
    assert {"ilka-brandis", "ilka-brandes"} <= set(people)
    assert not people["ilka-brandis"].misprints


def test_a_name_as_short_as_an_ending_is_read() -> None:
    assert [person.name for person in read_people("En Brandis, Hafenamt")] == ["En Brandis"]

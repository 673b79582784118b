"""The turns of a panel: which lines are labels, whose, and in which role."""

from __future__ import annotations

import pytest
from printing import Imported, import_text, panel, report

from kb.model import Kind, Passage, Role

ASK = "Theda Quast: Wer geht heute noch zu Fuß über den Fluss, und warum?"
MAIBAUM = (
    "Ruven Maibaum: Wir zählen an jedem Werktag rund viertausend Menschen auf der alten Brücke, und die meisten davon "
    "sind Kinder."
)
KORTUM = (
    "Nele Kortum: Viele von ihnen würden lieber mit dem Rad fahren, wenn die Rampe nicht so steil wäre und das "
    "Geländer nicht so niedrig."
)


def turns(*texts: str, files: dict[str, str] | None = None) -> list[Passage]:
    """Return the turns of a panel that begins with a question and two answers, those behind them."""
    found = import_text(report(panel(ASK, MAIBAUM, KORTUM, *texts)), files=files).said("gespraechsrunde")
    assert [(p.speaker_id, p.role) for p in found[:3]] == [
        ("theda-quast", Role.MODERATOR),
        ("ruven-maibaum", Role.PANELIST),
        ("nele-kortum", Role.PANELIST),
    ]
    return found[3:]


def test_a_turn_is_the_words_behind_its_label() -> None:
    (turn,) = turns("Ruven Maibaum: Die Rampe wird flacher.")
    assert (turn.text, turn.kind, turn.voice.value) == ("Die Rampe wird flacher.", Kind.TURN, "verbatim")
    assert turn.evidence is not None
    assert (turn.evidence.rule, turn.evidence.confidence) == ("label", 0.99)


@pytest.mark.parametrize(
    ("printed", "speaker", "role", "words"),
    [
        (
            "Stimme aus dem Publikum: Imke Harms, Stadt Tiefensee: Bei uns geht das.",
            "Imke Harms",
            Role.AUDIENCE,
            "Bei uns geht das.",
        ),
        (
            "Stimme aus dem Publikum: Imke Harms, Stadt Tiefensee:\nBei uns geht das.",
            "Imke Harms",
            Role.AUDIENCE,
            "Bei uns geht das.",
        ),
        (
            "Stimme aus dem Publikum: Imke Harms, Netzwerk der Fähr-\nleute in Tiefensee: Bei uns geht das.",
            "Imke Harms",
            Role.AUDIENCE,
            "Bei uns geht das.",
        ),
        ("Frage aus dem Plenum: Imke Harms: Geht das?", "Imke Harms", Role.AUDIENCE, "Geht das?"),
        (
            "Gast auf dem Podium: Folkert Janssen: Ich fahre die Fähre.",
            "Folkert Janssen",
            Role.PODIUM_GUEST,
            "Ich fahre die Fähre.",
        ),
        (
            "Gast auf dem Podium: Frau Janssen: Ich fahre die Fähre.",
            "Janssen",
            Role.PODIUM_GUEST,
            "Ich fahre die Fähre.",
        ),
        ("Frau Kortum: Das ist wahr.", "Nele Kortum", Role.PANELIST, "Das ist wahr."),
        ("Quast: Und nachts?", "Theda Quast", Role.MODERATOR, "Und nachts?"),
        ("Moderation: Und nachts?", "Theda Quast", Role.MODERATOR, "Und nachts?"),
    ],
)
def test_labels_in_all_their_forms(printed: str, speaker: str, role: Role, words: str) -> None:
    (turn,) = turns(printed)
    assert (turn.speaker, turn.role, turn.text) == (speaker, role, words)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_label_alone_on_its_line_opens_a_turn(gap: str) -> None:
    question, answer = turns(
        f"Theda Quast:{gap}Und wie ist es nachts am Fluss?", f"Ruven Maibaum:{gap}Da ist es still."
    )
    assert (question.speaker_id, question.text) == ("theda-quast", "Und wie ist es nachts am Fluss?")
    assert (answer.speaker_id, answer.text) == ("ruven-maibaum", "Da ist es still.")


@pytest.mark.parametrize("label", ["Prof. Dr. Ruven Maibaum", "Ruven Maibaum, Stadt Lindenholm", "Ruven Mai-\nbaum"])
def test_more_than_the_name_in_a_label_is_no_part_of_the_words(label: str) -> None:
    (turn,) = turns(f"{label}: Die Rampe wird flacher.")
    assert (turn.speaker_id, turn.text) == ("ruven-maibaum", "Die Rampe wird flacher.")


def test_list_points_of_a_turn_belong_to_it() -> None:
    (turn,) = turns("Nele Kortum: Ich wünsche mir dreierlei am Fluss:\n- einen Steg,\n- eine Furt,\n- und Licht.")
    assert (turn.speaker_id, turn.text.split("\n\n")[1:]) == (
        "nele-kortum",
        ["einen Steg,", "eine Furt,", "und Licht."],
    )


def test_a_sub_heading_between_turns_is_nobodys_words() -> None:
    question, answer = turns("Licht und Schatten", "Theda Quast: Und nachts?", "Nele Kortum: Da ist es dunkel.")
    assert (question.speaker_id, question.headings[-1:], answer.headings[-1:]) == (
        "theda-quast",
        ("Licht und Schatten",),
        ("Licht und Schatten",),
    )


def test_words_behind_a_sub_heading_inside_a_turn_are_a_doubt() -> None:
    first, second = turns(
        "Nele Kortum: Da ist es dunkel.", "Licht und Schatten", "Auch das Licht fehlt seit Jahren am Ufer."
    )
    assert (first.speaker_id, second.speaker_id) == ("nele-kortum", "nele-kortum")
    assert second.evidence is not None
    assert second.evidence.confidence < 0.9


def test_a_voice_without_a_name_is_nobodys() -> None:
    (turn,) = turns("Stimme aus dem Publikum: Warum dauert das so lange?")
    assert (turn.speaker, turn.speaker_printed, turn.role) == (None, "Stimme aus dem Publikum", Role.AUDIENCE)
    assert (turn.voice.value, turn.text) == ("verbatim", "Warum dauert das so lange?")


@pytest.mark.parametrize(
    "printed",
    [
        "Eines ist sicher: Ohne Geld keine Rampe.",
        "Grundsätzlich: Die Rampe ist zu steil, und das Geländer ist zu niedrig.",
        "Moderne Wege: Das sind für mich breite Wege.",
        "Brücken schlagen: Kommunikation gehört dazu.",
        "Und der Fährmann Folkert Janssen sagte dazu: „Die Rampe war schon immer zu steil.“",
        "Quast hat es eben gesagt: Nachts geht dort niemand.",
    ],
)
def test_a_paragraph_with_a_colon_goes_on_with_the_turn(printed: str) -> None:
    found = import_text(report(panel(ASK, MAIBAUM, KORTUM, printed, "Ruven Maibaum: Die Rampe wird flacher.")))
    *_, kortum, last = found.said("gespraechsrunde")
    assert (kortum.speaker_id, last.speaker_id) == ("nele-kortum", "ruven-maibaum")
    assert kortum.text.endswith(f"niedrig.\n\n{printed}")


def test_paragraphs_without_a_label_go_on_with_the_turn() -> None:
    found = import_text(report(panel(ASK, MAIBAUM, "Das ist viel.", "Und es werden mehr.", KORTUM))).said(
        "gespraechsrunde"
    )
    assert [turn.speaker_id for turn in found] == ["theda-quast", "ruven-maibaum", "nele-kortum"]
    assert found[1].text.split("\n\n")[1:] == ["Das ist viel.", "Und es werden mehr."]


@pytest.mark.parametrize("lead", ["\f", "\f "])
def test_a_label_at_a_page_start_opens_a_turn(lead: str) -> None:
    text = report(
        panel(ASK, MAIBAUM, KORTUM) + lead + "Theda Quast: Und nachts?\n\nNele Kortum: Nachts fährt keiner.\n"
    )
    found = import_text(text).said("gespraechsrunde")
    assert [(turn.speaker_id, turn.page_first) for turn in found[3:]] == [("theda-quast", "4"), ("nele-kortum", "4")]


def test_a_label_without_a_blank_line_before_it_opens_a_turn() -> None:
    found = turns("Theda Quast: Und wie ist es nachts am Fluss?\nRuven Maibaum: Da ist es still.")
    assert [(turn.speaker_id, turn.text) for turn in found] == [
        ("theda-quast", "Und wie ist es nachts am Fluss?"),
        ("ruven-maibaum", "Da ist es still."),
    ]


def test_the_moderators_of_the_head_are_no_turn() -> None:
    passages = import_text(report(panel(ASK, MAIBAUM, KORTUM))).of("gespraechsrunde")
    assert [p.text for p in passages if p.kind is Kind.SESSION_INFO] == [
        "Theda Quast im Gespräch mit:",
        "Ruven Maibaum, Leiter des Tiefbauamtes, Stadt Lindenholm",
        "Nele Kortum, Radverband Tiefensee",
    ]


def test_a_speaker_nobody_announced_is_read_from_labels_that_come_again() -> None:
    found = turns(
        "Enno Wiards: Ich komme gerade erst dazu.",
        "Theda Quast: Willkommen.",
        "Enno Wiards: Danke, die Fähre hatte Verspätung.",
    )
    assert [turn.speaker for turn in found] == ["Enno Wiards", "Theda Quast", "Enno Wiards"]
    assert found[0].evidence is not None
    assert "weder im Programm" in found[0].evidence.doubt


def test_a_member_of_the_audience_who_sits_on_another_panel_is_one_person() -> None:
    known = '[imke-harms]\nname = "Imke Harms"\n'
    found: Imported = import_text(
        report(panel(ASK, MAIBAUM, KORTUM, "Stimme aus dem Publikum: Imke Harms, Stadt Tiefensee: Bei uns geht das.")),
        files={"people.toml": known},
    )
    assert [person for person in found.people if "harms" in person] == ["imke-harms"]
    assert found.said("gespraechsrunde")[-1].speaker_id == "imke-harms"


def test_a_text_before_the_first_turn_is_about_the_session() -> None:
    text = panel(
        "Die Runde sprach über Wege, die Kinder allein gehen können, und über die, die sie meiden.",
        ASK,
        MAIBAUM,
        KORTUM,
    )
    first = [p for p in import_text(report(text)).of("gespraechsrunde") if p.text.startswith("Die Runde")]
    assert [(p.kind, p.speaker_id) for p in first] == [(Kind.SESSION_INFO, None)]

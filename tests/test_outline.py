"""The outline: sections announced by facts, by the programme, or by their words, and where each begins."""

from __future__ import annotations

import pytest
from printing import PROGRAMME, forum, import_text, keynote, panel, paragraphs, report, second_forum, welcome

from indexer.vocabulary import is_numbered_session, session_kind
from kb.errors import SourceError

KEYNOTE = "Ich spreche über Straßen am Ufer, und ich frage, wem sie gehören und wer auf ihnen gehen darf."
IMPULSE = "Kaspar Rennebohm berichtet, dass der Steg am Hafen seit Jahren gesperrt sei und niemand ihn vermisse."


def outline(text: str) -> list[tuple[str, str, str]]:
    """Return id, kind and label of each section but the programme."""
    return [(s.id, s.kind, s.label) for s in import_text(text).edition.sections if s.kind != "programme"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Programm", "programme"),
        ("Tagungsprogramm", "programme"),
        ("Begrüßung", "welcome"),
        ("Begrüßung und Einführung", "welcome"),
        ("Grußwort", "greeting"),
        ("Keynote", "keynote"),
        ("Keynote: Wem gehört die Straße?", "keynote"),
        ("Abschlussvortrag", "talk"),
        ("Podiumsdiskussion", "panel"),
        ("Gesprächsrunde 2", "panel"),
        ("Dialogforum 3", "forum"),
        ("Workshop B", "forum"),
        ("Arbeitsgruppe IV", "forum"),
        ("Schlusswort", "speech"),
        ("Ergebnisse der Foren", "summary"),
        ("Wege durch die Stadt", ""),
        ("Programmierte Wege", ""),
        ("Vortragende und Gäste", ""),
    ],
)
def test_the_words_of_a_heading_tell_its_kind(heading: str, kind: str) -> None:
    assert session_kind(heading) == kind


@pytest.mark.parametrize(("text", "numbered"), [("Forum 1", True), ("Workshop B:", True), ("Forum am Markt", False)])
def test_numbered_sessions(text: str, numbered: bool) -> None:
    assert is_numbered_session(text) is numbered


def test_sections_come_from_the_programme_in_printed_order() -> None:
    text = report(
        keynote(KEYNOTE),
        panel("Theda Quast: Wer geht?", "Nele Kortum: Wir fahren.", "Ruven Maibaum: Ich gehe, aber ungern."),
        forum(IMPULSE),
        second_forum("Ilka Brandis schildert, wie Eltern ihre Kinder über die Kreuzung bringen."),
    )
    assert outline(text) == [
        ("begruessung", "welcome", "Begrüßung"),
        ("keynote", "keynote", "Keynote: Wem gehört die Uferstraße?"),
        ("gespraechsrunde", "panel", "Gesprächsrunde: Wege durch die Stadt"),
        ("forum-1", "forum", "Forum 1: Brücken für alle"),
        ("forum-2", "forum", "Forum 2: Schulwege ohne Angst"),
    ]


def test_what_the_programme_announces_and_nobody_prints_is_no_section() -> None:
    found = import_text(report(forum(IMPULSE)))
    assert [section.id for section in found.edition.sections] == ["programm", "begruessung", "forum-1"]
    assert found.report.unprinted == ("Keynote", "Gesprächsrunde", "Foren", "Forum 2")


def test_a_section_may_begin_in_the_middle_of_a_page() -> None:
    text = report(keynote(KEYNOTE) + "\n\n" + forum(IMPULSE))
    passages = import_text(text).edition.passages
    assert [(p.section, p.page_first) for p in passages[-2:]] == [("forum-1", "3"), ("forum-1", "3")]


def test_a_line_that_begins_like_a_heading_but_goes_on_is_none() -> None:
    text = report(
        keynote(KEYNOTE, "Forum 1 wird sich heute Nachmittag mit diesen Brücken befassen, und ich freue mich.")
    )
    assert [section for section, _, _ in outline(text)] == ["begruessung", "keynote"]


def test_a_heading_of_the_programme_with_a_misprint_is_found() -> None:
    text = report(panel("Theda Quast: Wer geht?", "Nele Kortum: Wir.").replace("Gesprächsrunde", "Gesprächrunde"))
    assert outline(text)[-1][:2] == ("gespraechsrunde", "panel")


def test_forum_1_is_not_forum_2() -> None:
    assert outline(report(second_forum("Ilka Brandis schildert den Morgen vor der Schule.")))[-1][0] == "forum-2"


def test_without_a_programme_sections_are_known_by_their_words() -> None:
    text = "\f".join(
        [
            welcome(),
            keynote(KEYNOTE).replace("Keynote\n", "Keynote\n\n"),
            forum(IMPULSE, "Diskussion", "Die Runde fragt nach dem Geld."),
        ]
    )
    assert [(section, kind) for section, kind, _ in outline(text)] == [
        ("begruessung", "welcome"),
        ("keynote", "keynote"),
        ("forum-1", "forum"),
    ]


def test_two_speakers_under_one_heading_have_sections_of_their_own() -> None:
    programme = PROGRAMME.replace(
        "• Marta Ohlendiek, Bürgermeisterin, Stadt Lindenholm",
        "• Marta Ohlendiek, Bürgermeisterin, Stadt Lindenholm\n• Wiebke Harmsen, Direktorin, Institut für Wege",
    )
    opening = (
        welcome()
        + "\n"
        + paragraphs(
            "Wiebke Harmsen, Direktorin, Institut für Wege",
            "Auch ich begrüße Sie, und ich danke Marta Ohlendiek für den Saal und der Stadt Lindenholm für den Kuchen.",
            "Wir freuen uns auf diesen Tag und auf die Wege, die wir gemeinsam gehen.",
        )
    )
    found = import_text(report(programme=programme, opening=opening))
    assert [(p.section, p.speaker_id) for p in found.said("begruessung")] == [
        ("begruessung/ohlendiek", "marta-ohlendiek"),
        ("begruessung/harmsen", "wiebke-harmsen"),
        ("begruessung/harmsen", "wiebke-harmsen"),
    ]


FACTS = """\
title = "Wege durch die Stadt"
[event]
title = "Wege durch die Stadt"
[[section]]
id = "gruss"
title = "Willkommen am Fluss"
kind = "welcome"
speakers = ["marta-ohlendiek"]
[[section]]
id = "bruecken"
title = "Brücken für alle"
kind = "forum"
impulse = ["kaspar-rennebohm"]
"""
PEOPLE = '[marta-ohlendiek]\nname = "Marta Ohlendiek"\n\n[kaspar-rennebohm]\nname = "Kaspar Rennebohm"\n'


def test_facts_go_before_programme_and_words() -> None:
    text = paragraphs("Willkommen am Fluss", "Ich begrüße Sie.", "Brücken für alle", IMPULSE)
    found = import_text(text, files={"people.toml": PEOPLE, "tagung/edition.toml": FACTS})
    assert [(p.section, p.speaker_id) for p in found.edition.passages] == [
        ("gruss", "marta-ohlendiek"),
        ("bruecken", "kaspar-rennebohm"),
    ]


def test_a_text_without_any_heading_says_what_to_add() -> None:
    with pytest.raises(SourceError, match=r"no section heading was recognised .* edition\.toml"):
        import_text(paragraphs(*[f"Der Weg Nummer {n} führt am Fluss entlang bis zum Markt." for n in range(9)]))


def test_a_title_page_before_the_first_section_is_left_out_and_told() -> None:
    text = report(
        programme="Wege durch die Stadt\nEine Dokumentation\n\n\fHerausgegeben vom Institut für Wege\n\f" + PROGRAMME
    )
    found = import_text(text)
    assert dict(found.report.left_out)["outside_sections"] == 3

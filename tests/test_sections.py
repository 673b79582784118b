"""One section taken apart: head, sub-headings, paragraphs, list points, captions."""

from __future__ import annotations

import pytest
from printing import forum, import_text, keynote, panel, report

from kb.model import Kind, Passage

FILL = (
    "Ich gehe jeden Morgen über die alte Brücke am Hafen und sehe dort immer dieselben Leute, die sich nicht kennen "
    "und doch grüßen, weil der Steg so schmal ist, dass man einander nicht übersehen kann."
)
MORE = (
    "Seit der neue Steg breiter ist, grüßt dort niemand mehr, und das hat uns alle überrascht, die Planerinnen ebenso "
    "wie den alten Fährmann, der jeden Abend am Ufer sitzt und zählt, wer kommt."
)
LEAD = "Wir haben uns vorgenommen, in den nächsten Jahren am Ufer dreierlei zu bauen:"


def speech(*texts: str) -> list[Passage]:
    """Return the passages of a keynote between two paragraphs that are the same in each test."""
    found = import_text(report(keynote(FILL, *texts, MORE))).said("keynote")
    assert (found[0].text, found[-1].text) == (FILL, MORE)
    return found[1:-1]


def test_heading_title_and_people_are_no_speech() -> None:
    found = import_text(report(keynote(FILL, MORE)))
    assert [(p.kind, p.text) for p in found.of("keynote")] == [
        (Kind.SESSION_INFO, "Prof. Dr. Benno Achterkamp, Hochschule Tiefensee"),
        (Kind.SPEECH, FILL),
        (Kind.SPEECH, MORE),
    ]


# --- sub-headings and lines with a colon ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "heading",
    ["Der breite Steg", "Heimweh:", "Grundsätzlich:", "Streit um Platz:", "Wem gehört das Ufer?", "Die 1980er Jahre"],
)
def test_a_short_line_between_paragraphs_is_a_sub_heading(heading: str) -> None:
    found = import_text(report(keynote(FILL, heading, MORE))).said("keynote")
    assert [(passage.text, passage.headings[-1:]) for passage in found] == [(FILL, ()), (MORE, (heading,))]


def test_a_sub_heading_over_two_lines_is_one() -> None:
    (found,) = speech(
        "Warum breite Stege die Menschen nicht immer\nzueinander bringen, sondern trennen", "Ich erkläre es."
    )
    assert found.headings[-1] == "Warum breite Stege die Menschen nicht immer zueinander bringen, sondern trennen"


@pytest.mark.parametrize(
    "text",
    [
        "Eines sage ich aus vielen Jahren am Wasser und nach langen Nächten\ndeutlich:\nOhne Brücken keine Stadt.",
        "Das sagte mir neulich der alte Fährmann, der am Ufer wohnt, und in\nLindenholm: Da lachen alle.",
        "Achterkamp rät zu einer genaueren Betrachtung der alten Brücken:\nWer sie gebaut hat, wusste, was er tat.",
        "Ich schließe mit dem, was man am Hafen noch heute oft hört von der\nFreiheit. Zitat Nele Kortum: „So.“",
        "Die Zahlen stehen in den Akten des Hafenamtes, die jeder lesen kann\n(Achterkamp 2018: 187), aber wer liest.",
    ],
)
def test_a_colon_in_running_text_is_neither_heading_nor_label(text: str) -> None:
    assert [passage.text for passage in speech(text)] == [text.replace("\n", " ")]


@pytest.mark.parametrize(
    "text",
    [
        "„Ich fahre, solange ich kann.“",
        "Wir haben Zeit. Der Fluss hat sie nicht, und auch die Stadt nicht\nmehr viel, weil alle bauen wollen.",
        "Ich danke Ihnen!",
        "Wie weiter? Ich sage es Ihnen gleich, wenn ich den Satz über den\nSteg beendet habe, der mir am Herzen liegt.",
    ],
)
def test_a_short_paragraph_that_is_a_sentence_is_no_sub_heading(text: str) -> None:
    assert [passage.text for passage in speech(text)] == [text.replace("\n", " ")]


@pytest.mark.parametrize(
    "text",
    [
        "Die Formel lautet a*b*c, und _niemand_ am Ufer versteht sie ganz.",
        "# 5 ist das Haus am Ufer, in dem der alte Fährmann noch wohnt.",
        "Auf dem Schild steht <b>Halt</b> & „Vorsicht“ &amp; sonst nichts.",
        "Im Netz steht [hier](http://fluss.example) oder {: .da } die Karte.",
        "> so beginnt auf dem Plan jeder Weg, der zum Wasser hinunterführt.",
        "⟦S. 9⟧ steht auf dem Plan, und niemand weiß, was das bedeuten soll.",
        "C:\\ufer\\steg und `Furt` und ~Wehr~ und [^1]: so heißen die Pläne.",
        "http://fluss.example/a_b_c und post@fluss.example sind die Adressen.",
    ],
)
def test_signs_of_the_corpus_format_in_the_words_stay_words(text: str) -> None:
    assert [passage.text for passage in speech(text)] == [text]


# --- paragraphs -------------------------------------------------------------------------------------------------------
def test_a_paragraph_ends_without_a_blank_line_where_the_last_line_had_room() -> None:
    text = (
        "Ich habe den Fährmann gefragt, was er davon hält, und er hat lange\n"
        "geschwiegen.\n"
        "Dann sagte er, ein Steg sei wie ein Gespräch, er müsse nicht breit\n"
        "sein, nur tragen, und das habe ich mir gemerkt bis zum Abend dieses\n"
        "Tages."
    )
    assert [passage.text.split()[0] for passage in speech(text)] == ["Ich", "Dann"]


def test_a_blank_line_in_the_middle_of_a_sentence_ends_no_paragraph() -> None:
    (found,) = speech("Ich habe den Fährmann gefragt, was er von dem neuen breiten Steg\n\n\nhält, und er schwieg.")
    assert found.text.endswith("Steg hält, und er schwieg.")


def test_a_page_turn_ends_no_paragraph_in_mid_sentence_and_one_after_a_short_line() -> None:
    first = keynote(FILL, "Ich habe den Fährmann gefragt, was er von dem neuen breiten Steg")
    found = import_text(report(first, "hält.\n\n" + MORE + "\n")).said("keynote")
    assert [passage.text.split()[-1] for passage in found] == ["kann.", "hält.", "kommt."]
    found = import_text(report(keynote(FILL, "Das war alles."), MORE + "\n")).said("keynote")
    assert [passage.page_first for passage in found] == ["3", "3", "4"]


# --- lists ------------------------------------------------------------------------------------------------------------
def points(text: str) -> list[tuple[str | None, str]]:
    return [(passage.list_mark, passage.text) for passage in speech(LEAD + "\n" + text)][1:]


@pytest.mark.parametrize("mark", ["-", "•", "·", "*"])
def test_list_points_are_passages_of_their_own(mark: str) -> None:
    text = f"{mark} einen Steg,\n{mark} eine Fähre, auf die man sich im\nWinter verlassen kann,\n{mark} eine Furt."
    assert points(text) == [
        (mark, "einen Steg,"),
        (mark, "eine Fähre, auf die man sich im Winter verlassen kann,"),
        (mark, "eine Furt."),
    ]


def test_a_list_point_runs_over_a_page() -> None:
    first = keynote(
        FILL, LEAD + "\n- einen Steg am Hafen,\n- eine Fähre, die auch nachts fährt und auf die man sich im Win-"
    )
    found = import_text(report(first, "ter verlassen kann,\n- eine Furt.\n")).said("keynote")
    assert [passage.text.split()[0] for passage in found[2:]] == ["einen", "eine", "eine"]
    assert (found[3].page_first, found[3].page_last) == ("3", "4")
    assert "im Winter verlassen" in found[3].text


def test_numbers_are_list_marks_only_in_sequence() -> None:
    assert [mark for mark, _ in points("1. Wir bauen einen Steg.\n2. Wir bauen eine Furt.\n3. Wir warten.")] == [
        "1.",
        "2.",
        "3.",
    ]
    (found,) = speech("Ich habe den Fährmann gefragt, seit wann er hier fährt, und am\n3. Mai kam seine Antwort.")
    assert found.text.endswith("am 3. Mai kam seine Antwort.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Ich danke den Bewohnerinnen des Ufers und den vielen Bewohnern und\n-anwohnern der Stege für ihre Geduld.",
            "und -anwohnern der",
        ),
        (
            "Ich meine damit den Wegebau der letzten Jahre und die Wegepflege und -\nplanung am Fluss.",
            "Wegepflege und -planung am",
        ),
        (
            "Der Steg war alt und schmal und morsch und stand doch jedem offen\n– und gerade das fehlt uns heute.",
            "offen – und gerade",
        ),
    ],
)
def test_a_dash_at_the_beginning_of_a_line_in_mid_sentence_is_no_bullet(text: str, words: str) -> None:
    found = speech(text)
    assert [passage.list_mark for passage in found] == [None]
    assert words in found[0].text


def test_a_year_at_the_beginning_of_a_line_is_no_number_of_a_list() -> None:
    (found,) = speech(
        "Ich erinnere an den großen Streit um den Steg am Hafen, der im Mai\n2018. Das war ein langes Jahr."
    )
    assert found.list_mark is None


# --- captions and bylines ---------------------------------------------------------------------------------------------
IMPULSE = "Kaspar Rennebohm berichtet, dass der alte Steg am Hafen seit Jahren gesperrt sei und ihn niemand vermisse."
TALK = "In der Diskussion wird gefragt, wer den Steg bezahle und warum die Stadt so lange gewartet habe."


@pytest.mark.parametrize(
    "caption", ["Kaspar Rennebohm", "Foto: Der Steg am Hafen", "v.l. Silke Vautrin, Kaspar Rennebohm, Jobst Henneke"]
)
def test_a_caption_is_nobodys_words_and_cuts_nothing(caption: str) -> None:
    passages = import_text(report(forum(IMPULSE, TALK + "\n\n\n" + caption + "\n\n", "Viele wünschen sich Bänke."))).of(
        "forum-1"
    )
    assert [p.text for p in passages if p.kind is Kind.CAPTION] == [caption]
    assert [p.speaker_id for p in passages if p.kind in (Kind.REPORTED, Kind.DISCUSSION)] == [
        "kaspar-rennebohm",
        None,
        None,
    ]


def test_a_caption_inside_a_paragraph_does_not_part_it() -> None:
    text = forum(
        IMPULSE,
        "In der Diskussion wird gefragt, wer den Steg am Hafen denn nun be-\n\n\nNele Kortum\n\n\nzahle und wann.",
    )
    passages = import_text(report(text)).of("forum-1")
    assert [p.kind for p in passages[-2:]] == [Kind.DISCUSSION, Kind.CAPTION]
    assert passages[-2].text.endswith("denn nun bezahle und wann.")


def test_a_paragraph_that_begins_with_the_name_in_the_caption_above_is_text() -> None:
    text = forum(
        IMPULSE,
        "Kaspar Rennebohm\n\nKaspar Rennebohm (Stadt Tiefensee) sieht darin eine Aufgabe für alle Städte am Fluss.",
    )
    passages = import_text(report(text)).of("forum-1")
    assert [(p.kind, p.speaker_id) for p in passages[-2:]] == [
        (Kind.CAPTION, None),
        (Kind.REPORTED, "kaspar-rennebohm"),
    ]


def test_a_caption_between_question_and_answer_parts_no_turns() -> None:
    text = panel(
        "Theda Quast: Wer geht über den Steg?", "Theda Quast", "Nele Kortum: Alle gehen.", "Ruven Maibaum: Fast alle."
    )
    passages = import_text(report(text)).of("gespraechsrunde")
    assert [(p.kind, p.speaker) for p in passages if p.kind is not Kind.SESSION_INFO] == [
        (Kind.TURN, "Theda Quast"),
        (Kind.CAPTION, None),
        (Kind.TURN, "Nele Kortum"),
        (Kind.TURN, "Ruven Maibaum"),
    ]

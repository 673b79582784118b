"""Reported sections: what opens a contribution, the discussion, the questions, the theses, and what does not."""

from __future__ import annotations

import pytest
from printing import forum, import_text, keynote, report, second_forum

from kb.model import Kind, Passage, Role

IMPULSE = "Kaspar Rennebohm berichtet, dass der alte Steg am Hafen seit Jahren gesperrt sei und ihn niemand vermisse."
GOES_ON = "Die Stadt habe damals geglaubt, mit einem Schild sei es getan. Das Geld sei in eine Straße geflossen."
TALK = "In der Diskussion wird gefragt, wer den Steg bezahle und warum die Stadt so lange gewartet habe."
REST = "Bänke am Ufer seien billig und würden sofort genutzt, das zeige die Erfahrung vieler Städte am Fluss."
WISH = "Viele wünschen sich, dass die Stadt zuerst die kurzen Wege erneuere und die großen Bauten verschiebe."

REPORTED, DISCUSSION = (Kind.REPORTED, "kaspar-rennebohm"), (Kind.DISCUSSION, None)


def read(*texts: str) -> list[tuple[Kind, str | None]]:
    """Return kind and speaker of each passage of Forum 1 that carries what was said."""
    return [(passage.kind, passage.speaker_id) for passage in import_text(report(forum(*texts))).said("forum-1")]


def test_what_follows_an_opening_belongs_to_it_until_the_next() -> None:
    assert read(IMPULSE, GOES_ON, TALK, REST) == [REPORTED, REPORTED, DISCUSSION, DISCUSSION]


def test_mood_is_no_criterion() -> None:
    indicative = "Kaspar Rennebohm stellt die Stege vor. Sie sind alt, sie sind schmal, und sie stehen unter Schutz."
    assert read(
        indicative, "Drei davon gehören der Stadt, zwei dem Hafen.", TALK, "Bänke sind billig und beliebt."
    ) == [
        REPORTED,
        REPORTED,
        DISCUSSION,
        DISCUSSION,
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "Kaspar Rennebohm (Stadt Tiefensee) sieht im Steg vor allem eine Last, die niemand mehr tragen wolle.",
        "In seinem Impuls beschreibt Kaspar Rennebohm die Stege am Fluss und die Menschen, die sie nutzen.",
        "Herr Rennebohm weist darauf hin, dass ein Steg ohne Licht nachts kein Weg sei.",
        "Den Impuls hielt Kaspar Rennebohm aus Tiefensee, wo es mehr Stege als Straßen gebe.",
        "Für Kaspar Rennebohm beginnt jede Brücke mit einem Streit.",
        "Nach Ansicht von Kaspar Rennebohm beginnt jede Brücke mit einem Streit.",
        "Jede Brücke beginne mit einem Streit, so Herr Rennebohm.",
    ],
)
def test_a_first_sentence_that_lets_somebody_speak_opens_a_contribution(opening: str) -> None:
    found = read(
        "Das Forum fand im alten Fährhaus statt und war gut besucht, auch von Leuten aus dem Viertel.", opening, GOES_ON
    )
    assert found[1:] == [REPORTED, REPORTED]


@pytest.mark.parametrize(
    "reference",
    [
        "Wie im Impulsvortrag von Kaspar Rennebohm angedeutet, fehle es vor allem an Geld für den Unterhalt.",
        "Ausgehend vom Impuls von Kaspar Rennebohm wird nach dem Unterhalt der Stege gefragt.",
        "Anknüpfend an Herrn Rennebohm wird nach dem Unterhalt der Stege gefragt.",
        "Die im Impuls von Kaspar Rennebohm genannten Stege seien allen bekannt.",
    ],
)
def test_looking_back_at_a_contribution_is_none(reference: str) -> None:
    assert read(IMPULSE, TALK, reference, REST) == [REPORTED, DISCUSSION, DISCUSSION, DISCUSSION]


def test_somebody_who_comes_back_in_the_discussion_counts_for_that_paragraph_alone() -> None:
    back = "Kaspar Rennebohm antwortet, dass der Hafen sich inzwischen beteilige und das Licht bezahle."
    assert read(IMPULSE, TALK, back, REST) == [REPORTED, DISCUSSION, REPORTED, DISCUSSION]


def test_a_name_behind_one_sentence_of_a_discussion_does_not_make_the_paragraph_theirs() -> None:
    mixed = REST + " Ein Steg ohne Licht sei nachts kein Weg, so Herr Rennebohm. Andere widersprechen."
    assert read(IMPULSE, TALK, mixed, WISH) == [REPORTED, DISCUSSION, DISCUSSION, DISCUSSION]


@pytest.mark.parametrize(
    "mention",
    [
        "Die Kaspar Rennebohm Stiftung habe einen Steg bezahlt, und das sei allen in Erinnerung geblieben.",
        "Ohne das Geld der Stadt sei es nicht gegangen, obwohl alle wussten, was Kaspar Rennebohm wollte.",
    ],
)
def test_a_name_that_is_only_mentioned_opens_nothing(mention: str) -> None:
    assert read(IMPULSE, TALK, mention, REST)[1:] == [DISCUSSION, DISCUSSION, DISCUSSION]


@pytest.mark.parametrize(
    "unnamed",
    [
        "Dr. Silke Vautrin dankt Kaspar Rennebohm für seinen Vortrag und für die Bilder vom Steg.",
        "Eine Teilnehmerin berichtet, der Hafen habe noch nie gezahlt.",
        "Der Vorschlag von Kaspar Rennebohm findet keine Mehrheit.",
        "Viele Städte am Fluss, etwa Tiefensee, hätten dieselbe Sorge.",
    ],
)
def test_the_impulse_giver_does_not_speak_where_others_speak_of_him(unnamed: str) -> None:
    assert REPORTED not in read(IMPULSE, TALK, unnamed, REST)[1:]


@pytest.mark.parametrize("heading", ["Diskussion", "Diskussion:", "Anschließende Diskussion", "Aussprache"])
def test_a_heading_opens_the_discussion(heading: str) -> None:
    assert read(IMPULSE, GOES_ON, heading, REST, WISH) == [REPORTED, REPORTED, DISCUSSION, DISCUSSION]


@pytest.mark.parametrize("heading", ["Impulsvortrag", "Impuls", "Impuls von Kaspar Rennebohm"])
def test_a_heading_opens_the_impulse_of_the_one_who_gives_it(heading: str) -> None:
    assert read(heading, GOES_ON, REST, "Diskussion", WISH) == [REPORTED, REPORTED, DISCUSSION]


def test_a_thematic_sub_heading_changes_nothing() -> None:
    assert read(IMPULSE, "Geld und Geduld", GOES_ON, TALK, "Licht auf dem Steg", REST) == [
        REPORTED,
        REPORTED,
        DISCUSSION,
        DISCUSSION,
    ]


def test_guiding_questions_are_the_papers_until_the_impulse() -> None:
    questions = "Folgende Leitfragen standen am Anfang des Forums:\n- Wer bezahlt den Steg?\n- Wer geht nachts darüber?"
    assert read(questions, IMPULSE, GOES_ON) == [(Kind.QUESTIONS, None)] * 3 + [REPORTED, REPORTED]
    assert read("Leitfragen:", "1. Wer bezahlt den Steg?\n2. Wer geht nachts darüber?", IMPULSE) == [
        (Kind.QUESTIONS, None),
        (Kind.QUESTIONS, None),
        REPORTED,
    ]


def test_questions_in_a_list_of_the_impulse_belong_to_the_impulse() -> None:
    asked = "Kaspar Rennebohm stellt den Städten Aufgaben vor:\n- Wer bezahlt den Steg?\n- Wer geht nachts darüber?"
    assert read(IMPULSE, asked, TALK) == [REPORTED] * 4 + [DISCUSSION]


def test_numbered_theses_belong_to_the_one_who_puts_them() -> None:
    theses = (
        "Kaspar Rennebohm fasst seine Erfahrung in drei Thesen zusammen:\n1. Stege sind Wege.\n2. Wege sind Plätze.\n"
        "3. Plätze gehören allen."
    )
    passages = import_text(report(forum(IMPULSE, theses, TALK))).said("forum-1")
    assert [(p.kind, p.list_mark, p.speaker_id, p.voice.value) for p in passages[2:5]] == [
        (Kind.THESES, mark, "kaspar-rennebohm", "reported") for mark in ("1.", "2.", "3.")
    ]
    assert passages[5].kind is Kind.DISCUSSION


@pytest.mark.parametrize(
    "lead",
    [
        "Die Ergebnisse der Diskussion lassen sich so zusammenfassen:\n- Licht hilft.\n- Bänke helfen.",
        "Zum Abschluss hielt das Forum fest:\n- Licht hilft.\n- Bänke helfen.",
    ],
)
def test_results_are_a_summary_of_nobody(lead: str) -> None:
    assert read(IMPULSE, TALK, lead) == [REPORTED, DISCUSSION] + [(Kind.SUMMARY, None)] * 3


def test_two_impulses_are_told_apart_by_the_names_in_the_text() -> None:
    text = second_forum(
        "Nele Kortum betont, dass Kinder Platz brauchen und dass ein Radweg kein Parkplatz sei.",
        "Sie zeigt Bilder von Kreuzungen, an denen niemand über die Straße komme, ohne zu rennen.",
        "Ilka Brandis schildert den Morgen vor der Schule, wenn die Autos der Eltern den Weg versperren.",
        "Aus ihrer Sicht hilft nur, die Straße für eine halbe Stunde zu sperren.",
        TALK,
    )
    passages = import_text(report(text)).said("forum-2")
    assert [p.speaker_id for p in passages] == ["nele-kortum", "nele-kortum", "ilka-brandis", "ilka-brandis", None]
    assert {p.role for p in passages if p.speaker_id} == {Role.IMPULSE}


def test_the_moderator_who_opens_a_forum_is_its_moderator() -> None:
    opening = "Silke Vautrin eröffnet das Forum und erinnert daran, dass der Fluss früher eine Grenze gewesen sei."
    passages = import_text(report(forum(opening, IMPULSE))).said("forum-1")
    assert [(p.speaker_id, p.role) for p in passages] == [
        ("silke-vautrin", Role.MODERATOR),
        ("kaspar-rennebohm", Role.IMPULSE),
    ]


def evidence(passage: Passage) -> tuple[str, bool]:
    assert passage.evidence is not None
    return passage.evidence.rule, passage.evidence.confidence >= 0.9


def test_every_attribution_keeps_the_rule_and_the_characters_it_was_read_from() -> None:
    text = report(forum(IMPULSE, GOES_ON, TALK))
    named, going_on, talk = import_text(text).said("forum-1")
    assert evidence(named) == ("named", True)
    assert evidence(going_on) == ("continued", True)
    assert evidence(talk) == ("lead_in", True)
    assert named.evidence is not None
    assert [text[start:end] for start, end in named.evidence.read_from] == ["Kaspar Rennebohm"]


def test_what_was_read_from_the_order_alone_is_a_doubt() -> None:
    passages = import_text(
        report(forum("Leitfragen:", "1. Wer bezahlt den Steg?\n2. Wer geht darüber?", GOES_ON))
    ).said("forum-1")
    assert passages[-1].speaker_id == "kaspar-rennebohm"
    assert passages[-1].evidence is not None
    assert passages[-1].evidence.confidence < 0.9
    assert passages[-1].evidence.doubt


def test_the_report_of_one_speakers_talk_is_that_speakers_throughout() -> None:
    text = keynote(
        "Achterkamp begann mit der Geschichte der Straße am Ufer und nannte sie ein Missverständnis.",
        "Die Straße sei nie für Menschen gebaut worden.",
        "Zum Schluss riet Achterkamp, die Straße im Sommer zu sperren, und Achterkamp lud alle zum Gehen ein.",
    )
    passages = import_text(report(text)).said("keynote")
    assert {(p.kind, p.speaker_id, p.role) for p in passages} == {(Kind.REPORTED, "benno-achterkamp", Role.SPEAKER)}


def test_a_speech_with_quotations_stays_the_speakers() -> None:
    text = keynote(
        "Ich habe den Fährmann gefragt. Er sagte mir: „Ich fahre, solange ich kann, und dann fährt mein Sohn.“ Das hat "
        "mich gerührt.",
        "Der Fährmann meinte, er habe nie eine Brücke gebraucht. Er sei immer hinübergekommen.",
    )
    passages = import_text(report(text)).said("keynote")
    assert {(p.kind, p.speaker_id, p.voice.value) for p in passages} == {(Kind.SPEECH, "benno-achterkamp", "verbatim")}

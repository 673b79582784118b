"""Interjections: printed among somebody's words, but nobody's statement."""

from __future__ import annotations

from printing import import_text, panel, report

from kb.model import Kind, Voice


def test_an_interjection_goes_into_nobodys_mouth() -> None:
    found = import_text(
        report(panel("Theda Quast: Wer zahlt die Brücke?", "Ruven Maibaum: Wir alle.\n\n(Beifall)\n\nUnd zwar gern."))
    ).of("gespraechsrunde")
    turn = next(passage for passage in found if passage.speaker_id == "ruven-maibaum")
    aside = next(passage for passage in found if passage.kind is Kind.INTERJECTION)
    assert turn.text == "Wir alle.\n\nUnd zwar gern."
    assert (aside.text, aside.voice, aside.speaker_id) == ("(Beifall)", Voice.EDITORIAL, None)

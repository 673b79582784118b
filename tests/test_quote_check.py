"""The verdicts on quotations: for each the plain case, those that look like it, and what must never be verbatim."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quote_samples import OWN, checked, quote_index

from kb.index import Index
from kb.polarity import flips_sense
from kb.quote_check import QuoteCheck
from kb.quote_json import checked_json
from kb.quote_words import words_of
from kb.quotes import MAX_CHARACTERS, MAX_QUOTES, NothingToCheck, Quote, TooMuch, Verdict


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = quote_index(tmp_path_factory.mktemp("quotes"))
    yield opened
    opened.close()


FIRST = "Die Wege am Wasser sind für alle Menschen da"
LINDENS = "Wir haben dort zwölf Linden gepflanzt, die heute schon Schatten geben"

VERDICTS = [
    # verbatim: style makes no difference
    ("verbatim", FIRST, "Anna Berg", "7"),
    ("verbatim", FIRST, "", ""),
    ("verbatim", "die Wege am Wasser sind für alle Menschen da.", "Frau Berg", "S. 7"),
    ("verbatim", "»Die  Wege am Was-\nser sind für\u00a0alle Men\u00adschen da …«", "Berg (Stadt Probe)", ""),
    ("verbatim", unicodedata.normalize("NFD", FIRST), "Dr. Anna Berg", "p. 7"),
    ("verbatim", "keiner davon ist älter als »hundert Jahre« - wer hätte das gedacht?", "Berg", ""),
    ("verbatim", "Die Wege […] sind für alle Menschen da, und dafür brauchen wir […] Geduld", "Berg", ""),
    ("verbatim", "[D]ie Wege am Wasser [sic] sind für alle Menschen da", "Berg", ""),
    ("verbatim", LINDENS, "Tal", "S. 7 f."),
    ("verbatim", LINDENS, "Tal", "8"),
    ("verbatim", "Ein Platz ohne Bank ist eine Straße für Eilige.", "Rosa Wintermoor", ""),
    ("verbatim", "Das Wasser muss wieder nach oben.", "Jochen Kühnke", ""),
    ("verbatim", "die langfristige Förderung durch den Bund", "Karla Franke", ""),
    ("verbatim", "Gärtnerin", "Anna Berg", ""),
    # other_speaker: somebody else's, whoever is claimed
    ("other_speaker", FIRST, "Jan Tal", "7"),
    ("other_speaker", FIRST, "Mia Schweiger-Lind", ""),
    ("other_speaker", FIRST, "Peter Berg", ""),
    ("other_speaker", FIRST, "Niemand Bekanntes", ""),
    ("other_speaker", FIRST, "Frau", ""),
    ("other_speaker", "Ein Platz ohne Bank ist eine Straße für Eilige.", "Otto Grau", ""),
    # reported: the report's words, claimed or not
    ("reported", "offene Bäche kühlten die Straßen deutlich", "Herr Kühnke", "9"),
    ("reported", "offene Bäche kühlten die Straßen deutlich", "", ""),
    ("reported", "Die Runde wünscht sich mehr Zeit für Gespräche am offenen Bach.", "Karla Franke", ""),
    ("reported", "Das Wasser muss wieder nach oben.", "", ""),
    # page_differs
    ("page_differs", FIRST, "Anna Berg", "8"),
    ("page_differs", "Das ist ein unumkehrbarer Anfang.", "Jan Tal", "S. 7"),
    ("page_differs", FIRST, "", "12"),
    # near
    ("near", "Die Pfade am Wasser sind für alle Menschen da", "Anna Berg", ""),
    ("near", "Die Wege am Wasser sind für Menschen und alle da", "Anna Berg", ""),
    ("near", "Die Wege am Wasser sind dafür für alle Mensche da", "Anna Berg", ""),
    ("near", "dafür brauchen wir Bänke Schatten und Geduld", "Anna Berg", ""),
    ("near", "dafür brauchen wir [in der Stadt] Bänke, Schatten und Geduld", "Anna Berg", ""),
    ("near", "Im Sommer war der Marktplatz leer. Das ist ein unumkehrbarer Anfang.", "Jan Tal", ""),
    ("near", "wer hätte das gedacht.", "Anna Berg", ""),
    ("near", "Offene Bäche kühlen die Straßen deutlich", "Kühnke", ""),
    ("near", "Geduld, Schatten und Bänke", "Anna Berg", ""),
    ("near", f"{FIRST}. Vielen Dank.", "Anna Berg", ""),
    ("near", "Wir haben dort zwölf Linden gepflanzt und werden gewiss im Frühjahr Eichen danebensetzen", "Jan Tal", ""),
    # polarity
    ("polarity", "Unsere Stadt hat 83 Brunnen, und keiner davon ist älter", "Anna Berg", ""),
    ("polarity", "Unsere Stadt hat 38 Brunnen, und einer davon ist älter", "Anna Berg", ""),
    ("polarity", "Die Wege am Wasser sind nicht für alle Menschen da", "Anna Berg", ""),
    ("polarity", "Die Wege am Wasser sind für einige Menschen da", "Anna Berg", ""),
    ("polarity", "Das ist ein umkehrbarer Anfang.", "Jan Tal", ""),
    ("polarity", f"{FIRST}. Niemals.", "Anna Berg", ""),
    ("polarity", "Das ist kein unumkehrbarer Anfang. Im Sommer war der Marktplatz leer.", "Jan Tal", ""),
    ("polarity", "Im Sommer war der Marktplatz nie leer. Das ist ein unumkehrbarer Anfang.", "Jan Tal", ""),
    ("polarity", "die heute schon Schatten geben und viel Pflege brauchen", "Jan Tal", ""),
    ("polarity", "die heute schon Schatten geben und […] viel Pflege brauchen", "Jan Tal", ""),
    ("polarity", "viel Pflege brauchen", "Jan Tal", ""),
    ("polarity", "Wir haben dort elf Linden gepflanzt, die heute schon Schatten geben", "Jan Tal", ""),
    # embedded
    ("embedded", "Wer einen Baum vergisst, der pflanzt Brennholz.", "Anna Berg", ""),
    ("embedded", "Gebt mir ein Fass Wasser und zwei Leute.", "Anna Berg", ""),
    ("embedded", "Danach sei das Geld knapp geworden", "Anna Berg", ""),
    # ambiguous
    ("ambiguous", "die langfristige Förderung durch den Bund", "", ""),
    ("ambiguous", "Bund", "", ""),
    # stitched
    ("stitched", f"{FIRST}. Im Sommer war der Marktplatz leer.", "Anna Berg", ""),
    ("stitched", f"{FIRST} […] Im Sommer war der Marktplatz leer.", "Anna Berg", ""),
    ("stitched", "Das ist ein unumkehrbarer Anfang. Ich denke gern an die alte Gärtnerin.", "Jan Tal", ""),
    # not_found
    ("not_found", "Sprache ist der Schlüssel zu jeder guten Nachbarschaft im Quartier.", "", ""),
    ("not_found", "Der Bach ist die neue Mitte der Stadt.", "Anna Berg", ""),
    ("not_found", "Das ist ein Zoo, wir haben dort", "Jan Tal", ""),
    ("not_found", "Laternenanzünder", "", ""),
]


@pytest.mark.parametrize(("verdict", "text", "speaker", "page"), VERDICTS)
def test_a_quotation_gets_the_verdict_of_its_definition(
    index: Index, verdict: str, text: str, speaker: str, page: str
) -> None:
    found = checked(index, text, speaker, page)
    assert found.verdict == verdict, found.sentence
    assert (not found.matches) == (verdict == "not_found")


def test_a_misprinted_name_is_understood_and_told(index: Index) -> None:
    found = checked(index, "offene Bäche kühlten die Straßen deutlich", "Kühnkee")
    assert found.claim.people == ("jochen-kuehnke",)
    assert any("verstanden als Jochen Kühnke" in note for note in found.notes)


def test_an_unknown_name_is_told(index: Index) -> None:
    assert any("kein bekannter Name" in note for note in checked(index, FIRST, "Frau Nirgends").notes)


@pytest.mark.parametrize(("printed", "quoted"), [("50.000", "50 000"), ("1.500.000", "1 500 000"), ("12", "zwölf")])
def test_a_number_written_otherwise_is_the_same_number(printed: str, quoted: str) -> None:
    assert not flips_sense([(words_of(printed), words_of(quoted))])


def test_a_number_with_another_figure_is_another_number() -> None:
    assert flips_sense([(words_of("50.000"), words_of("5 000"))])


def test_the_difference_is_shown_word_by_word(index: Index) -> None:
    match = checked(index, "Die Pfade am Wasser sind für alle Menschen da", "Anna Berg").matches[0]
    changed = [(piece.printed, piece.quoted) for piece in match.pieces if not piece.is_same]
    assert changed == [("Wege", "Pfade")]
    assert match.printed == FIRST


def test_a_page_is_that_of_the_words_not_that_of_the_passage(index: Index) -> None:
    assert checked(index, "Im Sommer war der Marktplatz leer.").matches[0].pages == ("7",)
    assert checked(index, LINDENS).matches[0].pages == ("7", "8")
    assert checked(index, "Das ist ein unumkehrbarer Anfang.").matches[0].pages == ("8",)


def test_a_page_tells_places_apart_where_no_speaker_is_claimed(index: Index) -> None:
    assert checked(index, "die langfristige Förderung durch den Bund", "", "99").verdict == "ambiguous"


def test_a_sentence_accuses_nobody(index: Index) -> None:
    for _, text, speaker, page in VERDICTS:
        words = checked(index, text, speaker, page).sentence.lower()
        assert not any(word in words for word in ("falsch", "fälsch", "erfunden", "fehler", "lüge"))


def test_too_much_is_refused_before_anything_is_looked_up(index: Index) -> None:
    check = QuoteCheck.of(index.generation)
    with pytest.raises(TooMuch, match="quotations"):
        check.check([Quote(FIRST)] * (MAX_QUOTES + 1))
    with pytest.raises(TooMuch, match="characters"):
        check.check([Quote("a " * MAX_CHARACTERS)])
    with pytest.raises(TooMuch, match="seconds"):
        check.check([Quote(FIRST)] * 3, seconds=-1)


@pytest.mark.parametrize("text", ["", "  ", "„…“", "[…]", "?!", "—"])
def test_a_quotation_without_words_is_refused(index: Index, text: str) -> None:
    with pytest.raises(NothingToCheck):
        checked(index, text)


WORDS = OWN.split()
_BLANKS = [" ", "  ", "\n", "\u00a0"]
_MARKS = [("„", "“"), ("“", "”"), ("»", "«"), ('"', '"'), ("", "")]


@st.composite
def stretches(draw: st.DrawFn) -> list[str]:
    start = draw(st.integers(0, len(WORDS) - 6))
    end = draw(st.integers(start + 5, len(WORDS)))
    return WORDS[start:end]


def _is_plain(words: list[str]) -> bool:
    before = WORDS.index(words[0])
    text = " ".join(words)
    return text.count("„") == text.count("“") and not (before and WORDS[before - 1] == "keiner") and words[-1] != "und"


@settings(max_examples=60, deadline=None)
@given(
    stretches().filter(_is_plain), st.sampled_from(_MARKS), st.sampled_from([" ", "  ", "\n", "\u00a0"]), st.booleans()
)
def test_a_printed_stretch_is_verbatim_in_whatever_style(
    index: Index, words: list[str], marks: tuple[str, str], blank: str, decomposed: bool
) -> None:
    text = marks[0] + blank.join(words).replace("–", "-") + marks[1]
    text = unicodedata.normalize("NFD", text) if decomposed else text
    assert checked(index, text, "Anna Berg").verdict == "verbatim"


@settings(max_examples=80, deadline=None)
@given(st.data(), stretches())
def test_a_stretch_with_one_word_changed_is_never_verbatim(index: Index, data: st.DataObject, words: list[str]) -> None:
    inner = [at for at, word in enumerate(words) if any(sign.isalnum() for sign in word)][1:-1]
    at = data.draw(st.sampled_from(inner))
    other = data.draw(
        st.sampled_from(["Tische", "nicht", "grün", "39", "die", ""]).filter(lambda word: word != words[at])
    )
    changed = [*words[:at], *([other] if other else []), *words[at + 1 :]]
    assert checked(index, " ".join(changed), "Anna Berg").verdict is not Verdict.VERBATIM


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=30), st.text(max_size=10))
def test_any_text_gets_a_verdict_or_a_clear_refusal(index: Index, text: str, speaker: str, page: str) -> None:
    try:
        found = checked(index, text, speaker, page)
    except NothingToCheck:
        return
    assert isinstance(found.verdict, Verdict)
    assert found.sentence


def test_printed_words_of_a_report_stay_the_reports(index: Index) -> None:
    answer = checked_json(checked(index, "offene Bäche kühlten die Straßen deutlich"), base_url="http://x")
    assert answer["matches"][0]["words"].startswith("Wortlaut des Berichts:")

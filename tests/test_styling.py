"""References in four styles and two languages: what each says, and that words are never given to the wrong person."""

from __future__ import annotations

import re
import warnings
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from citeproc import CitationStylesStyle
from hypothesis import given
from hypothesis import strategies as st
from samples import a_passage, an_edition

import kb.styling
from kb.citation import cite
from kb.errors import CitationError
from kb.inner_quotes import inner_quotations
from kb.locator import Locator
from kb.model import Event, Kind, Mark, Passage, Publication, Role, Section, Voice
from kb.styling import STYLES, StyledCitation, styled

BASE = "https://wortlaut.example"
QUOTING = "Dazu sagte Bart Muster: „Die Bäche bleiben offen, solange ich lebe.“ Das gefiel mir."
INSIDE = (QUOTING.index("Die Bäche"), QUOTING.index("“"))
STYLE_NAMES, LOCALES = tuple(STYLES), ("de", "en")


def in_style(passage: Passage, style: str = "fussnote", locale: str = "de", **changes: object) -> StyledCitation:
    return styled(cite(passage, an_edition(**changes), base_url=BASE), style, locale)


def reported(text: str = "Herr Muster betont den Nutzen.", **changes: object) -> Passage:
    place = {"kind": Kind.REPORTED, "speakers": ("Bodo Muster",), "locator": Locator("tagung-2024", "forum-1", 7)}
    return a_passage(text, **{**place, **changes})


def part(passage: Passage, selection: tuple[int, int], style: str = "fussnote", quoted: str = "") -> StyledCitation:
    return styled(cite(passage, an_edition(), base_url=BASE, selection=selection, quoted=quoted), style)


@pytest.mark.parametrize("style", STYLE_NAMES)
def test_every_style_keeps_the_csl_schema(style: str) -> None:
    path = Path(kb.styling.__file__).parent / "styles" / f"{style}.csl"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CitationStylesStyle(str(path), locale="de-DE", validate=True)


@pytest.mark.parametrize(
    ("style", "locale", "expected"),
    [
        ("fussnote", "en", ("Ada Beispiel, Begrüßung, in: Wasser in der Stadt (Musterau, 3 May 2024), Musterau: "
         "Institut für Beispiele 2024, pp. 3–4, LINK")),
        ("autor-jahr", "de", ("Beispiel, Ada (2024): Begrüßung. In: Wasser in der Stadt (Musterau, 3. Mai 2024). "
         "Musterau: Institut für Beispiele, S. 3 f. LINK")),
        ("apa", "de", ("Beispiel, A. (2024). Begrüßung. In Wasser in der Stadt (S. 3 f.) [Musterau, 3. Mai 2024]. "
         "Institut für Beispiele. LINK")),
        ("autor-jahr", "en", ("Beispiel, Ada (2024): Begrüßung. In: Wasser in der Stadt (Musterau, 3 May 2024). "
         "Musterau: Institut für Beispiele, pp. 3–4. LINK")),
        ("apa", "en", ("Beispiel, A. (2024). Begrüßung. In Wasser in der Stadt (pp. 3–4) [Musterau, May 3, 2024]. "
         "Institut für Beispiele. LINK")),
        ("presse", "de", "sagte Ada Beispiel am 3. Mai 2024 in Musterau (Wasser in der Stadt, S. 3 f., LINK)"),
        ("presse", "en", "said Ada Beispiel on 3 May 2024 in Musterau (Wasser in der Stadt, pp. 3–4, LINK)"),
    ],
)  # fmt: skip
def test_what_a_reference_says(style: str, locale: str, expected: str) -> None:
    made = in_style(a_passage(page_last="4"), style, locale)
    assert made.reference == expected.replace("LINK", made.citation.link)


@pytest.mark.parametrize(
    ("style", "short"),
    [("autor-jahr", "(Beispiel 2024, S. 3)"), ("apa", "(Beispiel, 2024, S. 3)"), ("fussnote", "")],
)
def test_author_date_styles_put_a_short_reference_behind_the_words(style: str, short: str) -> None:
    made = in_style(a_passage("Bäche ans Licht."), style)
    assert made.short == short
    assert made.words == f"„Bäche ans Licht.“ {short}".rstrip()


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("de", "Bäche ans Licht.", "„Bäche ans Licht“, sagte Ada"),
        ("de", "Bäche ans Licht?", "„Bäche ans Licht?“, sagte Ada"),
        ("de", "Bäche ans …", "„Bäche ans …“, sagte Ada"),
        ("de", "Er rief: „Bäche ans Licht.“", "„Er rief: ‚Bäche ans Licht‘“, sagte Ada"),
        ("en", "Bäche ans Licht.", "“Bäche ans Licht,” said Ada"),
        ("en", "Bäche ans Licht?", "“Bäche ans Licht?” said Ada"),
        ("en", "Bäche ans Licht", "“Bäche ans Licht,” said Ada"),
    ],
)
def test_the_press_style_sets_no_full_stop_before_who_said_it(locale: str, text: str, expected: str) -> None:
    assert in_style(a_passage(text), "presse", locale).text.startswith(expected)


@pytest.mark.parametrize("style", STYLE_NAMES)
@pytest.mark.parametrize("locale", LOCALES)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters='„“”"»«‚‘’›‹'), min_size=1))
def test_reported_words_stand_in_no_quotation_marks_in_any_style(style: str, locale: str, text: str) -> None:
    made = in_style(reported(text), style, locale)
    assert not re.search('[„“”"»«‚‘›‹]', made.words + made.reference)
    assert ("laut Bericht zu Forum 1" if locale == "de" else "according to the report on Forum 1") in made.words
    assert "said" not in made.reference.split()
    assert "sagte" not in made.reference.split()


@pytest.mark.parametrize("style", STYLE_NAMES)
def test_a_report_names_its_person_forum_and_page_right_behind_the_words(style: str) -> None:
    words = in_style(reported(page_first="22", page_last="22"), style).words
    assert re.search(r"\(Muster(,? 2024)?, laut Bericht zu Forum 1, S\. 22\)$", words)


@pytest.mark.parametrize("style", STYLE_NAMES)
def test_an_embedded_quotation_names_who_said_it_and_who_quoted_it(style: str) -> None:
    made = part(a_passage(QUOTING), INSIDE, style)
    assert made.quotation == "„Die Bäche bleiben offen, solange ich lebe.“"
    assert "Bart Muster, zitiert von " in made.whole
    assert "sagte" not in made.reference


def test_who_is_quoted_may_be_given_and_is_else_said_only_if_certain() -> None:
    text = "Ein Meister hat mir gesagt: „Der Schieber sitzt in dreißig Jahren hier.“"
    selection = (text.index("Der Schieber"), len(text) - 1)
    assert part(a_passage(text), selection).reference.startswith("zitiert von Ada Beispiel, ")
    assert part(a_passage(text), selection, quoted="Carl Rohr").reference.startswith(
        "Carl Rohr, zitiert von Ada Beispiel"
    )


def test_marks_at_the_edge_of_a_selection_inside_a_quotation_are_no_words_of_it() -> None:
    made = part(a_passage(QUOTING), (INSIDE[0] - 1, INSIDE[1] + 1))
    assert made.quotation == "„Die Bäche bleiben offen, solange ich lebe.“"


def test_nobody_is_quoted_where_there_is_no_quotation() -> None:
    with pytest.raises(CitationError, match="lie in no quotation"):
        part(a_passage(QUOTING), (0, 4), quoted="Bart Muster")


def test_a_selection_beyond_the_quotation_is_the_speakers_own() -> None:
    made = part(a_passage(QUOTING), (0, len(QUOTING)))
    assert made.reference.startswith("Ada Beispiel, ")
    assert made.quotation.startswith("„Dazu sagte Bart Muster: ‚Die Bäche")


@pytest.mark.parametrize("text", ["Das Wort „Hitzeinsel“ ist jung.", "Er las „Der kleine Bach“ vor.", "Kein Zeichen."])
def test_a_term_or_a_title_in_quotation_marks_is_no_quotation(text: str) -> None:
    assert inner_quotations(text) == ()


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Zitat Bart Muster:", "Bart Muster"),
        ("So schrieb Frau Dr. Eva von der Aue:", "Eva von der Aue"),
        ("Der Gärtner sagte:", ""),
        ("Bart Muster kam. Dann rief jemand:", ""),
        ("Sie sagte Der Stadt:", ""),
        ("Er sagte Muster:", ""),
    ],
)
def test_who_is_quoted_is_read_only_where_it_is_certain(before: str, speaker: str) -> None:
    (found,) = inner_quotations(f"{before} „Wir bleiben alle hier.“")
    assert found.speaker == speaker


def test_a_range_of_one_speaker_is_joined() -> None:
    passages = [
        a_passage(f"Satz {number}.", locator=Locator("tagung-2024", "begruessung", number)) for number in (1, 2)
    ]
    citation = cite(passages, an_edition(), base_url=BASE)
    assert citation.quotation() == "„Satz 1. Satz 2.“"
    assert citation.key == "tagung-2024:begruessung:1-2"
    assert all(
        passage.fingerprint in styled(citation).citation.permanent_ids[index] for index, passage in enumerate(passages)
    )


def test_a_range_across_speakers_is_refused_by_name() -> None:
    passages = [a_passage(kind=Kind.TURN, speakers=(name,)) for name in ("Ada Beispiel", "Bodo Muster")]
    with pytest.raises(CitationError, match=r"several speakers \(Ada Beispiel, Bodo Muster\)"):
        cite(passages, an_edition(), base_url=BASE)


def test_a_range_of_a_report_names_everybody_it_tells_of() -> None:
    passages = [reported(), reported("Frau Beispiel stimmt zu.", speakers=("Ada Beispiel",))]
    made = styled(cite(passages, an_edition(), base_url=BASE))
    assert made.reference.startswith("Bodo Muster, Ada Beispiel, laut Bericht zu Forum 1, ")


def test_own_words_and_a_report_are_not_joined() -> None:
    with pytest.raises(CitationError, match="own words"):
        cite([a_passage(locator=Locator("tagung-2024", "forum-1", 1)), reported()], an_edition(), base_url=BASE)


def test_pictures_inside_a_range_are_passed_over() -> None:
    passages = [a_passage("Eins."), a_passage("Bild", kind=Kind.CAPTION), a_passage("Zwei.")]
    assert cite(passages, an_edition(), base_url=BASE).words == "Eins. Zwei."


def test_a_selection_is_cited_with_the_page_it_stands_on() -> None:
    passage = a_passage("Vorn steht das. Hinten steht dies.", page_last="4", marks=(Mark(16, "page", "4"),))
    assert ", S. 3, " in part(passage, (0, 15)).reference
    assert ", S. 4, " in part(passage, (16, 34)).reference
    assert ", S. 3 f., " in part(passage, (0, 34)).reference


@pytest.mark.parametrize("selection", [(-1, 3), (3, 3), (5, 2), (0, 99), (4, 5)])
def test_a_selection_of_no_words_is_refused(selection: tuple[int, int]) -> None:
    with pytest.raises(CitationError, match="selects no words"):
        part(a_passage("Eine Zeile."), selection)


@pytest.mark.parametrize("style", STYLE_NAMES)
@pytest.mark.parametrize("locale", LOCALES)
def test_an_edition_of_which_little_is_known_is_cited_cleanly(style: str, locale: str) -> None:
    passage = a_passage(page_first="", page_last="")
    made = in_style(passage, style, locale, publication=Publication(), event=Event(""), sections=())
    assert not re.search(r", ,|\(\)|\[\]|,\)|: ,|  |\.\.|None|, \.", made.whole)
    assert made.citation.link in made.reference


awkward = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufdd0\ufdd1"),
    min_size=1,
    max_size=25,
)


@pytest.mark.parametrize("style", STYLE_NAMES)
@given(title=awkward.filter(str.strip), name=awkward.filter(str.strip))
def test_text_html_and_markdown_say_the_same(style: str, title: str, name: str) -> None:
    passage = a_passage(speakers=(name,))
    made = in_style(passage, style, title=title, sections=(Section("begruessung", title, "welcome"),))
    read = BeautifulSoup(made.html, "html.parser")
    assert read.get_text() == made.text
    assert {tag.name for tag in read.find_all(True)} <= {"i", "a"}
    assert [tag["href"] for tag in read.find_all("a")] == [made.citation.link]
    linked = made.markdown.replace(f"<{made.citation.link}>", made.citation.link)
    assert re.sub(r"\\([\\`*_{}\[\]<>#|~])|\*", lambda mark: mark[1] or "", linked) == made.text


@given(title=st.from_regex(r"[A-Za-zäöüß0-9<>&/ ]{1,20}[a-zäöü]", fullmatch=True).filter(str.strip))
def test_titles_come_through_the_processor_as_they_are(title: str) -> None:
    title = " ".join(title.split())
    made = in_style(a_passage(), "fussnote", title=title)
    assert f"in: {title} (" in made.reference
    assert unescape(made.html).count("<a href") == 1 + title.count("<a href")


@pytest.mark.parametrize("pages", [("A-3", "A-3"), ("5, 7", "5, 7"), ("1 & 2", "1 & 2"), ("iv", "iv")])
def test_page_labels_are_cited_as_printed_whatever_they_are(pages: tuple[str, str]) -> None:
    first, last = pages
    assert f", S. {first}, " in in_style(a_passage(page_first=first, page_last=last)).reference


def test_the_day_of_access_is_told_if_it_is_known() -> None:
    citation = cite(a_passage(), an_edition(), base_url=BASE, accessed=date(2025, 10, 3))
    assert styled(citation).reference.endswith(f"{citation.link} (Zugriff am 3. Oktober 2025)")


def test_a_moderator_is_named_as_such_in_every_style() -> None:
    for style in STYLE_NAMES:
        assert "Moderation" in in_style(a_passage(kind=Kind.TURN, role=Role.MODERATOR), style).reference


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize("locale", LOCALES)
def test_every_voice_can_be_cited_in_every_style(voice: Voice, locale: str) -> None:
    for style in STYLE_NAMES:
        made = in_style(a_passage("Ein Satz steht hier.", voice=voice), style, locale)
        assert ("“" in made.whole) == (voice is Voice.VERBATIM)

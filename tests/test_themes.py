from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import CorpusError
from kb.model import Theme
from kb.themes import MAX_THEMES, Tagger, load_themes

SHIPPED = Path(__file__).parent.parent / "corpus" / "themes.toml"


def make_theme(theme_id: str = "wohnen", *, cues: tuple[str, ...] = (), misleading: tuple[str, ...] = ()) -> Theme:
    return Theme(theme_id, theme_id.title(), theme_id.title(), "", cues, misleading)


def tags(text: str, *themes: Theme, names: tuple[str, ...] = ()) -> dict[str, str]:
    found = Tagger({theme.id: theme for theme in themes}, names).tag(text)
    return {tag.theme: tag.reason for tag in found}


@pytest.mark.parametrize(
    ("cues", "text", "reason"),
    [
        (("Genossenschaft",), "Die Genossenschaften helfen.", "Genossenschaften"),
        (("Wohnung",), "Ein neues Wohnungsunternehmen und eine Wohnung.", "Wohnung, Wohnungsunternehmen"),
        (("Miet*",), "Das Mietrecht gilt.", "Mietrecht"),
        (("soziale Mischung",), "Es geht um die soziale Mischung.", "soziale Mischung"),
        (("Miete?", "Wohnung?"), "Die Miete der Wohnung steigt.", "Miete, Wohnung"),
    ],
)
def test_a_cue_earns_its_theme_and_the_printed_words_are_the_reason(
    cues: tuple[str, ...], text: str, reason: str
) -> None:
    assert tags(text, make_theme(cues=cues)) == {"wohnen": reason}


@pytest.mark.parametrize(
    ("cues", "misleading", "text"),
    [
        (("Miete?",), (), "Die Miete steigt."),  # half a cue needs company
        (("Mut",), (), "Die Armut steigt."),  # short cues are no parts of words
        (("Verein",), ("Vereinbarung",), "Eine Vereinbarung wurde getroffen."),
        (("Sicherheit",), ("soziale Sicherheit",), "Es geht um soziale Sicherheit."),
        (("Markt",), (), "Frau Markt sprach."),
        ((), (), "Alles Mögliche."),
    ],
)
def test_no_theme_for(cues: tuple[str, ...], misleading: tuple[str, ...], text: str) -> None:
    assert tags(text, make_theme(cues=cues, misleading=misleading)) == {}


def test_the_name_of_a_person_is_no_cue() -> None:
    theme = make_theme(cues=("Heimat", "Burg"))
    assert tags("Lena Heimat lobte die Gäste.", theme, names=("Lena Heimat",)) == {}
    assert tags("Die Heimat lobte die Gäste.", theme, names=("Lena Heimat",)) == {"wohnen": "Heimat"}


def test_the_strongest_theme_comes_first_and_only_so_many_are_given() -> None:
    themes = [
        make_theme(f"t{number}", cues=(f"wort{number}", "haus") if number == 5 else (f"wort{number}",))
        for number in range(9)
    ]
    found = list(tags("Haus " + " ".join(f"wort{number}" for number in range(9)), *themes))
    assert len(found) == MAX_THEMES
    assert found[0] == "t5"


def test_a_heading_counts_too() -> None:
    tagger = Tagger({"wohnen": make_theme(cues=("Wohnung?", "Miete?"))})
    assert tagger.tag("Die Miete steigt.") == ()
    assert [tag.theme for tag in tagger.tag("Die Miete steigt.", ("Freie Wohnungen",))] == ["wohnen"]


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ('[[theme]]\nid = "a"\nlabel_de = "A"\n\n[[theme]]\nid = "a"\nlabel_de = "B"\n', 5, "twice"),
        ('[[theme]]\nid = "a"\n', 1, "label_de"),
        ('\n[[theme]]\nlabel_de = "A"\n', 2, "id"),
        ('[[theme]]\nid = "Ä"\nlabel_de = "A"\n', 1, "Ä"),
        ('[[theme]]\nid = "a"\nlabel_de = "A"\ncue = []\n', 1, "cue"),
        ('[[theme]]\nid = "a"\nlabel_de = "A"\ncues = "Haus"\n', 1, "cues"),
        ('[[theme]]\nid = "a"\nlabel_de = "A"\ncues = ["?"]\n', 1, "cues"),
        ("x = 1\n", 1, "theme"),
        ('[theme]\nid = "a"\n', 1, "theme"),
        ("[[theme]\n", 1, "TOML"),
    ],
)
def test_errors_of_the_themes_file_name_the_line(tmp_path: Path, source: str, line: int, message: str) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(CorpusError, match=message) as raised:
        load_themes(path)
    assert raised.value.line == line


def test_without_a_file_there_are_no_themes(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "themes.toml") == {}
    assert Tagger({}).tag("Wohnungen") == ()


def test_the_shipped_themes_load_and_each_is_earned_by_its_first_cues() -> None:
    themes = load_themes(SHIPPED)
    assert len(themes) == 18
    tagger = Tagger(themes)
    for theme in themes.values():
        text = ", ".join(cue.rstrip("?*") for cue in theme.cues[:4])
        assert theme.id in {tag.theme for tag in tagger.tag(text)}


@given(st.text(max_size=300))
def test_any_text_can_be_tagged_and_the_reason_stands_in_it(text: str) -> None:
    for tag in TAGGER.tag(text):
        assert all(reason in text for reason in tag.reason.split(", "))


TAGGER = Tagger(load_themes(SHIPPED))

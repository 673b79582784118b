"""Which words meet in a search and which do not: each pair is asked of a real index."""

from __future__ import annotations

import numpy as np
import pytest
from builders import make_corpus

from indexer.build import build_index
from kb.finding import find
from kb.index import Index, open_index
from kb.results import Search

MEET = [
    # inflection
    ("gehen", "ging"),
    ("ging", "gehen"),
    ("gegangen", "geht"),
    ("Stadt", "Städte"),
    ("Städten", "Stadt"),
    ("Haus", "Häusern"),
    ("Baum", "Bäume"),
    ("Vertrag", "Verträgen"),
    ("Maus", "Mäuse"),
    ("bringen", "gebracht"),
    ("war", "gewesen"),
    ("besser", "gut"),
    ("Themen", "Thema"),
    ("Museum", "Museen"),
    ("Wohnung", "WOHNUNGEN"),
    ("mieten", "mietet"),
    # umlauts, ß, capitals, signs of print
    ("Muehlacker", "Mühlacker"),
    ("Mühlacker", "Muehlacker"),
    ("Gmuend", "Gmünd"),
    ("haeuser", "Häuser"),
    ("Strasse", "Straße"),
    ("Straße", "Strasse"),
    ("STRASSE", "Straßen"),
    ("Ha\u0308user", "Haus"),
    ("Café", "Cafe"),
    ("Pflege", "P\ufb02ege"),
    ("Wohnung", "Woh\u00adnung"),
    # gender
    ("Bürger", "Bürger:innen"),
    ("Bürgerin", "Bürger*innen"),
    ("Bürgerinnen und Bürger", "BürgerInnen"),
    ("Bürger/innen", "Bürgerin/Bürger"),
    ("sachkundiger Bürger", "Sachkundige Bürgerin"),
    ("Ärztinnen", "Arzt"),
    ("Kollegen", "Kollegin"),
    # compounds, hyphens, suspended hyphens
    ("Kleinstädte", "Klein- und Mittelstädte"),
    ("Mittelstadt", "Klein- und Mittelstädte"),
    ("Hauptamt", "Haupt- bzw. Ehrenamt"),
    ("Quartiersbewohner", "Quartiersbewohnerinnen und -bewohner"),
    ("Wohnung", "Wohnungsbaugesellschaften"),
    ("Gesellschaft", "Wohnungsbaugesellschaften"),
    ("Wohnungsbau", "Wohnungsbaugesellschaften"),
    ("EU-Bürger", "EU-Bürgerinnen"),
    ("Mieterauswahl", "Mieter-Auswahl"),
    ("Mieter-Auswahl", "Mieterauswahl"),
    # numbers with signs and units
    ("§ 626", "nach § 626 BGB"),
    ("Paragraf 626", "nach § 626 BGB"),
    ("19 Prozent", "19 %"),
    ("19 %", "19 Prozent"),
    ("50000", "50.000"),
    ("50.000 Euro", "50000 €"),
    # quotes and dashes
    ('"soziale Stadt"', "„Soziale Stadt“"),
    ("»soziale Stadt«", "„Soziale Stadt“"),
    ("Soziale-Stadt-Programm", "„Soziale-Stadt“-Programm"),
    ("Stadt–Land", "Stadt-Land"),
    ("Stadt", "Stadt—und zwar diese"),
    # abbreviations
    ("OB", "Oberbürgermeisterin"),
]

APART = [
    ("aktüll", "aktuell"),
    ("Gmünd", "Gmund"),
    ("drucken", "drücken"),
    ("fordern", "fördern"),
    ("schon", "schön"),
    ("Zahlen", "zählen"),
    ("Stadt", "Staat"),
    ("Bund", "Bündnis"),
    ("Wohnung", "Gewöhnung"),
    ("Term", "Termin"),
    ("Arm", "Armut"),
    ("Bau", "Bauch"),
    ("Amt", "Samt"),
    ("Rat", "Rad"),
    ("Rat", "Heirat"),
    ("Tor", "Motor"),
    ("Miete", "Mitte"),
    ("OB", "ob"),
    ("15", "1,5"),
    ("50", "50.000"),
    ("§ 5", "§ 15"),
    ("=Stadt", "Städte"),
    ('"Stadt"', "Städte"),
    ("Land", "Landung"),
    ("Ort", "Sport"),
    ("Kosten", "Kost"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index with a passage for every printed word, and for what it is held against."""
    folder = tmp_path_factory.mktemp("pairs")
    build_index(make_corpus(folder / "corpus", _printed()), folder / "index")
    return open_index(folder / "index")


def _printed() -> list[str]:
    """Return what the passages say: both words of each pair, but nobody prints "aktüll"."""
    beside = [typed for typed, _ in APART if typed.isalpha() and typed != "aktüll"]
    return list(dict.fromkeys([*(printed for _, printed in (*MEET, *APART)), *beside]))


def meets(index: Index, typed: str, printed: str) -> bool:
    """Return whether the passage that says `printed` has all that was typed, and that for what it is.

    Words of the same stem and what a misspelt word is taken for, which is told, are found, too, but do not count.
    """
    found = find(index.generation, Search(typed))
    texts = [passage.text for passage in index.generation.passages(np.flatnonzero(found.complete & found.matching))]
    is_other_word = found.understood.is_corrected or any("kommt nicht vor" in note for note in found.query.notes)
    return " ".join(printed.split()) in texts and not is_other_word


@pytest.mark.parametrize(("typed", "printed"), MEET)
def test_a_word_finds_its_other_forms(index: Index, typed: str, printed: str) -> None:
    assert meets(index, typed, printed)


@pytest.mark.parametrize(("typed", "printed"), APART)
def test_a_word_does_not_find_another(index: Index, typed: str, printed: str) -> None:
    assert not meets(index, typed, printed)

"""The plain-text reader: bytes to lines, offsets into the source as decoded, refusals that say what to do."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printing import document, write

from indexer.readers import read_source, text
from kb.errors import SourceError


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Erste\nZweite\n", ["Erste", "Zweite"]),
        ("Erste\r\nZweite\r\n", ["Erste", "Zweite"]),
        ("Erste\rZweite\r", ["Erste", "Zweite"]),
        ("Erste\r\nZweite\rDritte\nVierte", ["Erste", "Zweite", "Dritte", "Vierte"]),
        ("Erste\fZweite", ["Erste", "Zweite"]),
        ("\ufeffErste\n", ["Erste"]),
        ("Stra\u0308ucher\n", ["Sträucher"]),
        ("Ver\u00adwaltung\n", ["Verwaltung"]),
        ("Verwal\u00ad\ntung\n", ["Verwal-", "tung"]),
        ("Verwal\ufffe\ntung\n", ["Verwal-", "tung"]),
        ("ﬁnden, Oﬃzier, Tunﬂut\n", ["finden, Offizier, Tunflut"]),
        ("\uf067 Ufer\n\uf0b7 Steg\n", ["• Ufer", "• Steg"]),
        ("Nord\u2010Süd, Rad\u2011Weg\n", ["Nord-Süd, Rad-Weg"]),
        ("  zwei \t Worte  \n", ["zwei Worte"]),
        ("Ufer\u200bweg\x07 am Fluss\n", ["Uferweg am Fluss"]),
        ("„so“ – und ‚so‘ … ½ €\n", ["„so“ – und ‚so‘ … ½ €"]),
    ],
)
def test_lines_are_read_as_printed(source: str, lines: list[str]) -> None:
    assert [line.text for line in document(source).lines] == lines


def test_a_byte_order_mark_is_no_character_of_the_first_line() -> None:
    (line,) = document(b"\xef\xbb\xbfUferweg\n").lines
    assert (line.text, line.span) == ("Uferweg", (1, 8))


def test_blank_lines_before_a_line_its_indent_and_form_feeds_are_kept() -> None:
    lines = document("Eins\n\n\n Zwei\n\fDrei\n\n").lines
    assert [(line.gap, line.indent, line.feed) for line in lines] == [(0, 0, False), (2, 1, False), (1, 0, True)]


def test_offsets_count_the_characters_of_the_source_as_decoded() -> None:
    source = "\ufeffBru\u0308cken\r\n\r\n  ﬁnden\u00ad\r\nsich\f\tüberall "
    for line in document(source).lines:
        assert text.clean(source[line.start : line.end]) == line.text
    assert [line.span for line in document(source).lines] == [(1, 9), (15, 21), (23, 27), (29, 36)]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), max_size=8))
def test_every_printed_character_stands_in_one_line(rows: list[str]) -> None:
    source = "Anfang\n" + "\n".join(rows)
    lines = document(source).lines
    outside = "".join(
        source[end:start]
        for end, start in zip(
            [0, *(line.end for line in lines)], [*(line.start for line in lines), len(source)], strict=True
        )
    )
    assert not any(char.isalnum() for char in outside)
    assert all(unicodedata.is_normalized("NFC", line.text) for line in lines)


def test_the_source_is_known_by_the_digest_of_its_bytes() -> None:
    source = document("Uferweg\r\n").source
    assert (source.file, source.sha256) == ("tagung.txt", hashlib.sha256(b"Uferweg\r\n").hexdigest())


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-32", "mac-roman"])
def test_another_encoding_can_be_asked_for(encoding: str) -> None:
    (line,) = document("Brücken über Flüsse".encode(encoding), encoding=encoding).lines
    assert line.text == "Brücken über Flüsse"


@pytest.mark.parametrize(
    ("name", "content", "encoding", "message"),
    [
        ("a.txt", b"Eins\nZwei\nBr\xfccke", "utf-8", "a.txt:3: byte 12 (0xfc) is not utf-8; .*--encoding cp1252"),
        ("a.txt", "Brücke – Ö".encode(), "ascii", "a.txt:1: byte 2 (0xc3) is not ascii"),
        ("a.txt", b"Text", "klartext", "unknown encoding 'klartext'; try --encoding cp1252"),
        ("a.txt", b"", "utf-8", "the file is empty; nothing to import"),
        ("a.txt", b"\xef\xbb\xbf \r\n\t\f\n", "utf-8", "the file is empty; nothing to import"),
        ("a.txt", b"Text\0mit\0Nullen", "utf-8", "this is a binary file, not plain text; save it as text"),
        ("a.txt", b"%PDF-1.7\n\0\xff\xfe", "cp1252", "this is a binary file"),
        ("a.xls", b"Text", "utf-8", r"no reader for '.xls'; known: .*\.txt"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(
    name: str, content: bytes, encoding: str, message: str, tmp_path: Path
) -> None:
    write(tmp_path, {name: content})
    pattern = message.replace("(", r"\(").replace(")", r"\)")
    with pytest.raises(SourceError, match=pattern) as refusal:
        read_source(tmp_path / name, encoding=encoding)
    assert str(refusal.value).startswith(str(tmp_path / name))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["fehlt.txt", "."])
def test_a_missing_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_source(tmp_path / name)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_BYTES", 1000)
    write(tmp_path, {"a.txt": b"\xff" * 1001})
    with pytest.raises(SourceError, match=r"too large for one proceedings .* import its parts one by one"):
        read_source(tmp_path / "a.txt")

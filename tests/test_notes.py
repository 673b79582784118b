"""Notes: what is wrong with one is told with its line, and what they say is safe HTML whatever it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from samples import write_corpus

from indexer.build import build_index
from kb.corpus import read_corpus
from kb.errors import CorpusError, LocatorError
from kb.note_html import note_html
from kb.notes import LINK, Note, NoteLink, Target, links_of, load_notes, parse_link, pieces
from kb.safe_html import NOTE, sanitised

FINGERPRINT = "~9c1e4b2a"
THEMES = '[[theme]]\nid = "wasser"\nlabel_de = "Wasser"\n'


def notes(*texts: str) -> Mapping[str, str]:
    """Return the files of notes with these texts, `notiz-1` the first, in a corpus with one theme."""
    return {"themes.toml": THEMES, **{f"notes/notiz-{number}.md": text for number, text in enumerate(texts, start=1)}}


CASES: Mapping[str, tuple[Mapping[str, str | bytes], str, str]] = {
    "no title": (notes("Nur Worte."), "notes/notiz-1.md:1", "begins with its title"),
    "second title": (notes("# A\n\nx\n\n# B\n"), "notes/notiz-1.md:5", "has one title"),
    "unknown attribute": (notes("# A {: thema=wasser }"), "notes/notiz-1.md:1", "unknown attribute 'thema=wasser'"),
    "unknown theme": (notes("# A {: theme=feuer }"), "notes/notiz-1.md:1", "unknown theme 'feuer'"),
    "theme with a note already": (
        notes("# A {: theme=wasser }", "# B {: theme=wasser }"),
        "notes/notiz-2.md:1",
        "has a note already: 'notiz-1'",
    ),
    "name that is no slug": ({"notes/Die Bäche.md": "# A"}, "notes/Die Bäche.md", "lower-case ASCII words"),
    "two of one name": (
        {"notes/a/bach.md": "# A", "notes/b/bach.md": "# B"},
        "notes/b/bach.md:1",
        "another note named 'bach': notes/a/bach.md",
    ),
    "not in UTF-8": ({"notes/bach.md": "# Bäche".encode("latin-1")}, "notes/bach.md", "not UTF-8 at byte 3"),
    "link to no note": (notes("# A\n\nSiehe\n[[bach]]."), "notes/notiz-1.md:4", "unknown note 'bach'"),
    "link to nobody": (notes("# A\n[[person:wer]]"), "notes/notiz-1.md:2", "unknown person 'wer'"),
    "link to no theme": (notes("# A\n[[theme:feuer|F]]"), "notes/notiz-1.md:2", "unknown theme 'feuer'"),
    "link to no event": (notes("# A\n[[event:x-1]]"), "notes/notiz-1.md:2", "unknown event 'x-1'"),
    "link to no section": (notes("# A\n[[tagung-2024/x]]"), "notes/notiz-1.md:2", "unknown section 'tagung-2024/x'"),
    "link to no passage": (
        notes("# A\n[[tagung-2024/forum-1/9]]"),
        "notes/notiz-1.md:2",
        "unknown passage 'tagung-2024/forum-1/9'",
    ),
    "link of no kind": (notes("# A\n[[ort:hof]]"), "notes/notiz-1.md:2", "[[ort:hof]] names nothing"),
    "passage shown that is none": (
        notes(f"# A\n\n![[tagung-2024/forum-1/9{FINGERPRINT}]]"),
        "notes/notiz-1.md:3",
        "unknown passage",
    ),
    "passage shown in a line": (
        notes(f"# A\nSo ![[tagung-2024/forum-1/1{FINGERPRINT}]]"),
        "notes/notiz-1.md:2",
        "on a line of its own",
    ),
    "person shown": (notes("# A\n![[person:ada-beispiel]]"), "notes/notiz-1.md:2", "only a passage can be shown"),
    "passage shown without its words": (
        notes("# A\n\n![[tagung-2024/forum-1/1]]"),
        "notes/notiz-1.md:3",
        "with the fingerprint of its words: ![[tagung-2024/forum-1/1~",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_note_is_told_with_file_and_line(case: str, tmp_path: Path, run: Run) -> None:
    files, place, message = CASES[case]
    write_corpus(tmp_path / "corpus", files)
    result = run("check")
    assert result.exit_code == 1
    (told,) = [line for line in result.stderr.splitlines() if "notes" in line]
    assert f"{place}:" in told
    assert message in told


def test_code_and_escaped_brackets_are_no_links(tmp_path: Path) -> None:
    text = "# A\n\nSchreiben Sie `[[bach]]` oder ``a ` [[bach]]``, auch \\[[bach]] und [[]].\n"
    problems: list[CorpusError] = []
    read_corpus(write_corpus(tmp_path / "corpus", notes(text)), problems, tagged=False)
    assert not problems
    shown = note_html("`[[bach]]` und \\[[bach]]", lambda link: ("/x", "x"))
    assert shown == "<p><code>[[bach]]</code> und [[bach]]</p>"


def test_a_changed_note_makes_the_index_stale(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", notes("# A\n\nErst so.\n"))
    build_index(corpus, tmp_path / "index")
    assert not build_index(corpus, tmp_path / "index", force=False).is_new
    (corpus / "notes" / "notiz-1.md").write_text("# A\n\nDann so.\n", encoding="utf-8")
    assert build_index(corpus, tmp_path / "index", force=False).is_new
    (corpus / "notes" / "notiz-1.md").unlink()
    assert build_index(corpus, tmp_path / "index", force=False).is_new


def test_a_note_says_its_theme_language_and_that_it_is_invented(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", {"notes/a/bach.md": "\n# Der Bach {: theme=wasser lang=en .fictional }\nText"})
    assert load_notes(tmp_path / "corpus") == {"bach": Note("bach", "Der Bach", "Text", "wasser", "en", True, line=3)}


@pytest.mark.parametrize(
    ("written", "kind", "target", "label"),
    [
        ("[[bach]]", Target.NOTE, "bach", ""),
        ("[[note:bach| Der Bach ]]", Target.NOTE, "bach", "Der Bach"),
        ("[[person:ada-beispiel]]", Target.PERSON, "ada-beispiel", ""),
        ("[[tagung-2024/forum-1]]", Target.SECTION, "tagung-2024/forum-1", ""),
        ("[[tagung-2024/forum-1/3~9c1e4b2a|hier]]", Target.PASSAGE, "tagung-2024/forum-1/3", "hier"),
    ],
)
def test_a_link_is_read_by_how_it_is_written(written: str, kind: Target, target: str, label: str) -> None:
    match = LINK.search(written)
    assert match
    link = parse_link(match)
    assert (link.kind, link.target, link.label) == (kind, target, label)


def test_a_note_is_cut_where_it_shows_a_passage() -> None:
    note = Note("a", "A", f"Davor [[b]].\n![[x/y/1{FINGERPRINT}]]\n\n![[x/y/2{FINGERPRINT}]]\nDanach.\n")
    cut = pieces(note)
    assert [piece if isinstance(piece, str) else piece.target for piece in cut] == [
        "Davor [[b]].",
        "x/y/1",
        "x/y/2",
        "Danach.\n",
    ]
    assert [(link.target, link.line) for link in links_of(note)] == [("b", 2), ("x/y/1", 3), ("x/y/2", 5)]


def nowhere(link: NoteLink) -> tuple[str, str]:
    return "", link.target


EVIL = [
    '<script>alert("x")</script>',
    "<img src=x onerror=alert(1)>",
    '<div onclick="alert(1)" style="position:fixed">x</div>',
    "<iframe src=//boese.example></iframe>\n\n<style>p{}</style>",
    "[x](javascript:alert(1))",
    "[x](JaVa&#x73;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    '[x](https://a.example "\\" onmouseover=alert(1) x=\\"")',
    "![x](https://boese.example/zaehlen.png)",
    '[![x](https://boese.example/z.png "t")](javascript:alert(1))',
    "![x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]: data:text/html,x 'onload=alert(1)'",
    "<javascript:alert(1)>",
    "[[bach|<img src=x onerror=alert(1)>]]",
    "[[bach|[x](javascript:alert(1))]]",
    '[x](/a"onclick="alert(1))',
    "    <script>x</script>",
    "<p class=masthead id=inhalt>x</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


def assert_harmless(html: str) -> None:
    """Assert that HTML holds nothing but what a note may have."""
    for element in BeautifulSoup(f"<p>{html}", "html.parser").find_all(True):
        assert isinstance(element, Tag)
        assert element.name in {
            *["p", "ul", "ol", "li", "a", "em", "strong", "code", "blockquote", "br", "hr"],
            *(f"h{n}" for n in range(2, 7)),
        }
        assert set(element.attrs) <= {"href", "title"}, element
        address = re.sub(r"[\x00-\x20]", "", unescape(str(element.get("href", ""))))
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in ("http", "https", "mailto"), address


@pytest.mark.parametrize("text", EVIL)
def test_nothing_in_a_note_is_run_or_fetched(text: str) -> None:
    html = note_html(f"Vorher {text} nachher\n\n{text}\n", lambda link: ("/notizen/bach", "Bach"))
    assert_harmless(html)
    assert "Vorher" in html


PARTS = [
    *"ab <>&\"'`[]()!:/\\*_#|\n\t-1.{}=~\u0002\u0003",
    "javascript:",
    "<a href=",
    "onclick=",
    "[[",
    "]]",
    "](",
    "wzxhzdk:0",
]


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_whatever_a_note_says_is_harmless(text: str) -> None:
    assert_harmless(note_html(text, lambda link: ("/notizen/bach", text)))
    assert_harmless(note_html(text, nowhere, deeper=1))


@given(st.text())
def test_whatever_html_is_given_only_the_allowed_comes_out(text: str) -> None:
    for html in (text, f"<a href='{text}'>x</a>", f'<p onclick="{text}">x</p>', f"<script>{text}</script>"):
        once = sanitised(html, NOTE)
        assert_harmless(once)
        assert sanitised(once, NOTE) == once


def test_headings_go_down_with_the_heading_they_stand_under() -> None:
    assert note_html("## A\n\n###### B", nowhere, deeper=1) == "<h3>A</h3>\n<h6>B</h6>"


def test_a_link_that_names_nothing_stays_as_it_is_written() -> None:
    assert note_html("[[ort:hof]]", nowhere) == "<p>[[ort:hof]]</p>"
    with pytest.raises(LocatorError, match="names nothing"):
        list(links_of(Note("a", "A", "[[ort:hof]]")))

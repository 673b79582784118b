"""Builders for small printed texts: a programme, a welcome, and the one section a test is about.

Town, conference and people are invented. Each section stands on a page of its own, so pages are counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from typeset import wrap

from indexer.document import Document
from indexer.importer import import_file
from indexer.pages import Paged, find_pages
from indexer.readers import read_source
from indexer.report import ImportReport
from kb.edition import load_edition
from kb.errors import CorpusError
from kb.model import CONTENT_KINDS, Edition, Passage, Speaker
from kb.people import load_people

WIDTH = 64
"""Characters to a printed line."""

PROGRAMME = """\
Programm

9.30 Uhr Begrüßung
• Marta Ohlendiek, Bürgermeisterin, Stadt Lindenholm

10.00 Uhr Keynote
Wem gehört die Uferstraße?
• Prof. Dr. Benno Achterkamp, Hochschule Tiefensee

11.00 Uhr Gesprächsrunde
Wege durch die Stadt
Theda Quast im Gespräch mit:
• Ruven Maibaum, Leiter des Tiefbauamtes, Stadt Lindenholm
• Nele Kortum, Radverband Tiefensee

13.00 Uhr Foren

Forum 1
Brücken für alle
• Moderation: Dr. Silke Vautrin/Jobst Henneke, Institut für Wege
• Impuls: Kaspar Rennebohm, Stadt Tiefensee

Forum 2
Schulwege ohne Angst
• Moderation: Jobst Henneke, Institut für Wege
• Impulse: Nele Kortum, Radverband Tiefensee
• Ilka Brandis, Elternrat Lindenholm
"""

WELCOME = (
    "Ich begrüße Sie in Lindenholm, wo der Fluss die Stadt in zwei Hälften teilt und jede Brücke ein Versprechen ist. "
    "Wir haben in den letzten Jahren vieles gebaut und manches wieder abgerissen, und ich freue mich auf Ihren Rat."
)


def paragraphs(*texts: str) -> str:
    """Return paragraphs set in lines, a blank line between them; a text that has line breaks is printed as it is."""
    return "\n\n".join(text if "\n" in text else "\n".join(wrap(text, WIDTH)) for text in texts) + "\n"


def welcome(*texts: str) -> str:
    """Return the printed welcome of the mayor."""
    byline = "Begrüßung\n\nMarta Ohlendiek, Bürgermeisterin, Stadt Lindenholm"
    return paragraphs(byline, *(texts or (WELCOME,)))


def keynote(*texts: str) -> str:
    """Return the printed keynote."""
    head = "Keynote\nWem gehört die Uferstraße?\n\nProf. Dr. Benno Achterkamp, Hochschule Tiefensee"
    return paragraphs(head, *texts)


def panel(*turns: str) -> str:
    """Return the printed panel: two panelists and a moderator, then turns."""
    head = (
        "Gesprächsrunde\nWege durch die Stadt\n\nTheda Quast im Gespräch mit:\n"
        "Ruven Maibaum, Leiter des Tiefbauamtes, Stadt Lindenholm\nNele Kortum, Radverband Tiefensee"
    )
    return paragraphs(head, *turns)


def forum(*texts: str) -> str:
    """Return the printed report of Forum 1: two moderators, one impulse."""
    head = (
        "Forum 1\nBrücken für alle\n\nModeration: Dr. Silke Vautrin/Jobst Henneke, Institut für Wege\n"
        "Impuls: Kaspar Rennebohm, Stadt Tiefensee"
    )
    return paragraphs(head, *texts)


def second_forum(*texts: str) -> str:
    """Return the printed report of Forum 2: one moderator, two impulses, the second without a label."""
    head = (
        "Forum 2\nSchulwege ohne Angst\n\nModeration: Jobst Henneke, Institut für Wege\n"
        "Impulse: Nele Kortum, Radverband Tiefensee\nIlka Brandis, Elternrat Lindenholm"
    )
    return paragraphs(head, *texts)


def report(*sections: str, programme: str = PROGRAMME, opening: str = "") -> str:
    """Return a printed report: programme, welcome and sections, parted by form feeds."""
    return "\f".join((programme, opening or welcome(), *sections))


@dataclass(frozen=True)
class Imported:
    """What an import made: the edition as it loads, the people, and the report."""

    edition: Edition
    people: Mapping[str, Speaker]
    report: ImportReport

    def of(self, section: str) -> list[Passage]:
        """Return the passages of a section and of those nested in it."""
        return [p for p in self.edition.passages if p.section == section or p.section.startswith(f"{section}/")]

    def said(self, section: str) -> list[Passage]:
        """Return the passages of a section that carry what was said."""
        return [passage for passage in self.of(section) if passage.kind in CONTENT_KINDS]


def import_text(text: str, *, files: Mapping[str, str] | None = None) -> Imported:
    """Import a printed text into a corpus of its own that holds `files`, and return what it made."""
    with TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        write(corpus, files or {})
        source = write(Path(folder), {"tagung.txt": text}) / "tagung.txt"
        made = import_file(source, corpus)
        people = load_people(corpus / "people.toml")
        problems: list[CorpusError] = []
        edition = load_edition(corpus / "tagung", people, problems)
        assert problems == []
        return Imported(edition, people, made)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `folder`, line ends as they are, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def document(text: str | bytes, *, encoding: str = "utf-8") -> Document:
    """Return a text as the reader hands it on."""
    with TemporaryDirectory() as folder:
        return read_source(write(Path(folder), {"tagung.txt": text}) / "tagung.txt", encoding=encoding)


def paged(text: str) -> Paged:
    """Return the pages of a text."""
    return find_pages(document(text).lines)


def double_spaced(lines: Iterable[str]) -> str:
    """Return lines parted by blank lines, as some converters leave them; a line "" is a printed empty line."""
    return "\n\n".join(lines) + "\n"

"""A new, empty corpus folder for somebody's own collection."""

from __future__ import annotations

from pathlib import Path

from kb.errors import ConflictError

_PEOPLE = """\
# The people of all editions: one table a person, named by an id of lower-case ASCII words joined by hyphens.
# kb import adds those it finds; to write people in by hand, take the hashes away.
#
# [erika-beispiel]
# name = "Erika Beispiel"
# title = "Dr."
# printed = ["Dr. Erika Beispiel", "Frau Beispiel"]
# offices = [{ edition = "tagung-2024", office = "Bürgermeisterin", organisation = "Stadt Beispielstadt" }]
"""

_THEMES = """\
# The themes passages are found under. Take the hashes away and put your own themes in.
#
# cues        words that earn a passage the theme, in any inflected form; "Wort*" is any word that begins so,
#             "Wort^0.5" weighs half.
# misleading  words that only look as if they did.
# scope_note  what belongs here and what does not.
#
# [[theme]]
# id = "wohnen"
# label_de = "Wohnen"
# label_en = "Housing"
# scope_note = "Wohnungsbau, Mieten, Quartiere; nicht: Unterbringung auf Zeit"
# cues = ["Wohnung", "Miete", "Wohnungsbau"]
# misleading = ["Einwohner"]
"""

_README = """\
# Eine Sammlung für Wortlaut

Jede Ausgabe (ein Tagungsband, ein Protokoll) ist ein Ordner mit `edition.toml` und Markdown-Dateien.
`people.toml` nennt die Personen, `themes.toml` die Themen. Der nächste Schritt:

    kb import BERICHT.txt --edition meine-tagung --corpus .
    kb check --corpus .
    kb index --corpus . --index var/index
    kb serve --index var/index

**Rechte.** Die Worte gehören denen, die sie gesprochen, geschrieben und veröffentlicht haben. Legen Sie hier nur ab,
was Sie speichern dürfen, und veröffentlichen Sie den Ordner nur, soweit die Rechte es erlauben. Wer zitiert, nennt
Person, Werk und Seite; `kb cite` schreibt den Nachweis. Am besten liegt der Ordner in einem eigenen, nicht
öffentlichen Git-Archiv.

---

# A collection for Wortlaut

Each edition (proceedings, minutes) is a folder with `edition.toml` and Markdown files. `people.toml` names the people,
`themes.toml` the themes. The commands above are the next step.

**Rights.** The words belong to those who spoke, wrote and published them. Keep here only what you may store, and
publish this folder only as far as the rights allow. Whoever quotes names person, work and page; `kb cite` writes the
reference. The folder is best kept in a git repository of its own that is not public.
"""

_GITIGNORE = """\
# The index is built from the corpus and can always be built again.
var/
"""

FILES = {"people.toml": _PEOPLE, "themes.toml": _THEMES, "README.md": _README, ".gitignore": _GITIGNORE}


def create_corpus(folder: Path) -> list[Path]:
    """Return the files written into the new corpus folder `folder`.

    Raises:
        ConflictError: `folder` is a file, or a folder that is not empty; nothing is written then.
    """
    if folder.exists() and not folder.is_dir():
        raise ConflictError(f"{folder}: is a file; name a folder that is empty or not there yet")
    if folder.is_dir() and any(folder.iterdir()):
        raise ConflictError(f"{folder}: the folder is not empty; name one that is empty or not there yet")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in FILES]


def next_commands(folder: Path) -> list[str]:
    """Return the commands that lead from a new corpus to a page in the browser; its index lies inside it."""
    return [
        f"kb import FILE --corpus {folder}",
        f"kb index --corpus {folder} --index {folder / 'var' / 'index'}",
        f"kb serve --index {folder / 'var' / 'index'}",
    ]

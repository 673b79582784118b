"""Builders with defaults: each test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kb.locator import Locator
from kb.model import Kind, Passage, Role, ThemeTag, Voice, default_voice

PEOPLE = {"anna-berg": "Anna Berg", "jan-tal": "Jan Tal"}


def make_passage(
    text: str = "Wir bauen Wohnungen für alle.",
    *,
    edition: str = "probe-2020",
    section: str = "forum-1",
    ordinal: int = 1,
    order: int = 0,
    kind: Kind = Kind.SPEECH,
    voice: Voice | None = None,
    speaker: str | None = "Anna Berg",
    role: Role | None = Role.SPEAKER,
    page: str = "7",
    themes: Iterable[str] = (),
    headings: tuple[str, ...] = (),
    section_title: str = "Forum 1: Bauen",
) -> Passage:
    """Return a passage by one speaker (or nobody)."""
    names = (speaker,) if speaker else ()
    return Passage(
        locator=Locator(edition, section, ordinal),
        order=order,
        kind=kind,
        voice=voice or default_voice(kind, has_speaker=bool(names)),
        text=text,
        page_first=page,
        page_last=page,
        section_title=section_title,
        speaker_ids=tuple(name.lower().replace(" ", "-") for name in names),
        speakers=names,
        speaker_printed=speaker,
        role=role if names else None,
        headings=headings,
        themes=tuple(ThemeTag(theme, "Wort") for theme in themes),
    )


def make_corpus(
    folder: Path,
    paragraphs: Iterable[str] = ("Wir bauen neue Wohnungen in den Städten.", "Die Nachbarschaft hilft."),
    *,
    edition: str = "probe-2020",
    date: str = "2020-05-04",
    people: Mapping[str, str] = PEOPLE,
    themes: str = "",
) -> Path:
    """Write a corpus folder with one more edition and return it.

    A paragraph without an attribute list of its own is a speech by Anna Berg in section `forum-1`, numbered from 1.
    """
    edition_folder = folder / edition
    edition_folder.mkdir(parents=True)
    names = "".join(f'["{person_id}"]\nname = "{name}"\n' for person_id, name in people.items())
    (folder / "people.toml").write_text(names, encoding="utf-8")
    (folder / "themes.toml").write_text(themes, encoding="utf-8")
    (edition_folder / "edition.toml").write_text(
        f'title = "Tagung {edition}"\nfictional = true\nfirst_page = "5"\n'
        f'[event]\ntitle = "Tagung {edition}"\ndate = {date}\nplace = "Musterstadt"\n'
        '[[section]]\nid = "forum-1"\ntitle = "Bauen"\nheading = "Forum 1"\nkind = "forum"\n'
        '[[section]]\nid = "forum-1/impuls"\ntitle = "Impuls"\nkind = "talk"\n',
        encoding="utf-8",
    )
    blocks = [_block(text, number) for number, text in enumerate(paragraphs, start=1)]
    (edition_folder / "01-forum.md").write_text(
        "\n\n".join(["# Bauen {: #forum-1 }", *blocks]) + "\n", encoding="utf-8"
    )
    return folder


def _block(text: str, number: int) -> str:
    if "{:" in text:
        return text
    return f"{text}\n{{: #forum-1-{number} .speech by=anna-berg role=speaker }}"

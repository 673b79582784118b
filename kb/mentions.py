"""Which notes speak of somebody or something: the links of all notes, read backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kb.locator import Locator, parse_locator
from kb.model import Passage
from kb.notes import Note, Target, links_of

Mentioned = tuple[Target, str]
"""What is spoken of: its kind and its id."""


def mentions(notes: Mapping[str, Note], passage_at: Callable[[Locator], Passage | None]) -> dict[Mentioned, list[Note]]:
    """Return by what is spoken of the notes that do, in the order of their titles.

    A note that links to a passage speaks of its section, its event and those whose words it holds as well. The note on
    a theme is not listed with that theme, nor any note with itself.
    """
    found: dict[Mentioned, list[Note]] = {}
    for note in sorted(notes.values(), key=lambda note: (note.title, note.name)):
        own = {(Target.NOTE, note.name), (Target.THEME, note.theme)}
        for mentioned in dict.fromkeys(_mentioned(note, passage_at)):
            if mentioned not in own:
                found.setdefault(mentioned, []).append(note)
    return found


def _mentioned(note: Note, passage_at: Callable[[Locator], Passage | None]) -> Iterator[Mentioned]:
    for link in links_of(note):
        yield link.kind, link.target
        if link.kind is Target.SECTION:
            yield Target.EVENT, link.target.partition("/")[0]
        elif link.kind is Target.PASSAGE:
            locator, _ = parse_locator(link.target)
            yield Target.EVENT, locator.edition
            yield Target.SECTION, f"{locator.edition}/{locator.section}"
            passage = passage_at(locator)
            yield from ((Target.PERSON, speaker) for speaker in (passage.speaker_ids if passage else ()))

"""A small corpus as files, and its passages and edition as the model has them; a test changes what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kb.locator import Locator
from kb.model import Edition, Event, Kind, Passage, Publication, Section, default_voice

PEOPLE = """\
[ada-beispiel]
name = "Ada Beispiel"
title = "Dr."
printed = ["Dr. Ada Beispiel", "Frau Beispiel"]
offices = [{ edition = "tagung-2024", office = "Bürgermeisterin", organisation = "Stadt Musterau" }]

[bodo-muster]
name = "Bodo Muster"
"""

EDITION = """\
title = "Wasser in der Stadt"
fictional = true

[event]
title = "Wasser in der Stadt"
date = 2024-05-03
place = "Musterau"

[publication]
place = "Musterau"
publisher = "Institut für Beispiele"
year = 2024

[[section]]
id = "begruessung"
title = "Begrüßung"
kind = "welcome"

[[section]]
id = "forum-1"
heading = "Forum 1"
title = "Bäche öffnen"
kind = "forum"
impulse = ["bodo-muster"]
"""

WORDS = """\
# Begrüßung {: #begruessung }

⟦S. 3⟧ Willkommen in Musterau, der Stadt an drei Bächen.
{: #begruessung-1 .speech by=ada-beispiel role=speaker }

Wir öffnen die Bäche, die ⟦S. 4⟧ unsere Großeltern zugedeckt haben.
{: #begruessung-2 .speech by=ada-beispiel role=speaker }

# Forum 1: Bäche öffnen {: #forum-1 }

⟦S. 5⟧ Herr Muster berichtet, dass ein offener Bach die Straße kühlt.
{: #forum-1-1 .reported by=bodo-muster role=impulse }

Die Teilnehmenden wünschen sich Bänke am Wasser.
{: #forum-1-2 .discussion }
"""

EVIDENCE = """\
{"source": {"file": "tagung.txt", "sha256": "00"}, "written": {}}
{"id": "tagung-2024/forum-1/1", "spans": [[300, 360]], "rule": "so_herr", "confidence": 0.7, \
"doubt": "surname only", "written": {"kind": "reported", "by": "bodo-muster", "role": "impulse"}}
"""

FILES: Mapping[str, str] = {
    "people.toml": PEOPLE,
    "tagung-2024/edition.toml": EDITION,
    "tagung-2024/01-tagung.md": WORDS,
    "tagung-2024/evidence.jsonl": EVIDENCE,
}


def write_corpus(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write the small corpus into `folder` and return it; `files` replace or add to its files."""
    for name, text in {**FILES, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def a_passage(text: str = "Ein Satz.", **changes: Any) -> Passage:
    """Return a passage of `tagung-2024/begruessung`; voice and names follow from kind and speakers."""
    kind = changes.get("kind", Kind.SPEECH)
    speakers: tuple[str, ...] = changes.pop("speakers", ("Ada Beispiel",) if kind in (Kind.SPEECH, Kind.TURN) else ())
    defaults: Mapping[str, Any] = {
        "locator": Locator("tagung-2024", "begruessung", 1),
        "order": 0,
        "kind": kind,
        "voice": default_voice(kind, has_speaker=bool(speakers)),
        "text": text,
        "page_first": "3",
        "page_last": "3",
        "section_title": "Begrüßung",
        "speakers": speakers,
        "speaker_ids": tuple(name.lower().replace(" ", "-") for name in speakers),
    }
    return Passage(**{**defaults, **changes})


def an_edition(**changes: Any) -> Edition:
    """Return the edition `tagung-2024` with a welcome and a forum, without words."""
    defaults: Mapping[str, Any] = {
        "id": "tagung-2024",
        "title": "Wasser in der Stadt",
        "event": Event("Wasser in der Stadt", date(2024, 5, 3), "Musterau"),
        "publication": Publication(publisher="Institut für Beispiele", place="Musterau", year=2024),
        "sections": (
            Section("begruessung", "Begrüßung", "welcome"),
            Section("begruessung/beispiel", "Dr. Ada Beispiel, Stadt Musterau", "speech"),
            Section("forum-1", "Bäche öffnen", "forum", heading="Forum 1"),
            Section("forum-1/diskussion", "Diskussion", "discussion"),
        ),
    }
    return Edition(**{**defaults, **changes})

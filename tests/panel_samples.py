"""A panel for the tests of the reading pages: questions, answers, a picture, a footnote, an audience."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from indexer.build import build_index
from webapp import create_app

PEOPLE = """\
[mona-frage]
name = "Mona Frage"

[ulf-wort]
name = "Ulf Wort"
offices = [{ edition = "forum-2021", office = "Baurat", organisation = "Stadt Probe" }]

[ina-rede]
name = "Ina Rede"
"""

THEMES = """\
[[theme]]
id = "wohnen"
label_de = "Wohnen"
label_en = "Housing"
scope_note = "Vergeben bei Wohnungen."
cues = ["Wohnung"]
"""

EDITION = """\
title = "Forum 2021"
fictional = true
first_page = "11"

[event]
title = "Forum Probe 2021"
date = 2021-05-04
place = "Probe"

[[section]]
id = "auftakt"
title = "Auftakt"
kind = "speech"

[[section]]
id = "gespraech"
title = "Gespräch"
kind = "panel"
moderators = ["mona-frage"]

[[section]]
id = "gespraech/erste"
title = "Erste Runde"
kind = "part"

[[section]]
id = "gespraech/zweite"
title = "Zweite Runde"
kind = "part"
"""

OPENING = """\
# Auftakt {: #auftakt }

Der Brunnen am Markt braucht Wasser und Schatten, sagt die Baurätin.
{: #auftakt-1 .speech by=ina-rede role=speaker }
"""

PANEL = """\
# Gespräch {: #gespraech }

## Erste Runde {: #erste }

Herr Wort, was kostet ein Brunnen?[^1]
{: #erste-1 .turn by=mona-frage role=moderator }

Ein Brunnen am Markt kostet mit Wasser und Schatten so viel ⟦S. 12⟧wie drei Bänke, und er hält länger.
{: #erste-2 .turn by=ulf-wort role=panelist }

Ulf Wort am Brunnen
{: #erste-3 .caption }

Und die Bänke halten auch.
{: #erste-4 .turn by=ulf-wort role=panelist }

Das sehe ich anders.
{: #erste-5 .turn by=ina-rede role=panelist }

Siehe die Rechnung von 2019 zum Brunnen.
{: #erste-6 .footnote mark=1 }

## Zweite Runde {: #zweite }

### Aus dem Saal

Wir sammeln jetzt Stimmen.
{: #zweite-1 .turn by=mona-frage role=moderator }

Ich wünsche mir Bänke.
{: #zweite-2 .turn by=ina-rede role=audience }
"""


def write_panel_corpus(folder: Path) -> Path:
    """Write the corpus into `folder` and return it."""
    files = {
        "people.toml": PEOPLE,
        "themes.toml": THEMES,
        "forum-2021/edition.toml": EDITION,
        "forum-2021/01-auftakt.md": OPENING,
        "forum-2021/02-gespraech.md": PANEL,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def panel_app(folder: Path, *, report: str = "") -> Flask:
    """Return an application over the corpus, written and indexed in `folder`."""
    build_index(write_panel_corpus(folder / "corpus"), folder / "index")
    return create_app(folder / "index", base_url="https://wortlaut.example", report=report)

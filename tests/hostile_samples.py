"""A corpus whose every printed name, title and word tries to be something else: markup, script, formula, header."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.build import build_index

ATTEMPT = "</script></title>\"'><x-evil onclick=alert(1)><img src=x onerror=alert(1)>&lt;b&gt;{{7*7}}]]>"
"""Ends a script, a title, an attribute and a tag, opens elements of its own, and is a template and half an entity."""

LINES = "\r\nX-Evil: 1\r\n\r\n<x-evil>"
FORMULA = "=HYPERLINK(1)"


def said(name: str) -> str:
    """Return a TOML string with the attempt in it, so that each place where it comes out can be told apart."""
    return json.dumps(f"{name} {ATTEMPT}")


def _people() -> str:
    return f"""\
[anna-berg]
name = {said("Anna Berg")}
title = {said("Dr.")}
note = {said("Notiz")}
printed = [{said("Frau Berg")}]
offices = [{{ edition = "tagung-2020", office = {said("Amt")}, organisation = {said("Haus")} }}]

[formel]
name = {json.dumps(FORMULA)}
"""


def _themes() -> str:
    return f"""\
[[theme]]
id = "wohnen"
label_de = {said("Wohnen")}
label_en = {said("Housing")}
scope_note = {said("Vergeben")}
cues = ["Wohnung"]
"""


def _edition() -> str:
    return f"""\
title = {said("Tagung")}
subtitle = {said("Untertitel")}
note = {said("Bemerkung")}
first_page = "5"

[event]
title = {said("Treffen")}
date = 2020-05-04
place = {said("Ort")}
organisers = [{said("Institut")}]

[publication]
title = {json.dumps("Band" + LINES)}
publisher = {said("Verlag")}
place = {said("Verlagsort")}
year = 2021
editors = [{said("Hrsg.")}]
doi = {said("10.1/1")}
isbn = {said("978")}
rights = {json.dumps("https://evil.example/>;rel=x" + LINES)}

[[section]]
id = "begruessung"
heading = {said("Teil")}
title = {said("Begrüßung")}
subtitle = {said("Unter")}
kind = "welcome"
time = {said("9.00")}
speakers = ["anna-berg"]

[[section]]
id = "runde"
title = {said("Runde")}
kind = "panel"
moderators = ["formel"]
"""


_WELCOME = f"""\
# Begrüßung {{: #begruessung }}

### Überschrift {ATTEMPT.replace("{{7*7}}", "")}

Jede Wohnung[^1] zählt: {ATTEMPT.replace("{{7*7}}", "")} sagte sie.
{{: #begruessung-1 .speech by=anna-berg role=speaker }}

javascript:alert(1) ist kein Link, \\[so\\](javascript:alert\\(1\\)) auch nicht.
{{: #begruessung-2 .speech by=anna-berg role=speaker }}

Bild {ATTEMPT.replace("{{7*7}}", "")}
{{: #begruessung-3 .caption }}

Note {ATTEMPT.replace("{{7*7}}", "")}
{{: #begruessung-4 .footnote mark=1 }}
"""

_PANEL = """\
# Runde {: #runde }

=1+1 Wohnung und Brunnen.
{: #runde-1 .turn by=formel role=moderator }

@SUM(1) Wohnung und Brunnen.
{: #runde-2 .turn by=anna-berg role=panelist }
"""


_NOTE = f"""\
# Notiz {ATTEMPT.replace("{{7*7}}", "")} {{: theme=wohnen }}

{ATTEMPT.replace("{{7*7}}", "")} und [ein Link](javascript:alert(1)) und <javascript:alert(2)>.

[[person:anna-berg]] [[theme:wohnen|{ATTEMPT.replace("{{7*7}}", "").replace("]]", "")}]]

![[tagung-2020/begruessung/1~86122238]]
"""


def hostile_index(folder: Path) -> Path:
    """Return the index of the corpus, written in `folder`."""
    files = {
        "people.toml": _people(),
        "themes.toml": _themes(),
        "notes/boese.md": _NOTE,
        "tagung-2020/edition.toml": _edition(),
        "tagung-2020/01-begruessung.md": _WELCOME,
        "tagung-2020/02-runde.md": _PANEL,
    }
    for name, text in files.items():
        path = folder / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build_index(folder / "corpus", folder / "index")
    return folder / "index"

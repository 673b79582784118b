"""A small corpus in which everything a page prints occurs, and names and words that try to be HTML."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from indexer.build import build_index
from kb.locator import fingerprint
from webapp import create_app

PAGES = (
    "/",
    "/hilfe",
    "/ueber",
    "/suche",
    "/suche?q=Brunnen&page=2",
    "/suche?q=Zeppelin",
    "/suche?q=Wohnung&speaker=anna-berg&voice=-editorial",
    "/suche?q=Brunnen&group=speaker",
    "/suche?q=Brunnen&group=section",
    "/suche/kontext?q=Brunnen&by=left",
    "/suche/verteilung?q=Wohnung",
    "/suche/auswahl/speaker",
    "/tagung-2020/begruessung/berg/1?view=alone",
    "/tagung-2020",
    "/angaben-2018",
    "/tagung-2020/begruessung",
    "/tagung-2020/forum-1",
    "/tagung-2020/runde?q=Brunnen",
    "/tagung-2020/forum-1/1~00000000",
    "/tagung-2020/begruessung/berg/1?w=1-2&w=9-12",
    "/tagung-2020/seite/6",
    "/personen",
    "/personen/anna-berg",
    "/personen/boese?voice=verbatim",
    "/themen",
    "/themen/wohnen",
    "/notizen",
    "/notizen/wohnen",
    "/pruefen",
    "/merkliste",
    "/merkliste?p=tagung-2020/begruessung/berg/1~00000000&n1=Notiz&p=tagung-2020/forum-1/2&p=tagung-2020/runde/1&p=nirgends/x/1",
    "/merkliste?plus=nirgends",
    "/impressum",
    "/datenschutz",
    "/kontakt",
    "/nirgends",
    "/tagung-2020/runde/999",
)
"""A page of each kind, with the operator's pages."""

EVIL = '<script>alert("x")</script>'

PEOPLE = """\
[anna-berg]
name = "Anna Berg"
title = "Dr."
printed = ["Frau Berg", "Anna Berk"]
offices = [{ edition = "tagung-2020", office = "Stadträtin", organisation = "Stadt Probe" }]

[jan-tal]
name = "Jan Tal"

[stumm-er]
name = "Ida Schweiger"

[boese]
name = "Eva <b>Fett</b> & Söhne"
offices = [{ edition = "tagung-2020", office = "<img src=x onerror=alert(1)>" }]
"""

THEMES = """\
[[theme]]
id = "wohnen"
label_de = "Wohnen <i>und</i> Bauen"
label_en = "Housing"
scope_note = "Vergeben bei <u>Wohnungen</u>."
cues = ["Wohnung"]
"""

EDITION = """\
title = "Tagung 2020"
fictional = true
first_page = "5"

[event]
title = "Tagung Probe 2020"
date = 2020-05-04
place = "Probe"
organisers = ["Institut A", "Stadt B"]

[[section]]
id = "begruessung"
title = "Begrüßung"
kind = "welcome"
time = "9.00"
speakers = ["anna-berg", "stumm-er"]

[[section]]
id = "begruessung/berg"
title = "Dr. Anna Berg"
kind = "speech"

[[section]]
id = "forum-1"
heading = "Forum 1"
title = "Bauen & <em>Wohnen</em>"
kind = "forum"
impulse = ["jan-tal"]

[[section]]
id = "runde"
title = "Runde"
kind = "panel"
moderators = ["boese"]
"""

WELCOME = f"""\
# Begrüßung {{: #begruessung }}

## Dr. Anna Berg {{: #berg }}

Willkommen in Probe, wo jede Wohnung[^1] zählt und die Häu⟦S. 6⟧ser alt sind.
{{: #berg-1 .speech by=anna-berg role=speaker as="Anna Berk" }}

### Ein Wort zum Schluss

Wer {EVIL} ruft, wird gehört.
{{: #berg-2 .speech by=anna-berg role=speaker }}

Anna Berg am Pult
{{: #berg-3 .caption }}

Siehe den Bericht von 2019.
{{: #berg-4 .footnote mark=1 }}
"""

FORUM = """\
# Forum 1: Bauen & Wohnen {: #forum-1 }

⟦S. 7⟧ Jan Tal berichtete, dass offene Bäche kühlen.
{: #forum-1-1 .reported by=jan-tal role=impulse }

Die Runde wünscht sich Bänke.
{: #forum-1-2 .discussion mark="–" }

Wie geht es weiter?
{: #forum-1-3 .questions mark="1." }
"""


def _turns(count: int) -> str:
    turns = (
        f"Beitrag Nummer {number} über Brunnen.\n{{: #runde-{number} .turn by=boese role=moderator }}\n"
        for number in range(1, count + 1)
    )
    return "# Runde {: #runde }\n\n" + "\n".join(turns)


EVIDENCE = """\
{"source": {"file": "tagung.txt", "sha256": "00"}, "written": {}}
{"id": "tagung-2020/forum-1/1", "spans": [[300, 360]], "rule": "so_herr", "confidence": 0.6, \
"doubt": "Nur der Nachname steht da.", "written": {"kind": "reported", "by": "jan-tal", "role": "impulse"}}
"""

WORDS = "Willkommen in Probe, wo jede Wohnung zählt und die Häuser alt sind."
NOTE = f"""\
# Wohnen & <b>Bauen</b> {{: theme=wohnen .fictional }}

{EVIL} <img src=x onerror=alert(1)>
[Klick](javascript:alert(1)) [Daten](data:text/html,x "t") ![Bild](//a.example/b.png)

## Wer & wo

- [[person:anna-berg]] in [[tagung-2020/forum-1]], [[event:tagung-2020|2020]], [[baeche|<i onclick=x>Bäche</i>]]
- [[tagung-2020/runde/1]] und [[theme:wohnen]]

![[tagung-2020/begruessung/berg/1~{fingerprint(WORDS)}]]

![[tagung-2020/forum-1/1~00000000]]
"""

FACTS_ONLY = """\
title = "Nur Angaben"

[event]
title = "Nur Angaben 2018"
date = 2018-01-02

[[section]]
id = "begruessung"
title = "Begrüßung"
kind = "welcome"

[[section]]
id = "vortrag"
title = "Vortrag"
kind = "talk"
speakers = ["stumm-er"]
"""


def write_web_corpus(folder: Path, *, turns: int = 23) -> Path:
    """Write the corpus into `folder` and return it; `turns` passages tell of a fountain."""
    files = {
        "people.toml": PEOPLE,
        "themes.toml": THEMES,
        "tagung-2020/edition.toml": EDITION,
        "tagung-2020/01-begruessung.md": WELCOME,
        "tagung-2020/02-forum.md": FORUM,
        "tagung-2020/03-runde.md": _turns(turns),
        "tagung-2020/evidence.jsonl": EVIDENCE,
        "angaben-2018/edition.toml": FACTS_ONLY,
        "notes/wohnen.md": NOTE,
        "notes/baeche.md": "# Bäche\n\nMehr unter [[wohnen]].\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def web_app(folder: Path, *, turns: int = 23, base_url: str = "", pages: Path | None = None) -> Flask:
    """Return an application over the corpus, written and indexed in `folder`."""
    build_index(write_web_corpus(folder / "corpus", turns=turns), folder / "index")
    return create_app(folder / "index", base_url=base_url, pages=pages)

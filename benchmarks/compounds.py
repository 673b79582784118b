"""How well and how fast German compounds are split: `python benchmarks/compounds.py [FILE…]`.

A file has one word a line, "|" before each new part and "=" before a word that must stay whole. Without a file the
words below are used. They were written down before the splitter was. Its first run on them gave 96.7 % exact and no
false split, and showed one mistake, the order of two rules ("Innenstadt"), which was mended; so the figure since then
is no longer a blind one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kb.compounds import Splitter

HELD_OUT = """
Schul|entwicklungs|planung Kinder|tages|stätten Jugend|hilfe|ausschuss Flächen|nutzungs|plan Bebauungs|plan
Stadt|rat Gemeinde|rats|sitzung Verkehrs|wende Fahr|rad|wege Klima|schutz|konzept Energie|versorgung Müll|abfuhr
Wasser|werke Pflege|heimen Kranken|haus|träger Senioren|beirat Ehren|amts|börse Vereins|leben
Mehr|generationen|haus Nachbarschafts|hilfe Sozial|arbeiterinnen Miet|erhöhungen Grund|stücks|preise
Bau|land|mobilisierung Dach|geschoss|ausbau Haus|meister Haushalts|lage Gewerbe|steuer|einnahmen Förder|programme
Kreis|tag Land|rätin Amts|gerichte Asyl|bewerber Aufenthalts|erlaubnis Deutsch|kenntnisse Schul|abschlüsse
Ausbildungs|plätzen Fach|kräfte|mangel Lehr|kräften Alters|armut Renten|versicherung Gesundheits|amt
Haus|arzt|praxen Innen|stadt Fuß|gänger|zone Einzel|handel Markt|platzes Beteiligungs|verfahren Rats|mitglieder
Wahl|kampf Zeit|zeugen Glaubens|gemeinschaften Moschee|vereine Menschen|rechts Grund|gesetzes
Hoch|schul|absolventen Sicherheits|dienst Straßen|bahn|linie Wissens|transfer Kultur|zentrums
=Verwaltungen =Ausländerinnen =Bevölkerung =Beteiligungen =Entwicklungen =Erfahrungen =Bewohnerinnen =Gemeinschaft
=Freiheiten =Verständigung =Modernisierung =Digitalisierung =Finanzierung =Professorin =Bürgerschaft =Mannschaften
=Einsamkeit =Demokratisierung =Kapitalismus =Extremismus =Universitäten =Kompetenzen =Generationen =Diskussionen
=Moderatorin =Referentinnen =Abhängigkeit =Auseinandersetzung =Vereinbarungen =Nachhaltigkeit
"""


def measure(name: str, words: Sequence[str], splitter: Splitter) -> None:
    """Print how many words are split as they should be, and those that are not."""
    compounds = [word for word in words if not word.startswith("=")]
    simple = [word[1:] for word in words if word.startswith("=")]
    wrong = [(word, found) for word in compounds if (found := _split(splitter, word)) != word]
    false = [found for word in simple if "|" in (found := _split(splitter, word))]
    print(f"{name}: {len(compounds)} compounds, {1 - len(wrong) / max(1, len(compounds)):.1%} exact", end="; ")
    print(f"{len(simple)} other words, {len(false) / max(1, len(simple)):.1%} split")
    for word, found in wrong:
        print(f"  {word} was split {found}")
    for found in false:
        print(f"  {found} is no compound")


def _split(splitter: Splitter, word: str) -> str:
    return "|".join(splitter.split(word.replace("|", "")))


def time_it(words: Sequence[str], splitter: Splitter) -> None:
    """Print how many words a second are split that were not seen before."""
    started = time.perf_counter()
    # Other endings make words the splitter has not kept yet.
    made = [word.replace("|", "").strip("=") + ending for word in words for ending in ("chen", "haus", "s", "politik")]
    for word in made:
        splitter.split(word)
    print(f"{len(made) / (time.perf_counter() - started):,.0f} words/s")


def main(files: Sequence[str]) -> None:
    """Print the figures for the words of every file, or for the held-out words."""
    started = time.perf_counter()
    splitter = Splitter()
    print(f"lexicon loaded in {time.perf_counter() - started:.1f} s")
    sets = {file: Path(file).read_text(encoding="utf-8").splitlines() for file in files} or {
        "held out": HELD_OUT.split()
    }
    for name, lines in sets.items():
        words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        measure(name, words, splitter)
        time_it(words, splitter)


if __name__ == "__main__":
    main(sys.argv[1:])

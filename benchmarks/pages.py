"""How long the server works at each kind of page, and how much is sent: `python benchmarks/pages.py --index var/index`.

Every passage, section, event, person and theme of the index is asked for, and every view of a search: for the words
most passages have, for some that few have, for phrases, fields and typing errors, all drawn from the index, so that
nobody chose them. Each address is asked for once and then `--repeats` times; the time is that of the whole application,
compression included. What is sent is counted as it travels: page, stylesheets, scripts and icon with their headers,
compressed, and without the fonts.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from kb.index import Index, open_index
from kb.model import Voice
from webapp import create_app
from webapp.library import keep_for_good

TIME, BYTES = 50, 60_000
"""What is promised: milliseconds of the server for 95 of 100 pages, bytes of a page without fonts."""

_COMMON, _SELDOM = 24, 12
_PAGE_PARTS = re.compile(r'<link rel="(?:stylesheet|icon)" href="(/[^"]+)"|<script[^>]* src="(/[^"]+)"')
_IMPORTED = re.compile(r'^import .*?"\./([^"]+)"', re.MULTILINE)
_HEADERS = (("Accept-Encoding", "gzip"), ("Accept-Language", "de"))
_PAGE_OF_LIST = 2
_LISTED = 50

Clock = Callable[[], float]


@dataclass(frozen=True)
class Measured:
    """What one kind of page took: milliseconds for the first time and later; bytes of the largest page."""

    first: Sequence[float]
    later: Sequence[float]
    largest: int
    slowest: str

    @property
    def p95(self) -> float:
        """The milliseconds that 95 of 100 answers do not exceed, first and later ones together."""
        return percentile([*self.first, *self.later], 95)


def main() -> None:
    """Print a table with a row for each kind of page."""
    arguments = _parse_arguments()
    index = open_index(arguments.index)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    print(f"{index.manifest.passages} passages, engine {index.manifest.engine}; load {os.getloadavg()[0]:.1f}")
    clock = time.process_time if arguments.processor else time.perf_counter
    client = create_app(arguments.index).test_client()
    client.get("/")
    keep_for_good()  # as `kb serve` does
    print("| page | addresses | first p50 | first max | p50 | p95 of all | max | largest, bytes | slowest |")
    print("|---|---|---|---|---|---|---|---|---|")
    every: list[float] = []
    for name, paths in addresses(index, common=arguments.words).items():
        one = measured(client, paths, arguments.repeats, clock)
        every += [*one.first, *one.later]
        print(_row(name, len(paths), one), flush=True)
    print(f"all: p50 {percentile(every, 50):.1f} ms, p95 {percentile(every, 95):.1f} ms, {len(every)} answers")


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder (default: var/index)")
    parser.add_argument("--repeats", type=int, default=3, help="times each address is asked again (default: 3)")
    parser.add_argument("--processor", action="store_true", help="time of the processor, on a busy machine")
    parser.add_argument("--words", type=int, default=_COMMON, help=f"so many of the commonest words ({_COMMON})")
    return parser.parse_args()


def _row(name: str, count: int, one: Measured) -> str:
    numbers = (percentile(one.first, 50), max(one.first), percentile(one.later, 50), one.p95)
    told = " | ".join(f"{number:.1f}" for number in (*numbers, max(*one.first, *one.later)))
    over = " **over**" if one.p95 > TIME or one.largest > BYTES else ""
    return f"| {name} | {count} | {told} | {one.largest} | {one.slowest}{over} |"


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many of a hundred do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def addresses(index: Index, *, common: int = _COMMON) -> Mapping[str, Sequence[str]]:
    """Return the addresses of each kind of page of an index."""
    asked = queries(index, common=common)
    views = {
        "search": ("/suche", {}),
        "search, second page": ("/suche", {"page": str(_PAGE_OF_LIST)}),
        "search, one voice": ("/suche", {"voice": "verbatim"}),
        "search by speaker": ("/suche", {"group": "speaker"}),
        "search by section": ("/suche", {"group": "section"}),
        "context": ("/suche/kontext", {}),
        "context, sorted": ("/suche/kontext", {"by": "left"}),
        "distribution": ("/suche/verteilung", {}),
        "choice": ("/suche/auswahl/speaker", {}),
        "feed": ("/suche/feed", {}),
    }
    pages = {name: [f"{path}?{urlencode({'q': q, **more})}" for q in asked] for name, (path, more) in views.items()}
    return {
        **{path: [path] for path in ("/", "/hilfe", "/ueber", "/pruefen", "/personen", "/themen", "/nirgends")},
        **pages,
        **dict(_reading(index, asked)),
        "person": [f"/personen/{speaker}" for speaker in index.speakers],
        "person, by voice": [f"/personen/{speaker}?voice={voice}" for speaker in index.speakers for voice in Voice],
        "theme": [f"/themen/{theme}" for theme in index.themes],
        "note": ["/notizen", *(f"/notizen/{name}" for name in index.generation.notes)],
        "reading list of 50": list(_reading_lists(index)),
    }


def _reading(index: Index, asked: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the kinds of pages to read, with their addresses."""
    passages = [passage for edition in index.editions for passage in index.passages_in(edition)]
    sections = [f"/{edition.id}/{section.id}" for edition in index.editions.values() for section in edition.sections]
    printed = {f"/{passage.edition}/seite/{passage.page_first}" for passage in passages if passage.page_first}
    yield "event", [f"/{edition}" for edition in index.editions]
    yield "section", sections
    yield "section, words found", [f"{path}?{urlencode({'q': asked[2]})}" for path in sections]
    yield "passage", [f"/{passage.locator}" for passage in passages]
    yield "passage, alone", [f"/{passage.locator}?view=alone" for passage in passages[::4]]
    yield "printed page", sorted(printed)


def _reading_lists(index: Index) -> Iterator[str]:
    """Yield reading lists of so many passages each, all of the index one after the other; each passage in one."""
    passages = [passage for edition in index.editions for passage in index.passages_in(edition)]
    pinned = [("p", f"{passage.id}~{passage.fingerprint}") for passage in passages]
    for first in range(0, len(pinned), _LISTED):
        yield f"/merkliste?{urlencode(pinned[first : first + _LISTED], safe='/~')}"


def queries(index: Index, *, common: int = _COMMON) -> Sequence[str]:
    """Return what is searched for: nothing, common and rare words, several, phrases, beginnings, errors, fields."""
    words = index.generation.words
    by_use = sorted((words[number] for number in range(len(words))), key=lambda word: (-word.passages, word.form))
    often = [word.printed for word in by_use if word.printed.isalpha()]
    nouns = [word for word in often if word[0].isupper() and len(word) > 4]
    step = max(1, len(nouns) // _SELDOM)
    names = [speaker.name for speaker in index.speakers.values()]
    return (
        "",
        *often[:common],
        *nouns[:common],
        *nouns[step::step],
        *(f"{one} {other}" for one, other in zip(nouns[:6], nouns[6:12], strict=True)),
        *(f"{one} ODER {other}" for one, other in zip(nouns[:4], nouns[8:12], strict=True)),
        *(f'"{often[0]} {noun}"' for noun in nouns[:4]),
        *(f"{noun[:4]}*" for noun in nouns[:4]),
        *(noun[:2] + noun[3:] for noun in nouns[12:20]),
        *names[:4],
        f"{nouns[0]} -{nouns[1]}",
        f"{nouns[2]} stimme:wörtlich",
    )


def measured(client: FlaskClient, paths: Sequence[str], repeats: int, clock: Clock) -> Measured:
    """Return what the pages at these addresses took, and the largest of them."""
    first = [_milliseconds(client, path, clock) for path in paths]
    later = [_milliseconds(client, path, clock) for _ in range(repeats) for path in paths]
    sizes = [transferred(client, path) for path in paths]
    slowest = max(range(len(later)), key=later.__getitem__) % len(paths)
    return Measured(first, later, max(sizes), paths[slowest])


def _milliseconds(client: FlaskClient, path: str, clock: Clock) -> float:
    started = clock()
    client.get(path, headers=_HEADERS)
    return 1000 * (clock() - started)


_static: dict[str, tuple[int, tuple[str, ...]]] = {}


def transferred(client: FlaskClient, path: str) -> int:
    """Return the bytes that travel for a page somebody opens for the first time, without the fonts."""
    page = client.get(path, headers=_HEADERS)
    total = _bytes(page)
    parts = [one or other for one, other in _PAGE_PARTS.findall(client.get(path).get_data(as_text=True))]
    seen: set[str] = set()
    while parts:
        part = parts.pop()
        if part not in seen:
            seen.add(part)
            size, imported = _part(client, part)
            total += size
            parts += imported
    return total


def _part(client: FlaskClient, path: str) -> tuple[int, tuple[str, ...]]:
    """Return the bytes of a static file, and the addresses of the modules it imports."""
    if path not in _static:
        with client.get(path, headers=_HEADERS, buffered=True) as packed, client.get(path, buffered=True) as plain:
            text = plain.get_data(as_text=True) if path.partition("?")[0].endswith(".js") else ""
            _static[path] = _bytes(packed), tuple(f"/static/{name}" for name in _IMPORTED.findall(text))
    return _static[path]


def _bytes(answer: Response) -> int:
    return len(answer.data) + sum(len(name) + len(value) + 4 for name, value in answer.headers)


if __name__ == "__main__":
    main()

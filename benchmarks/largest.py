"""The heaviest page of each kind in a large index: `python benchmarks/largest.py --index var/index`.

`pages.py` asks for every page of a collection; where there are many, what matters are those with the most to show: the
person and the theme with the most passages, the longest section, the commonest word. Each is asked for by a freshly
opened application, so that nothing is remembered ("cold"), and then again ("warm", the median). More than 200 ms warm,
or a page of more than 1 MB before compression, is marked.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from kb.index import Index, open_index
from webapp import create_app

TIME, BYTES = 200, 1_000_000

Asked = tuple[str, dict[str, str | bytes]]
"""An address, and the form posted to it; empty if it is asked for. Bytes are a file."""


def main() -> None:
    """Print a table with a row for each kind of page."""
    arguments = _parse_arguments()
    index = open_index(arguments.index)
    print(f"{index.manifest.passages} passages, {len(index.speakers)} people, {len(index.editions)} editions")
    print("| page | cold, ms | warm, ms | processor, ms | bytes | compressed | |")
    print("|---|---|---|---|---|---|---|")
    for name, asked in _heaviest(index):
        if re.search(arguments.only, name):
            print(_row(name, asked, arguments.index, arguments.repeats), flush=True)


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder (default: var/index)")
    parser.add_argument("--repeats", type=int, default=3, help="times each address is asked again (default: 3)")
    parser.add_argument("--only", default="", metavar="PATTERN", help="only pages with such a name")
    return parser.parse_args()


def _row(name: str, asked: Asked, index: Path, repeats: int) -> str:
    client = create_app(index).test_client()
    client.get("/opensearch.xml")
    cold, _, body = _asked(client, asked)
    again = [_asked(client, asked)[:2] for _ in range(repeats)]
    warm, processor = (statistics.median(times) for times in zip(*again, strict=True))
    packed = _asked(client, asked, accept="gzip")[2]
    mark = " **over**" if warm > TIME or body > BYTES else ""
    return f"| {name} | {cold:.0f} | {warm:.0f} | {processor:.0f} | {body} | {packed} |{mark} |"


def _asked(client: FlaskClient, asked: Asked, accept: str = "identity") -> tuple[float, float, int]:
    """Return the milliseconds that passed, those of the processor, and the bytes of the body."""
    path, form = asked
    headers = {"Accept-Encoding": accept, "Accept-Language": "de"}
    sent = form and {
        key: (BytesIO(value), "text.txt") if isinstance(value, bytes) else value for key, value in form.items()
    }
    passed, used = time.perf_counter(), time.process_time()
    if path.startswith("/api/") and sent:
        answer = client.post(path, json=sent, headers=headers)
    else:
        answer = (
            client.post(path, data=sent, headers=headers)
            if sent
            else client.get(path, headers=headers, follow_redirects=True)
        )
    length = len(answer.get_data())
    passed, used = time.perf_counter() - passed, time.process_time() - used
    if answer.status_code >= 400:
        print(f"{answer.status_code}: {path[:100]}")
    return 1000 * passed, 1000 * used, length


def _heaviest(index: Index) -> Iterator[tuple[str, Asked]]:
    """Yield a name for each kind of page with its heaviest address."""
    passages = [one for edition in index.editions for one in index.passages_in(edition)]
    person = Counter(one for passage in passages for one in passage.speaker_ids).most_common(1)[0][0]
    theme = Counter(tag.theme for one in passages for tag in one.themes).most_common(1)[0][0]
    section = Counter((one.edition, one.section.partition("/")[0]) for one in passages).most_common(1)[0][0]
    edition = Counter(one.edition for one in passages).most_common(1)[0][0]
    longest = max(passages, key=lambda one: len(one.text))
    quotes = "\n\n".join(f"„{' '.join(one.text.split()[:20])}“" for one in passages[:: max(1, len(passages) // 60)])
    pages = {
        "start": "/",
        "people": "/personen",
        "person": f"/personen/{person}",
        "themes": "/themen",
        "theme": f"/themen/{theme}",
        "event": f"/{edition}",
        "section": f"/{'/'.join(section)}",
        "passage": f"/{longest.locator}",
        "passage, alone": f"/{longest.locator}?view=alone",
        "printed page": f"/{longest.edition}/seite/{longest.page_first}",
        "quotation": f"/{longest.locator}?w=1-20",
        "notes": "/notizen",
        "about": "/ueber",
        "help": "/hilfe",
        "sitemap": "/sitemap.xml",
        "robots": "/robots.txt",
        "check": "/pruefen",
        "reading list, 60": f"/merkliste?{urlencode({'p': [str(one.locator) for one in passages[:60]]}, doseq=True)}",
    }
    yield from ((name, (path, {})) for name, path in pages.items())
    twins = ("start", "people", "person", "themes", "theme", "event", "section", "passage", "about", "notes")
    yield from ((f"{name}, JSON", (f"/api/v1{pages[name]}", {})) for name in twins)
    yield "passage, its similar ones, JSON", (f"/api/v1/passages/{longest.locator}/similar", {})
    yield from ((name, (path, {})) for name, path in _searches(index))
    yield "check, quotations", ("/pruefen", {"manuscript": quotes})
    yield "check, quotations, JSON", ("/api/v1/verify", {"manuscript": quotes})


def _searches(index: Index) -> Iterator[tuple[str, str]]:
    """Yield every view of searches: all passages, the commonest word, a common noun, many words, the rarest."""
    words = index.generation.words
    by_use = sorted((words[number] for number in range(len(words))), key=lambda word: (-word.passages, word.form))
    often = [word.printed for word in by_use if word.printed.isalpha()]
    nouns = [word for word in often if word[0].isupper() and len(word) > 4]
    queries = {
        "nothing": "",
        f"„{often[0]}“": often[0],
        f"„{nouns[0]}“": nouns[0],
        "10 nouns": " ".join(nouns[:10]),
        "the rarest": often[-1],
        "a beginning": f"{nouns[0][:2]}*",
        "not one": f"-{nouns[0]}",
    }
    views = {
        "search": "/suche?",
        "search, deep page": "/suche?page=200&",
        "search by speaker": "/suche?group=speaker&",
        "search by section": "/suche?group=section&",
        "context": "/suche/kontext?",
        "context, sorted": "/suche/kontext?by=left&",
        "distribution": "/suche/verteilung?",
        "choice": "/suche/auswahl/speaker?",
        "feed": "/suche/feed?",
        "search, JSON": "/api/v1/search?limit=100&",
        "context, JSON": "/api/v1/concordance?limit=100&",
        "distribution, JSON": "/api/v1/distribution?",
        "export, JSON": "/api/v1/export?format=json&",
    }
    for query, text in queries.items():
        yield from ((f"{view}: {query}", f"{path}{urlencode({'q': text})}") for view, path in views.items())
    beginnings = {beginning: beginning for beginning in ("d", nouns[0][:1], nouns[0][:3])}
    yield from ((f"suggest: {name}", f"/api/v1/suggest?{urlencode({'q': text})}") for name, text in beginnings.items())


if __name__ == "__main__":
    main()

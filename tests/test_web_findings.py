"""The other views of a search: grouped, kept, word by word in context, in figures, as a feed, a long facet whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from web_samples import web_app, write_web_corpus

from indexer.build import build_index
from webapp import facets, keeping

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return web_app(tmp_path_factory.mktemp("findings"), base_url="https://wortlaut.example").test_client()


def read(client: FlaskClient, path: str) -> BeautifulSoup:
    """Return the page at `path`, parsed."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def words(part: BeautifulSoup | Tag | None) -> str:
    """Return the text of a part of a page with single blanks."""
    assert part is not None
    return " ".join(part.get_text(" ").replace("\u00a0", " ").split())


def found(client: FlaskClient, path: str) -> int:
    """Return how many passages the search page at `path` tells."""
    return int(words(read(client, path).select_one("#treffer")).split()[0])


def test_hits_are_grouped_by_person_with_the_way_to_all_of_one(client: FlaskClient) -> None:
    page = read(client, "/suche?kind=turn&kind=speech&group=speaker")
    groups = {words(group.h3): group for group in page.select(".group")}
    assert set(groups) == {"Anna Berg", "Eva <b>Fett</b> & Söhne"}
    of_eva = groups["Eva <b>Fett</b> & Söhne"]
    assert len(of_eva.select(".hit")) == 3
    more = of_eva.select_one(".group__more a")
    assert more is not None
    assert words(more).startswith("alle 23 Stellen")
    assert found(client, str(more["href"])) == 23


def test_hits_of_nobody_are_a_group_that_leads_to_them(client: FlaskClient) -> None:
    page = read(client, "/suche?kind=discussion&group=speaker")
    assert words(page.select_one(".group h3")) == "niemand genannt"
    more = page.select_one(".group__more a")
    assert more is not None
    assert found(client, str(more["href"])) == 1


def test_the_group_of_a_nested_section_says_that_its_link_leads_to_the_section_around_it(client: FlaskClient) -> None:
    more = words(read(client, "/suche?q=Wohnung&group=section").select_one(".group__more"))
    assert more.startswith("suchen in „Begrüßung (2020)“")


def test_a_filter_keeps_the_groups(client: FlaskClient) -> None:
    page = read(client, "/suche?q=Brunnen&group=section")
    toggle = page.select_one("[data-facet=speaker] .choice__toggle")
    assert toggle is not None
    assert "group=section" in str(toggle["href"])
    assert page.select_one("form.search input[name=group][value=section]")


@pytest.mark.parametrize("query", ["Brunnen+ODER+Wohnung", "Brunnen+Wohnung"])
def test_the_files_hold_as_many_passages_as_the_page_tells(client: FlaskClient, query: str) -> None:
    path = f"/suche?q={query}&sort=newest&group=speaker"
    page = read(client, path)
    files = {link.get_text(): str(link["href"]) for link in page.select(".keep a[download]")}
    assert list(files) == ["CSV", "BibTeX", "RIS", "JSON"]
    rows = list(csv.DictReader(io.StringIO(client.get(files["CSV"]).get_data(as_text=True).lstrip("\ufeff"))))
    assert len(rows) == len(client.get(files["JSON"]).get_json()) == found(client, path) > 0


def test_too_much_for_a_file_is_told(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MAX_PASSAGES", 3)
    page = read(client, "/suche?q=Brunnen")
    assert not page.select(".keep a[download]")
    assert "Mehr als 3 Stellen gibt nur kb export aus" in words(page.select_one(".keep"))


def test_a_permanent_link_tells_whether_the_corpus_has_changed(tmp_path: Path) -> None:
    client = web_app(tmp_path, turns=1, base_url="https://wortlaut.example").test_client()
    link = urlsplit(words(read(client, "/suche?q=Brunnen&page=1").select_one("#suchlink")))
    assert link.netloc == "wortlaut.example"
    address = f"{link.path}?{link.query}"
    assert "ist noch die Fassung" in words(read(client, address).main)
    build_index(write_web_corpus(tmp_path / "corpus", turns=2), tmp_path / "index")
    changed = words(read(client, address).main)
    assert "Dieser Link entstand in der Fassung" in changed
    assert "ist noch die Fassung" not in changed


@pytest.mark.parametrize("state", ["", "<b>", "x" * 12, "ABCDEF123456"])
def test_what_is_no_fingerprint_is_not_repeated(client: FlaskClient, state: str) -> None:
    assert "Dieser Link" not in words(read(client, f"/suche?q=Brunnen&stand={quote(state)}").main)


def test_each_occurrence_stands_on_a_line_with_its_context(client: FlaskClient) -> None:
    page = read(client, "/suche/kontext?q=Wohnung")
    assert words(page.select_one("#fundstellen")) == "1 Fundstelle in 1 Stelle"
    line = page.select_one(".kwic__line")
    assert line is not None
    assert "".join(line.select_one(".kwic__words").strings) == (  # type: ignore[union-attr]  # the next lines need it
        "Willkommen in Probe, wo jede Wohnung zählt und die Häuser alt sind."
    )
    assert words(line.mark) == "Wohnung"
    assert words(line.select_one(".kwic__who")) == "Anna Berg, S. 5 · wörtlich"


def test_lines_are_sorted_by_what_stands_after(client: FlaskClient) -> None:
    page = read(client, "/suche/kontext?q=Beitrag&by=right")
    numbers = [words(one).split()[2] for one in page.select(".kwic__right")]
    assert numbers == sorted(numbers)
    assert numbers != [words(one).split()[2] for one in read(client, "/suche/kontext?q=Beitrag").select(".kwic__right")]
    assert page.select_one("form.search input[name=by][value=right]")


def test_the_figures_agree_with_their_json_twin_and_lead_to_the_passages(client: FlaskClient) -> None:
    page = read(client, "/suche/verteilung?q=Brunnen")
    twin = page.select_one("link[rel=alternate][type='application/json']")
    assert twin is not None
    figures = client.get(str(twin["href"])).get_json()
    rows = page.select("section[aria-labelledby=nach-speaker] tbody tr")
    assert [words(row.select("td")[0]) for row in rows] == [str(one["occurrences"]) for one in figures["speaker"]]
    link = rows[0].a
    assert link is not None
    assert found(client, str(link["href"])) == figures["speaker"][0]["passages"]


def test_the_longest_bar_is_as_long_as_there_is_room(client: FlaskClient) -> None:
    for measure in ("", "&measure=relative"):
        page = read(client, f"/suche/verteilung?q=Brunnen+ODER+Wohnung{measure}")
        lengths = [float(str(bar["width"])) for bar in page.select("section[aria-labelledby=nach-speaker] rect")]
        assert max(lengths) == 100
        assert min(lengths) > 0
    assert client.get("/suche/verteilung?q=Brunnen&measure=x").status_code == 400


@pytest.mark.parametrize("path", ["/suche/kontext", "/suche/verteilung"])
@pytest.mark.parametrize("query", ["", "?q=Zeppelin"])
def test_without_occurrences_there_is_a_sentence_and_no_empty_list(client: FlaskClient, path: str, query: str) -> None:
    page = read(client, path + query)
    assert ("Nichts gefunden" if query else "Geben Sie oben ein Wort ein") in words(page.main)
    assert not page.select("ol.kwic, table")


def _feed(client: FlaskClient, query: str) -> ET.Element:
    answer = client.get(f"/suche/feed?{query}")
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.get_data())


def test_the_feed_names_who_in_which_role_and_links_permanently(client: FlaskClient) -> None:
    feed = _feed(client, "q=Wohnung")
    assert feed.findtext(f"{ATOM}id") == "https://wortlaut.example/suche/feed?q=Wohnung"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}title") or "").replace("\u00a0", " ").startswith("Anna Berg (Vortrag), S. 5")
    assert (entry.findtext(f"{ATOM}id") or "").startswith("https://wortlaut.example/tagung-2020/begruessung/berg/1~")
    assert entry.findtext(f"{ATOM}updated") == "2020-05-04T00:00:00Z"


def test_a_feed_holds_only_what_the_query_asks_for(client: FlaskClient) -> None:
    assert len(_feed(client, "q=Brunnen+Wohnung").findall(f"{ATOM}entry")) == 0
    assert len(_feed(client, "q=Brunnne").findall(f"{ATOM}entry")) == 0
    assert len(_feed(client, "q=Brunnen&speaker=-boese").findall(f"{ATOM}entry")) == 0


def test_a_feed_is_well_formed_whatever_was_asked(client: FlaskClient) -> None:
    _feed(client, "q=%00%0B%3C%26%EF%BF%BE%F0%9F%98%80")


def test_a_long_facet_is_cut_and_leads_to_all_of_it(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "_SHOWN", 1)
    monkeypatch.setattr(facets, "_UNFOLDED", 1)
    page = read(client, "/suche")
    assert len(page.select("[data-facet=kind] .choice")) == 2
    link = page.select_one("[data-facet=kind] .facet__all a")
    assert link is not None
    assert link["href"] == "/suche/auswahl/kind"
    whole = read(client, "/suche/auswahl/kind")
    assert len(whole.select(".choice")) == int(words(link).split()[1])


def test_the_values_of_a_facet_are_filtered_without_a_script(client: FlaskClient) -> None:
    page = read(client, "/suche/auswahl/speaker?q=Brunnen&enthaelt=SOEHNE")
    toggle = page.select_one(".choice__toggle")
    assert toggle is not None
    assert toggle["href"] == "/suche?q=Brunnen&speaker=boese"
    assert page.select_one("form.pick-from input[name=q][value=Brunnen]")
    assert "Kein Eintrag enthält „xyz“" in words(read(client, "/suche/auswahl/speaker?enthaelt=xyz").main)
    assert client.get("/suche/auswahl/nirgends").status_code == 404

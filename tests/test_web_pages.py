"""The pages as a reader without JavaScript gets them, over a corpus that tries to be HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import meta, nodes
from web_samples import EVIL, web_app, write_web_corpus

from indexer.build import build_index
from webapp import create_app, pages

EVERY_KIND = [
    "/",
    "/hilfe",
    "/ueber",
    "/suche",
    "/suche?q=Brunnen&page=2",
    "/suche?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/suche?speaker=%3Cb%3Ex%3C/b%3E",
    "/tagung-2020",
    "/angaben-2018",
    "/angaben-2018/vortrag",
    "/tagung-2020/begruessung",
    "/tagung-2020/begruessung/berg",
    "/tagung-2020/forum-1",
    "/tagung-2020/begruessung/berg/2",
    "/tagung-2020/forum-1/1~00000000",
    "/tagung-2020/begruessung/berg/1?w=1-2&w=9-12",
    "/tagung-2020/seite/6",
    "/tagung-2020/runde/7",
    "/personen",
    "/personen/boese",
    "/personen/stumm-er",
    "/themen",
    "/themen/wohnen",
    "/notizen",
    "/notizen/wohnen",
    "/tagung-2020/nirgends",
    "/suche?sort=%3Cb%3E",
    "/suche?q=Brunnen&group=speaker",
    "/suche?group=section&page=9",
    "/suche/kontext",
    "/suche/kontext?q=Brunnen&by=left",
    "/suche/verteilung?q=Wohnung+Brunnen&measure=relative",
    "/suche/verteilung?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/suche/auswahl/speaker?q=Brunnen&enthaelt=%3Cb%3E",
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return web_app(tmp_path_factory.mktemp("web"), base_url="https://wortlaut.example/")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def read(client: FlaskClient, path: str, *, status: int = 200) -> BeautifulSoup:
    """Return the page at `path`, parsed; its status is checked."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def words(part: BeautifulSoup | Tag | None) -> str:
    """Return the text of a part of a page with single blanks."""
    assert part is not None
    return " ".join(part.get_text(" ").split())


@pytest.mark.parametrize("path", EVERY_KIND)
def test_a_page_is_german_has_one_title_and_no_script_or_style_of_its_own(client: FlaskClient, path: str) -> None:
    page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
    assert page.html is not None
    assert page.html["lang"] == "de"
    assert len(page.select("h1")) == 1
    assert len(page.select("main#inhalt")) == 1
    assert page.select_one("a.skip[href='#inhalt']")
    assert not page.select("style, [style], [onclick], [onerror], script:not([src]):not([type='application/ld+json'])")
    assert not page.select("b b, i, u, em, img"), "markup out of the corpus"
    for field in page.select("input:not([type=hidden])"):
        assert page.select(f"label[for='{field['id']}']"), field
    identifiers = [str(one["id"]) for one in page.select("[id]")]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("path", EVERY_KIND)
def test_headings_never_skip_a_level(client: FlaskClient, path: str) -> None:
    page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels


@pytest.mark.parametrize("path", ["/", "/nirgends/da", "/static/style.css", "/api/v1/search", "/suche?page=x"])
def test_every_answer_keeps_foreign_content_out(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def _links(page: BeautifulSoup, path: str) -> Iterator[tuple[str, str]]:
    for link in page.select("a[href]"):
        target = urlsplit(urljoin(f"https://wortlaut.example{path}", str(link["href"])))
        assert target.netloc == "wortlaut.example"
        yield target.path + (f"?{target.query}" if target.query else ""), target.fragment


def test_every_link_leads_somewhere_and_every_anchor_exists(client: FlaskClient) -> None:
    waiting, seen = ["/"], {"/"}
    anchors: dict[str, set[str]] = {}
    wanted: set[tuple[str, str]] = set()
    while waiting and len(seen) < 250:
        path = waiting.pop(0)
        if path.startswith("/api/"):
            assert client.get(path).status_code == 200, path
            continue
        page = read(client, path)
        anchors[path] = {str(one["id"]) for one in page.select("[id]")}
        for target, fragment in _links(page, path):
            if fragment:
                wanted.add((target, fragment))
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    assert len(seen) > 60
    missing = [(path, anchor) for path, anchor in wanted if path in anchors and anchor not in anchors[path]]
    assert not missing


def test_words_from_the_corpus_are_text(client: FlaskClient) -> None:
    page = read(client, "/tagung-2020/begruessung/berg/2")
    assert EVIL in words(page.select_one(".entry--here .words"))
    assert "Eva <b>Fett</b> & Söhne" in words(read(client, "/personen/boese").h1)
    assert "<img src=x onerror=alert(1)>" in words(read(client, "/tagung-2020/runde").main)
    assert "Wohnen <i>und</i> Bauen" in words(read(client, "/themen/wohnen").h1)


def test_the_query_is_shown_as_text(client: FlaskClient) -> None:
    query = '"><script>alert(1)</script>'
    page = read(client, "/suche?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    field = page.select_one("#q")
    assert field is not None
    assert field["value"] == query


def test_the_start_page_tells_events_and_offers_searches_that_find_something(client: FlaskClient) -> None:
    page = read(client, "/")
    assert "4. Mai 2020" in words(page.select_one(".cards")).replace("\u00a0", " ")
    assert "noch keine Worte" in words(page.select_one(".cards"))
    examples = [str(link["href"]) for link in page.select(".examples a")]
    assert len(examples) >= 3
    for path in examples:
        assert read(client, path).select(".hit"), path


def test_facets_toggle_by_links_that_say_everything(client: FlaskClient) -> None:
    page = read(client, "/suche?q=Brunnen")
    toggle = page.select_one("[data-facet=speaker] .choice__toggle")
    assert toggle is not None
    assert "Eva <b>Fett</b> & Söhne 23" in words(toggle)
    assert toggle["href"] == "/suche?q=Brunnen&speaker=boese"
    chosen = read(client, str(toggle["href"]))
    chip = chosen.select_one(".chip")
    assert chip is not None
    assert chip["href"] == "/suche?q=Brunnen"
    assert chosen.select_one("input[type=hidden][name=speaker][value=boese]")


def test_a_value_can_be_excluded_and_taken_back(client: FlaskClient) -> None:
    page = read(client, "/suche")
    exclude = page.select_one("[data-facet=voice] .choice__exclude")
    assert exclude is not None
    there = read(client, str(exclude["href"]))
    assert "Stimme nicht: wörtlich" in words(there.select_one(".chip--excluded"))
    assert not there.select(".hit.words--verbatim")
    back = there.select_one("[data-facet=voice] .choice--excluded .choice__toggle")
    assert back is not None
    assert back["href"] == "/suche"


def test_sections_of_the_same_name_are_told_apart_by_their_year(client: FlaskClient) -> None:
    page = read(client, "/suche?q=Wohnung")
    assert words(page.select_one("[data-facet=forum] .choice__label")) == "Begrüßung (2020)"


def test_a_hit_says_who_where_on_which_page_and_in_which_voice(client: FlaskClient) -> None:
    page = read(client, "/suche?q=Wohnung")
    hit = page.select_one(".hit")
    assert hit is not None
    margin = words(hit.select_one(".margin"))
    for part in ("Anna Berg", "Stadträtin, Stadt Probe", "Vortrag", "S.", "wörtlich"):
        assert part in margin
    assert words(hit.mark) == "Wohnung"
    assert "Wohnen <i>und</i> Bauen (Wohnung)" in words(hit.select_one(".hit__foot"))
    assert words(hit.select_one(".locator")) == "tagung-2020/begruessung/berg/1"


def test_results_come_in_pages(client: FlaskClient) -> None:
    third = read(client, "/suche?q=Brunnen&page=3")
    assert len(third.select(".hit")) == 3
    assert "Treffer 21–23 von 23" in words(third.select_one(".pager"))
    assert not third.select("a[rel=next]")
    beyond = read(client, "/suche?q=Brunnen&page=9")
    assert "Eine Seite 9 gibt es nicht; die Treffer stehen auf 3 Seiten." in words(beyond.main)


def test_beyond_the_last_page_no_hits_are_counted(client: FlaskClient) -> None:
    beyond = read(client, "/suche?q=Brunnen&page=9")
    assert "Treffer" not in words(beyond.select_one(".pager"))
    last = beyond.find("a", string="Zur letzten Seite")
    assert isinstance(last, Tag)
    assert read(client, str(last["href"])).select(".hit")


def test_a_suggestion_is_a_link_that_keeps_filters_and_order(client: FlaskClient) -> None:
    page = read(client, "/suche?q=Beitrag+Brunnne&kind=turn&sort=reading&page=2")
    offer = page.find("a", string="Beitrag Brunnen")
    assert isinstance(offer, Tag)
    assert offer["href"] == "/suche?q=Beitrag+Brunnen&kind=turn&sort=reading"
    assert words(page.main).count("Meinten Sie") == 1


def test_a_correction_that_was_searched_is_told_and_not_offered(client: FlaskClient) -> None:
    page = read(client, "/suche?q=Brunnne")
    assert page.select(".hit")
    assert "Für „Brunnne“ findet sich nichts; gesucht ist „Brunnen“." in words(page.main)
    assert "Meinten Sie" not in words(page.main)


def test_synonyms_can_be_switched_on_again(client: FlaskClient) -> None:
    page = read(client, "/suche?q=Brunnen&synonyms=0")
    switch = page.find("a", string="Auch Synonyme suchen")
    assert isinstance(switch, Tag)
    assert switch["href"] == "/suche?q=Brunnen"
    assert page.select("form.search input[name=synonyms][value='0']")


def test_finding_nothing_names_the_corpus_that_was_searched(client: FlaskClient) -> None:
    text = words(read(client, "/suche?q=Zeppelin").select_one(".absence"))
    assert "Tagung Probe 2020" in text
    assert "Nur Angaben 2018" in text
    assert "29 Stellen" in text.replace("\u00a0", " ")
    assert "Fassung" in text


def test_a_silent_person_is_named_when_the_search_names_the_person(client: FlaskClient) -> None:
    by_name = words(read(client, "/suche?q=Schweiger").main)
    by_filter = words(read(client, "/suche?speaker=stumm-er").main)
    for text in (by_name, by_filter):
        assert "Ida Schweiger steht im Programm von „Tagung Probe 2020“, gedruckt ist" in text
    assert "steht im Programm" not in words(read(client, "/suche?q=Zeppelin").main)


def test_nobody_is_called_silent_where_the_words_are_not_here(client: FlaskClient) -> None:
    assert "„Nur Angaben 2018“, die Worte dieser Veranstaltung sind aber nicht" in words(
        read(client, "/suche?q=Schweiger").main
    )
    assert not read(client, "/angaben-2018").select("#ohne-worte")
    assert "Die Worte dieser Veranstaltung sind nicht in dieser Sammlung." in words(
        read(client, "/personen/stumm-er").select_one(".career")
    )


def test_an_event_page_has_outline_people_and_the_silent(client: FlaskClient) -> None:
    page = read(client, "/tagung-2020")
    assert "Fiktives Beispiel" in words(page.main)
    assert "Institut A und Stadt B" in words(page.select_one(".facts"))
    assert page.select_one(".outline a[href='/tagung-2020/begruessung/berg']")
    silent = page.select_one("section[aria-labelledby=ohne-worte]")
    assert "Ida Schweiger" in words(silent)
    assert "Anna Berg" not in words(silent)


def test_a_reading_page_shows_pages_footnotes_captions_and_neighbours(client: FlaskClient) -> None:
    page = read(client, "/tagung-2020/begruessung")
    assert [words(heading) for heading in page.select(".reading h2.inner, .reading h3.inner")] == [
        "Dr. Anna Berg",
        "Ein Wort zum Schluss",
    ]
    assert words(page.select_one("#seite-6")) == "S. 6"
    call = page.select_one(".note-call a")
    assert call is not None
    assert "Bericht von 2019" in words(page.select_one(str(call["href"])))
    assert words(page.select_one("aside.caption .words")) == "Anna Berg am Pult"
    following = page.select_one("a[rel=next]")
    assert following is not None
    assert following["href"] == "/tagung-2020/forum-1"


def test_an_office_is_told_once_on_a_reading_page(client: FlaskClient) -> None:
    assert len(read(client, "/tagung-2020/begruessung").select(".margin__office")) == 1


@pytest.mark.parametrize(
    ("path", "voice"),
    [
        ("/tagung-2020/begruessung/berg/1", "wörtlich"),
        ("/tagung-2020/forum-1/1", "berichtet"),
        ("/tagung-2020/forum-1/2", "gemeinsam"),
        ("/tagung-2020/forum-1/3", "redaktionell"),
    ],
)
def test_the_voice_of_a_passage_is_told_by_a_word(client: FlaskClient, path: str, voice: str) -> None:
    page = read(client, path)
    assert words(page.select_one(".entry--here .voice")) == voice


def test_reported_words_are_not_cited_in_quotation_marks(client: FlaskClient) -> None:
    reported = words(read(client, "/tagung-2020/forum-1/1").select_one("#zitat"))
    verbatim = words(read(client, "/tagung-2020/begruessung/berg/1").select_one("#zitat"))
    assert "„" not in reported
    assert "Jan Tal, laut Bericht" in reported
    assert verbatim.startswith("„Willkommen in Probe")


def test_a_passage_page_tells_the_printed_name_evidence_and_doubt(client: FlaskClient) -> None:
    about = read(client, "/tagung-2020/begruessung/berg/1").select_one(".about")
    assert about
    assert "gedruckt als „Anna Berk“" in about.get_text()
    doubtful = words(read(client, "/tagung-2020/forum-1/1").select_one(".about"))
    assert "unsicher, bitte prüfen" in doubtful
    assert "Nur der Nachname steht da." in doubtful


def test_a_permanent_link_starts_with_the_setting_and_says_whether_the_words_still_hold(client: FlaskClient) -> None:
    page = read(client, "/tagung-2020/runde/5")
    link = words(page.select_one("#link"))
    assert link.startswith("https://wortlaut.example/tagung-2020/runde/5~")
    assert "Unverändert" in words(read(client, urlsplit(link).path).select_one(".verdict"))
    changed = read(client, "/tagung-2020/runde/5~00000000")
    assert "Die Worte haben sich geändert" in words(changed.select_one(".verdict--changed"))
    assert not page.select(".verdict")


def test_without_a_setting_links_start_with_the_host_of_the_request(tmp_path: Path) -> None:
    page = read(web_app(tmp_path, turns=1).test_client(), "/tagung-2020/runde/1")
    assert words(page.select_one("#link")).startswith("http://localhost/tagung-2020/runde/1~")


def test_a_person_has_offices_printed_forms_and_passages_by_voice(client: FlaskClient) -> None:
    page = read(client, "/personen/anna-berg")
    assert "Stadträtin, Stadt Probe" in words(page.select_one(".career"))
    assert "„Anna Berk“" in words(page.main)
    assert [words(heading) for heading in page.select("section > h2 .voice")] == ["wörtlich"]
    assert "keine Äußerung" in words(read(client, "/personen/stumm-er").main)


def test_a_theme_page_gives_the_reason(client: FlaskClient) -> None:
    page = read(client, "/themen/wohnen")
    assert "Vergeben bei <u>Wohnungen</u>." in words(page.main)
    assert "vergeben wegen: Wohnung" in words(page.select_one(".row"))


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/tagung-2020/forum-2", "/tagung-2020/forum-1"),
        ("/tagung-2020/forum-1/99", "/tagung-2020/forum-1"),
        ("/tagung-2020/forum-1/1~xyz", "/tagung-2020/forum-1"),
        ("/tagung-2020/forum-1/0", "/tagung-2020"),
        ("/personen/anna-barg", "/personen/anna-berg"),
        ("/personen/Berg", "/personen/anna-berg"),
        ("/personen/wer", "/personen"),
        ("/person/anna-berg", "/personen/anna-berg"),
        ("/themen/wohnenn", "/themen/wohnen"),
        ("/thema", "/themen"),
        ("/tagung-2002", "/tagung-2020"),
    ],
)
def test_a_wrong_address_hints_at_the_nearest_place(client: FlaskClient, path: str, hint: str) -> None:
    page = read(client, path, status=404)
    assert hint in [link["href"] for link in page.select("main a")]


@pytest.mark.parametrize(
    "path", ["/nirgends", "/personen/wer", "/themen/nichts", "/notizen/nichts", "/a/b/c/d/1", "/%00", "/x/%ff"]
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    read(client, path, status=404)


def test_a_slash_too_many_leads_to_the_page(client: FlaskClient) -> None:
    answer = client.get("/tagung-2020/forum-1/")
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/tagung-2020/forum-1"


def test_a_bad_parameter_is_told_with_what_is_possible(client: FlaskClient) -> None:
    text = words(read(client, "/suche?sort=<b>", status=400).main)
    assert "sort = „<b>“" in text
    assert "newest" in text


def test_without_an_index_every_page_says_what_to_do(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    for path in ("/", "/suche?q=x", "/tagung-2020/forum-1/1"):
        assert "kb index" in words(read(client, path, status=503).main)


def test_a_new_index_is_taken_up_without_a_restart(tmp_path: Path) -> None:
    client = web_app(tmp_path, turns=1).test_client()
    read(client, "/tagung-2020/runde/2", status=404)
    build_index(write_web_corpus(tmp_path / "corpus", turns=2), tmp_path / "index")
    read(client, "/tagung-2020/runde/2")


PAGE_TYPES = pages.Page.__subclasses__()


def _variables(app: Flask, template: str) -> set[str]:
    """Return the names a template takes from outside: neither its imports nor what every template knows."""
    loader = app.jinja_env.loader
    assert loader is not None
    tree = app.jinja_env.parse(loader.get_source(app.jinja_env, template)[0])
    imported = {
        name[1] if isinstance(name, tuple) else name for node in tree.find_all(nodes.FromImport) for name in node.names
    }
    return meta.find_undeclared_variables(tree) - imported - {*app.jinja_env.globals, "request"}


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_template_uses_just_the_fields_its_page_declares(app: Flask, page_type: type[pages.Page]) -> None:
    used = _variables(app, "layout.html") | _variables(app, page_type.template)
    assert used == {field.name for field in fields(page_type)}


def test_a_passage_page_offers_every_style_without_a_script(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/tagung-2020/runde/7?style=apa").get_data(as_text=True), "html.parser")
    styles = page.select(".cite__styles ul:first-child a")
    assert [link.get_text() for link in styles] == ["Fußnote", "Autor–Jahr", "APA", "Presse"]
    assert [link.get_text() for link in styles if link.get("aria-current")] == ["APA"]
    shown = page.select_one("#zitat")
    assert shown is not None
    assert "(2020). Runde. In " in shown.get_text()
    for button in page.select("button.copy"):
        assert page.find(id=button["data-copy"]), button


def test_a_passage_page_tells_reference_managers_what_it_is(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/tagung-2020/forum-1/1").get_data(as_text=True), "html.parser")
    contents = {tag["name"]: tag["content"] for tag in page.select("meta[name^=citation_], meta[name^='DC.']")}
    assert contents["citation_author"] == "Tal, Jan"
    assert contents["citation_title"] == contents["DC.title"] == "Bericht zu Forum 1: Bauen & <em>Wohnen</em>"
    script = page.select_one("script[type='application/ld+json']")
    assert script is not None
    linked = json.loads(script.get_text())
    assert linked["name"] == contents["DC.title"]
    assert "author" not in linked
    assert len(page.select("span.Z3988")) == 1
    for link in page.select("a[download], link[rel=alternate]"):
        assert client.get(str(link["href"])).status_code == 200


def test_a_style_nobody_knows_is_refused(client: FlaskClient) -> None:
    assert client.get("/tagung-2020/runde/7?style=mla").status_code == 400

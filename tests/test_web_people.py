"""Start, event and person: what was added last, the ways into a forum, panels, pages of passages."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from builders import make_corpus
from flask.testing import FlaskClient

from indexer.build import build_index
from kb.release import release
from webapp import create_app

SPEECHES = [f"Rede Nummer {number} über Wohnungen." for number in range(1, 43)]
OTHERS = ["Jan Tal antwortete.\n{: #forum-1-43 .reported by=jan-tal role=impulse as=Tahl }"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of a site over two releases, the second with an edition more."""
    folder = tmp_path_factory.mktemp("people")
    corpus = make_corpus(folder / "corpus", [*SPEECHES, *OTHERS])
    release(corpus, day=date(2024, 1, 1))
    make_corpus(corpus, edition="probe-2021", date="2021-05-04")
    release(corpus, day=date(2024, 2, 1))
    build_index(corpus, folder / "index")
    return create_app(folder / "index").test_client()


def read(client: FlaskClient, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")


def test_the_start_tells_what_each_release_brought_newest_first(client: FlaskClient) -> None:
    rows = [" ".join(row.get_text(" ").split()) for row in read(client, "/").select(".additions li")]
    assert len(rows) == 2
    assert rows[0].startswith("1. Februar 2024 Neu: Tagung probe-2021")
    assert rows[1].startswith("1. Januar 2024 Neu: Tagung probe-2020")
    assert "2024-02-01-" in rows[0]


def test_an_event_a_section_and_a_hit_lead_into_their_forum(client: FlaskClient) -> None:
    for path in ("/probe-2020", "/probe-2020/forum-1"):
        links = [str(link["href"]) for link in read(client, path).find_all("a", string="In diesem Forum suchen")]
        links += [str(link["href"]) for link in read(client, path).select(".outline__search a")]
        assert set(links) == {"/suche?forum=probe-2020/forum-1"}, path
    assert read(client, "/suche?q=Wohnungen").select(".hit__foot a[href='/suche?q=Wohnungen&forum=probe-2020/forum-1']")
    found = read(client, "/suche?q=Wohnungen&forum=probe-2020/forum-1")
    assert "In diesem Forum suchen" not in found.get_text()


def test_passages_of_a_person_come_in_pages_of_one_voice(client: FlaskClient) -> None:
    page = read(client, "/personen/anna-berg")
    assert len(page.select(".said .row")) == 40
    (following,) = page.select(".said .pager a")
    assert following["href"] == "/personen/anna-berg?voice=verbatim&page=2"
    assert len(read(client, str(following["href"])).select(".said .row")) == 4
    beyond = read(client, "/personen/anna-berg?voice=verbatim&page=3")
    assert not beyond.select(".said")
    assert client.get("/personen/anna-berg?voice=loud").status_code == 400


def test_a_person_tells_roles_printed_names_and_who_was_in_the_forum(client: FlaskClient) -> None:
    page = read(client, "/personen/jan-tal")
    assert page.select(".facts a[href='/suche?speaker=jan-tal&role=impulse']")
    assert "„Tahl“" in page.select(".facts")[0].get_text()
    assert page.select("#gemeinsam ~ .guide dd a[href='/personen/anna-berg']")
    assert [str(heading["id"]) for heading in page.select(".said > h2")] == ["stimme-reported"]


def test_a_name_on_the_first_page_has_the_way_to_its_person(client: FlaskClient) -> None:
    counts = {str(one.a["href"]): one.get_text() for one in read(client, "/").select(".tally") if one.a}
    assert counts["/personen/anna-berg"].endswith("44")

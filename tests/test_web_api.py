"""The JSON interface: the shapes that programs rely on."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_samples import web_app

from kb.results import FACETS


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return web_app(tmp_path_factory.mktemp("api"), base_url="https://wortlaut.example")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def get(client: FlaskClient, path: str, *, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.mimetype == ("application/json" if status == 200 else "application/problem+json")
    return answer.get_json()


def test_a_search_answers_in_the_fixed_shape(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/search?q=Brunnen&limit=2&offset=1&sort=reading")
    assert set(answer) == {"query", "total", "hits", "facets", "corpus"}
    assert answer["total"] == 23
    assert [hit["passage"]["ordinal"] for hit in answer["hits"]] == [2, 3]
    hit = answer["hits"][0]
    assert set(hit) == {"passage", "score", "snippet", "url"}
    assert ["Brunnen", True] in hit["snippet"]
    assert hit["url"].startswith("https://wortlaut.example/tagung-2020/runde/2~")
    assert set(answer["facets"]) == set(FACETS)
    assert {"value", "label", "count", "selected"} <= set(answer["facets"]["speaker"][0])
    assert set(answer["corpus"]) == {"fingerprint", "passages"}


def test_a_search_tells_how_it_was_understood(client: FlaskClient) -> None:
    query = get(client, "/api/v1/search?q=Beitrag+AND+Brunnne+OR+Brunnen")["query"]
    assert query["text"] == "Beitrag AND Brunnne OR Brunnen"
    assert query["canonical"] == "Beitrag UND Brunnne ODER Brunnen"
    assert query["suggestion"] == ""
    query = get(client, "/api/v1/search?q=Brunnne")["query"]
    assert (query["suggestion"], query["is_corrected"], query["synonyms"]) == ("Brunnen", True, [])


def test_completions_have_a_fixed_shape(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/suggest?q=Berg")
    assert answer["query"] == "Berg"
    assert answer["completions"][0] == {
        "kind": "person",
        "text": "Anna Berg",
        "label": "Dr. Anna Berg · Stadträtin, Stadt Probe",
        "query": "sprecher:anna-berg",
        "count": 2,
    }
    assert get(client, "/api/v1/suggest") == {"query": "", "completions": []}


def test_a_year_that_is_none_is_refused(client: FlaskClient) -> None:
    assert "year" in get(client, "/api/v1/search?year=abc", status=400)["detail"]


def test_groups_and_explanations_stand_beside_the_hits_if_asked_for(client: FlaskClient) -> None:
    plain = get(client, "/api/v1/search?q=Brunnen&limit=2")
    answer = get(client, "/api/v1/search?q=Brunnen&limit=2&group=speaker&explain=1")
    explanations = [hit.pop("explanation") for hit in answer["hits"]]
    assert answer["hits"] == plain["hits"]
    assert [told["total"] for told in explanations] == [pytest.approx(hit["score"]) for hit in plain["hits"]]
    assert answer["groups"][0]["hits"][0] == plain["hits"][0]
    assert {"value", "label", "count"} <= set(answer["groups"][0])


def test_a_concordance_takes_the_filters_of_a_search(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/concordance?q=Brunnen&by=right&width=10&limit=3&speaker=nobody-here")
    assert (answer["occurrences"], answer["lines"]) == (0, [])
    assert any("nobody-here" in note for note in answer["query"]["notes"])
    answer = get(client, "/api/v1/concordance?q=Brunnen&by=right&width=10&limit=3")
    assert len(answer["lines"]) == 3 < answer["occurrences"]
    assert all(len(line["right"]) <= 10 for line in answer["lines"])


def test_a_distribution_counts_by_section_year_edition_and_speaker(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/distribution?q=Brunnen")
    assert {"query", "occurrences", "passages", "words", "section", "year", "edition", "speaker"} <= set(answer)
    assert sum(row["occurrences"] for row in answer["year"]) == answer["occurrences"] > 0


def test_similar_passages_come_as_hits_with_the_words_shared(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/passages/tagung-2020/runde/2/similar?limit=2")
    assert answer["id"] == "tagung-2020/runde/2"
    assert 0 < len(answer["hits"]) <= 2
    assert {"passage", "score", "snippet", "url", "shared"} == set(answer["hits"][0])


def test_values_of_one_facet_add_up_and_a_minus_excludes(client: FlaskClient) -> None:
    both = get(client, "/api/v1/search?speaker=anna-berg&speaker=jan-tal")["total"]
    one = get(client, "/api/v1/search?speaker=anna-berg")["total"]
    everything = get(client, "/api/v1/search")["total"]
    assert one < both
    assert get(client, "/api/v1/search?speaker=-anna-berg")["total"] == everything - one


def test_a_search_for_counts_alone_has_no_hits(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/search?limit=0")
    assert answer["hits"] == []
    assert answer["total"] > 0


def test_words_are_sent_as_they_are(client: FlaskClient) -> None:
    assert "Häuser" in client.get("/api/v1/passages/tagung-2020/begruessung/berg/1").get_data(as_text=True)


def test_a_passage_is_found_by_its_locator_with_or_without_fingerprint(client: FlaskClient) -> None:
    passage = get(client, "/api/v1/passages/tagung-2020/forum-1/1")
    assert passage["id"] == "tagung-2020/forum-1/1"
    assert passage["voice"] == "reported"
    assert get(client, f"/api/v1/passages/tagung-2020/forum-1/1~{passage['fingerprint']}") == passage


def test_a_citation_has_text_html_and_link(client: FlaskClient) -> None:
    citation = get(client, "/api/v1/passages/tagung-2020/begruessung/berg/2/citation?style=fussnote")
    assert set(citation) == {"style", "text", "html", "link", "formats"}
    assert "<script>" in citation["text"]
    assert "<script>" not in citation["html"]
    assert citation["link"] in citation["html"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/v1/search?limit=-1", 400, "limit"),
        ("/api/v1/search?limit=1000", 400, "limit"),
        ("/api/v1/search?offset=x", 400, "offset"),
        ("/api/v1/search?sort=random", 400, "newest"),
        ("/api/v1/search?voice=loud", 400, "verbatim"),
        ("/api/v1/search?group=theme", 400, "section"),
        ("/api/v1/concordance?by=middle", 400, "left"),
        ("/api/v1/concordance?width=many", 400, "width"),
        ("/api/v1/passages/tagung-2020/forum-1/1/similar?limit=0", 400, "limit"),
        ("/api/v1/passages/tagung-2020/forum-1/99/similar", 404, "Stelle gibt es hier nicht"),
        ("/api/v1/passages/tagung-2020/forum-1/1/citation?style=mla", 400, "fussnote"),
        ("/api/v1/passages/tagung-2020/forum-1/99", 404, "tagung-2020/forum-1/99"),
        ("/api/v1/passages/tagung-2020/nirgends/1", 404, "Abschnitt gibt es hier nicht"),
        ("/api/v1/passages/nirgends/x/1", 404, "Veranstaltung gibt es hier nicht"),
        ("/api/v1/passages/unsinn", 404, "nennt keine Stelle"),
        ("/api/v1/nirgends", 404, "Gefragt war nach: nirgends"),
        ("/api/v2/search", 404, "Gefragt war nach: api"),
    ],
)
def test_errors_are_problems_and_say_what_is_wrong(client: FlaskClient, path: str, status: int, told: str) -> None:
    error = get(client, path, status=status)
    assert set(error) == {"type", "title", "status", "detail"}
    assert (error["type"], error["status"]) == ("about:blank", status)
    assert told in error["detail"]


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search")
    assert answer.status_code == 405
    assert answer.get_json()["status"] == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("form", "media", "ending", "begins"),
    [
        ("bibtex", "application/x-bibtex", "bib", "@inproceedings{tagung-2020:begruessung:berg:2,"),
        ("biblatex", "application/x-bibtex", "bib", "@inproceedings{tagung-2020:begruessung:berg:2,"),
        ("ris", "application/x-research-info-systems", "ris", "TY  - CPAPER"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "json", "["),
    ],
)
def test_a_citation_comes_as_a_file(client: FlaskClient, form: str, media: str, ending: str, begins: str) -> None:
    answer = client.get(f"/api/v1/passages/tagung-2020/begruessung/berg/2/citation/{form}")
    assert answer.mimetype == media
    assert answer.headers["Content-Disposition"] == f'attachment; filename="tagung-2020_begruessung_berg_2.{ending}"'
    assert answer.get_data(as_text=True).startswith(begins)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("tagung-2020/runde/1-3/citation", 200),
        ("tagung-2020/runde/3-1/citation", 400),
        ("tagung-2020/runde/1-99/citation", 404),
        ("tagung-2020/forum-1/1-2/citation", 200),
        ("tagung-2020/runde/1/citation?chars=0-7", 200),
        ("tagung-2020/runde/1/citation?chars=7", 400),
        ("tagung-2020/runde/1/citation?chars=0-7000", 400),
        ("tagung-2020/runde/1/citation?locale=fr", 400),
        ("tagung-2020/runde/1/citation/docx", 400),
    ],
)
def test_ranges_and_selections_are_cited_or_refused(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(f"/api/v1/passages/{path}")
    assert answer.status_code == status
    assert ("detail" in answer.get_json()) == (status != 200)

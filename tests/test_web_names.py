"""Names in addresses: whom a filter means, and what is said if it means nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.build import build_index
from webapp import create_app

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of the site over the corpus of the repository."""
    folder = tmp_path_factory.mktemp("index")
    build_index(CORPUS, folder)
    return create_app(folder).test_client()


def test_a_surname_in_the_address_means_the_person(client: FlaskClient) -> None:
    by_id = client.get("/api/v1/search?speaker=hedda-vornholt").get_json()
    by_name = client.get("/api/v1/search?speaker=Vornholt").get_json()
    assert by_name["total"] == by_id["total"] > 0


def test_a_name_nobody_has_is_told_with_the_nearest(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?speaker=Vornhold").get_json()
    assert answer["total"] == 0
    assert any("„Vornhold“ ist hier unbekannt; vielleicht hedda-vornholt" in note for note in answer["query"]["notes"])
    assert "vielleicht hedda-vornholt" in client.get("/suche?speaker=Vornhold").get_data(as_text=True)

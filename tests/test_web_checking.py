"""The quote check in the browser and for programs."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from quote_samples import quote_index

from kb.cli import commands
from kb.quotes import MAX_QUOTES
from webapp import create_app

FIRST = "Die Wege am Wasser sind für alle Menschen da"
EVIL = '<script>alert("x")</script>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("checking")
    quote_index(folder).close()
    return folder


@pytest.fixture(scope="module")
def client(folder: Any) -> FlaskClient:
    return create_app(folder / "index", base_url="https://wortlaut.example").test_client()


def verify(client: FlaskClient, body: object, *, status: int = 200) -> Any:
    answer = client.post("/api/v1/verify", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json()


def test_the_interface_answers_in_the_fixed_shape(client: FlaskClient) -> None:
    answer = verify(
        client,
        {"quotes": [{"text": FIRST, "speaker": "Berg", "page": 7}, {"text": "Die Pfade am Wasser sind für alle"}]},
    )
    same, near = answer["results"]
    assert same["verdict"] == "verbatim"
    match = same["matches"][0]
    assert match["passage"]["id"] == "probe-2020/forum-1/1"
    assert match["printed"] == FIRST
    assert match["diff"] == [["same", FIRST]]
    assert match["url"].startswith("https://wortlaut.example/probe-2020/forum-1/1~")
    assert near["verdict"] == "near"
    assert ["removed", "Wege"] in near["matches"][0]["diff"]
    assert ["added", "Pfade"] in near["matches"][0]["diff"]


def test_the_interface_reads_a_manuscript(client: FlaskClient) -> None:
    answer = verify(client, {"manuscript": f"Jan Tal sagt: „{FIRST}“ (S. 7)."})
    (result,) = answer["results"]
    assert result["verdict"] == "other_speaker"
    assert result["quote"] == {"text": FIRST, "speaker": "Jan Tal", "page": "7"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ([], 400),
        ({}, 400),
        ({"quotes": FIRST}, 400),
        ({"quotes": []}, 400),
        ({"quotes": [FIRST]}, 400),
        ({"quotes": [{"speaker": "Berg"}]}, 400),
        ({"quotes": [{"text": 5}]}, 400),
        ({"quotes": [{"text": FIRST, "author": "Berg"}]}, 400),
        ({"quotes": [{"text": "…"}]}, 400),
        ({"manuscript": "Nichts."}, 400),
        ({"manuscript": "x", "quotes": []}, 400),
        ({"quotes": [{"text": FIRST}] * (MAX_QUOTES + 1)}, 413),
        ({"quotes": [{"text": "wort " * 2_000}]}, 413),
        ({"manuscript": "wort " * 300_000}, 413),
        ({"manuscript": "wort " * 2_000_000}, 413),
    ],
)
def test_what_cannot_be_checked_is_refused_with_a_reason(client: FlaskClient, body: object, status: int) -> None:
    error = verify(client, body, status=status)
    assert error["status"] == status
    assert error["detail"]


def test_what_is_no_json_is_refused(client: FlaskClient) -> None:
    assert client.post("/api/v1/verify", data="quotes").status_code == 415
    assert client.post("/api/v1/verify", data="{", content_type="application/json").status_code == 400
    assert client.get("/api/v1/verify").status_code in (404, 405)


def test_the_page_shows_the_verdict_and_what_was_typed(client: FlaskClient) -> None:
    page = client.post("/pruefen", data={"text": "Die Pfade am Wasser sind für alle Menschen da", "speaker": "Berg"})
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "Ähnlich, nicht wörtlich" in text
    assert "Wege</del>" in text
    assert "Pfade</ins>" in text
    assert 'href="/probe-2020/forum-1/1' in text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_the_page_reads_a_manuscript(client: FlaskClient) -> None:
    text = client.post("/pruefen", data={"manuscript": f"Berg sagt: „{FIRST}“. Tal: „{FIRST}“"}).get_data(as_text=True)
    assert "Wörtlich so gedruckt: 1" in text
    assert "Wörtlich, aber Worte einer anderen Person: 1" in text


def test_nothing_typed_becomes_markup(client: FlaskClient) -> None:
    for field in ("text", "speaker", "page", "manuscript"):
        sent = {"text": f"{FIRST} {EVIL}", field: f"„{FIRST} {EVIL}“"}
        assert EVIL not in client.post("/pruefen", data=sent).get_data(as_text=True)


def test_the_empty_page_asks(client: FlaskClient) -> None:
    text = client.get("/pruefen").get_data(as_text=True)
    assert '<textarea id="text"' in text
    assert "Durchgestrichen" not in text


@pytest.mark.parametrize(("sent", "status"), [({}, 400), ({"text": "…"}, 400), ({"text": "wort " * 2_000}, 413)])
def test_the_page_says_what_is_missing_or_too_much(client: FlaskClient, sent: dict[str, str], status: int) -> None:
    answer = client.post("/pruefen", data=sent)
    assert answer.status_code == status
    assert 'role="alert"' in answer.get_data(as_text=True)


def _verify(folder: Any, *arguments: str) -> Any:
    places = ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    return CliRunner().invoke(commands, ["verify", *arguments, *places])


def test_the_command_exits_1_unless_all_is_verbatim(folder: Any) -> None:
    right = _verify(folder, "--quote", FIRST, "--speaker", "Berg", "--page", "7")
    assert (right.exit_code, right.stdout.partition(":")[0]) == (0, "verbatim")
    wrong = _verify(folder, "--quote", FIRST, "--quote", "Die Pfade am Wasser sind für alle", "--format", "json")
    assert wrong.exit_code == 1
    assert '"verdict": "near"' in wrong.stdout


def test_the_command_shows_what_differs(folder: Any) -> None:
    assert "[-Wege-] {+Pfade+}" in _verify(folder, "--quote", "Die Pfade am Wasser sind für alle").stdout


def test_the_command_reads_the_quotations_of_a_file(folder: Any, tmp_path: Any) -> None:
    manuscript = tmp_path / "aufsatz.md"
    manuscript.write_text(f"Berg sagt: „{FIRST}“.", encoding="utf-8")
    assert _verify(folder, "--quotations", str(manuscript)).exit_code == 0
    assert _verify(folder, "--quotations").exit_code == 2
    assert _verify(folder).exit_code == 2

"""Old links: what the page, the redirects and the JSON say of a passage that changed since it was cited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from builders import make_corpus
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.build import build_index
from kb.ledger import EventKind
from kb.locator import Locator, fingerprint
from kb.release import NOTHING_DECLARED, Declarations, Remark, release
from webapp import create_app

FIRST = "Wir bauen neue Wohnungen in den Städten, und zwar bald."
SECOND = "Die Nachbarschaft hilft, wo sie kann, und fragt nicht lange."
HERE = "/probe-2020/forum-1"

Edited = Callable[..., FlaskClient]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """A corpus of two released passages; edits it, releases, and returns a client of the site that serves it."""
    corpus = make_corpus(tmp_path / "corpus", (FIRST, SECOND))
    release(corpus, day=date(2024, 1, 1))
    words = corpus / "probe-2020" / "01-forum.md"

    def edit(*changes: tuple[str, str], declared: Declarations = NOTHING_DECLARED) -> FlaskClient:
        text = words.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        words.write_text(text, encoding="utf-8")
        release(corpus, day=date(2024, 5, 3), declared=declared)
        build_index(corpus, tmp_path / "index")
        return create_app(tmp_path / "index").test_client()

    return edit


def link(number: int, text: str) -> str:
    return f"{HERE}/{number}~{fingerprint(text)}"


def told(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").replace("\u00a0", " ").split())


BLOCK = "\n{: #forum-1-%d .speech by=anna-berg role=speaker }"
SPLIT = (FIRST + BLOCK % 1, "Wir bauen neue Wohnungen" + BLOCK % 3 + "\n\nin den Städten, und zwar bald." + BLOCK % 4)
JOINED = (FIRST + BLOCK % 1 + "\n\n" + SECOND, FIRST + " " + SECOND)
GONE = (SECOND + BLOCK % 2, "")


def test_a_reworded_passage_shows_the_words_then_and_now(edited: Edited) -> None:
    client = edited((FIRST, FIRST.replace("neue", "gute")))
    page = BeautifulSoup(client.get(link(1, FIRST)).text, "html.parser")
    assert [tag.text.strip() for tag in page.select(".verdict del, .verdict ins")] == ["neue", "gute"]
    assert "Unverändert" in told(client.get(link(1, FIRST.replace("neue", "gute"))))
    answer = client.get(f"/api/v1/passages{link(1, FIRST)}/history").json
    assert (answer["status"], [event["event"] for event in answer["events"]]) == ("reworded", ["created", "reworded"])
    assert client.get(f"/api/v1/passages{link(1, FIRST)}").json["fingerprint"] != fingerprint(FIRST)


def test_page_and_attribution_are_told_beside_unchanged_words(edited: Edited) -> None:
    client = edited((FIRST + BLOCK % 1, "⟦S. 6⟧ " + FIRST + (BLOCK % 1).replace("anna-berg", "jan-tal")))
    page = told(client.get(link(1, FIRST)))
    assert "damals S. 5, heute S. 6. Berichtigt am 3. Mai 2024" in page
    assert "damals Anna Berg (wörtlich), heute Jan Tal (wörtlich)" in page
    assert "Seitenangabe berichtigt: S. 5 → S. 6" in page


def test_a_split_passage_names_the_new_places(edited: Edited) -> None:
    client = edited(SPLIT)
    answer = client.get(link(1, FIRST))
    assert answer.status_code == 300
    assert "Geteilt am 3. Mai 2024" in told(answer)
    hrefs = {str(a["href"]) for a in BeautifulSoup(answer.text, "html.parser").select(".verdict a")}
    assert hrefs == {f"{HERE}/3", f"{HERE}/4"}
    twin = client.get(f"/api/v1/passages{HERE}/1")
    assert (twin.status_code, twin.json["places"]) == (300, ["probe-2020/forum-1/3", "probe-2020/forum-1/4"])


def test_a_passage_merged_into_another_leads_there_with_the_reason(edited: Edited) -> None:
    client = edited((SECOND + BLOCK % 2, FIRST + " " + SECOND + BLOCK % 1), (FIRST + BLOCK % 1 + "\n\n", ""))
    answer = client.get(link(2, SECOND))
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{HERE}/1?von={link(2, SECOND)[1:]}"
    landed = client.get(answer.headers["Location"])
    assert landed.status_code == 200
    assert "Diese Stelle ging in eine andere ein. Vereint am 3. Mai 2024" in told(landed)
    assert "ging in eine andere ein" not in told(client.get(f"{HERE}/1?von=probe-2020/forum-1/9"))
    twin = client.get(f"/api/v1/passages{HERE}/2/citation")
    assert (twin.status_code, twin.headers["Location"].partition("?")[0]) == (
        301,
        f"/api/v1/passages{HERE}/1/citation",
    )


def test_a_withdrawn_passage_is_gone_with_its_reason_and_without_its_words(edited: Edited) -> None:
    client = edited(GONE, declared=Declarations(reason="auf Wunsch der Rednerin"))
    for address in (link(2, SECOND), f"{HERE}/2", f"{HERE}/2~00000000"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "Zurückgezogen am 3. Mai 2024: auf Wunsch der Rednerin" in told(answer)
        assert SECOND not in answer.text
    twin = client.get(f"/api/v1/passages{HERE}/2")
    assert (twin.status_code, "auf Wunsch der Rednerin" in twin.json["detail"]) == (410, True)
    history = client.get(f"/api/v1/passages{link(2, SECOND)}/history")
    assert (history.status_code, history.json["status"], SECOND in history.text) == (200, "withdrawn", False)


def test_who_authorised_the_words_is_told_to_who_follows_a_link_to_them(edited: Edited) -> None:
    remark = Remark(EventKind.AUTHORISED, Locator("probe-2020", "forum-1", 1), "Anna Berg")
    client = edited(declared=Declarations(remarks=(remark,)))
    assert "am 3. Mai 2024 von Anna Berg autorisiert" in told(client.get(link(1, FIRST)))


def test_each_page_names_the_version_of_the_corpus(edited: Edited, tmp_path: Path) -> None:
    client = edited((FIRST, FIRST.replace("neue", "gute")))
    assert "Version der Sammlung: 2024-05-03-" in told(client.get("/"))
    assert "seither bearbeitet" not in told(client.get("/"))


def test_a_passage_that_never_was_is_not_found(edited: Edited) -> None:
    client = edited()
    assert client.get(f"{HERE}/77").status_code == 404
    assert client.get(f"/api/v1/passages{HERE}/77/history").status_code == 404

"""The catalogues: every text of the interface is in them, translated, with the same places for names and numbers."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from webapp.language import LANGUAGES

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "webapp" / "translations"
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "counted": (2, 3)}
PLACE = re.compile(r"%\((\w+)\)[sd]")
TRANSLATED = [language for language in LANGUAGES if language != "de"]
"""German needs no catalogue: it is what the code says."""


def written_in_the_code() -> Catalog:
    """Return the texts that the modules and templates say."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping.pop("pattern"), mapping.pop("method")) for mapping in mappings]
    options = {pattern: mapping for (pattern, _), mapping in zip(methods, mappings, strict=True)}
    catalogue = Catalog()
    for package in ("kb", "webapp"):
        for _, _, text, *_ in extract_from_dir(ROOT / package, methods, options, KEYWORDS):
            catalogue.add(text)
    return catalogue


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_interface_is_in_the_catalogue(language: str) -> None:
    said = {forms(message.id) for message in written_in_the_code() if message.id}
    assert said, "no text was found in the code"
    listed = {forms(message.id) for message in messages(language)}
    assert sorted(said - listed) == [], "missing: run `make catalogues` and translate what is empty"
    assert sorted(listed - said) == [], "no longer said anywhere: run `make catalogues`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    assert [message.id for message in messages(language) if not all(forms(message.string))] == []
    assert [message.id for message in messages(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    for message in messages(language):
        places = {frozenset(PLACE.findall(form)) for form in forms(message.id)}
        assert {frozenset(PLACE.findall(form)) for form in forms(message.string)} <= places, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_the_written_one(language: str) -> None:
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.mo"
    written = io.BytesIO()
    write_mo(written, catalogue(language))
    written.seek(0)
    with path.open("rb") as file:
        compiled = {forms(message.id): forms(message.string) for message in read_mo(file) if message.id}
    expected = {forms(message.id): forms(message.string) for message in read_mo(written) if message.id}
    assert compiled == expected, "run `make catalogues`"

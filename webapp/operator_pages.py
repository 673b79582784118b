"""The pages the operator of a site supplies as Markdown: imprint, privacy, contact. Read once, at the start.

They come from a folder with `impressum.md`, `datenschutz.md` and `kontakt.md`, each with an English `….en.md` beside it
if there is one. Whoever writes them is trusted, but not to write HTML that is safe: what could run or load something
from elsewhere is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from markdown import Markdown
from markupsafe import Markup

from kb.errors import KbError, NotFound
from kb.safe_html import NOTHING, SITE_PAGE, sanitised
from kb.translation import N_
from kb.translation import gettext as _
from webapp.language import LANGUAGES, interface_language
from webapp.pages import Page
from webapp.parts import Link

NAMES: Mapping[str, str] = {
    "impressum": N_("Impressum"),
    "datenschutz": N_("Datenschutz"),
    "kontakt": N_("Kontakt"),
}
"""The pages there may be, in the order of the foot of each page, with what they are called there."""

EXTENSION = "wortlaut.pages"

_TITLE = re.compile(r"\s*#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")


class OperatorPagesError(KbError):
    """The folder of the operator's pages, or a file in it, cannot be read."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """A page as it was supplied: its language, its title ("" if it has none of its own), its words."""

    language: str
    title: str
    html: Markup
    markdown: str


@dataclass(frozen=True)
class OperatorPage(Page):
    template = "operator.html"
    title: str
    body: Markup
    body_language: str


OperatorPages = Mapping[str, Mapping[str, Supplied]]
"""The supplied pages by name, each in one language or more."""


def read_pages(folder: Path | None) -> OperatorPages:
    """Return the pages in `folder`; none without one.

    Raises:
        OperatorPagesError: the folder is missing or holds none of the pages, or a file cannot be read.
    """
    if folder is None:
        return {}
    if not folder.is_dir():
        raise OperatorPagesError(f"{folder}: there is no such folder; it should hold {_expected()}")
    found = {name: _in_languages(folder, name) for name in NAMES}
    pages = {name: texts for name, texts in found.items() if texts}
    if not pages:
        raise OperatorPagesError(f"{folder}: none of the pages is there; it should hold {_expected()}")
    return pages


def _expected() -> str:
    return ", ".join(f"{name}.md" for name in NAMES)


def _in_languages(folder: Path, name: str) -> dict[str, Supplied]:
    files = {code: folder / (f"{name}.md" if code == "de" else f"{name}.{code}.md") for code in LANGUAGES}
    return {code: _supplied(path, code) for code, path in files.items() if path.exists()}


def _supplied(path: Path, language: str) -> Supplied:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OperatorPagesError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise OperatorPagesError(f"{path}: cannot be read: {error.strerror}") from error
    if not text.strip():
        raise OperatorPagesError(f"{path}: is empty; write the page, or take the file away")
    heading = _TITLE.match(text)
    title = sanitised(_html(heading["title"]), NOTHING) if heading else ""
    body = text[heading.end() :] if heading else text
    return Supplied(language, Markup(title.strip()).unescape(), page_html(body), text)


def page_html(markdown: str) -> Markup:
    """Return Markdown as HTML in which nothing runs, nothing is loaded and every link says where it leads.

    >>> page_html("**Anna** <script>alert(1)</script><img src=x onerror=alert(2)>").strip()
    Markup('<p><strong>Anna</strong> </p>')
    """
    return Markup(sanitised(_html(markdown), SITE_PAGE))  # sanitised as it is marked


def _html(markdown: str) -> str:
    return Markdown(extensions=["sane_lists", "tables"]).convert(markdown)


def operator_pages() -> OperatorPages:
    """Return the pages of the application that answers this request."""
    pages: OperatorPages = current_app.extensions[EXTENSION]
    return pages


def operator_links() -> tuple[Link, ...]:
    """Return the way to each supplied page, as the foot of every page names it."""
    return tuple(Link(_(label), f"/{name}") for name, label in NAMES.items() if name in operator_pages())


def supplied_page(name: str) -> Supplied:
    """Return a supplied page in the language of the reader, in another if it is there in that alone.

    Raises:
        NotFound: the operator supplied none of that name.
    """
    texts = operator_pages().get(name)
    if not texts:
        raise NotFound("address", name)
    return texts.get(interface_language()) or next(iter(texts.values()))


def operator_page(name: str) -> OperatorPage:
    """Return the page called `name`.

    Raises:
        NotFound: as `supplied_page`.
    """
    shown = supplied_page(name)
    return OperatorPage(title=shown.title or _(NAMES[name]), body=shown.html, body_language=shown.language)

"""“Report a mistake”: a mail or an issue that already says which words on which place are meant."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit

from kb.citation import permanent_link
from kb.model import Passage
from kb.translation import gettext as _

_ADDRESS = re.compile(r"[^@\s/:?&]+@[^@\s/:?&]+")


class BadReportTarget(ValueError):
    """Where mistakes are to be reported is neither a mail address nor a web address."""


def report_target(setting: str) -> str:
    """Return the address reports go to: `mailto:…` or `https://…`; "" if none is set.

    >>> report_target("redaktion@wortlaut.example")
    'mailto:redaktion@wortlaut.example'

    Raises:
        BadReportTarget: `setting` is no such address.
    """
    target = setting.strip()
    if _ADDRESS.fullmatch(target):
        return f"mailto:{target}"
    parts = urlsplit(target)
    mail = parts.scheme == "mailto" and _ADDRESS.fullmatch(parts.path)
    if not target or mail or (parts.scheme in ("http", "https") and parts.netloc):
        return target
    raise BadReportTarget(f"{setting!r} is neither a mail address nor a web address")


def report_link(target: str, passage: Passage, *, base_url: str) -> str:
    """Return the address of a report on `passage`: locator, fingerprint and link are filled in; "" without a target.

    A web address gets them as `title` and `body`, as the forms of code forges read them.
    """
    if not target:
        return ""
    subject, body = _("Fehler an der Stelle %(locator)s", locator=passage.id), _body(passage, base_url)
    names = ("subject", "body") if target.startswith("mailto:") else ("title", "body")
    filled = urlencode(dict(zip(names, (subject, body), strict=True)), quote_via=quote)
    return f"{target}{'&' if '?' in target else '?'}{filled}"


def _body(passage: Passage, base_url: str) -> str:
    lines = (
        _("Fundstelle: %(locator)s", locator=passage.id),
        _("Fingerabdruck der Worte: %(fingerprint)s", fingerprint=passage.fingerprint),
        f"Link: {permanent_link(passage, base_url=base_url)}",
        "",
        _("Was stimmt nicht (Worte, Person, Seite, Thema)?"),
        "",
    )
    return "\r\n".join(lines)

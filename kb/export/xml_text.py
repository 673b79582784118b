"""Writing XML piece by piece: every character comes back from a parser as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def xml_text(words: str) -> str:
    """Return words as they stand between tags; a character that XML forbids becomes `<g n="U+000B"/>`.

    >>> xml_text("A & B\\x0b")
    'A &amp; B<g n="U+000B"/>'
    """
    return _FORBIDDEN.sub(lambda match: f'<g n="U+{ord(match.group()):04X}"/>', words.translate(_TEXT))


def xml_attributes(values: Mapping[str, str]) -> str:
    """Return the attributes that say something, each with a blank before it.

    A character that XML forbids becomes U+FFFD: an attribute has no other way to say it.

    >>> xml_attributes({"n": 'a"b', "type": ""})
    ' n="a&quot;b"'
    """
    written = {name: _FORBIDDEN.sub("\ufffd", value).translate(_VALUE) for name, value in values.items() if value}
    return "".join(f' {name}="{value}"' for name, value in written.items())


def element(tag: str, words: str = "", **attributes: str) -> str:
    """Return an element with words in it; a `_` at the end of a name is left out, `xml_id` is `xml:id`.

    >>> element("date", "2018", when="2018-12-10"), element("pb", n="7")
    ('<date when="2018-12-10">2018</date>', '<pb n="7"/>')
    """
    return markup(tag, xml_text(words), **attributes)


def markup(tag: str, inside: str, **attributes: str) -> str:
    """Return an element around what is XML already."""
    named = {name.rstrip("_").replace("xml_", "xml:"): value for name, value in attributes.items()}
    start = tag + xml_attributes(named)
    return f"<{start}>{inside}</{tag}>" if inside else f"<{start}/>"

"""One spelling for what is printed or typed in several: Unicode forms, quotation marks, umlauts, accents, case."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SOFT_HYPHENS = "\u00ad\u200b\u200c\u200d\u2060"
_INVISIBLE = re.compile(f"[{SOFT_HYPHENS}]")
_QUOTES = str.maketrans({**dict.fromkeys("„“”«»", '"'), **dict.fromkeys("‚‘’‹›`´", "'")})
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_FOLDS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)


def normalise(text: str) -> str:
    """Return `text` in NFC, without soft hyphens, ligatures resolved and all quotation marks straight.

    >>> normalise("„Woh\\u00adnung“ und P\\ufb02ege")
    '"Wohnung" und Pflege'
    """
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    composed = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), composed)
    return composed.translate(_QUOTES)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return `word` in lower case without its accents, umlauts written out.

    >>> fold("Mühlacker"), fold("STRASSE"), fold("Straße"), fold("Yılmaz")
    ('muehlacker', 'strasse', 'strasse', 'yilmaz')
    """
    lowered = normalise(unicodedata.normalize("NFKC", word)).lower().translate(_FOLDS)
    return _without_marks(lowered).translate(_FOLDS)


def without_dots(word: str) -> str:
    """Return `word` in lower case as it is typed where there are no umlauts: not "ue" for "ü" but "u".

    >>> without_dots("Gmünd")
    'gmund'
    """
    return fold(_without_marks(normalise(word)))


def _without_marks(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))

"""Two wordings set beside each other, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

Piece = tuple[str, str]
"""What became of a stretch of words ("same", "removed", "added"), and the words."""

_WORDS = re.compile(r"\S+\s*")


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words of both texts in order, each stretch with what became of it.

    >>> word_diff("Das ist nicht gut.", "Das ist gut.")
    (('same', 'Das ist '), ('removed', 'nicht '), ('same', 'gut.'))
    """
    before, now = _WORDS.findall(old), _WORDS.findall(new)
    old_keys, new_keys = ([word.rstrip() for word in words] for words in (before, now))
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    pieces: list[Piece] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(now[new_start:new_end])))
            continue
        pieces += [
            (what, words)
            for what, words in (("removed", "".join(before[start:end])), ("added", "".join(now[new_start:new_end])))
            if words
        ]
    return tuple(pieces)


def marked(diff: tuple[Piece, ...]) -> str:
    """Return a diff as one line of plain text.

    >>> marked((("same", "Das "), ("removed", "war"), ("added", "ist")))
    'Das [-war-]{+ist+}'
    """
    signs = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    return "".join(_signed(words, *signs[what]) for what, words in diff)


def _signed(words: str, before: str, after: str) -> str:
    bare = words.rstrip()
    return f"{before}{bare}{after}{words[len(bare) :]}"

"""The errors of Wortlaut: each says what is wrong, where, and what to do.

`kb` knows no exit codes and no HTTP statuses; the command line and the web application translate.
"""

from __future__ import annotations

from pathlib import Path


class KbError(Exception):
    """Something the person at the keyboard can understand and mend."""


class CorpusError(KbError):
    """The corpus does not say what it must; `path` and `line` (1-based, 0 for the whole file) tell where."""

    def __init__(self, message: str, path: Path, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.message}"


class CorpusInvalid(KbError):
    """A corpus with problems; `problems` holds every one of them."""

    def __init__(self, problems: list[CorpusError]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class SourceError(KbError):
    """A source file cannot be read or holds nothing to import."""


class ConflictError(KbError):
    """A step would overwrite work done by hand."""


class LocatorError(KbError):
    """A text that should name a place names none."""


class CitationError(KbError):
    """What should be cited cannot be cited as one: it is out of bounds, or made of what different people said."""


class NotFound(KbError):
    """`kind` with the identifier `wanted` does not exist here."""

    def __init__(self, kind: str, wanted: str, hint: str = "") -> None:
        super().__init__(f"{kind} not found: {wanted!r}" + (f"; {hint}" if hint else ""))
        self.kind = kind
        self.wanted = wanted
        self.hint = hint


class Ended(KbError):
    """The passage that was at the place `wanted` is not there any more: withdrawn, or gone into others."""

    def __init__(self, wanted: str, told: str) -> None:
        super().__init__(f"{wanted}: {told}")
        self.wanted = wanted
        self.told = told


class IndexUnusable(KbError):
    """There is no index at `path`, or one this version cannot read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; build it with: kb index")
        self.path = path
        self.reason = reason

"""The shape of the code: which way imports run, who may know which library, how long things get.

The syntax trees are walked, nothing is imported; each offence is told as `file:line: message`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kb", "indexer", "webapp")
MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "kb": frozenset({"kb"}),
    "indexer": frozenset({"indexer", "kb"}),
    "webapp": frozenset({"webapp", "kb"}),
}
EDITOR = "webapp/editor/"
"""The one part of the web application that may touch the indexer."""

VIEWS = "webapp/views/"
"""Where a request becomes a page: parse, ask, present, render, and nothing else."""

MODULE_LINES, FUNCTION_LINES, VIEW_LINES = 400, 45, 15
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _owns(library: str, path: str) -> bool:
    """Return whether the module at `path` may import `library`."""
    if library in ("flask", "flask_babel", "babel", "werkzeug", "jinja2", "waitress"):
        return path.startswith("webapp/")
    if library == "whoosh":
        return path == "kb/engines/whoosh.py"
    if library == "nh3":
        return path == "kb/safe_html.py"
    if library == "click":
        return path.endswith("cli.py")
    if library in ("mcp", "mcp_types"):
        return path == "kb/mcp_server.py"
    return True


def _imported(node: ast.AST) -> list[str]:
    """Return the modules an import statement names; relative imports as a lone dot."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "" if not node.level else "."]
    return []


def offences(source: str, path: str) -> list[str]:
    """Return everything wrong with the module `source` at `path`, each as `file:line: message`."""
    tree = ast.parse(source)
    found = [*_wrong_imports(tree, path), *_hidden_imports(tree), *_long_functions(tree, path)]
    lines = len(source.splitlines())
    if lines > MODULE_LINES:
        found.append((lines, f"the module has {lines} lines, at most {MODULE_LINES}"))
    return [f"{path}:{line}: {message}" for line, message in sorted(found)]


def _wrong_imports(tree: ast.AST, path: str) -> Iterator[tuple[int, str]]:
    package = path.partition("/")[0]
    allowed = MAY_IMPORT[package] | ({"indexer"} if path.startswith(EDITOR) else set())
    for node in ast.walk(tree):
        for module in _imported(node):
            top = module.partition(".")[0]
            line = getattr(node, "lineno", 0)
            if module == ".":
                yield line, "relative import; write the full name"
            elif top in PACKAGES and top not in allowed:
                yield line, f"{package} imports {module}; imports run webapp → kb, indexer → kb"
            elif not _owns(top, path):
                yield line, f"{module} does not belong here"


def _hidden_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for function in ast.walk(tree):
        if isinstance(function, _Function):
            for node in ast.walk(function):
                if _imported(node) and not _is_optional(node, function):
                    yield getattr(node, "lineno", 0), f"import inside {function.name}()"


def _is_optional(node: ast.AST, function: _Function) -> bool:
    """Return whether an import stands in `try: … except ImportError`: an extra that need not be installed."""
    for attempt in ast.walk(function):
        if isinstance(attempt, ast.Try) and any(node is inside for part in attempt.body for inside in ast.walk(part)):
            names = {getattr(handler.type, "id", "") for handler in attempt.handlers}
            return bool(names & {"ImportError", "ModuleNotFoundError"})
    return False


def _long_functions(tree: ast.AST, path: str) -> Iterator[tuple[int, str]]:
    most = VIEW_LINES if path.startswith(VIEWS) else FUNCTION_LINES
    for function in ast.walk(tree):
        if isinstance(function, _Function) and function.end_lineno is not None:
            lines = function.end_lineno - function.lineno + 1
            if lines > most:
                yield function.lineno, f"{function.name}() has {lines} lines, at most {most}"


def test_the_code_keeps_its_shape() -> None:
    modules = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    found = [
        offence
        for path in modules
        for offence in offences(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    ]
    assert len(modules) > 30
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("source", "path", "told"),
    [
        ("import indexer.build\n", "kb/x.py", "kb/x.py:1: kb imports indexer.build"),
        ("from webapp import urls\n", "kb/x.py", "kb/x.py:1: kb imports webapp"),
        ("\nfrom webapp.urls import f\n", "indexer/x.py", "indexer/x.py:2: indexer imports webapp.urls"),
        ("from indexer import build\n", "webapp/views/x.py", "webapp/views/x.py:1: webapp imports indexer"),
        ("from .model import Passage\n", "kb/x.py", "kb/x.py:1: relative import"),
        ("import flask\n", "kb/x.py", "kb/x.py:1: flask does not belong here"),
        ("from werkzeug.urls import x\n", "indexer/x.py", "indexer/x.py:1: werkzeug.urls does not belong here"),
        ("from whoosh.fields import TEXT\n", "kb/engines/base.py", "kb/engines/base.py:1: whoosh.fields does not"),
        ("import nh3\n", "webapp/notes.py", "webapp/notes.py:1: nh3 does not belong here"),
        ("import click\n", "kb/plain.py", "kb/plain.py:1: click does not belong here"),
        ("import mcp\n", "kb/assistant.py", "kb/assistant.py:1: mcp does not belong here"),
        ("def f():\n    import json\n", "kb/x.py", "kb/x.py:2: import inside f()"),
        ("def f():\n" + "    a = 1\n" * FUNCTION_LINES, "kb/x.py", "kb/x.py:1: f() has 46 lines"),
        ("def f():\n" + "    a = 1\n" * VIEW_LINES, "webapp/views/x.py", "webapp/views/x.py:1: f() has 16 lines"),
        ("a = 1\n" * (MODULE_LINES + 1), "kb/x.py", "kb/x.py:401: the module has 401 lines"),
    ],
)
def test_each_offence_is_told_with_its_line(source: str, path: str, told: str) -> None:
    (offence,) = offences(source, path)
    assert offence.startswith(told)


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("from kb.model import Passage\n", "webapp/x.py"),
        ("from kb.model import Passage\nfrom indexer.build import build_index\n", "indexer/cli.py"),
        ("from indexer import build\n", "webapp/editor/views.py"),
        ("import click\n", "webapp/cli.py"),
        ("from whoosh import index\n", "kb/engines/whoosh.py"),
        ("def f():\n    try:\n        import pdf\n    except ImportError:\n        raise\n", "kb/x.py"),
    ],
)
def test_what_is_allowed_passes(source: str, path: str) -> None:
    assert offences(source, path) == []


def test_every_module_is_introduced() -> None:
    written = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for package in PACKAGES:
        _, _, chapter = written.partition(f"## {package}:")
        chapter = chapter.partition("\n## ")[0]
        modules = [path for path in sorted((ROOT / package).rglob("*.py")) if path.stem != "__init__"]
        missing = [
            path.relative_to(ROOT).as_posix()
            for path in modules
            if path.parent.name != "views"
            and f"`{path.relative_to(ROOT / package).with_suffix('').as_posix()}`" not in chapter
        ]
        assert not missing, f"which question do they answer? tell in ARCHITECTURE.md: {missing}"

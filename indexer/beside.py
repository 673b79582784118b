"""The engine writes in a process of its own while the next passages are analysed: both cores of a machine have work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from kb.engines.base import Entry
from kb.errors import KbError
from kb.generation import ENGINES

FEW = 2000
"""So few passages are written before a second process would have loaded its libraries and been handed the words."""

_BATCH = 100
_Batch = tuple[Entry, ...]


def write_beside(engine: str, folder: Path, entries: Iterable[Entry], *, few: int = FEW) -> None:
    """Write the index of `entries` into `folder` with an engine; beside the caller if there are more than a `few`.

    Raises:
        KbError: the second process was ended from outside.
        Exception: whatever the engine or making the entries raises.
    """
    left = iter(entries)
    first = tuple(islice(left, few))
    if len(first) < few:
        ENGINES[engine].write(folder, first)
        return
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_write, args=(engine, folder, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        _send(ours, chain(first, left))
        failure = _answer(ours)
    finally:
        ours.close()
        process.join()
    if failure is not None:
        raise failure


def _send(connection: Connection, entries: Iterator[Entry]) -> None:
    try:
        while batch := tuple(islice(entries, _BATCH)):
            connection.send(batch)
        connection.send(())
    except ConnectionError:
        pass  # it has failed; its answer says why


def _answer(connection: Connection) -> Exception | None:
    try:
        answer: Exception | None = connection.recv()
    except (EOFError, ConnectionError):
        return KbError(
            "the process that writes the index was ended from outside, perhaps for want of memory; try again"
        )
    return answer


def _write(engine: str, folder: Path, connection: Connection) -> None:
    """Write what comes, then answer with nothing or the exception. The second process begins here."""
    try:
        ENGINES[engine].write(folder, _received(connection))
    except EOFError:
        return  # the caller has given up
    except Exception as error:  # noqa: BLE001  # it is raised where the build is
        connection.send(error)
        return
    connection.send(None)


def _received(connection: Connection) -> Iterator[Entry]:
    while batch := _batch(connection):
        yield from batch


def _batch(connection: Connection) -> _Batch:
    received: _Batch = connection.recv()
    return received

"""What was added to the collection last: its releases, and what each brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kb.releases import Release
from webapp.library import Library

MOST = 3


@dataclass(frozen=True)
class Addition:
    """What one release brought: ids of editions that were `new` and of those `revised` since the one before.

    Without a version it is the index, which holds what was never released, or was changed since.
    """

    day: date
    version: str
    passages: int
    new: tuple[str, ...]
    revised: tuple[str, ...] = ()


def additions(here: Library, *, most: int = MOST) -> tuple[Addition, ...]:
    """Return the last releases, newest first; of a collection that has none, or was changed since, the index, too."""
    released = list(_released(here.index.generation.histories.releases()))[::-1]
    state = here.index.manifest.release
    if not state or state.endswith("+"):
        released.insert(0, _indexed(here, {one for told in released for one in told.new}))
    return tuple(released[:most])


def _released(releases: Sequence[Release]) -> Iterator[Addition]:
    before: Release | None = None
    for release in releases:
        known = before.ledgers if before else {}
        new = tuple(edition for edition in release.ledgers if edition not in known)
        revised = tuple(one for one, seal in release.ledgers.items() if one in known and known[one] != seal)
        yield Addition(release.day, release.version, release.passages, new, revised)
        before = release


def _indexed(here: Library, released: set[str]) -> Addition:
    manifest = here.index.manifest
    new = tuple(one for one in here.editions if here.has_words(one) and one not in released)
    return Addition(datetime.fromisoformat(manifest.built_at).date(), "", here.overview.total, new)

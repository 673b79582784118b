"""Explanation, concordance, distribution, likeness and analysis as JSON: the one shape of command line and API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kb.citation import permanent_link
from kb.concordance import Concordance, Line
from kb.distribution import Distribution, Share
from kb.explanation import Explanation
from kb.inquiry import Inquiry
from kb.results_json import hit_json, query_json
from kb.similar import Alike, Similar


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """Return what a score is made of; `total` is the score."""
    return {**asdict(explanation), "total": explanation.total}


def concordance_json(concordance: Concordance, *, base_url: str, notes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a concordance: how the query was understood with more `notes` on it, the counts, the lines asked for."""
    search = concordance.search
    cut = {"sort": search.sort, "by": concordance.by, "limit": search.limit, "offset": search.offset}
    return {
        "query": query_json(search, concordance.understood, *notes) | cut,
        "occurrences": concordance.occurrences,
        "passages": concordance.passages,
        "lines": [line_json(line, base_url=base_url) for line in concordance.lines],
    }


def line_json(line: Line, *, base_url: str) -> dict[str, Any]:
    """Return one occurrence with its contexts, and where it stands: passage, person, voice and printed page."""
    passage = line.passage
    return {
        "left": line.left,
        "match": line.match,
        "right": line.right,
        "id": passage.id,
        "fingerprint": passage.fingerprint,
        "speaker": passage.speaker,
        "voice": passage.voice.value,
        "page": line.page,
        "url": permanent_link(passage, base_url=base_url),
    }


def distribution_json(distribution: Distribution, *, notes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a distribution: how the query was understood with more `notes`, the sums, a list of values by field."""
    return {
        "query": query_json(distribution.search, distribution.understood, *notes),
        **_counts(distribution.whole),
        **{field: [_share_json(share) for share in shares] for field, shares in distribution.fields.items()},
    }


def distribution_rows(distribution: Distribution) -> Iterator[dict[str, Any]]:
    """Yield each value of each field as a row of its own."""
    for field, shares in distribution.fields.items():
        yield from ({"by": field, **_share_json(share)} for share in shares)


def _share_json(share: Share) -> dict[str, Any]:
    return {"value": share.value, "label": share.label, **_counts(share)}


def _counts(share: Share) -> dict[str, Any]:
    return {
        "occurrences": share.occurrences,
        "passages": share.passages,
        "words": share.words,
        "per_10000": round(share.per_10000, 2),
    }


def similar_json(similar: Similar, *, base_url: str) -> dict[str, Any]:
    """Return the telling words of a passage and the passages alike, each a hit with the words it shares."""
    return {
        "id": similar.passage.id,
        "terms": [{"word": term.word, "weight": round(term.weight, 3)} for term in similar.terms],
        "hits": [alike_json(alike, base_url=base_url) for alike in similar.alike],
    }


def alike_json(alike: Alike, *, base_url: str) -> dict[str, Any]:
    """Return a passage that says something alike as a hit, with the telling words it shares."""
    return hit_json(alike.hit, base_url=base_url) | {"shared": list(alike.shared)}


def inquiry_json(inquiry: Inquiry) -> dict[str, Any]:
    """Return how a word is understood; `corpus` is null without an index."""
    analysis, frequency = inquiry.analysis, inquiry.frequency
    return {
        "word": analysis.word,
        "lemmas": list(analysis.lemmas),
        "parts": list(analysis.parts),
        "folded": analysis.folded,
        "terms": list(inquiry.terms),
        "synonyms": list(inquiry.synonyms),
        "finds": list(inquiry.finds),
        "corpus": asdict(frequency) if frequency else None,
    }

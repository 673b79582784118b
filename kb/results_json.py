"""Search results as JSON: the one shape of command line and API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kb.citation import permanent_link
from kb.passage_json import passage_json
from kb.results import Group, Hit, Results, Search, Understood


def results_json(results: Results, *, base_url: str, explanations: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return the results in the fixed shape of the JSON contract, ready for `json.dumps`.

    Groups stand beside the hits if they were asked for, and `explanations` in the hits.
    """
    search = results.search
    answer: dict[str, Any] = {
        "query": {
            **query_json(search, results.understood),
            "sort": search.sort,
            "limit": search.limit,
            "offset": search.offset,
        },
        "total": results.total,
        "hits": [hit_json(hit, base_url=base_url) for hit in results.hits],
        "facets": {facet: [asdict(value) for value in values] for facet, values in results.facets.items()},
        "corpus": {"fingerprint": results.corpus_fingerprint, "passages": results.corpus_passages},
    }
    for hit, explanation in zip(answer["hits"], explanations, strict=False):
        hit["explanation"] = explanation
    if search.group:
        answer["query"]["group"] = search.group
        answer["group_count"] = results.group_count
        answer["groups"] = [_group_json(group, base_url=base_url) for group in results.groups]
    return answer


def query_json(search: Search, understood: Understood, *more_notes: str) -> dict[str, Any]:
    """Return what was asked and how it was understood."""
    return {
        "text": understood.text,
        "words": understood.words,
        "canonical": understood.canonical,
        "notes": [*understood.notes, *more_notes],
        "synonyms": list(understood.synonyms),
        "suggestion": understood.suggestion,
        "is_corrected": understood.is_corrected,
        "filters": {facet: list(values) for facet, values in search.filters.items()},
    }


def _group_json(group: Group, *, base_url: str) -> dict[str, Any]:
    hits = [hit_json(hit, base_url=base_url) for hit in group.hits]
    return {"value": group.value, "label": group.label, "count": group.count, "hits": hits}


def hit_json(hit: Hit, *, base_url: str) -> dict[str, Any]:
    """Return one hit: the passage, its score, the snippet as [text, is_match] pairs, the permanent link."""
    return {
        "passage": passage_json(hit.passage),
        "score": hit.score,
        "snippet": [[text, is_match] for text, is_match in hit.snippet],
        "url": permanent_link(hit.passage, base_url=base_url),
    }

"""Search results as JSON: the one shape of command line and API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kb.citation import permanent_link
from kb.passage_json import passage_json
from kb.results import Hit, Results


def results_json(results: Results, *, base_url: str) -> dict[str, Any]:
    """Return the results in the fixed shape of the JSON contract, ready for `json.dumps`."""
    search, understood = results.search, results.understood
    return {
        "query": {
            "text": understood.text,
            "words": understood.words,
            "canonical": understood.canonical,
            "notes": list(understood.notes),
            "synonyms": list(understood.synonyms),
            "suggestion": understood.suggestion,
            "is_corrected": understood.is_corrected,
            "filters": {facet: list(values) for facet, values in search.filters.items()},
            "sort": search.sort,
            "limit": search.limit,
            "offset": search.offset,
        },
        "total": results.total,
        "hits": [hit_json(hit, base_url=base_url) for hit in results.hits],
        "facets": {facet: [asdict(value) for value in values] for facet, values in results.facets.items()},
        "corpus": {"fingerprint": results.corpus_fingerprint, "passages": results.corpus_passages},
    }


def hit_json(hit: Hit, *, base_url: str) -> dict[str, Any]:
    """Return one hit: the passage, its score, the snippet as [text, is_match] pairs, the permanent link."""
    return {
        "passage": passage_json(hit.passage),
        "score": hit.score,
        "snippet": [[text, is_match] for text, is_match in hit.snippet],
        "url": permanent_link(hit.passage, base_url=base_url),
    }

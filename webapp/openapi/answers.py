"""The shapes of what the JSON interface answers on searches, passages, citations and checks."""

from __future__ import annotations

from collections.abc import Mapping

from kb.citation_json import TEXT_FORMATS
from kb.ledger import EventKind
from kb.model import Kind, Role, Voice
from kb.quotes import MAX_CHARACTERS, MAX_MANUSCRIPT, MAX_QUOTES, Verdict
from kb.results import FACETS
from kb.styling import STYLES
from kb.verification import Status
from webapp.openapi.schema import (
    DAY,
    FINGERPRINT,
    LINK,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    Schema,
    listed,
    one_of,
    or_null,
    record,
    ref,
    row,
)

_SPANS = listed(row(WHOLE, WHOLE))
_VOICE, _VOICES = ref("Voice"), one_of(Voice)
_STEPS = listed(row(one_of(("same", "removed", "added")), TEXT))
_COUNTS = {"occurrences": WHOLE, "passages": WHOLE, "words": WHOLE, "per_10000": NUMBER}
_QUERY = {
    "text": TEXT,
    "words": TEXT,
    "canonical": TEXT,
    "notes": listed(TEXT),
    "synonyms": listed(TEXT),
    "suggestion": TEXT,
    "is_corrected": YES_NO,
    "filters": {"type": "object", "additionalProperties": listed(TEXT)},
}
_CUT = {"sort": TEXT, "limit": WHOLE, "offset": WHOLE}
_HIT = {"passage": ref("Passage"), "score": NUMBER, "snippet": listed(row(TEXT, YES_NO)), "url": LINK}

_PASSAGE = record(
    {
        "id": TEXT,
        "edition": TEXT,
        "section": TEXT,
        "section_title": TEXT,
        "ordinal": {"type": "integer", "minimum": 1},
        "kind": one_of(Kind),
        "voice": _VOICE,
        "speaker": or_null(TEXT),
        "speaker_id": or_null(TEXT),
        "speakers": listed(TEXT),
        "speaker_printed": or_null(TEXT),
        "role": or_null(one_of(Role)),
        "page_first": TEXT,
        "page_last": TEXT,
        "themes": listed(TEXT),
        "text": TEXT,
        "fingerprint": FINGERPRINT,
        "source": or_null(record({"file": TEXT, "sha256": TEXT, "spans": _SPANS}, optional={"id": TEXT})),
        "evidence": or_null(
            record({"rule": TEXT, "confidence": NUMBER}, optional={"read_from": _SPANS, "doubt": TEXT})
        ),
    }
)
_EXPLANATION = record(
    {
        "clauses": listed(ref("ClauseScore")),
        "together": listed(row(TEXT, NUMBER)),
        "share": NUMBER,
        "coordination": NUMBER,
        "prior": NUMBER,
        "total": NUMBER,
    }
)
_CLAUSE = record(
    {
        "words": TEXT,
        "weight": NUMBER,
        "score": NUMBER,
        "share": NUMBER,
        "evidence": listed(
            record(
                {
                    "kind": TEXT,
                    "words": TEXT,
                    "weight": NUMBER,
                    "idf": NUMBER,
                    "occurrences": listed(record({"field": TEXT, "often": NUMBER})),
                    "score": NUMBER,
                    "share": NUMBER,
                }
            )
        ),
        "inner": listed(ref("ClauseScore")),
    }
)
_FACET_VALUE = record({"value": TEXT, "label": TEXT, "count": WHOLE, "selected": YES_NO, "excluded": YES_NO})
_SEARCH = record(
    {
        "query": record({**_QUERY, **_CUT}, optional={"group": TEXT}),
        "total": WHOLE,
        "hits": listed(ref("Hit")),
        "facets": record({facet: listed(ref("FacetValue")) for facet in FACETS}),
        "corpus": record({"fingerprint": TEXT, "passages": WHOLE}),
    },
    optional={
        "group_count": WHOLE,
        "groups": listed(record({"value": TEXT, "label": TEXT, "count": WHOLE, "hits": listed(ref("Hit"))})),
    },
)
_CONCORDANCE = record(
    {
        "query": record({**_QUERY, **_CUT, "by": TEXT}),
        "occurrences": WHOLE,
        "passages": WHOLE,
        "lines": listed(
            record(
                {
                    **dict.fromkeys(("left", "match", "right", "id"), TEXT),
                    "fingerprint": FINGERPRINT,
                    "speaker": or_null(TEXT),
                    "voice": _VOICE,
                    "page": TEXT,
                    "url": LINK,
                }
            )
        ),
    }
)
_SHARES = listed(record({"value": TEXT, "label": TEXT, **_COUNTS}))
_DISTRIBUTION = record(
    {
        "query": record(_QUERY),
        **_COUNTS,
        **dict.fromkeys(("section", "year", "edition", "speaker"), _SHARES),
    }
)
_SIMILAR = record(
    {
        "id": TEXT,
        "terms": listed(record({"word": TEXT, "weight": NUMBER})),
        "hits": listed(record({**_HIT, "shared": listed(TEXT)})),
    }
)
_COMPLETIONS = record(
    {
        "query": TEXT,
        "completions": listed(record({"kind": TEXT, "text": TEXT, "label": TEXT, "query": TEXT, "count": WHOLE})),
    }
)
_EVENT = record(
    {"event": one_of(EventKind), "id": TEXT, "date": DAY},
    optional={
        **dict.fromkeys(("pages", "pages_before", "speakers", "speakers_before", "into", "made_of"), listed(TEXT)),
        **dict.fromkeys(("voice", "voice_before"), _VOICE),
        **dict.fromkeys(("old", "new", "reason", "by", "note"), TEXT),
    },
)
_HISTORY = record(
    {
        "where": TEXT,
        "written": TEXT,
        "locator": or_null(TEXT),
        "fingerprint": or_null(FINGERPRINT),
        "status": one_of(Status),
        "changes": listed(
            record({"status": one_of(Status), "before": TEXT, "now": TEXT, "date": or_null(DAY), "reason": TEXT})
        ),
        "places": listed(
            record(
                {
                    "id": TEXT,
                    "fingerprint": FINGERPRINT,
                    "page_first": TEXT,
                    "page_last": TEXT,
                    "speakers": listed(TEXT),
                    "voice": _VOICE,
                }
            )
        ),
        "diff": listed(row(TEXT, TEXT)),
        "remarks": listed(record({"event": one_of(EventKind), "date": DAY, "by": TEXT, "note": TEXT})),
        "events": listed(_EVENT),
    }
)
_CITATION = record(
    {
        "style": one_of(STYLES),
        "text": TEXT,
        "html": TEXT,
        "link": LINK,
        "formats": record(dict.fromkeys(TEXT_FORMATS, TEXT)),
    }
)
_QUOTATION = record(
    {
        "quotation": TEXT,
        "words": TEXT,
        "voice": _VOICE,
        "speakers": listed(TEXT),
        "pages": TEXT,
        "reference": TEXT,
        "link": LINK,
        "marking_link": LINK,
        "pieces": listed(record({"passage": TEXT, "words": row(WHOLE, WHOLE), "text": TEXT})),
        "warnings": listed(record({"kind": TEXT, "where": TEXT, "words": listed(TEXT), "sentence": TEXT})),
    }
)
_MATCH = record(
    {
        "passage": ref("Passage"),
        "printed": TEXT,
        "words": TEXT,
        "pages": listed(TEXT),
        "start": WHOLE,
        "end": WHOLE,
        "likeness": NUMBER,
        "is_quotation": YES_NO,
        "diff": _STEPS,
        "url": LINK,
    }
)
_CHECKS = record(
    {
        "results": listed(
            record(
                {
                    "verdict": one_of(Verdict),
                    "label": TEXT,
                    "sentence": TEXT,
                    "notes": listed(TEXT),
                    "quote": record({"text": TEXT, "speaker": or_null(TEXT), "page": or_null(TEXT)}),
                    "claim": record({"speaker_ids": listed(TEXT)}),
                    "matches": listed(ref("Match")),
                    "more": WHOLE,
                }
            )
        )
    }
)
_QUOTE = record(
    {"text": TEXT},
    optional={
        "speaker": or_null(TEXT),
        "page": {"type": ["string", "integer", "null"], "description": "As it is printed."},
    },
)
_TO_CHECK = {
    # Bounds are told, not made part of the shape: what is too much is answered with 413, what is misshapen with 400.
    "description": f"At most {MAX_QUOTES} quotes of {MAX_CHARACTERS} signs, or one manuscript of {MAX_MANUSCRIPT}.",
    "oneOf": [record({"quotes": listed(_QUOTE, minItems=1)}), record({"manuscript": TEXT})],
}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457. Some problems say more: `reason`, or `places` where the words of a passage stand today.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "reason": TEXT,
        "places": listed(TEXT),
    },
    "required": ["type", "title", "status", "detail"],
}
_PAGE = record({"edition": TEXT, "page": TEXT, "link": LINK, "passages": listed(ref("Passage"))})

ANSWERS: Mapping[str, Schema] = {
    "Voice": _VOICES | {"description": "Whose words these are; only `verbatim` are a person's own."},
    "Passage": _PASSAGE,
    "Hit": record(_HIT, optional={"explanation": ref("Explanation")}),
    "Explanation": _EXPLANATION,
    "ClauseScore": _CLAUSE,
    "FacetValue": _FACET_VALUE,
    "SearchResults": _SEARCH,
    "Concordance": _CONCORDANCE,
    "Distribution": _DISTRIBUTION,
    "Similar": _SIMILAR,
    "Completions": _COMPLETIONS,
    "History": _HISTORY,
    "Citation": _CITATION,
    "Quotation": _QUOTATION,
    "PrintedPage": _PAGE,
    "ToCheck": _TO_CHECK,
    "Match": _MATCH,
    "Checks": _CHECKS,
    "Problem": _PROBLEM,
}
"""Every shape with a name."""

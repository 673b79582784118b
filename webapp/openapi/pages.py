"""The shapes of the JSON twins of pages, as far as no other answer has them."""

from __future__ import annotations

from collections.abc import Mapping

from kb.model import Role
from kb.quotes import Verdict
from kb.results import FACETS
from webapp.language import LANGUAGES
from webapp.openapi.schema import DAY, LINK, TEXT, WHOLE, YES_NO, Schema, listed, one_of, or_null, record, ref
from webapp.operator_pages import NAMES

_TEXTS = listed(TEXT)
_ROLES: Schema = {"type": "object", "propertyNames": one_of(Role), "additionalProperties": WHOLE}
_CORPUS = record(
    {"fingerprint": TEXT, "passages": WHOLE, "release": TEXT, "built_at": {"type": "string", "format": "date-time"}}
)
_EXAMPLES = listed(record({"text": TEXT, "url": LINK}))
_EVENT = {
    "id": TEXT,
    "title": TEXT,
    "date": or_null(DAY),
    "place": TEXT,
    "fictional": YES_NO,
    "passages": WHOLE,
    "people": WHOLE,
    "url": LINK,
}
_SECTION = {
    **dict.fromkeys(("id", "kind", "heading", "title", "subtitle", "time", "page_first", "page_last"), TEXT),
    **dict.fromkeys(("moderators", "impulse", "speakers", "participants"), _TEXTS),
    "has_words": YES_NO,
    "url": LINK,
}
_PUBLICATION = record(
    {
        **dict.fromkeys(("title", "publisher", "place", "url", "doi", "isbn", "rights"), TEXT),
        "year": or_null({"type": "integer"}),
        "editors": _TEXTS,
    }
)
_PARTICIPANT = record({**dict.fromkeys(("id", "name", "office", "organisation"), TEXT), "passages": WHOLE})
_OFFICE = record(dict.fromkeys(("edition", "office", "organisation"), TEXT))
_PERSON = {"id": TEXT, "name": TEXT, "title": TEXT, "offices": listed(_OFFICE), "passages": WHOLE, "url": LINK}
_THEME = record({**dict.fromkeys(("id", "label_de", "label_en", "scope_note"), TEXT), "passages": WHOLE, "url": LINK})
_ATTENDANCE = record(
    {
        **dict.fromkeys(("edition", "office", "organisation"), TEXT),
        "date": or_null(DAY),
        "roles": _ROLES,
        "passages": WHOLE,
        "programme": _TEXTS,
        "has_words": YES_NO,
    }
)
_VARIANT = record(
    {"form": TEXT, "misprint": TEXT, "pages": {"type": "object", "additionalProperties": _TEXTS}},
)
_VOICE_PART = record(
    {"voice": ref("Voice"), "total": WHOLE, "page": WHOLE, "pages": WHOLE, "passages": listed(ref("Passage"))}
)

PAGE_SCHEMAS: Mapping[str, Schema] = {
    "Start": record(
        {
            "corpus": _CORPUS,
            "events": listed(record(_EVENT)),
            "people": record({"count": WHOLE, "url": LINK}),
            "themes": listed(_THEME),
            "examples": _EXAMPLES,
            "additions": listed(
                record({"date": DAY, "version": TEXT, "passages": WHOLE, "new": _TEXTS, "revised": _TEXTS})
            ),
        }
    ),
    "Event": record(
        {
            **_EVENT,
            "subtitle": TEXT,
            "organisers": _TEXTS,
            "language": TEXT,
            "note": TEXT,
            "publication": _PUBLICATION,
            "programme": listed(record(_SECTION)),
            "speakers": listed(_PARTICIPANT),
            "silent": listed(_PARTICIPANT),
        }
    ),
    "Section": record({"edition": TEXT, **_SECTION, "passages": listed(ref("Passage"))}),
    "SectionOrPassage": {"oneOf": [ref("Section"), ref("Passage")]},
    "People": record({"people": listed(record(_PERSON))}),
    "Person": record(
        {
            **_PERSON,
            "note": TEXT,
            "events": listed(_ATTENDANCE),
            "roles": _ROLES,
            "themes": {"type": "object", "additionalProperties": WHOLE},
            "variants": listed(_VARIANT),
            "panels": listed(record({"edition": TEXT, "section": TEXT, "others": _TEXTS})),
            "voices": listed(_VOICE_PART),
        }
    ),
    "Themes": record({"themes": listed(_THEME)}),
    "Examples": record({"examples": _EXAMPLES}),
    "About": record({"corpus": _CORPUS, "people": WHOLE, "events": listed(record({**_EVENT, "rights": TEXT}))}),
    "Checking": record(
        {
            "verify": LINK,
            **dict.fromkeys(("max_quotes", "max_characters", "max_manuscript"), WHOLE),
            "verdicts": listed(one_of(Verdict)),
        }
    ),
    "OperatorPage": record(
        {"name": one_of(NAMES), "title": TEXT, "language": one_of(LANGUAGES), "markdown": TEXT, "html": TEXT}
    ),
    "Choices": record(
        {
            "query": {"$ref": "#/components/schemas/Distribution/properties/query"},
            "facet": one_of(FACETS),
            "total": WHOLE,
            "values": listed(ref("FacetValue")),
        }
    ),
}

"""Pages as JSON: what start, event, section, person and theme pages say, for programs. Codes and ids, no wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kb.model import Edition, Section, Speaker, Theme
from kb.passage_json import passage_json
from kb.quotes import MAX_CHARACTERS, MAX_MANUSCRIPT, MAX_QUOTES, Verdict
from kb.results import Results
from kb.results_json import query_json
from webapp import urls
from webapp.additions import Addition, additions
from webapp.examples import help_examples, start_examples
from webapp.facets import containing, facet_choices
from webapp.library import Library, event_name
from webapp.parts import Link
from webapp.person_page import PersonPart, person_parts
from webapp.profile import Profile, profile

Told = dict[str, Any]


def start_json(here: Library, *, base_url: str) -> Told:
    """Return what is in the collection: events, number of people, themes, searches to try, last additions."""
    return {
        "corpus": corpus_json(here),
        "events": [event_brief(here, edition, base_url=base_url) for edition in here.newest_first()],
        "people": {"count": len(here.heard), "url": f"{base_url}/personen"},
        "themes": themes_json(here, base_url=base_url)["themes"],
        "examples": [_example_json(one, base_url=base_url) for one in start_examples(here)],
        "additions": [addition_json(one) for one in additions(here)],
    }


def corpus_json(here: Library) -> Told:
    """Return which state of the corpus answers."""
    manifest = here.index.manifest
    return {
        "fingerprint": manifest.fingerprint,
        "passages": manifest.passages,
        "release": manifest.release,
        "built_at": manifest.built_at,
    }


def addition_json(one: Addition) -> Told:
    """Return what a release brought."""
    return {
        "date": one.day.isoformat(),
        "version": one.version,
        "passages": one.passages,
        "new": list(one.new),
        "revised": list(one.revised),
    }


def _example_json(one: Link, *, base_url: str) -> Told:
    return {"text": one.label, "url": f"{base_url}{one.path}"}


def event_brief(here: Library, edition: Edition, *, base_url: str) -> Told:
    """Return the facts by which a list names an event."""
    return {
        "id": edition.id,
        "title": event_name(edition),
        "date": edition.event.date.isoformat() if edition.event.date else None,
        "place": edition.event.place,
        "fictional": edition.fictional,
        "passages": here.counts("edition").get(edition.id, 0),
        "people": len(here.statements(edition.id)),
        "url": f"{base_url}{urls.edition_path(edition.id)}",
    }


def event_json(here: Library, edition: Edition, *, base_url: str) -> Told:
    """Return an event: its facts and publication, the programme, who has words and who has none."""
    publication = asdict(edition.publication) | {"editors": list(edition.publication.editors)}
    statements = here.statements(edition.id)
    return {
        **event_brief(here, edition, base_url=base_url),
        "subtitle": edition.subtitle,
        "organisers": list(edition.event.organisers),
        "language": edition.language,
        "note": edition.note,
        "publication": publication,
        "programme": [section_brief(here, edition, one, base_url=base_url) for one in edition.sections],
        "speakers": [_participant(here, edition, one, count) for one, count in statements.items()],
        "silent": [_participant(here, edition, one, 0) for one in here.silent(edition)],
    }


def _participant(here: Library, edition: Edition, speaker_id: str, count: int) -> Told:
    speaker = here.speaker(speaker_id)
    office = speaker.office_in(edition.id)
    return {
        "id": speaker.id,
        "name": speaker.name,
        "office": office.office if office else "",
        "organisation": office.organisation if office else "",
        "passages": count,
    }


def section_brief(here: Library, edition: Edition, section: Section, *, base_url: str) -> Told:
    """Return a section as the programme has it."""
    return {
        "id": section.id,
        "kind": section.kind,
        "heading": section.heading,
        "title": section.title,
        "subtitle": section.subtitle,
        "time": section.time,
        "page_first": section.page_first,
        "page_last": section.page_last,
        "moderators": list(section.moderators),
        "impulse": list(section.impulse),
        "speakers": list(section.speakers),
        "participants": list(section.participants),
        "has_words": section.id in here.sections_with_words(edition.id),
        "url": f"{base_url}{urls.section_path(edition.id, section.id)}",
    }


def section_json(here: Library, edition: Edition, section: Section, *, base_url: str) -> Told:
    """Return a section with all its passages, those of the sections nested in it too, in reading order."""
    passages = here.index.passages_in(edition.id, section.id)
    return {
        "edition": edition.id,
        **section_brief(here, edition, section, base_url=base_url),
        "passages": [passage_json(one) for one in passages],
    }


def people_json(here: Library, *, base_url: str) -> Told:
    """Return everybody of the authority file, by surname."""
    return {"people": [person_brief(here, one, base_url=base_url) for one in here.by_surname()]}


def person_brief(here: Library, speaker: Speaker, *, base_url: str) -> Told:
    """Return a person as a list of people names one."""
    return {
        "id": speaker.id,
        "name": speaker.name,
        "title": speaker.title,
        "offices": [asdict(office) for office in speaker.offices],
        "passages": here.counts("speaker").get(speaker.id, 0),
        "url": f"{base_url}{urls.person_path(speaker.id)}",
    }


def person_json(here: Library, speaker: Speaker, shown: urls.VoicePage, *, base_url: str) -> Told:
    """Return a person: events and offices, roles, themes, printed names, panels, and the passages asked for."""
    told = profile(here, speaker)
    return {
        **person_brief(here, speaker, base_url=base_url),
        "note": speaker.note,
        "events": _attendances_json(told),
        "roles": {role.value: count for role, count in told.roles.items()},
        "themes": dict(told.themes),
        "variants": [
            {
                "form": one.form,
                "misprint": one.misprint,
                "pages": {edition: list(on) for edition, on in one.pages.items()},
            }
            for one in told.variants
        ],
        "panels": [
            {"edition": one.edition.id, "section": one.section.id, "others": list(one.others)} for one in told.panels
        ],
        "voices": [_part_json(one) for one in person_parts(told, shown)],
    }


def _attendances_json(told: Profile) -> list[Told]:
    return [
        {
            "edition": one.edition.id,
            "date": one.edition.event.date.isoformat() if one.edition.event.date else None,
            "office": one.office.office if one.office else "",
            "organisation": one.office.organisation if one.office else "",
            "roles": {role.value: count for role, count in one.roles.items()},
            "passages": one.passages,
            "programme": [section.id for section in one.named],
            "has_words": one.has_words,
        }
        for one in told.attendances
    ]


def _part_json(part: PersonPart) -> Told:
    return {
        "voice": part.voice.value,
        "total": part.total,
        "page": part.page,
        "pages": part.pages,
        "passages": [passage_json(one) for one in part.passages],
    }


def themes_json(here: Library, *, base_url: str) -> Mapping[str, list[Told]]:
    """Return all controlled themes with the number of their passages."""
    return {"themes": [theme_brief(here, one, base_url=base_url) for one in here.by_label()]}


def theme_brief(here: Library, theme: Theme, *, base_url: str) -> Told:
    """Return a theme as the list of themes names one."""
    return {
        "id": theme.id,
        "label_de": theme.label_de,
        "label_en": theme.label_en,
        "scope_note": theme.scope_note,
        "passages": here.counts("theme").get(theme.id, 0),
        "url": f"{base_url}{urls.theme_path(theme.id)}",
    }


def help_json(here: Library, *, base_url: str) -> Told:
    """Return queries as one types them; each finds something in this collection."""
    return {"examples": [_example_json(one, base_url=base_url) for one in help_examples(here)]}


def about_json(here: Library, *, base_url: str) -> Told:
    """Return the state of the collection, and of each event whose rights its words are."""
    editions = [
        event_brief(here, one, base_url=base_url) | {"rights": one.publication.rights} for one in here.newest_first()
    ]
    return {"corpus": corpus_json(here), "people": len(here.heard), "events": editions}


def checking_json(*, base_url: str) -> Told:
    """Return where quotations are sent to be checked, how many, and which verdicts there are."""
    return {
        "verify": f"{base_url}/api/v1/verify",
        "max_quotes": MAX_QUOTES,
        "max_characters": MAX_CHARACTERS,
        "max_manuscript": MAX_MANUSCRIPT,
        "verdicts": [one.value for one in Verdict],
    }


def choices_json(here: Library, results: Results, facet: str, written: str) -> Told:
    """Return the values of a facet that can narrow or widen a search, those whose label holds what was `written`."""
    choices = facet_choices(here, results, facet)
    return {
        "query": query_json(results.search, results.understood),
        "facet": facet,
        "total": len(choices),
        "values": [
            {
                "value": one.value,
                "label": one.label,
                "count": one.count,
                "selected": one.selected,
                "excluded": one.excluded,
            }
            for one in containing(choices, written)
        ],
    }

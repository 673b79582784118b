"""What the TEI says before the words: work, rights, source, event and outline, people, and the terms used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from kb.export.extract import Extract
from kb.export.tei_names import BY_HAND, ROLES, pointers, section_name
from kb.export.xml_text import element, markup
from kb.model import Edition, Kind, Publication, Role, Section, Speaker, Voice

NO_RIGHTS = "No rights are stated; ask the publisher."
_VOICES = {
    Voice.VERBATIM: "printed as the speaker's own words",
    Voice.REPORTED: "the report renders what a named person said; not that person's words",
    Voice.COLLECTIVE: "a discussion or its summary, nobody named",
    Voice.EDITORIAL: "programme, session information, guiding questions, footnotes",
}


def edition_header(edition: Edition, extract: Extract, passages: int, *, alone: bool) -> str:
    """Return the header of an edition; one that stands `alone` says people and terms, too."""
    people = _people(extract, (edition,)) if alone else ""
    return markup(
        "teiHeader",
        "\n".join(
            (
                markup("fileDesc", _file(edition, extract, passages)),
                _encoding(extract) if alone else "",
                markup("profileDesc", _languages(edition) + _settings(edition, extract) + people),
            )
        ),
    )


def corpus_header(extract: Extract, editions: Iterable[Edition], passages: int) -> str:
    """Return the header of several editions: what they share."""
    editions = tuple(editions)
    title = extract.query or f"{len(editions)} editions"
    file = (
        markup("titleStmt", element("title", title))
        + _extent(passages)
        + _publication(Publication(), extract)
        + markup("sourceDesc", "".join(element("p", edition.title) for edition in editions))
    )
    people = _people(extract, editions)
    return markup(
        "teiHeader",
        markup("fileDesc", file) + "\n" + _encoding(extract) + markup("profileDesc", people or _languages()),
    )


# --- fileDesc -------------------------------------------------------------------------------------------------------
def _file(edition: Edition, extract: Extract, passages: int) -> str:
    titles = element("title", edition.title, type="main") + (
        element("title", edition.subtitle, type="sub") if edition.subtitle else ""
    )
    notes = [
        element("note", "fictional", type="status") if edition.fictional else "",
        element("note", edition.note, type="remark") if edition.note else "",
        element("note", extract.query, type="query") if extract.query else "",
    ]
    return "\n".join(
        (
            markup("titleStmt", titles + element("meeting", edition.event.title)),
            _extent(passages),
            _publication(edition.publication, extract),
            markup("notesStmt", "".join(notes)) if any(notes) else "",
            markup("sourceDesc", _print(edition.publication, edition.title) + _source(edition)),
        )
    )


def _extent(passages: int) -> str:
    return markup("extent", element("measure", f"{passages} passages", unit="passages", quantity=str(passages)))


def _publication(publication: Publication, extract: Extract) -> str:
    licence = element("licence", publication.rights) if publication.rights else element("p", NO_RIGHTS)
    return markup(
        "publicationStmt",
        element("publisher", publication.publisher or "not stated")
        + element("idno", extract.fingerprint, type="corpus-fingerprint")
        + markup("availability", licence, status="" if publication.rights else "unknown"),
    )


def _print(publication: Publication, title: str) -> str:
    """Return the printed work; what is not known of it has no element."""
    facts = [
        element("title", publication.title or title, type="" if publication.title else "edition"),
        *(element("editor", name) for name in publication.editors),
        *(
            element(tag, words)
            for tag, words in (("publisher", publication.publisher), ("pubPlace", publication.place))
            if words
        ),
        element("date", str(publication.year), when=f"{publication.year:04}") if publication.year else "",
        *(
            element("idno", words, type=kind)
            for kind, words in (("URL", publication.url), ("DOI", publication.doi), ("ISBN", publication.isbn))
            if words
        ),
    ]
    return markup("bibl", "".join(facts), type="print")


def _source(edition: Edition) -> str:
    if edition.source is None:
        return ""
    name, digest = element("title", edition.source.file), element("idno", edition.source.sha256, type="sha256")
    return markup("bibl", name + digest, type="file")


# --- encodingDesc ---------------------------------------------------------------------------------------------------
def _encoding(extract: Extract) -> str:
    program = markup("application", element("label", "Wortlaut"), ident="wortlaut", version=version("wortlaut"))
    practice = (
        "u: words printed as a person's own. p/said direct=false: what a report tells of a person, not that person's "
        "words. p: nobody in particular, or editorial. n: the printed list mark. pb: a printed page begins exactly "
        "here. corresp: permanent link with the fingerprint of the words."
    )
    terms = [
        _taxonomy("voice", ((f"voice.{voice}", told) for voice, told in _VOICES.items())),
        _taxonomy("kind", ((f"kind.{kind}", kind.replace("_", " ")) for kind in Kind)),
        _taxonomy("role", ((f"role.{role}", role.replace("_", " ")) for role in Role)),
        _taxonomy(
            "theme",
            (
                *((f"theme.{theme.id}", theme.label_en or theme.label_de) for theme in extract.themes.values()),
                (BY_HAND, "the themes of this passage were set by a person"),
            ),
        ),
    ]
    return markup(
        "encodingDesc",
        markup("editorialDecl", element("p", practice))
        + markup("classDecl", "\n".join(terms))
        + markup("appInfo", program),
    )


def _taxonomy(name: str, terms: Iterable[tuple[str, str]]) -> str:
    categories = (markup("category", element("catDesc", told), xml_id=term) for term, told in terms)
    return markup("taxonomy", "\n".join(categories), xml_id=f"taxonomy.{name}")


# --- profileDesc ----------------------------------------------------------------------------------------------------
def _languages(edition: Edition | None = None) -> str:
    language = edition.language if edition else "mul"
    return markup("langUsage", element("language", language, ident=language))


def _settings(edition: Edition, extract: Extract) -> str:
    """Return event and outline: one setting each, so that sections without words are there, too."""
    event = edition.event
    told = [
        element("name", event.title, type="event"),
        element("name", event.place, type="place") if event.place else "",
        *(element("orgName", name, role="organiser") for name in event.organisers),
        element("date", event.date.isoformat(), when=event.date.isoformat()) if event.date else "",
    ]
    settings = [markup("setting", "".join(told), n="event")]
    worded = {f"{passage.section}/" for passage in extract.passages if passage.edition == edition.id}
    for section in edition.sections:
        has_words = any(one.startswith(f"{section.id}/") for one in worded)
        settings.append(_setting(edition, section, "" if has_words else _pages(section)))
    return markup("settingDesc", "\n".join(settings))


def _pages(section: Section) -> str:
    return "-".join(dict.fromkeys(filter(None, (section.page_first, section.page_last))))


def _setting(edition: Edition, section: Section, pages: str) -> str:
    """Return a section of the outline; its pages only if no words say where it stands."""
    names = {"title": section.title, "heading": section.heading, "subtitle": section.subtitle}
    names |= {"note": section.note, "pages": pages}
    told = [element("name", words, type=kind) for kind, words in names.items() if words]
    told += [element("time", section.time)] if section.time else []
    told += [element("activity", section.kind)]
    name = section_name(edition.id, section.id)
    return markup("setting", "".join(told), xml_id=name, n=section.id, who=pointers("person", section.people))


def _people(extract: Extract, editions: Iterable[Edition]) -> str:
    """Return everybody who is named, and what they are in which section."""
    editions = tuple(editions)
    named = dict.fromkeys(person for edition in editions for one in edition.sections for person in one.people)
    named |= dict.fromkeys(person for passage in extract.passages for person in passage.speaker_ids)
    entries = [_person(extract.speakers[person]) for person in named]
    relations = [relation for edition in editions for relation in _relations(edition)]
    if relations:
        entries.append(markup("listRelation", "\n".join(relations)))
    return markup("particDesc", markup("listPerson", "\n".join(entries))) if entries else ""


def _relations(edition: Edition) -> Iterator[str]:
    for section in edition.sections:
        place = f"#{section_name(edition.id, section.id)}"
        for role in ROLES:
            people = pointers("person", getattr(section, role))
            if people:
                yield element("relation", name=role, active=people, passive=place)


def _person(person: Speaker) -> str:
    title = element("roleName", person.title) + " " if person.title else ""
    entries = [markup("persName", title + element("name", person.name), type="main")]
    entries += [element("persName", form, type="printed") for form in person.printed]
    entries += [
        markup("note", element("persName", form) + " " + element("desc", why), type="misprint")
        for form, why in person.misprints.items()
    ]
    for office in person.offices:
        held = (("roleName", office.office), ("orgName", office.organisation))
        inside = " ".join(element(tag, words) for tag, words in held if words)
        entries.append(markup("affiliation", inside, n=office.edition))
    entries += [element("note", person.note, type="remark")] if person.note else []
    return markup("person", "".join(entries), xml_id=f"person.{person.id}")

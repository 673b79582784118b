"""The words of an edition as TEI: `<div>`, `<u>`, `<seg>`, `<pb>`, after the habits of ParlaMint.

Only words printed as a person's own are an utterance `<u who>`. What a report tells of a person is
`<p><said direct="false" who>`, what nobody in particular said is `<p>`, footnotes and interjections are `<note>`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kb.citation import permanent_link
from kb.export.tei_names import BY_HAND, passage_name, pointers, section_name, source_pointers
from kb.export.xml_text import element, markup, xml_text
from kb.model import Edition, Kind, Mark, Passage, Voice

_Step = tuple[str, str]
"""A division one is in: ("section", id path) or ("heading", words)."""

_Notes = Mapping[tuple[str, str], str]
"""The id of a footnote by forum and printed mark."""


def body_chunks(edition: Edition, passages: Iterable[Passage], notes: _Notes, *, base_url: str) -> Iterator[str]:
    """Yield the `<body>` of an edition, passage by passage."""
    body = _Body(edition, notes, base_url, page=edition.first_page)
    yield "<body>\n"
    if edition.first_page:
        yield element("pb", n=edition.first_page) + "\n"
    for passage in passages:
        yield from body.passage(passage)
    yield from body.closed_to(0)
    yield "</body>\n"


def footnote_names(passages: Iterable[Passage]) -> _Notes:
    """Return the ids of footnotes; a mark that stands before two of one forum tells neither."""
    found = [
        ((passage.forum, passage.list_mark), passage_name(passage.locator))
        for passage in passages
        if passage.kind is Kind.FOOTNOTE and passage.list_mark
    ]
    often = Counter(key for key, _ in found)
    return {key: name for key, name in found if often[key] == 1}


def speaker_is_told(passage: Passage, before: Passage | None) -> bool:
    """Return whether the printed name goes before a passage; that of a speech goes before its first paragraph."""
    if not passage.speaker_printed:
        return False
    return not (before and passage.kind is Kind.SPEECH and passage.speaker_ids and _who(passage) == _who(before))


def _who(passage: Passage) -> tuple[object, ...]:
    return (passage.section, passage.kind, passage.speaker_ids, passage.speaker_printed)


@dataclass
class _Body:
    """Walks through the passages and keeps what carries over: open divisions, page, the passage before."""

    edition: Edition
    notes: _Notes
    base_url: str
    page: str
    path: list[_Step] = field(default_factory=list)
    before: Passage | None = None

    def passage(self, passage: Passage) -> Iterator[str]:
        """Yield a passage, with the divisions and pages that begin before it."""
        steps = _steps(passage)
        yield from self.closed_to(self._shared(steps))
        opens_page = any(mark.kind == "page" and mark.offset == 0 for mark in passage.marks)
        if passage.page_first != self.page and not opens_page:
            yield element("pb", n=passage.page_first) + "\n"
        for step in steps[len(self.path) :]:
            yield self._opened(step)
        if speaker_is_told(passage, self.before):
            yield element("note", passage.speaker_printed or "", type="speaker") + "\n"
        yield passage_element(passage, self.notes, base_url=self.base_url) + "\n"
        self.page, self.before = passage.page_last, passage

    def _shared(self, steps: list[_Step]) -> int:
        """Return how many open divisions stay open.

        After a division no words may follow, and after a section no sub-heading of the one around it: then that one is
        begun anew.
        """
        inside, here = _sections(steps), _sections(self.path)
        if len(inside) < len(here) and here[: len(inside)] == inside:
            return len(inside) - 1
        pairs = zip(self.path, steps, strict=False)
        least = min(len(self.path), len(steps))
        shared = next((depth for depth, (one, other) in enumerate(pairs) if one != other), least)
        return shared - 1 if shared == len(steps) < len(self.path) else shared

    def closed_to(self, depth: int) -> Iterator[str]:
        """Yield the ends of the divisions below a depth."""
        while len(self.path) > depth:
            self.path.pop()
            yield "</div>\n"

    def _opened(self, step: _Step) -> str:
        self.path.append(step)
        kind, name = step
        if kind == "heading":
            return f'<div type="part">\n{element("head", name)}\n'
        section = self.edition.section(name)
        place = f"#{section_name(self.edition.id, name)}"
        start = element("div", type=section.kind if section else "part", corresp=place).removesuffix("/>")
        return f"{start}>\n{element('head', section.label if section else name)}\n"


def _steps(passage: Passage) -> list[_Step]:
    ids = passage.section.split("/")
    sections = [("section", "/".join(ids[:depth])) for depth in range(1, len(ids) + 1)]
    return sections + [("heading", words) for words in passage.headings]


def _sections(steps: list[_Step]) -> list[_Step]:
    return [step for step in steps if step[0] == "section"]


def passage_element(passage: Passage, notes: _Notes, *, base_url: str) -> str:
    """Return a passage as one element; its text content is the words and nothing else."""
    words = "".join(markup("seg", inside) for inside in _paragraphs(passage, notes))
    who = pointers("person", passage.speaker_ids)
    named = {
        "xml_id": passage_name(passage.locator),
        "n": passage.list_mark or "",
        "ana": _terms(passage),
        "corresp": permanent_link(passage, base_url=base_url),
        "source": source_pointers(passage.source, passage.spans, passage.source_id),
    }
    if passage.kind is Kind.FOOTNOTE:
        return markup("note", words, place="foot", resp=who, **named)
    if passage.kind is Kind.INTERJECTION:
        return markup("note", words, type="interjection", resp=who, **named)
    if passage.voice is Voice.VERBATIM:
        return markup("u", words, who=who, **named)
    if passage.voice is Voice.REPORTED:
        return markup("p", markup("said", words, direct="false", who=who), **named)
    return markup("p", words, resp=who, **named)


def _terms(passage: Passage) -> str:
    terms = [f"#kind.{passage.kind}", f"#voice.{passage.voice}"]
    terms += [f"#role.{passage.role}"] if passage.role else []
    terms += [f"#theme.{tag.theme}" for tag in passage.themes]
    terms += [f"#{BY_HAND}"] if any(tag.by_hand for tag in passage.themes) else []
    return " ".join(terms)


def _paragraphs(passage: Passage, notes: _Notes) -> Iterator[str]:
    """Yield the paragraphs of a passage, with what is printed inside them at its place."""
    start = 0
    for paragraph in passage.text.split("\n\n"):
        end = start + len(paragraph)
        written, at = "", start
        for mark in passage.marks:
            if start <= mark.offset <= end:
                written += xml_text(passage.text[at : mark.offset]) + _mark(mark, passage.forum, notes)
                at = mark.offset
        yield written + xml_text(passage.text[at:end])
        start = end + 2


def _mark(mark: Mark, forum: str, notes: _Notes) -> str:
    if mark.kind == "page":
        return element("pb", n=mark.label)
    name = notes.get((forum, mark.label))
    return element("ref", type="note", n=mark.label, target=f"#{name}" if name else "")

"""Reported sections: a rapporteur tells what was said, and nobody's label stands before the words.

Whose words are rendered is read from the first sentence of each paragraph: it opens the guiding questions, somebody's
contribution, the discussion or the summary, and what follows belongs to it until the next such opening. Mood
(indicative, subjunctive) is no criterion: reported text stands in both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.names import ADDRESSED, NAME, Person, Register
from indexer.outline import SectionDraft
from indexer.reporting import (
    BACK_REFERENCE,
    DISCUSSION,
    DISCUSSION_HEADINGS,
    IMPULSE_HEADINGS,
    IN_CONTRIBUTION,
    OWN_WORK,
    PRONOUN,
    QUESTION_HEADINGS,
    QUESTIONS,
    SUMMARY,
    SUMMARY_HEADINGS,
    THESES,
    says,
)
from kb.model import Kind, Role


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it is judged: its words, list mark, and the sub-heading right above it, if there is one."""

    text: str
    list_mark: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a paragraph is, and whose: the rule that decided, the words it was read from, and how sure it is."""

    kind: Kind
    person: Person | None = None
    role: Role | None = None
    printed: str = ""
    rule: str = "continued"
    confidence: float = 0.9
    doubt: str = ""


def first_sentence(text: str) -> str:
    """Return the first sentence of a paragraph, abbreviations and ordinals not taken for its end.

    >>> first_sentence("In Dr. Beils Impuls, z.B. am 3. Mai, ging es um Holz. Dann nicht.")
    'In Dr. Beils Impuls, z.B. am 3. Mai, ging es um Holz.'
    """
    for match in re.finditer(r"[.!?:][“”\"»]?(?=\s+[A-ZÄÖÜ„»\"]|$)", text):
        before = re.search(r"[\w.-]*$", text[: match.start()])
        word = before.group() if before else ""
        if not re.fullmatch(r"(?:\d{1,2}|\w|Dr|Prof|ca|bzw|vgl|Art|Nr|usw|etc|[\w.]+\.\w)", word):
            return text[: match.end()]
    return text


_UNKNOWN = Verdict(Kind.DISCUSSION, rule="opening", confidence=0.6, doubt="vor jeder erkennbaren Einleitung")
_OPENING = {
    "summary": Verdict(Kind.SUMMARY, rule="heading", confidence=0.9),
    "discussion": Verdict(Kind.DISCUSSION, rule="heading", confidence=0.9),
}


def judge(paragraphs: Sequence[Paragraph], draft: SectionDraft, register: Register) -> list[Verdict]:
    """Return a verdict per paragraph of a reported section, in order."""
    verdicts: list[Verdict] = []
    state = _OPENING.get(draft.kind, _UNKNOWN)
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        verdict, state = _judge_one(paragraph, following, state, draft, register)
        verdicts.append(verdict)
    return verdicts


def _judge_one(
    paragraph: Paragraph, following: Paragraph | None, state: Verdict, draft: SectionDraft, register: Register
) -> tuple[Verdict, Verdict]:
    """Return the verdict on a paragraph and the state the next one finds."""
    if paragraph.heading:
        state = _after_heading(paragraph.heading, state, draft, register)
    if paragraph.list_mark:
        return _list_point(paragraph, state, register), state
    if state.kind is Kind.QUESTIONS and not paragraph.text.endswith("?"):
        state = _after_questions(draft, register)
    if state.kind is Kind.THESES:
        state = replace(state, kind=Kind.REPORTED)
    opened = _opening(paragraph, following, state, draft, register)
    if opened is not None:
        aside = state.kind is Kind.DISCUSSION and opened.rule == "named_aside"
        return opened, state if aside else _carried(opened)
    named = _named_within(paragraph.text, state, register)
    return (named or state), state


def _carried(verdict: Verdict) -> Verdict:
    """Return the state an opening leaves behind: the same, but what follows is read from context, not from a name."""
    kind = Kind.THESES if verdict.rule == "theses" else verdict.kind
    return Verdict(kind, verdict.person, verdict.role, rule="continued", confidence=0.9)


def _after_heading(heading: str, state: Verdict, draft: SectionDraft, register: Register) -> Verdict:
    text = heading.rstrip(":").strip()
    if QUESTION_HEADINGS.fullmatch(text):
        return Verdict(Kind.QUESTIONS, rule="heading", confidence=0.97)
    if DISCUSSION_HEADINGS.fullmatch(text):
        return Verdict(Kind.DISCUSSION, rule="heading", confidence=0.95)
    if SUMMARY_HEADINGS.fullmatch(text):
        return Verdict(Kind.SUMMARY, rule="heading", confidence=0.93)
    named = _person_in(text, draft, register)
    if named is not None:
        return Verdict(Kind.REPORTED, named[0], _role(draft, named[0]), named[1], "heading", 0.95)
    if IMPULSE_HEADINGS.fullmatch(text):
        return _impulse_state(draft, register, rule="heading")
    if state.kind is Kind.QUESTIONS:
        return _after_questions(draft, register)
    return state


def _impulse_state(draft: SectionDraft, register: Register, *, rule: str) -> Verdict:
    givers = draft.named(Role.IMPULSE) or draft.named(Role.SPEAKER)
    if len(givers) == 1:
        person = register.people[givers[0]]
        return Verdict(Kind.REPORTED, person, _role(draft, person), "", rule, 0.88)
    return Verdict(Kind.DISCUSSION, rule=rule, confidence=0.5, doubt="Impuls ohne erkennbaren Namen")


def _after_questions(draft: SectionDraft, register: Register) -> Verdict:
    """Return the state behind the guiding questions when nothing says what comes: the impulse, less surely."""
    state = _impulse_state(draft, register, rule="after_questions")
    return Verdict(
        state.kind, state.person, state.role, "", state.rule, 0.6, state.doubt or "aus der Reihenfolge erschlossen"
    )


def _list_point(paragraph: Paragraph, state: Verdict, register: Register) -> Verdict:
    if state.kind is Kind.THESES and paragraph.list_mark[:1].isdigit():
        return state
    return _named_within(paragraph.text, state, register) or state


def _opening(
    paragraph: Paragraph, following: Paragraph | None, state: Verdict, draft: SectionDraft, register: Register
) -> Verdict | None:
    """Return what the first sentence of a paragraph opens, None if it goes on with what was."""
    sentence = first_sentence(paragraph.text)
    lead_in = paragraph.text.endswith(":") and following is not None and bool(following.list_mark)
    in_discussion = _in_discussion(state)
    named = _contributor(sentence, draft, register, in_discussion=in_discussion)
    if lead_in and named is None and QUESTIONS.search(paragraph.text.rstrip(":").strip()):
        return Verdict(Kind.QUESTIONS, rule="lead_in", confidence=0.97)
    if SUMMARY.search(sentence) and named is None:
        return Verdict(Kind.SUMMARY, rule="lead_in", confidence=0.93)
    if named is not None and not BACK_REFERENCE.match(sentence):
        return _of_person(paragraph, named, state, draft, lead_in=lead_in)
    if DISCUSSION.search(sentence) and (state.kind is not Kind.DISCUSSION or state.rule == "opening"):
        return Verdict(Kind.DISCUSSION, rule="lead_in", confidence=0.95)
    return None


def _in_discussion(state: Verdict) -> bool:
    """Return whether a heading or a lead-in has opened the discussion."""
    return state.kind is Kind.DISCUSSION and state.rule not in ("opening", "after_questions")


def _of_person(
    paragraph: Paragraph, named: tuple[Person, str, str], state: Verdict, draft: SectionDraft, *, lead_in: bool
) -> Verdict:
    """Return the verdict on a paragraph whose first sentence names its person.

    Inside a discussion that somebody comes back counts for this paragraph alone.
    """
    person, printed, doubt = named
    if lead_in and THESES.search(paragraph.text):
        return Verdict(Kind.REPORTED, person, _role(draft, person), printed, "theses", 0.97, doubt)
    rule = "named_aside" if _in_discussion(state) else "named"
    confidence = 0.8 if rule == "named_aside" or doubt else 0.97
    return Verdict(Kind.REPORTED, person, _role(draft, person), printed, rule, confidence, doubt)


def _contributor(
    sentence: str, draft: SectionDraft, register: Register, *, in_discussion: bool
) -> tuple[Person, str, str] | None:
    """Return the person whose contribution a sentence renders: named, and said to say something.

    Inside a discussion "im Impuls von X" looks back and opens nothing.
    """
    named = _person_in(sentence, draft, register)
    if named is None:
        return None
    person, printed, doubt = named
    if IN_CONTRIBUTION.search(sentence) or (not in_discussion and OWN_WORK.search(sentence)):
        return person, printed, doubt
    return named if says(printed).search(sentence) else None


def _person_in(text: str, draft: SectionDraft, register: Register) -> tuple[Person, str, str] | None:
    """Return the person of this section named first in `text`, the form as printed, and a doubt if letters differ."""
    among = [register.people[person_id] for person_id in draft.named()]
    found = [(form, person) for person in among if (form := register.printed_form(text, person))]
    if found:
        form, person = min(found, key=lambda pair: text.index(pair[0]))
        why = next((why for wrong, why in person.misprints if form.endswith(wrong)), "")
        return person, form, why and f"„{form}“ gelesen als {person.name}: {why}"
    for form in _name_runs(text):
        person_like, why = register.match(form)
        if person_like in among and person_like is not None:
            return person_like, form, _misprint(form, person_like, why, register)
    for match in ADDRESSED.finditer(text):
        person_like, why = register.surnamed(match["name"].split()[-1], draft.named())
        if person_like in among and person_like is not None:
            return person_like, match.group(), why and f"„{match['name']}“ gelesen als {person_like.name}: {why}"
    return None


def _name_runs(text: str) -> list[str]:
    """Return the runs of two or three capitalised words in `text`: what could be a name."""
    runs = []
    for match in re.finditer(NAME, text):
        words = match.group().split()
        runs += [" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 2, min(i + 4, len(words) + 1))]
    return runs


def _misprint(name: str, person: Person, why: str, register: Register) -> str:
    """Return the doubt a misprinted name leaves, and record the form with its person."""
    if not why:
        return ""
    misprints = dict(person.misprints) | {name: why}
    register.replace(
        Person(person.id, person.name, person.title, person.office, person.organisation,
               tuple(dict.fromkeys((*person.printed, name))), tuple(misprints.items()))
    )  # fmt: skip
    return f"„{name}“ gelesen als {person.name}: {why}"


def _named_within(text: str, state: Verdict, register: Register) -> Verdict | None:
    """Return the state more surely if the paragraph names its person, or speaks of "er" or "sie" saying something."""
    if state.person is None:
        return None
    printed = register.printed_form(text, state.person)
    if printed:
        return Verdict(state.kind, state.person, state.role, printed, "named", 0.95, state.doubt)
    if PRONOUN.search(text):
        return Verdict(state.kind, state.person, state.role, "", "pronoun", 0.93, state.doubt)
    return None


def _role(draft: SectionDraft, person: Person) -> Role:
    return draft.role_of(person.id) or Role.IMPULSE

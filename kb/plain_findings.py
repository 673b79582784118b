"""Explanation, concordance, distribution, likeness and analysis as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.citation import pages
from kb.concordance import Concordance
from kb.distribution import Distribution, Share
from kb.explanation import ClauseScore, Evidence, Explanation
from kb.inquiry import Frequency, Inquiry
from kb.plain import hit_lines, notes_lines
from kb.similar import Similar

_FIELDS = {"text": "Text", "headings": "Zwischentitel", "section": "Abschnitt", "speakers": "Person", "office": "Amt"}
_KINDS = {"word": "Wort", "synonym": "Synonym", "stem": "Stamm", "parts": "Teile"}
_BY = {"section": "Abschnitt", "year": "Jahr", "edition": "Veranstaltung", "speaker": "Person"}
_LONGEST_LABEL = 60


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """Yield what a score is made of: the product, then a line for each word and for each way it is met."""
    added = [*(clause.score for clause in explanation.clauses), *(score for _, score in explanation.together)]
    clauses = " + ".join(map(_number, added)) or "0"
    share = f"{_number(explanation.coordination)} ({explanation.share:.0%} der Anfrage)"
    yield f"  Wert {_number(explanation.total)} = ({clauses}) × {share} × {_number(explanation.prior)} (Textart)"
    for clause in explanation.clauses:
        yield from _clause_lines(clause, "    ")
    for words, score in explanation.together:
        yield f"    {words}: {_number(score)} (stehen beieinander)"


def _clause_lines(clause: ClauseScore, indent: str) -> Iterator[str]:
    yield f"{indent}{clause.words}: {_number(clause.score)}"
    for evidence in clause.evidence:
        if evidence.kind != "stem" or evidence is clause.evidence[0]:  # who has the word has its stem
            yield f"{indent}  {_evidence_words(evidence)}"
    for inner in clause.inner:
        yield from _clause_lines(inner, f"{indent}  ")


def _evidence_words(evidence: Evidence) -> str:
    kind = _KINDS.get(evidence.kind, evidence.kind)
    often = ", ".join(f"{_field(occurrence.field)} {_number(occurrence.often)}" for occurrence in evidence.occurrences)
    weight = f" × {_number(evidence.weight)}" if evidence.weight != 1 else ""
    return f"{kind} „{evidence.words}“: {_number(evidence.score)} (Seltenheit {_number(evidence.idf)}{weight}; {often})"


def _field(name: str) -> str:
    """Return the German name of a field of the index; "text_parts" are the parts of compounds in the text."""
    field, _, kind = name.partition("_")
    return f"{_FIELDS.get(field, field)}{' (Wortteil)' if kind.startswith('part') else ''}"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def concordance_lines(concordance: Concordance, *, width: int) -> Iterator[str]:
    """Yield a concordance line by line, the matches one below the other."""
    first = concordance.search.offset + 1
    shown = f", {first}–{first + len(concordance.lines) - 1}" if concordance.lines else ""
    yield f"{_counted(concordance.occurrences, concordance.passages)}{shown}"
    yield from notes_lines(concordance.understood)
    for line in concordance.lines:
        place = " · ".join(filter(None, (pages(line.page, line.page), line.passage.id)))
        yield f"{line.left:>{width}}[{line.match}]{line.right}  ({place})"


def _counted(occurrences: int, passages: int) -> str:
    first = "1 Fundstelle" if occurrences == 1 else f"{occurrences} Fundstellen"
    return f"{first} in {passages} Textstelle{'' if passages == 1 else 'n'}"


def distribution_lines(distribution: Distribution) -> Iterator[str]:
    """Yield the counts in all and, below each field, for each of its values."""
    whole = distribution.whole
    yield (
        f"{_counted(whole.occurrences, whole.passages)}, {_number(whole.per_10000)} auf 10.000 der {whole.words} Wörter"
    )
    yield from notes_lines(distribution.understood)
    for field, shares in distribution.fields.items():
        if shares:
            yield ""
            yield from _table(_BY[field], shares)


def _table(heading: str, shares: Sequence[Share]) -> Iterator[str]:
    labels = [share.label if len(share.label) <= _LONGEST_LABEL else f"{share.label[:59]}…" for share in shares]
    width = max(len(heading), *map(len, labels))
    yield f"{heading:<{width}}  Fundstellen  Textstellen  auf 10.000 Wörter"
    for label, share in zip(labels, shares, strict=True):
        yield f"{label:<{width}}  {share.occurrences:>11}  {share.passages:>11}  {_number(share.per_10000):>17}"


def similar_lines(similar: Similar) -> Iterator[str]:
    """Yield the telling words of a passage, then the passages alike with the words they share."""
    words = ", ".join(f"{term.word} {_number(term.weight)}" for term in similar.terms)
    yield f"Kennzeichnende Wörter: {words or 'keine'}"
    if not similar.alike:
        yield "Keine andere Textstelle teilt genug davon."
    for alike in similar.alike:
        yield ""
        yield from hit_lines(alike.hit)
        yield f"  gemeinsam: {', '.join(alike.shared)}"


def inquiry_lines(inquiry: Inquiry) -> Iterator[str]:
    """Yield how a word is understood, a line for each thing there is to say."""
    analysis = inquiry.analysis
    yield analysis.word
    told = {
        "lemmas": ", ".join(analysis.lemmas),
        "parts": " | ".join(analysis.parts),
        "folded": analysis.folded,
        "searched": ", ".join(inquiry.terms),
        "synonyms": ", ".join(inquiry.synonyms),
        "finds": ", ".join(inquiry.finds),
        "corpus": _frequency_words(inquiry.frequency) if inquiry.frequency else "",
    }
    yield from (f"  {name:<9} {words}" for name, words in told.items() if words)


def _frequency_words(frequency: Frequency) -> str:
    if not frequency.passages and not frequency.inside:
        return f"nowhere; alike: {', '.join(frequency.alike)}" if frequency.alike else "nowhere"
    inside = f", inside other words in {frequency.inside} more" if frequency.inside else ""
    return f"in {frequency.passages} passage{'' if frequency.passages == 1 else 's'}{inside}"

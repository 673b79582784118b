"""TEI P5 after the habits of ParlaMint: one `<TEI>` an edition, several in a `<teiCorpus>`, written passage by passage.

`kb import` reads it back to the same passages; `wortlaut-tei.rng` beside this module says what may stand where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kb.errors import NotFound
from kb.export.extract import Extract
from kb.export.tei_header import corpus_header, edition_header
from kb.export.tei_names import NAMESPACE, passage_name, source_pointers
from kb.export.tei_text import body_chunks, footnote_names
from kb.export.xml_text import element, markup
from kb.model import Edition, Passage

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BY_HAND = "by_hand"


def tei_chunks(extract: Extract, *, base_url: str) -> Iterator[str]:
    """Yield the TEI document of an extract.

    Raises:
        NotFound: there is no passage, and so no text to write.
    """
    sizes = Counter(passage.edition for passage in extract.passages)
    editions = [extract.editions[edition_id] for edition_id in sizes]
    if not editions:
        raise NotFound("passage", extract.query or "*", "a TEI document without any words cannot be written")
    yield _DECLARATION
    if len(editions) == 1:
        yield from _edition(editions[0], extract, extract.passages, sizes.total(), alone=True, base_url=base_url)
        return
    yield f'<teiCorpus xmlns="{NAMESPACE}">\n'
    yield corpus_header(extract, editions, sizes.total()) + "\n"
    for edition, passages in extract.parts:
        yield from _edition(edition, extract, tuple(passages), sizes[edition.id], alone=False, base_url=base_url)
    yield "</teiCorpus>\n"


def _edition(
    edition: Edition, extract: Extract, passages: Iterable[Passage], size: int, *, alone: bool, base_url: str
) -> Iterator[str]:
    yield f'<TEI xmlns="{NAMESPACE}" xml:id="edition.{edition.id}" xml:lang="{edition.language}">\n'
    yield edition_header(edition, extract, size, alone=alone) + "\n"
    yield "<text>\n"
    yield from body_chunks(edition, passages, footnote_names(passages), base_url=base_url)
    yield "</text>\n"
    yield from _evidence_chunks(passages)
    yield "</TEI>\n"


def _evidence_chunks(passages: Iterable[Passage]) -> Iterator[str]:
    """Yield how sure each attribution is and why, apart from the words; nothing of what a person has set."""
    begun = False
    for passage in passages:
        if passage.evidence and passage.evidence.rule != _BY_HAND:
            yield "" if begun else "<standOff>\n"
            begun = True
            yield _certainty(passage) + "\n"
    yield "</standOff>\n" if begun else ""


def _certainty(passage: Passage) -> str:
    evidence = passage.evidence
    assert evidence is not None  # the caller asked
    return markup(
        "certainty",
        element("desc", evidence.doubt) if evidence.doubt else "",
        target=f"#{passage_name(passage.locator)}",
        match="@who",
        locus="value",
        degree=repr(evidence.confidence),
        type=evidence.rule,
        source=source_pointers(passage.source, evidence.read_from),
    )

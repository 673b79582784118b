"""The quotation builder on the page of a passage: sentences to tick, the quotation made of them, the words marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from kb.errors import NotFound
from kb.model import CONTENT_KINDS, Edition, Passage
from kb.quotation import Quotation, QuotationRefused, build_quotation, whose
from kb.quotation_links import quotation_citation, quotation_fragment, sentence_stretches
from kb.selection import (
    SelectionError,
    Stretch,
    parse_stretches,
    selection_arguments,
    stretch_of,
    written_stretch,
)
from kb.styling import STYLES, styled
from kb.translation import N_
from kb.translation import gettext as _
from webapp.language import interface_language
from webapp.prose import Piece

_CHANGED = N_(
    "Die Worte haben sich geändert, seit dieser Link entstand. Gezählte Wörter lassen sich darin nicht wiederfinden; "
    "darum ist nichts markiert. Wählen Sie neu."
)
_NO_WORDS = N_("Die Adresse nennt Wörter, die es an dieser Stelle nicht gibt. Wählen Sie neu.")
_UNPINNED = N_("Der Link trug keinen Fingerabdruck: Gezählt sind die heutigen Worte. Der Link unten hält sie fest.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence, a stretch of words or a style to choose; `value` is how the address names it."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SentenceGroup:
    """The sentences of one passage."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class BuiltQuotation:
    """A quotation ready to copy: words, words with reference, reference, links, and its cautions.

    `marking_link` is `link` with the text fragment that makes a browser jump to the words.
    """

    text: str
    whole: str
    reference: str
    link: str
    marking_link: str
    cautions: tuple[str, ...]
    json_path: str


@dataclass(frozen=True, slots=True)
class QuotationBox:
    """What the page of a passage shows of the builder.

    `problem` tells why there is no quotation, `note` what to know of the one there is. `spans` are the words to be
    marked, by locator; `locale` is the language of the reference, `present` is the selection as the address writes it.
    """

    path: str
    groups: tuple[SentenceGroup, ...]
    locale: str
    present: str
    whole_sentences: bool
    styles: tuple[Choice, ...]
    built: BuiltQuotation | None
    problem: str
    note: str
    spans: Mapping[str, tuple[tuple[int, int], ...]]


def quotation_box(
    passage: Passage,
    fingerprint: str,
    args: MultiDict[str, str],
    *,
    around: Sequence[Passage],
    edition: Edition,
    base_url: str,
) -> QuotationBox:
    """Return the builder for a passage; `args` hold the words chosen, `around` the passages of its section.

    Style and language in `args` are known ones: the citation of the passage is in them, too. Where none is asked for
    the reference is in the language of the page.
    """
    quotation, problem = _asked(passage, fingerprint, args, around, edition)
    style, locale = args.get("style") or next(iter(STYLES)), args.get("locale") or interface_language()
    pieces = quotation.pieces if quotation else ()
    chosen = tuple(piece.stretch for piece in pieces)
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    for piece in pieces:
        spans[piece.passage.id] = (*spans.get(piece.passage.id, ()), (piece.start, piece.end))
    return QuotationBox(
        path=f"/{passage.id}~{passage.fingerprint}",
        groups=tuple(_group(one, passage, chosen, around) for one in _joinable(passage, around, quotation)),
        locale=locale,
        present=selection_arguments(chosen, passage.locator),
        whole_sentences=args.get("sentences") == "1",
        styles=tuple(Choice(one.id, _(one.label), one.id == style) for one in STYLES.values()),
        built=_built(quotation, around, edition, base_url, style, locale) if quotation else None,
        problem=problem,
        note=_(_UNPINNED) if quotation and not fingerprint else "",
        spans=spans,
    )


def asked_quotation(
    passage: Passage, fingerprint: str, args: MultiDict[str, str], around: Sequence[Passage], edition: Edition
) -> Quotation:
    """Return the quotation that the parameters `w` and `sentences` ask for.

    Raises:
        SelectionError, QuotationRefused, NotFound: there is none.
    """
    written = [one for one in args.getlist("w") if one.strip()]
    if not written:
        raise QuotationRefused("empty")
    stretches = parse_stretches(written, passage.locator, fingerprint)
    whole = args.get("sentences") == "1"
    return build_quotation(stretches, around, whole_sentences=whole, language=edition.language)


def _asked(
    passage: Passage, fingerprint: str, args: MultiDict[str, str], around: Sequence[Passage], edition: Edition
) -> tuple[Quotation | None, str]:
    """Return the quotation asked for, or why there is none."""
    if not args.getlist("w") and "sentences" not in args:
        return None, ""
    try:
        return asked_quotation(passage, fingerprint, args, around, edition), ""
    except SelectionError as error:
        return None, _(_CHANGED if error.changed else _NO_WORDS)
    except NotFound:
        return None, _(_NO_WORDS)
    except QuotationRefused as error:
        return None, error.sentence


def _joinable(passage: Passage, around: Sequence[Passage], quotation: Quotation | None) -> list[Passage]:
    """Return the passage with those just before and after it by the same speaker, and all that are quoted."""
    content = [one for one in around if one.kind in CONTENT_KINDS or one.id == passage.id]
    here = next(number for number, one in enumerate(content) if one.id == passage.id)
    quoted = {one.id for one in quotation.passages} if quotation else set()
    nearby = {one.id for one in content[max(0, here - 1) : here + 2] if _alike(one, passage)}
    return [one for one in content if one.id in nearby | quoted | {passage.id}]


def _alike(one: Passage, other: Passage) -> bool:
    said = one.section, one.voice, whose(one)
    return bool(whose(one)) and said == (other.section, other.voice, whose(other))


def _group(one: Passage, passage: Passage, chosen: Sequence[Stretch], around: Sequence[Passage]) -> SentenceGroup:
    """Return the sentences of a passage, those chosen ticked, and what is chosen beside whole sentences."""
    mine = [stretch for stretch in chosen if stretch.locator == one.locator]
    sentences = sentence_stretches(one)
    words = one.text.split()
    covered: set[int] = set()
    choices = []
    for sentence, text in sentences:
        ticked = any(stretch.first <= sentence.first and sentence.last <= stretch.last for stretch in mine)
        covered |= set(range(sentence.first, sentence.last + 1)) if ticked else set()
        choices.append((sentence.first, Choice(written_stretch(sentence, passage.locator), text, ticked)))
    for first, last in _rest(mine, covered):
        text = f"… {' '.join(words[first - 1 : last])} …"
        value = written_stretch(stretch_of(one, first, last), passage.locator)
        choices.append((first, Choice(value, text, True)))
    ordered = tuple(choice for _, choice in sorted(choices, key=lambda pair: pair[0]))
    return SentenceGroup(_group_label(one, passage, around), ordered)


def _group_label(one: Passage, passage: Passage, around: Sequence[Passage]) -> str:
    if one.id == passage.id:
        return _("Diese Stelle")
    if around.index(one) < around.index(passage):
        return _("Stelle %(number)s, davor", number=one.locator.ordinal)
    return _("Stelle %(number)s, danach", number=one.locator.ordinal)


def _rest(stretches: Sequence[Stretch], covered: set[int]) -> list[tuple[int, int]]:
    """Return the runs of chosen words that no ticked sentence covers."""
    left = sorted({word for one in stretches for word in range(one.first, one.last + 1)} - covered)
    runs: list[tuple[int, int]] = []
    for word in left:
        if runs and runs[-1][1] + 1 == word:
            runs[-1] = runs[-1][0], word
        else:
            runs.append((word, word))
    return runs


def _built(
    quotation: Quotation, around: Sequence[Passage], edition: Edition, base_url: str, style: str, locale: str
) -> BuiltQuotation:
    citation = quotation_citation(quotation, edition, base_url=base_url, accessed=date.today(), locale=locale)
    cited = styled(citation, style, locale)
    locator, _, arguments = quotation.path.partition("?")
    return BuiltQuotation(
        text=cited.words,
        whole=cited.whole,
        reference=cited.reference,
        link=cited.citation.link,
        marking_link=cited.citation.link + quotation_fragment(quotation, around),
        cautions=tuple(caution.sentence for caution in quotation.cautions),
        json_path=f"/api/v1/passages/{locator}/quotation?{arguments}",
    )


def mark_words(
    paragraphs: Sequence[tuple[Piece, ...]], spans: Sequence[tuple[int, int]]
) -> tuple[tuple[Piece, ...], ...]:
    """Return the paragraphs of a passage with the words in `spans` as pieces of their own, of the kind "marked"."""
    start, cut = 0, []
    for paragraph in paragraphs:
        pieces: list[Piece] = []
        for piece in paragraph:
            if piece.kind != "text":
                pieces.append(piece)
                continue
            pieces += _cut(piece.text, [(first - start, last - start) for first, last in spans])
            start += len(piece.text)
        start += 2
        cut.append(tuple(pieces))
    return tuple(cut)


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for first, last in spans:
        first, last = max(first, at), min(last, len(text))
        if first >= last:
            continue
        pieces += [Piece("text", text[at:first]), Piece("marked", text[first:last])]
        at = last
    return [piece for piece in (*pieces, Piece("text", text[at:])) if piece.text]

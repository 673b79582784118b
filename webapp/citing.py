"""The citation a request asks for, and the box of it on the page of a passage."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask import Response, current_app, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from kb.citable import parse_range, parse_selection, passages_from
from kb.citation import Citation, cite
from kb.citation_formats import FORMATS, coins, json_ld, meta_tags
from kb.citation_wording import LOCALES
from kb.errors import LocatorError
from kb.model import Passage
from kb.search_arguments import BadArgument
from kb.styling import STYLES, Style, StyledCitation, styled
from kb.translation import N_
from kb.translation import gettext as _
from webapp.language import interface_language
from webapp.library import library
from webapp.parts import CitationBox, CitationForm, Link
from webapp.typography import unbroken

_STYLE_NAMES, _FORMAT_NAMES = tuple(STYLES), tuple(FORMATS)
_FORMAT_LABELS = {"bibtex": "BibTeX", "biblatex": "BibLaTeX", "ris": "RIS", "csl-json": "CSL-JSON"}
_LANGUAGES = {"de": N_("Deutsch"), "en": N_("Englisch")}
_FILES = {
    "bibtex": ("application/x-bibtex", "bib"),
    "biblatex": ("application/x-bibtex", "bib"),
    "ris": ("application/x-research-info-systems", "ris"),
    "csl-json": ("application/vnd.citationstyles.csl+json", "json"),
}


def base_url() -> str:
    """Return what absolute links start with: the setting, or the host of this request."""
    setting: str = current_app.config["BASE_URL"]
    return setting or request.host_url.rstrip("/")


def asked_citation(written: str, args: MultiDict[str, str], *, locale: str = LOCALES[0]) -> StyledCitation:
    """Return the citation of the passage or range `written`, in the style, language and for the words asked for.

    `locale` is its language where none is asked for.

    Raises:
        LocatorError, NotFound: there is no such place.
        CitationError: the range cannot be cited as one.
        BadArgument: there is no such style, language or selection.
    """
    style = chosen(args, "style", _STYLE_NAMES)
    asked = chosen(args, "locale", LOCALES) if args.get("locale") else locale
    return styled(_citation(written, args), style, asked)


def chosen(args: MultiDict[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """Return the value of a parameter, the first of `allowed` if none is given.

    Raises:
        BadArgument: it is none of `allowed`.
    """
    value = args.get(name, "") or allowed[0]
    if value not in allowed:
        raise BadArgument(name, value, ", ".join(allowed))
    return value


def _citation(written: str, args: MultiDict[str, str]) -> Citation:
    first, last, _ = parse_range(written)
    here = library()
    passage = here.passage(first)
    cited: tuple[Passage, ...] = (passage,)
    if last != first.ordinal:
        cited = passages_from(here.index.passages_in(first.edition, first.section), first, last)
    return cite(
        cited if len(cited) > 1 else passage,
        here.edition(first.edition),
        base_url=base_url(),
        accessed=date.today(),
        selection=_selection(args),
        quoted=args.get("quoted", "")[:100],
    )


def _selection(args: MultiDict[str, str]) -> tuple[int, int] | None:
    written = args.get("chars", "")
    try:
        return parse_selection(written) if written else None
    except LocatorError as error:
        raise BadArgument("chars", written, "12-40") from error


def citation_box(passage: Passage, args: MultiDict[str, str]) -> CitationBox:
    """Return the citation of a passage as its page offers it, in the style and language asked for, or else in that
    of the page.

    Raises:
        BadArgument: there is no such style or language.
    """
    cited = asked_citation(passage.id, args, locale=interface_language())
    json_path = f"/api/v1/passages/{passage.id}"
    return CitationBox(
        html=Markup(unbroken(cited.html)),  # escaped by kb.styling
        locale=cited.locale,
        whole=cited.whole,
        reference=cited.reference,
        link=cited.citation.link,
        styles=tuple(_in_style(cited, style) for style in STYLES.values()),
        locales=tuple(_in_locale(cited, locale) for locale in LOCALES),
        files=tuple(_as_file(cited, form, f"{json_path}/citation/{form}") for form in FORMATS),
        formats=(Link("JSON", json_path), Link(_("Zitat als JSON"), f"{json_path}/citation?style={cited.style.id}")),
        meta=meta_tags(cited.citation),
        coins=Markup(coins(cited.citation)),  # escaped by kb.citation_formats
        json_ld=json_ld(cited.citation),
    )


def _in_style(cited: StyledCitation, style: Style) -> CitationForm:
    """Return the same citation in a style, with the address of the page that shows it so."""
    other = styled(cited.citation, style.id, cited.locale)
    path = _page_query(style.id, cited.locale)
    return CitationForm(f"zitat-{style.id}", _(style.label), path, other.whole, current=style == cited.style)


def _in_locale(cited: StyledCitation, locale: str) -> Link:
    note = _("gewählt") if locale == cited.locale else ""
    return Link(_(_LANGUAGES[locale]), _page_query(cited.style.id, locale), note)


def _page_query(style: str, locale: str) -> str:
    kept = {"view": request.args["view"]} if request.args.get("view") else {}
    return f"?{urlencode({'style': style, 'locale': locale, **kept})}#zitieren"


def _as_file(cited: StyledCitation, form: str, path: str) -> CitationForm:
    return CitationForm(f"datei-{form}", _FORMAT_LABELS[form], path, FORMATS[form](cited.citation), _FILES[form][0])


def citation_file(written: str, form: str, args: MultiDict[str, str]) -> Response:
    """Return the citation as a file to load into a reference manager.

    Raises:
        BadArgument: there is no such format.
    """
    if form not in FORMATS:
        raise BadArgument("format", form, ", ".join(_FORMAT_NAMES))
    citation = _citation(written, args)
    media, ending = _FILES[form]
    answer = Response(FORMATS[form](citation), content_type=f"{media}; charset=utf-8")
    name = citation.key.replace(":", "_")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer

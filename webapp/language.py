"""The language of the interface: chosen by the reader, or else the one the browser asks for; the words stay as printed.

The choice is kept in a cookie that says nothing but the language; addresses are the same in every language.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from babel import Locale
from flask import Blueprint, Flask, Response, redirect, request
from flask_babel import Babel, get_locale, get_translations
from werkzeug.wrappers import Response as AnyResponse

from kb.translation import speak, speak_german

blueprint = Blueprint("language", __name__)

LANGUAGES = {"de": "Deutsch", "en": "English"}
"""The languages of the interface, each with its own name; the first is the one the texts in the code are written in."""

_LOCALES = {"de": "de", "en": "en_GB"}
_COOKIE = "language"
_YEAR = 365 * 24 * 60 * 60


def register(app: Flask) -> None:
    """Let an application address each reader in a language of `LANGUAGES`."""
    Babel(app, locale_selector=lambda: _LOCALES[_preferred()], default_timezone="Europe/Berlin")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(interface_language=interface_language, other_languages=other_languages)
    app.register_blueprint(blueprint)
    app.before_request(lambda: speak(get_translations(), interface_language()))
    app.teardown_request(lambda _: speak_german())
    app.after_request(_varied)


def _preferred() -> str:
    chosen = request.cookies.get(_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default="de") or "de"


def locale() -> Locale:
    """Return the locale by which numbers and dates are written for this reader."""
    return get_locale() or Locale("de")


def interface_language() -> str:
    """Return the code of the language this reader is addressed in: "de" or "en"."""
    return locale().language


def other_languages() -> dict[str, str]:
    """Return the languages the reader could choose instead, by code, each with its own name."""
    return {code: name for code, name in LANGUAGES.items() if code != interface_language()}


@blueprint.post("/sprache")
def choose() -> AnyResponse:
    """Keep the chosen language and lead back to the page it was chosen on."""
    answer = redirect(_local_path(request.form.get("zurueck", "")), code=303)
    chosen = request.form.get("sprache")
    if chosen in LANGUAGES:
        answer.set_cookie(_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def _local_path(address: str) -> str:
    """Return path and query of an address of this site; the start page for any other."""
    parts = urlsplit(address)
    is_local = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.scheme
    return address if is_local and not parts.netloc else "/"


def _varied(answer: Response) -> Response:
    """Tell caches that an answer depends on the language asked for; a file does not."""
    if request.endpoint != "static":
        answer.vary.update(("Accept-Language", "Cookie"))
    return answer

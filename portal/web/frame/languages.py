"""Language and reading level: both stand in the path, so that any page can be shared and cached."""

from functools import cache
from typing import Any, Literal, cast

from babel import Locale, UnknownLocaleError
from flask import Flask, g, request, url_for
from flask_babel import Babel
from werkzeug.routing import BaseConverter, Map, ValidationError

from portal.settings import SettingsFault
from portal.web.frame.runtime import runtime

Level = Literal["standard", "easy-read"]
HOME_LANGUAGE = "en"


class LanguageConverter(BaseConverter):
    """Matches a language that this deployment offers; anything else is not found."""

    offered: tuple[str, ...] = ("en",)

    def __init__(self, map: Map) -> None:  # werkzeug's own name for it
        super().__init__(map)
        self.part_isolating = True

    def to_python(self, value: str) -> str:
        if value not in self.offered:
            raise ValidationError
        return value


def add_languages(app: Flask, offered: tuple[str, ...]) -> Babel:
    """Take language and level out of each address, and put them into each address that is built.

    Raises SettingsFault.
    """
    for code in offered:
        try:
            locale_of(code)
        except (UnknownLocaleError, ValueError):
            raise SettingsFault(f"PORTAL_LANGUAGES: no language has the code {code}.") from None
    converter = type("Offered", (LanguageConverter,), {"offered": offered})
    app.url_map.converters["lang"] = converter

    @app.url_value_preprocessor
    def take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        values = values if values is not None else {}
        g.lang = values.pop("lang", None) or offered[0]
        g.level = values.pop("level", None) or "standard"

    @app.url_defaults
    def put(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values.setdefault("lang", lang())
            values.setdefault("level", level())

    return Babel(app, locale_selector=lambda: locale_of(lang()))


def lang() -> str:
    """Return the language of this request."""
    return cast(str, g.get("lang", "en"))


def level() -> Level:
    """Return the reading level of this request."""
    return cast(Level, g.get("level", "standard"))


def is_easy() -> bool:
    """Return whether this request reads Easy Read."""
    return level() == "easy-read"


def direction(code: str) -> str:
    """Return how a language runs: "ltr" or "rtl"."""
    return locale_of(code).text_direction


@cache
def locale_of(code: str) -> Locale:
    """Return how a language writes dates, numbers and lists; ours is British, whose lists have no comma before "or"."""
    return Locale.parse("en_GB" if code == HOME_LANGUAGE else code.replace("-", "_"))


def own_name(code: str) -> str:
    """Return what a language calls itself, such as "polski"."""
    return Locale.parse(code, sep="-").get_display_name() or code


def switch_url() -> str:
    """Return this same page at the other reading level; empty where a page has only one."""
    if request.endpoint is None or "lang" not in (request.url_rule.arguments if request.url_rule else ()):
        return ""
    other = "standard" if is_easy() else "easy-read"
    return url_for(request.endpoint, **(request.view_args or {}), lang=lang(), level=other)


def language_links() -> list[dict[str, object]]:
    """Return this same page in every language on offer."""
    if request.endpoint is None or not request.url_rule or "lang" not in request.url_rule.arguments:
        return []
    return [
        {
            "code": code,
            "name": own_name(code),
            "url": url_for(request.endpoint, **(request.view_args or {}), lang=code, level=level()),
            "current": code == lang(),
            "dir": direction(code),
        }
        for code in runtime().settings.languages
    ]


def both_levels(rule: str) -> list[tuple[str, dict[str, str]]]:
    """Return the two addresses of a page: (rule, defaults) for standard wording and for Easy Read."""
    return [(f"/<lang:lang>{rule}", {"level": "standard"}), (f"/<lang:lang>/easy-read{rule}", {"level": "easy-read"})]

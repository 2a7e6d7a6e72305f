"""Our sentences in the reader's language. What its catalogue lacks stays English, and is marked so."""

from collections.abc import Mapping
from gettext import NullTranslations
from typing import cast

from babel.numbers import format_decimal
from babel.support import Translations
from flask import Flask, Response, current_app
from markupsafe import Markup

from portal.content.untranslated import mark, unmarked, with_lang
from portal.form.plurals import PLURALS
from portal.web.frame.languages import HOME_LANGUAGE, direction, is_easy, lang, locale_of
from portal.web.frame.runtime import runtime

DOMAIN = "messages"
WORDS = ("text/html", "text/plain")


class InEnglish(NullTranslations):
    """Where a catalogue ends: the English words, marked."""

    def gettext(self, message: str) -> str:
        return mark(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return mark(msgid1 if n == 1 else msgid2)


def add_texts(app: Flask) -> None:
    """Read the catalogue of every language on offer, and let pages say which of their words are English."""
    settings = app.extensions["portal"].settings
    catalogues = {HOME_LANGUAGE: NullTranslations()}
    for code in settings.languages:
        if code != HOME_LANGUAGE:
            found = Translations.load(settings.translations_dir, [locale_of(code)], DOMAIN)
            found.add_fallback(InEnglish())
            catalogues[code] = found if isinstance(found, Translations) else InEnglish()
    app.extensions["catalogues"] = catalogues

    @app.after_request
    def say_what_is_english(response: Response) -> Response:
        if lang() != HOME_LANGUAGE and response.mimetype in WORDS:
            words = response.get_data(as_text=True)
            shown = with_lang(words, direction(lang())) if response.mimetype == "text/html" else unmarked(words)
            if shown != words:
                response.set_data(shown)
        return response


def catalogue() -> NullTranslations:
    """Return the catalogue of the reader's language."""
    return cast(NullTranslations, current_app.extensions["catalogues"][lang()])


def say(sentence: str | None, **figures: object) -> str:
    """Return a sentence in the reader's language; empty for none (gettext would give its catalogue's header)."""
    if not sentence:
        return ""
    one, decides = PLURALS.get(sentence, ("", ""))
    number = figures.get(decides)
    words = catalogue().ngettext(one, sentence, number) if isinstance(number, int) else catalogue().gettext(sentence)
    return words % _as_written(figures) if figures else words


def say_number(one: str, several: str, number: int) -> str:
    """Return the form of a sentence that this number takes in the reader's language, with `%(number)s` filled in."""
    return catalogue().ngettext(one, several, number) % _as_written({"number": number})


def _as_written(figures: Mapping[str, object]) -> dict[str, object]:
    """Return what is filled in, numbers as the reader's language writes them: 1,000 or 1.000."""
    written = {
        key: format_decimal(each, locale=locale_of(lang())) for key, each in figures.items() if type(each) is int
    }
    return {**figures, **written}


def english(text: str) -> str:
    """Return words that stay as they were written, such as the title of a source, marked where the reader's differ."""
    return mark(text) if lang() != HOME_LANGUAGE else text


def lang_of_code(code: str) -> Markup:
    """Return the attributes of an element that shows a code in another language than the page's."""
    its = runtime().lang_of_code(code)
    if its == lang():
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(its, direction(its))


def told(sentence: str, **figures: object) -> str:
    """Return what is wrong with an answer, in the reader's language and level."""
    easy = runtime().contents[lang()].error(sentence) if is_easy() else None
    if easy is None:
        return say(sentence, **figures)
    return easy % _as_written(figures) if figures else easy

"""Our sentences in the reader's language."""

from functools import cache

from babel.support import NullTranslations
from flask_babel import get_translations

from portal.web.frame.languages import is_easy, lang
from portal.web.frame.runtime import runtime


@cache
def catalogue(_lang: str) -> NullTranslations:
    """Return the catalogue of a language. Kept, since looking it up anew costs more than translating."""
    found: NullTranslations = get_translations()
    return found


def say(sentence: str | None, **figures: object) -> str:
    """Return a sentence in the reader's language; empty for none (gettext would give its catalogue's header)."""
    if not sentence:
        return ""
    words: str = catalogue(lang()).ugettext(sentence)
    return words % figures if figures else words


def told(sentence: str, **figures: object) -> str:
    """Return what is wrong with an answer, in the reader's language and level."""
    easy = runtime().contents[lang()].error(sentence) if is_easy() else None
    if easy is None:
        return say(sentence, **figures)
    return easy % figures if figures else easy

"""Our sentences in the reader's language."""

from flask_babel import gettext


def say(sentence: str | None, **figures: object) -> str:
    """Return a sentence in the reader's language; empty for none (gettext would give its catalogue's header)."""
    return str(gettext(sentence, **figures)) if sentence else ""

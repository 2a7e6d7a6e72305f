"""A language that nobody speaks, for its messages to be told from English."""

from collections.abc import Callable, Iterable
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo


def bracketed(sentence: str) -> str:
    """Return a sentence in the made-up language."""
    return f"⟦{sentence}⟧"


def speak(translations: Path, lang: str, sentences: Iterable[str], say: Callable[[str], str] = bracketed) -> Path:
    """Write the catalogue of a language that says these sentences in its own way; returns the folder of catalogues."""
    catalog = Catalog(locale=lang)
    for sentence in sentences:
        catalog.add(sentence, say(sentence))
    folder = translations / lang / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalog)
    return translations

"""A made-up language, called Welsh to have a real one's plural forms: each message of the catalogue in ⟦brackets⟧.

What a page shows outside the brackets was never looked up, so it has to say that it is English, or be a name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.content.untranslated import END, START
from tests.support.html import NAMESPACE
from tests.support.html import parse as parsed
from tests.support.portals import StrictClient, words_of
from tools.messages import TEMPLATE

LANG = "cy"
READ_OUT = ("alt", "aria-label", "title", "placeholder", "content")
NOT_READ = frozenset({"script", "style"})
LETTERS = re.compile(r"[^\W\d_]{2,}")


def bracketed(sentence: str) -> str:
    """Return a sentence in the made-up language."""
    return f"⟦{sentence}⟧"


def write_language(translations: Path, lang: str = LANG) -> Path:
    """Write the catalogue of a language that says every message of ours; return the folder of catalogues."""
    with TEMPLATE.open("rb") as file:
        return speak(translations, lang, (message.id for message in read_po(file) if message.id))


def speak(
    translations: Path,
    lang: str,
    messages: Iterable[str | Sequence[str]],
    say: Callable[[str], str] = bracketed,
) -> Path:
    """Write the catalogue of a language that says these messages in its own way; return the folder of catalogues."""
    made = Catalog(locale=lang)
    for message in messages:
        if isinstance(message, str):
            made.add(message, say(message))
        else:
            one, several = message
            made.add((one, several), [say(one), *[say(several)] * (made.num_plurals - 1)])
    path = translations / lang / "LC_MESSAGES" / "messages.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, made)
    return translations


class Listener(StrictClient):
    """Reads every page that comes, and keeps what is neither translated nor marked as English."""

    heard: dict[str, str]

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request, and read what comes back."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and response.request.path.startswith(f"/{LANG}/"):
            for text in foreign_words(parsed(words_of(response))):
                self.heard.setdefault(text, f"{response.request.method} {response.request.path}")
        return response


def listener_of(client: FlaskClient) -> dict[str, str]:
    """Return what a client has heard so far: words, and where they first stood."""
    assert isinstance(client, Listener)
    return client.heard


def foreign_words(page: Element) -> Iterator[str]:
    """Yield what is visible or read out on a page outside the brackets and under no element that says English."""
    yield from _outside("".join(_texts(page, LANG)))
    for text in _attributes(page, LANG):
        yield from _outside(text)


def _texts(node: Element, lang: str) -> Iterator[str]:
    if not isinstance(node.tag, str):  # a comment
        return
    lang = node.get("lang", lang)
    name = node.tag.removeprefix(NAMESPACE)
    if node.get("translate") == "no":
        return
    if lang == LANG and name not in NOT_READ:
        yield node.text or ""
    for child in node:
        yield from _texts(child, lang)
        if lang == LANG:
            yield child.tail or ""
    yield "" if name in {"strong", "a", "b", "em", "span"} else "\n"


def _attributes(node: Element, lang: str) -> Iterator[str]:
    """Yield what is read out, and what the buttons of a form say."""
    lang = node.get("lang", lang)
    if lang == LANG:
        yield from (node.get(name, "") for name in READ_OUT if name != "content" or node.get("name") == "description")
    for child in node:
        yield from _attributes(child, lang)


NOT_PRINTED = frozenset(
    {"addresses", "drawings", "first_for", "fonts", "key", "kind", "lang", "link", "picture", "rule", "style"}
)
"""Not words; and `addresses`, which repeats words of sentences that are looked at where they stand."""
MARKED = re.compile(f"{START}[^{START}{END}]*{END}")


def foreign_words_of_document(data: Any) -> Iterator[str]:
    """Yield what the data of a document to print holds outside the brackets and outside the marks of English."""
    if isinstance(data, str):
        yield from _outside(MARKED.sub("\n", data))
    elif isinstance(data, Mapping):
        is_block = "kind" in data and "words" in data  # whose name is the key of a picture
        skipped = NOT_PRINTED | ({"name"} if is_block else set())
        for key in data.keys() - skipped:
            yield from foreign_words_of_document(data[key])
    elif isinstance(data, list | tuple) and all(isinstance(each, Mapping) and "bold" in each for each in data):
        yield from foreign_words_of_document("".join(each["text"] for each in data))
    elif isinstance(data, list | tuple):
        for each in data:
            yield from foreign_words_of_document(each)


def _outside(text: str) -> Iterator[str]:
    """Yield the words outside brackets, stretch by stretch."""
    depth, outside = 0, ""
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        outside += sign if depth == 0 and sign != "⟧" else "\n" if sign == "⟦" else ""
    yield from (line.strip() for line in outside.split("\n") if LETTERS.search(line))

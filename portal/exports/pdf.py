"""Tagged PDF/UA-1 documents, set by typst from templates; what people typed is data there, never code."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from portal.cache import Folder
from portal.exports.characters import Typesetter
from portal.exports.fonts import FAMILIES, FIRST_FOR, Fonts
from portal.form.question import N_

TEMPLATES = Path(__file__).parent / "templates"
REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_TRIES = 12
PRINTABLE_ASCII = range(0x20, 0x7F)
NOTE = N_("Some characters could not be printed. They are shown by their number, like this: [U+738B].")
PAGE_OF = N_("Page {page} of {pages}")

Say = Callable[[str], str]
Data = Mapping[str, Any]


class Printer:
    """Sets documents in PDF, from several threads one after the other: typst's compiler takes one at a time.

    Without a `cache` nothing is kept.
    """

    def __init__(self, fonts: Fonts, cache: Folder | None = None) -> None:
        self._fonts = fonts
        self._cache = cache
        self._lock = Lock()
        library = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(each) for each in fonts.folders]
        )
        self._compiler = typst.Compiler(root=str(TEMPLATES), font_paths=library)
        self._made_from = hashlib.sha256(typst.__name__.encode())
        for template in sorted(TEMPLATES.glob("*.typ")):
            self._made_from.update(template.read_bytes())

    def personal(self, template: str, data: Data, say: Say = str) -> bytes:
        """Return a document with somebody's own words in it. It is never kept."""
        return self._print(template, _framed(data, say), say)

    def public(self, template: str, data: Data, say: Say = str) -> bytes:
        """Return a document that is the same for everybody, kept by the hash of what it is made from."""
        framed = _framed(data, say)
        if self._cache is None:
            return self._print(template, framed, say)
        digest = self._made_from.copy()
        digest.update(json.dumps([template, framed], sort_keys=True).encode())
        return self._cache.of(digest.hexdigest(), lambda: self._print(template, framed, say))

    def _print(self, template: str, data: Data, say: Say) -> bytes:
        typesetter = Typesetter(self._fonts.characters)
        for _ in range(MOST_TRIES):
            try:
                return self._compile(template, _set(data, typesetter, say(NOTE)))
            except typst.TypstError as fault:
                refused = REFUSED.search(fault.message)
                if not refused:
                    raise
                cluster = _unescaped(refused[1])
                if cluster in typesetter.refused:
                    break
                typesetter.refused.add(cluster)
        # Whatever typst still refuses, the letters of plain English are never among it.
        return self._compile(template, _set(data, Typesetter(PRINTABLE_ASCII), say(NOTE)))

    def _compile(self, template: str, data: Data) -> bytes:
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        with self._lock:
            made = self._compiler.compile(
                input=TEMPLATES / f"{template}.typ", format="pdf", sys_inputs=inputs, pdf_standards="ua-1"
            )
        if not isinstance(made, bytes):
            raise TypeError("typst returned no document")
        return made


def _framed(data: Data, say: Say) -> Data:
    lang = str(data["lang"]).split("-", maxsplit=1)[0]
    first = FIRST_FOR.get(lang)
    fonts = [first, *FAMILIES] if first else list(FAMILIES)
    return {**data, "lang": lang, "fonts": fonts, "first_for": FIRST_FOR, "page_of": say(PAGE_OF)}


def _set(data: Data, typesetter: Typesetter, note: str) -> Data:
    made = {key: value if key == "drawings" else _printable(value, typesetter) for key, value in data.items()}
    return {**made, "note": note if typesetter.missing else ""}


def _printable(value: Any, typesetter: Typesetter) -> Any:
    if isinstance(value, str):
        return typesetter.printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(each, typesetter) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each, typesetter) for each in value]
    return value


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace('\\"', '"').replace("\\\\", "\\")

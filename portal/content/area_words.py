"""Easy Read wording for the sentences of the area files, kept by the sentence itself, as a translation is.

A sentence that changes in its area file loses its Easy Read wording until somebody writes it again; then a page shows
the sentence as it stands, never an old wording of it. The files are `easyread/<lang>/areas/*.toml`: `[[facts]]` with
`text`, the exact sentence, and `[[facts.lines]]`, each with a `picture` and what to `say`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from portal.content.easy import pictured
from portal.content.loading import HOME_LANGUAGE, PORTAL
from portal.content.pages import EasyLine
from portal.content.pictures import Pictures, load_pictures
from portal.content.tables import ContentFault, LineTable, Table, read_file
from portal.content.untranslated import in_english
from portal.strict import Text, numbered, toml_files

AreaWords = Mapping[str, tuple[EasyLine, ...]]


def load_area_words(folder: Path, pictures: Pictures) -> AreaWords:
    """Read the Easy Read wording of one language's area sentences. Raises ContentFault."""
    words: dict[str, tuple[EasyLine, ...]] = {}
    for path in toml_files(folder):
        for text, lines in area_file(path, pictures):
            if text in words:
                raise ContentFault(path.name, "text", f"has its Easy Read wording already: {text}")
            words[text] = lines
    return words


def load_all_area_words(lang: str, own: Path | None = None) -> AreaWords:
    """Read those of English and then of a language, ours and then a deployment's own; the last one says it.

    Raises ContentFault.
    """
    pictures = load_pictures(PORTAL / "content" / "pictures.toml")
    words: dict[str, tuple[EasyLine, ...]] = {}
    for language in dict.fromkeys((HOME_LANGUAGE, lang)):
        for base in [PORTAL] if own is None else [PORTAL, own]:
            read = load_area_words(base / "easyread" / language / "areas", pictures)
            words |= read if language == lang else in_english(read)
    return words


class FactTable(Table, frozen=True, kw_only=True):
    """A sentence, and its lines in Easy Read."""

    text: Text
    lines: Annotated[tuple[LineTable, ...], Meta(min_length=1)]


class FactsTable(Table, frozen=True, kw_only=True):
    """A file of sentences."""

    facts: tuple[FactTable, ...] = ()


def area_file(path: Path, pictures: Pictures) -> Iterator[tuple[str, tuple[EasyLine, ...]]]:
    """Yield the sentences of one file, each with its Easy Read lines. Raises ContentFault."""
    for where, fact in numbered("facts", read_file(path, FactsTable).facts):
        places = numbered(f"{where}.lines", fact.lines)
        yield fact.text, tuple(pictured(line, pictures, path, place) for place, line in places)

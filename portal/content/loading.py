"""Load every page, question, word and picture, or stop with the file and the field at fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta

from portal.content.easy import ERRORS, EasyReader, load_errors, load_words
from portal.content.inline import plain
from portal.content.pages import KNOWN_PAGES, Block, EasyPage, EasyQuestion, Page, Word
from portal.content.pictures import Pictures, load_pictures
from portal.content.tables import ContentFault, Sourced, Table, kind_of, read_file
from portal.content.untranslated import in_english
from portal.strict import Text, numbered, toml_files

PORTAL = Path(__file__).resolve().parent.parent
HOME_LANGUAGE = "en"
Texts = Annotated[tuple[Text, ...], Meta(min_length=1)]


@dataclass(frozen=True)
class Content:
    """Everything to read, for one language. A page not yet written in it is the English one and says so (`lang`)."""

    lang: str
    pages: Mapping[str, Page]
    easy_pages: Mapping[str, EasyPage]
    questions: Mapping[str, EasyQuestion]
    words: Mapping[str, Word]
    pictures: Pictures
    errors: Mapping[str, str] = field(default_factory=dict)

    def page(self, name: str) -> Page:
        """Return the page in standard wording; KeyError if there is none."""
        return self.pages[name]

    def easy_page(self, name: str) -> EasyPage:
        """Return the page in Easy Read; KeyError if there is none."""
        return self.easy_pages[name]

    def question(self, key: str) -> EasyQuestion | None:
        """Return the Easy Read wording of a question, if somebody has written it."""
        return self.questions.get(key)

    def error(self, sentence: str) -> str | None:
        """Return the Easy Read words of what is wrong with an answer, if somebody has written them in this language."""
        return self.errors.get(sentence)


def load_content(lang: str = HOME_LANGUAGE, folder: Path | None = None, own: Path | None = None) -> Content:
    """Load the content of one language from the portal's folder. Raises ContentFault.

    `own` is a deployment's folder: pages and questions in its `content/` and `easyread/` replace ours of the same name.
    """
    home = folder or PORTAL
    homes = [home] if own is None else [home, own]
    pictures = load_pictures(home / "content" / "pictures.toml")
    words = load_words(home / "easyread" / HOME_LANGUAGE / "words.toml")
    easy_pages: dict[str, EasyPage] = {}
    questions: dict[str, EasyQuestion] = {}
    for language in dict.fromkeys((HOME_LANGUAGE, lang)):
        for base in homes:
            easy = EasyReader(language, base / "easyread" / language, words, pictures)
            words = easy.words
            read_pages, read_questions = tuple(easy.pages()), tuple(easy.questions())
            if language != lang:
                read_pages, read_questions = in_english(read_pages), in_english(read_questions)
            easy_pages |= {page.name: page for page in read_pages}
            questions |= {question.key: question for question in read_questions}
    pages = {path.stem: load_page(path) for base in homes for path in toml_files(base / "content" / "pages")}
    errors: dict[str, str] = {}
    for base in homes:
        errors |= load_errors(base / "easyread" / lang / ERRORS)
    return Content(lang, pages, easy_pages, questions, words, pictures, errors)


class WarningTable(Table, frozen=True, kw_only=True):
    """A warning inside a block."""

    title: Text
    text: Text


class BlockTable(Sourced, frozen=True, kw_only=True):
    """A block as a file says it: exactly one of KINDS, and for a colour what it means."""

    h2: Text | None = None
    h3: Text | None = None
    p: Text | None = None
    inset: Text | None = None
    list: Texts | None = None
    steps: Texts | None = None
    warning: WarningTable | None = None
    insert: Text | None = None
    colour: Literal["green", "amber", "red", "blue"] | None = None
    title: Text | None = None
    means: Text | None = None
    then: Texts | None = None


class PageTable(Table, frozen=True, kw_only=True):
    """A page in standard wording, as a file says it."""

    title: Text
    summary: Text
    blocks: Annotated[tuple[BlockTable, ...], Meta(min_length=1)]


KINDS = ("h2", "h3", "p", "inset", "list", "steps", "warning", "insert", "colour")
OF_A_COLOUR = ("title", "means", "then")


def load_page(path: Path) -> Page:
    """Read one page in standard wording. Raises ContentFault."""
    if path.stem not in KNOWN_PAGES:
        raise ContentFault(path.name, "file", "is not the name of a page")
    read = read_file(path, PageTable)
    blocks = tuple(_block(table, path, where) for where, table in numbered("blocks", read.blocks))
    return Page(path.stem, read.title, read.summary, blocks)


def _block(table: BlockTable, path: Path, where: str) -> Block:
    kind = kind_of(table, KINDS, path, where)
    for key in OF_A_COLOUR:
        is_there = getattr(table, key) is not None
        if is_there != (kind == "colour"):
            raise ContentFault(path.name, f"{where}.{key}", "belongs to a colour" if is_there else "is missing")
    said: Any = getattr(table, kind)
    match kind:
        case "list" | "steps":
            return Block(kind, items=said, source=table.origin)
        case "warning":
            return Block(kind, title=said.title, text=said.text, source=table.origin)
        case "insert":
            return Block(kind, name=said)
        case "colour":
            return Block(
                kind,
                name=said,
                title=table.title or "",
                text=table.means or "",
                items=table.then or (),
                anchor=said,
                source=table.origin,
            )
    return Block(kind, text=said, anchor=_anchor(said) if kind in {"h2", "h3"} else "", source=table.origin)


def _anchor(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain(text).casefold()).strip("-")

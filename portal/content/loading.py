"""Load every page, question, word and picture, or stop with the file and the field at fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.content.easy import ERRORS, EasyReader, load_errors, load_words
from portal.content.inline import plain
from portal.content.marks import checked, insert_name, source_of
from portal.content.pages import COLOURS, KNOWN_PAGES, Block, EasyPage, EasyQuestion, Page, Word
from portal.content.pictures import Pictures, load_pictures
from portal.content.tables import ContentFault, Table, read_table, toml_files
from portal.content.untranslated import in_english

PORTAL = Path(__file__).resolve().parent.parent
HOME_LANGUAGE = "en"


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


def load_page(path: Path) -> Page:
    """Read one page in standard wording. Raises ContentFault."""
    if path.stem not in KNOWN_PAGES:
        raise ContentFault(path.name, "file", "is not the name of a page")
    table = read_table(path)
    blocks = tuple(_block(entry) for entry in table.tables("blocks"))
    page = Page(path.stem, table.text("title"), table.text("summary"), blocks)
    table.done()
    if not blocks:
        raise table.fault("blocks", "is missing")
    return page


def _block(table: Table) -> Block:
    kinds = [key for key in _READERS if table.has(key)]
    if len(kinds) != 1:
        raise table.fault("kind", f"must be exactly one of {', '.join(_READERS)}")
    block = _READERS[kinds[0]](table, kinds[0])
    table.done()
    return block


def _text_block(table: Table, kind: str) -> Block:
    text = checked(table, kind, table.text(kind))
    anchor = _anchor(text) if kind in {"h2", "h3"} else ""
    return Block(kind, text=text, anchor=anchor, source=source_of(table))


def _list_block(table: Table, kind: str) -> Block:
    items = tuple(checked(table, kind, item) for item in table.texts(kind))
    return Block(kind, items=items, source=source_of(table))


def _warning_block(table: Table, kind: str) -> Block:
    inner = table.table(kind)
    block = Block(
        kind, title=inner.text("title"), text=checked(inner, "text", inner.text("text")), source=source_of(table)
    )
    inner.done()
    return block


def _insert_block(table: Table, kind: str) -> Block:
    return Block(kind, name=insert_name(table))


def _colour_block(table: Table, kind: str) -> Block:
    name = table.text(kind)
    if name not in COLOURS:
        raise table.fault(kind, f"must be one of {', '.join(COLOURS)}")
    return Block(
        kind,
        name=name,
        title=table.text("title"),
        text=checked(table, "means", table.text("means")),
        items=tuple(checked(table, "then", item) for item in table.texts("then")),
        anchor=name,
        source=source_of(table),
    )


_READERS = {
    "h2": _text_block,
    "h3": _text_block,
    "p": _text_block,
    "inset": _text_block,
    "list": _list_block,
    "steps": _list_block,
    "warning": _warning_block,
    "insert": _insert_block,
    "colour": _colour_block,
}


def _anchor(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain(text).casefold()).strip("-")

"""Read the Easy Read folder of one language: pages, questions and words explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from portal.content.marks import checked, insert_name, source_of
from portal.content.pages import (
    KNOWN_PAGES,
    EasyBlock,
    EasyChoice,
    EasyLine,
    EasyPage,
    EasyQuestion,
    Word,
    question_texts,
    words_used,
)
from portal.content.pictures import Pictures
from portal.content.tables import ContentFault, Table, read_table, toml_files

ERRORS = "errors.toml"
NOT_PAGES = frozenset({"words", "errors"})
FIGURE = re.compile(r"%\((\w+)\)s")


def load_words(path: Path) -> dict[str, Word]:
    """Read the words explained, by the word and its other forms (`also`) in small letters."""
    glossary: dict[str, Word] = {}
    table = read_table(path)
    for key in table.names():
        entry = table.table(key)
        also = entry.texts("also") if entry.has("also") else ()
        word = Word(key, entry.text("say"), also, entry.flag("everyday"))
        for form in word.forms:
            if form in glossary:
                raise entry.fault("also", f"explains {form} a second time")
            glossary[form] = word
        entry.done()
    return glossary


def load_errors(path: Path) -> dict[str, str]:
    """Read what is wrong with an answer in Easy Read, by the standard sentence; nothing where there is no file."""
    errors: dict[str, str] = {}
    table = read_table(path) if path.exists() else Table(path.name, "", {})
    for entry in table.tables("errors"):
        text, say = entry.text("text"), entry.text("say")
        if text in errors:
            raise entry.fault("text", f"is there a second time: {text}")
        if unknown := set(FIGURE.findall(say)) - set(FIGURE.findall(text)):
            raise entry.fault("say", f"fills in what the sentence does not know: {', '.join(sorted(unknown))}")
        errors[text] = say
        entry.done()
    table.done()
    return errors


class EasyReader:
    """Reads the Easy Read folder of one language; its own words come before the English ones."""

    def __init__(self, lang: str, folder: Path, words: Mapping[str, Word], pictures: Pictures) -> None:
        self.lang = lang
        self.folder = folder
        own = folder / "words.toml"
        self.words: dict[str, Word] = {**words, **(load_words(own) if own.exists() else {})}
        self.pictures = pictures

    def pages(self) -> Iterator[EasyPage]:
        """Yield every page of the folder. Raises ContentFault."""
        for path in toml_files(self.folder):
            if path.stem not in NOT_PAGES:
                yield self._page(path)

    def questions(self) -> Iterator[EasyQuestion]:
        """Yield every question of the folder. Raises ContentFault."""
        for path in toml_files(self.folder / "apply"):
            yield self._question(path)

    def _page(self, path: Path) -> EasyPage:
        if path.stem not in KNOWN_PAGES:
            raise ContentFault(path.name, "file", "is not the name of a page")
        table = read_table(path)
        title, summary = table.text("title"), table.text("summary")
        blocks = tuple(self._block(entry, number) for number, entry in enumerate(table.tables("blocks"), 1))
        table.done()
        if not blocks:
            raise table.fault("blocks", "is missing")
        words = self._words(table, [block.text for block in blocks])
        return EasyPage(path.stem, self.lang, title, summary, blocks, words)

    def _block(self, table: Table, number: int) -> EasyBlock:
        kinds = [key for key in ("heading", "say", "insert") if table.has(key)]
        if len(kinds) != 1:
            raise table.fault("kind", "must be exactly one of heading, say, insert")
        if kinds[0] == "insert":
            block = EasyBlock("insert", name=insert_name(table))
        elif kinds[0] == "heading":
            text = checked(table, "heading", table.text("heading"))
            block = EasyBlock("heading", text=text, anchor=f"part-{number}")
        else:
            line = self._line(table, required=True)
            block = EasyBlock("line", text=line.say, picture=line.picture, source=source_of(table))
        table.done()
        return block

    def _line(self, table: Table, required: bool = False) -> EasyLine:
        say = checked(table, "say", table.text("say"))
        picture = table.text("picture") if required else table.maybe_text("picture")
        return EasyLine(say, self._known(table, picture))

    def _known(self, table: Table, picture: str) -> str:
        if picture and picture not in self.pictures:
            raise table.fault("picture", f"is not in the manifest of pictures: {picture}")
        return picture

    def _words(self, table: Table, texts: Iterable[str]) -> tuple[Word, ...]:
        try:
            return words_used(texts, self.words)
        except KeyError as missing:
            raise ContentFault(table.file, "bold", f"is not explained in words.toml: {missing.args[0]}") from None

    def _question(self, path: Path) -> EasyQuestion:
        table = read_table(path)
        picture = self._known(table, table.text("picture"))
        question = EasyQuestion(
            key=path.stem,
            lang=self.lang,
            ask=checked(table, "ask", table.text("ask")),
            ask_helper=checked(table, "ask_helper", table.maybe_text("ask_helper")),
            picture=picture,
            help=self._lines(table, "help"),
            help_helper=self._lines(table, "help_helper"),
            labels=_flat(table.table("labels")),
            hints=_flat(table.table("hints")),
            choices=self._choices(table.table("choices")),
        )
        table.done()
        return replace(question, words=self._words(table, question_texts(question)))

    def _lines(self, table: Table, key: str) -> tuple[EasyLine, ...]:
        return tuple(self._closed_line(entry) for entry in table.tables(key))

    def _closed_line(self, table: Table) -> EasyLine:
        line = self._line(table)
        table.done()
        return line

    def _choices(self, table: Table) -> dict[str, dict[str, EasyChoice]]:
        fields = {key: table.table(key) for key in table.names()}
        return {
            key: {value: self._choice(entry.table(value)) for value in entry.names()} for key, entry in fields.items()
        }

    def _choice(self, table: Table) -> EasyChoice:
        choice = EasyChoice(
            say=checked(table, "say", table.text("say")),
            say_helper=checked(table, "say_helper", table.maybe_text("say_helper")),
            hint=checked(table, "hint", table.maybe_text("hint")),
            hint_helper=checked(table, "hint_helper", table.maybe_text("hint_helper")),
            picture=self._known(table, table.maybe_text("picture")),
        )
        table.done()
        return choice


def _flat(table: Table) -> dict[str, str]:
    return {key: checked(table, key, table.text(key)) for key in table.names()}

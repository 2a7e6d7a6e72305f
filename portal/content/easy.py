"""Read the Easy Read folder of one language: pages, questions and words explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, field
from msgspec.structs import asdict

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
from portal.content.tables import (
    ContentFault,
    LineTable,
    Sourced,
    Table,
    kind_of,
    read_entries,
    read_entry,
    read_file,
)
from portal.strict import Text, numbered, toml_files

ERRORS = "errors.toml"
NOT_PAGES = frozenset({"words", "errors"})
FIGURE = re.compile(r"%\((\w+)\)s")


class WordTable(Table, frozen=True, kw_only=True):
    """A hard word and what it means; `also` are its other forms."""

    say: Text
    also: tuple[Text, ...] = ()
    everyday: bool = False


class ErrorTable(Table, frozen=True, kw_only=True):
    """What is wrong with an answer: the standard sentence, and what to say in its place."""

    text: Text
    say: Text


class ErrorsTable(Table, frozen=True, kw_only=True):
    """The file of errors."""

    errors: tuple[ErrorTable, ...] = ()


class EasyBlockTable(Sourced, frozen=True, kw_only=True):
    """A block: exactly one of heading, say and insert; what it says has a picture."""

    heading: Text | None = None
    say: Text | None = None
    insert: Text | None = None
    picture: Text | None = None


class EasyPageTable(Table, frozen=True, kw_only=True):
    """A page as a file says it."""

    title: Text
    summary: Text
    blocks: Annotated[tuple[EasyBlockTable, ...], Meta(min_length=1)]


class HelpTable(Table, frozen=True, kw_only=True):
    """A line of help; it may do without a picture."""

    say: Text
    picture: Text = ""


class ChoiceTable(Table, frozen=True, kw_only=True):
    """A choice as a file says it."""

    say: Text
    say_helper: Text = ""
    hint: Text = ""
    hint_helper: Text = ""
    picture: Text = ""


class QuestionTable(Table, frozen=True, kw_only=True):
    """A question as a file says it; `choices` are read one by one, so that a fault names its choice."""

    ask: Text
    ask_helper: Text = ""
    picture: Text
    help: tuple[HelpTable, ...] = ()
    help_helper: tuple[HelpTable, ...] = ()
    labels: dict[str, Text] = field(default_factory=dict)
    hints: dict[str, Text] = field(default_factory=dict)
    choices: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)


def load_words(path: Path) -> dict[str, Word]:
    """Read the words explained, by the word and its other forms (`also`) in small letters."""
    glossary: dict[str, Word] = {}
    for key, entry in read_entries(path, WordTable).items():
        word = Word(key, entry.say, entry.also, entry.everyday)
        for form in word.forms:
            if form in glossary:
                raise ContentFault(path.name, f"{key}.also", f"explains {form} a second time")
            glossary[form] = word
    return glossary


def load_errors(path: Path) -> dict[str, str]:
    """Read what is wrong with an answer in Easy Read, by the standard sentence; nothing where there is no file."""
    errors: dict[str, str] = {}
    read = read_file(path, ErrorsTable).errors if path.exists() else ()
    for where, entry in numbered("errors", read):
        if entry.text in errors:
            raise ContentFault(path.name, f"{where}.text", f"is there a second time: {entry.text}")
        if unknown := set(FIGURE.findall(entry.say)) - set(FIGURE.findall(entry.text)):
            why = f"fills in what the sentence does not know: {', '.join(sorted(unknown))}"
            raise ContentFault(path.name, f"{where}.say", why)
        errors[entry.text] = entry.say
    return errors


def pictured(line: LineTable | HelpTable, pictures: Pictures, path: Path, where: str) -> EasyLine:
    """Return a line with its picture, where it has one. Raises ContentFault."""
    return EasyLine(line.say, known_picture(line.picture, pictures, path, where))


def known_picture(key: str, pictures: Pictures, path: Path, where: str = "") -> str:
    """Return the name of a picture that is there. Raises ContentFault."""
    if key and key not in pictures:
        raise ContentFault(path.name, f"{where}.picture".lstrip("."), f"no picture is called {key}")
    return key


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
        return (self._page(path) for path in toml_files(self.folder) if path.stem not in NOT_PAGES)

    def questions(self) -> Iterator[EasyQuestion]:
        """Yield every question of the folder. Raises ContentFault."""
        return (self._question(path) for path in toml_files(self.folder / "apply"))

    def _page(self, path: Path) -> EasyPage:
        if path.stem not in KNOWN_PAGES:
            raise ContentFault(path.name, "file", "is not the name of a page")
        read = read_file(path, EasyPageTable)
        blocks = tuple(self._block(table, path, number) for number, table in enumerate(read.blocks, 1))
        words = self._words(path, [block.text for block in blocks])
        return EasyPage(path.stem, self.lang, read.title, read.summary, blocks, words)

    def _block(self, table: EasyBlockTable, path: Path, number: int) -> EasyBlock:
        where = f"blocks[{number}]"
        kind = kind_of(table, ("heading", "say", "insert"), path, where)
        if (table.picture is not None) != (kind == "say"):
            raise ContentFault(path.name, f"{where}.picture", "is missing" if kind == "say" else "belongs to a line")
        if kind == "insert":
            return EasyBlock("insert", name=table.insert or "")
        if kind == "heading":
            return EasyBlock("heading", text=table.heading or "", anchor=f"part-{number}")
        picture = known_picture(table.picture or "", self.pictures, path, where)
        return EasyBlock("line", text=table.say or "", picture=picture, source=table.origin)

    def _words(self, path: Path, texts: Iterable[str]) -> tuple[Word, ...]:
        try:
            return words_used(texts, self.words)
        except KeyError as missing:
            raise ContentFault(path.name, "bold", f"is not explained in words.toml: {missing.args[0]}") from None

    def _question(self, path: Path) -> EasyQuestion:
        read = read_file(path, QuestionTable)
        question = EasyQuestion(
            key=path.stem,
            lang=self.lang,
            ask=read.ask,
            ask_helper=read.ask_helper,
            picture=known_picture(read.picture, self.pictures, path),
            help=self._lines("help", read.help, path),
            help_helper=self._lines("help_helper", read.help_helper, path),
            labels=read.labels,
            hints=read.hints,
            choices={
                name: {value: self._choice(table, path, f"choices.{name}.{value}") for value, table in told.items()}
                for name, told in read.choices.items()
            },
        )
        return replace(question, words=self._words(path, question_texts(question)))

    def _lines(self, key: str, tables: Iterable[HelpTable], path: Path) -> tuple[EasyLine, ...]:
        return tuple(pictured(line, self.pictures, path, where) for where, line in numbered(key, tuple(tables)))

    def _choice(self, data: dict[str, Any], path: Path, where: str) -> EasyChoice:
        read = read_entry(data, ChoiceTable, path, where)
        known_picture(read.picture, self.pictures, path, where)
        return EasyChoice(**asdict(read))

"""A question, a choice or an answer in words, for a reader, a level and a language: nowhere else is it told.

The check page, the sealed document, letter, files and "why this team" all ask here, and only here is it decided whether
something is said to the person or about the person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from portal.domain.answers import NOT_LISTED, Answer, Answered
from portal.domain.facts import Facts
from portal.form.choices import choice_of, choices_of
from portal.form.nhs_number import grouped
from portal.form.question import N_, Choice, ChoicesFrom, Field, Kind, Question
from portal.form.values import value_of

PERSON = N_("Person %(number)s")


class Reader(StrEnum):
    """Whom the words speak to. To the person it is "you"; to everybody else they speak about the person."""

    SELF = "self"
    HELPER = "helper"
    STAFF = "staff"

    @classmethod
    def of(cls, told: Answered) -> "Reader":
        """Return who gave these answers."""
        return cls.HELPER if told.is_helper() else cls.SELF


Translate = Callable[..., str]
"""Gettext: takes a sentence, or None, and its figures; returns it in the reader's language."""
Words = TypeVar("Words")


def in_english(sentence: str | None, /, **figures: object) -> str:
    """Return a sentence as it was declared."""
    return (sentence or "") % figures if figures else sentence or ""


def day_in_english(day: date) -> str:
    """Return "1 February 2001"."""
    return f"{day.day} {day:%B %Y}"


class EasyChoice(Protocol):
    """One choice in Easy Read."""

    @property
    def say(self) -> str: ...
    @property
    def say_helper(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def hint_helper(self) -> str: ...
    @property
    def picture(self) -> str: ...


class EasyLine(Protocol):
    """One line of help in Easy Read."""

    @property
    def say(self) -> str: ...
    @property
    def picture(self) -> str: ...


class EasyWords(Protocol):
    """One question in Easy Read."""

    @property
    def ask(self) -> str: ...
    @property
    def ask_helper(self) -> str: ...
    @property
    def picture(self) -> str: ...
    @property
    def help(self) -> Sequence[EasyLine]: ...
    @property
    def help_helper(self) -> Sequence[EasyLine]: ...
    @property
    def labels(self) -> Mapping[str, str]: ...
    @property
    def hints(self) -> Mapping[str, str]: ...
    @property
    def choices(self) -> Mapping[str, Mapping[str, EasyChoice]]: ...


@dataclass(frozen=True)
class Voice:
    """To whom something is said, and in which language; the defaults are the English of what is sealed."""

    reader: Reader
    translate: Translate = in_english
    day: Callable[[date], str] = day_in_english
    mark_up: Callable[[str], str] = str

    def either(self, words: Words, about_the_person: Words) -> Words:
        """Return the wording for this reader; one that speaks about the person need not exist."""
        return about_the_person if self.reader is not Reader.SELF and about_the_person else words

    def ask(self, question: Question) -> str:
        """Return a question as it is declared, whatever was answered before."""
        return self.translate(self.either(question.ask, question.ask_helper))

    def choice(self, asked: Field, value: str) -> str:
        """Return the words of a choice that is declared; the value itself where it is none, or none any more."""
        found = next((choice for choice in asked.choices if choice.value == value), None)
        return self.translate(self.either(found.label, found.label_helper)) if found else value


@dataclass(frozen=True)
class ChoiceWords:
    """One choice in words."""

    label: str
    hint: str
    picture: str = ""


@dataclass(frozen=True)
class Wording:
    """One question as it is asked after these facts, and its answer; `easy` are its words where Easy Read is read."""

    question: Question
    facts: Facts
    voice: Voice
    easy: EasyWords | None = None

    @property
    def picture(self) -> str:
        return self.easy.picture if self.easy else ""

    def ask(self) -> str:
        """Return the question itself."""
        worded = self.question.worded(self.facts)
        figures = worded.figures(self.facts)
        if self.easy:
            ask = self.voice.either(self.easy.ask, self.easy.ask_helper)
            return self.voice.mark_up(ask % figures if figures else ask)
        return self.voice.translate(self.voice.either(worded.ask, worded.ask_helper), **figures)

    def hint(self) -> str:
        """Return the help below the question; Easy Read has lines with pictures instead."""
        worded = self.question.worded(self.facts)
        return "" if self.easy else self.voice.translate(self.voice.either(worded.hint, worded.hint_helper))

    def help(self) -> list[tuple[str, str]]:
        """Return the lines of help above the field, each with its picture, in Easy Read only."""
        lines = self.voice.either(self.easy.help, self.easy.help_helper) if self.easy else ()
        return [(self.voice.mark_up(line.say), line.picture) for line in lines]

    def label(self, asked: Field) -> str:
        """Return a field's label; the question itself where the field stands alone or carries no words of its own."""
        if self.easy and asked.base in self.easy.labels:
            return self.voice.mark_up(self.easy.labels[asked.base])
        return self._own_label(asked) or self.ask()

    def field_hint(self, asked: Field) -> str:
        if self.easy:
            return self.voice.mark_up(self.easy.hints.get(asked.base, ""))
        return self.voice.translate(asked.hint)

    def choices(self, asked: Field, answer: Answer) -> list[tuple[Choice, ChoiceWords]]:
        """Return the choices of a field, each with its words."""
        return [(choice, self._words(asked, choice)) for choice in choices_of(asked, self.facts, answer)]

    def choice(self, asked: Field, value: str) -> str:
        """Return the words of one choice, as whoever chose it saw them."""
        choice = choice_of(asked, value, self.facts)
        return self._words(asked, choice).label if choice else value

    def lines(self, answer: Answer, *, is_record: bool = False) -> list[str]:
        """Return an answer: one line for each field or tick; empty where it was skipped.

        A record, which is read without the page, names each box and keeps the code of a surgery.
        """
        day = value_of(self.question, answer).get(self.question.key)
        if isinstance(day, date):
            return [self.voice.day(day)]
        if not self.question.groups:
            return self._field_lines(self.question.fields, answer, is_record)
        lines: list[str] = []
        for number, fields in enumerate(self.question.groups, 1):
            told = self._field_lines(fields, answer, is_record)
            lines += [self.voice.translate(PERSON, number=number), *told] if told else []
        return lines

    def _field_lines(self, fields: Sequence[Field], answer: Answer, is_record: bool) -> list[str]:
        lines: list[str] = []
        for asked in fields:
            given = answer.get(asked.name, "")
            texts = [given] if isinstance(given, str) else list(given)
            is_list = asked.is_many or asked.choices_from is ChoicesFrom.SURGERIES
            label = self._own_label(asked) if is_record and len(self.question.fields) > 1 and not is_list else ""
            told = [self._told(asked, text, is_record) for text in texts if text.strip()]
            lines += [f"{label}: {line}" if label else line for line in told if line]
        return lines

    def _told(self, asked: Field, text: str, is_record: bool) -> str:
        if asked.choices_from is ChoicesFrom.SURGERIES and text != NOT_LISTED:
            return f"NHS code {text}" if is_record else ""  # its name stands beside it, in the box where it was found
        if asked.kind in (Kind.CHOICE, Kind.CHOICES):
            return self.choice(asked, text)
        return grouped(text) if asked.kind is Kind.NHS_NUMBER else text

    def _own_label(self, asked: Field) -> str:
        return self.voice.translate(self.voice.either(asked.label, asked.label_helper))

    def _words(self, asked: Field, choice: Choice) -> ChoiceWords:
        voice = self.voice
        easy = self.easy.choices.get(asked.name, {}).get(choice.easy or choice.value) if self.easy else None
        if easy:
            label, hint = voice.either(easy.say, easy.say_helper), voice.either(easy.hint, easy.hint_helper)
            return ChoiceWords(voice.mark_up(label), voice.mark_up(hint), easy.picture)
        label = voice.translate(voice.either(choice.label, choice.label_helper))
        return ChoiceWords(label, voice.translate(voice.either(choice.hint, choice.hint_helper)))

"""An opened referral, taken apart: what is read from the sealed document and from the outside of its envelope."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.domain.answers import Answered
from portal.domain.consent import Pathway
from portal.form.question import Question
from portal.form.questions import EVERYWHERE, Form
from portal.form.values import values_of

NOTHING_TOLD = Answered({})
OWN_YES = frozenset({Pathway.OWN.value, Pathway.YOUNG_PERSON_OWN.value})


@dataclass(frozen=True)
class CoverSheet:
    """What stands outside the seal, and what an export adds: `code` confirms that it was collected and checked."""

    reference: str
    received: datetime
    team_id: str
    team: str
    area: str
    envelope_id: str
    exported: datetime
    code: str = ""


@dataclass(frozen=True)
class Item:
    """A question as it was asked, and the lines of its answer. `picture` is a key, for Easy Read."""

    key: str
    question: str
    answers: tuple[str, ...]
    picture: str = ""


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    key: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Referral:
    """One referral; `told` are its answers with their values, `form` what its questions mean.

    `unread` is the whole text where this release cannot take it apart; then only `cover` is sure.
    """

    cover: CoverSheet
    document: Mapping[str, Any] = field(default_factory=dict)
    told: Answered = NOTHING_TOLD
    name: str = ""
    pathway: str = ""
    consent: str = ""
    team_must: str = ""
    needs: tuple[str, ...] = ()
    routing: str = ""
    steps: tuple[str, ...] = ()
    register: str = ""
    sections: tuple[Section, ...] = ()
    unread: str = ""
    form: Form = EVERYWHERE

    @property
    def answers(self) -> Mapping[str, Mapping[str, Any]]:
        """The answers as they were typed: question key, field name, value."""
        answers: Mapping[str, Mapping[str, Any]] = self.document.get("answers", {})
        return answers

    @property
    def why_here(self) -> str:
        """Why it came to this team, as a sentence about the person: "Because the person lives in Stroud"."""
        return self.routing[:1].upper() + self.routing[1:]

    def in_words(self, question: str) -> tuple[str, ...]:
        """Return the lines of one answer as the person saw them."""
        items = (item for section in self.sections for item in section.items)
        return next((item.answers for item in items if item.key == question), ())

    @property
    def filled_in_by(self) -> tuple[str, ...]:
        """Who filled it in, in the words of the form."""
        return self._told_by(lambda question: question.tells_who)

    @property
    def is_settled(self) -> bool:
        """Whether the person decides and said yes, so that nothing about consent is left to be checked."""
        return self.pathway in OWN_YES and not self.team_must

    @property
    def agreed(self) -> tuple[str, ...]:
        """The answer to "do you want to join", in the words of the form."""
        return self._told_by(lambda question: question.tells_consent)

    def _told_by(self, has_role: Callable[[Question], bool]) -> tuple[str, ...]:
        return tuple(line for each in self.form.questions if has_role(each) for line in self.in_words(each.key))

    @property
    def access_needs(self) -> tuple[str, ...]:
        """The access and communication needs; what was typed says nothing without the few words of its question."""
        short = {
            line: question.in_short
            for question in self.form.questions
            if question.tells_needs and question.in_short
            for line in self.in_words(question.key)
        }
        return tuple(f"{short[line]}: {line}" if line in short else line for line in self.needs)


def read_referral(content: bytes, cover: CoverSheet, form: Form = EVERYWHERE) -> Referral:
    """Take a sealed document apart; one of an unknown form is kept as text, never refused: somebody waits."""
    try:
        return _read(json.loads(content), cover, form)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Referral(cover, unread=content.decode("utf-8", errors="replace"))


def _read(document: Mapping[str, Any], cover: CoverSheet, form: Form) -> Referral:
    consent, routing = document["consent"], document["routing"]
    referral = Referral(
        cover,
        document=document,
        told=Answered(values_of(form.questions, document.get("answers", {}))),
        name=_text(document["name"]),
        pathway=_text(consent["pathway"]),
        consent=_text(consent["reason"]),
        team_must=_text(consent["team_must"]),
        needs=_texts(document["needs"]),
        routing=_text(routing.get("reason")),
        steps=_texts(routing.get("steps", ())),
        register=_text(routing.get("register")),
        sections=tuple(_section(section) for section in document["sections"]),
        form=form,
    )
    for question, answer in referral.answers.items():
        _text(question)
        answer.items()
    return referral


def _section(section: Mapping[str, Any]) -> Section:
    items = tuple(
        Item(_text(item["key"]), _text(item["question"]), _texts(item["answers"])) for item in section["items"]
    )
    return Section(_text(section["key"]), _text(section["title"]), items)


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError("a list of words was expected")
    return tuple(_text(value) for value in values)


def _text(value: object) -> str:
    return "" if value is None else str(value)

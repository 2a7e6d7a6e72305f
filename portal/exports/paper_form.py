"""The blank referral form, to fill in by hand and post: generated from the questions, one for each area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.exports import form_words as say_on_paper
from portal.exports.blocks import Block, Picture, Style, Words, plain
from portal.exports.leaflet import block_data, pictures_data, words_data
from portal.exports.pdf import Printer, Say
from portal.form.question import ChoicesFrom, Field, Kind, Question
from portal.form.questions import SECTIONS

ALWAYS = Question.__dataclass_fields__["asked_if"].default
MOST_PEOPLE = 3
"""How many people a question on paper has room for; there is always more paper."""

LINES = ((4000, 8), (1000, 4), (300, 3), (250, 2))
"""Characters an answer may have on the screen, and the lines it gets on paper."""


@dataclass(frozen=True)
class WayIn:
    """One way to reach a team; `complete` is False where only a part of it is known."""

    kind: str
    value: str = ""
    note: str = ""
    complete: bool = True


@dataclass(frozen=True)
class Receiver:
    """A team that takes the form, for whom it works, and how to reach it."""

    name: str
    who: str = ""
    ways: tuple[WayIn, ...] = ()


@dataclass(frozen=True)
class ChoiceWording:
    """A choice in Easy Read."""

    say: Words
    hint: Words = ()
    picture: str = ""


@dataclass(frozen=True)
class Wording:
    """A question in Easy Read: every part that is empty is said as in the standard form."""

    ask: Words
    help: tuple[Words, ...] = ()
    picture: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, ChoiceWording]] = field(default_factory=dict)


@dataclass(frozen=True)
class FormSheet:
    """Everything a form on paper says that is not in the questions themselves.

    `urgent` are pairs of a name and how to reach it; `before_consent` is what someone must have read before they say
    yes; `questions` are those that this area asks.
    """

    area: str
    councils: tuple[str, ...]
    receivers: tuple[Receiver, ...]
    urgent: tuple[tuple[str, Words], ...]
    before_consent: tuple[Block, ...]
    questions: tuple[Question, ...]
    lang: str = "en"
    style: Style = Style.STANDARD
    wording: Mapping[str, Wording] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    explained: tuple[tuple[str, str], ...] = ()
    address: str = ""
    notice: str = ""


def form_pdf(printer: Printer, sheet: FormSheet, say: Say = str) -> bytes:
    """Return an area's blank form as tagged PDF; `say` translates the questions and our own words."""
    labels = {key: say(text) for key, text in say_on_paper.LABELS.items()}
    title = labels["title"].replace("{area}", sheet.area)
    is_easy = sheet.style is Style.EASY
    data = {
        "lang": sheet.lang,
        "title": title,
        "style": sheet.style.value,
        "footer": title,
        "notice": sheet.notice,
        "labels": labels,
        "urgent": [{"label": label, "value": words_data(words)} for label, words in sheet.urgent],
        "about": _lines(say_on_paper.EASY_ABOUT if is_easy else [("", text) for text in say_on_paper.ABOUT], say),
        "private": _lines(say_on_paper.EASY_PRIVATE if is_easy else [("", text) for text in say_on_paper.PRIVATE], say),
        "councils": sheet.councils,
        "receivers": [_receiver(receiver, say) for receiver in sheet.receivers],
        "web": {"label": say(say_on_paper.ON_THE_WEB), "address": sheet.address},
        "sections": [
            {"key": key, "title": say(SECTIONS[key]), "questions": [Paper(sheet, say).question(each) for each in asked]}
            for key, asked in _by_section(sheet).items()
        ],
        "before_consent": [block_data(block) for block in sheet.before_consent],
        "explained": sheet.explained,
        **pictures_data(sheet.pictures),
    }
    return printer.public("form", data, say)


def _lines(lines: Iterable[tuple[str, str]], say: Say) -> list[dict[str, str]]:
    return [{"picture": picture, "text": say(text)} for picture, text in lines]


def asked_on_paper(sheet: FormSheet) -> Iterator[Question]:
    """Yield the questions of an area's form, in order."""
    yield from (question for question in sheet.questions if not question.paper.left_out)


def only_if(question: Question) -> str:
    """Return for whom a question is, or nothing where it is for everybody."""
    if question.only_if is not None:
        return question.only_if
    return "" if question.asked_if is ALWAYS else say_on_paper.IF_TRUE


def _by_section(sheet: FormSheet) -> dict[str, list[Question]]:
    sections: dict[str, list[Question]] = {}
    for question in asked_on_paper(sheet):
        sections.setdefault(question.section, []).append(question)
    return sections


def _receiver(receiver: Receiver, say: Say) -> dict[str, Any]:
    posts = [way for way in receiver.ways if way.kind == "post" and way.value]
    others = [way for way in receiver.ways if way.kind in ("phone", "email") and way.value and way.complete]
    address = posts[0] if posts else None
    if address and address.complete:
        advice = say_on_paper.POST_TO
    elif not others:
        advice = say_on_paper.NO_WAY
    else:
        advice = say_on_paper.PART_OF_ADDRESS if address else say_on_paper.NO_POST
    return {
        "name": receiver.name,
        "who": receiver.who,
        "advice": say(advice),
        "address": [part.strip() for part in address.value.split(",")] if address else [],
        "ways": [{"label": say(say_on_paper.KINDS[way.kind]), "value": way.value, "note": way.note} for way in others],
    }


@dataclass(frozen=True)
class Paper:
    """Turns questions into what the template draws."""

    sheet: FormSheet
    say: Say

    def question(self, question: Question) -> dict[str, Any]:
        """Return one question: its words, for whom it is, and its boxes and lines."""
        wording = self.sheet.wording.get(question.key)
        return {
            "ask": words_data(wording.ask if wording else plain(self.say(question.ask))),
            "help": [words_data(words) for words in self._help(question, wording)],
            "picture": wording.picture if wording else "",
            "only_if": self._said(only_if(question)),
            "then": self._said(question.paper.then),
            "parts": list(self._parts(question, wording)),
        }

    def _said(self, text: str) -> str:
        return self.say(text) if text else ""

    def _help(self, question: Question, wording: Wording | None) -> tuple[Words, ...]:
        if question.paper.hint:
            return (plain(self.say(question.paper.hint)),)
        if wording:
            return wording.help
        return (plain(self.say(question.hint)),) if question.hint else ()

    def _parts(self, question: Question, wording: Wording | None) -> Iterator[dict[str, Any]]:
        if question.kind is Kind.DATE:
            dates = [each for each in question.fields if each.kind is Kind.DATE_PART]
            yield {"kind": "date", "labels": [self._label(each, wording) for each in dates]}
        for each in question.fields:
            # Nothing is looked up on paper: whoever writes a surgery's name has said all.
            if group_of(each) > MOST_PEOPLE or each.choices_from is ChoicesFrom.SURGERIES:
                continue
            if each.kind in (Kind.CHOICE, Kind.CHOICES):
                yield self._ticks(question, each, wording)
            elif each.kind is not Kind.DATE_PART:
                label = self._label(each, wording)
                yield {"kind": "lines", "label": label, "lines": lines_for(each), "hint": self._said(each.hint or "")}

    def _ticks(self, question: Question, each: Field, wording: Wording | None) -> dict[str, Any]:
        is_alone = len(question.fields) == 1 or (each.name == question.key and question.kind is not Kind.GROUP)
        choices = list(self._choices(each, wording))
        rule = "" if len(choices) == 1 else "many" if each.is_many else "one"
        return {
            "kind": "ticks",
            "label": "" if is_alone else self._label(each, wording),
            "rule": self._said(say_on_paper.LABELS[rule]) if rule else "",
            "choices": choices,
        }

    def _choices(self, each: Field, wording: Wording | None) -> Iterator[dict[str, Any]]:
        if each.choices_from is ChoicesFrom.CANDIDATES:
            for council in self.sheet.councils:
                yield {"say": words_data(plain(council)), "hint": [], "picture": ""}
        easy = wording.choices.get(each.name, {}) if wording else {}
        for choice in each.choices:
            if choice.ends:
                continue
            said = easy.get(choice.value)
            if said:
                yield {"say": words_data(said.say), "hint": words_data(said.hint), "picture": said.picture}
            else:
                words, hint = plain(self.say(choice.label)), plain(self._said(choice.hint or ""))
                yield {"say": words_data(words), "hint": words_data(hint), "picture": ""}

    def _label(self, each: Field, wording: Wording | None) -> str:
        label = (wording.labels.get(getattr(each, "base", each.name)) if wording else None) or self._said(
            each.label or ""
        )
        if not group_of(each):
            return label
        numbered = self.say(say_on_paper.LABELS["person"])
        return numbered.replace("{number}", str(group_of(each))).replace("{label}", label)


def group_of(each: Field) -> int:
    """Return which of several people a field is about, counted from 1; 0 where a question has one answer."""
    return int(getattr(each, "group", 0))


def lines_for(each: Field) -> int:
    """Return how many lines to write on an answer gets."""
    if each.kind is not Kind.LONG_TEXT:
        return 2 if each.max_length >= 250 and each.kind is Kind.TEXT else 1
    return next((lines for most, lines in LINES if each.max_length >= most), 2)

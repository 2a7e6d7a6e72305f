"""The answers so far, in the words the person saw: for checking, printing and keeping."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from markupsafe import Markup

from portal.domain.answers import NOT_LISTED, Answer
from portal.exports.referral import Item
from portal.exports.referral import Section as Paper
from portal.form.groups import PERSON, as_shown
from portal.form.question import ChoicesFrom, Field, Kind, Question
from portal.form.questions import OWN_SECTIONS, SECTIONS
from portal.form.walk import Walk
from portal.web.form.voice import Voice
from portal.web.frame.formats import date_in_words
from portal.web.frame.texts import say as _


@dataclass(frozen=True)
class Row:
    """One question with its answer; `href` goes to the field itself, `picture` is the question's own in Easy Read."""

    key: str | Markup
    value: list[str | Markup]
    href: str
    hidden: str | Markup
    picture: str = ""


@dataclass(frozen=True)
class Section:
    """Rows under one heading."""

    title: str
    rows: list[Row]


def sections_of(found: Walk) -> list[Section]:
    """Return every answered question in sections, each once, in the order asked."""
    titles = SECTIONS if found.facts.is_helper() else {**SECTIONS, **OWN_SECTIONS}
    sections: dict[str, Section] = {}
    for question in found.answered:
        section = sections.setdefault(question.section, Section(_(titles[question.section]), []))
        section.rows.append(_row(question, found))
    return list(sections.values())


def _row(question: Question, found: Walk) -> Row:
    voice = Voice.of(question, found.facts)
    ask = voice.ask()
    first = question.fields[0].name.replace("_", "-")
    anchor = f"{question.key.replace('_', '-')}-{first}" if question.kind is Kind.DATE else first
    href = url_for("journey.step", slug=question.key.replace("_", "-"), change=1, _anchor=anchor)
    picture = voice.easy.picture if voice.easy else ""
    return Row(ask, lines_of(voice, found.answers[question.key]), href, ask, picture)


def lines_of(voice: Voice, answer: Answer) -> list[str | Markup]:
    """Return an answer's lines in the reader's words."""
    question = voice.question
    if question.kind is Kind.DATE and not answer.get("unknown"):
        day, month, year = (str(answer[part]).strip() for part in ("day", "month", "year"))
        return [_date_in_words(day, month, year)]
    if not question.groups:
        return _field_lines(voice, question.fields, answer)
    lines: list[str | Markup] = []
    for number, fields in enumerate(question.groups, 1):
        told = _field_lines(voice, fields, answer)
        lines += [_(PERSON, number=number), *told] if told else []
    return lines


def _date_in_words(day: str, month: str, year: str) -> str:
    """Return a date with its month in words; as it was typed where it is none."""
    try:
        return date_in_words(date(int(year), int(month), int(day)))
    except ValueError:
        return f"{day} {month} {year}"


def _field_lines(voice: Voice, fields: Sequence[Field], answer: Answer) -> list[str | Markup]:
    lines: list[str | Markup] = []
    for asked in fields:
        value = answer.get(asked.name, "")
        texts = [value] if isinstance(value, str) else list(value)
        lines.extend(_worded(voice, asked, text) for text in texts if text and not _is_code(asked, text))
    return lines


def _is_code(asked: Field, text: str) -> bool:
    """Say whether this is the code of a surgery, whose name stands beside it."""
    return asked.choices_from is ChoicesFrom.SURGERIES and text != NOT_LISTED


def _worded(voice: Voice, asked: Field, text: str) -> str | Markup:
    if asked.kind in (Kind.CHOICE, Kind.CHOICES):
        return voice.choice_label(asked, text)
    return as_shown(asked, text)


def as_text(sections: list[Section]) -> str:
    """Return the sections as plain text."""
    parts: list[str] = []
    for section in sections:
        parts.append(f"{section.title.upper()}\n")
        for row in section.rows:
            lines = [_plain(line) for line in row.value] or [_("Not answered")]
            parts.append("\n".join([_plain(row.key), *(f"  {line}" for line in lines)]) + "\n")
    return "\n".join(parts)


def as_sections(sections: list[Section]) -> tuple[Paper, ...]:
    """Return the sections as a document shows them."""
    return tuple(
        Paper(
            section.title,
            section.title,
            tuple(
                Item("", _plain(row.key), tuple(_plain(line) for line in row.value), row.picture)
                for row in section.rows
            ),
        )
        for section in sections
    )


def _plain(text: str | Markup) -> str:
    return text.striptags() if isinstance(text, Markup) else text

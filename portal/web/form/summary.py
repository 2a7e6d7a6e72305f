"""The answers so far, in the words the person saw: for checking, printing and keeping."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from portal.exports.referral import Item
from portal.exports.referral import Section as Paper
from portal.form.question import Kind, Question
from portal.form.questions import OWN_SECTIONS, SECTIONS
from portal.form.walk import Walk
from portal.web.form.voice import wording_of
from portal.web.frame.texts import say as _


@dataclass(frozen=True)
class Row:
    """One question with its answer; `href` goes to the field itself, `picture` is the question's own in Easy Read."""

    key: str
    value: list[str]
    href: str
    hidden: str
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
    wording = wording_of(question, found.facts)
    ask = wording.ask()
    first = question.fields[0].name.replace("_", "-")
    anchor = f"{question.key.replace('_', '-')}-{first}" if question.kind is Kind.DATE else first
    href = url_for("journey.step", slug=question.key.replace("_", "-"), change=1, _anchor=anchor)
    return Row(ask, wording.lines(found.answers[question.key]), href, ask, wording.picture)


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


def _plain(text: str) -> str:
    return text.striptags() if isinstance(text, Markup) else text

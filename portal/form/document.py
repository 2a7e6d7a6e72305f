"""The document that is sealed: questions and answers in words, as the person saw and typed them.

It carries the words, not only the values, so that a referral sent today reads the same after the questions have
changed. The same answers on the same day always give the same document.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from portal.domain.answers import NOT_LISTED, Answer
from portal.domain.consent import consent_of
from portal.domain.facts import Facts
from portal.form.groups import PERSON, as_shown
from portal.form.question import ChoicesFrom, Field, Kind, Question
from portal.form.questions import FORM_VERSION, SECTIONS, Form
from portal.form.validation import choice_of
from portal.form.values import day_of
from portal.form.walk import Walk


def answer_lines(question: Question, answer: Answer, facts: Facts) -> list[str]:
    """Return an answer in English words: one line for each field or tick; empty where it was skipped."""
    if question.kind is Kind.DATE:
        return _date_lines(answer)
    if question.groups:
        return _group_lines(question, answer, facts)
    return _field_lines(question, question.fields, answer, facts)


def _group_lines(question: Question, answer: Answer, facts: Facts) -> list[str]:
    lines: list[str] = []
    for number, fields in enumerate(question.groups, 1):
        told = _field_lines(question, fields, answer, facts)
        lines += [PERSON % {"number": number}, *told] if told else []
    return lines


def _field_lines(question: Question, fields: Sequence[Field], answer: Answer, facts: Facts) -> list[str]:
    lines: list[str] = []
    for field in fields:
        value = answer.get(field.name, "")
        texts = [value] if isinstance(value, str) else list(value)
        if field.kind in (Kind.CHOICE, Kind.CHOICES):
            texts = [_choice_words(field, text, facts) for text in texts]
        label = _label(field, facts)
        is_list = field.kind is Kind.CHOICES or field.choices_from is ChoicesFrom.SURGERIES
        prefix = f"{label}: " if label and len(question.fields) > 1 and not is_list else ""
        lines.extend(prefix + as_shown(field, text) for text in texts if text.strip())
    return lines


def make_document(
    walk: Walk, form: Form, *, lang: str, level: str, routing: Mapping[str, str | Sequence[str] | None]
) -> bytes:
    """Return the document of a complete walk, as canonical JSON."""
    consent = consent_of(walk.facts)
    document: dict[str, Any] = {
        "form": FORM_VERSION,
        "schema": schema_hash(form),
        "language": lang,
        "level": level,
        "sent_on": walk.facts.today.isoformat(),
        "routing": dict(routing),
        "consent": {
            "pathway": consent.pathway.value,
            "reason": consent.reason,
            "team_must": consent.team_must,
        },
        "needs": _needs(walk),
        "name": walk.facts.full_name(),
        "sections": _sections(walk),
        "answers": walk.answers,
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def schema_hash(form: Form) -> str:
    """Return the SHA-256 of what the form asks: keys, fields, kinds and choices."""
    shape = json.dumps(describe(form), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(shape.encode()).hexdigest()


def describe(form: Form) -> list[dict[str, Any]]:
    """Return every question as plain data, in order: what `portal journey --json` prints."""
    return [
        {
            "key": question.key,
            "section": question.section,
            "kind": question.kind.value,
            "required": not question.is_optional,
            "one_of": list(question.one_of),
            "fields": [_describe_field(field) for field in question.fields],
        }
        for question in form.questions
    ]


def _describe_field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "kind": field.kind.value,
        "required": field.required,
        "max_length": field.max_length,
        "choices": [choice.value for choice in field.choices],
        "choices_from": field.choices_from.value if field.choices_from else None,
    }


def _sections(walk: Walk) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = []
    for question in walk.answered:
        if not sections or sections[-1]["key"] != question.section:
            sections.append({"key": question.section, "title": SECTIONS[question.section], "items": []})
        sections[-1]["items"].append(
            {
                "key": question.key,
                "question": _asked(question, walk.facts),
                "answers": answer_lines(question, walk.answers[question.key], walk.facts),
            }
        )
    return sections


def _needs(walk: Walk) -> Sequence[str]:
    """Return the access and communication needs, which the team sees first (Accessible Information Standard)."""
    questions = {question.key: question for question in walk.answered}
    lines: list[str] = []
    for key in ("needs", "language"):
        if key in questions:
            lines.extend(answer_lines(questions[key], walk.answers[key], walk.facts))
    return lines


def _asked(question: Question, facts: Facts) -> str:
    worded = question.worded(facts)
    ask = worded.ask_helper if facts.is_helper() and worded.ask_helper else worded.ask
    return ask % worded.figures(facts) if worded is not question else ask


def _label(field: Field, facts: Facts) -> str:
    return (field.label_helper if facts.is_helper() and field.label_helper else field.label) or ""


def _choice_words(field: Field, value: str, facts: Facts) -> str:
    choice = choice_of(field, value, facts)
    if choice is None:
        return value
    if field.choices_from is ChoicesFrom.SURGERIES and value != NOT_LISTED:
        return f"NHS code {value}"  # its name stands beside it, in the box where it was found
    return choice.label_helper if facts.is_helper() and choice.label_helper else choice.label


def _date_lines(answer: Answer) -> list[str]:
    if answer.get("unknown"):
        return ["I do not know the date of birth"]
    day = day_of(answer)
    return [f"{day.day} {day:%B %Y}"]

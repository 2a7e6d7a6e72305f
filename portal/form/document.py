"""The document that is sealed: questions and answers in words, as the person saw and typed them.

It carries the words, not only the values, so that a referral sent today reads the same after the questions have
changed. The same answers on the same day always give the same document.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from portal.domain.consent import consent_of
from portal.domain.facts import Facts
from portal.form.question import Field, Kind, Question
from portal.form.questions import FORM_VERSION, SECTIONS, Form
from portal.form.walk import Walk
from portal.form.wording import Reader, Voice, Wording


def as_sealed(question: Question, facts: Facts) -> Wording:
    """Return a question's wording in what is sealed: in English, as whoever filled in the form read it."""
    return Wording(question, facts, Voice(Reader.of(facts)))


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
        wording = as_sealed(question, walk.facts)
        if not sections or sections[-1]["key"] != question.section:
            sections.append({"key": question.section, "title": SECTIONS[question.section], "items": []})
        sections[-1]["items"].append(
            {
                "key": question.key,
                "question": wording.ask(),
                "answers": wording.lines(walk.answers[question.key], is_record=True),
            }
        )
    return sections


def _needs(walk: Walk) -> Sequence[str]:
    """Return the access and communication needs, which the team sees first (Accessible Information Standard)."""
    lines: list[str] = []
    for question in (each for each in walk.answered if each.tells_needs):
        wording = as_sealed(question, walk.facts)
        told = wording.lines(walk.answers[question.key], is_record=True)
        # "Yes" alone says nothing; what was ticked or typed speaks for itself.
        short = question.in_short or wording.ask() if question.kind in (Kind.CHOICE, Kind.YES_NO) else ""
        lines += [f"{short}: {line}" if short else line for line in told]
    return lines

"""A referral as the letter that its team reads, prints or files."""

from __future__ import annotations

from typing import Any

from portal.domain.consent import Pathway
from portal.exports.blocks import Style
from portal.exports.characters import Line, lines_of
from portal.exports.pdf import Printer
from portal.exports.referral import Item, Referral, Section
from portal.exports.warnings import warnings_of

FIRST = ("person", "situation", "contact")
"""Sections that come before the others: who, what is happening, how to get in touch safely."""

HEADINGS = {
    Pathway.TALK_FIRST.value: "They want you to talk to them first",
    Pathway.BEST_INTERESTS.value: "They may not be able to decide",
    Pathway.LEGAL_DECISION_MAKER.value: "Somebody may decide for them by law",
}
CHECK = "Consent is to be checked"
BEFORE = "Before you contact them"
NEEDS = "Access and communication needs"
LONG, MANY = 400, 12
"""Characters and lines from which an answer stands below its question, as wide as the page, and may go on overleaf."""

SAID_YES = "They say yes"
CODE_USE = "When you have this document and it is complete, type this code where you collected it."


def letter_pdf(printer: Printer, referral: Referral) -> bytes:
    """Return a referral as tagged PDF. Its title carries the reference only, no answer."""
    cover = referral.cover
    data = {
        "lang": "en",
        "title": f"Referral {cover.reference}",
        "style": Style.STANDARD.value,
        "footer": f"Confidential. Referral {cover.reference}",
        "facts": [{"label": label, "value": value} for label, value in facts_of(referral) if value],
        "first": [*_consent(referral), *_before_contact(referral), *_needs(referral)],
        "sections": [section_data(section) for section in in_letter_order(referral)],
        "unread": answers_data((referral.unread,)),
        "code": cover.code,
        "labels": {"nothing": "Not answered", "code": "Confirmation code", "code_use": CODE_USE},
    }
    return printer.personal("letter", data)


def facts_of(referral: Referral) -> list[tuple[str, str]]:
    """Return what stands at the head of the letter: label and value."""
    cover = referral.cover
    return [
        ("Name", referral.name),
        ("For", f"{cover.team}, {cover.area}"),
        ("Received", f"{cover.received.day} {cover.received:%B %Y}"),
        ("Reference", cover.reference),
        ("Filled in by", "; ".join(referral.filled_in_by)),
        ("Why this team", referral.why_here),
        ("How the team was found", " ".join(referral.steps)),
        ("Register", referral.register),
    ]


def in_letter_order(referral: Referral) -> list[Section]:
    """Return the sections as a letter has them: once each, without what stands at its top already."""
    at_the_top = {each.key for each in referral.form.questions if each.tells_needs or each.tells_consent}
    merged: dict[str, Section] = {}
    for section in referral.sections:
        items = tuple(item for item in section.items if item.key not in at_the_top)
        before = merged[section.key].items if section.key in merged else ()
        merged[section.key] = Section(section.key, section.title, (*before, *items))
    place = {key: number for number, key in enumerate(FIRST)}
    filled = (section for section in merged.values() if section.items)
    return sorted(filled, key=lambda section: place.get(section.key, len(place)))


def _consent(referral: Referral) -> list[dict[str, Any]]:
    if not referral.consent:
        return []
    title = SAID_YES if referral.is_settled else HEADINGS.get(referral.pathway, CHECK)
    lines = [referral.consent, *(f"Their answer: “{line}”" for line in referral.agreed)]
    if referral.team_must:
        lines.append(f"What to do: {referral.team_must}")
    return [{"title": title, "lines": answers_data(("\n".join(lines),)), "urgent": not referral.is_settled}]


def _before_contact(referral: Referral) -> list[dict[str, Any]]:
    warnings = tuple(warnings_of(referral))
    return [{"title": BEFORE, "lines": answers_data(warnings), "urgent": True}] if warnings else []


def _needs(referral: Referral) -> list[dict[str, Any]]:
    if not referral.needs:
        return []
    return [{"title": NEEDS, "lines": answers_data(referral.access_needs), "urgent": False}]


def section_data(section: Section) -> dict[str, Any]:
    """Return a section as the templates read it."""
    return {"title": section.title, "items": [_item(item) for item in section.items]}


def _item(item: Item) -> dict[str, Any]:
    answers = answers_data(item.answers)
    return {
        "question": item.question,
        "answers": answers,
        "picture": item.picture,
        "is_long": sum(map(len, item.answers)) > LONG or sum(map(len, answers)) > MANY,
    }


def answers_data(texts: tuple[str, ...]) -> list[list[dict[str, Any]]]:
    """Return typed texts, each as its lines, as the templates read them."""
    typed = ([_line(line) for line in lines_of(text)] for text in texts)
    return [lines for lines in typed if lines]


def _line(line: Line) -> dict[str, Any]:
    return {"text": line.text, "lang": line.lang, "rtl": line.rtl}

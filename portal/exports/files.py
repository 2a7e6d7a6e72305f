"""Referrals as files that other systems take: JSON as it was sealed, CSV rows, and everything in one zip."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from portal.exports.fhir import bundle_of
from portal.exports.fhir_check import checked
from portal.exports.letter import letter_pdf
from portal.exports.pdf import Printer
from portal.exports.referral import CoverSheet, Referral
from portal.form.question import Field, Kind, Question
from portal.form.wording import Reader, Voice

FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""

OUTSIDE = ("reference", "received", "team_id", "team", "area_name", "envelope_id", "confirmation_code", "exported")
SEALED = {"sent_on": "sent_on", "form_version": "form", "form_language": "language", "form_level": "level"}
"""Columns that stand in the sealed document under another name."""

CONSENT = ("routing_reason", "register", "pathway", "consent_reason", "team_must", "access_needs")
OTHER = "other_answers"
"""Answers of a form of another version, as JSON, so that a row never loses one."""

LEFT_OF_ANSWERS = (*OUTSIDE, *SEALED, *CONSENT)
AS_SEALED = "as_sealed"


def as_json(referral: Referral) -> bytes:
    """Return the document word for word as it was sealed, with what stood on the outside beside it."""
    sealed: Any = referral.unread or referral.document
    whole = {"outside": outside(referral.cover), AS_SEALED: sealed}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", errors="backslashreplace")


def as_fhir(referral: Referral) -> bytes:
    """Return a FHIR R4 Bundle as JSON. Raises BundleFault where it would not be one."""
    return json.dumps(checked(bundle_of(referral)), ensure_ascii=False, indent=1).encode()


def as_csv(referrals: Iterable[Referral], questions: Sequence[Question]) -> bytes:
    """Return a table with a row for each referral and a column for each field of these questions.

    It is in UTF-8 with the mark that spreadsheets look for. A cell that a spreadsheet would take for a formula begins
    with an apostrophe; so do telephone numbers with a plus.
    """
    text = io.StringIO()
    table = csv.DictWriter(text, columns(questions), restval="", lineterminator="\r\n")
    table.writeheader()
    for referral in referrals:
        table.writerow({column: unformulated(cell) for column, cell in _row(referral, questions).items()})
    return text.getvalue().encode("utf-8-sig", errors="backslashreplace")


def columns(questions: Sequence[Question]) -> list[str]:
    """Return the columns: the outside, consent and needs, then each field of each question, always in this order."""
    return [*LEFT_OF_ANSWERS, *(column for question in questions for column, _ in _fields(question)), OTHER]


def unformulated(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell[:1] in FORMULA or cell.lstrip()[:1] in FORMULA else cell


def as_zip(referrals: Sequence[Referral], questions: Sequence[Question], printer: Printer) -> bytes:
    """Return everything about these referrals in one zip: a folder each for PDF, JSON and FHIR, and one table."""
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for referral in referrals:
            for name, content in _files(referral, printer):
                archive.writestr(_entry(name, referral.cover.exported), content)
        if referrals:
            archive.writestr(_entry("csv/referrals.csv", referrals[0].cover.exported), as_csv(referrals, questions))
    return whole.getvalue()


def outside(cover: CoverSheet) -> dict[str, str]:
    """Return what stands outside the seal, as words."""
    return {
        "reference": cover.reference,
        "received": cover.received.isoformat(),
        "team_id": cover.team_id,
        "team": cover.team,
        "area_name": cover.area,
        "envelope_id": cover.envelope_id,
        "confirmation_code": cover.code,
        "exported": cover.exported.isoformat(),
    }


def _files(referral: Referral, printer: Printer) -> Iterator[tuple[str, bytes]]:
    name = referral.cover.reference
    yield f"pdf/{name}.pdf", letter_pdf(printer, referral)
    yield f"json/{name}.json", as_json(referral)
    yield f"fhir/{name}.json", as_fhir(referral)


def _entry(name: str, moment: datetime) -> ZipInfo:
    entry = ZipInfo(name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second))
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _row(referral: Referral, questions: Sequence[Question]) -> dict[str, str]:
    row = outside(referral.cover)
    if referral.unread:
        return {**row, OTHER: referral.unread}
    row |= {column: str(referral.document.get(key, "")) for column, key in SEALED.items()}
    row |= {
        "routing_reason": referral.routing,
        "register": referral.register,
        "pathway": referral.pathway,
        "consent_reason": referral.consent,
        "team_must": referral.team_must,
        "access_needs": "; ".join(referral.access_needs),
    }
    for question in questions:
        answer = referral.answers.get(question.key, {})
        row |= {column: _cell(referral, question, field, answer) for column, field in _fields(question)}
    other = _not_in_columns(referral, questions)
    return {**row, OTHER: json.dumps(other, ensure_ascii=False, sort_keys=True) if other else ""}


def _fields(question: Question) -> Iterator[tuple[str, Field | None]]:
    """Yield column and field; a date is one column, for which there is no field."""
    if question.kind is Kind.DATE:
        yield question.key, None
    for field in question.fields:
        if field.kind is not Kind.DATE_PART:
            yield question.key if field.name == question.key else f"{question.key}.{field.name}", field


def _cell(referral: Referral, question: Question, field: Field | None, answer: Mapping[str, Any]) -> str:
    if field is None:
        born = referral.told.birth_date()
        return born.isoformat() if born else ""
    if len(question.fields) == 1 and field.kind is Kind.CHOICE:
        return "; ".join(referral.in_words(question.key))  # as the person saw it, councils by their name
    value = answer.get(field.name, "")
    values = value if isinstance(value, list) else [value]
    voice = Voice(Reader.of(referral.told))
    return "; ".join(voice.choice(field, str(each)) for each in values)


def _not_in_columns(referral: Referral, questions: Sequence[Question]) -> dict[str, dict[str, Any]]:
    known = {question.key: {field.name for field in question.fields} for question in questions}
    left = {
        key: {name: value for name, value in answer.items() if name not in known.get(key, set())}
        for key, answer in referral.answers.items()
    }
    return {key: answer for key, answer in left.items() if answer}

"""Is this answer usable? The message for each field that is not, or nothing.

A fault is a sentence to translate, with its figures beside it; the page shows it in the summary and again beside
the field.
"""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nhs_number.validate import is_valid as is_nhs_number

from portal.domain.answers import Answer
from portal.domain.facts import Facts
from portal.form.choices import choice_of
from portal.form.contact import NO_EMAIL, NO_PHONE, email_fault, phone_fault
from portal.form.nhs_number import digits_of
from portal.form.plurals import N_number
from portal.form.question import N_, Field, Kind, Question
from portal.form.values import PARTS, day_of
from portal.form.wording import Reader, Voice

OLDEST_BIRTH_YEAR = 1900
NO_ANSWER = N_("Enter an answer")
NOT_IN_LIST = N_("Choose from the list")
TOO_LONG = N_number(
    "Your answer is too long. Use %(most)s character or fewer. You have used %(used)s.",
    "Your answer is too long. Use %(most)s characters or fewer. You have used %(used)s.",
    "most",
)
NOT_IN_ENGLAND = N_("This postcode is not in England. This service is for people who live in England")
NO_POSTCODE = N_("Enter a full postcode, like SE5 8AF")
NATIONAL_INSURANCE = N_("This looks like a National Insurance number. An NHS number is 10 numbers, like 999 000 0018")
NOT_ONLY_NUMBERS = N_("An NHS number has only numbers in it, like 999 000 0018")
NOT_TEN_NUMBERS = N_("An NHS number is 10 numbers long, like 999 000 0018")
WRONG_NHS_NUMBER = N_("Check the NHS number. One of the numbers may be wrong")
NO_SUCH_DATE = N_("This date does not exist. Check the day and the month")
NOT_YET_BORN = N_("Date of birth must be in the past")
PART_MISSING = {
    "day": N_("Date of birth must include a day"),
    "month": N_("Date of birth must include a month"),
    "year": N_("Date of birth must include a year"),
}
PART_WRONG = {
    "day": N_("The day must be a number from %(low)s to %(high)s"),
    "month": N_("The month must be a number from %(low)s to %(high)s"),
    "year": N_("The year must be a number from %(low)s to %(high)s"),
}
SENTENCES = (
    NO_ANSWER,
    NOT_IN_LIST,
    TOO_LONG,
    NO_EMAIL,
    NO_PHONE,
    NOT_IN_ENGLAND,
    NO_POSTCODE,
    NATIONAL_INSURANCE,
    NOT_ONLY_NUMBERS,
    NOT_TEN_NUMBERS,
    WRONG_NHS_NUMBER,
    NO_SUCH_DATE,
    NOT_YET_BORN,
    *PART_MISSING.values(),
    *PART_WRONG.values(),
)
"""Everything that the checks themselves can say; a question adds what it says where nothing was answered."""
Figures = Mapping[str, str | int]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field, in words that tell how to mend it."""

    field: str
    message: str
    figures: Figures = dataclasses.field(default_factory=dict)


def sentences_of(questions: Iterable[Question]) -> Iterator[str]:
    """Yield every sentence that can say what is wrong with an answer to one of these questions."""
    yield from SENTENCES
    for question in questions:
        for worded in (question, *(other for _, other in question.other_words)):
            yield from (text for text in (worded.missing, worded.missing_helper) if text)
            for asked in worded.fields:
                yield from (text for text in (asked.missing, asked.missing_helper) if text)


def faults_of(question: Question, answer: Answer, facts: Facts) -> list[Fault]:
    """Return every fault of an answer, in the order of its fields; an empty list means usable."""
    if question.kind is Kind.DATE:
        return _date_faults(question, answer, facts)
    found: list[Fault] = []
    for each in question.fields:
        fault = _field_fault(question, each, answer.get(each.name, ""), facts)
        if fault:
            found.append(fault)
    if not found and question.one_of and not any(_has(answer, name) for name in question.one_of):
        found.append(Fault(question.one_of[0], _missing(question.missing, question.missing_helper, facts)))
    return found


def _has(answer: Answer, name: str) -> bool:
    value = answer.get(name, "")
    return bool(value.strip() if isinstance(value, str) else value)


def _missing(message: str | None, message_helper: str | None, facts: Facts) -> str:
    return Voice(Reader.of(facts)).either(message, message_helper) or NO_ANSWER


def _field_fault(question: Question, each: Field, value: str | Sequence[str], facts: Facts) -> Fault | None:
    if isinstance(value, str) == each.is_many and value:
        return Fault(each.name, _missing(each.missing or question.missing, None, facts))
    if not (value.strip() if isinstance(value, str) else value):
        return _nothing_given(question, each, facts) if each.required else None
    if each.kind in (Kind.CHOICE, Kind.CHOICES):
        chosen = {value} if isinstance(value, str) else set(value)
        if any(choice_of(each, one, facts) is None for one in chosen):
            return Fault(each.name, NOT_IN_LIST)
        return None
    return _text_fault(each, str(value), facts)


def _nothing_given(question: Question, each: Field, facts: Facts) -> Fault:
    worded = question.worded(facts)
    if worded is not question:
        return Fault(each.name, _missing(worded.missing, worded.missing_helper, facts))
    helper = each.missing_helper or question.missing_helper
    return Fault(each.name, _missing(each.missing or question.missing, helper, facts))


def _text_fault(each: Field, value: str, facts: Facts) -> Fault | None:
    if len(value) > each.max_length:
        return Fault(
            each.name,
            TOO_LONG,
            {"most": each.max_length, "used": len(value)},
        )
    check = TEXT_CHECKS.get(each.kind)
    message = check(value.strip(), facts) if check else None
    return Fault(each.name, message) if message else None


def _postcode(value: str, facts: Facts) -> str | None:
    match facts.guide.postcode_fault(value):
        case None:
            return None
        case "not_in_england":
            return NOT_IN_ENGLAND
        case _:
            return NO_POSTCODE


def _nhs_number(value: str, _facts: Facts) -> str | None:
    digits = digits_of(value)
    if re.fullmatch(r"[A-Za-z]{2}\d{6}[A-Za-z]", digits):
        return NATIONAL_INSURANCE
    if not re.fullmatch(r"\d*", digits):
        return NOT_ONLY_NUMBERS
    if len(digits) != 10:
        return NOT_TEN_NUMBERS
    return None if is_nhs_number(digits) else WRONG_NHS_NUMBER


TEXT_CHECKS: dict[Kind, Callable[[str, Facts], str | None]] = {
    Kind.EMAIL: lambda value, _facts: email_fault(value),
    Kind.PHONE: lambda value, _facts: phone_fault(value),
    Kind.POSTCODE: _postcode,
    Kind.NHS_NUMBER: _nhs_number,
}


def _date_faults(question: Question, answer: Answer, facts: Facts) -> list[Fault]:
    parts = {name: str(answer.get(name, "")).strip() for name in PARTS}
    unknown = answer.get("unknown", ())
    if not isinstance(unknown, str) and list(unknown) == ["unknown"] and not any(parts.values()):
        return []
    fault = _date_fault(question, parts, facts)
    return [fault] if fault else []


def _date_fault(question: Question, parts: dict[str, str], facts: Facts) -> Fault | None:
    absent = [name for name, text in parts.items() if not text]
    if len(absent) == len(parts):
        return Fault("day", _missing(question.missing, question.missing_helper, facts))
    if absent:
        return Fault(absent[0], PART_MISSING[absent[0]])
    for name, (low, high) in {"day": (1, 31), "month": (1, 12), "year": (OLDEST_BIRTH_YEAR, facts.today.year)}.items():
        if not (parts[name].isascii() and parts[name].isdigit()) or not low <= int(parts[name]) <= high:
            # As text: a year is no quantity, so no language writes it as 1,900.
            return Fault(name, PART_WRONG[name], {"low": str(low), "high": str(high)})
    try:
        born = day_of(parts)
    except ValueError:
        return Fault("day", NO_SUCH_DATE)
    return Fault("day", NOT_YET_BORN) if born > facts.today else None

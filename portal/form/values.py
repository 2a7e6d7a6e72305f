"""From what was typed to what it is worth: every answer gets its values here, once, when it has been checked."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date

from portal.domain.answers import Answer, Answers, Value, Values
from portal.form.question import Field, Kind, Question

PARTS = ("day", "month", "year")


def values_of(questions: Iterable[Question], answers: Answers) -> Values:
    """Return the values of these questions' answers; whatever cannot be read as one has none."""
    return {each.key: value_of(each, answers[each.key]) for each in questions if each.key in answers}


def value_of(question: Question, answer: Answer) -> Mapping[str, Value]:
    """Return the value of each field of one answer, and the day under the question's own name where it asks for one."""
    values = {each.name: value for each in question.fields if (value := _field_value(each, answer)) is not None}
    if question.kind is Kind.DATE:
        with suppress(ValueError, OverflowError):
            values[question.key] = day_of(answer)
    return values


def day_of(answer: Answer) -> date:
    """Return the day of a date's three boxes. Raises ValueError where there is no such day."""
    day, month, year = (int(str(answer.get(part, ""))) for part in PARTS)
    return date(year, month, day)


def _field_value(asked: Field, answer: Answer) -> Value | None:
    """Return a text, a choice or ticks; None for the parts of a date, and for what is of another kind than asked."""
    given = answer.get(asked.name, () if asked.is_many else "")
    if asked.kind is Kind.DATE_PART or isinstance(given, str) == asked.is_many:
        return None
    if not isinstance(given, str):
        return tuple(given)
    if asked.enum is None:
        return given
    return asked.enum(given) if given in set(asked.enum) else None

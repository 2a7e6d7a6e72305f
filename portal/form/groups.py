"""How an answer is shown again: as typed, but an NHS number in its usual groups, and people counted."""

import re
from collections.abc import Mapping, Sequence

from portal.domain.answers import Answer
from portal.form.question import N_, Field, Kind, Question

PERSON = N_("Person %(number)s")


def as_shown(asked: Field, text: str) -> str:
    """Return a typed text as it is shown again: an NHS number as 3, 3 and 4 digits, all else unchanged."""
    if asked.kind is not Kind.NHS_NUMBER:
        return text
    digits = re.sub(r"[\s-]", "", text)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if re.fullmatch(r"\d{10}", digits) else text


def filled_groups(question: Question, answer: Answer) -> list[Mapping[str, str]]:
    """Return what was typed about each person, by the field's name in a group; groups left empty are left out."""
    typed = [{each.base: _text(answer, each) for each in group} for group in question.groups]
    return [group for group in typed if any(text.strip() for text in group.values())]


def regrouped(question: Question, groups: Sequence[Mapping[str, str]]) -> Answer:
    """Return the answer that has these people, one after the other, and nobody else."""
    answer: dict[str, str] = {}
    for number, fields in enumerate(question.groups):
        typed = groups[number] if number < len(groups) else {}
        answer.update({each.name: typed.get(each.base, "") for each in fields})
    return answer


def _text(answer: Answer, asked: Field) -> str:
    value = answer.get(asked.name, "")
    return value if isinstance(value, str) else ""

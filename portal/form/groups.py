"""A question that is answered for several people: who was filled in, one after the other."""

from collections.abc import Mapping, Sequence

from portal.domain.answers import Answer
from portal.form.question import Field, Question


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

"""The form of one question: reads what was sent, with its CSRF token.

What makes an answer usable is in form/validation.
"""

from functools import cache

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField

from portal.domain.answers import Answer
from portal.form.question import Field as AskedField
from portal.form.question import Kind, Question
from portal.web.frame.entry import cleaned


class QuestionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """One question's fields, named as the question names them."""

    def answer(self) -> Answer:
        """Return what was sent, line ends as one sign and without spaces around; nothing else is changed."""
        return {name: _cleaned(field.data) for name, field in self._fields.items() if name != "csrf_token"}


@cache
def form_of(question: Question) -> type[QuestionForm]:
    """Return the form class of a question."""
    fields = {each.name: _control(each) for each in question.fields}
    return type(f"{question.key}_form", (QuestionForm,), fields)


def _control(asked: AskedField) -> Field:
    # Choices are checked with everything else in form/validation, against what the answers before allow.
    match asked.kind:
        case Kind.CHOICE:
            return RadioField(choices=[], validate_choice=False)
        case Kind.CHOICES:
            return SelectMultipleField(choices=[], validate_choice=False)
        case Kind.LONG_TEXT:
            return TextAreaField()
    return StringField()


def _cleaned(data: str | list[str] | None) -> str | list[str]:
    if isinstance(data, list):
        return list(dict.fromkeys(data))
    return cleaned(data)

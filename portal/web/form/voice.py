"""One question as its page shows it: its words, what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup

from portal.content.inline import render as marked_up
from portal.content.pages import EasyQuestion, Word
from portal.domain.answers import Answer
from portal.domain.facts import Facts
from portal.form.groups import filled_groups
from portal.form.question import Field, Kind, Question
from portal.form.validation import Fault
from portal.form.values import PARTS
from portal.form.wording import Reader, Voice, Wording
from portal.web.frame.fields import ChoiceView, FieldView
from portal.web.frame.formats import date_in_words
from portal.web.frame.languages import is_easy, lang
from portal.web.frame.render import page_url, picture
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say, told

CONTROLS = {
    Kind.CHOICE: "radios",
    Kind.CHOICES: "checkboxes",
    Kind.LONG_TEXT: "textarea",
    Kind.EMAIL: "email",
    Kind.PHONE: "tel",
}
AS_TYPED = frozenset({"name", "email", "postal-code", "tel"})
"""Autocomplete purposes whose words no spelling checker should touch."""


@dataclass(frozen=True)
class Line:
    """A line of help with its picture, in Easy Read."""

    html: str
    picture: str


@dataclass(frozen=True)
class PersonView:
    """One person's fields, where a question may be answered for several people."""

    number: int
    fields: tuple[FieldView, ...]
    is_filled: bool


@dataclass(frozen=True)
class QuestionView:
    """One question's page. `alone`: the one field's label is the page's heading."""

    key: str
    ask: str | Markup
    plain_ask: str
    hint: str
    picture: str
    lines: tuple[Line, ...]
    words: tuple[Word, ...]
    fields: tuple[FieldView, ...]
    errors: tuple[dict[str, str], ...]
    alone: bool
    insert: str | None
    can_skip: bool
    people: tuple[PersonView, ...] = ()
    can_add: bool = False


def message(fault: Fault) -> str:
    """Return a fault's words in the reader's language."""
    return told(fault.message, **fault.figures)


def wording_of(question: Question, facts: Facts) -> Wording:
    """Return a question's wording for whoever reads this page."""
    return Wording(question, facts, Voice(Reader.of(facts), say, date_in_words, _marked), _easy(question, facts))


def _easy(question: Question, facts: Facts) -> EasyQuestion | None:
    return runtime().contents[lang()].question(question.worded(facts).key) if is_easy() else None


def _marked(text: str) -> Markup:
    return marked_up(text, page_url) if text else Markup("")


def question_view(wording: Wording, answer: Answer, faults: Sequence[Fault]) -> QuestionView:
    """Return one question's page: words, what was typed, what is wrong."""
    question = wording.question
    by_field = {fault.field: message(fault) for fault in faults}
    fields = tuple(
        _date_views(wording, answer, by_field) if question.kind is Kind.DATE else _views(wording, answer, by_field)
    )
    people = _people(question, fields, answer)
    ask, lines = wording.ask(), tuple(Line(html, picture) for html, picture in wording.help())
    easy = _easy(question, wording.facts)
    alone = len(fields) == 1 and not question.insert
    if alone and lines:
        # Inside the field's own group, the help is read out with the question and the heading stands once.
        fields[0].hint = get_template_attribute("components/lines.html", "lines")(lines, picture)
        lines = ()
    elif alone:
        fields[0].hint = fields[0].hint or wording.hint()
    return QuestionView(
        key=question.key,
        ask=ask,
        plain_ask=ask.striptags() if isinstance(ask, Markup) else ask,
        hint="" if question.kind is Kind.DATE else wording.hint(),
        picture=wording.picture,
        lines=lines,
        words=easy.words if easy else (),
        fields=fields,
        errors=tuple(_error_links(question, fields, by_field)),
        alone=alone,
        insert=question.insert,
        # Skipping would take away the people who were added.
        can_skip=question.is_optional and not any(person.is_filled for person in people),
        people=people,
        can_add=bool(people) and len(people) < len(question.groups),
    )


def _people(question: Question, fields: Sequence[FieldView], answer: Answer) -> tuple[PersonView, ...]:
    """Return everybody who was filled in, and one empty set of fields while there is room."""
    views = {view.name: view for view in fields}
    filled = len(filled_groups(question, answer))
    return tuple(
        PersonView(number, tuple(views[each.name] for each in group), number <= filled)
        for number, group in enumerate(question.groups[: filled + 1], 1)
    )


def _views(wording: Wording, answer: Answer, by_field: Mapping[str, str]) -> list[FieldView]:
    views = [_field_view(wording, asked, answer, by_field) for asked in wording.question.fields]
    # A list of what was found stands only where something was looked for.
    return [view for view in views if view.choices or view.kind not in ("radios", "checkboxes")]


def _field_view(wording: Wording, asked: Field, answer: Answer, by_field: Mapping[str, str]) -> FieldView:
    value = answer.get(asked.name, "")
    question = wording.question
    is_about_reader = wording.voice.reader is Reader.SELF or question.section == "helper"
    optional = not asked.required and asked.name not in question.one_of and not question.is_optional
    view = FieldView(
        name=asked.name,
        id=asked.name.replace("_", "-"),
        kind=CONTROLS.get(asked.kind, "text"),
        label=wording.label(asked),
        hint=wording.field_hint(asked),
        value=value if isinstance(value, str) else "",
        error=by_field.get(asked.name, ""),
        autocomplete=(asked.autocomplete or "") if is_about_reader else "",
        inputmode="numeric" if asked.kind is Kind.NHS_NUMBER else "",
        spellcheck=False if asked.autocomplete in AS_TYPED else None,
        width=asked.width,
        optional=optional and not wording.easy,
    )
    if asked.kind in (Kind.CHOICE, Kind.CHOICES):
        view.choices = _choices(wording, asked, answer)
    if asked.kind is Kind.LONG_TEXT:
        view.max_length = asked.max_length
    return view


def _choices(wording: Wording, asked: Field, answer: Answer) -> list[ChoiceView]:
    """Return the choices of a field, with those chosen already."""
    chosen = answer.get(asked.name, "")
    ticked = {chosen} if isinstance(chosen, str) else set(chosen)
    return [
        ChoiceView(choice.value, said.label, said.hint, said.picture, choice.value in ticked, choice.divider_before)
        for choice, said in wording.choices(asked, answer)
    ]


def _date_views(wording: Wording, answer: Answer, by_field: Mapping[str, str]) -> list[FieldView]:
    """Return the three boxes of a date as one field, and "I do not know" after it."""
    parts = {name: str(answer.get(name, "")) for name in PARTS}
    wrong = tuple(name for name in parts if name in by_field)
    for_me = wording.voice.reader is Reader.SELF
    three = FieldView(
        name=wording.question.key,
        id=wording.question.key.replace("_", "-"),
        kind="date",
        label=wording.ask(),
        hint=wording.hint(),
        values=parts,
        error=by_field[wrong[0]] if wrong else "",
        error_parts=wrong,
        autocomplete="bday" if for_me else "",
        # The page's heading says the same just above; screen readers still hear it with the group.
        hide_label=True,
    )
    others = [asked for asked in wording.question.fields if asked.name not in parts]
    return [three, *(_field_view(wording, asked, answer, by_field) for asked in others)]


def _error_links(question: Question, fields: Sequence[FieldView], by_field: Mapping[str, str]) -> list[dict[str, str]]:
    ids = {view.name: view.id for view in fields}
    date_id = question.key.replace("_", "-")
    return [
        {"text": text, "href": f"#{ids[name]}" if name in ids else f"#{date_id}-{name}"}
        for name, text in by_field.items()
    ]

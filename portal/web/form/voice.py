"""One question, worded for who reads it: standard or Easy Read, to the person or to a helper about the person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup

from portal.content.inline import render as marked_up
from portal.content.pages import EasyChoice, EasyQuestion, Word
from portal.domain.answers import Answer
from portal.domain.facts import Facts
from portal.form.groups import filled_groups
from portal.form.question import Choice, Field, Kind, Question
from portal.form.validation import Fault, choice_of, choices_of
from portal.web.frame.fields import ChoiceView, FieldView
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

    html: Markup
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


class Voice:
    """Words one question for one reader."""

    def __init__(self, question: Question, facts: Facts, easy: EasyQuestion | None) -> None:
        self.question = question
        self.worded = question.worded(facts)
        self.figures = self.worded.figures(facts)
        self.facts = facts
        self.easy = easy
        self.helper = facts.is_helper()

    @classmethod
    def of(cls, question: Question, facts: Facts) -> "Voice":
        """Return the voice of this request's language and level."""
        easy = runtime().contents[lang()].question(question.worded(facts).key) if is_easy() else None
        return cls(question, facts, easy)

    def ask(self) -> str | Markup:
        """Return the question itself."""
        if self.easy:
            ask = self.easy.ask_helper if self.helper and self.easy.ask_helper else self.easy.ask
            return _marked(ask % self.figures if self.figures else ask)
        return say(self._either(self.worded.ask, self.worded.ask_helper), **self.figures)

    def hint(self) -> str:
        if self.easy:
            return ""
        return say(self._either(self.worded.hint, self.worded.hint_helper))

    def lines(self) -> tuple[Line, ...]:
        """Return the lines of help above the field, in Easy Read only."""
        if not self.easy:
            return ()
        lines = self.easy.help_helper if self.helper and self.easy.help_helper else self.easy.help
        return tuple(Line(_marked(line.say), line.picture) for line in lines)

    def label(self, asked: Field) -> str | Markup:
        """Return a field's label; the question itself where the field stands alone or carries no words of its own."""
        if self.easy and asked.base in self.easy.labels:
            return _marked(self.easy.labels[asked.base])
        own = self._either(asked.label, asked.label_helper)
        return say(own) if own else self.ask()

    def field_hint(self, asked: Field) -> str | Markup:
        if self.easy:
            return _marked(self.easy.hints.get(asked.base, ""))
        return say(asked.hint)

    def choices(self, asked: Field, answer: Answer) -> list[ChoiceView]:
        """Return the choices of a field, with those chosen already."""
        chosen = answer.get(asked.name, "")
        ticked = {chosen} if isinstance(chosen, str) else set(chosen)
        return [self._choice(asked, c, c.value in ticked) for c in choices_of(asked, self.facts, answer)]

    def choice_label(self, asked: Field, value: str) -> str | Markup:
        """Return the words of one choice, as the reader saw them."""
        choice = choice_of(asked, value, self.facts)
        return self._choice(asked, choice, checked=True).label if choice else value

    def _choice(self, asked: Field, choice: Choice, checked: bool) -> ChoiceView:
        words: Mapping[str, EasyChoice] = self.easy.choices.get(asked.name, {}) if self.easy else {}
        easy = words.get(choice.easy or choice.value)
        label: str | Markup = say(self._either(choice.label, choice.label_helper))
        hint: str | Markup = say(self._either(choice.hint, choice.hint_helper))
        if easy:
            label = _marked(self._either(easy.say, easy.say_helper))
            hint = _marked(self._either(easy.hint, easy.hint_helper))
        picture = easy.picture if easy else ""
        return ChoiceView(choice.value, label, hint, picture, checked, choice.divider_before)

    def _either(self, text: str | None, for_helper: str | None) -> str:
        return (for_helper if self.helper and for_helper else text) or ""


def _marked(text: str) -> Markup:
    return marked_up(text, page_url) if text else Markup("")


def question_view(voice: Voice, answer: Answer, faults: Sequence[Fault]) -> QuestionView:
    """Return one question's page: words, what was typed, what is wrong."""
    question = voice.question
    by_field = {fault.field: message(fault) for fault in faults}
    fields = tuple(
        _date_views(voice, answer, by_field) if question.kind is Kind.DATE else _views(voice, answer, by_field)
    )
    people = _people(question, fields, answer)
    ask, lines = voice.ask(), voice.lines()
    alone = len(fields) == 1 and not question.insert
    if alone and lines:
        # Inside the field's own group, the help is read out with the question and the heading stands once.
        fields[0].hint = get_template_attribute("components/lines.html", "lines")(lines, picture)
        lines = ()
    elif alone:
        fields[0].hint = fields[0].hint or voice.hint()
    return QuestionView(
        key=question.key,
        ask=ask,
        plain_ask=ask.striptags() if isinstance(ask, Markup) else ask,
        hint="" if question.kind is Kind.DATE else voice.hint(),
        picture=voice.easy.picture if voice.easy else "",
        lines=lines,
        words=voice.easy.words if voice.easy else (),
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


def _views(voice: Voice, answer: Answer, by_field: Mapping[str, str]) -> list[FieldView]:
    views = [_field_view(voice, asked, answer, by_field) for asked in voice.question.fields]
    # A list of what was found stands only where something was looked for.
    return [view for view in views if view.choices or view.kind not in ("radios", "checkboxes")]


def _field_view(voice: Voice, asked: Field, answer: Answer, by_field: Mapping[str, str]) -> FieldView:
    value = answer.get(asked.name, "")
    question = voice.question
    optional = not asked.required and asked.name not in question.one_of and not question.is_optional
    view = FieldView(
        name=asked.name,
        id=asked.name.replace("_", "-"),
        kind=CONTROLS.get(asked.kind, "text"),
        label=voice.label(asked),
        hint=voice.field_hint(asked),
        value=value if isinstance(value, str) else "",
        error=by_field.get(asked.name, ""),
        autocomplete="" if voice.helper and question.section != "helper" else asked.autocomplete or "",
        inputmode="numeric" if asked.kind is Kind.NHS_NUMBER else "",
        spellcheck=False if asked.autocomplete in AS_TYPED else None,
        width=asked.width,
        optional=optional and not voice.easy,
    )
    if asked.kind in (Kind.CHOICE, Kind.CHOICES):
        view.choices = voice.choices(asked, answer)
    if asked.kind is Kind.LONG_TEXT:
        view.max_length = asked.max_length
    return view


def _date_views(voice: Voice, answer: Answer, by_field: Mapping[str, str]) -> list[FieldView]:
    """Return the three boxes of a date as one field, and "I do not know" after it."""
    parts = {name: str(answer.get(name, "")) for name in ("day", "month", "year")}
    wrong = tuple(name for name in parts if name in by_field)
    for_me = not voice.helper
    three = FieldView(
        name=voice.question.key,
        id=voice.question.key.replace("_", "-"),
        kind="date",
        label=voice.ask(),
        hint=voice.hint(),
        values=parts,
        error=by_field[wrong[0]] if wrong else "",
        error_parts=wrong,
        autocomplete="bday" if for_me else "",
        # The page's heading says the same just above; screen readers still hear it with the group.
        hide_label=True,
    )
    others = [asked for asked in voice.question.fields if asked.name not in parts]
    return [three, *(_field_view(voice, asked, answer, by_field) for asked in others)]


def _error_links(question: Question, fields: Sequence[FieldView], by_field: Mapping[str, str]) -> list[dict[str, str]]:
    ids = {view.name: view.id for view in fields}
    date_id = question.key.replace("_", "-")
    return [
        {"text": text, "href": f"#{ids[name]}" if name in ids else f"#{date_id}-{name}"}
        for name, text in by_field.items()
    ]

"""The questions that an area asks of its own homes: read from its file, asked as every other question of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from msgspec import Struct, field

from portal.areas.ages import ADULT, UNDER_18, Ages
from portal.areas.kinds import PLACE_CODE, QuestionKey
from portal.areas.note import Fact, Names, Problem, by_group, unknown_answers
from portal.domain.facts import Facts
from portal.form.question import Choice, Kind, Paper, Question, Step
from portal.form.questions import LOCAL_PLACES, STEPS, Form
from portal.strict import Text

TAKEN = frozenset(step.key for step in STEPS) | {
    worded.key for step in STEPS if isinstance(step, Question) for _, worded in step.other_words
}
"""Keys of questions and stops that an area's own question cannot have."""


class LocalChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer; `divider`: a line stands before it."""

    value: QuestionKey
    label: Text
    label_helper: Text | None = None
    divider: bool = False

    @property
    def choice(self) -> Choice:
        """The choice of the form."""
        return Choice(self.value, self.label, self.label_helper, divider_before=self.divider)


class LocalQuestion(Fact, frozen=True, kw_only=True, dict=True):
    """One question for the homes of some councils, after one of LOCAL_PLACES, with one choice to make.

    `ages`: for those of this age only. `unless`: not asked of those who gave another local question this answer.
    `by_home` and `by_surgery` are what the official files answer, by a place's sub-ICB location (06T) or council;
    `by_surgery` may hold `other`, for every other surgery. With a `confirm_hint`, the person is asked all the same,
    with that answer chosen and that hint. `only_if` says on paper for whom the question is.
    """

    key: QuestionKey
    after: str
    councils: frozenset[str] = frozenset()
    ask: Text
    choices: tuple[LocalChoice, ...] = ()
    only_if: Text
    ages: Ages | None = None
    unless: dict[str, str] = field(default_factory=dict)
    by_home: dict[str, str] = field(default_factory=dict)
    by_surgery: dict[str, str] = field(default_factory=dict)
    ask_helper: Text | None = None
    hint: Text | None = None
    hint_helper: Text | None = None
    missing: Text | None = None
    missing_helper: Text | None = None
    paper_hint: Text = ""
    confirm_hint: Text = ""

    def problems(self, names: Names) -> Iterator[Problem]:
        yield from super().problems(names)
        yield from by_group(self.ages)
        yield from unknown_answers("unless", self.unless, names)
        yield from self._unknown_places()
        if self.key in TAKEN:
            yield "key", f"“{self.key}” is a question of every area’s form; choose another"
        if self.after not in LOCAL_PLACES:
            yield "after", f"“{self.after}” is not one of: {', '.join(LOCAL_PLACES)}"
        if self.ages and self.after == LOCAL_PLACES[0]:
            yield "ages", f"the age is not known there: ask after “{LOCAL_PLACES[1]}”"
        if not self.councils:
            yield "councils", "say which councils’ homes the question is for"
        if not self.choices:
            yield "choices", "needs at least one"

    def _unknown_places(self) -> Iterator[Problem]:
        for key, told in (("by_home", self.by_home), ("by_surgery", self.by_surgery)):
            for code, answer in told.items():
                if not PLACE_CODE.fullmatch(code):
                    why = "is no sub-ICB location such as 06T, no ONS code such as E07000071, and not “other”"
                    yield f"{key}.{code}", why
                if answer not in self.answers:
                    yield f"{key}.{code}", f"“{answer}” is not one of: {', '.join(self.answers)}"

    @property
    def answers(self) -> tuple[str, ...]:
        """The values of its choices, in order."""
        return tuple(choice.value for choice in self.choices)

    def texts(self) -> Iterator[str]:
        """Yield every text of it that somebody reads, for those who translate them."""
        yield from filter(None, (self.ask, self.ask_helper, self.hint, self.hint_helper, self.confirm_hint))
        yield from filter(None, (self.missing, self.missing_helper, self.only_if, self.paper_hint))
        yield from (text for choice in self.choices for text in (choice.label, choice.label_helper) if text)

    @cached_property
    def question(self) -> Question:
        """The question of the form."""
        place = next(step for step in STEPS if isinstance(step, Question) and step.key == self.after)
        asked = Question(
            key=self.key,
            section=place.section,
            kind=Kind.CHOICE,
            ask=self.ask,
            ask_helper=self.ask_helper,
            hint=self.hint,
            hint_helper=self.hint_helper,
            missing=self.missing,
            missing_helper=self.missing_helper,
            choices=tuple(
                Choice(each.value, each.label, each.label_helper, None, None, each.divider) for each in self.choices
            ),
            asked_if=AskedLocally(self.key, self.ages, tuple(self.unless.items())),
            only_if=self.only_if,
            paper=Paper(hint=self.paper_hint),
            tells_of_nobody=place.tells_of_nobody,
            is_local=True,
        )
        if not self.confirm_hint:
            return asked
        found = replace(asked, key=f"{self.key}_found", hint=self.confirm_hint, hint_helper=None, choices=(), fields=())
        return replace(asked, other_words=((IsProposed(self.key), found),))


@dataclass(frozen=True)
class AskedLocally:
    """When an area's own question is asked: where it finds the team, and nothing answers it already."""

    key: str
    ages: Ages | None
    unless: tuple[tuple[str, str], ...]

    def __call__(self, facts: Facts) -> bool:
        if self.ages is not None and self.ages != (ADULT if facts.is_adult() else UNDER_18):
            return False
        return facts.asks_locally(self.key) and all(facts.local_answer(key) != value for key, value in self.unless)


@dataclass(frozen=True)
class IsProposed:
    """When the official files propose an answer, which the person confirms or changes."""

    key: str

    def __call__(self, facts: Facts) -> bool:
        return bool(facts.proposal(self.key))


def form_with(questions: Iterable[LocalQuestion]) -> Form:
    """Return everything that is asked, with these areas' own questions in their places."""
    own: dict[str, list[Question]] = {place: [] for place in LOCAL_PLACES}
    for each in questions:
        own[each.after].append(each.question)
    steps: list[Step] = []
    for step in STEPS:
        steps += [step, *(own.get(step.key, ()) if isinstance(step, Question) else ())]
    return Form(tuple(steps))

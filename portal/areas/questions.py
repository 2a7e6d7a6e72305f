"""The questions that an area asks of its own homes: read from its file, asked as every other question of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from portal.areas.ages import ADULT, UNDER_18, Ages
from portal.areas.note import Fact
from portal.domain.facts import Facts
from portal.form.question import Choice, Kind, Question, Step
from portal.form.questions import LOCAL_PLACES, STEPS, Form


@dataclass(frozen=True, kw_only=True)
class LocalQuestion(Fact):
    """One question for the homes of some councils, after one of LOCAL_PLACES, with one choice to make.

    `ages`: for those of this age only. `unless`: not asked of those who gave another local question this answer.
    `by_home` and `by_surgery` are what the official files answer, by a place's sub-ICB location (06T) or council;
    `by_surgery` may hold `other`, for every other surgery. With a `confirm_hint`, the person is asked all the same,
    with that answer chosen and that hint. `only_if` says on paper for whom the question is.
    """

    key: str
    after: str
    councils: frozenset[str]
    ask: str
    choices: tuple[Choice, ...]
    only_if: str
    ages: Ages | None = None
    unless: Mapping[str, str] = field(default_factory=dict)
    by_home: Mapping[str, str] = field(default_factory=dict)
    by_surgery: Mapping[str, str] = field(default_factory=dict)
    ask_helper: str = ""
    hint: str = ""
    hint_helper: str = ""
    missing: str = ""
    missing_helper: str = ""
    paper_hint: str = ""
    confirm_hint: str = ""

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
        section = next(step.section for step in STEPS if isinstance(step, Question) and step.key == self.after)
        asked = Question(
            key=self.key,
            section=section,
            kind=Kind.CHOICE,
            ask=self.ask,
            ask_helper=self.ask_helper or None,
            hint=self.hint or None,
            hint_helper=self.hint_helper or None,
            missing=self.missing or None,
            missing_helper=self.missing_helper or None,
            choices=self.choices,
            asked_if=AskedLocally(self.key, self.ages, tuple(self.unless.items())),
            only_if=self.only_if,
            paper_hint=self.paper_hint,
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

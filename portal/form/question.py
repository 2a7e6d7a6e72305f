"""The shape of one question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from portal.domain.answers import Answered
from portal.domain.facts import Facts

Condition = Callable[[Facts], bool]


def N_(text: str) -> str:  # the name that gettext's extractor looks for
    """Mark a sentence for translation; it is translated where it is shown."""
    return text


class Kind(StrEnum):
    """How a field is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    DATE_PART = "date_part"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    NHS_NUMBER = "nhs_number"
    GROUP = "group"


class ChoicesFrom(StrEnum):
    """Who knows the choices, where they depend on the answers before."""

    CANDIDATES = "candidates"
    AREAS = "areas"
    AREA_COUNCILS = "area_councils"
    SURGERIES = "surgeries"


@dataclass(frozen=True)
class Choice:
    """One choice. `label_helper` speaks to a helper about the person.

    `easy` names its Easy Read words, where the value is a code that they cannot know. What it means to others:
    `means_danger` brings urgent help at once and stands first in the letter, `warns` is what the team must know before
    it gets in touch, and after one that `ends` the form nothing is sent, so paper does not offer it.
    """

    value: str
    label: str
    label_helper: str | None = None
    hint: str | None = None
    hint_helper: str | None = None
    divider_before: bool = False
    easy: str = ""
    means_danger: bool = False
    warns: str = ""
    ends: bool = False


@dataclass(frozen=True)
class Field:
    """One box, list of choices or date part of a question.

    In a question that may be answered for several people, `group` counts them from 1 and `base` is the name that the
    field has in each group. `finds` names the box whose words it looks up. `warns` is what the team must know before it
    gets in touch, where this was filled in. `enum` is what its choices become, where the rest of us know them by name.
    """

    name: str
    kind: Kind
    label: str | None = None
    label_helper: str | None = None
    hint: str | None = None
    required: bool = True
    missing: str | None = None
    missing_helper: str | None = None
    choices: tuple[Choice, ...] = ()
    choices_from: ChoicesFrom | None = None
    enum: type[StrEnum] | None = None
    finds: str = ""
    warns: str = ""
    max_length: int = 200
    autocomplete: str | None = None
    width: int | None = None
    group: int = 0
    base: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", self.base or self.name)

    @property
    def is_many(self) -> bool:
        """Whether the answer is a list of ticks."""
        return self.kind is Kind.CHOICES


def repeated(times: int, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the same fields once for each group: `name` becomes `name_1`, `name_2` and so on."""
    return tuple(
        replace(each, name=f"{each.name}_{number}", group=number) for number in range(1, times + 1) for each in fields
    )


@dataclass(frozen=True)
class Paper:
    """What a form on paper says of a question, since nothing there follows from an answer.

    `then` stands for the choices that end the form; `hint` for a hint that must differ; `left_out` is why paper does
    not ask it.
    """

    then: str = ""
    hint: str = ""
    left_out: str = ""


PAPER = Paper()
YES_NO = (Choice("yes", N_("Yes")), Choice("no", N_("No")))


@dataclass(frozen=True)
class Question:
    """One page of the form: what it asks, in both voices, when, and what makes an answer usable.

    A question without `fields` has one field of its own kind and name. `one_of` names fields of which at
    least one must be answered. `then_show` is a page to show once, straight after an answer for which its condition
    holds. `other_words` are other wordings of the same question, each for when its condition holds; `figures` fill in
    the words. `about` says what the answer is about; where that changes afterwards, the question is asked again.

    Its roles say what it means to others, who never name it: `tells_needs` (access and communication, at the top of
    every letter), `tells_contact` (how to be in touch), `tells_consent` and `tells_who` (who filled it in); `in_short`
    is the question in few words, as a team reads it beside the answer. `tells_of_nobody`: it finds a place, and may be
    kept after the person said no. `only_if` is `asked_if` in words, for paper.
    `is_local`: an area's own, which other areas do not ask.
    """

    key: str
    section: str
    ask: str
    kind: Kind = Kind.GROUP
    ask_helper: str | None = None
    hint: str | None = None
    hint_helper: str | None = None
    missing: str | None = None
    missing_helper: str | None = None
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    one_of: tuple[str, ...] = ()
    required: bool = True
    asked_if: Condition = field(default=lambda _facts: True)
    insert: str | None = None
    then_show: tuple[str, Condition] | None = None
    max_length: int = 200
    autocomplete: str | None = None
    width: int | None = None
    choices_from: ChoicesFrom | None = None
    enum: type[StrEnum] | None = None
    other_words: tuple[tuple[Condition, "Question"], ...] = ()
    figures: Callable[[Facts], Mapping[str, str]] = field(default=lambda _facts: {})
    about: Callable[[Facts], str] | None = None
    tells_needs: bool = False
    tells_contact: bool = False
    tells_consent: bool = False
    tells_who: bool = False
    tells_of_nobody: bool = False
    in_short: str = ""
    only_if: str | None = None
    paper: Paper = PAPER
    is_local: bool = False

    def __post_init__(self) -> None:
        if not self.fields:
            only = Field(
                self.key,
                Kind.CHOICE if self.kind is Kind.YES_NO else self.kind,
                required=self.required,
                missing=self.missing,
                missing_helper=self.missing_helper,
                choices=YES_NO if self.kind is Kind.YES_NO else self.choices,
                choices_from=self.choices_from,
                enum=self.enum,
                max_length=self.max_length,
                autocomplete=self.autocomplete,
                width=self.width,
            )
            object.__setattr__(self, "fields", (only,))

    def worded(self, facts: Facts) -> "Question":
        """Return the wording that fits these facts; all its words come from there, its answer belongs here."""
        return next((other for fits, other in self.other_words if fits(facts)), self)

    def chosen(self, told: Answered) -> list[tuple[Field, Choice]]:
        """Return every declared choice that was chosen or ticked, with its field, in the order declared."""
        return [
            (each, choice)
            for each in self.fields
            for choice in each.choices
            if choice.value == told.text(self.key, each.name) or choice.value in told.ticked(self.key, each.name)
        ]

    def is_danger(self, told: Answered) -> bool:
        """Say whether the answer speaks of danger."""
        return any(choice.means_danger for _, choice in self.chosen(told))

    @property
    def is_optional(self) -> bool:
        """Whether the whole question may be skipped."""
        return not self.one_of and not any(each.required for each in self.fields)

    @property
    def groups(self) -> tuple[tuple[Field, ...], ...]:
        """The fields of each group, for a question that may be answered for several people; else empty."""
        numbers = sorted({each.group for each in self.fields if each.group})
        return tuple(tuple(each for each in self.fields if each.group == number) for number in numbers)

    def field(self, name: str) -> Field:
        """Return one field by name. Raises KeyError."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)


ABOUT = "_about"
"""Where an answer keeps what it is about, beside its fields."""


class Ends(StrEnum):
    """What becomes of the answers at a stop. Nothing is ever sent from one."""

    HANDS_BACK = "hands_back"
    ERASES = "erases"
    KEEPS_THE_PLACE = "keeps_the_place"
    KEEPS = "keeps"


@dataclass(frozen=True)
class Stop:
    """A place where the walk ends before the form does, with something else to do. Nothing is sent."""

    key: str
    when: Condition
    ends: Ends = Ends.HANDS_BACK


Step = Question | Stop

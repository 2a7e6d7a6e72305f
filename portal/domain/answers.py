"""What was answered, with its values: a date is a date, an age band one of three, ticks a tuple.

`Answers` are as they were typed: so they rest in a draft, and so they are sealed. The form turns them into `Values`
once, where it checks them; everybody else asks `Answered`, in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Answer = Mapping[str, str | Sequence[str]]
"""Field name → what was typed or chosen; tick boxes are a list."""

Answers = Mapping[str, Answer]
"""Question key → its answer."""

Value = str | date | tuple[str, ...]
"""A text or one choice, a day, or the ticks of a list; an age band is a choice too."""

Values = Mapping[str, Mapping[str, Value]]
"""Question key → field name → value. A date stands under its question's own name; what cannot be is not there."""

NONE_OF_THESE = "none_of_these"
NOT_LISTED = "not_listed"
ELSEWHERE = "elsewhere"
DONT_KNOW = "dont_know"
NOT_ME = ("parent_carer", "supporter")
CALLS = ("phone", "text")


class AgeBand(StrEnum):
    """The three ages that the law on consent tells apart."""

    UNDER_16 = "under_16"
    FROM_16_TO_17 = "16_17"
    ADULT = "18_or_over"


class FindsTeam(StrEnum):
    """The questions that everybody is asked to find their team, by key."""

    POSTCODE = "postcode"
    COUNCIL = "council"
    AREA = "area"
    AREA_COUNCIL = "area_council"
    BIRTH_DATE = "date_of_birth"
    AGE_BAND = "age_band"
    SURGERY = "gp"


@dataclass(frozen=True)
class Answered:
    """The answers, asked in words. It needs no day and no place, so a referral that was sealed long ago can say it."""

    values: Values

    def value(self, question: str, field: str | None = None) -> Value | None:
        """Return the value of one field, or None; the question's own field where no other is named."""
        return self.values.get(question, {}).get(field or question)

    def text(self, question: str, field: str | None = None) -> str:
        """Return one typed or chosen value, or an empty string."""
        value = self.value(question, field)
        return value if isinstance(value, str) else ""

    def ticked(self, question: str, field: str | None = None) -> tuple[str, ...]:
        """Return the ticked values of one question, or none."""
        value = self.value(question, field)
        return value if isinstance(value, tuple) else ()

    # Who is asking

    def is_professional(self) -> bool:
        return self.text("who") == "professional"

    def is_helper(self) -> bool:
        return self.text("who") in NOT_ME

    def is_for_me(self) -> bool:
        return self.text("who") == "me"

    def professional_area(self) -> str:
        """Return the id of the area that a professional asked about."""
        return self.text("professional_area")

    # The person

    def full_name(self) -> str:
        return self.text("full_name")

    def birth_date(self) -> date | None:
        value = self.value(FindsTeam.BIRTH_DATE)
        return value if isinstance(value, date) else None

    def birth_date_unknown(self) -> bool:
        return "unknown" in self.ticked(FindsTeam.BIRTH_DATE, "unknown")

    def chosen_age_band(self) -> AgeBand | None:
        """Return the age that somebody chose who does not know the birth date."""
        value = self.value(FindsTeam.AGE_BAND)
        return value if isinstance(value, AgeBand) else None

    def address(self) -> tuple[str, str, str]:
        """Return the address: two lines and the town, each of which can be empty."""
        return self.text("address", "line1"), self.text("address", "line2"), self.text("address", "town")

    def nhs_number(self) -> str:
        return self.text("nhs_number")

    def interpreter_language(self) -> str:
        return self.text("language")

    # Home and surgery, as they were said

    def postcode(self) -> str:
        return self.text(FindsTeam.POSTCODE)

    def why_no_postcode(self) -> tuple[str, ...]:
        return self.ticked(FindsTeam.POSTCODE, "no_postcode")

    def candidate(self) -> str:
        """Return the council that was confirmed for the postcode, or NONE_OF_THESE."""
        return self.text(FindsTeam.COUNCIL)

    def area(self) -> str:
        return self.text(FindsTeam.AREA)

    def area_council(self) -> str:
        """Return the council that was chosen in an area, or NONE_OF_THESE."""
        return self.text(FindsTeam.AREA_COUNCIL)

    def council(self) -> str | None:
        """Return the ONS code of the home council, once it is settled."""
        return next((code for code in (self.candidate(), self.area_council()) if code not in ("", NONE_OF_THESE)), None)

    def surgery(self) -> str:
        """Return the NHS code of the GP surgery, where it was found in the list."""
        return self.text(FindsTeam.SURGERY, "surgery")

    def surgery_name(self) -> str:
        return self.text(FindsTeam.SURGERY)

    # How to be in touch

    def phone(self) -> str:
        return self.text("contact_phone")

    def email(self) -> str:
        return self.text("contact_email")

    def helper_name(self) -> str:
        return self.text("helper", "helper_name")

    def helper_relationship(self) -> str:
        return self.text("helper", "helper_relationship")

    def helper_phone(self) -> str:
        return self.text("helper", "helper_phone")

    def helper_email(self) -> str:
        return self.text("helper", "helper_email")

    # Saying yes

    def person_says_yes(self) -> bool:
        return self.text("person_agrees") == "yes"

    def person_said_no(self) -> bool:
        return self.text("person_agrees") == "no"

    def person_not_asked(self) -> bool:
        return self.text("person_agrees") == "not_asked"

    def may_not_be_able_to_decide(self) -> bool:
        return self.text("person_agrees") == "may_not_be_able"

    def has_parental_responsibility(self) -> bool:
        return self.text("parental_responsibility") == "yes"

    def child_does_not_want_this(self) -> bool:
        return self.text("young_person_view") == "does_not_want"

    def someone_decides_by_law(self) -> bool:
        return self.text("legal_decision_maker") in ("deputy", "attorney")

    def said_no(self) -> bool:
        return self.text("consent") == "no"

    def wants_to_talk_first(self) -> bool:
        return self.text("consent") == "talk_to_me"

"""What the answers so far tell us: who is asking, for whom, how old, where they live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from portal.domain.answers import CALLS, DONT_KNOW, ELSEWHERE, NONE_OF_THESE, AgeBand, Answer, Answered


class Option(Protocol):
    """One place to choose: a council or an area."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...


class Home(Protocol):
    """What the official files say of a postcode. `name` stands as in "you live in …"; `listed`: a file names it."""

    @property
    def council(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def ended(self) -> bool: ...
    @property
    def listed(self) -> bool: ...


class Guide(Protocol):
    """What the journey asks about places, of whoever knows them."""

    def postcode_fault(self, text: str) -> str | None:
        """Return "not_a_postcode" or "not_in_england", or None for a usable postcode."""

    def candidates(self, postcode: str) -> Sequence[Option]:
        """Return the councils that a postcode may lie in; empty where none of ours does."""

    def found_home(self, postcode: str) -> Home | None:
        """Return the one council of a postcode; None where that is not known, and candidates are all there is."""

    def surgeries(self, text: str, postcode: str) -> Sequence[Option]:
        """Return the open GP surgeries that fit what was typed; empty where none does, or no list of them is there."""

    def surgery(self, code: str) -> Option | None:
        """Return one open GP surgery by its NHS code."""

    def known(self, facts: "Facts", *, confirmed: bool = False) -> Mapping[str, str]:
        """Return the area's own questions that home and surgery answer; `confirmed`: with those asked anyway."""

    def areas(self) -> Sequence[Option]:
        """Return every area this service covers."""

    def councils_of(self, area_id: str) -> Sequence[Option]:
        """Return the councils of one area."""

    def asks_locally(self, council: str, question_key: str) -> bool:
        """Say whether a home in this council needs this question to find its team."""

    def signpost(self, facts: "Facts") -> str | None:
        """Return the id of the signpost that these answers lead to, or None."""

    def team(self, facts: "Facts") -> str | None:
        """Return the id of the team that these answers lead to, or None while it is open."""

    def is_ready(self, team_id: str) -> bool:
        """Say whether a team can receive referrals."""


@dataclass(frozen=True)
class Facts(Answered):
    """The answers so far, asked in words, on a day and in a country of places.

    Each method is a named condition that a question or a stop may hang on. `today` is the day in London.
    """

    today: date
    guide: Guide

    # Age, on the day

    def age_band(self) -> AgeBand | None:
        """Return the age band on the day, from the birth date or else from the person's own word."""
        born = self.birth_date()
        if born is not None and born <= self.today:
            age = age_on(born, self.today)
            return AgeBand.UNDER_16 if age < 16 else AgeBand.FROM_16_TO_17 if age < 18 else AgeBand.ADULT
        return self.chosen_age_band()

    def is_under_16(self) -> bool:
        return self.age_band() is AgeBand.UNDER_16

    def is_adult(self) -> bool:
        return self.age_band() is AgeBand.ADULT

    def is_adult_of_unknown_age(self) -> bool:
        """Say whether they only told us that they are 18 or over: some support goes on until 26."""
        return self.is_adult() and self.birth_date() is None

    def is_under_26(self) -> bool:
        """Say whether what ends at 26 may apply. Who is not sure is asked: each of those questions can be skipped."""
        born = self.birth_date()
        if born is not None:
            return age_on(born, self.today) < 26
        if self.is_adult():
            return self.text("under_26") in ("yes", "not_sure")
        return self.age_band() is not None

    def is_under_16_alone(self) -> bool:
        return self.is_under_16() and self.is_for_me()

    def is_under_16_helped(self) -> bool:
        return self.is_under_16() and self.is_helper()

    def child_needs_someone_responsible(self) -> bool:
        return self.is_under_16_helped() and not self.has_parental_responsibility()

    # Home

    def has_candidates(self) -> bool:
        postcode = self.postcode()
        return bool(postcode) and bool(self.guide.candidates(postcode))

    def home(self) -> Home | None:
        """Return what the official files say of the postcode, where they know it."""
        postcode = self.postcode()
        return self.guide.found_home(postcode) if postcode else None

    def postcode_is_found(self) -> bool:
        return self.home() is not None

    def postcode_has_ended(self) -> bool:
        home = self.home()
        return home is not None and home.ended

    def postcode_is_not_listed(self) -> bool:
        home = self.home()
        return home is not None and not home.listed

    def needs_area(self) -> bool:
        return not self.has_candidates() or self.candidate() == NONE_OF_THESE

    def needs_area_council(self) -> bool:
        return self.needs_area() and self.area() not in ("", ELSEWHERE, DONT_KNOW)

    def asks_locally(self, question: str) -> bool:
        """Say whether this home needs an area's own question, and nothing answers it already."""
        council = self.council()
        if council is None or not self.guide.asks_locally(council, question):
            return False
        return question not in self.guide.known(self)

    def local_answer(self, question: str) -> str:
        """Return the answer to an area's own question: the person's, or else what home and surgery tell."""
        return self.text(question) or self.guide.known(self).get(question, "")

    def proposal(self, question: str) -> Answer:
        """Return the answer that a question shows already, for the person to confirm or change."""
        if question == "contact_person" and self.is_helper():
            return self._helpers_own_details()
        proposed = self.guide.known(self, confirmed=True).get(question, "") if self.council() else ""
        return {question: proposed} if proposed else {}

    def _helpers_own_details(self) -> Answer:
        """Return how to reach the helper, as the one through whom the person is contacted."""
        who = (self.helper_name(), self.helper_relationship())
        reached = (self.helper_phone(), self.helper_email())
        return {
            "contact_person_name": ", ".join(filter(None, who)),
            "contact_person_details": ", ".join(filter(None, reached)),
        }

    def place_is_not_known(self) -> bool:
        return self.needs_area() and self.area() == DONT_KNOW

    def is_signposted(self) -> bool:
        return self.guide.signpost(self) is not None

    def team(self) -> str:
        """Return the id of the team these answers go to; empty while it is open."""
        return self.guide.team(self) or ""

    def team_is_not_ready(self) -> bool:
        team = self.team()
        return bool(team) and not self.guide.is_ready(team)

    def agreement(self) -> str:
        """Return what a yes is a yes to, and whose it is: another team, age or teller makes it another yes."""
        whose = self.text("person_agrees") if self.is_helper() else "own"
        return " ".join((self.team(), self.age_band() or "", whose))

    # The person's own yes, given through a helper

    def may_need_someone_to_decide(self) -> bool:
        return self.may_not_be_able_to_decide() and not self.is_under_16()

    def supposing(self, proposed: Mapping[str, str]) -> "Facts":
        """Return the facts of somebody who says yes to these proposals, by question; their own words stand."""
        return replace(self, values={**{key: {key: value} for key, value in proposed.items()}, **self.values})

    # Diagnosis, needs, contact

    def knows_nhs_number(self) -> bool:
        return self.text("knows_nhs_number") == "yes"

    def needs_interpreter(self) -> bool:
        return "interpreter" in self.ticked("needs")

    def is_neither(self) -> bool:
        return self.text("disability") == "neither"

    def is_in_hospital(self) -> bool:
        return self.text("in_hospital") in ("yes", "just_left")

    def contact_by_phone(self) -> bool:
        return self.text("contact_way") in CALLS

    def contact_by_email(self) -> bool:
        return self.text("contact_way") == "email"

    def contact_by_letter(self) -> bool:
        return self.text("contact_way") == "letter"

    def needs_letter_address(self) -> bool:
        return self.contact_by_letter() and not self.address()[0]

    def contact_through_someone(self) -> bool:
        return self.text("contact_way") == "someone_else"

    def contact_another_way(self) -> bool:
        return self.text("contact_way") == "another_way"


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day.

    A person born on 29 February is a year older on 1 March in a common year.
    """
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (0 if had_birthday else 1)

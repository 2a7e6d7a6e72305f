"""Everybody in the table of consent: who says yes for whom, and what the team reads about it first."""

import pytest

from portal.domain.answers import Answer
from tests.journeys.person import Person
from tests.journeys.town import Town

SEL = "south-east-london-dsr"
WANTS: Answer = {"young_person_view": "wants", "young_person_words": "I want this. আমি চাই।"}
UNSURE: Answer = {"young_person_view": "could_not_say", "young_person_words": ""}


def responsible(answer: str) -> dict[str, Answer]:
    """Return what a helper of a child says of parental responsibility."""
    return {"parental_responsibility": {"parental_responsibility": answer}, "young_person_view": WANTS}


def decides(answer: str) -> dict[str, Answer]:
    """Return who may decide by law."""
    return {"legal_decision_maker": {"legal_decision_maker": answer}}


def sent(town: Town, person: Person, *words: str) -> Person:
    """Send the form; the team's staff alone read it, and these words."""
    person.when_they_ask_to_join()
    town.then_only(SEL, opens=person).then_they_read(*words)
    return person


def test_an_adult_says_yes_for_herself(town: Town) -> None:
    person = sent(town, town.person().given_turned(30), "The person is an adult and decides for themselves")
    person.then_they_were_not_asked("person_agrees", "parental_responsibility", "adult_knows", "helper")


def test_a_young_woman_of_16_today_decides_for_herself(town: Town) -> None:
    person = sent(town, town.person().given_turned(16), "The young person is 16 or 17 and decides for themselves")
    person.then_they_were_not_asked("adult_knows", "parental_responsibility")


@pytest.mark.parametrize("knows", ["yes", "no", "prefer_not"])
def test_a_child_alone_may_say_yes_whether_or_not_a_parent_knows(town: Town, knows: str) -> None:
    person = town.person().given_turned(15).given(adult_knows={"adult_knows": knows})
    sent(town, person, "The child is under 16 and said yes themselves", "Gillick competence")


def test_a_parent_with_responsibility_asks_for_a_child_of_9(town: Town) -> None:
    person = town.person().given_turned(9).given_a_helper("parent_carer", **responsible("yes"))
    sent(town, person, "Confirm parental responsibility, and hear the child's own view", "They want this")
    person.then_they_were_not_asked("adult_knows", "legal_decision_maker")


@pytest.mark.parametrize("answer", ["no", "not_sure"])
def test_a_helper_without_sure_responsibility_still_sends_and_the_team_checks(town: Town, answer: str) -> None:
    person = town.person().given_turned(9).given_a_helper("supporter", **responsible(answer))
    sent(town, person, "The helper may not have parental responsibility", "Consent is to be checked")


def test_a_child_who_may_not_be_able_to_decide_and_could_not_say(town: Town) -> None:
    answers = responsible("not_sure") | {"young_person_view": UNSURE}
    person = town.person().given_turned(6).given_a_helper("parent_carer", "may_not_be_able", **answers)
    sent(town, person, "Ask someone with parental responsibility before adding the child", "They could not tell me")


def test_a_friend_helps_an_adult_who_says_yes(town: Town) -> None:
    person = town.person("عائشة").given_a_helper("supporter")
    sent(town, person, "Hear the yes from the person themselves", "Sam Helper", "Advocate")


@pytest.mark.parametrize("answer", ["no", "dont_know"])
def test_an_adult_who_may_not_be_able_to_decide_is_flagged_and_nobody_certifies_it(town: Town, answer: str) -> None:
    person = town.person().given_a_helper("parent_carer", "may_not_be_able", **decides(answer))
    sent(town, person, "They may not be able to decide", "hold a best interests meeting before adding them")


@pytest.mark.parametrize("answer", ["deputy", "attorney"])
def test_somebody_may_decide_by_law_and_the_team_checks_the_papers(town: Town, answer: str) -> None:
    person = town.person().given_turned(17).given_a_helper("supporter", "may_not_be_able", **decides(answer))
    sent(town, person, "Somebody may decide for them by law", "Check the papers of the deputy or attorney")


@pytest.mark.parametrize("level", ["", "easy-read/"])
@pytest.mark.parametrize(("agrees", "slug"), [("no", "person-says-no"), ("not_asked", "not-asked-yet")])
def test_without_the_persons_yes_nothing_is_sent_and_whom_to_call_is_said(
    town: Town, agrees: str, slug: str, level: str
) -> None:
    person = town.person(level=level).given_a_helper("parent_carer", agrees)
    person.when_they_begin().when_they_answer()
    person.then_they_are_at(slug).then_they_read("0208 176 5565", "111", "999")
    town.then_nothing_was_kept()


def test_talk_to_me_first_reaches_the_team_and_says_that_nobody_has_agreed(town: Town) -> None:
    person = town.person().given(consent={"consent": "talk_to_me"})
    sent(town, person, "They want the team to talk to them first", "They have not agreed to join")


def test_no_at_the_end_erases_everything(town: Town) -> None:
    person = town.person().given(consent={"consent": "no"})
    person.when_they_begin().when_they_answer()
    person.then_they_are_at("you-said-no").then_they_read("Nothing was sent")
    town.then_nothing_was_kept()


@pytest.mark.parametrize("where", ["yes", "just_left"])
def test_somebody_in_hospital_is_told_who_can_help_there_and_still_sends(town: Town, where: str) -> None:
    person = town.person().given(in_hospital={"in_hospital": where})
    sent(town, person).then_they_were_shown("help-in-hospital")


@pytest.mark.parametrize("danger", ["hurt_myself", "hurt_others", "hurt_by_others"])
def test_danger_shows_urgent_help_next_and_then_goes_on(town: Town, danger: str) -> None:
    person = town.person().given(happening={"happening": ["police", danger], "happening_words": ""})
    sent(town, person, "The police have been called").then_they_were_shown("urgent-help-first")


@pytest.mark.parametrize("safe", ["no", "not_sure"])
def test_somebody_who_is_not_safe_now_sees_urgent_help_and_a_way_on(town: Town, safe: str) -> None:
    person = town.person().when_they_begin(safe=safe)
    person.then_they_are_at("urgent-now").then_they_read("999", "111")
    town.then_nothing_was_kept()
    person.way.go_on()
    person.when_they_answer().when_they_send()
    town.then_only(SEL, opens=person)

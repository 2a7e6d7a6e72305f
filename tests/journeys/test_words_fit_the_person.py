"""On the way through the form, what is said beside the question about consent and in the strip fits the person."""

import pytest

from tests.journeys.person import Person
from tests.journeys.town import Town

DANGER = "the team may have to tell someone"
BOTH = pytest.mark.parametrize("level", ["", "easy-read/"])


def at_consent(person: Person) -> Person:
    """Stop at the question about consent."""
    person.answers.pop("consent", None)
    return person.when_they_begin().when_they_answer().then_they_are_at("consent")


@BOTH
def test_a_child_alone_reads_when_somebody_may_be_told(town: Town, level: str) -> None:
    child = town.person(level=level).given_turned(15).given(adult_knows={"adult_knows": "prefer_not"})
    at_consent(child)
    assert DANGER in child.way.words
    assert "0800 330 8590" not in child.way.words


@BOTH
def test_an_adult_reads_nothing_for_children(town: Town, level: str) -> None:
    adult = at_consent(town.person(level=level))
    assert DANGER not in adult.way.words
    assert "parent" not in adult.way.words
    assert "0203 228 5980" not in adult.way.words


@BOTH
def test_a_helper_does_not_say_yes_for_somebody_who_may_not_be_able_to(town: Town, level: str) -> None:
    helped = town.person(level=level).given_a_helper(
        "supporter", "may_not_be_able", legal_decision_maker={"legal_decision_maker": "no"}
    )
    assert "You are not saying yes for them." in at_consent(helped).way.words


@BOTH
@pytest.mark.parametrize("responsible", ["yes", "not_sure"])
def test_whoever_may_not_be_responsible_for_a_child_reads_whom_the_team_asks(
    town: Town, level: str, responsible: str
) -> None:
    child = town.person(level=level).given_turned(9).given_a_helper("parent_carer")
    child.given(young_person_view={"young_person_view": "wants", "young_person_words": ""})
    at_consent(child.given(parental_responsibility={"parental_responsibility": responsible}))
    assert ("asks someone with parental responsibility" in child.way.words) is (responsible != "yes")

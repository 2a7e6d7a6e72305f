"""Who supports you now: add another, change, remove; by plain buttons, and nobody is lost on the way."""

import re

import pytest

from tests.support.applicants import Applicant
from tests.support.people import an_adult, born

PEOPLE = an_adult(supporters=None)


def boxes(number: int, name: str, role: str = "", phone: str = "") -> dict[str, object]:
    """Return what is typed about one person."""
    return {f"supporter_name_{number}": name, f"supporter_role_{number}": role, f"supporter_phone_{number}": phone}


@pytest.fixture
def asked(applicant: Applicant) -> Applicant:
    """Give somebody at the question."""
    applicant.fill(PEOPLE)
    assert applicant.question == "supporters"
    return applicant


def shown(applicant: Applicant) -> list[str]:
    """Return the names in the boxes, the empty one too."""
    inputs = re.findall(r'<input[^>]*name="supporter_name_\d"[^>]*>', applicant.html)
    found = [re.search(r'value="([^"]*)"', each) for each in inputs]
    return [match.group(1) if match else "" for match in found]


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_one_empty_set_of_boxes_stands_there_at_first(applicant: Applicant, level: str) -> None:
    applicant.level = level
    applicant.fill(PEOPLE)
    assert shown(applicant) == [""]
    assert "Remove" not in applicant.words
    assert "Skip this question" in applicant.words


def test_adding_another_keeps_the_first_and_comes_back(asked: Applicant) -> None:
    asked.answer("supporters", {**boxes(1, "Sam Lee"), "add": "1"})
    assert asked.question == "supporters"
    assert shown(asked) == ["Sam Lee", ""]
    assert "Skip this question" not in asked.words


def test_up_to_five_people_can_be_added(asked: Applicant) -> None:
    everybody: dict[str, object] = {}
    for number in range(1, 6):
        everybody |= boxes(number, f"Person{number}")
        asked.answer("supporters", {**everybody, "add": "1"})
    assert shown(asked) == [f"Person{number}" for number in range(1, 6)]
    assert "Add another person" not in asked.words


def test_removing_one_moves_the_others_up(asked: Applicant) -> None:
    three = {**boxes(1, "Sam"), **boxes(2, "Jo", "Nurse"), **boxes(3, "Li", "Aunt", "01632 960001")}
    asked.answer("supporters", {**three, "remove": "2"})
    assert shown(asked) == ["Sam", "Li", ""]
    words = asked.fill({**an_adult(), "supporters": {**boxes(1, "Sam"), **boxes(2, "Li", "Aunt", "01632 960001")}})  # type: ignore[dict-item]  # answers are texts here
    assert "Person 1 Sam Person 2 Li Aunt 01632 960001" in words
    assert "Nurse" not in words


def test_a_gap_between_people_closes(asked: Applicant) -> None:
    asked.answer("supporters", {**boxes(1, ""), **boxes(3, "Li"), "add": "1"})
    assert shown(asked) == ["Li", ""]


def test_what_is_too_long_is_said_and_nobody_is_lost(asked: Applicant) -> None:
    asked.answer("supporters", {**boxes(1, "Sam"), **boxes(2, "x" * 151), "add": "1"})
    assert asked.page
    assert asked.page.status_code == 422
    assert "Use 150 characters or fewer" in asked.words
    assert shown(asked)[:2] == ["Sam", "x" * 151]


def test_enter_continues_and_removes_nobody(asked: Applicant) -> None:
    asked.answer("supporters", {**boxes(1, "Sam"), "add": "1"})
    form = re.search(r"<form[^>]* novalidate>(.*?)</form>", asked.html, re.DOTALL)
    assert form
    first = re.search(r"<button[^>]*>", form.group(1))
    assert first
    assert "name=" not in first.group()
    assert 'tabindex="-1"' in first.group()


@pytest.mark.parametrize("number", ["0", "9", "x", "", "1_1"])
def test_removing_nobody_removes_nobody(asked: Applicant, number: str) -> None:
    asked.answer("supporters", {**boxes(1, "Sam"), "remove": number})
    assert shown(asked) == ["Sam", ""]


def test_coming_from_check_answers_one_goes_back_there(applicant: Applicant) -> None:
    applicant.fill(an_adult())
    applicant.open("supporters?change=1")
    applicant.answer("supporters", {**boxes(1, "Sam"), "add": "1"}, "?change=1")
    assert applicant.page
    assert applicant.page.request.query_string == b"change=1"
    applicant.answer("supporters", boxes(1, "Sam"), "?change=1")
    assert applicant.slug == "check-answers"


def test_an_nhs_number_is_asked_of_who_knows_it_and_shown_in_groups(applicant: Applicant) -> None:
    known = an_adult(
        knows_nhs_number={"knows_nhs_number": "yes"},
        nhs_number={"nhs_number": "999-000-0018"},
    )
    assert "999 000 0018" in applicant.fill(known)


def test_who_said_yes_can_still_skip_the_number(applicant: Applicant) -> None:
    applicant.fill(an_adult(knows_nhs_number={"knows_nhs_number": "yes"}, nhs_number=None))
    applicant.answer("nhs-number", {"skip": "1"})
    assert applicant.question == "disability"


def test_school_and_care_are_asked_until_26_and_never_after(applicant: Applicant) -> None:
    asked = an_adult(date_of_birth=born(25), school=None)
    applicant.fill(asked)
    assert applicant.question == "school"
    applicant.answer("date-of-birth", {"day": "20", "month": "11", "year": "2000"})
    applicant.fill(an_adult(date_of_birth=born(27), school=None))
    assert applicant.slug == "check-answers"

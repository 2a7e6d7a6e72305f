"""An answer is shown again as it was typed, but for an NHS number in its groups and people counted."""

import pytest

from portal.domain.answers import Answer
from portal.form.document import as_sealed
from portal.form.groups import filled_groups, regrouped
from portal.form.nhs_number import grouped
from tests.support.form import QUESTIONS
from tests.support.people import an_adult, facts_of

BY_KEY = {question.key: question for question in QUESTIONS}
SUPPORTERS = BY_KEY["supporters"]
TWO: Answer = {
    "supporter_name_1": "Sam Lee",
    "supporter_role_1": "Support worker",
    "supporter_phone_1": "",
    "supporter_name_2": "",
    "supporter_role_2": " ",
    "supporter_phone_2": "",
    "supporter_name_3": "Aunt Jo",
}


@pytest.mark.parametrize("typed", ["9990000018", "999-000-0018", "999 000 0018", "99 90 00 00 18"])
def test_an_nhs_number_is_shown_as_3_3_and_4(typed: str) -> None:
    assert as_sealed(BY_KEY["nhs_number"], facts_of(an_adult())).lines({"nhs_number": typed}, is_record=True) == [
        "999 000 0018"
    ]


def test_other_numbers_stay_as_typed() -> None:
    assert grouped("0207-946 0000") == "0207-946 0000"
    assert grouped("not ten") == "not ten"


def test_people_without_anything_written_are_left_out() -> None:
    assert [group["supporter_name"] for group in filled_groups(SUPPORTERS, TWO)] == ["Sam Lee", "Aunt Jo"]


def test_people_move_up_where_one_is_gone() -> None:
    answer = regrouped(SUPPORTERS, filled_groups(SUPPORTERS, TWO))
    assert answer["supporter_name_2"] == "Aunt Jo"
    assert answer["supporter_name_3"] == ""
    assert set(answer) == {field.name for field in SUPPORTERS.fields}


def test_the_document_counts_people_and_names_each_box() -> None:
    answer = regrouped(SUPPORTERS, filled_groups(SUPPORTERS, TWO))
    assert as_sealed(SUPPORTERS, facts_of(an_adult())).lines(answer, is_record=True) == [
        "Person 1",
        "Name: Sam Lee",
        "What they do: Support worker",
        "Person 2",
        "Name: Aunt Jo",
    ]


def test_a_value_of_another_shape_is_nobody() -> None:
    assert filled_groups(SUPPORTERS, {"supporter_name_1": ["a", "list"]}) == []

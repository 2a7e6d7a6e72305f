import pytest

from portal.domain.answers import AgeBand
from tests.support.people import BABERGH, LAMBETH, an_adult, born, facts_of, helped


def test_turning_16_today_counts_as_16() -> None:
    assert facts_of({"date_of_birth": born(16)}).age_band() is AgeBand.FROM_16_TO_17


def test_the_eighteenth_birthday_is_adult() -> None:
    assert facts_of({"date_of_birth": born(18)}).is_adult()


def test_an_unknown_birth_date_goes_by_the_age_band() -> None:
    facts = facts_of({"date_of_birth": {"unknown": ["unknown"]}, "age_band": {"age_band": "under_16"}})
    assert facts.is_under_16()


def test_no_age_is_no_age_band() -> None:
    facts = facts_of({})
    assert facts.age_band() is None
    assert not facts.is_under_16()
    assert not facts.is_adult()


def test_the_council_is_the_candidate_that_was_confirmed() -> None:
    assert facts_of(an_adult()).council() == LAMBETH


def test_none_of_these_asks_for_the_area_and_takes_its_council() -> None:
    answers = an_adult(
        council={"council": "none_of_these"}, area={"area": "east"}, area_council={"area_council": BABERGH}
    )
    facts = facts_of(answers)
    assert facts.needs_area()
    assert facts.needs_area_council()
    assert facts.council() == BABERGH


def test_somewhere_else_needs_no_council() -> None:
    facts = facts_of({"postcode": {"postcode": "LS1 1AA"}, "area": {"area": "elsewhere"}})
    assert facts.needs_area()
    assert not facts.needs_area_council()
    assert facts.is_signposted()


def test_a_helper_is_not_the_person() -> None:
    facts = facts_of(helped("parent_carer"))
    assert facts.is_helper()
    assert not facts.is_for_me()


def test_a_choice_where_ticks_were_expected_is_nothing() -> None:
    facts = facts_of({"happening": {"happening": "hurt_myself"}, "who": {"who": ["me"]}})
    assert facts.ticked("happening") == ()
    assert not facts.is_for_me()


@pytest.mark.parametrize(("age", "asked"), [(0, True), (15, True), (25, True), (26, False), (80, False)])
def test_until_the_26th_birthday_somebody_is_under_26(age: int, asked: bool) -> None:
    assert facts_of(an_adult(date_of_birth=born(age))).is_under_26() is asked


@pytest.mark.parametrize(("band", "asked"), [("under_16", True), ("16_17", True)])
def test_a_child_without_a_birth_date_is_under_26(band: str, asked: bool) -> None:
    facts = facts_of({"date_of_birth": {"unknown": ["unknown"]}, "age_band": {"age_band": band}})
    assert facts.is_under_26() is asked
    assert not facts.is_adult_of_unknown_age()


@pytest.mark.parametrize(("said", "asked"), [("yes", True), ("not_sure", True), ("no", False), ("", False)])
def test_an_adult_without_a_birth_date_says_whether_they_are_under_26(said: str, asked: bool) -> None:
    unknown = {"date_of_birth": {"unknown": ["unknown"]}, "age_band": {"age_band": "18_or_over"}}
    facts = facts_of({**unknown, "under_26": {"under_26": said}})
    assert facts.is_adult_of_unknown_age()
    assert facts.is_under_26() is asked


def test_whose_age_is_not_known_yet_is_not_under_26() -> None:
    assert not facts_of({}).is_under_26()


def test_only_who_knows_an_nhs_number_is_asked_for_it() -> None:
    assert facts_of({"knows_nhs_number": {"knows_nhs_number": "yes"}}).knows_nhs_number()
    assert not facts_of({"knows_nhs_number": {"knows_nhs_number": "no"}}).knows_nhs_number()


def test_a_helper_through_whom_the_person_is_reached_types_nothing_twice() -> None:
    assert facts_of(helped()).proposal("contact_person") == {
        "contact_person_name": "Sam Helper, Advocate",
        "contact_person_details": "020 7946 0000",
    }
    assert facts_of(an_adult()).proposal("contact_person") == {}

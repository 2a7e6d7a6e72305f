"""The questions that only some areas ask: data of their area, asked where they find the team and nowhere else."""

from portal.areas.loading import load_areas
from portal.form.document import describe, schema_hash
from tests.support.form import FORM, QUESTIONS
from tests.support.people import an_adult, facts_of

AREAS = load_areas()
KEYS = [question.key for question in QUESTIONS]


def test_each_stands_in_its_place_after_the_answers_that_it_needs() -> None:
    assert [question.key for question in QUESTIONS if question.is_local] == [each.key for each in AREAS.questions]
    for each in AREAS.questions:
        assert KEYS.index(each.key) > KEYS.index(each.after)


def test_none_is_asked_where_its_area_does_not_name_the_council() -> None:
    assert [each.key for each in QUESTIONS if each.is_local and each.asked_if(facts_of(an_adult()))] == []


def test_an_area_that_asks_nothing_of_its_own_asks_what_every_area_asks() -> None:
    area = AREAS["gloucestershire"]
    assert [question.key for question in area.form.questions] == [each.key for each in QUESTIONS if not each.is_local]


def test_the_form_of_the_areas_we_know_is_the_one_that_was_always_sealed() -> None:
    known = "e4458380204542f92eed7fb8f54cfd1f2f495306ce65ea3ae8505b370d97a72c"
    assert schema_hash(FORM) == known, "the questions changed: is FORM_VERSION right, and do the exports know them?"


def test_the_order_does_not_hang_on_which_area_comes_first() -> None:
    assert describe(AREAS.beginning_with("suffolk-and-north-east-essex").form) == describe(FORM)

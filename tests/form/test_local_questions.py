"""The questions that only some areas need: the form asks what the areas' rules can read, with the same answers."""

from portal.areas.area import LOCAL_QUESTION_CHOICES
from portal.areas.loading import load_areas
from portal.domain.facts import Facts
from portal.form.questions import QUESTIONS
from tests.support.people import an_adult, facts_of

BY_KEY = {question.key: question for question in QUESTIONS}


def test_every_local_question_is_asked_with_the_answers_that_the_rules_know() -> None:
    asked = {key: tuple(choice.value for choice in BY_KEY[key].fields[0].choices) for key in LOCAL_QUESTION_CHOICES}
    assert {key: sorted(values) for key, values in asked.items()} == {
        key: sorted(values) for key, values in LOCAL_QUESTION_CHOICES.items()
    }


def test_no_local_question_is_asked_where_no_area_names_it() -> None:
    named = {key for area in load_areas().all for key in area.local_questions}
    assert named == set(LOCAL_QUESTION_CHOICES)
    assert isinstance(facts := facts_of(an_adult()), Facts)
    assert [key for key in LOCAL_QUESTION_CHOICES if BY_KEY[key].asked_if(facts)] == []

"""After the person's own no, nothing about them is kept; where home is still finds the number to call."""

import pytest
from flask import Flask

from portal.form.question import Kind, Question
from portal.form.questions import STEPS, Form, who
from portal.web.frame.runtime import Runtime
from tests.support.applicants import Applicant
from tests.support.people import helped

CRISIS_LINE = "0208 176 5565"
NEW = Question(
    key="seen_before",
    section=who.SECTION,
    kind=Kind.YES_NO,
    ask="Have you seen this form before?",
    missing="Select yes if you have seen this form before",
)
PLACES = [STEPS.index(who.NEEDS), STEPS.index(who.LANGUAGE) + 1]


@pytest.mark.parametrize("place", PLACES, ids=["first of the section", "last of the section"])
def test_a_new_question_before_home_does_not_hide_the_local_crisis_line(
    app: Flask, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    form = Form((*STEPS[:place], NEW, *STEPS[place:]))
    monkeypatch.setattr(Runtime, "form", property(lambda _held: form))
    applicant = Applicant(app.test_client())
    applicant.fill(helped(seen_before={"seen_before": "yes"}, person_agrees={"person_agrees": "no"}))
    assert applicant.slug == "person-says-no"
    assert CRISIS_LINE in applicant.words
    assert "Zoë" not in applicant.open("my-answers")


def test_what_the_person_needs_is_not_kept_and_is_asked_again(app: Flask) -> None:
    applicant = Applicant(app.test_client())
    needs = {"needs": ["bsl"], "needs_other": "Please speak slowly"}
    applicant.fill(helped(needs=needs, person_agrees={"person_agrees": "no"}))
    assert "Please speak slowly" not in applicant.open("my-answers")
    applicant.open("go-on")
    assert applicant.slug == "needs"

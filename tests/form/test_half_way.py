"""The questions change while somebody is half way: nothing breaks, and they are asked that one again."""

from dataclasses import replace

import pytest

from portal.domain.answers import Answer
from portal.form.document import make_document
from portal.form.question import Choice, Kind, Question, Step
from portal.form.walk import Walk, walk
from tests.support.form import FORM, QUESTIONS, STEPS
from tests.support.people import TODAY, SmallGuide, an_adult

BY_KEY = {question.key: question for question in QUESTIONS}
KEPT: dict[str, Answer] = an_adult(helps={"helps": "My dog"})


def after_a_release(changed: Question) -> Walk:
    """Walk along answers of the day before, with one question changed since."""
    steps: list[Step] = [changed if step == BY_KEY.get(changed.key) else step for step in STEPS]
    return walk(steps, KEPT, TODAY, SmallGuide())


def plain(question: Question, **changed: object) -> Question:
    """Return a question with one field of its own, changed."""
    return replace(question, fields=(), **changed)  # type: ignore[arg-type]  # any property of a question


CHANGED = {
    "its choice is gone": plain(BY_KEY["disability"], choices=(Choice("yes", "Yes"), Choice("no", "No"))),
    "text became a choice": plain(BY_KEY["helps"], kind=Kind.CHOICE, choices=(Choice("a", "A"),), required=True),
    "a choice became ticks": plain(BY_KEY["disability"], kind=Kind.CHOICES),
    "a choice became a number": plain(BY_KEY["diagnosis"], kind=Kind.PHONE),
    "optional became required": plain(BY_KEY["worse"], required=True),
    "shorter than before": plain(BY_KEY["helps"], max_length=3),
    "a box was added": replace(
        BY_KEY["contact_email"],
        fields=(*BY_KEY["contact_email"].fields, replace(BY_KEY["contact_email"].fields[0], name="again")),
    ),
}


@pytest.mark.parametrize("question", CHANGED.values(), ids=CHANGED)
def test_an_answer_that_no_longer_fits_is_asked_again(question: Question) -> None:
    found = after_a_release(question)
    assert found.next == question
    assert not found.is_complete
    assert question.key not in found.answers


def test_a_choice_that_still_fits_is_not_asked_again() -> None:
    more = plain(BY_KEY["disability"], choices=(*BY_KEY["disability"].fields[0].choices, Choice("new", "New")))
    assert after_a_release(more).is_complete


def test_a_question_that_nobody_is_asked_any_more_drops_out_of_what_is_sealed() -> None:
    found = after_a_release(replace(BY_KEY["helps"], asked_if=lambda _facts: False))
    assert found.is_complete
    routing = {"team": "team-a", "area": "south", "reason": "because", "register": None}
    assert "My dog" not in make_document(found, FORM, lang="en", level="standard", routing=routing).decode()


def test_a_question_that_is_asked_of_more_people_is_asked() -> None:
    found = walk(
        [replace(step, asked_if=lambda _facts: True) if step == BY_KEY["language"] else step for step in STEPS],
        KEPT,
        TODAY,
        SmallGuide(),
    )
    assert found.next is not None
    assert found.next.key == "language"


def test_a_new_question_is_asked_and_the_answers_behind_it_are_kept() -> None:
    new = Question(key="brand_new", section="person", kind=Kind.TEXT, ask="New?")
    found = walk([*STEPS[:6], new, *STEPS[6:]], KEPT, TODAY, SmallGuide())
    assert found.next == new
    assert walk(
        [*STEPS[:6], new, *STEPS[6:]], {**KEPT, "brand_new": {"brand_new": "x"}}, TODAY, SmallGuide()
    ).is_complete

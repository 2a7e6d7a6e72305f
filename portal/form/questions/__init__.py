"""Every question that all areas ask, in the order in which it is asked.

To add a question, declare it in the file of its section, put it in that file's STEPS, and write its Easy Read page
in `portal/easyread/<lang>/apply/`. Page, form, checks, sealed document and staff view follow from it. A question that
only one area asks is data of that area: docs/add-an-area.md.
"""

from dataclasses import dataclass
from functools import cached_property

from portal.form.question import N_, Question, Step, Stop
from portal.form.questions import agreeing, contact, helper, home, person, situation, support, who

STEPS: tuple[Step, ...] = (
    *who.STEPS,
    *home.STEPS,
    *person.STEPS,
    *helper.STEPS,
    *situation.STEPS,
    *support.STEPS,
    *contact.STEPS,
    *agreeing.STEPS,
)

LOCAL_PLACES = (home.GP.key, person.UNDER_26.key)
"""The questions after which an area can ask its own: once home and GP surgery are known, and once the age is."""


@dataclass(frozen=True)
class Form:
    """What is asked and where it may stop, in order: STEPS, with the areas' own questions in their places."""

    steps: tuple[Step, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(step for step in self.steps if isinstance(step, Question))

    @cached_property
    def by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def stops(self) -> dict[str, Stop]:
        return {step.key: step for step in self.steps if isinstance(step, Stop)}


EVERYWHERE = Form(STEPS)
"""What every area asks."""

SECTIONS: dict[str, str] = {
    "who": N_("This form"),
    "home": N_("Home"),
    "person": N_("About the person"),
    "helper": N_("The helper"),
    "situation": N_("What is happening"),
    "support": N_("Support now"),
    "contact": N_("How to get in touch"),
    "consent": N_("Saying yes"),
}

OWN_SECTIONS: dict[str, str] = {"person": N_("About you")}
"""Headings for somebody who asks for themselves, where those differ."""

FORM_VERSION = 2

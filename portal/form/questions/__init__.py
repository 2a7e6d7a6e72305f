"""Every question, in the order in which it is asked.

To add a question, declare it in the file of its section, put it in that file's STEPS, and write its Easy Read page
in `portal/easyread/<lang>/apply/`. Page, form, checks, sealed document and staff view follow from it.
"""

from portal.form.question import N_, Question, Step
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

QUESTIONS: tuple[Question, ...] = tuple(step for step in STEPS if isinstance(step, Question))

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

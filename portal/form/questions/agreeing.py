"""Saying yes, no, or "talk to me first"."""

from portal.domain.facts import Facts
from portal.form.question import N_, Choice, Ends, Kind, Paper, Question, Stop

SECTION = "consent"

CONSENT = Question(
    key="consent",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Do you want to send this and ask to join the Dynamic Support Register (DSR)?"),
    ask_helper=N_("What should happen now?"),
    missing=N_("Select yes, “talk to me first” or no"),
    missing_helper=N_("Select yes, “talk first” or no"),
    insert="before-consent",
    # A yes to one team is no yes to another, and a helper's is not the person's own: what changes them asks again.
    about=Facts.agreement,
    choices=(
        Choice(
            "yes",
            N_("Yes. Send it, and I ask to join the register"),
            label_helper=N_("Yes. Send it, and ask for them to join the register"),
        ),
        Choice(
            "talk_to_me",
            N_("Talk to me first. I have not agreed to join yet"),
            label_helper=N_("Talk to them first. They have not agreed to join yet"),
            hint=N_("The team gets this so that they can talk to you"),
            hint_helper=N_("The team gets this so that they can talk to the person"),
        ),
        Choice(
            "no",
            N_("No. Do not send anything"),
            hint=N_("We clear your answers. The support you get now does not change"),
            hint_helper=N_("We clear your answers. The support the person gets now does not change"),
            divider_before=True,
            ends=True,
        ),
    ),
    tells_consent=True,
    paper=Paper(then=N_("Do you say no? Do not send this form. The support you get now does not change.")),
)

SAID_NO = Stop("you-said-no", Facts.said_no, ends=Ends.ERASES)

STEPS = (CONSENT, SAID_NO)

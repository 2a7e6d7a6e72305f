"""What is going on for the person now."""

from portal.domain.facts import Facts
from portal.form.question import N_, Choice, Field, Kind, Paper, Question, Stop

SECTION = "situation"

ADDRESS = Question(
    key="address",
    section="person",
    ask=N_("What is your address?"),
    ask_helper=N_("What is the person’s address?"),
    hint=N_("You can skip this."),
    fields=(
        Field(
            "line1", Kind.TEXT, label=N_("Address line 1"), required=False, max_length=100, autocomplete="address-line1"
        ),
        Field(
            "line2", Kind.TEXT, label=N_("Address line 2"), required=False, max_length=100, autocomplete="address-line2"
        ),
        Field(
            "town",
            Kind.TEXT,
            label=N_("Town or city"),
            required=False,
            max_length=100,
            autocomplete="address-level2",
        ),
    ),
)

KNOWS_NHS_NUMBER = Question(
    key="knows_nhs_number",
    section="person",
    kind=Kind.YES_NO,
    ask=N_("Do you know your NHS number?"),
    ask_helper=N_("Do you know the person’s NHS number?"),
    hint=N_("You do not need it. It can be on a letter from the NHS, or in the NHS App."),
    missing=N_("Select yes if you know your NHS number"),
    missing_helper=N_("Select yes if you know the person’s NHS number"),
    paper=Paper(left_out="whoever does not know it leaves the next question empty"),
)

NHS_NUMBER = Question(
    key="nhs_number",
    section="person",
    kind=Kind.NHS_NUMBER,
    ask=N_("What is your NHS number?"),
    ask_helper=N_("What is the person’s NHS number?"),
    hint=N_("It has 10 numbers, like 999 000 0018. You can skip this."),
    required=False,
    max_length=30,
    width=20,
    asked_if=Facts.knows_nhs_number,
    only_if=N_("Only if you know it."),
)

DISABILITY = Question(
    key="disability",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Do you have a learning disability, or are you autistic?"),
    ask_helper=N_("Does the person have a learning disability, or are they autistic?"),
    missing=N_("Select an answer, or “I am not sure”"),
    choices=(
        Choice(
            "learning_disability",
            N_("I have a learning disability"),
            label_helper=N_("They have a learning disability"),
        ),
        Choice("autism", N_("I am autistic"), label_helper=N_("They are autistic")),
        Choice("both", N_("Both")),
        Choice("not_sure", N_("I am not sure"), divider_before=True),
        Choice("neither", N_("Neither of these"), ends=True),
    ),
    paper=Paper(then=N_("Is it neither of these? Then the register is not for you. Your GP surgery can help you.")),
)

NOT_FOR_THIS = Stop("not-for-this", Facts.is_neither)

DIAGNOSIS = Question(
    key="diagnosis",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Do you have a diagnosis?"),
    ask_helper=N_("Does the person have a diagnosis?"),
    hint=N_(
        "A diagnosis is when a doctor or another professional has said that you have a learning disability "
        "or are autistic. You can go on with any answer."
    ),
    hint_helper=N_(
        "A diagnosis is when a doctor or another professional has said that they have a learning disability "
        "or are autistic. You can go on with any answer."
    ),
    missing=N_("Select yes, waiting or “I am not sure”"),
    choices=(
        Choice("diagnosed", N_("Yes")),
        Choice("waiting", N_("I am waiting for an assessment"), label_helper=N_("They are waiting for an assessment")),
        Choice("no", N_("No")),
        Choice("not_sure", N_("I am not sure"), divider_before=True),
    ),
)


def speaks_of_danger(facts: Facts) -> bool:
    """Say whether a tick of "what is happening now" speaks of danger: then urgent help comes next."""
    return HAPPENING.is_danger(facts)


HAPPENING: Question = Question(
    key="happening",
    section=SECTION,
    ask=N_("What is happening now?"),
    hint=N_("Choose all that are true, or tell us in your own words. You can do both. One of them is enough."),
    missing=N_("Choose what is happening, or tell us in your own words"),
    one_of=("happening", "happening_words"),
    fields=(
        Field(
            "happening",
            Kind.CHOICES,
            label=N_("Choose all that are true"),
            required=False,
            choices=(
                Choice(
                    "need_more_help",
                    N_("I need more help than I get now"),
                    label_helper=N_("They need more help than they get now"),
                ),
                Choice(
                    "feeling_worse",
                    N_("My mental health is getting worse"),
                    label_helper=N_("Their mental health is getting worse"),
                ),
                Choice(
                    "hurt_myself",
                    N_("I have hurt myself, or I think about it"),
                    label_helper=N_("They have hurt themselves, or think about it"),
                    means_danger=True,
                ),
                Choice(
                    "hurt_others",
                    N_("I might hurt someone else"),
                    label_helper=N_("They might hurt someone else"),
                    means_danger=True,
                ),
                Choice(
                    "hurt_by_others",
                    N_("Someone is hurting me, or I am not safe"),
                    label_helper=N_("Someone is hurting them, or they are not safe"),
                    means_danger=True,
                ),
                Choice(
                    "home_breaking_down",
                    N_("I may have to leave my home or placement"),
                    label_helper=N_("They may have to leave their home or placement"),
                ),
                Choice(
                    "crisis_team",
                    N_("I have seen a crisis team, or gone to A&E for my mental health"),
                    label_helper=N_("They have seen a crisis team, or gone to A&E for their mental health"),
                ),
                Choice("police", N_("The police have been called")),
                Choice("waiting_for_bed", N_("Someone has talked about a bed in a mental health hospital")),
                Choice(
                    "left_hospital",
                    N_("I left a mental health hospital not long ago"),
                    label_helper=N_("They left a mental health hospital not long ago"),
                ),
            ),
        ),
        Field(
            "happening_words",
            Kind.LONG_TEXT,
            label=N_("Tell us in your own words"),
            required=False,
            max_length=4000,
        ),
    ),
    then_show=("urgent-help-first", speaks_of_danger),
)

IN_HOSPITAL = Question(
    key="in_hospital",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Are you in a mental health hospital now, or have you just left one?"),
    ask_helper=N_("Is the person in a mental health hospital now, or have they just left one?"),
    missing=N_("Select an answer, or “I am not sure”"),
    choices=(
        Choice("yes", N_("Yes, in hospital now"), warns="They are in a mental health hospital now."),
        Choice(
            "just_left",
            N_("I have just left"),
            label_helper=N_("They have just left"),
            warns="They have just left a mental health hospital.",
        ),
        Choice("no", N_("No")),
        Choice("not_sure", N_("I am not sure"), divider_before=True),
    ),
    then_show=("help-in-hospital", Facts.is_in_hospital),
)

HELPS = Question(
    key="helps",
    section=SECTION,
    kind=Kind.LONG_TEXT,
    ask=N_("What helps, and what have you tried?"),
    ask_helper=N_("What helps the person, and what has been tried?"),
    hint=N_("For example, people, places, routines or treatment. You can skip this."),
    required=False,
    max_length=4000,
)

WORSE = Question(
    key="worse",
    section=SECTION,
    kind=Kind.LONG_TEXT,
    ask=N_("What makes things worse?"),
    hint=N_("For example, noise, change or being alone. You can skip this."),
    required=False,
    max_length=4000,
)

STEPS = (
    ADDRESS,
    KNOWS_NHS_NUMBER,
    NHS_NUMBER,
    DISABILITY,
    NOT_FOR_THIS,
    DIAGNOSIS,
    HAPPENING,
    IN_HOSPITAL,
    HELPS,
    WORSE,
)

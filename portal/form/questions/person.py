"""Who the person is: name, age, and the team where the age decides it."""

from portal.domain.answers import AgeBand
from portal.domain.facts import Facts
from portal.form.question import N_, Choice, Field, Kind, Question, Stop

SECTION = "person"

FULL_NAME = Question(
    key="full_name",
    section=SECTION,
    kind=Kind.TEXT,
    ask=N_("What is your full name?"),
    ask_helper=N_("What is the person’s full name?"),
    missing=N_("Enter your full name"),
    missing_helper=N_("Enter the person’s full name"),
    max_length=150,
    autocomplete="name",
)

DATE_OF_BIRTH = Question(
    key="date_of_birth",
    section=SECTION,
    kind=Kind.DATE,
    ask=N_("What is your date of birth?"),
    ask_helper=N_("What is the person’s date of birth?"),
    hint=N_("For example, 27 3 2007"),
    missing=N_("Enter your date of birth, or say that you do not know it"),
    missing_helper=N_("Enter the person’s date of birth, or say that you do not know it"),
    fields=(
        Field("day", Kind.DATE_PART, label=N_("Day"), required=False, max_length=2, autocomplete="bday-day", width=2),
        Field(
            "month", Kind.DATE_PART, label=N_("Month"), required=False, max_length=2, autocomplete="bday-month", width=2
        ),
        Field(
            "year", Kind.DATE_PART, label=N_("Year"), required=False, max_length=4, autocomplete="bday-year", width=4
        ),
        Field(
            "unknown",
            Kind.CHOICES,
            label=N_("If you do not know it"),
            required=False,
            choices=(Choice("unknown", N_("I do not know the date of birth")),),
        ),
    ),
    one_of=("day", "unknown"),
)

AGE_BAND = Question(
    key="age_band",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("How old are you?"),
    ask_helper=N_("How old is the person?"),
    missing=N_("Select an age"),
    enum=AgeBand,
    choices=(
        Choice(AgeBand.UNDER_16.value, N_("Under 16")),
        Choice(AgeBand.FROM_16_TO_17.value, N_("16 or 17")),
        Choice(AgeBand.ADULT.value, N_("18 or over")),
    ),
    asked_if=Facts.birth_date_unknown,
    only_if=N_("Only if you do not know the date of birth."),
)

UNDER_26 = Question(
    key="under_26",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Are you under 26?"),
    ask_helper=N_("Is the person under 26?"),
    hint=N_("Some help is for people up to the age of 25. If you are under 26, we ask about school and college."),
    hint_helper=N_(
        "Some help is for people up to the age of 25. If they are under 26, we ask about school and college."
    ),
    missing=N_("Select yes, no or “I am not sure”"),
    choices=(
        Choice("yes", N_("Yes")),
        Choice("no", N_("No")),
        Choice("not_sure", N_("I am not sure"), divider_before=True),
    ),
    asked_if=Facts.is_adult_of_unknown_age,
    only_if=N_("Only if you are 18 or over and do not know the date of birth."),
)

TEAM_NOT_READY = Stop("team-not-ready", Facts.team_is_not_ready)

ADULT_KNOWS = Question(
    key="adult_knows",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Does a parent or carer know that you are asking for help?"),
    hint=N_("You can ask for help if they do not know. This tells the team how to talk to you safely."),
    missing=N_("Select yes if a parent or carer knows"),
    choices=(
        Choice("yes", N_("Yes")),
        Choice("no", N_("No"), warns="A parent or carer does not know that they asked for help."),
        Choice(
            "prefer_not",
            N_("I do not want to say"),
            divider_before=True,
            warns="They did not say whether a parent or carer knows. Act as if nobody knows.",
        ),
    ),
    asked_if=Facts.is_under_16_alone,
    only_if=N_("Only if you are under 16 and ask for yourself."),
)

STEPS = (FULL_NAME, DATE_OF_BIRTH, AGE_BAND, UNDER_26, TEAM_NOT_READY, ADULT_KNOWS)

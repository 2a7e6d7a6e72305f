"""Who supports the person now; up to the age of 25, school and care too."""

from portal.domain.facts import Facts
from portal.form.question import N_, Choice, Field, Kind, Question, repeated

SECTION = "support"
UNDER_26 = N_("Only if you are under 26.")
MOST_SUPPORTERS = 5

SUPPORTERS = Question(
    key="supporters",
    section=SECTION,
    ask=N_("Who supports you now?"),
    ask_helper=N_("Who supports the person now?"),
    hint=N_("For example, family, a support worker, a social worker or a nurse. You can skip this."),
    fields=repeated(
        MOST_SUPPORTERS,
        (
            Field("supporter_name", Kind.TEXT, label=N_("Name"), required=False, max_length=150),
            Field(
                "supporter_role",
                Kind.TEXT,
                label=N_("What they do"),
                hint=N_("For example, support worker or aunt"),
                required=False,
                max_length=150,
            ),
            Field(
                "supporter_phone",
                Kind.TEXT,
                label=N_("Phone number or email, if you know it"),
                required=False,
                max_length=150,
            ),
        ),
    ),
)

SCHOOL = Question(
    key="school",
    section=SECTION,
    kind=Kind.TEXT,
    ask=N_("Which school or college do you go to?"),
    ask_helper=N_("Which school or college does the person go to?"),
    hint=N_("If you do not go to one, you can write that. You can skip this."),
    hint_helper=N_("If they do not go to one, you can write that. You can skip this."),
    required=False,
    max_length=150,
    asked_if=Facts.is_under_26,
    only_if=UNDER_26,
)

EHC_PLAN = Question(
    key="ehc_plan",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Do you have an education, health and care (EHC) plan?"),
    ask_helper=N_("Does the person have an education, health and care (EHC) plan?"),
    hint=N_("This is a plan from the council about support at school or college. You can skip this."),
    required=False,
    choices=(
        Choice("yes", N_("Yes")),
        Choice("no", N_("No")),
        Choice("not_sure", N_("I am not sure"), divider_before=True),
        Choice("does_not_apply", N_("This is not about me"), label_helper=N_("This is not about them")),
    ),
    asked_if=Facts.is_under_26,
    only_if=UNDER_26,
)

CARE = Question(
    key="care",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Does the council look after you, or has it looked after you before?"),
    ask_helper=N_("Does the council look after the person, or has it looked after them before?"),
    hint=N_("For example, in a foster family or a children’s home. You can skip this."),
    required=False,
    choices=(
        Choice(
            "looked_after",
            N_("Yes, the council looks after me now"),
            label_helper=N_("Yes, the council looks after them now"),
        ),
        Choice(
            "care_leaver",
            N_("It looked after me before. I am a care leaver"),
            label_helper=N_("It looked after them before. They are a care leaver"),
        ),
        Choice("no", N_("No")),
        Choice("not_sure", N_("I am not sure"), divider_before=True),
    ),
    asked_if=Facts.is_under_26,
    only_if=UNDER_26,
)

STEPS = (SUPPORTERS, SCHOOL, EHC_PLAN, CARE)

"""Who is helping, and whether the person says yes to it."""

from portal.domain.facts import Facts
from portal.form.question import N_, Choice, Ends, Field, Kind, Paper, Question, Stop

SECTION = "helper"
FOR_HELPERS = N_("Only if you help someone else.")
UNDER_16 = N_("Only if the person is under 16.")

PERSON_AGREES = Question(
    key="person_agrees",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Does the person say yes to this?"),
    hint=N_("Show them the pages about the register first, if you can. It is their choice."),
    missing=N_("Select whether the person says yes"),
    choices=(
        Choice("yes", N_("Yes, they know about this form and say yes")),
        Choice("no", N_("No, they do not want this"), ends=True),
        Choice("not_asked", N_("I have not asked them, or asking could make things worse"), ends=True),
        Choice(
            "may_not_be_able",
            N_("They may not be able to decide about this"),
            hint=N_("You do not need to be sure. The team checks this with them."),
        ),
    ),
    asked_if=Facts.is_helper,
    only_if=FOR_HELPERS,
    paper=Paper(
        then=N_(
            "Have you not asked them yet? Stop here. Ask them first. Do they say no? Stop here. Do not send this form."
        )
    ),
)

PERSON_SAYS_NO = Stop("person-says-no", Facts.person_said_no, ends=Ends.KEEPS_THE_PLACE)
NOT_ASKED_YET = Stop("not-asked-yet", Facts.person_not_asked)

PARENTAL_RESPONSIBILITY = Question(
    key="parental_responsibility",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Do you have parental responsibility for the child or young person?"),
    hint=N_("This means the law lets you decide things for them. Most mothers and fathers have it. Others may too."),
    missing=N_("Select yes, no or “I am not sure”"),
    choices=(
        Choice("yes", N_("Yes")),
        Choice("no", N_("No")),
        Choice("not_sure", N_("I am not sure"), divider_before=True),
    ),
    asked_if=Facts.is_under_16_helped,
    only_if=UNDER_16,
)

YOUNG_PERSON_VIEW = Question(
    key="young_person_view",
    section=SECTION,
    ask=N_("What does the child or young person think about this?"),
    missing=N_("Select what they think"),
    fields=(
        Field(
            "young_person_view",
            Kind.CHOICE,
            label=N_("What they think"),
            choices=(
                Choice("wants", N_("They want this")),
                Choice("unsure", N_("They are not sure")),
                Choice("does_not_want", N_("They do not want this")),
                Choice("could_not_say", N_("They could not tell me")),
            ),
        ),
        Field(
            "young_person_words",
            Kind.LONG_TEXT,
            label=N_("In their own words, if they want to say more"),
            required=False,
            max_length=1000,
        ),
    ),
    asked_if=Facts.is_under_16_helped,
    only_if=UNDER_16,
)

LEGAL_DECISION_MAKER = Question(
    key="legal_decision_maker",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Can someone decide about health and care for the person by law?"),
    hint=N_("If you do not know, that is fine. The team checks the papers."),
    missing=N_("Select an answer, or “I do not know”"),
    choices=(
        Choice("deputy", N_("Yes, a deputy for personal welfare, named by the Court of Protection")),
        Choice("attorney", N_("Yes, an attorney for health and welfare")),
        Choice("no", N_("No")),
        Choice("dont_know", N_("I do not know"), divider_before=True),
    ),
    asked_if=Facts.may_need_someone_to_decide,
    only_if=N_("Only if the person is 16 or over and may not be able to decide."),
)

HELPER = Question(
    key="helper",
    section=SECTION,
    ask=N_("About you, the helper"),
    hint=N_("The team may contact you to understand what is happening. Give a phone number or an email address."),
    missing=N_("Enter a phone number or an email address for yourself"),
    one_of=("helper_phone", "helper_email"),
    fields=(
        Field(
            "helper_name",
            Kind.TEXT,
            label=N_("Your full name"),
            missing=N_("Enter your full name"),
            max_length=150,
            autocomplete="name",
        ),
        Field(
            "helper_relationship",
            Kind.TEXT,
            label=N_("How do you know the person?"),
            hint=N_("For example, mother, foster carer, advocate or friend"),
            missing=N_("Enter how you know the person"),
            max_length=100,
        ),
        Field(
            "helper_phone",
            Kind.PHONE,
            label=N_("Your phone number"),
            required=False,
            max_length=40,
            autocomplete="tel",
            width=20,
        ),
        Field(
            "helper_email",
            Kind.EMAIL,
            label=N_("Your email address"),
            required=False,
            max_length=254,
            autocomplete="email",
        ),
        Field(
            "helper_needs",
            Kind.LONG_TEXT,
            label=N_("What would make it easier for you to talk with the team?"),
            hint=N_("For example, Easy Read, an interpreter or a time to call"),
            required=False,
            max_length=300,
        ),
    ),
    asked_if=Facts.is_helper,
    only_if=FOR_HELPERS,
)

STEPS = (
    PERSON_AGREES,
    PERSON_SAYS_NO,
    NOT_ASKED_YET,
    PARENTAL_RESPONSIBILITY,
    YOUNG_PERSON_VIEW,
    LEGAL_DECISION_MAKER,
    HELPER,
)

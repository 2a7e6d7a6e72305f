"""Who is filling this in, and what would make it easier for the person."""

from portal.domain.facts import Facts
from portal.form.question import N_, Choice, ChoicesFrom, Ends, Field, Kind, Paper, Question, Stop

SECTION = "who"

WHO = Question(
    key="who",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Who is filling in this form?"),
    missing=N_("Select who is filling in this form"),
    choices=(
        Choice("me", N_("Me. I am asking for myself"), hint=N_("Someone may sit with you and help you type")),
        Choice("parent_carer", N_("A parent or carer, for someone I look after")),
        Choice(
            "supporter",
            N_("A friend, relative, advocate or someone else who is helping"),
            hint=N_("You fill in the person’s own form with them"),
        ),
        Choice("professional", N_("A professional making a referral through work"), divider_before=True, ends=True),
    ),
    tells_who=True,
    tells_of_nobody=True,
)

PROFESSIONAL_AREA = Question(
    key="professional_area",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Which area does the person live in?"),
    hint=N_("Professionals have their own way to refer. We show what we know about it."),
    missing=N_("Select the area where the person lives"),
    choices_from=ChoicesFrom.AREAS,
    asked_if=Facts.is_professional,
    tells_of_nobody=True,
    paper=Paper(left_out="professionals have their own way to refer"),
)

FOR_PROFESSIONALS = Stop("for-professionals", Facts.is_professional, ends=Ends.KEEPS)

NEEDS = Question(
    key="needs",
    section=SECTION,
    ask=N_("What would make this easier for you?"),
    ask_helper=N_("What would make this easier for the person?"),
    hint=N_("Tell us how to talk and write to you. Choose as many as you like, or none. Your own words are enough."),
    hint_helper=N_(
        "Tell us how to talk and write to them. Choose as many as you like, or none. Your own words are enough."
    ),
    fields=(
        Field(
            "needs",
            Kind.CHOICES,
            label=N_("What helps"),
            required=False,
            choices=(
                Choice("easy_read", N_("Easy Read: short words with pictures")),
                Choice("large_print", N_("Large print")),
                Choice("audio", N_("Listening to information instead of reading it")),
                Choice("bsl", N_("British Sign Language (BSL)")),
                Choice("interpreter", N_("An interpreter for another language")),
                Choice("communication_aid", N_("A communication aid, symbols or Makaton")),
                Choice("more_time", N_("More time to understand and answer")),
                Choice("text_not_phone", N_("Messages instead of phone calls")),
                Choice("quiet", N_("A quiet place, without bright lights or noise")),
                Choice(
                    "someone_with_me", N_("Someone I trust with me"), label_helper=N_("Someone they trust with them")
                ),
                Choice(
                    "wheelchair",
                    N_("A place I can get into with a wheelchair or walking aid"),
                    label_helper=N_("A place they can get into with a wheelchair or walking aid"),
                ),
            ),
        ),
        Field(
            "needs_other",
            Kind.LONG_TEXT,
            label=N_("Anything else that helps"),
            required=False,
            max_length=300,
        ),
    ),
    tells_needs=True,
)

LANGUAGE = Question(
    key="language",
    section=SECTION,
    kind=Kind.TEXT,
    ask=N_("Which language do you need an interpreter for?"),
    ask_helper=N_("Which language does the person need an interpreter for?"),
    missing=N_("Enter the language"),
    max_length=60,
    asked_if=Facts.needs_interpreter,
    tells_needs=True,
    in_short=N_("Language for the interpreter"),
    only_if=N_("Only if you ticked an interpreter."),
)

STEPS = (WHO, PROFESSIONAL_AREA, FOR_PROFESSIONALS, NEEDS, LANGUAGE)

"""How the team can safely reach the person."""

from portal.domain.facts import Facts
from portal.form.question import N_, Choice, Field, Kind, Question

SECTION = "contact"
CALLS = N_("Only if you ticked phone call or text message.")

CONTACT_WAY = Question(
    key="contact_way",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("What is the best way to contact you?"),
    ask_helper=N_("What is the best way to contact the person?"),
    missing=N_("Select the best way"),
    choices=(
        Choice("phone", N_("Phone call")),
        Choice("text", N_("Text message")),
        Choice("email", N_("Email")),
        Choice("letter", N_("Letter")),
        Choice(
            "someone_else",
            N_("Through someone I trust"),
            label_helper=N_("Through me, or someone else they trust"),
        ),
        Choice("another_way", N_("Another way"), hint=N_("For example, British Sign Language (BSL) by video relay")),
    ),
    tells_contact=True,
    in_short=N_("Best way"),
)

CONTACT_PHONE = Question(
    key="contact_phone",
    section=SECTION,
    kind=Kind.PHONE,
    ask=N_("What is your phone number?"),
    ask_helper=N_("What is the person’s phone number?"),
    missing=N_("Enter your phone number"),
    missing_helper=N_("Enter the person’s phone number"),
    max_length=40,
    autocomplete="tel",
    asked_if=Facts.contact_by_phone,
    tells_contact=True,
    in_short=N_("Phone"),
    only_if=CALLS,
)

LEAVE_MESSAGE = Question(
    key="leave_message",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Is it OK to leave a message on this phone?"),
    hint=N_("Think about who else could hear or read it."),
    missing=N_("Select yes if it is OK to leave a message"),
    choices=(
        Choice("yes", N_("Yes")),
        Choice(
            "name_only",
            N_("Only a name and a number to call back"),
            warns="If you leave a message, say only a name and a number to call back.",
        ),
        Choice("no", N_("No"), warns="Leave no message on their phone."),
    ),
    asked_if=Facts.contact_by_phone,
    tells_contact=True,
    in_short=N_("Leave a message?"),
    only_if=CALLS,
)

CONTACT_EMAIL = Question(
    key="contact_email",
    section=SECTION,
    kind=Kind.EMAIL,
    ask=N_("What is your email address?"),
    ask_helper=N_("What is the person’s email address?"),
    hint=N_("Think about who else can read this email."),
    missing=N_("Enter your email address"),
    missing_helper=N_("Enter the person’s email address"),
    max_length=254,
    autocomplete="email",
    asked_if=Facts.contact_by_email,
    tells_contact=True,
    in_short=N_("Email"),
    only_if=N_("Only if you ticked email."),
)

CONTACT_LETTER = Question(
    key="contact_letter",
    section=SECTION,
    ask=N_("Where should a letter go?"),
    hint=N_("Think about who else could open it."),
    fields=(
        Field(
            "letter_line1",
            Kind.TEXT,
            label=N_("Address line 1"),
            missing=N_("Enter the first line of the address"),
            max_length=100,
            autocomplete="address-line1",
        ),
        Field(
            "letter_line2",
            Kind.TEXT,
            label=N_("Address line 2"),
            required=False,
            max_length=100,
            autocomplete="address-line2",
        ),
        Field(
            "letter_town",
            Kind.TEXT,
            label=N_("Town or city"),
            required=False,
            max_length=100,
            autocomplete="address-level2",
        ),
        Field(
            "letter_postcode",
            Kind.TEXT,
            label=N_("Postcode"),
            missing=N_("Enter the postcode for letters"),
            max_length=12,
            autocomplete="postal-code",
            width=10,
        ),
    ),
    asked_if=Facts.needs_letter_address,
    tells_contact=True,
    in_short=N_("Letters to"),
    only_if=N_("Only if you ticked letter and want it to go to another address."),
)

CONTACT_PERSON = Question(
    key="contact_person",
    section=SECTION,
    ask=N_("Who should the team contact?"),
    hint_helper=N_("Your own details stand here already. Change them if the team should contact someone else."),
    fields=(
        Field(
            "contact_person_name",
            Kind.TEXT,
            label=N_("Their name, and how you know them"),
            label_helper=N_("Their name, and how they know the person. This can be you."),
            missing=N_("Enter who the team should contact"),
            max_length=150,
        ),
        Field(
            "contact_person_details",
            Kind.TEXT,
            label=N_("Their phone number, email or address"),
            missing=N_("Enter their phone number, email or address"),
            max_length=250,
        ),
    ),
    asked_if=Facts.contact_through_someone,
    tells_contact=True,
    in_short=N_("Contact this person"),
    only_if=N_("Only if you ticked someone you trust."),
)

CONTACT_OTHER = Question(
    key="contact_other",
    section=SECTION,
    kind=Kind.LONG_TEXT,
    ask=N_("How can the team contact you?"),
    ask_helper=N_("How can the team contact the person?"),
    hint=N_("Tell the team what to use, and the number or name they need."),
    missing=N_("Enter how the team can contact you"),
    missing_helper=N_("Enter how the team can contact the person"),
    max_length=500,
    asked_if=Facts.contact_another_way,
    tells_contact=True,
    in_short=N_("How to contact them"),
    only_if=N_("Only if you ticked another way."),
)

SAFE_CONTACT = Question(
    key="safe_contact",
    section=SECTION,
    ask=N_("What should the team be careful about when they contact you?"),
    ask_helper=N_("What should the team be careful about when they contact the person?"),
    hint=N_("This is to keep you safe. You can skip this."),
    hint_helper=N_("This is to keep the person safe. You can skip this."),
    fields=(
        Field(
            "do_not_use",
            Kind.LONG_TEXT,
            label=N_("Numbers, emails or addresses they must not use"),
            hint=N_("For example, no letters to the home, or no calls at night"),
            required=False,
            max_length=500,
            warns="There are numbers, emails or addresses that you must not use. They are below.",
        ),
        Field(
            "may_say",
            Kind.CHOICE,
            label=N_("If someone else answers, what may the team say?"),
            required=False,
            choices=(
                Choice("who_they_are", N_("Who they are and where they work")),
                Choice("first_name", N_("Only their first name")),
                Choice("nothing", N_("Nothing. They should try again later")),
            ),
        ),
    ),
    tells_contact=True,
    in_short=N_("Be careful"),
)

MAY_TALK_TO = Question(
    key="may_talk_to",
    section=SECTION,
    kind=Kind.LONG_TEXT,
    ask=N_("Who else may the team talk to about you?"),
    ask_helper=N_("Who else may the team talk to about the person?"),
    hint=N_(
        "For example, your mum, a teacher or a support worker. Write their name and how to reach them. "
        "You can skip this."
    ),
    hint_helper=N_(
        "For example, family, a teacher or a support worker. Write their name and how to reach them. You can skip this."
    ),
    required=False,
    max_length=1000,
)

CONTACT_TIME = Question(
    key="contact_time",
    section=SECTION,
    ask=N_("When is the best time?"),
    hint=N_("Choose as many as you like, or tell us in your own words. You can skip this."),
    fields=(
        Field(
            "contact_time",
            Kind.CHOICES,
            label=N_("Times of day"),
            required=False,
            choices=(
                Choice("morning", N_("Morning")),
                Choice("afternoon", N_("Afternoon")),
                Choice("any", N_("Any time in the working day")),
            ),
        ),
        Field(
            "contact_time_words",
            Kind.TEXT,
            label=N_("Anything else about times"),
            hint=N_("For example, not on Tuesdays"),
            required=False,
            max_length=200,
        ),
    ),
    tells_contact=True,
    in_short=N_("Best time"),
)

STEPS = (
    CONTACT_WAY,
    CONTACT_PHONE,
    LEAVE_MESSAGE,
    CONTACT_EMAIL,
    CONTACT_LETTER,
    CONTACT_PERSON,
    CONTACT_OTHER,
    SAFE_CONTACT,
    CONTACT_TIME,
    MAY_TALK_TO,
)

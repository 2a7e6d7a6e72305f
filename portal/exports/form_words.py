"""What the form on paper says besides its questions.

On a screen a question that does not apply is never shown; paper has to say for whom each is. All of it is in words that
serve both reading levels.
"""

from portal.form.question import N_

LEFT_OUT = {
    "professional_area": "professionals have their own way to refer",
    "area": "each area has its own form",
    "area_council": "the form lists the councils of its area once",
    "knows_nhs_number": "whoever does not know it leaves the next question empty",
}
"""Questions that a form on paper does not ask, and why."""

LEFT_OUT_CHOICES = frozenset(
    {
        ("who", "professional"),
        ("person_agrees", "no"),
        ("person_agrees", "not_asked"),
        ("disability", "neither"),
        ("consent", "no"),
    }
)
"""Answers after which nothing is sent: THEN says so in their place."""

UNDER_26 = N_("Only if you are under 26.")
FOR_HELPERS = N_("Only if you help someone else.")
UNDER_16 = N_("Only if the person is under 16.")
CALLS = N_("Only if you ticked phone call or text message.")

ONLY_IF = {
    "language": N_("Only if you ticked an interpreter."),
    "council": "",
    "age_band": N_("Only if you do not know the date of birth."),
    "under_26": N_("Only if you are 18 or over and do not know the date of birth."),
    "nhs_number": N_("Only if you know it."),
    "school": UNDER_26,
    "ehc_plan": UNDER_26,
    "care": UNDER_26,
    "adult_knows": N_("Only if you are under 16 and ask for yourself."),
    "person_agrees": FOR_HELPERS,
    "helper": FOR_HELPERS,
    "parental_responsibility": UNDER_16,
    "young_person_view": UNDER_16,
    "legal_decision_maker": N_("Only if the person is 16 or over and may not be able to decide."),
    "contact_phone": CALLS,
    "leave_message": CALLS,
    "contact_email": N_("Only if you ticked email."),
    "contact_letter": N_("Only if you ticked letter and want it to go to another address."),
    "contact_person": N_("Only if you ticked someone you trust."),
    "contact_other": N_("Only if you ticked another way."),
}
"""For whom a question is. A question that hangs on an answer and is not here says IF_TRUE."""

IF_TRUE = N_("Only if this is about you.")

THEN = {
    "person_agrees": N_(
        "Have you not asked them yet? Stop here. Ask them first. Do they say no? Stop here. Do not send this form."
    ),
    "disability": N_("Is it neither of these? Then the register is not for you. Your GP surgery can help you."),
    "consent": N_("Do you say no? Do not send this form. The support you get now does not change."),
}
"""What is said below a question instead of the answers that end the form."""

HINTS = {
    "council": N_("This is the council for your home."),
}
"""Hints that must differ, because paper does not work anything out."""

LABELS = {
    "title": N_("Ask to join the Dynamic Support Register: {area}"),
    "urgent": N_("Do you need help now?"),
    "about": N_("About this form"),
    "where": N_("Where to send this form"),
    "councils": N_("This form is for people who live in:"),
    "one": N_("Tick one."),
    "many": N_("Tick all that are true."),
    "person": N_("Person {number}: {label}"),
    "date": N_("The date you filled this in"),
    "words": N_("Words on this form"),
    "end": N_("End of the form"),
}
ABOUT = (
    N_("“You” means the person who wants to join. If you help them, write their answers."),
    N_("You do not have to answer everything. Leave a question empty if you do not know."),
    N_("Use more paper if you need it. Put it with this form."),
    N_("Ask someone you trust to help you, if you want."),
)
EASY_ABOUT = (
    ("person", N_("“You” is the person who wants to join.")),
    ("with-someone", N_("Someone you trust can help you to write.")),
    ("not-sure", N_("Do you not know an answer? Leave it empty.")),
    ("write", N_("You can use more paper. Put it with this form.")),
)
EASY_PRIVATE = (
    ("letter", N_("Put the form in an envelope. Write “Private” on it.")),
    ("read", N_("Keep a copy of the form.")),
    ("look", N_("Each person who opens the envelope can read it.")),
)
EASY_PICTURES = frozenset(picture for picture, _text in (*EASY_ABOUT, *EASY_PRIVATE))
"""The pictures that an Easy Read form shows beside its own words."""
PRIVATE = (
    N_("Put the form in a closed envelope. Write “Private” on it. Keep a copy, or take a photo of each page."),
    N_("Whoever opens the envelope can read it. On the website only your local team can open the form."),
)
POST_TO = N_("Post it to:")
PART_OF_ADDRESS = N_("We have only a part of the address. Ask the team for the whole address first.")
NO_POST = N_("We do not have an address for post. Ask the team where to send this form.")
NO_WAY = N_(
    "We do not have an address, a phone number or an email address for this team. Take this form to your GP surgery, "
    "or to someone who supports you. Ask them to send it to the team."
)
ON_THE_WEB = N_("Or fill in the form on the website:")
KINDS = {
    "phone": N_("Phone"),
    "email": N_("Email"),
    "post": N_("Post"),
    "form": N_("Form"),
    "web": N_("Website"),
}

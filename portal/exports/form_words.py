"""What the form on paper says besides its questions.

On a screen a question that does not apply is never shown; paper has to say for whom each is. All of it is in words that
serve both reading levels.
"""

from portal.form.question import N_

IF_TRUE = N_("Only if this is about you.")
"""For whom a question is that hangs on an answer, where it does not say so itself."""

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

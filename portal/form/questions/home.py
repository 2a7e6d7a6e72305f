"""Where the person usually lives: this finds the team."""

from collections.abc import Mapping
from dataclasses import replace

from portal.domain.facts import Facts
from portal.form.question import N_, Choice, ChoicesFrom, Field, Kind, Paper, Question, Stop

SECTION = "home"

POSTCODE = Question(
    key="postcode",
    section=SECTION,
    ask=N_("What is your home postcode?"),
    ask_helper=N_("What is the person’s home postcode?"),
    hint=N_(
        "It tells us which team to send this to. If you are in hospital or placed away from home, "
        "use the place where you usually live."
    ),
    hint_helper=N_(
        "It tells us which team to send this to. If they are in hospital or placed away from home, "
        "use the place where they usually live."
    ),
    missing=N_("Enter your postcode, or say that you do not know it or have no fixed address"),
    missing_helper=N_("Enter the person’s postcode, or say that you do not know it or that they have no fixed address"),
    one_of=("postcode", "no_postcode"),
    fields=(
        Field(
            "postcode",
            Kind.POSTCODE,
            label=N_("Postcode"),
            hint=N_("For example, SE5 8AF"),
            required=False,
            max_length=12,
            autocomplete="postal-code",
            width=10,
        ),
        Field(
            "no_postcode",
            Kind.CHOICES,
            label=N_("If you cannot give a postcode"),
            required=False,
            choices=(
                Choice("dont_know", N_("I do not know the postcode")),
                Choice(
                    "no_fixed_address",
                    N_("I have no fixed address"),
                    label_helper=N_("They have no fixed address"),
                ),
            ),
        ),
    ),
    tells_of_nobody=True,
)


def _home_name(facts: Facts) -> Mapping[str, str]:
    home = facts.home()
    return {"council": home.name if home else ""}


COUNCIL_FOUND = Question(
    key="council_found",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("You live in %(council)s. Is that right?"),
    ask_helper=N_("The person lives in %(council)s. Is that right?"),
    hint=N_("We found this from the postcode. Please check, because councils change."),
    missing=N_("Select yes if this is right"),
    choices_from=ChoicesFrom.CANDIDATES,
    figures=_home_name,
)
"""How `council` is asked where the official files know the postcode: this, and two more for postcodes to doubt."""

COUNCIL_OF_ENDED = replace(
    COUNCIL_FOUND,
    key="council_ended",
    hint=N_("This postcode is no longer used. We found this from where it was. Please check."),
)

COUNCIL_NEARBY = replace(
    COUNCIL_FOUND,
    key="council_nearby",
    hint=N_(
        "We do not know this postcode. It may be new, or there may be a mistake in it. "
        "Homes near it are in this council. Please check."
    ),
)

COUNCIL = Question(
    key="council",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Which council area do you live in?"),
    ask_helper=N_("Which council area does the person live in?"),
    hint=N_("We worked these out from the first part of the postcode. Please check."),
    missing=N_("Select the council area, or “None of these”"),
    choices_from=ChoicesFrom.CANDIDATES,
    asked_if=Facts.has_candidates,
    other_words=(
        (Facts.postcode_has_ended, COUNCIL_OF_ENDED),
        (Facts.postcode_is_not_listed, COUNCIL_NEARBY),
        (Facts.postcode_is_found, COUNCIL_FOUND),
    ),
    tells_of_nobody=True,
    only_if="",
    paper=Paper(hint=N_("This is the council for your home.")),
)

AREA = Question(
    key="area",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Which part of England do you live in?"),
    ask_helper=N_("Which part of England does the person live in?"),
    hint=N_("If you have no fixed address, choose the place where you spend most of your time."),
    hint_helper=N_("If they have no fixed address, choose the place where they spend most of their time."),
    missing=N_("Select a part of England, “Somewhere else in England” or “I do not know”"),
    choices_from=ChoicesFrom.AREAS,
    asked_if=Facts.needs_area,
    tells_of_nobody=True,
    paper=Paper(left_out="each area has its own form"),
)

AREA_COUNCIL = Question(
    key="area_council",
    section=SECTION,
    kind=Kind.CHOICE,
    ask=N_("Which council is it?"),
    hint=N_("This is the council that collects the bins."),
    missing=N_("Select the council, or “None of these”"),
    choices_from=ChoicesFrom.AREA_COUNCILS,
    asked_if=Facts.needs_area_council,
    tells_of_nobody=True,
    paper=Paper(left_out="the form lists the councils of its area once"),
)

GP = Question(
    key="gp",
    section=SECTION,
    ask=N_("What is your GP surgery called?"),
    ask_helper=N_("What is the person’s GP surgery called?"),
    hint=N_("A GP surgery is your doctor’s surgery or health centre. You can skip this."),
    hint_helper=N_("A GP surgery is the doctor’s surgery or health centre. You can skip this."),
    fields=(
        Field(
            "gp",
            Kind.TEXT,
            label=N_("GP surgery"),
            hint=N_("Its name, road, town or postcode"),
            required=False,
            max_length=250,
        ),
        Field(
            "surgery",
            Kind.CHOICE,
            label=N_("Which of these is it?"),
            required=False,
            choices_from=ChoicesFrom.SURGERIES,
            finds="gp",
        ),
        Field(
            "no_gp",
            Kind.CHOICES,
            label=N_("If you cannot give a surgery"),
            required=False,
            choices=(
                Choice("no_gp", N_("I do not have a GP"), label_helper=N_("They do not have a GP")),
                Choice("dont_know", N_("I do not know")),
            ),
        ),
    ),
    tells_of_nobody=True,
)

PLACE_NOT_KNOWN = Stop("place-not-known", Facts.place_is_not_known)
ANOTHER_PLACE = Stop("another-place", Facts.is_signposted)

STEPS = (
    POSTCODE,
    COUNCIL,
    AREA,
    AREA_COUNCIL,
    PLACE_NOT_KNOWN,
    ANOTHER_PLACE,
    GP,
    ANOTHER_PLACE,
)

"""An opened referral, ready to show: reads like a letter, word for word as it was written.

What must be known first stands first: whether they agreed, how to be in touch safely, and what they need.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from portal.exports.for_staff import for_staff
from portal.exports.letter import SETTLED, in_letter_order
from portal.exports.referral import Referral, Section, Slip, read_referral
from portal.exports.warnings import warnings_of
from portal.form.question import N_
from portal.web.frame.texts import say as _

HEADINGS = {
    "talk_first": N_("They want the team to talk to them first"),
    "best_interests": N_("They may not be able to decide"),
    "legal_decision_maker": N_("Somebody may decide for them by law"),
}
CHECK = N_("Consent is to be checked")
CONTACT = (
    ("contact_way", N_("Best way")),
    ("contact_phone", N_("Phone")),
    ("leave_message", N_("Leave a message?")),
    ("contact_email", N_("Email")),
    ("contact_letter", N_("Letters to")),
    ("contact_person", N_("Contact this person")),
    ("contact_other", N_("How to contact them")),
    ("safe_contact", N_("Be careful")),
    ("contact_time", N_("Best time")),
)
SAID_ABOVE = frozenset({"who", *(key for key, _label in CONTACT)})
_OUTSIDE = Slip("", datetime.min.replace(tzinfo=UTC), "", "", "", "", datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True)
class ContactRow:
    """One line of "Before you contact": a label, and the lines of the answer."""

    label: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """What a referral says. `unread` is the whole text, where this release cannot take it apart.

    `heading` and `team_must` stand at the very top; both are empty where consent needs no check. `warnings` are
    sentences, and the first in the box "Before you contact".
    """

    name: str = ""
    heading: str = ""
    consent: str = ""
    agreed: tuple[str, ...] = ()
    team_must: str = ""
    warnings: tuple[str, ...] = ()
    contact: tuple[ContactRow, ...] = ()
    needs: tuple[str, ...] = ()
    filled_in_by: tuple[str, ...] = ()
    routing: str = ""
    steps: tuple[str, ...] = ()
    register: str = ""
    sections: tuple[Section, ...] = ()
    unread: str = ""


def letter_of(content: bytes) -> Letter:
    """Return the letter; one of an unknown form is shown as it is, never refused: somebody waits for an answer."""
    referral = read_referral(content, _OUTSIDE)
    if referral.unread:
        return Letter(unread=referral.unread)
    return Letter(
        name=referral.name,
        heading=_(heading) if (heading := consent_heading(referral)) else "",
        consent=referral.consent,
        agreed=referral.in_words("consent"),
        team_must=referral.team_must,
        warnings=tuple(warnings_of(referral)),
        contact=tuple(_contact(referral)),
        needs=_needs(referral),
        filled_in_by=referral.in_words("who"),
        routing=for_staff(referral.routing),
        steps=referral.steps,
        register=referral.register,
        sections=tuple(_rest(referral)),
    )


def consent_heading(referral: Referral) -> str:
    """Return what is to be done about consent, to be said before anything else; nothing where it is valid as it is."""
    is_settled = referral.pathway in SETTLED and not referral.team_must
    return "" if is_settled else HEADINGS.get(referral.pathway, CHECK)


def _rest(referral: Referral) -> Iterator[Section]:
    """Yield the sections without what the page says further up: how to be in touch, and who filled it in."""
    for section in in_letter_order(referral):
        items = tuple(item for item in section.items if not (item.answers and item.key in SAID_ABOVE))
        if items:
            yield replace(section, items=items)


def _contact(referral: Referral) -> Iterator[ContactRow]:
    for question, label in CONTACT:
        answers = referral.in_words(question)
        if answers:
            yield ContactRow(_(label), answers)


def _needs(referral: Referral) -> tuple[str, ...]:
    languages = referral.in_words("language")
    return tuple(
        _("Interpreter for: %(language)s", language=line) if line in languages else line for line in referral.needs
    )

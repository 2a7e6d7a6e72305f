"""An opened referral, ready to show: reads like a letter, word for word as it was written.

What must be known first stands first: whether they agreed, how to be in touch safely, and what they need.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from portal.domain.consent import Pathway
from portal.exports.letter import in_letter_order
from portal.exports.referral import CoverSheet, Referral, Section, read_referral
from portal.exports.warnings import warnings_of
from portal.form.question import N_
from portal.web.frame.texts import say as _

HEADINGS = {
    Pathway.TALK_FIRST.value: N_("They want the team to talk to them first"),
    Pathway.BEST_INTERESTS.value: N_("They may not be able to decide"),
    Pathway.LEGAL_DECISION_MAKER.value: N_("Somebody may decide for them by law"),
}
CHECK = N_("Consent is to be checked")
NO_COVER = CoverSheet("", datetime.min.replace(tzinfo=UTC), "", "", "", "", datetime.min.replace(tzinfo=UTC))


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
    referral = read_referral(content, NO_COVER)
    if referral.unread:
        return Letter(unread=referral.unread)
    return Letter(
        name=referral.name,
        heading=_(heading) if (heading := consent_heading(referral)) else "",
        consent=referral.consent,
        agreed=referral.agreed,
        team_must=referral.team_must,
        warnings=tuple(warnings_of(referral)),
        contact=tuple(_contact(referral)),
        needs=referral.access_needs,
        filled_in_by=referral.filled_in_by,
        routing=referral.why_here,
        steps=referral.steps,
        register=referral.register,
        sections=tuple(_rest(referral)),
    )


def consent_heading(referral: Referral) -> str:
    """Return what is to be done about consent, to be said before anything else; nothing where it is valid as it is."""
    return "" if referral.is_settled else HEADINGS.get(referral.pathway, CHECK)


def _rest(referral: Referral) -> Iterator[Section]:
    """Yield the sections without what the page says further up: how to be in touch, and who filled it in."""
    said_above = {each.key for each in referral.form.questions if each.tells_who or each.tells_contact}
    for section in in_letter_order(referral):
        items = tuple(item for item in section.items if not (item.answers and item.key in said_above))
        if items:
            yield replace(section, items=items)


def _contact(referral: Referral) -> Iterator[ContactRow]:
    for question in referral.form.questions:
        answers = referral.in_words(question.key) if question.tells_contact else ()
        if answers:
            yield ContactRow(_(question.in_short), answers)

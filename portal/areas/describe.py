"""An area's facts, ready for a page: each sentence can be traced to its source, and what is lost is said to be lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from urllib.parse import quote

from portal.areas.area import Area, Contact, ContactKind, Sharing
from portal.areas.note import Note, Source
from portal.areas.said import ConsentNote, Step
from portal.domain.answers import AgeBand
from portal.form.question import N_


@dataclass(frozen=True)
class Sentence:
    """Words to translate, with the values to fill in. `source` is None for a sentence of our own."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    source: Source | None = None

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


@dataclass(frozen=True)
class ContactView:
    """One way to reach a team, and the link that uses it (empty where there is none)."""

    kind: ContactKind
    value: str
    href: str
    note: str
    asking: str
    complete: bool
    source: Source


@dataclass(frozen=True)
class SharedWith:
    """Who is told when. `known` is False where the area's page does not name everyone."""

    on_referral: tuple[Sharing, ...]
    if_added: tuple[Sharing, ...]
    without_names: tuple[Sharing, ...]
    note: Note | None
    known: bool


class ForCouncils(Protocol):
    """A fact for some home councils; none named means all of them."""

    @property
    def councils(self) -> frozenset[str]: ...


Local = TypeVar("Local", bound=ForCouncils)

NOT_KNOWN: Mapping[str, str] = {
    "phone": N_("We do not have a phone number for this team."),
    "email": N_("We do not have an email address for this team."),
    "post": N_("We do not have a complete postal address for this team."),
}
CHILDREN = (AgeBand.UNDER_16, AgeBand.FROM_16_TO_17)


def for_home(facts: Iterable[Local], council: str | None) -> tuple[Local, ...]:
    """Return the facts for a home in this council; all of them while the council is not known."""
    return tuple(fact for fact in facts if not council or not fact.councils or council in fact.councils)


def promise_sentence(area: Area, channel: str = "referral") -> Sentence:
    """Return what the team promises for this channel, or that we do not know."""
    promise = area.promise(channel)
    if promise is None:
        return Sentence(N_("We do not know how soon the team will answer."))
    return Sentence(promise.text, source=promise.source)


def contact_views(area: Area, team_id: str) -> tuple[ContactView, ...]:
    """Return the ways to reach a team, in the order of the area's file."""
    return tuple(contact_view(contact) for contact in area.contacts_for(team_id))


def contact_view(contact: Contact) -> ContactView:
    return ContactView(
        contact.kind, contact.value, _href(contact), contact.note, contact.asking, contact.complete, contact.source
    )


def another_way(area: Area, team_id: str) -> Sentence:
    """Return a way to reach the team that is known, or who can reach it for the person."""
    known = {contact.kind: contact for contact in reversed(area.contacts_for(team_id)) if contact.complete}
    if "phone" in known:
        phone = known["phone"]
        return Sentence(N_("You can phone %(number)s."), {"number": phone.value}, phone.source)
    if "email" in known:
        email = known["email"]
        return Sentence(N_("You can send an email to %(address)s."), {"address": email.value}, email.source)
    return Sentence(
        N_("You can look at the area’s own page, or ask a GP, social worker or advocate to contact the team for you.")
    )


def sharing_for(area: Area, council: str | None = None) -> SharedWith:
    """Return whom the team may tell, for a home in this council."""
    here = for_home(area.shared_with, council)
    note = area.sharing_note
    return SharedWith(
        on_referral=tuple(one for one in here if one.when == "referral"),
        if_added=tuple(one for one in here if one.when == "added"),
        without_names=tuple(one for one in here if one.when == "without_names"),
        note=note,
        known=note is None or note.known,
    )


def consent_notes_for(area: Area, age_band: str | None, *, may_not_be_able: bool) -> tuple[ConsentNote, ...]:
    """Return what the area says about this person's consent, without what is said beside the question anyway.

    `age_band` as in AgeBand; `may_not_be_able`: a helper said that the person, 16 or over, may not be able to decide.
    """
    about = {"anyone"}
    if age_band in CHILDREN:
        about.add("under-18")
    if may_not_be_able:
        about.add("may-not-be-able")
    return tuple(note for note in area.consent_notes if note.who in about and not note.general)


def steps_after_sending(area: Area) -> tuple[Step, ...]:
    """Return what the team does with each referral; what it does for people on the register may never come."""
    return tuple(step for step in area.what_happens if step.when == "referral")


def social_care_of(area: Area | None, council: str | None) -> str:
    """Return the name of the council that has social care for this home, or an empty text where no source says."""
    found = (one.name for one in (area.social_care if area else ()) if council in one.councils)
    return next(found, "")


def _href(contact: Contact) -> str:
    if not contact.value:
        return ""
    if contact.kind == "phone":
        return "tel:" + contact.value.replace(" ", "")
    if contact.kind == "email":
        return "mailto:" + quote(contact.value, safe="@")
    return contact.value if contact.kind in ("form", "web") else ""

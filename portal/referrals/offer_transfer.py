"""Offer a referral to another team, with a reason: wrapped for both from now on, and still in this team's queue."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from portal.database.engine import Engine, Session, reading, writing
from portal.domain.referral import MoveRefused
from portal.mail.outbox import post
from portal.referrals.acts import OFFER, WITHDRAW_OFFER, NotOffered, NotYours, own_referral
from portal.referrals.offers import Offer, add_offer, end_offer, envelope_at, offers_of, places_of
from portal.referrals.rewrap import recipients_now, rewrap
from portal.sealing.keys import SealBroken
from portal.teams.queries import names_of_teams, offline_teams, ready_teams
from portal.teams.staff import KeysOf, StaffSession

__all__ = ["Offer"]

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "lives-elsewhere": "The person lives in the other team's area",
        "moved": "The person has moved",
        "age": "The other team is for the person's age",
        "gp": "The person's GP surgery is in the other team's area",
        "asked": "The person asked for it",
        "wrong-team": "It reached the wrong team for another reason",
    }
)
"""Fixed, because a reason stands in the log, where no word of a referral may be."""


class TeamCannotTake(ValueError):
    """The other team is not ready to receive, is the same team, or could not open an offer here to look at it."""


def offer_transfer(
    engine: Engine, staff: StaffSession, reference: str, to_team: str, *, reason: str, now: datetime
) -> None:
    """Wrap a referral and its messages for the other team as well, and tell that team.

    Raises NotYours, KeyNotHeld, TeamCannotTake, MoveRefused where it is on offer already, or ValueError for a reason
    that is not on the list.
    """
    if reason not in REASONS:
        raise ValueError("choose one of the reasons")
    with writing(engine) as session:
        own = own_referral(session, staff, reference, to_change=True)
        if to_team not in able_to_take(session, own.sealed.team_id):
            raise TeamCannotTake("the other team cannot receive referrals now")
        own.needs(OFFER)
        add_offer(session, reference, to_team, reason, now)
        wrap_as_due(session, staff, reference)
        post(session, "referral.offered", now, team=to_team, reference=reference)
        own.finish(OFFER, now, detail={"to": to_team, "reason": reason})


def withdraw_offer(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Take an offer back. Raises NotOffered, or KeyNotHeld."""
    with writing(engine) as session:
        try:
            own = own_referral(session, staff, reference, to_change=True)
            own.needs(WITHDRAW_OFFER)
        except (NotYours, MoveRefused):
            raise NotOffered("this referral is not on offer") from None
        end_offer(session, reference)
        wrap_as_due(session, staff, reference)
        to_team = "" if own.offer is None else own.offer.to_team
        own.finish(WITHDRAW_OFFER, now, detail={"from": to_team, "why": "withdrawn"})


def able_to_take(session: Session, but: str) -> set[str]:
    """Return the teams that a referral of one team can be offered to: ready, and able to open an offer here."""
    return set(ready_teams(session)) - offline_teams(session) - {but}


def wrap_as_due(session: Session, staff: StaffSession, reference: str) -> None:
    """Wrap a referral and its messages to exactly whom they are for now.

    Raises SealBroken where the referral itself does not open; a message that does not is left as it is.
    """
    wanted, keys = recipients_now(session, reference), KeysOf(session, staff)
    for place in places_of(session, reference):
        envelope = envelope_at(session, place)
        if not envelope:
            continue
        try:
            rewrap(session, place, keys.for_envelope(envelope), wanted, envelope)
        except SealBroken:
            if place.message_id is None:
                raise


def between_teams(engine: Engine, staff: StaffSession) -> tuple[list[Offer], dict[str, str]]:
    """Return what the member's teams have offered or been offered, and the teams' names."""
    with reading(engine) as session:
        return offers_of(session, staff.team_ids), names_of_teams(session)


def teams_for_offer(engine: Engine, staff: StaffSession, reference: str) -> dict[str, str]:
    """Return the teams that this referral can be offered to, by name. Raises NotYours."""
    with reading(engine) as session:
        own, names = own_referral(session, staff, reference), names_of_teams(session)
        return {team_id: names[team_id] for team_id in sorted(able_to_take(session, own.sealed.team_id))}

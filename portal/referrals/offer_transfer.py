"""Offer a referral to another team, with a reason: wrapped for both from now on, and still in this team's queue."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, writing
from portal.domain.referral import OVER, MoveRefused
from portal.mail.outbox import post
from portal.referrals.offers import add_offer, end_offer, envelope_at, get_offer, places_of
from portal.referrals.open import NotYours
from portal.referrals.queries import Sealed, get_sealed
from portal.referrals.rewrap import recipients_now, rewrap
from portal.sealing.envelope import envelope_id
from portal.sealing.keys import SealBroken
from portal.teams.queries import offline_teams, ready_teams
from portal.teams.staff import KeysOf, StaffSession

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


class NotOffered(LookupError):
    """There is no such offer to this member's teams, or of theirs."""


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
        sealed = get_sealed(session, reference, staff.team_ids)
        if sealed is None:
            raise NotYours("no such referral in your teams' queues")
        if to_team == sealed.team_id or to_team not in ready_teams(session) - offline_teams(session):
            raise TeamCannotTake("the other team cannot receive referrals now")
        if sealed.state in OVER or not sealed.envelope or get_offer(session, reference) is not None:
            raise MoveRefused("this referral cannot be offered now")
        add_offer(session, reference, to_team, reason, now)
        wrap_as_due(session, staff, reference)
        post(session, "referral.offered", now, team=to_team, reference=reference)
        _log(session, staff, sealed, "referral.offered", now, to=to_team, reason=reason)


def withdraw_offer(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Take an offer back. Raises NotOffered, or KeyNotHeld."""
    with writing(engine) as session:
        sealed = get_sealed(session, reference, staff.team_ids)
        offer = get_offer(session, reference)
        if sealed is None or offer is None:
            raise NotOffered("this referral is not on offer")
        end_offer(session, reference)
        wrap_as_due(session, staff, reference)
        _log(session, staff, sealed, "referral.sent_back", now, **{"from": offer.to_team, "why": "withdrawn"})


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


def _log(session: Session, staff: StaffSession, sealed: Sealed, event: str, now: datetime, **detail: str) -> None:
    record(
        session,
        event,
        at=now,
        actor=by_member(staff.member_id),
        team=sealed.team_id,
        subject=sealed.reference,
        envelope=envelope_id(sealed.envelope),
        **detail,
    )

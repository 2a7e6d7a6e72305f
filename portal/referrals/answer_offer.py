"""Answer an offer: read it, then take it, or send it back. The first team's keys go only once it was opened here."""

from datetime import datetime

from portal.database.engine import Engine, reading, writing
from portal.mail.outbox import post
from portal.referrals.acts import OPEN_OFFER, SEND_BACK, TAKE_OFFER, OwnReferral, offered_referral
from portal.referrals.offer_transfer import wrap_as_due
from portal.referrals.offers import Offer, end_offer
from portal.referrals.queries import change, forget_opened, note_opened, opened_at
from portal.sealing.envelope import open_sealed
from portal.teams.staff import KeysOf, StaffSession


class OpenItFirst(Exception):
    """An offer is taken only by somebody who has opened it: that proves that the new team can."""


def look_at_offer(engine: Engine, staff: StaffSession, reference: str) -> tuple[Offer, bytes | None]:
    """Return an offer to the member's teams, with what it says where this session has opened it. Raises NotOffered."""
    with reading(engine) as session:
        own = offered_referral(session, staff, reference)
        is_opened = opened_at(session, staff.id, reference) is not None
        return _offer(own), _content(own) if is_opened else None


def open_offer(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Open the seal, and note who did. Raises NotOffered, or SealBroken."""
    with writing(engine) as session:
        own = offered_referral(session, staff, reference, to_change=True)
        _content(own)
        note_opened(session, staff.id, reference, now)
        own.finish(OPEN_OFFER, now, team=_offer(own).to_team)


def take_offer(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Take an offered referral into the queue; the first team can no longer open it.

    Raises NotOffered, OpenItFirst, SealBroken, or ChangedMeanwhile.
    """
    with writing(engine) as session:
        own = offered_referral(session, staff, reference, to_change=True)
        offer = _offer(own)
        if opened_at(session, staff.id, reference) is None:
            raise OpenItFirst("open it before you take it")
        _content(own)
        change(session, own.sealed, team_id=offer.to_team)
        end_offer(session, reference)
        wrap_as_due(session, staff, reference)
        forget_opened(session, reference)
        note_opened(session, staff.id, reference, now)
        post(session, "referral.taken", now, team=offer.from_team, reference=reference)
        own.finish(TAKE_OFFER, now, team=offer.to_team, detail={"from": offer.from_team})


def send_back(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Decline an offer: this team's keys go, and the first team is told. Raises NotOffered, or SealBroken."""
    with writing(engine) as session:
        own = offered_referral(session, staff, reference, to_change=True)
        offer = _offer(own)
        end_offer(session, reference)
        wrap_as_due(session, staff, reference)
        forget_opened(session, reference)
        post(session, "referral.sent_back", now, team=offer.from_team, reference=reference)
        own.finish(SEND_BACK, now, detail={"from": offer.to_team, "why": "declined"})


def _offer(own: OwnReferral) -> Offer:
    assert own.offer is not None  # noqa: S101  # offered_referral gives none without
    return own.offer


def _content(own: OwnReferral) -> bytes:
    return open_sealed(own.sealed.envelope, KeysOf(own.session, own.staff).for_envelope(own.sealed.envelope))

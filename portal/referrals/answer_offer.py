"""Answer an offer: read it, then take it, or send it back. The first team's keys go only once it was opened here."""

from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, reading, writing
from portal.mail.outbox import post
from portal.referrals.offer_transfer import NotOffered, wrap_as_due
from portal.referrals.offers import Offer, end_offer, get_offer
from portal.referrals.queries import Sealed, change, forget_opened, get_sealed, note_opened, opened_at
from portal.sealing.envelope import envelope_id, open_sealed
from portal.teams.staff import KeysOf, StaffSession


class OpenItFirst(Exception):
    """An offer is taken only by somebody who has opened it: that proves that the new team can."""


def look_at_offer(engine: Engine, staff: StaffSession, reference: str) -> tuple[Offer, bytes | None]:
    """Return an offer to the member's teams, with what it says where this session has opened it. Raises NotOffered."""
    with reading(engine) as session:
        offer, sealed = _offered(session, staff, reference)
        if opened_at(session, staff.id, reference) is None:
            return offer, None
        return offer, open_sealed(sealed.envelope, KeysOf(session, staff).for_envelope(sealed.envelope))


def open_offer(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Open the seal, and note who did. Raises NotOffered, or SealBroken."""
    with writing(engine) as session:
        offer, sealed = _offered(session, staff, reference)
        open_sealed(sealed.envelope, KeysOf(session, staff).for_envelope(sealed.envelope))
        note_opened(session, staff.id, reference, now)
        _log(session, staff, sealed, "referral.opened", team=offer.to_team, at=now)


def take_offer(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Take an offered referral into the queue; the first team can no longer open it.

    Raises NotOffered, OpenItFirst, SealBroken, or ChangedMeanwhile.
    """
    with writing(engine) as session:
        offer, sealed = _offered(session, staff, reference)
        if opened_at(session, staff.id, reference) is None:
            raise OpenItFirst("open it before you take it")
        open_sealed(sealed.envelope, KeysOf(session, staff).for_envelope(sealed.envelope))
        change(session, sealed, team_id=offer.to_team)
        end_offer(session, reference)
        wrap_as_due(session, staff, reference)
        forget_opened(session, reference)
        note_opened(session, staff.id, reference, now)
        post(session, "referral.taken", now, team=offer.from_team, reference=reference)
        _log(session, staff, sealed, "referral.taken", team=offer.to_team, at=now, **{"from": offer.from_team})


def send_back(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Decline an offer: this team's keys go, and the first team is told. Raises NotOffered, or SealBroken."""
    with writing(engine) as session:
        offer, sealed = _offered(session, staff, reference)
        end_offer(session, reference)
        wrap_as_due(session, staff, reference)
        forget_opened(session, reference)
        post(session, "referral.sent_back", now, team=offer.from_team, reference=reference)
        detail = {"from": offer.to_team, "why": "declined"}
        _log(session, staff, sealed, "referral.sent_back", team=offer.from_team, at=now, **detail)


def _offered(session: Session, staff: StaffSession, reference: str) -> tuple[Offer, Sealed]:
    offer = get_offer(session, reference)
    if offer is None or offer.to_team not in staff.team_ids:
        raise NotOffered("no such offer to your teams")
    sealed = get_sealed(session, reference, [offer.from_team])
    if sealed is None or not sealed.envelope:
        raise NotOffered("it is gone")
    return offer, sealed


def _log(
    session: Session, staff: StaffSession, sealed: Sealed, event: str, *, team: str, at: datetime, **detail: str
) -> None:
    record(
        session,
        event,
        at=at,
        actor=by_member(staff.member_id),
        team=team,
        subject=sealed.reference,
        envelope=envelope_id(sealed.envelope),
        **detail,
    )
